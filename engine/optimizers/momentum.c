// SPDX-License-Identifier: MIT
/* Gradient descent with momentum; definition in reference/optimizers/momentum.h.
 *
 * How it is distributed: the parameters and their velocities are sharded evenly. Each is updated
 * alone; nothing crosses the network before the results are gathered, and nothing is added over
 * ranks.
 */
#include "../threads.h"
#include "optimizer.h"

#include <string.h>

WIDE_VECTORS
static void step_rate_inside(size_t count, scalar *w, scalar *v, const scalar *g, scalar rate,
                             const struct momentum_settings *settings)
{
    const scalar mu = settings->mu;
    for (size_t i = 0; i < count; i++) {
        scalar h = decayed_gradient(g[i], settings->decay, w[i]);
        v[i] = mu * v[i] - rate * h;
        w[i] = w[i] + (settings->nesterov ? mu * v[i] - rate * h : v[i]);
    }
}

/* rate_outside takes `share` = 1 - dampening of the gradient and all of it into Nesterov's step;
 * average takes 1 - mu of it into both. */
WIDE_VECTORS
static void step_rate_outside(size_t count, scalar *w, scalar *v, const scalar *g, scalar rate,
                              const struct momentum_settings *settings, scalar share)
{
    const scalar mu = settings->mu;
    const scalar ahead = settings->form == MOVING_AVERAGE ? share : 1;
    for (size_t i = 0; i < count; i++) {
        scalar h = decayed_gradient(g[i], settings->decay, w[i]);
        v[i] = mu * v[i] + share * h;
        w[i] = w[i] - rate * (settings->nesterov ? ahead * h + mu * v[i] : v[i]);
    }
}

/* A step, to be done in ranges. */
struct step {
    scalar *w, *v;
    const scalar *g;
    scalar rate;
    const struct momentum_settings *settings;
    bool undampened;
};

static void step_range(const void *context, size_t first, size_t count)
{
    const struct step *step = context;
    const struct momentum_settings *settings = step->settings;
    scalar *w = step->w + first, *v = step->v + first;
    const scalar *g = step->g + first;
    if (settings->form == RATE_INSIDE)
        step_rate_inside(count, w, v, g, step->rate, settings);
    else if (settings->form == MOVING_AVERAGE)
        step_rate_outside(count, w, v, g, step->rate, settings, 1 - settings->mu);
    else
        step_rate_outside(count, w, v, g, step->rate, settings,
                          step->undampened ? 1 : 1 - settings->dampening);
}

void momentum_step(size_t count, scalar *w, scalar *v, const scalar *g, scalar rate,
                   const struct momentum_settings *settings, bool undampened)
{
    const struct step step = {w, v, g, rate, settings, undampened};
    threads_range(count, COST_OF_ARITHMETIC, step_range, &step);
}

void momentum_run(struct question *q)
{
    static const char *const forms[] = {"rate_outside", "rate_inside", "average", NULL};
    static const char *const no_yes[] = {"no", "yes", NULL};
    static const char *const first_steps[] = {"undampened", "dampened", NULL};
    struct updates updates = updates_read(q);
    struct momentum_settings settings = {
        .form = (enum momentum_form)question_choice(q, "form", forms),
        .nesterov = question_choice(q, "nesterov", no_yes) == 1,
        .mu = updates_share(q, "momentum"),
        .dampening = question_number_or(q, "dampening", 0),
        .decay = updates_positive_or(q, "weight_decay", 0),
    };
    if (settings.dampening != 0 && (settings.nesterov || settings.form != RATE_OUTSIDE))
        question_refuse(q, "its number 'dampening' must be 0: only the form rate_outside without "
                           "nesterov has one");
    const bool undampened =
        question_choice(q, "first_step", first_steps) == 0 && !question_has(q, "velocity");
    scalar *v = updates_state(q, "velocity");
    scalar *w_after = question_output(q, "w_after", "S[P]");
    scalar *v_after = question_output(q, "v_after", "S[P]");
    for (size_t s = 0, P = updates.P; s < updates.S; s++) {
        momentum_step(P, updates.w, v, updates.g + s * P, updates.rate[s], &settings,
                      s == 0 && undampened);
        memcpy(w_after + s * P, updates.w, P * sizeof *w_after);
        memcpy(v_after + s * P, v, P * sizeof *v_after);
    }
}
