// SPDX-License-Identifier: MIT
#include "rare.h"

#include <math.h>
#include <string.h>

enum {
    FEATURES = 5,
    HIDDEN = 32,
    BATCH = 32,
    STEPS = 640,
    LOOK = 160, /* the first of the looks, each twice as late */
    RATES = 3,
    TEST_FREQUENT = 4000,
    TEST_RARE = 1000,
    EIGHT = 8,
    STREAM = 10, /* and the next two */
};

static const double rate[RATES] = {0.001, 0.003, 0.01};

/* ---- data ------------------------------------------------------------------------------------ */

static struct samples cloud(struct replica *r, uint64_t stream, double distance, size_t frequent,
                            size_t rare)
{
    struct samples samples = samples_new(r, frequent + rare, FEATURES, 2, 0);
    const float shift = (float)(distance / sqrt(FEATURES));
    lab_normal(r, stream, samples.x, samples.count * FEATURES);
    for (size_t n = frequent; n < samples.count; n++) {
        samples.label[n] = 1;
        for (size_t d = 0; d < FEATURES; d++)
            samples.x[n * FEATURES + d] += shift;
    }
    return samples;
}

/* Weights with which the test set has the shares of the training set. */
static float *weigh(struct replica *r, const struct samples *test, double frequent_to_rare)
{
    float *weight = lab_floats(r, test->count);
    size_t rare = 0;
    for (size_t n = 0; n < test->count; n++)
        rare += test->label[n] == 1;
    const double due = (double)(test->count - rare) / frequent_to_rare;
    for (size_t n = 0; n < test->count; n++)
        weight[n] = test->label[n] == 1 ? (float)(due / (double)rare) : 1;
    return weight;
}

struct rare rare_clouds(struct replica *r, double distance, size_t frequent, size_t rare)
{
    struct rare is = {.replica = r,
                      .train = cloud(r, STREAM, distance, frequent, rare),
                      .validation = cloud(r, STREAM + 1, distance, frequent, rare),
                      .test = cloud(r, STREAM + 2, distance, TEST_FREQUENT, TEST_RARE)};
    is.weight = weigh(r, &is.test, (double)frequent / (double)rare);
    return is;
}

/* Takes up to `count` digits that are eights (or are not) from number *next on. */
static void collect(struct samples *to, const struct samples *from, size_t *next, bool is_eight,
                    size_t count)
{
    const size_t D = from->features;
    for (; *next < from->count && count > 0; (*next)++) {
        if ((from->label[*next] == EIGHT) != is_eight)
            continue;
        memcpy(to->x + to->count * D, from->x + *next * D, D * sizeof *to->x);
        to->label[to->count++] = is_eight;
        count--;
    }
}

struct rare rare_digits(struct replica *r, size_t frequent, size_t rare)
{
    const struct samples digits = samples_digits(r);
    struct rare is = {.replica = r};
    struct samples *const part[] = {&is.train, &is.validation, &is.test};
    const size_t others[] = {frequent, frequent / 2, digits.count};
    const size_t eights[] = {rare, rare / 2, digits.count};
    size_t next_other = 0, next_eight = 0;
    for (size_t i = 0; i < sizeof part / sizeof part[0]; i++) {
        *part[i] = samples_new(r, digits.count, digits.features, 2, 0);
        part[i]->count = 0;
        collect(part[i], &digits, &next_other, false, others[i]);
        collect(part[i], &digits, &next_eight, true, eights[i]);
    }
    is.weight = weigh(r, &is.test, (double)frequent / (double)rare);
    return is;
}

/* ---- training -------------------------------------------------------------------------------- */

struct keeper {
    const struct rare *is;
    float *parameter, *score;
    double area;
};

/* Keeps the parameters if they are the best on validation so far. */
static bool look(struct fit *fit)
{
    struct keeper *keeper = fit->plan->context;
    const struct samples *validation = &keeper->is->validation;
    if (fit->step != LOOK && fit->step != 2 * LOOK && fit->step != 4 * LOOK)
        return false;
    rare_scores(fit->net, validation, keeper->score);
    const double area = rare_auc(keeper->is->replica, validation, keeper->score);
    if (area > keeper->area) {
        keeper->area = area;
        memcpy(keeper->parameter, network_parameter(fit->net),
               network_parameters(fit->net) * sizeof *keeper->parameter);
    }
    return false;
}

struct network *rare_trained(const struct rare *is, const struct samples *train,
                             const float *class_weight)
{
    struct network_plan plan = network_plan(train->features, 2, HIDDEN, 2);
    plan.class_weight = class_weight;
    struct network *net = network_create(is->replica, &plan, 512);
    const struct arena mark = lab_borrow(is->replica);
    struct keeper keeper = {is, lab_floats(is->replica, network_parameters(net)),
                            lab_floats(is->replica, is->validation.count), -1};
    for (size_t i = 0; i < RATES; i++) {
        const struct fit_plan how = {.optimizer = FIT_ADAM,
                                     .rate = rate[i],
                                     .batch = BATCH,
                                     .steps = STEPS,
                                     .epochs = STEPS,
                                     .after_step = look,
                                     .context = &keeper};
        network_start(net);
        fit_network(net, train, &how);
    }
    memcpy(network_parameter(net), keeper.parameter,
           network_parameters(net) * sizeof *keeper.parameter);
    lab_return(is->replica, mark);
    return net;
}

const float *rare_class_weights(const struct rare *is)
{
    struct ask *ask = ask_new(is->replica, "class_weights");
    ask_integers(ask, "label", 1, &is->train.count, is->train.label);
    ask_number(ask, "classes", 2);
    ask_run(ask);
    return ask_output(ask, "class_weight", 2);
}

/* ---- metrics --------------------------------------------------------------------------------- */

void rare_scores(struct network *net, const struct samples *samples, float *score)
{
    for (size_t first = 0; first < samples->count;) {
        const size_t count = network_forward(net, samples, first);
        const float *z = net->output->value;
        for (size_t n = 0; n < count; n++)
            score[first + n] = z[2 * n + 1] - z[2 * n];
        first += count;
    }
}

double rare_auc(struct replica *r, const struct samples *samples, const float *score)
{
    const struct arena mark = lab_borrow(r);
    struct ask *ask = ask_new(r, "roc_auc");
    ask_floats(ask, "scores", 1, &samples->count, score);
    ask_integers(ask, "labels", 1, &samples->count, samples->label);
    ask_run(ask);
    const double area = (double)*ask_output(ask, "auc", 1);
    lab_return(r, mark);
    return area;
}

void rare_judge(const struct rare *is, const float *score, const int *decided,
                double metric[RARE_METRICS])
{
    const struct samples *test = &is->test;
    const struct arena mark = lab_borrow(is->replica);
    int *predicted = lab_take(is->replica, test->count, sizeof *predicted);
    for (size_t n = 0; n < test->count; n++)
        predicted[n] = decided != NULL ? decided[n] : score[n] > 0;
    struct ask *ask = ask_new(is->replica, "precision_recall_f_score");
    ask_integers(ask, "labels", 1, &test->count, test->label);
    ask_integers(ask, "predicted", 1, &test->count, predicted);
    ask_floats(ask, "weight", 1, &test->count, is->weight);
    ask_number(ask, "classes", 2);
    ask_choice(ask, "average", "binary");
    ask_run(ask);
    metric[RARE_RECALL] = (double)*ask_output(ask, "recall", 1);
    metric[RARE_PRECISION] = (double)*ask_output(ask, "precision", 1);
    metric[RARE_F1] = (double)*ask_output(ask, "f", 1);
    metric[RARE_AUC] = rare_auc(is->replica, test, score);
    lab_return(is->replica, mark);
}

int *rare_decided(const struct rare *is, const float *before, const float *score)
{
    const struct samples *validation = &is->validation;
    int *decided = lab_take(is->replica, is->test.count, sizeof *decided);
    const struct arena mark = lab_borrow(is->replica);
    struct ask *ask = ask_new(is->replica, "threshold_moving");
    ask_floats(ask, "score", 1, &validation->count, before);
    ask_integers(ask, "label", 1, &validation->count, validation->label);
    ask_floats(ask, "new", 1, &is->test.count, score);
    ask_run(ask);
    const float *found = ask_output(ask, "decided", is->test.count);
    for (size_t n = 0; n < is->test.count; n++)
        decided[n] = found[n] != 0;
    lab_return(is->replica, mark);
    return decided;
}

int *rare_moved_threshold(const struct rare *is, struct network *net, const float *score)
{
    float *before = lab_floats(is->replica, is->validation.count);
    rare_scores(net, &is->validation, before);
    return rare_decided(is, before, score);
}
