// SPDX-License-Identifier: MIT
#include "batches.h"

enum { TRAIN = 1000, SIZES = 6, SMALL = 2, LARGE = 5, DRAWS = 60, STEPS = 40, EPOCHS = 5 };
enum { ROWS = 10 }; /* streams: one for each batch size */

static const size_t sizes[SIZES] = {1, 2, 8, 32, 128, 512};
static const double rate = 0.1;

/* The mean norm of the update that DRAWS random batches would make of the weights as they are. */
static double standing(struct network *net, const struct samples *train, size_t i)
{
    struct replica *r = net->replica;
    uint32_t *row = lab_take(r, sizes[i], sizeof *row);
    double sum = 0;
    for (size_t draw = 0; draw < DRAWS; draw++) {
        for (size_t n = 0; n < sizes[i]; n++)
            row[n] = (uint32_t)lab_below(r, ROWS + i, draw * sizes[i] + n, train->count);
        network_gradient(net, train, row, sizes[i], 0);
        sum += rate * lab_norm(net->gradient, network_parameters(net));
    }
    return sum / DRAWS;
}

static bool after_step(struct fit *fit)
{
    double *sum = fit->plan->context;
    *sum += fit->rate * lab_norm(fit->net->gradient, network_parameters(fit->net));
    return false;
}

/* The mean norm of the first STEPS updates of training. */
static double training(struct network *net, const struct samples *train, size_t i)
{
    double sum = 0;
    const struct fit_plan plan = {.rate = rate,
                                  .batch = sizes[i],
                                  .epochs = STEPS,
                                  .steps = STEPS,
                                  .after_step = after_step,
                                  .context = &sum};
    network_start(net);
    fit_network(net, train, &plan);
    return sum / STEPS;
}

static void compare(struct replica *r, size_t part, const double *norm)
{
    for (size_t i = 0; i < SIZES; i++)
        replica_point(r, part, i, norm[i]);
    replica_effect(r, part, lab_log10(r, norm[LARGE] / norm[SMALL]));
}

void update_size(struct replica *r)
{
    const struct samples digits = samples_digits(r);
    const struct samples train = samples_part(&digits, 0, TRAIN);
    const struct fit_plan plan = {.rate = rate, .batch = 32, .epochs = EPOCHS};
    struct network *net = batch_network(r);
    double start[SIZES], later[SIZES], steps[SIZES];
    for (size_t i = 0; i < SIZES; i++)
        start[i] = standing(net, &train, i);
    fit_network(net, &train, &plan);
    for (size_t i = 0; i < SIZES; i++)
        later[i] = standing(net, &train, i);
    for (size_t i = 0; i < SIZES; i++)
        steps[i] = training(net, &train, i);
    compare(r, 0, start);
    compare(r, 1, later);
    compare(r, 2, steps);
    network_free(net);
}
