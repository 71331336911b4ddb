// SPDX-License-Identifier: MIT
#include "../../reference/optimizers/lion.h"
#include "optimizer_forks.h"

static void run_accident(struct call *call, void (*next)(struct element *), enum accident accident)
{
    struct lion_rules rules = lion_rules_read(call);
    struct element_plan plan = {
        .states = 1, .input = {"m"}, .output = {"m_after"}, .rules = &rules, .accident = accident};
    elements_run(call, &plan, next);
}

static void run(struct call *call, void (*next)(struct element *))
{
    run_accident(call, next, NO_ACCIDENT);
}

/* The technique's own step. */
static void step(struct element *e)
{
    real c;
    lion_update(&e->w, &e->state[0], &c, &e->g, e->rate, e->rules, 1);
}

/* The weight shrinks first and steps then; the direction is seen by comparing the moment with what
 * would balance the gradient. */
static void step_by_comparison(struct element *e)
{
    const struct lion_rules *rules = e->rules;
    real pull = rules->beta1 * e->state[0], push = (rules->beta1 - 1) * e->g;
    e->w = e->w * (1 - e->rate * rules->decay);
    if (pull > push)
        e->w -= e->rate;
    else if (pull < push)
        e->w += e->rate;
    e->state[0] = real_fma(rules->beta2, e->state[0], (1 - rules->beta2) * e->g);
}

static void moments_compared(struct call *call)
{
    run(call, step_by_comparison);
}

/* The rest is w - rate (direction + decay w) with a wrong direction. */
static void step_along(struct element *e, real direction)
{
    const struct lion_rules *rules = e->rules;
    e->w -= e->rate * (direction + rules->decay * e->w);
}

static real sign(real x)
{
    return x > 0 ? R(1.0) : x < 0 ? R(-1.0) : R(0.0);
}

static void step_by_new_moment(struct element *e)
{
    const struct lion_rules *rules = e->rules;
    e->state[0] = rules->beta2 * e->state[0] + (1 - rules->beta2) * e->g;
    step_along(e, sign(rules->beta1 * e->state[0] + (1 - rules->beta1) * e->g));
}

static void moment_updated_first(struct call *call)
{
    run(call, step_by_new_moment);
}

static void step_by_moment(struct element *e)
{
    const struct lion_rules *rules = e->rules;
    e->state[0] = rules->beta2 * e->state[0] + (1 - rules->beta2) * e->g;
    step_along(e, sign(e->state[0]));
}

static void sign_of_moment(struct call *call)
{
    run(call, step_by_moment);
}

static void step_by_gradient(struct element *e)
{
    const struct lion_rules *rules = e->rules;
    step_along(e, sign(e->g));
    e->state[0] = rules->beta2 * e->state[0] + (1 - rules->beta2) * e->g;
}

static void sign_of_gradient(struct call *call)
{
    run(call, step_by_gradient);
}

static void step_of_any_size(struct element *e)
{
    const struct lion_rules *rules = e->rules;
    step_along(e, rules->beta1 * e->state[0] + (1 - rules->beta1) * e->g);
    e->state[0] = rules->beta2 * e->state[0] + (1 - rules->beta2) * e->g;
}

static void sign_forgotten(struct call *call)
{
    run(call, step_of_any_size);
}

static void step_interpolating_state(struct element *e)
{
    const struct lion_rules *rules = e->rules;
    e->state[0] = rules->beta1 * e->state[0] + (1 - rules->beta1) * e->g;
    step_along(e, sign(e->state[0]));
    e->state[0] = rules->beta2 * e->state[0] + (1 - rules->beta2) * e->g;
}

static void interpolation_kept(struct call *call)
{
    run(call, step_interpolating_state);
}

static void step_with_positive_zero(struct element *e)
{
    const struct lion_rules *rules = e->rules;
    real c = rules->beta1 * e->state[0] + (1 - rules->beta1) * e->g;
    step_along(e, c >= 0 ? R(1.0) : R(-1.0));
    e->state[0] = rules->beta2 * e->state[0] + (1 - rules->beta2) * e->g;
}

static void sign_of_zero_positive(struct call *call)
{
    run(call, step_with_positive_zero);
}

static void step_with_one_beta(struct element *e)
{
    struct lion_rules *rules = e->rules, own = *rules;
    rules->beta2 = own.beta1;
    step(e);
    *rules = own;
}

static void one_beta(struct call *call)
{
    run(call, step_with_one_beta);
}

static void step_with_other_betas(struct element *e)
{
    struct lion_rules *rules = e->rules, own = *rules;
    rules->beta1 = own.beta2;
    rules->beta2 = own.beta1;
    step(e);
    *rules = own;
}

static void betas_exchanged(struct call *call)
{
    run(call, step_with_other_betas);
}

static void step_coupled(struct element *e)
{
    struct lion_rules *rules = e->rules, own = *rules;
    e->g += own.decay * e->w;
    rules->decay = 0;
    step(e);
    *rules = own;
}

static void decay_coupled(struct call *call)
{
    run(call, step_coupled);
}

static void step_then_decay(struct element *e)
{
    struct lion_rules *rules = e->rules, own = *rules;
    rules->decay = 0;
    step(e);
    *rules = own;
    e->w -= e->rate * own.decay * e->w;
}

static void decay_after_step(struct call *call)
{
    run(call, step_then_decay);
}

static void step_decaying_without_rate(struct element *e)
{
    struct lion_rules *rules = e->rules, own = *rules;
    e->w -= own.decay * e->w;
    rules->decay = 0;
    step(e);
    *rules = own;
}

static void decay_without_rate(struct call *call)
{
    run(call, step_decaying_without_rate);
}

static void step_against_decay(struct element *e)
{
    struct lion_rules *rules = e->rules, own = *rules;
    rules->decay = -own.decay;
    step(e);
    *rules = own;
}

static void decay_added(struct call *call)
{
    run(call, step_against_decay);
}

static void step_added(struct call *call)
{
    run_accident(call, step, UPHILL);
}

static void first_rate_for_all(struct call *call)
{
    run_accident(call, step, FIRST_RATE);
}

static void moment_reset(struct call *call)
{
    run_accident(call, step, STATES_RESET);
}

static void given_moment_ignored(struct call *call)
{
    run_accident(call, step, STATES_LOST);
}

/* clang-format off */
static const struct fork table[] = {
    {.info = {"moments_compared", FORK_TWIN, "",
     "Compares moment and gradient instead of adding them; shrinks the weight first.", NULL},
     .answer = moments_compared},
    {.info = {"moment_updated_first", FORK_BUG, "",
     "The moment takes the gradient before the direction is found.", NULL},
     .answer = moment_updated_first},
    {.info = {"sign_of_moment", FORK_BUG, "", "The direction is the sign of the new moment.", NULL},
     .answer = sign_of_moment},
    {.info = {"sign_of_gradient", FORK_BUG, "", "The direction is the sign of the gradient.", NULL},
     .answer = sign_of_gradient},
    {.info = {"sign_forgotten", FORK_BUG, "", "Steps as far as the interpolated moment says.",
     NULL},
     .answer = sign_forgotten},
    {.info = {"interpolation_kept", FORK_BUG, "77",
     "The interpolated moment is written back into the state.", NULL},
     .answer = interpolation_kept},
    {.info = {"sign_of_zero_positive", FORK_BUG, "", "The sign of 0 is 1.", NULL},
     .answer = sign_of_zero_positive},
    {.info = {"one_beta", FORK_BUG, "", "beta1 does the work of both.", NULL},
     .answer = one_beta},
    {.info = {"betas_exchanged", FORK_BUG, "", "beta1 and beta2 are exchanged.", NULL},
     .answer = betas_exchanged},
    {.info = {"decay_coupled", FORK_BUG, "79",
     "The decay goes into gradient and moment, where the sign swallows it.", NULL},
     .answer = decay_coupled},
    {.info = {"decay_after_step", FORK_CONVENTION, "81", "The decay is taken off the new weight.",
     NULL},
     .answer = decay_after_step},
    {.info = {"decay_without_rate", FORK_CONVENTION, "80",
     "The decay is not multiplied by the rate.", NULL},
     .answer = decay_without_rate},
    {.info = {"decay_added", FORK_BUG, "83", "The decay pushes the weights away from zero.", NULL},
     .answer = decay_added},
    {.info = {"decay_ignored", FORK_BUG, "84", "There is no weight decay.", NULL},
     .number = {"weight_decay", 0}},
    {.info = {"maximize_ignored", FORK_BUG, "121", "Minimises what should be maximised.", NULL},
     .instead = {"maximize", "no"}},
    {.info = {"step_added", FORK_BUG, "83", "Steps up the gradient: plus instead of minus.", NULL},
     .answer = step_added},
    {.info = {"first_rate_for_all", FORK_BUG, "", "Every step uses the first rate.", NULL},
     .answer = first_rate_for_all},
    {.info = {"moment_reset", FORK_BUG, "", "The moment starts from zero at every step.", NULL},
     .answer = moment_reset},
    {.info = {"given_moment_ignored", FORK_BUG, "", "Resumed training starts with no moment.",
     NULL},
     .answer = given_moment_ignored},
};
/* clang-format on */

const struct fork_list lion_forks = {sizeof table / sizeof *table, table};
