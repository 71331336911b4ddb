// SPDX-License-Identifier: MIT
#include "../../reference/initialization/initialization.h"
#include "../fork.h"

enum {
    FROM_THE_LAST,
    CLIPPED,
    LAST_INSIDE,
    NOT_CUT,
    SIGMA_OF_UNIT,
    BOUNDS_AROUND_ZERO,
    CORRECTED_BOUNDS,
    CORRECTED_TIMES,
    CORRECTED_ALWAYS,
    OPEN_BOUNDS,
    MEAN_IGNORED,
    UPPER_BOUND_ALONE
};

struct cut {
    int absolute, variant;
    real mean, deviation, uncorrected, low, high; /* in the unit of what is tested */
};

static real tested(const struct cut *is, real u)
{
    switch (is->variant) {
    case SIGMA_OF_UNIT:
        return is->absolute ? u : is->mean + is->deviation * u;
    case BOUNDS_AROUND_ZERO:
        return is->deviation * u;
    case CORRECTED_BOUNDS:
        return is->absolute ? is->mean + is->deviation * u : is->deviation * u / is->uncorrected;
    default:
        return is->absolute ? is->mean + is->deviation * u : u;
    }
}

static int inside(const struct cut *is, real u)
{
    real t = tested(is, u);
    if (is->variant == OPEN_BOUNDS)
        return t > is->low && t < is->high;
    if (is->variant == UPPER_BOUND_ALONE)
        return t <= is->high;
    return t >= is->low && t <= is->high;
}

static struct cut cut_read(struct call *call)
{
    static const char *const bounds[] = {"deviations", "absolute", NULL};
    static const char *const corrections[] = {"no", "yes", NULL};
    struct cut is = {call_choice(call, "bounds", bounds), call_variant(call), 0, 0, 0, 0, 0};
    int corrected = call_choice(call, "correction", corrections);
    is.mean = is.variant == MEAN_IGNORED ? 0 : call_number_or(call, "mean", R(0.0));
    is.uncorrected = is.deviation = call_number_or(call, "standard_deviation", R(1.0));
    real factor = truncated_normal_correction(INITIAL_TRUNCATED_NORMAL);
    if (corrected || is.variant == CORRECTED_ALWAYS)
        is.deviation *= is.variant == CORRECTED_TIMES ? factor : 1 / factor;
    real cutoff = call_number_or(call, "cutoff", R(2.0));
    is.low = is.absolute ? call_number_or(call, "low", R(-2.0)) : -cutoff;
    is.high = is.absolute ? call_number_or(call, "high", R(2.0)) : cutoff;
    return is;
}

static real clipped(const struct cut *is, real u)
{
    real low = is->absolute ? (is->low - is->mean) / is->deviation : is->low;
    real high = is->absolute ? (is->high - is->mean) / is->deviation : is->high;
    return u < low ? low : u > high ? high : u;
}

static void rival(struct call *call)
{
    struct cut is = cut_read(call);
    const real *u = call_input(call, "deviate", "AIO");
    size_t A = call_size(call, 'A'), count = call_size(call, 'I') * call_size(call, 'O');
    real *w = call_output(call, "w", "IO"), *attempt = call_output_integers(call, "attempt", "IO");
    for (size_t i = 0; i < count; i++) {
        size_t taken = 0;
        for (size_t a = A; a-- > 0;) { /* the earliest overwrites the later ones */
            size_t candidate = is.variant == LAST_INSIDE ? A - 1 - a : a;
            if (inside(&is, u[candidate * count + i]))
                taken = candidate;
        }
        if (is.variant == CLIPPED || is.variant == NOT_CUT)
            taken = 0;
        real chosen = u[taken * count + i];
        chosen = is.variant == CLIPPED ? clipped(&is, chosen) : chosen;
        w[i] = is.deviation * (chosen + is.mean / is.deviation);
        attempt[i] = real_count(taken);
    }
}

static const struct fork table[] = {
    /* clang-format off */
    {.info = {"from_the_last", FORK_TWIN, "",
     "Searched from the last candidate, the mean added in deviations.", NULL}, .answer = rival,
     .variant = FROM_THE_LAST},
    {.info = {"clipped", FORK_BUG, "232", "Moved to the bound instead of drawn again: two spikes.",
     NULL}, .answer = rival, .variant = CLIPPED},
    {.info = {"last_inside", FORK_BUG, "", "The last candidate that is inside.", NULL},
     .answer = rival, .variant = LAST_INSIDE},
    {.info = {"not_cut", FORK_BUG, "", "The first candidate whatever it is.", NULL},
     .answer = rival, .variant = NOT_CUT},
    {.info = {"other_bounds", FORK_CONVENTION, "232",
     "Bounds in deviations are taken as absolute, and the reverse.", NULL}, .answer = rival,
     .variant = SIGMA_OF_UNIT},
    {.info = {"bounds_around_zero", FORK_BUG, "232",
     "The scaled deviate is tested, without the mean.", NULL}, .answer = rival,
     .variant = BOUNDS_AROUND_ZERO},
    {.info = {"corrected_bounds", FORK_BUG, "231", "The correction widens what is tested as well.",
     NULL}, .answer = rival, .variant = CORRECTED_BOUNDS},
    {.info = {"corrected_the_other_way", FORK_BUG, "231", "Multiplied by 0.8796.", NULL},
     .answer = rival, .variant = CORRECTED_TIMES},
    {.info = {"corrected_always", FORK_CONVENTION, "231",
     "The stated deviation is that of what comes out.", NULL}, .answer = rival,
     .variant = CORRECTED_ALWAYS},
    {.info = {"never_corrected", FORK_CONVENTION, "231",
     "The stated deviation is that before the cut.", NULL}, .instead = {"correction", "no"}},
    {.info = {"open_bounds", FORK_CONVENTION, "", "A candidate on the bound is outside.", NULL},
     .answer = rival, .variant = OPEN_BOUNDS},
    {.info = {"mean_ignored", FORK_BUG, "234", "The weights stay around 0.", NULL}, .answer = rival,
     .variant = MEAN_IGNORED},
    {.info = {"upper_bound_alone", FORK_BUG, "",
     "The absolute value is forgotten: only large positive ones are cut.", NULL}, .answer = rival,
     .variant = UPPER_BOUND_ALONE},
    {.info = {"cutoff_two", FORK_CONVENTION, "232", "Cut at two deviations whatever is asked for.",
     NULL}, .number = {"cutoff", 2}},
    /* clang-format on */
};

const struct fork_list truncated_normal_forks = {sizeof table / sizeof *table, table};
