// SPDX-License-Identifier: MIT
#include "../../reference/optimizers/adagrad.h"
#include "optimizer_forks.h"

static void run(struct call *call, void (*next)(struct element *))
{
    struct adagrad_rules rules = adagrad_rules_read(call);
    struct element_plan plan = {.states = 1,
                                .input = {"accumulator"},
                                .output = {"accumulator_after"},
                                .start = {rules.initial_accumulator},
                                .rules = &rules};
    elements_run(call, &plan, next);
}

/* The technique's own step. */
static void step(struct element *e)
{
    adagrad_update(&e->w, &e->state[0], &e->g, e->rate, e->t, e->rules, 1);
}

static real rate_now(const struct element *e)
{
    const struct adagrad_rules *rules = e->rules;
    return e->rate / (1 + rules->rate_decay * real_count(e->t - !rules->decay_from_one));
}

/* Optax's order: the gradient is scaled by a reciprocal root, then by the rate, then added. */
static void step_scaled(struct element *e)
{
    const struct adagrad_rules *rules = e->rules;
    real rate = rate_now(e), h = e->g;
    if (rules->decay.form == DECAY_COUPLED)
        h = real_fma(rules->decay.decay, e->w, h);
    else
        e->w = e->w * (1 - rate * rules->decay.decay);
    e->state[0] = real_fma(h, h, e->state[0]);
    real scale = rules->epsilon_placement == ADAGRAD_INSIDE_ROOT
                     ? 1 / real_sqrt(rules->epsilon + e->state[0])
                     : 1 / (rules->epsilon + real_sqrt(e->state[0]));
    e->w = real_fma(-rate, scale * h, e->w);
}

static void reciprocal_root(struct call *call)
{
    run(call, step_scaled);
}

static void step_averaging(struct element *e)
{
    e->state[0] = R(0.9) * e->state[0] - R(0.9) * e->g * e->g; /* the step adds all of g^2 */
    step(e);
}

static void accumulator_decays(struct call *call)
{
    run(call, step_averaging);
}

static void step_before_adding(struct element *e)
{
    struct element old = *e;
    step(e);
    real added = e->state[0] - old.state[0];
    old.state[0] -= added;
    step(&old);
    e->w = old.w;
}

static void old_accumulator_used(struct call *call)
{
    run(call, step_before_adding);
}

static void step_without_root(struct element *e)
{
    const struct adagrad_rules *rules = e->rules;
    struct element own = *e;
    step(e);
    real h = weight_decay_apply(&rules->decay, &own.w, own.g, rate_now(e));
    e->w = own.w - rate_now(e) * h / (e->state[0] + rules->epsilon);
}

static void root_forgotten(struct call *call)
{
    run(call, step_without_root);
}

static void step_adding_magnitudes(struct element *e)
{
    const struct adagrad_rules *rules = e->rules;
    real root = real_sqrt(e->state[0]);
    real h = weight_decay_apply(&rules->decay, &e->w, e->g, rate_now(e));
    root += real_abs(h);
    e->state[0] = root * root;
    e->w = e->w - rate_now(e) * h / (root + rules->epsilon);
}

static void magnitudes_added(struct call *call)
{
    run(call, step_adding_magnitudes);
}

static void step_from_start(struct element *e)
{
    const struct adagrad_rules *rules = e->rules;
    e->state[0] = rules->initial_accumulator;
    step(e);
}

static void accumulator_reset(struct call *call)
{
    run(call, step_from_start);
}

static void step_adding_start(struct element *e)
{
    const struct adagrad_rules *rules = e->rules;
    if (e->resumed && e->is_first)
        e->state[0] += rules->initial_accumulator;
    step(e);
}

static void initial_added_to_given(struct call *call)
{
    run(call, step_adding_start);
}

static void step_of_restarted_counter(struct element *e)
{
    size_t t = e->t;
    e->t = 1;
    step(e);
    e->t = t;
}

static void rate_never_falls(struct call *call)
{
    run(call, step_of_restarted_counter);
}

static void step_with_root_of_time(struct element *e)
{
    real now = rate_now(e);
    e->rate = e->rate * real_sqrt(e->rate / now);
    step(e);
}

static void rate_decay_as_root(struct call *call)
{
    run(call, step_with_root_of_time);
}

static void step_against_decay(struct element *e)
{
    struct adagrad_rules *rules = e->rules;
    rules->decay.decay = -rules->decay.decay;
    step(e);
    rules->decay.decay = -rules->decay.decay;
}

static void decay_added(struct call *call)
{
    run(call, step_against_decay);
}

static void step_then_decay(struct element *e)
{
    struct adagrad_rules *rules = e->rules;
    real decay = rules->decay.decay;
    if (rules->decay.form == DECAY_COUPLED) {
        step(e);
        return;
    }
    rules->decay.decay = 0;
    step(e);
    rules->decay.decay = decay;
    e->w -= rate_now(e) * decay * e->w;
}

static void decay_after_step(struct call *call)
{
    run(call, step_then_decay);
}

/* The gradient is negated already. */
static void step_negating_decay(struct element *e)
{
    const struct adagrad_rules *rules = e->rules;
    if (e->maximize && rules->decay.form == DECAY_COUPLED)
        e->g -= 2 * rules->decay.decay * e->w;
    step(e);
}

static void maximize_after_decay(struct call *call)
{
    run(call, step_negating_decay);
}

static void step_uphill(struct element *e)
{
    real w = e->w;
    step(e);
    e->w = w - (e->w - w);
}

static void step_added(struct call *call)
{
    run(call, step_uphill);
}

static void step_at_first_rate(struct element *e)
{
    e->rate = e->first_rate;
    step(e);
}

static void first_rate_for_all(struct call *call)
{
    run(call, step_at_first_rate);
}

/* clang-format off */
static const struct fork table[] = {
    {.info = {"reciprocal_root", FORK_TWIN, "",
     "Optax's order: the gradient times a reciprocal root, then times the rate.", NULL},
     .answer = reciprocal_root},
    {.info = {"epsilon_inside_root", FORK_CONVENTION, "101",
     "Epsilon is added under the root: Keras, optax.", NULL},
     .instead = {"epsilon_placement", "inside_root"}},
    {.info = {"epsilon_outside_root", FORK_CONVENTION, "101",
     "Epsilon is added to the root: PyTorch, MLX.", NULL},
     .instead = {"epsilon_placement", "outside_root"}},
    {.info = {"epsilon_of_pytorch", FORK_CONVENTION, "101",
     "Epsilon is 1e-10 whatever is asked for.", NULL},
     .number = {"epsilon", 1e-10f}},
    {.info = {"epsilon_of_keras", FORK_CONVENTION, "101", "Epsilon is 1e-7 whatever is asked for.",
     NULL},
     .number = {"epsilon", 1e-7f}},
    {.info = {"epsilon_of_mlx", FORK_CONVENTION, "101", "Epsilon is 1e-8 whatever is asked for.",
     NULL},
     .number = {"epsilon", 1e-8f}},
    {.info = {"epsilon_of_burn", FORK_CONVENTION, "101", "Epsilon is 1e-5 whatever is asked for.",
     NULL},
     .number = {"epsilon", 1e-5f}},
    {.info = {"initial_of_keras", FORK_CONVENTION, "100",
     "The accumulator starts at 0.1 whatever is asked for.", NULL},
     .number = {"initial_accumulator", 0.1f}},
    {.info = {"initial_zero", FORK_CONVENTION, "100",
     "The accumulator starts at 0 whatever is asked for.", NULL},
     .number = {"initial_accumulator", 0}},
    {.info = {"initial_added_to_given", FORK_BUG, "100",
     "The initial value is added to a given accumulator.", NULL},
     .answer = initial_added_to_given},
    {.info = {"accumulator_decays", FORK_BUG, "102", "The accumulator decays, as RMSProp's does.",
     NULL},
     .answer = accumulator_decays},
    {.info = {"rate_decay_from_one", FORK_CONVENTION, "103",
     "The rate falls before the first step.", NULL},
     .instead = {"rate_decay_from", "one"}},
    {.info = {"rate_decay_from_zero", FORK_CONVENTION, "103", "The first step has the whole rate.",
     NULL},
     .instead = {"rate_decay_from", "zero"}},
    {.info = {"rate_decay_ignored", FORK_BUG, "103", "The rate is not divided by anything.", NULL},
     .number = {"rate_decay", 0}},
    {.info = {"rate_never_falls", FORK_BUG, "88 103", "The step counter stays at 1.", NULL},
     .answer = rate_never_falls},
    {.info = {"rate_decay_as_root", FORK_BUG, "103", "The rate falls as the root of the time.",
     NULL},
     .answer = rate_decay_as_root},
    {.info = {"old_accumulator_used", FORK_BUG, "",
     "The step divides by the accumulator before this gradient.", NULL},
     .answer = old_accumulator_used},
    {.info = {"root_forgotten", FORK_BUG, "", "Divides by the accumulator, not by its root.", NULL},
     .answer = root_forgotten},
    {.info = {"magnitudes_added", FORK_BUG, "", "Adds magnitudes instead of squares.", NULL},
     .answer = magnitudes_added},
    {.info = {"accumulator_reset", FORK_BUG, "", "The accumulator starts again at every step.",
     NULL},
     .answer = accumulator_reset},
    {.info = {"decay_coupled", FORK_CONVENTION, "79",
     "The decay goes through the accumulator where it should not.", NULL},
     .instead = {"decay_form", "coupled"}},
    {.info = {"decay_decoupled", FORK_CONVENTION, "79",
     "The decay does not go through the accumulator where it should.", NULL},
     .instead = {"decay_form", "decoupled"}},
    {.info = {"decay_ignored", FORK_BUG, "84", "There is no weight decay.", NULL},
     .number = {"weight_decay", 0}},
    {.info = {"decay_added", FORK_BUG, "83", "The decay pushes the weights away from zero.", NULL},
     .answer = decay_added},
    {.info = {"decay_after_step", FORK_CONVENTION, "81",
     "The decoupled decay is taken off the new weight.", NULL},
     .answer = decay_after_step},
    {.info = {"maximize_after_decay", FORK_CONVENTION, "121",
     "Maximising negates the gradient and the decay.", NULL},
     .answer = maximize_after_decay},
    {.info = {"step_added", FORK_BUG, "83", "Steps up the gradient: plus instead of minus.", NULL},
     .answer = step_added},
    {.info = {"first_rate_for_all", FORK_BUG, "", "Every step uses the first rate.", NULL},
     .answer = first_rate_for_all},
};
/* clang-format on */

const struct fork_list adagrad_forks = {sizeof table / sizeof *table, table};
