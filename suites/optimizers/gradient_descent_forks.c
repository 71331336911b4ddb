// SPDX-License-Identifier: MIT
#include "../../reference/optimizers/gradient_descent.h"
#include "../../reference/optimizers/optimizer.h"
#include "../fork.h"

/* One parameter at one step; the forks below compute its new value in their own way. */
struct element {
    real w, g;
    real g_before;           /* of the step before; of the first step at the first */
    real g_sum;              /* of this and all steps before */
    real start, moved, rest; /* w at the start, and how far it went since */
    real rate, first_rate, next_rate, decay;
    int maximize;
};

static void run(struct call *call, real (*next)(struct element *))
{
    static const char *const maximize[] = {"no", "yes", NULL};
    struct updates u = updates_read(call);
    real *w_after = call_output(call, "w_after", "SP");
    struct element e = {.decay = call_number_or(call, "weight_decay", R(0.0))};
    e.maximize = call_choice(call, "maximize", maximize);
    e.first_rate = u.S ? u.rate[0] : 0;
    for (size_t p = 0; p < u.P; p++) {
        e.start = u.w[p];
        e.g_sum = e.moved = e.rest = 0;
        for (size_t s = 0; s < u.S; s++) {
            e.w = u.w[p];
            e.g = u.g[s * u.P + p];
            e.g_before = u.g[(s ? s - 1 : 0) * u.P + p];
            e.g_sum += e.g;
            e.rate = u.rate[s];
            e.next_rate = u.rate[s + 1 < u.S ? s + 1 : s];
            u.w[p] = w_after[s * u.P + p] = next(&e);
        }
    }
}

/* moved + rest grows by rate step without losing what is rounded off:
 * in two reals, by Knuth's sum and an exact product. */
static void move(struct element *e, real rate, real step)
{
    real product = rate * step, sum = e->moved + product, part = sum - e->moved;
    e->rest += real_fma(rate, step, -product);
    e->rest += (e->moved - (sum - part)) + (product - part);
    e->moved = sum;
}

/* w = start - sum of all steps: steps are added to steps, not to weights. */
static real displaced(struct element *e)
{
    move(e, e->rate, e->g);
    move(e, e->rate * e->decay, e->w);
    return (e->start - e->moved) - e->rest;
}

static void displacement(struct call *call)
{
    run(call, displaced);
}

static real uphill(struct element *e)
{
    return e->w + e->rate * (e->g + e->decay * e->w);
}

static void step_added(struct call *call)
{
    run(call, uphill);
}

static real doubly_decayed(struct element *e)
{
    return e->w - e->rate * (e->g + 2 * e->decay * e->w);
}

static void decay_doubled(struct call *call)
{
    run(call, doubly_decayed);
}

static real inflated(struct element *e)
{
    return e->w - e->rate * (e->g - e->decay * e->w);
}

static void decay_added(struct call *call)
{
    run(call, inflated);
}

static real decayed_without_rate(struct element *e)
{
    return e->w - e->rate * e->g - e->decay * e->w;
}

static void decay_without_rate(struct call *call)
{
    run(call, decayed_without_rate);
}

static real decayed_afterwards(struct element *e)
{
    real w = e->w - e->rate * e->g;
    return w - e->rate * e->decay * w;
}

static void decay_of_new_weight(struct call *call)
{
    run(call, decayed_afterwards);
}

/* The element's gradient is negated already; taking the decay away from it negates that as well. */
static real negated_with_decay(struct element *e)
{
    return e->w - e->rate * (e->maximize ? e->g - e->decay * e->w : e->g + e->decay * e->w);
}

static void maximize_after_decay(struct call *call)
{
    run(call, negated_with_decay);
}

static real at_first_rate(struct element *e)
{
    return e->w - e->first_rate * (e->g + e->decay * e->w);
}

static void first_rate_for_all(struct call *call)
{
    run(call, at_first_rate);
}

static real at_next_rate(struct element *e)
{
    return e->w - e->next_rate * (e->g + e->decay * e->w);
}

static void schedule_stepped_first(struct call *call)
{
    run(call, at_next_rate);
}

static real with_old_gradient(struct element *e)
{
    return e->w - e->rate * (e->g_before + e->decay * e->w);
}

static void stale_gradient(struct call *call)
{
    run(call, with_old_gradient);
}

static real with_all_gradients(struct element *e)
{
    return e->w - e->rate * (e->g_sum + e->decay * e->w);
}

static void gradient_not_zeroed(struct call *call)
{
    run(call, with_all_gradients);
}

static const struct fork table[] = {
    {.info = {"displacement", FORK_TWIN, "", "Adds up the steps and takes their sum off the start.",
              NULL},
     .answer = displacement},
    {.info = {"step_added", FORK_BUG, "83", "Steps up the gradient: plus instead of minus.", NULL},
     .answer = step_added},
    {.info = {"decay_doubled", FORK_CONVENTION, "55",
              "The penalty is decay |w|^2 without the half, so its gradient is twice as large.",
              NULL},
     .answer = decay_doubled},
    {.info = {"decay_added", FORK_BUG, "83", "The decay pushes the weights away from zero.", NULL},
     .answer = decay_added},
    {.info = {"decay_without_rate", FORK_CONVENTION, "80",
              "The decay is not multiplied by the rate.", NULL},
     .answer = decay_without_rate},
    {.info = {"decay_of_new_weight", FORK_CONVENTION, "81",
              "The decay is taken off after the step, of the new weight.", NULL},
     .answer = decay_of_new_weight},
    {.info = {"decay_ignored", FORK_BUG, "84", "There is no weight decay.", NULL},
     .number = {"weight_decay", 0}},
    {.info = {"maximize_after_decay", FORK_CONVENTION, "121",
              "Maximising negates the gradient and the decay.", NULL},
     .answer = maximize_after_decay},
    {.info = {"maximize_ignored", FORK_BUG, "121", "Minimises what should be maximised.", NULL},
     .instead = {"maximize", "no"}},
    {.info = {"first_rate_for_all", FORK_BUG, "", "Every step uses the first rate.", NULL},
     .answer = first_rate_for_all},
    {.info = {"schedule_stepped_first", FORK_CONVENTION, "116",
              "The schedule moves on before the step instead of after it.", NULL},
     .answer = schedule_stepped_first},
    {.info = {"stale_gradient", FORK_BUG, "", "Uses the gradient of the step before.", NULL},
     .answer = stale_gradient},
    {.info = {"gradient_not_zeroed", FORK_BUG, "122",
              "Adds every gradient to those of the steps before.", NULL},
     .answer = gradient_not_zeroed},
};

const struct fork_list gradient_descent_forks = {sizeof table / sizeof *table, table};
