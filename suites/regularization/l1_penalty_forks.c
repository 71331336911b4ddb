// SPDX-License-Identifier: MIT
#include "../../reference/regularization/l1_penalty.h"
#include "../fork.h"

/* One call. The forks below change a field of it and answer again. */
struct lasso {
    const real *w;
    real *dw, *penalty;
    real *magnitude; /* of each weight: what is added */
    real *sign;      /* of each weight: what the gradient takes */
    real factor, slope, samples, at_zero, dpenalty;
    size_t P, block;
};

static void answer(const struct lasso *l)
{
    *l->penalty = l->factor * sum_samples(l->P, l->block, l->magnitude, 1);
    for (size_t p = 0; p < l->P; p++)
        l->dw[p] = l->slope * l->sign[p] * l->dpenalty;
}

static struct lasso read(struct call *call)
{
    struct lasso l = {.w = call_input(call, "w", "P"), .P = call_size(call, 'P')};
    l.block = call_block(call);
    l.samples = call_number_or(call, "samples", 1);
    l.factor = l.slope = call_number(call, "lambda") / l.samples;
    l.at_zero = call_number_or(call, "slope_at_zero", 0);
    l.dpenalty = call_has(call, "dpenalty") ? *call_input(call, "dpenalty", "") : 1;
    l.magnitude = call_scratch(call, l.P);
    l.sign = call_scratch(call, l.P);
    l.dw = call_output(call, "dw", "P");
    l.penalty = call_output(call, "penalty", "");
    for (size_t p = 0; p < l.P; p++) {
        l.magnitude[p] = real_abs(l.w[p]);
        l.sign[p] = l1_penalty_sign(l.w[p], l.at_zero);
    }
    answer(&l);
    return l;
}

/* |w| as the positive part and the negative one, added apart, the last weight first. */
static void positive_and_negative_parts(struct call *call)
{
    struct lasso l = read(call);
    real positive = 0, negative = 0;
    for (size_t p = l.P; p-- > 0;) {
        positive += l.w[p] > 0 ? l.w[p] : 0;
        negative += l.w[p] < 0 ? l.w[p] : 0;
        real step = l.w[p] == 0 ? l.at_zero : l.w[p] / real_sqrt(l.w[p] * l.w[p]);
        l.dw[p] = l.dpenalty * step * l.factor;
    }
    *l.penalty = l.factor * positive - l.factor * negative;
}

static void signs(struct lasso *l, real negative, real zero, real positive)
{
    for (size_t p = 0; p < l->P; p++)
        l->sign[p] = l->w[p] < 0 ? negative : l->w[p] > 0 ? positive : zero;
    answer(l);
}

static void zero_counts_as_positive(struct call *call)
{
    struct lasso l = read(call);
    signs(&l, -1, 1, 1);
}

static void zero_counts_as_negative(struct call *call)
{
    struct lasso l = read(call);
    signs(&l, -1, -1, 1);
}

static void slope_of_zero_ignored(struct call *call)
{
    struct lasso l = read(call);
    signs(&l, -1, 0, 1);
}

static void sign_by_division(struct call *call)
{
    struct lasso l = read(call);
    for (size_t p = 0; p < l.P; p++)
        l.dw[p] = l.factor * (l.w[p] / real_abs(l.w[p])) * l.dpenalty;
}

static void smoothed(struct call *call)
{
    struct lasso l = read(call);
    for (size_t p = 0; p < l.P; p++) {
        l.magnitude[p] = real_sqrt(l.w[p] * l.w[p] + R(1e-3));
        l.sign[p] = l.w[p] / l.magnitude[p];
    }
    answer(&l);
}

static void gradient_without_sign(struct call *call)
{
    struct lasso l = read(call);
    signs(&l, 1, 0, 1);
}

static void gradient_of_square(struct call *call)
{
    struct lasso l = read(call);
    for (size_t p = 0; p < l.P; p++)
        l.sign[p] = 2 * l.w[p];
    answer(&l);
}

static void sum_without_magnitudes(struct call *call)
{
    struct lasso l = read(call);
    for (size_t p = 0; p < l.P; p++)
        l.magnitude[p] = l.w[p];
    answer(&l);
}

static void mean_of_magnitudes(struct call *call)
{
    struct lasso l = read(call);
    l.factor = l.slope = l.factor / real_count(l.P);
    answer(&l);
}

static void not_divided(struct call *call)
{
    struct lasso l = read(call);
    l.factor = l.slope = l.factor * l.samples;
    answer(&l);
}

static void gradient_not_divided(struct call *call)
{
    struct lasso l = read(call);
    l.slope = l.factor * l.samples;
    answer(&l);
}

static void upstream_ignored(struct call *call)
{
    struct lasso l = read(call);
    l.dpenalty = 1;
    answer(&l);
}

static const struct fork table[] = {
    /* clang-format off */
    {.info = {"positive_and_negative_parts", FORK_TWIN, "",
              "Positive and negative weights added apart, last first; the sign as w / sqrt(w^2).",
               NULL},
     .answer = positive_and_negative_parts},
    {.info = {"zero_counts_as_positive", FORK_CONVENTION, "55",
     "The gradient at 0 is that of w > 0.", NULL},
     .answer = zero_counts_as_positive},
    {.info = {"zero_counts_as_negative", FORK_CONVENTION, "55",
     "The gradient at 0 is that of w < 0.", NULL},
     .answer = zero_counts_as_negative},
    {.info = {"slope_of_zero_ignored", FORK_BUG, "55",
     "The gradient at 0 is 0, whatever is asked for.", NULL},
     .answer = slope_of_zero_ignored},
    {.info = {"sign_by_division", FORK_NUMERICAL, "55", "The sign is w / |w|, which is 0 / 0 at 0.",
     NULL},
     .answer = sign_by_division},
    {.info = {"smoothed", FORK_CONVENTION, "", "sqrt(w^2 + 0.001) stands for |w|.", NULL},
     .answer = smoothed},
    {.info = {"gradient_without_sign", FORK_BUG, "", "Every gradient is +lambda.", NULL},
     .answer = gradient_without_sign},
    {.info = {"gradient_of_square", FORK_BUG, "", "The gradient of the L2 penalty, 2 lambda w.",
     NULL},
     .answer = gradient_of_square},
    {.info = {"sum_without_magnitudes", FORK_BUG, "", "Adds the weights, not their magnitudes.",
     NULL},
     .answer = sum_without_magnitudes},
    {.info = {"mean_of_magnitudes", FORK_CONVENTION, "",
     "The mean of the magnitudes instead of their sum.", NULL},
     .answer = mean_of_magnitudes},
    {.info = {"not_divided", FORK_BUG, "56", "The penalty is not divided by the number of samples.",
     NULL},
     .answer = not_divided},
    {.info = {"gradient_not_divided", FORK_BUG, "56",
     "The value is divided by the samples, its gradient is not.", NULL},
     .answer = gradient_not_divided},
    {.info = {"upstream_ignored", FORK_BUG, "", "The upstream gradient is taken for 1.", NULL},
     .answer = upstream_ignored},
    /* clang-format on */
};

const struct fork_list l1_penalty_forks = {sizeof table / sizeof *table, table};
