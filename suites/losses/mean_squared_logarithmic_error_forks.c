// SPDX-License-Identifier: MIT
#include "loss_forks.h"

enum {
    WITHOUT_ONE = LOSS_OWN,
    LOGARITHM_OF_SUM,
    NOT_LOGARITHMIC,
    ABSOLUTE,
    HALVED,
    SLOPE_NOT_CUT,
    EPSILON_ADDED,
    INNER_SLOPE_LOST
};

struct settings {
    int variant, clip;
    real epsilon;
};

/* x as it enters the logarithm of 1 + x. */
static real used(const struct settings *s, real x)
{
    if (s->clip && s->variant == EPSILON_ADDED)
        return x + s->epsilon > s->epsilon ? x + s->epsilon : s->epsilon;
    return s->clip && !(x > s->epsilon) ? s->epsilon : x;
}

/* log(1 + v) - log(1 + u); the twin takes one logarithm, of their ratio. */
static real difference(const struct settings *s, real v, real u)
{
    if (s->variant == WITHOUT_ONE)
        return real_log(real_abs(v) + R(1e-7)) - real_log(real_abs(u) + R(1e-7));
    if (s->variant == LOGARITHM_OF_SUM)
        return real_log(1 + v) - real_log(1 + u);
    if (s->variant == NOT_LOGARITHMIC)
        return v - u;
    return real_log1p((v - u) / (1 + u));
}

static void answer(struct call *call)
{
    static const struct loss_form form = {.shape = "NK", .input = {"y"}, .gradient = {"dy"}};
    static const char *const no_yes[] = {"no", "yes", NULL};
    struct loss a = loss_begin(call, &form);
    const real *t = call_input(call, "t", "NK");
    struct settings s = {.variant = call_variant(call), .clip = call_choice(call, "clip", no_yes)};
    s.epsilon = call_number_or(call, "epsilon", R(1e-7));
    for (size_t i = 0; i < a.N * a.K; i++) {
        real y = a.input[0][i], v = used(&s, y), l = difference(&s, v, used(&s, t[i]));
        real inner = s.variant == NOT_LOGARITHMIC || s.variant == INNER_SLOPE_LOST ? R(1.0) : 1 + v;
        a.value[i] = s.variant == ABSOLUTE ? real_abs(l) : l * l;
        a.slope[0][i] = (l + l) / inner;
        if (s.variant == WITHOUT_ONE)
            a.slope[0][i] = (l + l) / (v + R(1e-7));
        if (s.variant == HALVED) {
            a.value[i] = a.value[i] / 2;
            a.slope[0][i] = a.slope[0][i] / 2;
        }
        if (s.clip && y < s.epsilon && s.variant != SLOPE_NOT_CUT)
            a.slope[0][i] = R(0.0);
    }
    loss_fork_end(call, &a);
}

static const struct fork table[] = {
    {.info = {"logarithm_of_ratio", FORK_TWIN, "", "log1p((y - t) / (1 + t)), one logarithm.",
              NULL},
     .answer = answer},
    {.info = {"logarithm_of_sum", FORK_NUMERICAL, "13", "log(1 + y) without log1p.", NULL},
     .answer = answer,
     .variant = LOGARITHM_OF_SUM},
    {.info = {"without_one", FORK_CONVENTION, "58", "log(y + 1e-7) in the place of log(1 + y).",
              NULL},
     .answer = answer,
     .variant = WITHOUT_ONE},
    {.info = {"clipped", FORK_CONVENTION, "58", "Clipped to epsilon, whatever is asked for.", NULL},
     .instead = {"clip", "yes"}},
    {.info = {"not_clipped", FORK_CONVENTION, "58", "epsilon is 1e-7, whatever is stated.", NULL},
     .number = {"epsilon", 1e-7}},
    {.info = {"epsilon_added", FORK_CONVENTION, "58",
              "epsilon is added in the place of being the least value.", NULL},
     .answer = answer,
     .variant = EPSILON_ADDED},
    {.info = {"slope_not_cut", FORK_CONVENTION, "34", "The gradient goes through the clipping.",
              NULL},
     .answer = answer,
     .variant = SLOPE_NOT_CUT},
    {.info = {"not_logarithmic", FORK_BUG, "", "The squared error.", NULL},
     .answer = answer,
     .variant = NOT_LOGARITHMIC},
    {.info = {"absolute", FORK_BUG, "", "The absolute value, not the square.", NULL},
     .answer = answer,
     .variant = ABSOLUTE},
    {.info = {"halved", FORK_CONVENTION, "44", "A half stands before the square.", NULL},
     .answer = answer,
     .variant = HALVED},
    {.info = {"inner_slope_lost", FORK_BUG, "", "The gradient without 1 / (1 + y).", NULL},
     .answer = answer,
     .variant = INNER_SLOPE_LOST},
    LOSS_FORK_OF_ELEMENTS,
    LOSS_FORKS(answer),
};

const struct fork_list mean_squared_logarithmic_error_forks = {sizeof table / sizeof *table, table};
