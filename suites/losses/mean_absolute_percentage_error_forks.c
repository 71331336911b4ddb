// SPDX-License-Identifier: MIT
#include "loss_forks.h"

enum {
    BY_PREDICTION = LOSS_OWN,
    SYMMETRIC,
    SIGNED_DENOMINATOR,
    NOT_ABSOLUTE,
    NUMERATOR_TOO,
    SIGN_OF_ZERO_IS_ONE,
    ONE_TOTAL
};

/* f |d| / m and its slope, with m of the target `t`. */
static real denominator(int added, real t, real epsilon)
{
    real size = t < 0 ? -t : t;
    if (added)
        return epsilon + size;
    return size > epsilon ? size : epsilon;
}

/* All errors over all targets: the weighted error of demand planners. */
static void one_total(struct loss *a, real f, const real *t)
{
    real sum = R(0.0);
    for (size_t i = 0; i < a->N * a->K; i++)
        sum = sum + real_abs(t[i]);
    for (size_t i = 0; i < a->N * a->K; i++) {
        real d = a->input[0][i] - t[i], m = sum / real_count(a->N * a->K);
        a->value[i] = f * real_abs(d) / m;
        a->slope[0][i] = d < 0 ? -f / m : f / m;
    }
}

static void answer(struct call *call)
{
    static const struct loss_form form = {.shape = "NK", .input = {"y"}, .gradient = {"dy"}};
    static const char *const yes_no[] = {"yes", "no", NULL};
    static const char *const places[] = {"larger", "sum", NULL};
    struct loss a = loss_begin(call, &form);
    const real *t = call_input(call, "t", "NK");
    real f = call_choice(call, "percent", yes_no) ? R(1.0) : R(100.0);
    int added = call_choice(call, "epsilon_place", places), variant = call_variant(call);
    real epsilon = call_number_or(call, "epsilon", R(1e-7));
    for (size_t i = 0; i < a.N * a.K; i++) {
        real y = a.input[0][i], sign = y > t[i] ? R(1.0) : y < t[i] ? R(-1.0) : R(0.0);
        real base = variant == BY_PREDICTION ? y : t[i];
        if (variant == SYMMETRIC)
            base = (real_abs(y) + real_abs(t[i])) / 2;
        real each = f / denominator(added, base, epsilon);
        real error = y * sign - t[i] * sign;
        if (variant == SIGN_OF_ZERO_IS_ONE && !(sign < 0) && !(sign > 0))
            sign = R(1.0);
        if (variant == NUMERATOR_TOO)
            error = error + epsilon;
        if (variant == SIGNED_DENOMINATOR && t[i] < 0)
            each = -each;
        a.value[i] = variant == NOT_ABSOLUTE ? each * error * sign : each * error;
        a.slope[0][i] = variant == NOT_ABSOLUTE ? each : each * sign;
    }
    if (variant == ONE_TOTAL)
        one_total(&a, f, t);
    loss_fork_end(call, &a);
}

static const struct fork table[] = {
    {.info = {"factor_first", FORK_TWIN, "",
              "The factor over the larger one, times the signed difference.", NULL},
     .answer = answer},
    {.info = {"percent", FORK_CONVENTION, "58", "In percent, whatever is asked for.", NULL},
     .instead = {"percent", "yes"}},
    {.info = {"fraction", FORK_CONVENTION, "58", "A fraction, whatever is asked for.", NULL},
     .instead = {"percent", "no"}},
    {.info = {"epsilon_added", FORK_CONVENTION, "58", "epsilon is added to the target.", NULL},
     .instead = {"epsilon_place", "sum"}},
    {.info = {"epsilon_as_least", FORK_CONVENTION, "58", "epsilon is the least target.", NULL},
     .instead = {"epsilon_place", "larger"}},
    {.info = {"epsilon_of_torchmetrics", FORK_CONVENTION, "58", "epsilon is 1.17e-6.", NULL},
     .number = {"epsilon", 1.17e-6}},
    {.info = {"epsilon_in_numerator_too", FORK_CONVENTION, "58",
              "epsilon is added to the error as well.", NULL},
     .answer = answer,
     .variant = NUMERATOR_TOO},
    {.info = {"by_prediction", FORK_BUG, "38", "Divided by the prediction: arguments exchanged.",
              NULL},
     .answer = answer,
     .variant = BY_PREDICTION},
    {.info = {"symmetric", FORK_CONVENTION, "", "Divided by the mean of both magnitudes.", NULL},
     .answer = answer,
     .variant = SYMMETRIC},
    {.info = {"signed_denominator", FORK_BUG, "", "Negative targets give negative errors.", NULL},
     .answer = answer,
     .variant = SIGNED_DENOMINATOR},
    {.info = {"not_absolute", FORK_BUG, "", "Errors of both signs cancel.", NULL},
     .answer = answer,
     .variant = NOT_ABSOLUTE},
    {.info = {"one_total", FORK_CONVENTION, "", "The sum of errors over the sum of targets.", NULL},
     .answer = answer,
     .variant = ONE_TOTAL},
    {.info = {"sign_of_zero_is_one", FORK_CONVENTION, "55", "The subgradient at 0 is 1.", NULL},
     .answer = answer,
     .variant = SIGN_OF_ZERO_IS_ONE},
    LOSS_FORK_OF_ELEMENTS,
    LOSS_FORKS(answer),
};

const struct fork_list mean_absolute_percentage_error_forks = {sizeof table / sizeof *table, table};
