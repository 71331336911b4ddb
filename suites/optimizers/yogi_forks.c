// SPDX-License-Identifier: MIT
#include "../../reference/optimizers/yogi.h"
#include "optimizer_forks.h"

enum { M, V };
enum rival {
    TWIN,
    AVERAGE,
    SIGN_REVERSED,
    ALWAYS_UP,
    DISTANCE,
    ROOT_FORGOTTEN,
    SECOND_START_ONLY,
    COUNTER_SHARED
};

static void run(struct call *call, void (*next)(struct element *), enum accident accident)
{
    struct yogi_rules rules = yogi_rules_read(call);
    struct element_plan plan = {.states = 2,
                                .input = {"m", "v"},
                                .output = {"m_after", "v_after"},
                                .start = {rules.initial, rules.initial},
                                .rules = &rules,
                                .decay = &rules.moments.decay,
                                .accident = accident,
                                .variant = call_variant(call)};
    if (accident == NO_ACCIDENT && call_variant(call) == SECOND_START_ONLY)
        plan.start[M] = 0;
    elements_run(call, &plan, next);
}

static void step(struct element *e)
{
    yogi_update(&e->w, &e->state[M], &e->state[V], &e->g, e->rate, e->t, e->rules, 1);
}

static void accident(struct call *call)
{
    run(call, step, (enum accident)call_variant(call));
}

/* The new second moment. */
static real second(const struct element *e, real h, real beta2)
{
    real v = e->state[V], part = (1 - beta2) * (h * h);
    switch ((enum rival)e->variant) {
    case AVERAGE:
        return beta2 * v + part;
    case SIGN_REVERSED:
        return v > h * h ? v + part : v < h * h ? v - part : v;
    case ALWAYS_UP:
        return v >= h * h ? v : v + part;
    case DISTANCE:
        return v - (1 - beta2) * (v - h * h) * (h * h);
    default:
        return v > h * h   ? real_fma(-(1 - beta2), h * h, v)
               : v < h * h ? real_fma(1 - beta2, h * h, v)
                           : v;
    }
}

static void rival_step(struct element *e)
{
    const struct moment_rules *is = &((const struct yogi_rules *)e->rules)->moments;
    size_t t = e->variant == COUNTER_SHARED ? e->updates + 1 : e->t;
    real c1 = moment_correction(is, is->beta1, t), c2 = moment_correction(is, is->beta2, t);
    real h = e->g;
    if (is->decay.form == DECAY_COUPLED)
        h = real_fma(is->decay.decay, e->w, h);
    else
        e->w = e->w * (1 - e->rate * is->decay.decay);
    e->state[M] = e->state[M] + (1 - is->beta1) * (h - e->state[M]);
    e->state[V] = second(e, h, is->beta2);
    real root =
        e->variant == ROOT_FORGOTTEN ? e->state[V] / c2 : real_sqrt(e->state[V]) / real_sqrt(c2);
    e->w = real_fma(-e->rate / c1, e->state[M] / (root + is->epsilon), e->w);
}

static void rival(struct call *call)
{
    run(call, rival_step, NO_ACCIDENT);
}

/* clang-format off */
static const struct fork table[] = {
    {.info = {"moment_by_distance", FORK_TWIN, "",
     "The first moment moves by a share of the distance; the corrections divide the rate and the "
     "root.", NULL},
     .answer = rival, .variant = TWIN},
    {.info = {"average", FORK_BUG, "", "The second moment is a moving average: Adam.", NULL},
     .answer = rival, .variant = AVERAGE},
    {.info = {"sign_reversed", FORK_BUG, "83",
     "The second moment moves away from the squared gradient.", NULL},
     .answer = rival, .variant = SIGN_REVERSED},
    {.info = {"never_down", FORK_BUG, "", "The second moment only grows.", NULL},
     .answer = rival, .variant = ALWAYS_UP},
    {.info = {"sign_forgotten", FORK_BUG, "", "The distance itself in place of its sign.", NULL},
     .answer = rival, .variant = DISTANCE},
    {.info = {"root_forgotten", FORK_BUG, "", "Divides by the second moment, not by its root.",
     NULL},
     .answer = rival, .variant = ROOT_FORGOTTEN},
    {.info = {"first_moment_from_zero", FORK_CONVENTION, "108",
     "Only the second moment starts at the initial value.", NULL},
     .answer = rival, .variant = SECOND_START_ONLY},
    {.info = {"initial_of_zero", FORK_CONVENTION, "108", "Both moments start at 0.", NULL},
     .number = {"initial", 0}},
    {.info = {"initial_of_optax", FORK_CONVENTION, "108",
     "Both moments start at 1e-6 whatever is asked for.", NULL},
     .number = {"initial", 1e-6f}},
    {.info = {"epsilon_of_adam", FORK_CONVENTION, "108", "Epsilon is 1e-8 whatever is asked for.",
     NULL},
     .number = {"epsilon", 1e-8f}},
    {.info = {"no_bias_correction", FORK_CONVENTION, "87",
     "The moments are not corrected: the paper.", NULL},
     .instead = {"bias_correction", "no"}},
    {.info = {"bias_correction_anyway", FORK_CONVENTION, "87",
     "The moments are corrected though it is not asked for.", NULL},
     .instead = {"bias_correction", "yes"}},
    {.info = {"counter_shared", FORK_BUG, "88", "All parameters advance one counter.", NULL},
     .answer = rival, .variant = COUNTER_SHARED},
    {.info = {"counter_stuck", FORK_BUG, "88", "Every step is corrected as the first one.", NULL},
     .answer = accident, .variant = COUNTER_STUCK},
    {.info = {"decay_coupled", FORK_CONVENTION, "79",
     "The decay goes through the moments where it should not.", NULL},
     .instead = {"decay_form", "coupled"}},
    {.info = {"decay_decoupled", FORK_CONVENTION, "79",
     "The decay does not go through the moments where it should.", NULL},
     .instead = {"decay_form", "decoupled"}},
    {.info = {"decay_ignored", FORK_BUG, "84", "There is no weight decay.", NULL},
     .number = {"weight_decay", 0}},
    {.info = {"decay_added", FORK_BUG, "83", "The decay pushes the weights away from zero.", NULL},
     .answer = accident, .variant = DECAY_ADDED},
    {.info = {"decay_after_step", FORK_CONVENTION, "81",
     "The decoupled decay is taken off the new weight.", NULL},
     .answer = accident, .variant = DECAY_AFTER},
    {.info = {"maximize_after_decay", FORK_CONVENTION, "121",
     "Maximising negates the gradient and the decay.", NULL},
     .answer = accident, .variant = DECAY_NEGATED},
    {.info = {"step_added", FORK_BUG, "83", "Steps up the gradient: plus instead of minus.", NULL},
     .answer = accident, .variant = UPHILL},
    {.info = {"first_rate_for_all", FORK_BUG, "", "Every step uses the first rate.", NULL},
     .answer = accident, .variant = FIRST_RATE},
    {.info = {"states_reset", FORK_BUG, "", "The moments start again at every step.", NULL},
     .answer = accident, .variant = STATES_RESET},
};
/* clang-format on */

const struct fork_list yogi_forks = {sizeof table / sizeof *table, table};
