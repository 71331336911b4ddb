// SPDX-License-Identifier: MIT
#include "../../reference/optimizers/adamax.h"
#include "optimizer_forks.h"

enum { M, U };

static void run_accident(struct call *call, void (*next)(struct element *), enum accident accident)
{
    struct adamax_rules rules = adamax_rules_read(call);
    struct element_plan plan = {.states = 2,
                                .input = {"m", "u"},
                                .output = {"m_after", "u_after"},
                                .rules = &rules,
                                .decay = &rules.decay,
                                .accident = accident};
    elements_run(call, &plan, next);
}

static void run(struct call *call, void (*next)(struct element *))
{
    run_accident(call, next, NO_ACCIDENT);
}

/* The technique's own step. */
static void step(struct element *e)
{
    adamax_update(&e->w, &e->state[M], &e->state[U], &e->g, e->rate, e->t, e->rules, 1);
}

/* A step in another order, with what the forks below change: the norm, and the counter of the
 * correction. The direction is corrected
 * and not the rate. */
static void step_with(struct element *e, real (*norm)(const struct element *, real), size_t t)
{
    const struct adamax_rules *rules = e->rules;
    real h = e->g, power = 1, beta1 = rules->beta1;
    if (rules->decay.form == DECAY_COUPLED)
        h = real_fma(rules->decay.decay, e->w, h);
    else
        e->w = e->w * (1 - e->rate * rules->decay.decay);
    for (size_t i = 0; i < t; i++)
        power = power * beta1;
    e->state[M] = real_fma(beta1, e->state[M], (1 - beta1) * h);
    e->state[U] = norm(e, h);
    real beside = rules->epsilon_placement == ADAMAX_IN_DENOMINATOR ? rules->epsilon : 0;
    real direction = e->state[M] / (e->state[U] + beside);
    e->w = real_fma(-e->rate, rules->bias_correction ? direction / (1 - power) : direction, e->w);
}

static real within(const struct element *e)
{
    const struct adamax_rules *rules = e->rules;
    return rules->epsilon_placement == ADAMAX_IN_MAXIMUM ? rules->epsilon : 0;
}

/* The maximum, chosen by the larger square. */
static real norm_by_squares(const struct element *e, real h)
{
    const struct adamax_rules *rules = e->rules;
    real old = rules->beta2 * e->state[U], size = (h < 0 ? -h : h) + within(e);
    return old * old >= size * size ? old : size;
}

static void step_by_squares(struct element *e)
{
    step_with(e, norm_by_squares, e->t);
}

static void moment_corrected(struct call *call)
{
    run(call, step_by_squares);
}

static void step_one_ahead(struct element *e)
{
    step_with(e, norm_by_squares, e->t + 1);
}

static void counter_one_ahead(struct call *call)
{
    run(call, step_one_ahead);
}

static void step_by_shared_counter(struct element *e)
{
    step_with(e, norm_by_squares, e->updates + 1);
}

static void counter_shared(struct call *call)
{
    run(call, step_by_shared_counter);
}

static real norm_after_epsilon(const struct element *e, real h)
{
    const struct adamax_rules *rules = e->rules;
    real old = rules->beta2 * e->state[U], size = real_abs(h);
    return (old > size ? old : size) + within(e);
}

static void step_with_epsilon_after(struct element *e)
{
    step_with(e, norm_after_epsilon, e->t);
}

static void epsilon_after_maximum(struct call *call)
{
    run(call, step_with_epsilon_after);
}

static real norm_without_fading(const struct element *e, real h)
{
    real size = real_abs(h) + within(e);
    return e->state[U] > size ? e->state[U] : size;
}

static void step_without_fading(struct element *e)
{
    step_with(e, norm_without_fading, e->t);
}

static void norm_never_fades(struct call *call)
{
    run(call, step_without_fading);
}

static real norm_averaged(const struct element *e, real h)
{
    const struct adamax_rules *rules = e->rules;
    return rules->beta2 * e->state[U] + (1 - rules->beta2) * real_abs(h) + within(e);
}

static void step_averaging(struct element *e)
{
    step_with(e, norm_averaged, e->t);
}

static void norm_as_average(struct call *call)
{
    run(call, step_averaging);
}

static real norm_signed(const struct element *e, real h)
{
    const struct adamax_rules *rules = e->rules;
    real old = rules->beta2 * e->state[U], size = h + within(e);
    return old > size ? old : size;
}

static void step_signed(struct element *e)
{
    step_with(e, norm_signed, e->t);
}

static void magnitude_forgotten(struct call *call)
{
    run(call, step_signed);
}

static void step_correcting_norm(struct element *e)
{
    const struct adamax_rules *rules = e->rules;
    real w = e->w;
    step(e);
    if (rules->bias_correction)
        e->w = w + (e->w - w) * (1 - updates_power(rules->beta2, e->t));
}

static void norm_corrected(struct call *call)
{
    run(call, step_correcting_norm);
}

static void step_with_other_betas(struct element *e)
{
    struct adamax_rules *rules = e->rules, own = *rules;
    rules->beta1 = own.beta2;
    rules->beta2 = own.beta1;
    step(e);
    *rules = own;
}

static void betas_exchanged(struct call *call)
{
    run(call, step_with_other_betas);
}

static void decay_added(struct call *call)
{
    run_accident(call, step, DECAY_ADDED);
}

static void decay_after_step(struct call *call)
{
    run_accident(call, step, DECAY_AFTER);
}

static void maximize_after_decay(struct call *call)
{
    run_accident(call, step, DECAY_NEGATED);
}

static void step_added(struct call *call)
{
    run_accident(call, step, UPHILL);
}

static void first_rate_for_all(struct call *call)
{
    run_accident(call, step, FIRST_RATE);
}

static void states_reset(struct call *call)
{
    run_accident(call, step, STATES_RESET);
}

/* clang-format off */
static const struct fork table[] = {
    {.info = {"moment_corrected", FORK_TWIN, "",
     "The correction divides the direction, not the rate; the maximum is found by squares.", NULL},
     .answer = moment_corrected},
    {.info = {"epsilon_in_maximum", FORK_CONVENTION, "94",
     "Epsilon is added to the gradient's magnitude: PyTorch, optax.", NULL},
     .instead = {"epsilon_placement", "in_maximum"}},
    {.info = {"epsilon_in_denominator", FORK_CONVENTION, "94",
     "Epsilon is added to the norm: Keras, MLX.", NULL},
     .instead = {"epsilon_placement", "in_denominator"}},
    {.info = {"epsilon_after_maximum", FORK_BUG, "94",
     "Epsilon is added to the norm and stays in it, step after step.", NULL},
     .answer = epsilon_after_maximum},
    {.info = {"epsilon_of_keras", FORK_CONVENTION, "89", "Epsilon is 1e-7 whatever is asked for.",
     NULL},
     .number = {"epsilon", 1e-7f}},
    {.info = {"no_bias_correction", FORK_CONVENTION, "87", "The moment is not corrected: MLX.",
     NULL},
     .instead = {"bias_correction", "no"}},
    {.info = {"bias_correction_anyway", FORK_CONVENTION, "87",
     "The moment is corrected though it is not asked for.", NULL},
     .instead = {"bias_correction", "yes"}},
    {.info = {"norm_corrected", FORK_BUG, "87", "The norm is corrected as Adam's second moment is.",
     NULL},
     .answer = norm_corrected},
    {.info = {"counter_one_ahead", FORK_BUG, "88", "The step counter is one ahead.", NULL},
     .answer = counter_one_ahead},
    {.info = {"counter_shared", FORK_BUG, "88", "All parameters advance one counter.", NULL},
     .answer = counter_shared},
    {.info = {"norm_never_fades", FORK_BUG, "", "The old norm is not multiplied by beta2.", NULL},
     .answer = norm_never_fades},
    {.info = {"norm_as_average", FORK_BUG, "",
     "A moving average of magnitudes in place of the maximum.", NULL},
     .answer = norm_as_average},
    {.info = {"magnitude_forgotten", FORK_BUG, "", "The maximum takes gradients with their signs.",
     NULL},
     .answer = magnitude_forgotten},
    {.info = {"betas_exchanged", FORK_BUG, "", "beta1 and beta2 are exchanged.", NULL},
     .answer = betas_exchanged},
    {.info = {"decay_coupled", FORK_CONVENTION, "79",
     "The decay goes through the moment where it should not.", NULL},
     .instead = {"decay_form", "coupled"}},
    {.info = {"decay_decoupled", FORK_CONVENTION, "79",
     "The decay does not go through the moment where it should.", NULL},
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
    {.info = {"states_reset", FORK_BUG, "", "Moment and norm start again at every step.", NULL},
     .answer = states_reset},
};
/* clang-format on */

const struct fork_list adamax_forks = {sizeof table / sizeof *table, table};
