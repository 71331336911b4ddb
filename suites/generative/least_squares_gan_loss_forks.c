// SPDX-License-Identifier: MIT
#include "score_forks.h"

enum { TWO_LOST = SCORE_OWN, ABSOLUTE, SIGMOID_LEFT, GENERATOR_TARGET_OF_FAKE };

/* The square written out, z^2 - 2 t z + t^2, would cancel: here by (t - z) times half of itself. */
static real one(struct call *call, enum score_kind kind, real z, real *slope)
{
    static const char *const factors[] = {"half", "one", NULL};
    int variant = call_variant(call);
    real f = call_choice(call, "factor", factors) ? R(2.0) : R(1.0);
    real a = call_number_or(call, "a", R(0.0));
    real target = kind == FAKE_SCORE   ? a
                  : kind == REAL_SCORE ? call_number_or(call, "b", R(1.0))
                                       : call_number_or(call, "c", R(1.0));
    if (variant == GENERATOR_TARGET_OF_FAKE && kind == GENERATOR_SCORE)
        target = call_number_or(call, "b", R(1.0));
    real inner = 1;
    if (variant == SIGMOID_LEFT) {
        z = 1 / (1 + real_exp(-z));
        inner = z * (1 - z);
    }
    real d = target - z;
    *slope = -(f * d) * inner;
    if (variant == TWO_LOST)
        *slope = *slope / 2;
    if (variant == ABSOLUTE) {
        *slope = d > 0 ? -f / 2 : f / 2;
        return real_abs(d) * f / 2;
    }
    return f / 2 * d * d;
}

static void answer(struct call *call)
{
    score_with_accident(call, one);
}

static const struct fork table[] = {
#include "score_accidents.h"
    {.info = {"two_lost", FORK_BUG, "", "The factor 2 of the square's derivative is lost.", NULL},
     .answer = answer,
     .variant = TWO_LOST},
    {.info = {"absolute", FORK_BUG, "", "Distances, not their squares.", NULL},
     .answer = answer,
     .variant = ABSOLUTE},
    {.info = {"sigmoid_left", FORK_BUG, "", "The score still goes through a sigmoid.", NULL},
     .answer = answer,
     .variant = SIGMOID_LEFT},
    {.info = {"generator_told_real", FORK_CONVENTION, "",
              "The generator's target is that of real samples, whatever is asked for.", NULL},
     .answer = answer,
     .variant = GENERATOR_TARGET_OF_FAKE},
    {.info = {"half", FORK_CONVENTION, "", "Half of the squares, whatever is asked for.", NULL},
     .instead = {"factor", "half"}},
    {.info = {"without_half", FORK_CONVENTION, "", "The whole squares, whatever is asked for.",
              NULL},
     .instead = {"factor", "one"}},
    {.info = {"zero_for_generated", FORK_CONVENTION, "68",
              "Generated samples are told 0, whatever is asked for.", NULL},
     .number = {"a", 0}},
    {.info = {"one_for_real", FORK_CONVENTION, "68",
              "Real samples are told 1, whatever is asked for.", NULL},
     .number = {"b", 1}},
};

const struct fork_list least_squares_gan_loss_forks = {sizeof table / sizeof *table, table};
