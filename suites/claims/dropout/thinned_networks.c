// SPDX-License-Identifier: MIT
#include "../lab/ask.h"
#include "../lab/fit.h"
#include "../lab/split.h"

#include <math.h>
#include <string.h>

enum { TRAIN = 600, BATCH = 32, STEPS = 1500, POINTS = 9, DRAWN = 256, MASK = 1 << 20 };

static const double rates[] = {0.001, 0.003, 0.01};

/* A trained network and its test set: logits or probabilities are (samples, classes). */
struct subject {
    struct replica *r;
    struct network *net;
    const struct samples *test;
    size_t count;
};

static struct network *train(struct replica *r, const struct split *split, size_t layers,
                             size_t units)
{
    struct network_plan plan =
        network_plan(split->train.features, layers, units, split->train.classes);
    plan.dropout = 0.5;
    const struct fit_plan how = {
        .optimizer = FIT_ADAM, .batch = BATCH, .epochs = STEPS, .steps = STEPS};
    struct network *net = network_create(r, &plan, split->test.count);
    fit_tune(net, &split->train, &split->validation, &how, rates, 3, NULL);
    return net;
}

/* Logits become probabilities. */
static void normalize(const struct subject *s, float *z)
{
    const struct arena kept = lab_borrow(s->r);
    struct ask *ask = ask_new(s->r, "softmax");
    ask_floats(ask, "x", 2, (size_t[]){s->test->count, s->test->classes}, z);
    ask_run(ask);
    memcpy(z, ask_output(ask, "y", s->count), s->count * sizeof *z);
    lab_return(s->r, kept);
}

/* Accuracy of probabilities, and their mean loss. */
static double judge(const struct subject *s, const float *p, double *loss)
{
    const size_t K = s->test->classes;
    size_t right = 0;
    *loss = 0;
    for (size_t n = 0; n < s->test->count; n++) {
        size_t best = 0;
        for (size_t k = 1; k < K; k++)
            best = p[n * K + k] > p[n * K + best] ? k : best;
        right += (int)best == s->test->label[n];
        const double said = (double)p[n * K + (size_t)s->test->label[n]];
        *loss -= lab_log(s->r, fmax(said, 1e-30)) / (double)s->test->count;
    }
    return (double)right / (double)s->test->count;
}

/* Probabilities of the network with scaled units, as dropout is used after training. */
static float *scaled(const struct subject *s)
{
    float *p = lab_floats(s->r, s->count);
    network_outputs(s->net, s->test, p);
    normalize(s, p);
    return p;
}

/* The mean over all 2^units thinned networks of one hidden layer, exactly. */
static const float *average_all(const struct subject *s)
{
    const size_t N = s->test->count, I = s->net->plan.units[0], K = s->test->classes;
    const float *parameter = network_parameter(s->net);
    network_forward(s->net, s->test, 0);
    float *x = lab_floats(s->r, N * I);
    for (size_t i = 0; i < N * I; i++)
        x[i] = 2 * s->net->hidden[0]->value[i]; /* as kept units are in training */
    struct ask *ask = ask_new(s->r, "thinned_average");
    ask_floats(ask, "x", 2, (size_t[]){N, I}, x);
    ask_floats(ask, "w", 2, (size_t[]){I, K}, parameter + s->net->weight[1]);
    ask_floats(ask, "b", 1, (size_t[]){K}, parameter + s->net->bias[1]);
    ask_number(ask, "p", 0.5);
    ask_choice(ask, "activation", "softmax");
    ask_run(ask);
    return ask_output(ask, "average", s->count);
}

/* The mean over thinned networks that were drawn, anew for each sample; into the curve, the mean of
 * the first 1, 2, 4, ... */
static float *average_drawn(const struct subject *s, size_t arm)
{
    float *sum = lab_floats(s->r, s->count), *p = lab_floats(s->r, s->count);
    double loss;
    for (size_t drawn = 0, point = 0; drawn < DRAWN; drawn++) {
        network_gradient(s->net, s->test, NULL, s->test->count, MASK + drawn);
        memcpy(p, s->net->output->value, s->count * sizeof *p);
        normalize(s, p);
        for (size_t i = 0; i < s->count; i++)
            sum[i] += p[i];
        if (drawn + 1 == (size_t)1 << point)
            replica_point(s->r, arm, point++, judge(s, sum, &loss));
    }
    for (size_t i = 0; i < s->count; i++)
        sum[i] /= DRAWN;
    return sum;
}

/* Differences of scaling from the average, in the smallest ones that matter. */
static void compare(const struct subject *s, const float *average, size_t part)
{
    double loss, average_loss;
    const double accuracy = judge(s, scaled(s), &loss);
    const double average_accuracy = judge(s, average, &average_loss);
    for (size_t point = 0; point < POINTS; point++) {
        replica_point(s->r, 2 + part, point, accuracy);
        if (part == 0)
            replica_point(s->r, 4, point, average_accuracy);
    }
    replica_effect(s->r, 2 * part, (accuracy - average_accuracy) / 0.01);
    replica_effect(s->r, 2 * part + 1, (average_loss / loss - 1) / 0.05);
}

void thinned_networks(struct replica *r)
{
    const struct split split = split_digits(r, TRAIN, 0);
    for (size_t part = 0; part < 2; part++) {
        const struct subject s = {.r = r,
                                  .net = train(r, &split, part == 0 ? 2 : 3, part == 0 ? 10 : 64),
                                  .test = &split.test,
                                  .count = split.test.count * split.test.classes};
        const float *drawn = average_drawn(&s, part);
        compare(&s, part == 0 ? average_all(&s) : drawn, part);
        network_free(s.net);
    }
}
