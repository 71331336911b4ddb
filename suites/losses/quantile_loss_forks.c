// SPDX-License-Identifier: MIT
#include "loss_forks.h"

enum {
    SIDES_EXCHANGED = LOSS_OWN,
    DOUBLED,
    NOT_WEIGHTED,
    ONE_SIDE,
    LEFT_SLOPE,
    RIGHT_SLOPE,
    SMOOTH,
    FIRST_QUANTILE,
    ALL_PAIRS
};

/* max(q d, (q - 1) d) and its slope by y. */
static real pinball(int variant, real q, real d, int middle, real *slope)
{
    real left = q * d, right = (q - 1) * d, corner = middle ? R(0.5) - q : R(0.0);
    corner = variant == LEFT_SLOPE ? 1 - q : variant == RIGHT_SLOPE ? -q : corner;
    *slope = left > right ? -q : left < right ? 1 - q : corner;
    if (variant == SMOOTH) {
        *slope = *slope * real_abs(d) / real_sqrt(d * d + R(1e-4));
        return (q - R(0.5)) * d + real_sqrt(d * d + R(1e-4)) / 2;
    }
    if (variant == ONE_SIDE && d < 0) {
        *slope = R(0.0);
        return R(0.0);
    }
    return left > right ? left : right;
}

static void answer(struct call *call)
{
    static const struct loss_form form = {.shape = "NK", .input = {"y"}, .gradient = {"dy"}};
    static const char *const slopes[] = {"zero", "middle", NULL};
    struct loss a = loss_begin(call, &form);
    const real *t = call_input(call, "t", "NK"), *quantiles = NULL;
    int middle = call_choice(call, "at_zero", slopes), variant = call_variant(call);
    real own = call_number_or(call, "quantile", R(0.5));
    if (call_has(call, "quantiles"))
        quantiles = call_input(call, "quantiles", "K");
    for (size_t i = 0; i < a.N * a.K; i++) {
        real q = quantiles ? quantiles[variant == FIRST_QUANTILE ? 0 : i % a.K] : own;
        real d = t[i] - a.input[0][i];
        q = variant == SIDES_EXCHANGED ? 1 - q : variant == NOT_WEIGHTED ? R(0.5) : q;
        a.value[i] = pinball(variant, q, d, middle, &a.slope[0][i]);
        for (size_t m = 0; variant == ALL_PAIRS && a.K == 1 && m < a.N; m++) {
            real slope, other = pinball(variant, q, t[m] - a.input[0][i], middle, &slope);
            a.value[i] = (m == 0 ? R(0.0) : a.value[i]) + other / real_count(a.N);
        }
        if (variant == DOUBLED) {
            a.value[i] = 2 * a.value[i];
            a.slope[0][i] = 2 * a.slope[0][i];
        }
    }
    loss_fork_end(call, &a);
}

static const struct fork table[] = {
    {.info = {"larger_of_two", FORK_TWIN, "", "The larger of q d and (q - 1) d.", NULL},
     .answer = answer},
    {.info = {"sides_exchanged", FORK_BUG, "", "1 - q in the place of q: d is y - t.", NULL},
     .answer = answer,
     .variant = SIDES_EXCHANGED},
    {.info = {"median", FORK_BUG, "", "The quantile is ignored.", NULL},
     .answer = answer,
     .variant = NOT_WEIGHTED},
    {.info = {"doubled", FORK_CONVENTION, "44", "Twice the loss, so that the median is |d|.", NULL},
     .answer = answer,
     .variant = DOUBLED},
    {.info = {"one_side", FORK_BUG, "", "What is too high costs nothing.", NULL},
     .answer = answer,
     .variant = ONE_SIDE},
    {.info = {"slope_zero", FORK_CONVENTION, "55 160", "The slope at the corner is 0.", NULL},
     .instead = {"at_zero", "zero"}},
    {.info = {"slope_middle", FORK_CONVENTION, "55 160", "The slope at the corner is 1/2 - q.",
              NULL},
     .instead = {"at_zero", "middle"}},
    {.info = {"slope_left", FORK_CONVENTION, "55", "The slope at the corner is 1 - q.", NULL},
     .answer = answer,
     .variant = LEFT_SLOPE},
    {.info = {"slope_right", FORK_CONVENTION, "55", "The slope at the corner is -q.", NULL},
     .answer = answer,
     .variant = RIGHT_SLOPE},
    {.info = {"smooth", FORK_CONVENTION, "", "A smooth corner of width 0.01.", NULL},
     .answer = answer,
     .variant = SMOOTH},
    {.info = {"first_quantile", FORK_BUG, "", "All outputs have the quantile of the first.", NULL},
     .answer = answer,
     .variant = FIRST_QUANTILE},
    {.info = {"all_pairs", FORK_BUG, "211", "(N,1) against (N): every y meets every t.", NULL},
     .answer = answer,
     .variant = ALL_PAIRS},
    LOSS_FORK_OF_ELEMENTS,
    LOSS_FORKS(answer),
};

const struct fork_list quantile_loss_forks = {sizeof table / sizeof *table, table};
