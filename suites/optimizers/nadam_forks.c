// SPDX-License-Identifier: MIT
#include "../../reference/optimizers/nadam.h"
#include "optimizer_forks.h"

enum { M, V };

static void run_accident(struct call *call, void (*next)(struct element *), enum accident accident)
{
    struct nadam_rules rules = nadam_rules_read(call);
    struct element_plan plan = {.states = 2,
                                .input = {"m", "v"},
                                .output = {"m_after", "v_after"},
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
    nadam_update(&e->w, &e->state[M], &e->state[V], &e->g, e->rate, e->t, e->rules, 1);
}

/* The numbers of one step, which the forks below spoil before it is made. */
struct factors {
    real keep, mu, mu_next, product, product_next, c2, epsilon;
};

/* 1 - 0.96^x / 2 = (1 - (0.96^x - 1)) / 2, without a power. */
static real momentum(const struct nadam_rules *rules, size_t t)
{
    real less = real_expm1(real_count(t) * (rules->momentum_decay * real_log(R(0.96))));
    return rules->constant ? rules->beta1 : rules->beta1 / 2 * (1 - less);
}

static struct factors factors_of(const struct element *e)
{
    const struct nadam_rules *rules = e->rules;
    struct factors f = {.keep = rules->beta1, .product = 1, .epsilon = rules->epsilon};
    real power2 = 1;
    for (size_t i = 1; i <= e->t; i++) {
        f.mu = momentum(rules, i);
        f.product = f.product * f.mu;
        power2 = power2 * rules->beta2;
    }
    f.mu_next = momentum(rules, e->t + 1);
    f.product_next = f.product * f.mu_next;
    f.c2 = 1 - power2;
    f.keep = rules->scheduled_moment ? f.mu : rules->beta1;
    return f;
}

/* PyTorch's order: two steps, one along the gradient and one along the moment. */
static void step_by(struct element *e, const struct factors *f)
{
    const struct nadam_rules *rules = e->rules;
    real h = e->g;
    if (rules->decay.form == DECAY_COUPLED)
        h = real_fma(rules->decay.decay, e->w, h);
    else
        e->w = real_fma(-(e->rate * rules->decay.decay), e->w, e->w);
    e->state[M] = real_fma(f->keep, e->state[M], (1 - f->keep) * h);
    e->state[V] = real_fma(rules->beta2, e->state[V], (1 - rules->beta2) * h * h);
    real d = real_sqrt(e->state[V] / f->c2) + f->epsilon;
    real along_gradient = (1 - f->mu) / (1 - f->product) * (h / d);
    real along_moment = f->mu_next / (1 - f->product_next) * (e->state[M] / d);
    e->w = e->w - e->rate * (along_gradient + along_moment);
}

static void step_in_two(struct element *e)
{
    struct factors f = factors_of(e);
    step_by(e, &f);
}

static void gradient_and_moment_apart(struct call *call)
{
    run(call, step_in_two);
}

static void step_without_looking(struct element *e)
{
    struct factors f = factors_of(e);
    f.mu_next = f.mu;
    f.product_next = f.product;
    step_by(e, &f);
}

static void momentum_of_this_step(struct call *call)
{
    run(call, step_without_looking);
}

static void step_with_one_product(struct element *e)
{
    struct factors f = factors_of(e);
    f.product = f.product_next;
    step_by(e, &f);
}

static void next_product_for_both(struct call *call)
{
    run(call, step_with_one_product);
}

static void step_with_old_product(struct element *e)
{
    struct factors f = factors_of(e);
    f.product_next = f.product;
    step_by(e, &f);
}

static void product_for_both(struct call *call)
{
    run(call, step_with_old_product);
}

static void step_as_adam(struct element *e)
{
    const struct nadam_rules *rules = e->rules;
    struct factors f = factors_of(e);
    f.mu = 1;
    f.mu_next = 1;
    f.product_next = updates_power(rules->beta1, e->t);
    step_by(e, &f);
}

static void no_look_ahead(struct call *call)
{
    run(call, step_as_adam);
}

static void step_uncorrected(struct element *e)
{
    struct factors f = factors_of(e);
    f.c2 = 1;
    step_by(e, &f);
}

static void second_moment_uncorrected(struct call *call)
{
    run(call, step_uncorrected);
}

static void step_before_correction(struct element *e)
{
    struct factors f = factors_of(e);
    f.epsilon = f.epsilon / real_sqrt(f.c2);
    step_by(e, &f);
}

static void epsilon_before_correction(struct call *call)
{
    run(call, step_before_correction);
}

static void step_with_product_from_here(struct element *e)
{
    struct factors f = factors_of(e);
    if (e->resumed) {
        f.product = f.mu;
        f.product_next = f.mu * f.mu_next;
    }
    step_by(e, &f);
}

static void product_restarted(struct call *call)
{
    run(call, step_with_product_from_here);
}

static void step_with_powers_of_beta(struct element *e)
{
    const struct nadam_rules *rules = e->rules;
    struct factors f = factors_of(e);
    f.product = updates_power(rules->beta1, e->t);
    f.product_next = f.product * rules->beta1;
    step_by(e, &f);
}

static void power_for_product(struct call *call)
{
    run(call, step_with_powers_of_beta);
}

static void step_one_behind(struct element *e)
{
    struct factors f = factors_of(e);
    e->t++;
    struct factors later = factors_of(e);
    e->t--;
    f.c2 = later.c2;
    step_by(e, &f);
}

static void counter_one_ahead(struct call *call)
{
    run(call, step_one_behind);
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

static void counter_stuck(struct call *call)
{
    run_accident(call, step, COUNTER_STUCK);
}

/* clang-format off */
static const struct fork table[] = {
    {.info = {"gradient_and_moment_apart", FORK_TWIN, "",
     "PyTorch's order: one step along the gradient, one along the moment; no power of 0.96.", NULL},
     .answer = gradient_and_moment_apart},
    {.info = {"momentum_decay_of_keras", FORK_CONVENTION, "93",
     "0.96^t: the momentum warms up 250 times as fast.", NULL},
     .number = {"momentum_decay", 1}},
    {.info = {"momentum_decay_of_pytorch", FORK_CONVENTION, "93",
     "0.96^(0.004 t) whatever is asked for.", NULL},
     .number = {"momentum_decay", 0.004f}},
    {.info = {"momentum_constant", FORK_CONVENTION, "93", "The momentum does not warm up: optax.",
     NULL},
     .instead = {"momentum_schedule", "constant"}},
    {.info = {"momentum_warming", FORK_CONVENTION, "93",
     "The momentum warms up though it is to be constant.", NULL},
     .instead = {"momentum_schedule", "warming"}},
    {.info = {"first_moment_scheduled", FORK_CONVENTION, "93",
     "The first moment takes the warming momentum: the paper.", NULL},
     .instead = {"first_moment", "schedule"}},
    {.info = {"first_moment_of_beta1", FORK_CONVENTION, "93",
     "The first moment takes beta1: PyTorch, Keras.", NULL},
     .instead = {"first_moment", "beta1"}},
    {.info = {"momentum_of_this_step", FORK_BUG, "76",
     "The moment is weighed by this step's momentum, not by the next.", NULL},
     .answer = momentum_of_this_step},
    {.info = {"next_product_for_both", FORK_BUG, "",
     "The gradient is corrected by the product to the next step.", NULL},
     .answer = next_product_for_both},
    {.info = {"product_for_both", FORK_BUG, "",
     "The moment is corrected by the product to this step.", NULL},
     .answer = product_for_both},
    {.info = {"product_restarted", FORK_BUG, "88", "Resumed training starts the product again.",
     NULL},
     .answer = product_restarted},
    {.info = {"power_for_product", FORK_BUG, "93",
     "A power of beta1 stands for the product of momenta.", NULL},
     .answer = power_for_product},
    {.info = {"no_look_ahead", FORK_BUG, "76", "Adam: the moment alone.", NULL},
     .answer = no_look_ahead},
    {.info = {"second_moment_uncorrected", FORK_BUG, "87", "The second moment is not corrected.",
     NULL},
     .answer = second_moment_uncorrected},
    {.info = {"epsilon_before_correction", FORK_CONVENTION, "85",
     "Epsilon is added to the uncorrected root.", NULL},
     .answer = epsilon_before_correction},
    {.info = {"epsilon_of_pytorch", FORK_CONVENTION, "89", "Epsilon is 1e-8 whatever is asked for.",
     NULL},
     .number = {"epsilon", 1e-8f}},
    {.info = {"counter_one_ahead", FORK_BUG, "88",
     "The second correction is that of the next step.", NULL},
     .answer = counter_one_ahead},
    {.info = {"counter_stuck", FORK_BUG, "88", "The step counter stays at 1.", NULL},
     .answer = counter_stuck},
    {.info = {"decay_coupled", FORK_CONVENTION, "79",
     "The decay goes through the moments where it should not.", NULL},
     .instead = {"decay_form", "coupled"}},
    {.info = {"decay_decoupled", FORK_CONVENTION, "79",
     "The decay does not go through the moments where it should.", NULL},
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
    {.info = {"states_reset", FORK_BUG, "", "Both moments start again at every step.", NULL},
     .answer = states_reset},
};
/* clang-format on */

const struct fork_list nadam_forks = {sizeof table / sizeof *table, table};
