// SPDX-License-Identifier: MIT
#include "../../reference/gradients/explosion_control.h"
#include "depth_forks.h"

enum mistake {
    NONE,
    RATE_IN_NORM,
    PENALTY_IN_NORM,
    PENALTY_TWICE,
    PENALTY_OUTSIDE_RATE,
    DECAY_LATE,
    DECAY_EXPONENTIAL,
    LOSS_NOT_HALVED,
    SUM_NOT_MEAN,
    NORM_AFTER_STEP,
    NORMS_ADDED,
    FIRST_LAYER_FROZEN,
    PENALTY_ON_FIRST
};

static real rate_of(const struct control *c, enum mistake mistake, size_t t)
{
    real rate = c->rate;
    if (mistake == DECAY_EXPONENTIAL) {
        for (size_t i = 0; i < t; i++)
            rate = rate / (1 + c->decay);
        return rate;
    }
    return rate / (1 + c->decay * real_count(t + (mistake == DECAY_LATE ? 1 : 0)));
}

/* (1 - rate penalty) w - rate g: another order of operations for the same step. */
static void step(const struct control *c, enum mistake mistake, size_t t)
{
    const struct depth *d = &c->d;
    real rate = rate_of(c, mistake, t), penalty = c->penalty;
    penalty = mistake == PENALTY_TWICE ? 2 * penalty : penalty;
    real squares = 0;
    for (size_t l = 0; l < d->layers; l++) {
        real decayed = mistake == PENALTY_ON_FIRST && l > 0 ? 0 : penalty;
        real share = mistake == PENALTY_OUTSIDE_RATE ? decayed : rate * decayed;
        for (size_t i = 0; i < depth_inputs(d, l) * d->H; i++) {
            real before = d->w[l][i];
            if (mistake == FIRST_LAYER_FROZEN && l == 0)
                continue;
            real update = rate * d->dw[l][i] + share * before;
            d->w[l][i] =
                mistake == NONE ? before * (1 - share) - rate * d->dw[l][i] : before - update;
            squares += update * update;
        }
    }
    c->update[t] = real_sqrt(squares);
}

/* The norm of step t, before or after the step of that mistake. */
static void measure(const struct control *c, enum mistake mistake, size_t t)
{
    const struct depth *d = &c->d;
    c->size[t] = control_size(d, d->w);
    c->norm[t] = control_size(d, d->dw);
    if (mistake == RATE_IN_NORM)
        c->norm[t] = c->norm[t] * rate_of(c, mistake, t);
    if (mistake == PENALTY_IN_NORM)
        c->norm[t] = c->norm[t] + c->penalty * c->size[t];
    if (mistake == LOSS_NOT_HALVED)
        c->loss[t] = 2 * c->loss[t];
    real sum = 0;
    for (size_t l = 0; l < d->layers; l++)
        sum += depth_gradient_norm(d, l);
    if (mistake == NORMS_ADDED)
        c->norm[t] = sum;
}

static void run(struct call *call)
{
    struct control c = control_read(call);
    enum mistake mistake = (enum mistake)call_variant(call);
    for (size_t t = 0; t < c.steps; t++) {
        depth_forward(&c.d);
        control_loss(&c, t);
        for (size_t i = 0; mistake == SUM_NOT_MEAN && i < c.d.N * c.d.H; i++)
            c.dy[i] = c.dy[i] * real_count(c.d.N);
        if (mistake == NONE)
            depth_forward_mode(call, &c.d, c.dy);
        else
            depth_backward(&c.d, c.dx, c.dy);
        measure(&c, mistake, t);
        step(&c, mistake, t);
        if (mistake == NORM_AFTER_STEP)
            c.size[t] = control_size(&c.d, c.d.w);
    }
    control_end(call, &c);
}

static const struct fork table[] = {
    {.info = {"forward_mode", FORK_TWIN, "", "Gradients by tangents, and (1 - rate penalty) w.",
              NULL},
     .answer = run,
     .variant = NONE},
    {.info = {"rate_in_norm", FORK_BUG, "", "The norm is that of the update.", NULL},
     .answer = run,
     .variant = RATE_IN_NORM},
    {.info = {"penalty_in_norm", FORK_CONVENTION, "", "The norm has the penalty's size.", NULL},
     .answer = run,
     .variant = PENALTY_IN_NORM},
    {.info = {"penalty_twice", FORK_CONVENTION, "", "The penalty's gradient has a factor of 2.",
              NULL},
     .answer = run,
     .variant = PENALTY_TWICE},
    {.info = {"penalty_outside_rate", FORK_CONVENTION, "", "Decay of weights without the rate.",
              NULL},
     .answer = run,
     .variant = PENALTY_OUTSIDE_RATE},
    {.info = {"penalty_on_first", FORK_BUG, "", "Only the first layer is penalised.", NULL},
     .answer = run,
     .variant = PENALTY_ON_FIRST},
    {.info = {"decay_late", FORK_BUG, "", "The rate of the first step is decayed.", NULL},
     .answer = run,
     .variant = DECAY_LATE},
    {.info = {"decay_exponential", FORK_CONVENTION, "", "rate / (1 + decay)^t.", NULL},
     .answer = run,
     .variant = DECAY_EXPONENTIAL},
    {.info = {"loss_not_halved", FORK_CONVENTION, "", "The reported loss lacks the 1/2.", NULL},
     .answer = run,
     .variant = LOSS_NOT_HALVED},
    {.info = {"sum_not_mean", FORK_CONVENTION, "", "Gradients of the sum over samples.", NULL},
     .answer = run,
     .variant = SUM_NOT_MEAN},
    {.info = {"size_after_step", FORK_BUG, "", "The size of the weights after the step.", NULL},
     .answer = run,
     .variant = NORM_AFTER_STEP},
    {.info = {"norms_added", FORK_BUG, "", "Norms of layers are added, not their squares.", NULL},
     .answer = run,
     .variant = NORMS_ADDED},
    {.info = {"first_layer_frozen", FORK_BUG, "", "The first layer does not learn.", NULL},
     .answer = run,
     .variant = FIRST_LAYER_FROZEN},
    {.info = {"penalty_ignored", FORK_BUG, "", "There is no penalty.", NULL},
     .number = {"penalty", 0}},
    {.info = {"decay_ignored", FORK_BUG, "", "The rate stays.", NULL}, .number = {"decay", 0}},
};

const struct fork_list explosion_control_forks = {sizeof table / sizeof *table, table};
