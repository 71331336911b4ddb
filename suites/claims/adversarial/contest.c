// SPDX-License-Identifier: MIT
#include "contest.h"

#include <math.h>
#include <string.h>

enum { ORDER_STREAM = 70000 }; /* of fit.h */

const double contest_rate[CONTEST_RATES] = {0.03, 0.1, 0.3};

static const double step_of_radius = 0.125;

struct contest contest_begin(struct replica *r)
{
    const struct samples digits = samples_digits(r);
    struct contest is = {.replica = r};
    is.train = samples_part(&digits, 0, CONTEST_TRAIN);
    is.validation = samples_part(&digits, CONTEST_TRAIN, CONTEST_VALIDATION);
    is.test = samples_part(&digits, CONTEST_TRAIN + CONTEST_VALIDATION, CONTEST_TEST);
    return is;
}

/* ---- training -------------------------------------------------------------------------------- */

struct network *contest_network(const struct contest *is, uint64_t stream)
{
    struct network_plan plan = network_plan(CONTEST_PIXELS, 2, CONTEST_HIDDEN, CONTEST_CLASSES);
    plan.stream = stream;
    return network_create(is->replica, &plan, CONTEST_TEST);
}

struct fit_plan contest_plan(void)
{
    return (struct fit_plan){
        .optimizer = FIT_GRADIENT_DESCENT, .batch = CONTEST_BATCH, .epochs = CONTEST_EPOCHS};
}

void contest_fit(const struct contest *is, struct network *net, const struct fit_plan *plan)
{
    fit_tune(net, &is->train, &is->validation, plan, contest_rate, CONTEST_RATES, NULL);
}

struct network *contest_trained(const struct contest *is, uint64_t stream)
{
    struct network *net = contest_network(is, stream);
    const struct fit_plan plan = contest_plan();
    contest_fit(is, net, &plan);
    return net;
}

/* One step of adversarial training on the rows `row` of the training set. */
static void harden(const struct contest *is, struct network *net, const struct opponent *opponent,
                   const uint32_t *row, size_t count, double rate)
{
    static const char *const after[] = {"w1_after", "b1_after", "w2_after", "b2_after"};
    const size_t size[] = {CONTEST_PIXELS * CONTEST_HIDDEN, CONTEST_HIDDEN,
                           CONTEST_HIDDEN * CONTEST_CLASSES, CONTEST_CLASSES};
    const struct arena mark = lab_borrow(is->replica);
    struct samples batch = samples_new(is->replica, count, CONTEST_PIXELS, CONTEST_CLASSES, 0);
    for (size_t n = 0; n < count; n++) {
        memcpy(batch.x + n * CONTEST_PIXELS, is->train.x + row[n] * CONTEST_PIXELS,
               CONTEST_PIXELS * sizeof *batch.x);
        batch.label[n] = is->train.label[row[n]];
    }
    struct ask *ask = ask_new(is->replica, "adversarial_training");
    ask_floats(ask, "x", 2, (size_t[]){count, CONTEST_PIXELS}, batch.x);
    ask_integers(ask, "labels", 1, &count, batch.label);
    ask_network(ask, net);
    ask_number(ask, "updates", 1);
    ask_number(ask, "rate", rate);
    ask_number(ask, "clean_weight", opponent->clean);
    ask_number(ask, "epsilon", opponent->epsilon);
    ask_number(ask, "alpha",
               opponent->steps == 1 ? opponent->epsilon
                                    : 2.5 * opponent->epsilon / (double)opponent->steps);
    ask_number(ask, "steps", (double)opponent->steps);
    ask_run(ask);
    float *parameter = network_parameter(net);
    for (size_t i = 0; i < sizeof size / sizeof size[0]; i++) {
        memcpy(parameter, ask_output(ask, after[i], size[i]), size[i] * sizeof *parameter);
        parameter += size[i];
    }
    lab_return(is->replica, mark);
}

static void harden_all(const struct contest *is, struct network *net,
                       const struct opponent *opponent, double rate)
{
    uint32_t order[CONTEST_TRAIN];
    network_start(net);
    for (size_t epoch = 0; epoch < CONTEST_EPOCHS; epoch++) {
        lab_shuffle(is->replica, ORDER_STREAM + epoch, order, CONTEST_TRAIN);
        for (size_t first = 0; first < CONTEST_TRAIN; first += CONTEST_BATCH) {
            const size_t rest = CONTEST_TRAIN - first;
            harden(is, net, opponent, order + first, rest < CONTEST_BATCH ? rest : CONTEST_BATCH,
                   rate);
        }
    }
}

struct network *contest_hardened(const struct contest *is, uint64_t stream,
                                 const struct opponent *opponent)
{
    const struct assault assault = {"linf", "cross_entropy",
                                    opponent->steps == 1 ? "one_step" : "descent"};
    struct network *net = contest_network(is, stream);
    const size_t P = network_parameters(net);
    float *best = lab_floats(is->replica, P);
    double best_accuracy = -1;
    for (size_t i = 0; i < CONTEST_RATES; i++) {
        double accuracy;
        harden_all(is, net, opponent, contest_rate[i]);
        contest_accuracy(is, net, &is->validation, &assault, &opponent->epsilon, 1, &accuracy);
        if (accuracy > best_accuracy) {
            best_accuracy = accuracy;
            memcpy(best, network_parameter(net), P * sizeof *best);
        }
    }
    memcpy(network_parameter(net), best, P * sizeof *best);
    return net;
}

struct network *contest_merged(const struct contest *is, struct network *const net[], size_t count)
{
    const size_t hidden = CONTEST_HIDDEN, all = count * hidden, K = CONTEST_CLASSES;
    const struct network_plan plan = network_plan(CONTEST_PIXELS, 2, all, K);
    struct network *whole = network_create(is->replica, &plan, CONTEST_TEST);
    float *w = network_parameter(whole);
    memset(w, 0, network_parameters(whole) * sizeof *w);
    for (size_t m = 0; m < count; m++) {
        const float *from = network_parameter(net[m]);
        for (size_t d = 0; d < CONTEST_PIXELS; d++)
            memcpy(w + whole->weight[0] + d * all + m * hidden,
                   from + net[m]->weight[0] + d * hidden, hidden * sizeof *w);
        memcpy(w + whole->bias[0] + m * hidden, from + net[m]->bias[0], hidden * sizeof *w);
        for (size_t i = 0; i < hidden * K; i++)
            w[whole->weight[1] + m * hidden * K + i] = from[net[m]->weight[1] + i] / (float)count;
        for (size_t k = 0; k < K; k++)
            w[whole->bias[1] + k] += from[net[m]->bias[1] + k] / (float)count;
    }
    return whole;
}

/* ---- attacks on networks --------------------------------------------------------------------- */

void contest_accuracy(const struct contest *is, struct network *net, const struct samples *samples,
                      const struct assault *assault, const double *epsilon, size_t count,
                      double *accuracy)
{
    const struct arena mark = lab_borrow(is->replica);
    float *radius = lab_floats(is->replica, count);
    for (size_t i = 0; i < count; i++)
        radius[i] = (float)epsilon[i];
    struct ask *ask = ask_new(is->replica, "robust_accuracy");
    ask_floats(ask, "x", 2, (size_t[]){samples->count, samples->features}, samples->x);
    ask_integers(ask, "labels", 1, &samples->count, samples->label);
    ask_network(ask, net);
    ask_floats(ask, "epsilons", 1, &count, radius);
    ask_number(ask, "steps", CONTEST_STEPS);
    ask_number(ask, "step", step_of_radius);
    ask_choice(ask, "norm", assault->norm);
    ask_choice(ask, "objective", assault->objective);
    ask_choice(ask, "attacks", assault->attacks);
    ask_run(ask);
    const float *found = ask_output(ask, "accuracy", count);
    const double N = (double)samples->count;
    for (size_t i = 0; i < count; i++) /* a whole number over N, without binary32's rounding */
        accuracy[i] = floor((double)found[i] * N + 0.5) / N;
    lab_return(is->replica, mark);
}

struct samples contest_attacked(const struct contest *is, struct network *net,
                                const struct samples *samples, double epsilon)
{
    struct samples attacked = samples_copy(is->replica, samples);
    const size_t n = samples->count * samples->features;
    const struct arena mark = lab_borrow(is->replica);
    struct ask *ask = ask_new(is->replica, "projected_gradient_descent");
    ask_floats(ask, "x", 2, (size_t[]){samples->count, samples->features}, samples->x);
    ask_integers(ask, "labels", 1, &samples->count, samples->label);
    ask_network(ask, net);
    ask_number(ask, "epsilon", epsilon);
    ask_number(ask, "alpha", step_of_radius * epsilon);
    ask_number(ask, "steps", CONTEST_STEPS);
    ask_run(ask);
    memcpy(attacked.x, ask_output(ask, "adversarial", n), n * sizeof *attacked.x);
    lab_return(is->replica, mark);
    return attacked;
}

/* ---- what stands in front of a network ------------------------------------------------------- */

void contest_nothing(const struct contest *is, const struct front *front, uint64_t draw,
                     const struct samples *x, float *y, const float *dy, float *dx)
{
    const size_t n = x->count * x->features;
    (void)is, (void)front, (void)draw;
    memcpy(y, x->x, n * sizeof *y);
    if (dy != NULL)
        memcpy(dx, dy, n * sizeof *dx);
}

void contest_noise(const struct contest *is, const struct front *front, uint64_t draw,
                   const struct samples *x, float *y, const float *dy, float *dx)
{
    const size_t n = x->count * x->features;
    lab_normal(is->replica, draw, y, n);
    for (size_t i = 0; i < n; i++)
        y[i] = x->x[i] + (float)front->amount * y[i];
    if (dy != NULL)
        memcpy(dx, dy, n * sizeof *dx);
}

/* Asks for y and, when there is dy, for what `gradient` names. */
static void ask_image(struct ask *ask, const struct samples *x, float *y, const float *dy,
                      float *dx, const char *gradient)
{
    const size_t n = x->count * x->features, dim[] = {x->count, 1, CONTEST_SIDE, CONTEST_SIDE};
    ask_floats(ask, "x", 4, dim, x->x);
    if (dy != NULL)
        ask_floats(ask, "dy", 4, dim, dy);
    ask_run(ask);
    memcpy(y, ask_output(ask, "y", n), n * sizeof *y);
    if (dy != NULL)
        memcpy(dx, ask_output(ask, gradient, n), n * sizeof *dx);
}

/* amount: the quality. */
static void compress(const struct contest *is, const struct front *front, const char *rounding,
                     const struct samples *x, float *y, const float *dy, float *dx)
{
    const struct arena mark = lab_borrow(is->replica);
    struct ask *ask = ask_new(is->replica, "jpeg_compression");
    ask_choice(ask, "scale", "unit");
    ask_choice(ask, "rounding", rounding);
    ask_number(ask, "quality", front->amount);
    ask_image(ask, x, y, dy, dx, rounding[0] == 'c' ? "dx" : "through");
    lab_return(is->replica, mark);
}

void contest_smooth_jpeg(const struct contest *is, const struct front *front, uint64_t draw,
                         const struct samples *x, float *y, const float *dy, float *dx)
{
    (void)draw;
    compress(is, front, "cubic", x, y, dy, dx);
}

void contest_jpeg(const struct contest *is, const struct front *front, uint64_t draw,
                  const struct samples *x, float *y, const float *dy, float *dx)
{
    (void)draw;
    compress(is, front, "nearest", x, y, dy, dx);
}

/* amount: the smallest side. */
void contest_resizing(const struct contest *is, const struct front *front, uint64_t draw,
                      const struct samples *x, float *y, const float *dy, float *dx)
{
    const struct arena mark = lab_borrow(is->replica);
    float *uniform = lab_floats(is->replica, 4 * x->count);
    for (size_t i = 0; i < 4 * x->count; i++)
        uniform[i] = (float)lab_uniform(is->replica, draw, i);
    struct ask *ask = ask_new(is->replica, "random_resizing");
    ask_floats(ask, "uniform", 2, (size_t[]){x->count, 4}, uniform);
    ask_number(ask, "low", front->amount);
    ask_number(ask, "high", CONTEST_SIDE);
    ask_number(ask, "canvas", CONTEST_SIDE);
    ask_choice(ask, "range", "inclusive");
    ask_image(ask, x, y, dy, dx, "dx");
    lab_return(is->replica, mark);
}

/* Streams of draws: those of attacks, and those of predictions. */
enum { ATTACK_DRAWS = 1000, TEST_DRAWS = 10000 };

/* Takes away right[n] where the mean of the probabilities is wrong about sample n. */
static void judge(const struct contest *is, struct network *net, const struct front *front,
                  const struct samples *samples, bool *right)
{
    const size_t N = samples->count, K = CONTEST_CLASSES, M = front->draws;
    const struct arena mark = lab_borrow(is->replica);
    struct samples seen = samples_copy(is->replica, samples);
    float *z = lab_floats(is->replica, M * N * K);
    for (size_t m = 0; m < M; m++) {
        front->change(is, front, TEST_DRAWS + m, samples, seen.x, NULL, NULL);
        network_outputs(net, &seen, z + m * N * K);
    }
    struct ask *ask = ask_new(is->replica, "ensemble_defense");
    ask_floats(ask, "z", 3, (size_t[]){M, N, K}, z);
    ask_run(ask);
    const float *class = ask_output(ask, "class", N);
    for (size_t n = 0; n < N; n++)
        right[n] = right[n] && (int)class[n] == samples->label[n];
    lab_return(is->replica, mark);
}

static bool *all_right(const struct contest *is, size_t count)
{
    bool *right = lab_take(is->replica, count, sizeof *right);
    for (size_t n = 0; n < count; n++)
        right[n] = true;
    return right;
}

static double share_of(const bool *right, size_t count)
{
    size_t sum = 0;
    for (size_t n = 0; n < count; n++)
        sum += right[n];
    return (double)sum / (double)count;
}

double contest_accuracy_behind(const struct contest *is, struct network *net,
                               const struct front *front, const struct samples *samples)
{
    const struct arena mark = lab_borrow(is->replica);
    bool *right = all_right(is, samples->count);
    judge(is, net, front, samples, right);
    const double accuracy = share_of(right, samples->count);
    lab_return(is->replica, mark);
    return accuracy;
}

/* x (N,64) one step up along the signs of the gradient, within radius and box. */
static void climb(float *x, const float *gradient, const struct samples *from, double epsilon)
{
    const float radius = (float)epsilon, step = (float)(step_of_radius * epsilon);
    for (size_t i = 0; i < from->count * from->features; i++) {
        const float sign = (float)((gradient[i] > 0) - (gradient[i] < 0));
        const float low = from->x[i] - radius < 0 ? 0 : from->x[i] - radius;
        const float high = from->x[i] + radius > 1 ? 1 : from->x[i] + radius;
        const float to = x[i] + step * sign;
        x[i] = to < low ? low : to > high ? high : to;
    }
}

static struct samples attack_through(const struct contest *is, struct network *net,
                                     const struct front *front, const struct samples *samples,
                                     double epsilon)
{
    const size_t n = samples->count * samples->features;
    struct samples attacked = samples_copy(is->replica, samples);
    const struct arena mark = lab_borrow(is->replica);
    struct samples seen = samples_copy(is->replica, samples);
    float *dy = lab_floats(is->replica, n), *dx = lab_floats(is->replica, n);
    float *sum = lab_floats(is->replica, n);
    for (size_t s = 0; s < CONTEST_STEPS; s++) {
        memset(sum, 0, n * sizeof *sum);
        for (size_t m = 0; m < front->draws; m++) {
            const uint64_t draw = ATTACK_DRAWS + s * front->draws + m;
            front->change(is, front, draw, &attacked, seen.x, NULL, NULL);
            network_input_gradient(net, &seen, dy);
            front->change(is, front, draw, &attacked, seen.x, dy, dx);
            for (size_t i = 0; i < n; i++)
                sum[i] += dx[i];
        }
        climb(attacked.x, sum, samples, epsilon);
    }
    lab_return(is->replica, mark);
    return attacked;
}

double contest_robust_behind(const struct contest *is, struct network *net,
                             const struct front *front, const struct samples *samples,
                             double epsilon, double *alone)
{
    static const struct front nothing = {contest_nothing, 0, 1, NULL};
    const struct arena mark = lab_borrow(is->replica);
    bool *right = all_right(is, samples->count), *bare = all_right(is, samples->count);
    struct samples attacked = contest_attacked(is, net, samples, epsilon);
    judge(is, net, front, &attacked, right);
    judge(is, net, &nothing, &attacked, bare);
    for (const struct front *way = front; way != NULL; way = way->also) {
        attacked = attack_through(is, net, way, samples, epsilon);
        judge(is, net, front, &attacked, right);
        judge(is, net, &nothing, &attacked, bare);
    }
    const double accuracy = share_of(right, samples->count);
    if (alone != NULL)
        *alone = share_of(bare, samples->count);
    lab_return(is->replica, mark);
    return accuracy;
}
