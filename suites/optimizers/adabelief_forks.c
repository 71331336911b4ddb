// SPDX-License-Identifier: MIT
#include "../../reference/optimizers/adabelief.h"
#include "optimizer_forks.h"

enum { M, BELIEF };
enum rival {
    TWIN,
    OLD_MEAN,
    NO_MEAN,
    CORRECTED_MEAN,
    ROOT_FORGOTTEN,
    COUNTER_SHARED,
    COUNTER_AHEAD
};

static void run(struct call *call, void (*next)(struct element *), enum accident accident)
{
    struct adabelief_rules rules = adabelief_rules_read(call);
    struct element_plan plan = {.states = 2,
                                .input = {"m", "s"},
                                .output = {"m_after", "s_after"},
                                .rules = &rules,
                                .decay = &rules.moments.decay,
                                .accident = accident,
                                .variant = call_variant(call)};
    elements_run(call, &plan, next);
}

/* The technique's own step, around which accidents happen. */
static void step(struct element *e)
{
    adabelief_update(&e->w, &e->state[M], &e->state[BELIEF], &e->g, e->rate, e->t, e->rules, 1);
}

static void accident(struct call *call)
{
    run(call, step, (enum accident)call_variant(call));
}

/* h - m for the new m is beta1 (h - m) for the old one; and what the forks take for it. */
static real surprise(const struct element *e, real h, real old, real c1)
{
    const struct adabelief_rules *rules = e->rules;
    switch ((enum rival)e->variant) {
    case OLD_MEAN:
        return h - old;
    case NO_MEAN:
        return h;
    case CORRECTED_MEAN:
        return h - e->state[M] / c1;
    default:
        return rules->moments.beta1 * (h - old);
    }
}

/* A step in another order: the mean moves by a share of the distance, roots are divided. */
static void rival_step(struct element *e)
{
    const struct adabelief_rules *rules = e->rules;
    const struct moment_rules *is = &rules->moments;
    size_t t = e->variant == COUNTER_SHARED  ? e->updates + 1
               : e->variant == COUNTER_AHEAD ? e->t + 1
                                             : e->t;
    real c1 = moment_correction(is, is->beta1, t), c2 = moment_correction(is, is->beta2, t);
    real h = e->g, old = e->state[M];
    if (is->decay.form == DECAY_COUPLED)
        h = real_fma(is->decay.decay, e->w, h);
    else
        e->w = e->w * (1 - e->rate * is->decay.decay);
    e->state[M] = old + (1 - is->beta1) * (h - old);
    real d = surprise(e, h, old, c1);
    e->state[BELIEF] = real_fma(is->beta2, e->state[BELIEF], (1 - is->beta2) * (d * d));
    if (!rules->root_at_use)
        e->state[BELIEF] += rules->root;
    real under =
        rules->root_at_use ? real_fma(c2, rules->root, e->state[BELIEF]) : e->state[BELIEF];
    real root = e->variant == ROOT_FORGOTTEN ? under / c2 : real_sqrt(under) / real_sqrt(c2);
    e->w = real_fma(-e->rate / c1, e->state[M] / (root + is->epsilon), e->w);
}

static void rival(struct call *call)
{
    run(call, rival_step, NO_ACCIDENT);
}

/* clang-format off */
static const struct fork table[] = {
    {.info = {"mean_by_distance", FORK_TWIN, "",
     "The mean moves by a share of the distance, and the surprise is beta1 times the distance to "
     "the old mean.", NULL},
     .answer = rival, .variant = TWIN},
    {.info = {"old_mean", FORK_BUG, "92",
     "The surprise is measured from the mean before the step: optax once.", NULL},
     .answer = rival, .variant = OLD_MEAN},
    {.info = {"mean_ignored", FORK_BUG, "", "The gradient itself is squared: Adam.", NULL},
     .answer = rival, .variant = NO_MEAN},
    {.info = {"mean_corrected", FORK_BUG, "", "The surprise is measured from the corrected mean.",
     NULL},
     .answer = rival, .variant = CORRECTED_MEAN},
    {.info = {"root_forgotten", FORK_BUG, "", "Divides by the belief, not by its root.", NULL},
     .answer = rival, .variant = ROOT_FORGOTTEN},
    {.info = {"counter_shared", FORK_BUG, "88", "All parameters advance one counter.", NULL},
     .answer = rival, .variant = COUNTER_SHARED},
    {.info = {"counter_one_ahead", FORK_BUG, "88", "The step counter is one ahead.", NULL},
     .answer = rival, .variant = COUNTER_AHEAD},
    {.info = {"counter_stuck", FORK_BUG, "88", "Every step is corrected as the first one.", NULL},
     .answer = accident, .variant = COUNTER_STUCK},
    {.info = {"root_added_once", FORK_CONVENTION, "108", "Epsilon is added beside the root alone.",
     NULL},
     .number = {"epsilon_root", 0}},
    {.info = {"epsilon_of_optax", FORK_CONVENTION, "108", "Epsilon is 1e-16 whatever is asked for.",
     NULL},
     .number = {"epsilon", 1e-16f}},
    {.info = {"epsilon_of_yogi", FORK_CONVENTION, "108", "Epsilon is 1e-3 whatever is asked for.",
     NULL},
     .number = {"epsilon", 1e-3f}},
    {.info = {"root_in_state", FORK_CONVENTION, "86 108", "Epsilon gathers in the state.", NULL},
     .instead = {"root_placement", "in_state"}},
    {.info = {"root_at_use", FORK_CONVENTION, "86 108", "Epsilon does not stay in the state.",
     NULL},
     .instead = {"root_placement", "at_use"}},
    {.info = {"no_bias_correction", FORK_CONVENTION, "87", "The moments are not corrected.", NULL},
     .instead = {"bias_correction", "no"}},
    {.info = {"bias_correction_anyway", FORK_CONVENTION, "87",
     "The moments are corrected though it is not asked for.", NULL},
     .instead = {"bias_correction", "yes"}},
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

const struct fork_list adabelief_forks = {sizeof table / sizeof *table, table};
