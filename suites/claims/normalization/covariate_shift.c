// SPDX-License-Identifier: MIT
#include "../lab/fit.h"
#include "../lab/split.h"

#include <math.h>

enum { LAYERS = 6, HIDDEN = LAYERS - 1, WIDTH = 32, TRAIN = 800, BATCH = 32, STEPS = 200 };
enum { EVERY = 20, LOOKS = STEPS / EVERY, ROWS = 256, RATES = 5, MIDDLE = 3 };

static const double rates[RATES] = {0.03, 0.1, 0.3, 1, 3};

struct watch {
    const struct samples *rows;
    float mean[HIDDEN][WIDTH], variance[HIDDEN]; /* of what layers give, before a step */
    double turn;                                 /* sum of decades */
    double at[LOOKS];                            /* shifts */
};

/* Means of the units of each hidden layer, and the mean of their variances, over the rows in
 * training mode; the gradient is there afterwards. */
static void distribution(struct network *net, const struct samples *rows, float mean[HIDDEN][WIDTH],
                         float variance[HIDDEN])
{
    float column[ROWS], of_unit[WIDTH];
    network_gradient(net, rows, NULL, ROWS, 0);
    for (size_t l = 0; l < HIDDEN; l++) {
        for (size_t u = 0; u < WIDTH; u++) {
            for (size_t n = 0; n < ROWS; n++)
                column[n] = net->hidden[l]->value[n * WIDTH + u];
            mean[l][u] = (float)lab_mean(column, ROWS);
            of_unit[u] = (float)lab_variance(column, ROWS);
        }
        variance[l] = (float)lab_mean(of_unit, WIDTH);
    }
}

/* By how many standard deviations one step moved the units' means: the mean over layers. */
static double shift_of(struct network *net, const struct watch *watch)
{
    float mean[HIDDEN][WIDTH], variance[HIDDEN], moved[WIDTH];
    double sum = 0;
    distribution(net, watch->rows, mean, variance);
    for (size_t l = 0; l < HIDDEN; l++) {
        for (size_t u = 0; u < WIDTH; u++)
            moved[u] = mean[l][u] - watch->mean[l][u];
        sum += sqrt(lab_mean_square(moved, WIDTH) / fmax((double)watch->variance[l], 1e-12));
    }
    return sum / HIDDEN;
}

/* The relative change of the middle layer's gradient when the layers before it take a step and
 * nothing else does. The gradient is that of `distribution`. */
static double turn_of(struct network *net, const struct samples *rows, double rate)
{
    struct replica *r = net->replica;
    const struct arena kept = lab_borrow(r);
    const size_t before = net->weight[MIDDLE], count = net->bias[MIDDLE] - before;
    float *w = network_parameter(net), *g = lab_floats(r, count);
    for (size_t i = 0; i < count; i++)
        g[i] = net->gradient[before + i];
    for (size_t i = 0; i < before; i++)
        w[i] -= (float)rate * net->gradient[i];
    const double norm = lab_norm(g, count);
    network_gradient(net, rows, NULL, ROWS, 0);
    for (size_t i = 0; i < count; i++)
        g[i] -= net->gradient[before + i];
    const double turn = lab_norm(g, count) / fmax(norm, 1e-12);
    lab_return(r, kept);
    return turn;
}

/* Every so many steps, and again after the next one. All is left as it was. */
static bool after_step(struct fit *fit)
{
    struct network *net = fit->net;
    struct watch *watch = fit->plan->context;
    struct replica *r = net->replica;
    const bool is_first = fit->step % EVERY == EVERY - 1, is_second = fit->step % EVERY == 0;
    if (!is_first && !is_second)
        return false;
    const struct arena kept = lab_borrow(r);
    float *state = lab_floats(r, network_state_count(net));
    network_save(net, state);
    if (is_first) {
        distribution(net, watch->rows, watch->mean, watch->variance);
        watch->turn += lab_log10(r, fmax(turn_of(net, watch->rows, fit->plan->rate), 1e-12));
    } else {
        watch->at[fit->step / EVERY - 1] = shift_of(net, watch);
    }
    network_load(net, state);
    lab_return(r, kept);
    return false;
}

static struct watch train(struct replica *r, const struct split *split,
                          enum network_activation activation, bool is_normalized, size_t arm)
{
    const struct samples rows = samples_part(&split->train, 0, ROWS);
    struct network_plan plan = network_plan(rows.features, LAYERS, WIDTH, rows.classes);
    plan.activation = activation;
    plan.start = activation == ACTIVATION_RELU ? START_HE_NORMAL : START_GLOROT_NORMAL;
    plan.normalization = is_normalized ? NORMALIZATION_BEFORE : NORMALIZATION_NONE;
    struct network *net = network_create(r, &plan, ROWS);
    struct fit_plan how = {.batch = BATCH, .epochs = STEPS, .steps = STEPS};
    const size_t best = fit_tune(net, &split->train, &split->validation, &how, rates, RATES, NULL);
    struct watch watch = {.rows = &rows};
    how.rate = rates[best];
    how.after_step = after_step;
    how.context = &watch;
    network_start(net);
    fit_network(net, &split->train, &how);
    network_free(net);
    for (size_t i = 0; i < LOOKS; i++)
        replica_point(r, arm, i, watch.at[i]);
    return watch;
}

void covariate_shift(struct replica *r)
{
    static const enum network_activation kind[] = {ACTIVATION_TANH, ACTIVATION_RELU};
    const struct split split = split_digits(r, TRAIN, 0);
    for (size_t k = 0; k < 2; k++) {
        const struct watch without = train(r, &split, kind[k], false, 2 * k);
        const struct watch with = train(r, &split, kind[k], true, 2 * k + 1);
        replica_effect(r, k, (without.turn - with.turn) / LOOKS);
    }
}
