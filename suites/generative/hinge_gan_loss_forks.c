// SPDX-License-Identifier: MIT
#include "score_forks.h"

enum { SQUARED = SCORE_OWN, MARGIN_SIGN, GENERATOR_SIGN, NEGATED_MINIMUM };

/* Through the minimum, as most code has it: -min(0, z - margin). */
static real one(struct call *call, enum score_kind kind, real z, real *slope)
{
    static const char *const goals[] = {"linear", "hinge", NULL};
    static const char *const kinks[] = {"zero", "half", "one", NULL};
    int variant = call_variant(call), linear = call_choice(call, "goal", goals) == 0;
    real at_kink = real_count((size_t)call_choice(call, "derivative_at_kink", kinks)) / 2;
    real margin = call_number_or(call, "margin", R(1.0)), sign = kind == FAKE_SCORE ? -1 : 1;
    if (variant == MARGIN_SIGN)
        margin = -margin;
    if (kind == GENERATOR_SCORE && variant == GENERATOR_SIGN)
        sign = -sign;
    if (kind == GENERATOR_SCORE && linear) {
        *slope = -sign;
        return -sign * z;
    }
    real below = sign * z - margin;
    *slope = below < 0 ? -sign : below > 0 ? R(0.0) : -sign * at_kink;
    if (variant == NEGATED_MINIMUM)
        *slope = -*slope;
    if (variant == SQUARED) {
        *slope = below < 0 ? 2 * below * sign : R(0.0);
        return below < 0 ? below * below : R(0.0);
    }
    return below < 0 ? -below : R(0.0);
}

static void answer(struct call *call)
{
    score_with_accident(call, one);
}

static const struct fork table[] = {
#include "score_accidents.h"
    {.info = {"squared", FORK_BUG, "", "The squared hinge.", NULL},
     .answer = answer,
     .variant = SQUARED},
    {.info = {"margin_sign", FORK_BUG, "", "The margin is on the wrong side.", NULL},
     .answer = answer,
     .variant = MARGIN_SIGN},
    {.info = {"generator_sign", FORK_BUG, "", "The generator lowers its scores.", NULL},
     .answer = answer,
     .variant = GENERATOR_SIGN},
    {.info = {"minimum_negated", FORK_BUG, "", "The gradient is that of the minimum.", NULL},
     .answer = answer,
     .variant = NEGATED_MINIMUM},
    {.info = {"generator_hinge", FORK_CONVENTION, "",
              "The generator has a hinge, whatever is asked for.", NULL},
     .instead = {"goal", "hinge"}},
    {.info = {"generator_linear", FORK_CONVENTION, "",
              "The generator has no hinge, whatever is asked for.", NULL},
     .instead = {"goal", "linear"}},
    {.info = {"kink_zero", FORK_CONVENTION, "", "The derivative at the kink is 0.", NULL},
     .instead = {"derivative_at_kink", "zero"}},
    {.info = {"kink_half", FORK_CONVENTION, "", "The derivative at the kink is 1/2.", NULL},
     .instead = {"derivative_at_kink", "half"}},
    {.info = {"kink_one", FORK_CONVENTION, "", "The derivative at the kink is 1.", NULL},
     .instead = {"derivative_at_kink", "one"}},
    {.info = {"margin_one", FORK_CONVENTION, "", "The margin is 1, whatever is asked for.", NULL},
     .number = {"margin", 1}},
};

const struct fork_list hinge_gan_loss_forks = {sizeof table / sizeof *table, table};
