// SPDX-License-Identifier: MIT
#include "../../reference/optimizers/rmsprop.h"
#include "optimizer_forks.h"

enum { V, MEAN, BUFFER, VARIANCE };

static void run(struct call *call, void (*next)(struct element *))
{
    struct rmsprop_rules rules = rmsprop_rules_read(call);
    struct element_plan plan = {.states = 3,
                                .input = {"v", "mean", "buffer"},
                                .output = {"v_after", rules.centered ? "mean_after" : NULL,
                                           rules.mu != 0 ? "buffer_after" : NULL},
                                .start = {rules.initial_v, 0, 0},
                                .rules = &rules};
    elements_run(call, &plan, next);
}

/* The technique's own step. */
static void step(struct element *e)
{
    rmsprop_update(&e->w, &e->state[V], &e->state[MEAN], &e->state[BUFFER], &e->g, e->rate,
                   e->rules, 1);
}

/* The step from h and the root's argument s. */
static void move(struct element *e, real h, real s)
{
    const struct rmsprop_rules *rules = e->rules;
    real scale = rules->epsilon_placement == RMSPROP_INSIDE_ROOT
                     ? 1 / real_sqrt(rules->epsilon + s)
                     : 1 / (rules->epsilon + real_sqrt(s));
    int inside = rules->momentum_form == RMSPROP_RATE_INSIDE;
    real step_now = inside ? e->rate * (scale * h) : scale * h;
    e->state[BUFFER] = real_fma(rules->mu, e->state[BUFFER], step_now);
    e->w = inside ? e->w - e->state[BUFFER] : real_fma(-e->rate, e->state[BUFFER], e->w);
}

/* h, with decoupled decay as a factor. */
static real decayed(struct element *e)
{
    const struct weight_decay *decay = &((const struct rmsprop_rules *)e->rules)->decay;
    if (decay->form == DECAY_COUPLED)
        return real_fma(decay->decay, e->w, e->g);
    e->w = e->w * (1 - e->rate * decay->decay);
    return e->g;
}

/* West's recursion for the variance: rho s + rho (1 - rho) (h - mean)^2, which cannot be negative
 * and needs no difference of large numbers. */
static void step_by_variance(struct element *e)
{
    const struct rmsprop_rules *rules = e->rules;
    real rho = rules->rho, mean = e->state[MEAN];
    if (e->is_first)
        e->state[VARIANCE] = e->state[V] - mean * mean;
    real h = decayed(e);
    e->state[V] = real_fma(rho, e->state[V], (1 - rho) * (h * h));
    if (rules->centered) {
        e->state[VARIANCE] = rho * (e->state[VARIANCE] + (1 - rho) * (h - mean) * (h - mean));
        e->state[MEAN] = mean + (1 - rho) * (h - mean);
    }
    move(e, h, rules->centered ? e->state[VARIANCE] : e->state[V]);
}

static void variance_recursion(struct call *call)
{
    run(call, step_by_variance);
}

static void step_unclamped(struct element *e)
{
    const struct rmsprop_rules *rules = e->rules;
    real w = e->w, buffer = e->state[BUFFER];
    step(e);
    real s = e->state[V] - e->state[MEAN] * e->state[MEAN];
    if (!rules->centered || s >= 0)
        return;
    e->w = w;
    e->state[BUFFER] = buffer;
    move(e, decayed(e), s);
}

static void negative_variance(struct call *call)
{
    run(call, step_unclamped);
}

static void step_by_old_mean(struct element *e)
{
    const struct rmsprop_rules *rules = e->rules;
    real mean = e->state[MEAN], rho = rules->rho, h = decayed(e);
    e->state[V] = rho * e->state[V] + (1 - rho) * h * h;
    e->state[MEAN] = rules->centered ? rho * mean + (1 - rho) * h : 0;
    real s = e->state[V] - (rules->centered ? mean * mean : 0);
    move(e, h, s > 0 ? s : 0);
}

static void old_mean_used(struct call *call)
{
    run(call, step_by_old_mean);
}

static void step_by_old_average(struct element *e)
{
    real old = e->state[V], w = e->w, buffer = e->state[BUFFER];
    step(e);
    real s = old - e->state[MEAN] * e->state[MEAN];
    e->w = w;
    e->state[BUFFER] = buffer;
    move(e, decayed(e), s > 0 ? s : 0);
}

static void old_average_used(struct call *call)
{
    run(call, step_by_old_average);
}

static void step_with_swapped_weights(struct element *e)
{
    struct rmsprop_rules *rules = e->rules;
    rules->rho = 1 - rules->rho;
    step(e);
    rules->rho = 1 - rules->rho;
}

static void rho_of_the_gradient(struct call *call)
{
    run(call, step_with_swapped_weights);
}

static void step_adding_squares(struct element *e)
{
    const struct rmsprop_rules *rules = e->rules;
    real h = decayed(e), rho = rules->rho;
    e->state[V] = e->state[V] + h * h;
    e->state[MEAN] = rules->centered ? rho * e->state[MEAN] + (1 - rho) * h : 0;
    real s = e->state[V] - e->state[MEAN] * e->state[MEAN];
    move(e, h, s > 0 ? s : 0);
}

static void squares_added(struct call *call)
{
    run(call, step_adding_squares);
}

static void step_without_root(struct element *e)
{
    real w = e->w, buffer = e->state[BUFFER];
    step(e);
    real s = e->state[V] - e->state[MEAN] * e->state[MEAN];
    e->w = w;
    e->state[BUFFER] = buffer;
    move(e, decayed(e), s * s);
}

static void root_forgotten(struct call *call)
{
    run(call, step_without_root);
}

static void step_corrected(struct element *e)
{
    const struct rmsprop_rules *rules = e->rules;
    real w = e->w, buffer = e->state[BUFFER], power = 1;
    for (size_t i = 0; i < e->t; i++)
        power = power * rules->rho;
    step(e);
    real mean = e->state[MEAN] / (1 - power), s = e->state[V] / (1 - power) - mean * mean;
    e->w = w;
    e->state[BUFFER] = buffer;
    move(e, decayed(e), s > 0 ? s : 0);
}

static void bias_corrected(struct call *call)
{
    run(call, step_corrected);
}

static void step_from_start(struct element *e)
{
    const struct rmsprop_rules *rules = e->rules;
    e->state[V] = rules->initial_v;
    e->state[MEAN] = 0;
    step(e);
}

static void averages_reset(struct call *call)
{
    run(call, step_from_start);
}

static void step_without_given_buffer(struct element *e)
{
    if (e->is_first)
        e->state[BUFFER] = 0;
    step(e);
}

static void given_buffer_ignored(struct call *call)
{
    run(call, step_without_given_buffer);
}

static void step_against_decay(struct element *e)
{
    struct rmsprop_rules *rules = e->rules;
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
    const struct rmsprop_rules *rules = e->rules;
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
    {.info = {"variance_recursion", FORK_TWIN, "",
              "West's recursion for the variance, a gradient times a reciprocal root.", NULL},
     .answer = variance_recursion},
    {.info = {"epsilon_inside_root", FORK_CONVENTION, "95",
     "Epsilon is added under the root: TensorFlow, Keras, optax.", NULL},
     .instead = {"epsilon_placement", "inside_root"}},
    {.info = {"epsilon_outside_root", FORK_CONVENTION, "95",
     "Epsilon is added to the root: PyTorch, MLX, Burn.", NULL},
     .instead = {"epsilon_placement", "outside_root"}},
    {.info = {"rho_of_keras", FORK_CONVENTION, "96", "rho is 0.9 whatever is asked for.", NULL},
     .number = {"rho", 0.9f}},
    {.info = {"rho_of_pytorch", FORK_CONVENTION, "96", "rho is 0.99 whatever is asked for.", NULL},
     .number = {"rho", 0.99f}},
    {.info = {"initial_one", FORK_CONVENTION, "96", "The average starts at 1: TensorFlow 1.", NULL},
     .number = {"initial_v", 1}},
    {.info = {"initial_zero", FORK_CONVENTION, "96",
     "The average starts at 0 whatever is asked for.", NULL},
     .number = {"initial_v", 0}},
    {.info = {"momentum_of_burn", FORK_CONVENTION, "97", "Momentum is 0.9 whatever is asked for.",
     NULL},
     .number = {"momentum", 0.9f}},
    {.info = {"momentum_rate_inside", FORK_CONVENTION, "98",
     "The momentum holds the rate: TensorFlow, Keras.", NULL},
     .instead = {"momentum_form", "rate_inside"}},
    {.info = {"momentum_rate_outside", FORK_CONVENTION, "98",
     "The momentum does not hold the rate: PyTorch.", NULL},
     .instead = {"momentum_form", "rate_outside"}},
    {.info = {"not_centered", FORK_BUG, "99",
     "The root of the second moment where the variance is asked for.", NULL},
     .instead = {"centered", "no"}},
    {.info = {"negative_variance", FORK_NUMERICAL, "99",
     "A variance that rounding makes negative gives NaN.", NULL},
     .answer = negative_variance},
    {.info = {"old_mean_used", FORK_BUG, "",
     "The variance is taken about the mean of the step before.", NULL},
     .answer = old_mean_used},
    {.info = {"old_average_used", FORK_BUG, "", "Divides by the average before this gradient.",
     NULL},
     .answer = old_average_used},
    {.info = {"rho_of_the_gradient", FORK_BUG, "",
     "rho weighs the new gradient instead of the old average.", NULL},
     .answer = rho_of_the_gradient},
    {.info = {"squares_added", FORK_BUG, "102", "Squares are added up as in Adagrad.", NULL},
     .answer = squares_added},
    {.info = {"bias_corrected", FORK_BUG, "87", "The averages are corrected as in Adam.", NULL},
     .answer = bias_corrected},
    {.info = {"root_forgotten", FORK_BUG, "", "Divides by the average, not by its root.", NULL},
     .answer = root_forgotten},
    {.info = {"averages_reset", FORK_BUG, "", "The averages start again at every step.", NULL},
     .answer = averages_reset},
    {.info = {"given_buffer_ignored", FORK_BUG, "", "Resumed training starts without momentum.",
     NULL},
     .answer = given_buffer_ignored},
    {.info = {"decay_coupled", FORK_CONVENTION, "79",
     "The decay goes through the average where it should not.", NULL},
     .instead = {"decay_form", "coupled"}},
    {.info = {"decay_decoupled", FORK_CONVENTION, "79",
     "The decay does not go through the average where it should.", NULL},
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
    {.info = {"first_rate_for_all", FORK_BUG, "", "Every step uses the first rate.", NULL},
     .answer = first_rate_for_all},
};
/* clang-format on */

const struct fork_list rmsprop_forks = {sizeof table / sizeof *table, table};
