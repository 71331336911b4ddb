// SPDX-License-Identifier: MIT
#include "../../reference/optimizers/lookahead_optimizer.h"
#include "optimizer_forks.h"

enum { SLOW, VELOCITY, LAST };
enum rival {
    TWIN,
    SHARES_EXCHANGED,
    FAST_KEPT,
    SLOW_FOLLOWS,
    ONE_STEP_LATE,
    DECAY_SLOW,
    SLOW_FROM_ZERO
};

static void run(struct call *call, void (*next)(struct element *), enum accident accident)
{
    struct lookahead_rules rules = lookahead_rules_read(call);
    struct element_plan plan = {.states = 3,
                                .input = {"slow", "velocity_before", "last"},
                                .output = {"slow_after", "v_after", NULL},
                                .start_is_w = "slow",
                                .rules = &rules,
                                .decay = &rules.decay,
                                .accident = accident,
                                .variant = call_variant(call)};
    if (accident == NO_ACCIDENT && plan.variant == SLOW_FROM_ZERO)
        plan.start_is_w = NULL;
    elements_run(call, &plan, next);
}

static void step(struct element *e)
{
    lookahead_update(&e->w, &e->state[SLOW], &e->state[VELOCITY], &e->state[LAST], &e->g, e->rate,
                     e->t, e->rules, 1);
}

static void accident(struct call *call)
{
    run(call, step, (enum accident)call_variant(call));
}

/* A mean of slow and fast weights in place of a distance. */
static void rival_step(struct element *e)
{
    const struct lookahead_rules *rules = e->rules;
    real a = e->variant == SHARES_EXCHANGED ? 1 - rules->alpha : rules->alpha;
    real *slow = &e->state[SLOW], *v = &e->state[VELOCITY], *last = &e->state[LAST];
    real at = e->variant == DECAY_SLOW ? *slow : e->w;
    *v = real_fma(rules->momentum, *v, real_fma(rules->decay.decay, at, e->g));
    e->w = real_fma(-e->rate, *v, e->w);
    size_t t = e->variant == ONE_STEP_LATE ? e->t - 1 : e->t;
    if (e->variant == SLOW_FOLLOWS)
        *slow = (1 - a) * *slow + a * e->w;
    if (t == 0 || t % rules->every != 0)
        return;
    if (e->variant != SLOW_FOLLOWS)
        *slow = (1 - a) * *slow + a * e->w;
    e->w = e->variant == FAST_KEPT ? e->w : *slow;
    if (rules->velocity == LOOKAHEAD_RESET)
        *v = 0;
    if (rules->velocity == LOOKAHEAD_PULL)
        *last = *v = (1 - a) * *last + a * *v;
}

static void rival(struct call *call)
{
    run(call, rival_step, NO_ACCIDENT);
}

/* clang-format off */
static const struct fork table[] = {
    {.info = {"mean_of_both", FORK_TWIN, "",
     "A mean of slow and fast weights in place of a share of their distance.", NULL},
     .answer = rival, .variant = TWIN},
    {.info = {"shares_exchanged", FORK_BUG, "125", "Alpha is the share of the slow weights.", NULL},
     .answer = rival, .variant = SHARES_EXCHANGED},
    {.info = {"fast_kept", FORK_BUG, "120", "The fast weights do not go back.", NULL},
     .answer = rival, .variant = FAST_KEPT},
    {.info = {"slow_follows", FORK_BUG, "", "Slow weights move at every step, as an average.",
     NULL},
     .answer = rival, .variant = SLOW_FOLLOWS},
    {.info = {"one_step_late", FORK_BUG, "88", "The step back comes one step late.", NULL},
     .answer = rival, .variant = ONE_STEP_LATE},
    {.info = {"decay_of_slow", FORK_BUG, "81", "The decay is that of the slow weights.", NULL},
     .answer = rival, .variant = DECAY_SLOW},
    {.info = {"slow_from_zero", FORK_BUG, "117", "Slow weights start at zero.", NULL},
     .answer = rival, .variant = SLOW_FROM_ZERO},
    {.info = {"velocity_kept", FORK_CONVENTION, "", "The velocity stays as it is.", NULL},
     .instead = {"velocity", "keep"}},
    {.info = {"velocity_reset", FORK_CONVENTION, "", "The velocity starts again.", NULL},
     .instead = {"velocity", "reset"}},
    {.info = {"velocity_pulled", FORK_CONVENTION, "", "The velocity goes back as the weights do.",
     NULL},
     .instead = {"velocity", "pull"}},
    {.info = {"alpha_of_one", FORK_BUG, "", "There is no step back.", NULL},
     .number = {"alpha", 1}},
    {.info = {"every_fifth", FORK_CONVENTION, "", "Every five steps whatever is asked for.", NULL},
     .number = {"every", 5}},
    {.info = {"counter_starts_again", FORK_BUG, "88", "Resumed training counts from one.", NULL},
     .number = {"first_step", 1}},
    {.info = {"decay_ignored", FORK_BUG, "84", "There is no weight decay.", NULL},
     .number = {"weight_decay", 0}},
    {.info = {"decay_added", FORK_BUG, "83", "The decay pushes the weights away from zero.", NULL},
     .answer = accident, .variant = DECAY_ADDED},
    {.info = {"maximize_after_decay", FORK_CONVENTION, "121",
     "Maximising negates the gradient and the decay.", NULL},
     .answer = accident, .variant = DECAY_NEGATED},
    {.info = {"step_added", FORK_BUG, "83", "Steps up the gradient: plus instead of minus.", NULL},
     .answer = accident, .variant = UPHILL},
    {.info = {"first_rate_for_all", FORK_BUG, "", "Every step uses the first rate.", NULL},
     .answer = accident, .variant = FIRST_RATE},
    {.info = {"states_lost", FORK_BUG, "",
     "Resumed training starts with no velocity and slow weights of zero.", NULL},
     .answer = accident, .variant = STATES_LOST},
};
/* clang-format on */

const struct fork_list lookahead_optimizer_forks = {sizeof table / sizeof *table, table};
