// SPDX-License-Identifier: MIT
#include "../../reference/optimizers/lamb.h"
#include "optimizer_forks.h"

/* One step of the whole layer, of which a fork spoils one thing. u is the direction already. */
struct layer {
    struct lamb_rules rules;
    size_t P, t;
    real *w, *u;
    const real *m, *v; /* after this step's gradient */
    real rate, ratio;
};

/* The squared norm in plain index order. */
static real square(const real *x, size_t P)
{
    real sum = 0;
    for (size_t p = 0; p < P; p++)
        sum = sum + x[p] * x[p];
    return sum;
}

static real ratio_of(const struct layer *k)
{
    return lamb_ratio(real_sqrt(square(k->w, k->P)), real_sqrt(square(k->u, k->P)), &k->rules);
}

static void move(struct layer *k)
{
    for (size_t p = 0; p < k->P; p++)
        k->w[p] = k->w[p] - k->rate * k->ratio * k->u[p];
}

static void run(struct call *call, void (*next)(struct layer *))
{
    struct updates steps = updates_read(call);
    struct layer k = {.rules = lamb_rules_read(call), .P = steps.P, .w = steps.w};
    size_t first = call_count_or(call, "first_step", 1, 1, 1000000);
    real *m = updates_state(call, "m"), *v = updates_state(call, "v");
    real *w_after = call_output(call, "w_after", "SP");
    real *m_after = call_output(call, "m_after", "SP");
    real *v_after = call_output(call, "v_after", "SP");
    real *ratio = call_output(call, "ratio", "S");
    k.u = call_scratch(call, k.P);
    k.m = m;
    k.v = v;
    for (size_t s = 0; s < steps.S; s++) {
        k.t = first + s;
        k.rate = steps.rate[s];
        lamb_direction(k.u, k.w, m, v, &steps.g[s * k.P], k.t, &k.rules, k.P);
        next(&k);
        ratio[s] = k.ratio;
        updates_record(w_after, k.w, s, k.P);
        updates_record(m_after, m, s, k.P);
        updates_record(v_after, v, s, k.P);
    }
}

/* The direction as one quotient; both norms over even and odd parameters apart; the rate joins the
 * direction before the ratio does. */
static void step_in_halves(struct layer *k)
{
    const struct lamb_rules *rules = &k->rules;
    real w[2] = {0, 0}, u[2] = {0, 0}, power1 = 1, power2 = 1;
    for (size_t i = 0; i < k->t && rules->bias_correction; i++) {
        power1 *= rules->beta1;
        power2 *= rules->beta2;
    }
    real c1 = rules->bias_correction ? 1 - power1 : 1;
    real root = rules->bias_correction ? real_sqrt(1 - power2) : 1;
    for (size_t p = 0; p < k->P; p++) {
        real d = k->m[p] / (c1 * (real_sqrt(k->v[p]) / root + rules->epsilon));
        k->u[p] = real_fma(rules->decay, k->w[p], d);
        w[p % 2] = real_fma(k->w[p], k->w[p], w[p % 2]);
        u[p % 2] = real_fma(k->u[p], k->u[p], u[p % 2]);
    }
    k->ratio = lamb_ratio(real_sqrt(w[0] + w[1]), real_sqrt(u[0] + u[1]), &k->rules);
    for (size_t p = 0; p < k->P; p++)
        k->w[p] = real_fma(-k->ratio, k->rate * k->u[p], k->w[p]);
}

static void norms_in_halves(struct call *call)
{
    run(call, step_in_halves);
}

static void step_without_trust(struct layer *k)
{
    k->ratio = 1;
    move(k);
}

static void ratio_of_one(struct call *call)
{
    run(call, step_without_trust);
}

static void step_without_care(struct layer *k)
{
    k->ratio = real_sqrt(square(k->w, k->P)) / real_sqrt(square(k->u, k->P));
    move(k);
}

static void zero_norms_divided(struct call *call)
{
    run(call, step_without_care);
}

static void step_by_square(struct layer *k)
{
    k->ratio = lamb_ratio(square(k->w, k->P), square(k->u, k->P), &k->rules);
    move(k);
}

static void root_forgotten(struct call *call)
{
    run(call, step_by_square);
}

static void step_upside_down(struct layer *k)
{
    k->ratio = lamb_ratio(real_sqrt(square(k->u, k->P)), real_sqrt(square(k->w, k->P)), &k->rules);
    move(k);
}

static void ratio_inverted(struct call *call)
{
    run(call, step_upside_down);
}

/* The ratio from Adam's direction alone; the decay joins the step afterwards. */
static void step_with_decay_outside(struct layer *k)
{
    for (size_t p = 0; p < k->P; p++)
        k->u[p] -= k->rules.decay * k->w[p];
    k->ratio = ratio_of(k);
    for (size_t p = 0; p < k->P; p++)
        k->u[p] += k->rules.decay * k->w[p];
    move(k);
}

static void decay_outside_norm(struct call *call)
{
    run(call, step_with_decay_outside);
}

static void step_per_parameter(struct layer *k)
{
    k->ratio = ratio_of(k);
    for (size_t p = 0; p < k->P; p++)
        k->w[p] -= k->rate * lamb_ratio(real_abs(k->w[p]), real_abs(k->u[p]), &k->rules) * k->u[p];
}

static void ratio_per_parameter(struct call *call)
{
    run(call, step_per_parameter);
}

static void step_of_one_rank(struct layer *k)
{
    size_t own = (k->P + 1) / 2;
    k->ratio = lamb_ratio(real_sqrt(square(k->w, own)), real_sqrt(square(k->u, own)), &k->rules);
    move(k);
}

static void norms_not_reduced(struct call *call)
{
    run(call, step_of_one_rank);
}

static void step_of_whole_blocks(struct layer *k)
{
    size_t whole = k->P / k->rules.block * k->rules.block;
    k->ratio =
        lamb_ratio(real_sqrt(square(k->w, whole)), real_sqrt(square(k->u, whole)), &k->rules);
    move(k);
}

static void last_block_lost(struct call *call)
{
    run(call, step_of_whole_blocks);
}

static void step_of_clipped_ratio(struct layer *k)
{
    struct lamb_rules open = k->rules;
    open.lower = 0;
    open.has_upper = 0;
    k->ratio = lamb_ratio(real_sqrt(square(k->w, k->P)), real_sqrt(square(k->u, k->P)), &open);
    if (k->rules.has_upper && k->ratio > k->rules.upper)
        k->ratio = k->rules.upper;
    if (k->ratio < k->rules.lower)
        k->ratio = k->rules.lower;
    move(k);
}

static void ratio_clipped_instead(struct call *call)
{
    run(call, step_of_clipped_ratio);
}

static void step_uphill(struct layer *k)
{
    k->ratio = ratio_of(k);
    k->rate = -k->rate;
    move(k);
}

static void step_added(struct call *call)
{
    run(call, step_uphill);
}

/* clang-format off */
static const struct fork table[] = {
    {.info = {"norms_in_halves", FORK_TWIN, "",
     "One quotient; norms over even and odd parameters; the rate joins the direction before the "
     "ratio.", NULL},
     .answer = norms_in_halves},
    {.info = {"ratio_of_one", FORK_BUG, "105", "There is no trust ratio: Adam.", NULL},
     .answer = ratio_of_one},
    {.info = {"zero_norms_divided", FORK_BUG, "105",
     "A norm of 0 stops the layer for ever, or gives NaN; bounds are ignored.", NULL},
     .answer = zero_norms_divided},
    {.info = {"upper_ignored", FORK_CONVENTION, "105", "The weights' norm is not cut.", NULL},
     .number = {"trust_upper", -1}},
    {.info = {"upper_of_ten", FORK_CONVENTION, "105",
     "The weights' norm is cut at 10, as in the paper's experiments.", NULL},
     .number = {"trust_upper", 10}},
    {.info = {"lower_ignored", FORK_CONVENTION, "105", "The weights' norm is not raised.", NULL},
     .number = {"trust_lower", 0}},
    {.info = {"ratio_clipped_instead", FORK_CONVENTION, "105", "The bounds are put on the ratio.",
     NULL},
     .answer = ratio_clipped_instead},
    {.info = {"no_bias_correction", FORK_CONVENTION, "87 105", "The moments are not corrected.",
     NULL},
     .instead = {"bias_correction", "no"}},
    {.info = {"bias_correction_anyway", FORK_CONVENTION, "87 105",
     "The moments are corrected though it is not asked for.", NULL},
     .instead = {"bias_correction", "yes"}},
    {.info = {"epsilon_of_pytorch", FORK_CONVENTION, "89", "Epsilon is 1e-8 whatever is asked for.",
     NULL},
     .number = {"epsilon", 1e-8f}},
    {.info = {"root_forgotten", FORK_BUG, "", "A quotient of squared norms.", NULL},
     .answer = root_forgotten},
    {.info = {"ratio_inverted", FORK_BUG, "", "The ratio is upside down.", NULL},
     .answer = ratio_inverted},
    {.info = {"decay_outside_norm", FORK_BUG, "79",
     "The norm of the direction does not see the decay.", NULL},
     .answer = decay_outside_norm},
    {.info = {"decay_ignored", FORK_BUG, "84", "There is no weight decay.", NULL},
     .number = {"weight_decay", 0}},
    {.info = {"ratio_per_parameter", FORK_BUG, "110", "Every parameter has a ratio of its own.",
     NULL},
     .answer = ratio_per_parameter},
    {.info = {"norms_not_reduced", FORK_BUG, "",
     "A rank takes the norms of its own half for those of the layer.", NULL},
     .answer = norms_not_reduced},
    {.info = {"last_block_lost", FORK_BUG, "", "Only whole blocks enter the norms.", NULL},
     .answer = last_block_lost},
    {.info = {"maximize_ignored", FORK_BUG, "121", "Minimises what should be maximised.", NULL},
     .instead = {"maximize", "no"}},
    {.info = {"step_added", FORK_BUG, "83", "Steps up the gradient: plus instead of minus.", NULL},
     .answer = step_added},
};
/* clang-format on */

const struct fork_list lamb_forks = {sizeof table / sizeof *table, table};
