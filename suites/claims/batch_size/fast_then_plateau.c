// SPDX-License-Identifier: MIT
#include "batches.h"

#include <math.h>

enum { TRAIN = 512, VALIDATION = 400, SMALL = 8, LARGE = 256, EPOCHS = 20, STEPS = 400 };
enum { LOOKS = 20, EARLY = 1 }; /* looks, the last at the end; the early one, from 0 */

struct course {
    const struct samples *train;
    size_t every; /* steps */
    double loss[LOOKS];
};

static bool after_step(struct fit *fit)
{
    struct course *course = fit->plan->context;
    if (fit->step % course->every == 0)
        course->loss[fit->step / course->every - 1] = network_loss(fit->net, course->train);
    return false;
}

/* The training loss at each look, at the rate with the best validation loss at the end. */
static struct course learns(struct replica *r, const struct split *split, size_t batch,
                            size_t steps, size_t arm)
{
    struct network *net = batch_network(r);
    struct fit_plan plan = {.batch = batch, .epochs = steps, .steps = steps, .tune_by_loss = true};
    plan.rate = batch_rates[fit_tune(net, &split->train, &split->validation, &plan, batch_rates,
                                     BATCH_RATES, NULL)];
    struct course course = {.train = &split->train, .every = steps / LOOKS};
    plan.after_step = after_step;
    plan.context = &course;
    network_start(net);
    fit_network(net, &split->train, &plan);
    for (size_t i = 0; i < LOOKS; i++)
        replica_point(r, arm, i, course.loss[i]);
    network_free(net);
    return course;
}

/* Decades of the training loss by which the large batch is ahead early, and behind at the end: the
 * smaller one, since both are claimed. */
static double both(const struct replica *r, const struct course *small, const struct course *large)
{
    const double lead = lab_log10(r, small->loss[EARLY] / large->loss[EARLY]);
    const double lag = lab_log10(r, large->loss[LOOKS - 1] / small->loss[LOOKS - 1]);
    return fmin(lead, lag);
}

void fast_then_plateau(struct replica *r)
{
    const struct samples digits = samples_digits(r);
    const struct split split = samples_split(&digits, TRAIN, VALIDATION);
    const struct course small = learns(r, &split, SMALL, EPOCHS * TRAIN / SMALL, 0);
    const struct course large = learns(r, &split, LARGE, EPOCHS * TRAIN / LARGE, 1);
    const struct course small_steps = learns(r, &split, SMALL, STEPS, 2);
    const struct course large_steps = learns(r, &split, LARGE, STEPS, 3);
    replica_effect(r, 0, both(r, &small, &large));
    replica_effect(r, 1, both(r, &small_steps, &large_steps));
}
