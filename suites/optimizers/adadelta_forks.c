// SPDX-License-Identifier: MIT
#include "../../reference/optimizers/adadelta.h"
#include "optimizer_forks.h"

enum { V, U };

static void run(struct call *call, void (*next)(struct element *))
{
    struct adadelta_rules rules = adadelta_rules_read(call);
    struct element_plan plan = {
        .states = 2, .input = {"v", "u"}, .output = {"v_after", "u_after"}, .rules = &rules};
    elements_run(call, &plan, next);
}

/* The technique's own step. */
static void step(struct element *e)
{
    adadelta_update(&e->w, &e->state[V], &e->state[U], &e->g, e->rate, e->rules, 1);
}

/* What a broken step is made of: h after the decay, and v after it. */
static real squared(struct element *e)
{
    const struct adadelta_rules *rules = e->rules;
    real h = weight_decay_apply(&rules->decay, &e->w, e->g, e->rate);
    e->state[V] = rules->rho * e->state[V] + (1 - rules->rho) * h * h;
    return h;
}

static void move(struct element *e, real d, real entered)
{
    const struct adadelta_rules *rules = e->rules;
    e->state[U] = rules->rho * e->state[U] + (1 - rules->rho) * entered * entered;
    e->w = e->w - e->rate * d;
}

/* The averages by their increments, one root of a quotient, the square of the step without it. */
static void step_of_one_root(struct element *e)
{
    const struct adadelta_rules *rules = e->rules;
    real rest = 1 - rules->rho, epsilon = rules->epsilon, h = e->g;
    if (rules->decay.form == DECAY_COUPLED)
        h = real_fma(rules->decay.decay, e->w, h);
    else
        e->w = e->w * (1 - e->rate * rules->decay.decay);
    e->state[V] = real_fma(rest, h * h, e->state[V] * rules->rho);
    real ratio = (e->state[U] + epsilon) / (e->state[V] + epsilon);
    e->w = real_fma(-e->rate, h * real_sqrt(ratio), e->w);
    e->state[U] = real_fma(rest, h * h * ratio, e->state[U] * rules->rho);
}

static void root_of_quotient(struct call *call)
{
    run(call, step_of_one_root);
}

static void step_outside(struct element *e)
{
    real epsilon = ((const struct adadelta_rules *)e->rules)->epsilon, h = squared(e);
    real d = (real_sqrt(e->state[U]) + epsilon) / (real_sqrt(e->state[V]) + epsilon) * h;
    move(e, d, d);
}

static void epsilon_outside_root(struct call *call)
{
    run(call, step_outside);
}

static void step_outside_below(struct element *e)
{
    real epsilon = ((const struct adadelta_rules *)e->rules)->epsilon, h = squared(e);
    real d = real_sqrt(e->state[U] + epsilon) / (real_sqrt(e->state[V]) + epsilon) * h;
    move(e, d, d);
}

static void epsilon_outside_below(struct call *call)
{
    run(call, step_outside_below);
}

static void step_with_rate_inside(struct element *e)
{
    real epsilon = ((const struct adadelta_rules *)e->rules)->epsilon, h = squared(e);
    real d = real_sqrt(e->state[U] + epsilon) / real_sqrt(e->state[V] + epsilon) * h;
    move(e, d, e->rate * d);
}

static void rate_in_average(struct call *call)
{
    run(call, step_with_rate_inside);
}

static void step_with_new_average(struct element *e)
{
    const struct adadelta_rules *rules = e->rules;
    real epsilon = rules->epsilon, h = squared(e);
    real d = real_sqrt(e->state[U] + epsilon) / real_sqrt(e->state[V] + epsilon) * h;
    e->state[U] = rules->rho * e->state[U] + (1 - rules->rho) * d * d;
    e->w -= e->rate * real_sqrt(e->state[U] + epsilon) / real_sqrt(e->state[V] + epsilon) * h;
}

static void new_step_average_used(struct call *call)
{
    run(call, step_with_new_average);
}

static void step_by_old_average(struct element *e)
{
    real epsilon = ((const struct adadelta_rules *)e->rules)->epsilon, old = e->state[V];
    real h = squared(e);
    real d = real_sqrt(e->state[U] + epsilon) / real_sqrt(old + epsilon) * h;
    move(e, d, d);
}

static void old_gradient_average_used(struct call *call)
{
    run(call, step_by_old_average);
}

static void step_without_roots(struct element *e)
{
    real epsilon = ((const struct adadelta_rules *)e->rules)->epsilon, h = squared(e);
    real d = (e->state[U] + epsilon) / (e->state[V] + epsilon) * h;
    move(e, d, d);
}

static void roots_forgotten(struct call *call)
{
    run(call, step_without_roots);
}

static void step_averaging_gradients(struct element *e)
{
    real epsilon = ((const struct adadelta_rules *)e->rules)->epsilon, h = squared(e);
    real d = real_sqrt(e->state[U] + epsilon) / real_sqrt(e->state[V] + epsilon) * h;
    move(e, d, h);
}

static void gradient_in_step_average(struct call *call)
{
    run(call, step_averaging_gradients);
}

static void step_with_swapped_weights(struct element *e)
{
    struct adadelta_rules *rules = e->rules;
    rules->rho = 1 - rules->rho;
    step(e);
    rules->rho = 1 - rules->rho;
}

static void rho_of_the_gradient(struct call *call)
{
    run(call, step_with_swapped_weights);
}

static void step_at_rate_one(struct element *e)
{
    e->rate = 1;
    step(e);
}

static void rate_ignored(struct call *call)
{
    run(call, step_at_rate_one);
}

static void step_from_zero(struct element *e)
{
    if (e->is_first)
        e->state[V] = e->state[U] = 0;
    step(e);
}

static void given_averages_ignored(struct call *call)
{
    run(call, step_from_zero);
}

static void step_against_decay(struct element *e)
{
    struct adadelta_rules *rules = e->rules;
    rules->decay.decay = -rules->decay.decay;
    step(e);
    rules->decay.decay = -rules->decay.decay;
}

static void decay_added(struct call *call)
{
    run(call, step_against_decay);
}

/* The gradient is negated already. */
static void step_negating_decay(struct element *e)
{
    const struct adadelta_rules *rules = e->rules;
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

/* clang-format off */
static const struct fork table[] = {
    {.info = {"root_of_quotient", FORK_TWIN, "",
              "One root of a quotient, and the square of the step without that root.", NULL},
     .answer = root_of_quotient},
    {.info = {"rho_of_pytorch", FORK_CONVENTION, "104", "rho is 0.9 whatever is asked for.", NULL},
     .number = {"rho", 0.9f}},
    {.info = {"rho_of_keras", FORK_CONVENTION, "104", "rho is 0.95 whatever is asked for.", NULL},
     .number = {"rho", 0.95f}},
    {.info = {"epsilon_of_pytorch", FORK_CONVENTION, "104",
     "Epsilon is 1e-6 whatever is asked for.", NULL},
     .number = {"epsilon", 1e-6f}},
    {.info = {"epsilon_of_keras", FORK_CONVENTION, "104", "Epsilon is 1e-7 whatever is asked for.",
     NULL},
     .number = {"epsilon", 1e-7f}},
    {.info = {"rate_ignored", FORK_CONVENTION, "104", "The rate is 1, as the paper has none.",
     NULL},
     .answer = rate_ignored},
    {.info = {"rate_in_average", FORK_BUG, "98", "The average of squared steps holds the rate.",
     NULL},
     .answer = rate_in_average},
    {.info = {"epsilon_outside_root", FORK_CONVENTION, "95", "Epsilon is added to both roots.",
     NULL},
     .answer = epsilon_outside_root},
    {.info = {"epsilon_outside_below", FORK_CONVENTION, "95",
     "Epsilon is added to the root of the denominator.", NULL},
     .answer = epsilon_outside_below},
    {.info = {"new_step_average_used", FORK_BUG, "",
     "The step is made with the average that it has entered.", NULL},
     .answer = new_step_average_used},
    {.info = {"old_gradient_average_used", FORK_BUG, "",
     "Divides by the average before this gradient.", NULL},
     .answer = old_gradient_average_used},
    {.info = {"roots_forgotten", FORK_BUG, "", "The quotient of the averages, not of their roots.",
     NULL},
     .answer = roots_forgotten},
    {.info = {"gradient_in_step_average", FORK_BUG, "",
     "The second average takes gradients, not steps.", NULL},
     .answer = gradient_in_step_average},
    {.info = {"rho_of_the_gradient", FORK_BUG, "",
     "rho weighs the new square instead of the old average.", NULL},
     .answer = rho_of_the_gradient},
    {.info = {"given_averages_ignored", FORK_BUG, "", "Resumed training starts with averages of 0.",
     NULL},
     .answer = given_averages_ignored},
    {.info = {"decay_coupled", FORK_CONVENTION, "79",
     "The decay goes through the averages where it should not.", NULL},
     .instead = {"decay_form", "coupled"}},
    {.info = {"decay_decoupled", FORK_CONVENTION, "79",
     "The decay does not go through the averages where it should.", NULL},
     .instead = {"decay_form", "decoupled"}},
    {.info = {"decay_ignored", FORK_BUG, "84", "There is no weight decay.", NULL},
     .number = {"weight_decay", 0}},
    {.info = {"decay_added", FORK_BUG, "83", "The decay pushes the weights away from zero.", NULL},
     .answer = decay_added},
    {.info = {"maximize_after_decay", FORK_CONVENTION, "121",
     "Maximising negates the gradient and the decay.", NULL},
     .answer = maximize_after_decay},
    {.info = {"step_added", FORK_BUG, "83", "Steps up the gradient: plus instead of minus.", NULL},
     .answer = step_added},
};
/* clang-format on */

const struct fork_list adadelta_forks = {sizeof table / sizeof *table, table};
