// SPDX-License-Identifier: MIT
#include "../../reference/optimizers/adam.h"
#include "../../reference/optimizers/optimizer.h"
#include "../fork.h"
#include "../short_formats.h"

/* One parameter at step t. The forks below read the conventions, and break one of them. */
struct element {
    real w, m, v, maximum;
    real g, rate, first_rate;
    size_t t, updates; /* updates: of all parameters so far, one after the other */
    struct adam_rules rules;
    int maximize;
};

static struct adam_rules read_rules(struct call *call)
{
    static const char *const epsilons[] = {"after_correction", "before_correction", "inside_root",
                                           NULL};
    static const char *const decays[] = {"coupled", "decoupled", "decoupled_without_rate", NULL};
    static const char *const maxima[] = {"no", "max_of_v", "max_of_corrected_v", NULL};
    static const char *const corrections[] = {"yes", "no", NULL};
    struct adam_rules rules = {0};
    rules.epsilon_placement = (enum adam_epsilon)call_choice(call, "epsilon_placement", epsilons);
    rules.decay_form = (enum adam_decay)call_choice(call, "decay_form", decays);
    rules.maximum = (enum adam_maximum)call_choice(call, "amsgrad", maxima);
    rules.bias_correction = call_choice(call, "bias_correction", corrections) == 0;
    rules.beta1 = call_number(call, "beta1");
    rules.beta2 = call_number(call, "beta2");
    rules.epsilon = call_number(call, "epsilon");
    rules.decay = call_number_or(call, "weight_decay", R(0.0));
    return rules;
}

static void run(struct call *call, void (*next)(struct element *))
{
    static const char *const maximize[] = {"no", "yes", NULL};
    struct updates u = updates_read(call);
    struct element e = {.rules = read_rules(call), .first_rate = u.S ? u.rate[0] : 0};
    size_t t = call_count_or(call, "first_step", 1, 1, 1000000);
    real *m = updates_state(call, "m"), *v = updates_state(call, "v");
    real *w_after = call_output(call, "w_after", "SP");
    real *m_after = call_output(call, "m_after", "SP");
    real *v_after = call_output(call, "v_after", "SP");
    e.maximize = call_choice(call, "maximize", maximize);
    for (size_t p = 0; p < u.P; p++) {
        e.w = u.w[p];
        e.m = m[p];
        e.v = v[p];
        e.maximum = 0;
        for (size_t s = 0; s < u.S; s++) {
            e.g = u.g[s * u.P + p];
            e.rate = u.rate[s];
            e.t = t + s;
            e.updates = s * u.P + p;
            next(&e);
            w_after[s * u.P + p] = e.w;
            m_after[s * u.P + p] = e.m;
            v_after[s * u.P + p] = e.v;
        }
    }
}

/* The technique's own step. */
static void step(struct element *e)
{
    adam_update(&e->w, &e->m, &e->v, &e->maximum, &e->g, e->rate, e->t, &e->rules, 1);
}

/* 1 - beta^t, or 1 without correction; beta^t by squaring. */
static real correction(const struct element *e, real beta, size_t t)
{
    real power = 1;
    for (; t > 0; t /= 2) {
        power = t % 2 ? power * beta : power;
        beta = beta * beta;
    }
    return e->rules.bias_correction ? 1 - power : 1;
}

/* The root of the second moment, corrected: as a quotient of roots. */
static real corrected_root(struct element *e, real root_c2)
{
    real s = e->v;
    if (e->rules.maximum == ADAM_MAXIMUM_OF_V) {
        e->maximum = e->v > e->maximum ? e->v : e->maximum;
        s = e->maximum;
    } else if (e->rules.maximum == ADAM_MAXIMUM_OF_CORRECTED_V) {
        real corrected = e->v / (root_c2 * root_c2);
        e->maximum = corrected > e->maximum ? corrected : e->maximum;
        return real_sqrt(e->maximum);
    }
    return real_sqrt(s) / root_c2;
}

/* A step with given corrections, in PyTorch's order: the first correction divides the rate, the
 * second one a root. */
static void step_with_corrections(struct element *e, real c1, real c2)
{
    const struct adam_rules *rules = &e->rules;
    int before = rules->epsilon_placement == ADAM_BEFORE_CORRECTION;
    real h = e->g;
    if (rules->decay_form == ADAM_COUPLED)
        h = real_fma(rules->decay, e->w, h);
    else if (rules->decay_form == ADAM_DECOUPLED)
        e->w = real_fma(-(e->rate * rules->decay), e->w, e->w);
    else
        e->w = real_fma(-rules->decay, e->w, e->w);
    e->m = real_fma(rules->beta1, e->m, (1 - rules->beta1) * h);
    e->v = real_fma(rules->beta2, e->v, (1 - rules->beta2) * h * h);
    real root_c2 = real_sqrt(c2);
    real root = corrected_root(e, before ? 1 : root_c2);
    real step_size = e->rate / c1;
    if (rules->epsilon_placement == ADAM_INSIDE_ROOT)
        e->w = e->w - step_size * (e->m / real_sqrt(real_fma(root, root, rules->epsilon)));
    else if (before)
        e->w = e->w - step_size * (e->m / ((root + rules->epsilon) / root_c2));
    else
        e->w = e->w - step_size * (e->m / (root + rules->epsilon));
}

static void step_as_pytorch(struct element *e)
{
    real c1 = correction(e, e->rules.beta1, e->t), c2 = correction(e, e->rules.beta2, e->t);
    step_with_corrections(e, c1, c2);
}

static void roots_divided(struct call *call)
{
    run(call, step_as_pytorch);
}

static void step_one_behind(struct element *e)
{
    real c1 = correction(e, e->rules.beta1, e->t - 1);
    step_with_corrections(e, c1, correction(e, e->rules.beta2, e->t - 1));
}

static void counter_from_zero(struct call *call)
{
    run(call, step_one_behind);
}

static void step_by_shared_counter(struct element *e)
{
    real c1 = correction(e, e->rules.beta1, e->updates + 1);
    step_with_corrections(e, c1, correction(e, e->rules.beta2, e->updates + 1));
}

static void counter_shared(struct call *call)
{
    run(call, step_by_shared_counter);
}

static void step_correcting_second(struct element *e)
{
    step_with_corrections(e, 1, correction(e, e->rules.beta2, e->t));
}

static void first_moment_uncorrected(struct call *call)
{
    run(call, step_correcting_second);
}

static void step_correcting_first(struct element *e)
{
    step_with_corrections(e, correction(e, e->rules.beta1, e->t), 1);
}

static void second_moment_uncorrected(struct call *call)
{
    run(call, step_correcting_first);
}

static void step_then_decay(struct element *e)
{
    real decay = e->rules.decay;
    if (e->rules.decay_form == ADAM_COUPLED) {
        step(e);
        return;
    }
    e->rules.decay = 0;
    step(e);
    e->rules.decay = decay;
    e->w -= e->rules.decay_form == ADAM_DECOUPLED ? e->rate * decay * e->w : decay * e->w;
}

static void decay_after_step(struct call *call)
{
    run(call, step_then_decay);
}

static void step_decayed_twice(struct element *e)
{
    if (e->rules.decay_form == ADAM_DECOUPLED)
        e->w -= e->rate * e->rules.decay * e->w;
    else if (e->rules.decay_form == ADAM_DECOUPLED_WITHOUT_RATE)
        e->w -= e->rules.decay * e->w;
    else
        e->g += e->rules.decay * e->w;
    step(e);
}

static void decay_twice(struct call *call)
{
    run(call, step_decayed_twice);
}

static void step_against_decay(struct element *e)
{
    real decay = e->rules.decay;
    e->rules.decay = -decay;
    step(e);
    e->rules.decay = decay;
}

static void decay_added(struct call *call)
{
    run(call, step_against_decay);
}

/* The gradient is negated already. */
static void step_negating_decay(struct element *e)
{
    if (e->maximize && e->rules.decay_form == ADAM_COUPLED)
        e->g -= 2 * e->rules.decay * e->w;
    step(e);
}

static void maximize_after_decay(struct call *call)
{
    run(call, step_negating_decay);
}

static void step_keeping_maximum(struct element *e)
{
    step(e);
    if (e->rules.maximum && e->v < e->maximum)
        e->v = e->maximum;
}

static void amsgrad_in_state(struct call *call)
{
    run(call, step_keeping_maximum);
}

/* 1 - beta^t, with powers of 24 bits, in the order of the technique. */
static real single_correction(const struct element *e, real beta)
{
    real power = beta;
    for (size_t i = 1; i < e->t; i++)
        power = rounded_to(power * beta, SINGLE_BITS);
    return e->rules.bias_correction ? 1 - power : 1;
}

static void step_with_single_corrections(struct element *e)
{
    step_with_corrections(e, single_correction(e, e->rules.beta1),
                          single_correction(e, e->rules.beta2));
}

static void corrections_in_single(struct call *call)
{
    run(call, step_with_single_corrections);
}

static void step_with_other_betas(struct element *e)
{
    struct adam_rules rules = e->rules;
    e->rules.beta1 = rules.beta2;
    e->rules.beta2 = rules.beta1;
    step(e);
    e->rules = rules;
}

static void betas_exchanged(struct call *call)
{
    run(call, step_with_other_betas);
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

static void step_without_root(struct element *e)
{
    real w = e->w, c1 = correction(e, e->rules.beta1, e->t);
    step(e);
    real s = e->v / correction(e, e->rules.beta2, e->t);
    e->w = w - e->rate * (e->m / c1) / (s + e->rules.epsilon);
}

static void root_forgotten(struct call *call)
{
    run(call, step_without_root);
}

static void step_from_zero(struct element *e)
{
    e->m = 0;
    e->v = 0;
    step(e);
}

static void moments_reset(struct call *call)
{
    run(call, step_from_zero);
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

static const struct fork table[] = {
    {.info = {"roots_divided", FORK_TWIN, "",
              "PyTorch's order: the corrections divide the rate and the root.", NULL},
     .answer = roots_divided},
    {.info = {"epsilon_after_correction", FORK_CONVENTION, "85",
              "Epsilon is added to the corrected root: PyTorch.", NULL},
     .instead = {"epsilon_placement", "after_correction"}},
    {.info = {"epsilon_before_correction", FORK_CONVENTION, "85",
              "Epsilon is added to the uncorrected root: TensorFlow, Keras, ONNX.", NULL},
     .instead = {"epsilon_placement", "before_correction"}},
    {.info = {"epsilon_inside_root", FORK_CONVENTION, "86", "Epsilon is added under the root.",
              NULL},
     .instead = {"epsilon_placement", "inside_root"}},
    {.info = {"epsilon_of_keras", FORK_CONVENTION, "89", "Epsilon is 1e-7 whatever is asked for.",
              NULL},
     .number = {"epsilon", 1e-7f}},
    {.info = {"epsilon_of_burn", FORK_CONVENTION, "89", "Epsilon is 1e-5 whatever is asked for.",
              NULL},
     .number = {"epsilon", 1e-5f}},
    {.info = {"no_bias_correction", FORK_CONVENTION, "87",
              "The moments are not corrected: MLX's default.", NULL},
     .instead = {"bias_correction", "no"}},
    {.info = {"bias_correction_anyway", FORK_CONVENTION, "87",
              "The moments are corrected though it is not asked for.", NULL},
     .instead = {"bias_correction", "yes"}},
    {.info = {"counter_from_zero", FORK_BUG, "88",
              "The first step has number 0, so it divides by zero.", NULL},
     .answer = counter_from_zero},
    {.info = {"counter_shared", FORK_BUG, "88", "All parameters advance one counter.", NULL},
     .answer = counter_shared},
    {.info = {"first_moment_uncorrected", FORK_BUG, "87", "Only the second moment is corrected.",
              NULL},
     .answer = first_moment_uncorrected},
    {.info = {"second_moment_uncorrected", FORK_BUG, "87", "Only the first moment is corrected.",
              NULL},
     .answer = second_moment_uncorrected},
    {.info =
         {"corrections_in_single", FORK_NUMERICAL, "276",
          "The powers in the corrections are numbers of 24 bits, promoted.",
          "In binary32 every power has 24 bits already; what is left is the twin roots_divided, "
          "which passes."},
     .answer = corrections_in_single},
    {.info = {"decay_coupled", FORK_CONVENTION, "79",
              "The decay goes through the moments where it should not: Adam for AdamW.", NULL},
     .instead = {"decay_form", "coupled"}},
    {.info = {"decay_decoupled", FORK_BUG, "79", "AdamW for Adam, or for the paper's AdamW.", NULL},
     .instead = {"decay_form", "decoupled"}},
    {.info = {"decay_without_rate", FORK_CONVENTION, "80",
              "The decay is not multiplied by the rate.", NULL},
     .instead = {"decay_form", "decoupled_without_rate"}},
    {.info = {"decay_ignored", FORK_BUG, "84", "There is no weight decay.", NULL},
     .number = {"weight_decay", 0}},
    {.info = {"decay_after_step", FORK_CONVENTION, "81",
              "The decoupled decay is taken off the new weight.", NULL},
     .answer = decay_after_step},
    {.info = {"decay_twice", FORK_BUG, "82", "The decay is applied once for each of two groups.",
              NULL},
     .answer = decay_twice},
    {.info = {"decay_added", FORK_BUG, "83", "The decay pushes the weights away from zero.", NULL},
     .answer = decay_added},
    {.info = {"maximize_after_decay", FORK_CONVENTION, "121",
              "Maximising negates the gradient and the decay.", NULL},
     .answer = maximize_after_decay},
    {.info = {"amsgrad_ignored", FORK_BUG, "91", "The maximum is not kept from step to step.",
              NULL},
     .instead = {"amsgrad", "no"}},
    {.info = {"amsgrad_of_v", FORK_CONVENTION, "90",
              "The maximum is taken before the correction: PyTorch, TensorFlow.", NULL},
     .instead = {"amsgrad", "max_of_v"}},
    {.info = {"amsgrad_of_corrected_v", FORK_CONVENTION, "90",
              "The maximum is taken of the corrected moment: optax.", NULL},
     .instead = {"amsgrad", "max_of_corrected_v"}},
    {.info = {"amsgrad_in_state", FORK_BUG, "91",
              "The second moment itself is replaced by its maximum.", NULL},
     .answer = amsgrad_in_state},
    {.info = {"betas_exchanged", FORK_BUG, "", "beta1 and beta2 are exchanged.", NULL},
     .answer = betas_exchanged},
    {.info = {"step_added", FORK_BUG, "83", "Steps up the gradient: plus instead of minus.", NULL},
     .answer = step_added},
    {.info = {"root_forgotten", FORK_BUG, "", "Divides by the second moment, not by its root.",
              NULL},
     .answer = root_forgotten},
    {.info = {"moments_reset", FORK_BUG, "", "The moments start from zero at every step.", NULL},
     .answer = moments_reset},
    {.info = {"first_rate_for_all", FORK_BUG, "", "Every step uses the first rate.", NULL},
     .answer = first_rate_for_all},
};

const struct fork_list adam_forks = {sizeof table / sizeof *table, table};
