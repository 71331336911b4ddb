// SPDX-License-Identifier: MIT
#include "../lab/fit.h"

#include <math.h>

enum {
    LAYERS = 10,
    WIDTH = 32,
    TRAIN = 1000,
    VALIDATION = 297,
    BATCH = 32,
    STEPS = 50,
    EPOCHS = 10
};

static const double enormous = 1e30; /* stands for what is no longer a number */

/* The largest norm of a gradient, and the first one. */
struct watch {
    double first, largest;
};

static bool after_step(struct fit *fit)
{
    struct watch *watch = fit->plan->context;
    const double norm = lab_norm(fit->net->gradient, network_parameters(fit->net));
    const double known = norm < enormous ? norm : enormous;
    if (fit->step == 1)
        watch->first = known;
    watch->largest = fmax(watch->largest, known);
    return fit->step >= STEPS;
}

/* Draws the norms for all rates; those of the lowest rate come first. */
static void explode(struct network *net, const struct samples *train, size_t arm,
                    struct watch *watch)
{
    struct replica *r = net->replica;
    for (size_t i = 0; i < r->claim->curve.points; i++) {
        watch[i] = (struct watch){0, 0};
        const struct fit_plan how = {.rate = r->claim->curve.at[i],
                                     .batch = BATCH,
                                     .epochs = EPOCHS,
                                     .keep_going = true,
                                     .after_step = after_step,
                                     .context = &watch[i]};
        network_start(net);
        fit_network(net, train, &how);
        replica_point(r, arm, i, watch[i].first);
        replica_point(r, arm + 1, i, watch[i].largest);
    }
}

void explosion_and_rate(struct replica *r)
{
    const struct samples digits = samples_digits(r);
    const struct samples train = samples_part(&digits, 0, TRAIN);
    const struct samples validation = samples_part(&digits, TRAIN, VALIDATION);
    const struct samples test =
        samples_part(&digits, TRAIN + VALIDATION, digits.count - TRAIN - VALIDATION);
    const struct fit_plan how = {.batch = BATCH, .epochs = EPOCHS};
    const size_t rates = r->claim->curve.points;
    struct watch watch[2][CLAIM_POINTS];
    double accuracy[2];
    for (size_t large = 0; large < 2; large++) {
        struct network_plan plan = network_plan(digits.features, LAYERS, WIDTH, digits.classes);
        plan.scale = large ? 2 : 1;
        struct network *net = network_create(r, &plan, 256);
        explode(net, &train, 2 * large, watch[large]);
        fit_tune(net, &train, &validation, &how, r->claim->curve.at, rates, NULL);
        accuracy[large] = network_accuracy(net, &test);
        network_free(net);
    }
    const double limit = 100 * watch[0][0].first;
    replica_effect(r, 0, watch[0][rates - 1].largest >= limit && watch[0][0].largest < limit);
    replica_effect(r, 1, watch[1][rates - 1].largest >= limit && watch[1][0].largest < limit);
    replica_effect(r, 2, accuracy[1] >= accuracy[0] - 0.05);
}
