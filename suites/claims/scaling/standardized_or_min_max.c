// SPDX-License-Identifier: MIT
#include "../lab/ask.h"
#include "../lab/fit.h"

#include <string.h>

enum { TRAIN = 400, VALIDATION = 400, TEST = 900, BATCH = 32, EPOCHS = 40, RATES = 9 };
enum { TASKS = 4, OUTLIERS = 8 /* training samples, 2 % */, FACTOR = 50 };
enum { MOONS = 1, CIRCLES = 3, SPIRALS = 5, STRANGE = 7 }; /* streams */

static const double rates[RATES] = {0.003, 0.01, 0.03, 0.1, 0.3, 1, 3, 10, 30};

/* All samples scaled by what one technique learns from the first TRAIN ones. */
static struct samples scale(struct replica *r, const struct samples *all, const char *technique)
{
    const size_t D = all->features, rest = all->count - TRAIN;
    struct ask *ask = ask_new(r, technique);
    ask_floats(ask, "x", 2, (size_t[]){TRAIN, D}, all->x);
    ask_floats(ask, "x_new", 2, (size_t[]){rest, D}, all->x + TRAIN * D);
    ask_run(ask);
    struct samples scaled = samples_copy(r, all);
    memcpy(scaled.x, ask_output(ask, "z", TRAIN * D), TRAIN * D * sizeof *scaled.x);
    memcpy(scaled.x + TRAIN * D, ask_output(ask, "z_new", rest * D), rest * D * sizeof *scaled.x);
    return scaled;
}

/* Test accuracy in points at the rate with the best validation accuracy. */
static double learns(struct replica *r, const struct samples *all, const char *technique)
{
    const struct samples scaled = scale(r, all, technique);
    const struct split split = samples_split(&scaled, TRAIN, VALIDATION);
    const struct fit_plan how = {.batch = BATCH, .epochs = EPOCHS};
    const struct network_plan plan = network_plan(all->features, 3, 32, all->classes);
    struct network *net = network_create(r, &plan, 512);
    fit_tune(net, &split.train, &split.validation, &how, rates, RATES, NULL);
    const double accuracy = 100 * network_accuracy(net, &split.test);
    network_free(net);
    return accuracy;
}

/* Values of some training samples that are FACTOR times too large. */
static struct samples with_outliers(struct replica *r, const struct samples *all)
{
    struct samples samples = samples_copy(r, all);
    uint32_t *order = lab_take(r, TRAIN, sizeof *order);
    lab_shuffle(r, STRANGE, order, TRAIN);
    for (size_t k = 0; k < OUTLIERS; k++)
        for (size_t i = 0; i < samples.features; i++)
            samples.x[order[k] * samples.features + i] *= FACTOR;
    return samples;
}

/* The second coordinate in other units. */
static struct samples stretch(struct samples samples)
{
    for (size_t n = 0; n < samples.count; n++)
        samples.x[2 * n + 1] *= 1000;
    return samples;
}

void standardized_or_min_max(struct replica *r)
{
    const size_t count = TRAIN + VALIDATION + TEST;
    const struct samples tasks[TASKS] = {samples_digits(r),
                                         stretch(samples_moons(r, MOONS, count, 0.2)),
                                         stretch(samples_circles(r, CIRCLES, count, 0.6, 0.1)),
                                         stretch(samples_spirals(r, SPIRALS, count, 1, 0.02))};
    for (size_t t = 0; t < TASKS; t++) {
        const struct samples strange = with_outliers(r, &tasks[t]);
        const double standard = learns(r, &tasks[t], "standardization");
        const double range = learns(r, &tasks[t], "min_max_scaling");
        const double standard_strange = learns(r, &strange, "standardization");
        const double range_strange = learns(r, &strange, "min_max_scaling");
        replica_effect(r, t, standard - range);
        replica_point(r, 0, t, standard);
        replica_point(r, 1, t, range);
        replica_point(r, 2, t, standard_strange);
        replica_point(r, 3, t, range_strange);
    }
}
