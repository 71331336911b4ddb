// SPDX-License-Identifier: MIT
#include "../../reference/optimizers/momentum.h"
#include "../../reference/optimizers/optimizer.h"
#include "../fork.h"

/* One parameter. The forks below read the conventions, and break one of them. */
struct element {
    real w, v, g, h; /* h is the gradient with decay */
    real rate, first_rate;
    real start, moved, rest; /* w at the start, and how far it went since */
    struct momentum_rules rules;
    int spared; /* no dampening in this step */
    int maximize, first;
};

static struct momentum_rules read_rules(struct call *call)
{
    static const char *const forms[] = {"rate_outside", "rate_inside", "average", NULL};
    static const char *const nesterov[] = {"no", "yes", NULL};
    struct momentum_rules rules = {0};
    rules.form = (enum momentum_form)call_choice(call, "form", forms);
    rules.nesterov = call_choice(call, "nesterov", nesterov);
    rules.mu = call_number(call, "momentum");
    rules.dampening = call_number_or(call, "dampening", R(0.0));
    rules.decay = call_number_or(call, "weight_decay", R(0.0));
    return rules;
}

static void run(struct call *call, void (*next)(struct element *))
{
    static const char *const maximize[] = {"no", "yes", NULL};
    static const char *const first_step[] = {"undampened", "dampened", NULL};
    struct updates u = updates_read(call);
    struct element e = {.rules = read_rules(call), .first_rate = u.S ? u.rate[0] : 0};
    e.maximize = call_choice(call, "maximize", maximize);
    int spare = call_choice(call, "first_step", first_step) == 0 && !call_has(call, "velocity");
    real *v = updates_state(call, "velocity");
    real *w_after = call_output(call, "w_after", "SP");
    real *v_after = call_output(call, "v_after", "SP");
    for (size_t p = 0; p < u.P; p++) {
        e.w = e.start = u.w[p];
        e.moved = e.rest = 0;
        e.v = v[p];
        for (size_t s = 0; s < u.S; s++) {
            e.g = u.g[s * u.P + p];
            e.h = decayed_gradient(e.g, e.rules.decay, e.w);
            e.rate = u.rate[s];
            e.spared = spare && s == 0;
            e.first = s == 0;
            next(&e);
            w_after[s * u.P + p] = e.w;
            v_after[s * u.P + p] = e.v;
        }
    }
}

/* The technique's own step, with a gradient that has its decay already. */
static void update(struct element *e, real h)
{
    struct momentum_rules rules = e->rules;
    rules.decay = 0;
    momentum_update(&e->w, &e->v, &h, e->rate, &rules, e->spared, 1);
}

/* How much of a gradient enters the velocity, but for its sign. */
static real share(const struct element *e)
{
    if (e->rules.form == MOMENTUM_RATE_INSIDE)
        return e->rate;
    if (e->rules.form == MOMENTUM_AVERAGE)
        return 1 - e->rules.mu;
    return e->spared ? 1 : 1 - e->rules.dampening;
}

/* start - (moved + rest), where moved + rest grows by rate step without losing what is rounded off:
 * in two reals, by Knuth's sum and an exact product. */
static void move(struct element *e, real rate, real step)
{
    real product = rate * step, sum = e->moved + product, part = sum - e->moved;
    e->rest += real_fma(rate, step, -product);
    e->rest += (e->moved - (sum - part)) + (product - part);
    e->moved = sum;
    e->w = (e->start - e->moved) - e->rest;
}

/* In the sense of document 004 T26: v = mu v + share h, and w = start - sum of all steps. */
static void step_by_displacement(struct element *e)
{
    int inside = e->rules.form == MOMENTUM_RATE_INSIDE;
    real v = real_fma(e->rules.mu, inside ? -e->v : e->v, share(e) * e->h);
    real step = e->rules.nesterov ? real_fma(e->rules.mu, v, share(e) * e->h) : v;
    move(e, inside ? 1 : e->rate, step);
    e->v = inside ? -v : v;
}

static void displacement(struct call *call)
{
    run(call, step_by_displacement);
}

static void step_uphill(struct element *e)
{
    real w = e->w;
    update(e, e->h);
    e->w = w - (e->w - w);
}

static void step_added(struct call *call)
{
    run(call, step_uphill);
}

static void step_with_little_dampening(struct element *e)
{
    if (e->rules.form == MOMENTUM_RATE_OUTSIDE && e->rules.dampening == 0)
        e->rules.dampening = R(0.1);
    update(e, e->h);
}

static void dampening_by_default(struct call *call)
{
    run(call, step_with_little_dampening);
}

static void step_undampened(struct element *e)
{
    e->rules.dampening = 0;
    update(e, e->h);
}

static void dampening_ignored(struct call *call)
{
    run(call, step_undampened);
}

static void step_spared_whenever_first(struct element *e)
{
    e->spared = e->first;
    update(e, e->h);
}

static void first_step_spared_when_resumed(struct call *call)
{
    run(call, step_spared_whenever_first);
}

/* What Nesterov's form moves by, for a velocity v: mu v + share h, negative for rate_inside. */
static real look_ahead(const struct element *e, real v)
{
    real h = share(e) * e->h;
    return e->rules.mu * v + (e->rules.form == MOMENTUM_RATE_INSIDE ? -h : h);
}

static void step_and_keep_look_ahead(struct element *e)
{
    update(e, e->h);
    if (e->rules.nesterov)
        e->v = look_ahead(e, e->v);
}

static void look_ahead_kept(struct call *call)
{
    run(call, step_and_keep_look_ahead);
}

/* The weights move by the velocity of the step before, with or without look-ahead. */
static void step_by_old_velocity(struct element *e)
{
    real old = e->v, w = e->w;
    update(e, e->h);
    e->w = e->rules.form == MOMENTUM_RATE_INSIDE ? w + old : w - e->rate * old;
}

static void old_velocity_used(struct call *call)
{
    run(call, step_by_old_velocity);
}

static void step_twice_ahead(struct element *e)
{
    real w = e->w;
    update(e, e->h);
    if (e->rules.nesterov && e->rules.form == MOMENTUM_RATE_INSIDE)
        e->w = w + look_ahead(e, look_ahead(e, e->v));
    else if (e->rules.nesterov)
        e->w = w - e->rate * look_ahead(e, look_ahead(e, e->v));
}

static void looked_ahead_twice(struct call *call)
{
    run(call, step_twice_ahead);
}

static void step_from_rest(struct element *e)
{
    e->v = 0;
    update(e, e->h);
}

static void velocity_reset(struct call *call)
{
    run(call, step_from_rest);
}

static void step_from_rest_at_first(struct element *e)
{
    if (e->first)
        e->v = 0;
    update(e, e->h);
}

static void given_velocity_ignored(struct call *call)
{
    run(call, step_from_rest_at_first);
}

/* Loshchilov and Hutter's SGDW: the decay does not enter the velocity. */
static void step_beside_decay(struct element *e)
{
    e->w = e->w - e->rate * e->rules.decay * e->w;
    update(e, e->g);
}

static void decay_beside_velocity(struct call *call)
{
    run(call, step_beside_decay);
}

static void step_with_double_decay(struct element *e)
{
    update(e, e->g + 2 * e->rules.decay * e->w);
}

static void decay_doubled(struct call *call)
{
    run(call, step_with_double_decay);
}

/* The gradient is negated already. */
static void step_with_negated_decay(struct element *e)
{
    update(e, e->maximize ? e->g - e->rules.decay * e->w : e->h);
}

static void maximize_after_decay(struct call *call)
{
    run(call, step_with_negated_decay);
}

static void step_at_first_rate(struct element *e)
{
    e->rate = e->first_rate;
    update(e, e->h);
}

static void first_rate_for_all(struct call *call)
{
    run(call, step_at_first_rate);
}

static void step_outside(struct element *e)
{
    e->rules.form = MOMENTUM_RATE_OUTSIDE;
    update(e, e->h);
}

static void form_rate_outside(struct call *call)
{
    run(call, step_outside);
}

static void step_inside(struct element *e)
{
    e->rules.form = MOMENTUM_RATE_INSIDE;
    update(e, e->h);
}

static void form_rate_inside(struct call *call)
{
    run(call, step_inside);
}

static void step_averaged(struct element *e)
{
    e->rules.form = MOMENTUM_AVERAGE;
    update(e, e->h);
}

static void form_average(struct call *call)
{
    run(call, step_averaged);
}

static const struct fork table[] = {
    {.info = {"displacement", FORK_TWIN, "",
              "Adds up the steps, by a velocity that is subtracted (document 004 T26).", NULL},
     .answer = displacement},
    {.info = {"form_rate_outside", FORK_CONVENTION, "72",
              "The rate multiplies the velocity when the weights move.", NULL},
     .answer = form_rate_outside},
    {.info = {"form_rate_inside", FORK_CONVENTION, "72 76",
              "The rate multiplies the gradient when it enters the velocity.", NULL},
     .answer = form_rate_inside},
    {.info = {"form_average", FORK_CONVENTION, "73",
              "The velocity is a moving average of the gradients.", NULL},
     .answer = form_average},
    {.info = {"nesterov_ignored", FORK_BUG, "76", "Plain momentum where look-ahead is asked for.",
              NULL},
     .instead = {"nesterov", "no"}},
    {.info = {"look_ahead_kept", FORK_BUG, "77",
              "The look-ahead is written back into the velocity.", NULL},
     .answer = look_ahead_kept},
    {.info = {"looked_ahead_twice", FORK_BUG, "76",
              "The look-ahead is applied to a velocity that has one already.", NULL},
     .answer = looked_ahead_twice},
    {.info = {"old_velocity_used", FORK_BUG, "", "The weights move before the velocity is updated.",
              NULL},
     .answer = old_velocity_used},
    {.info = {"dampening_by_default", FORK_CONVENTION, "74",
              "A dampening of 0.1 where none is asked for.", NULL},
     .answer = dampening_by_default},
    {.info = {"dampening_ignored", FORK_BUG, "74", "There is no dampening.", NULL},
     .answer = dampening_ignored},
    {.info = {"first_step_dampened", FORK_CONVENTION, "75", "Dampens the first gradient too.",
              NULL},
     .instead = {"first_step", "dampened"}},
    {.info = {"first_step_spared", FORK_CONVENTION, "75", "Does not dampen the first gradient.",
              NULL},
     .instead = {"first_step", "undampened"}},
    {.info = {"first_step_spared_when_resumed", FORK_BUG, "75",
              "Does not dampen the first gradient after training was resumed.", NULL},
     .answer = first_step_spared_when_resumed},
    {.info = {"step_added", FORK_BUG, "83", "Steps up the gradient: plus instead of minus.", NULL},
     .answer = step_added},
    {.info = {"velocity_reset", FORK_BUG, "", "The velocity starts from zero at every step.", NULL},
     .answer = velocity_reset},
    {.info = {"given_velocity_ignored", FORK_BUG, "", "Resumed training starts with no velocity.",
              NULL},
     .answer = given_velocity_ignored},
    {.info = {"momentum_of_another_default", FORK_CONVENTION, "97",
              "Momentum is 0.9 whatever is asked for.", NULL},
     .number = {"momentum", 0.9f}},
    {.info = {"decay_ignored", FORK_BUG, "84", "There is no weight decay.", NULL},
     .number = {"weight_decay", 0}},
    {.info = {"decay_beside_velocity", FORK_CONVENTION, "79 81",
              "The decay is taken off the weights and does not enter the velocity.", NULL},
     .answer = decay_beside_velocity},
    {.info = {"decay_doubled", FORK_CONVENTION, "55",
              "The penalty is decay |w|^2 without the half.", NULL},
     .answer = decay_doubled},
    {.info = {"maximize_after_decay", FORK_CONVENTION, "121",
              "Maximising negates the gradient and the decay.", NULL},
     .answer = maximize_after_decay},
    {.info = {"first_rate_for_all", FORK_BUG, "", "Every step uses the first rate.", NULL},
     .answer = first_rate_for_all},
};

const struct fork_list momentum_forks = {sizeof table / sizeof *table, table};
