// SPDX-License-Identifier: MIT
#include "../../reference/metrics/precision_recall_curve.h"
#include "../fork.h"
#include "curve_forks.h"

enum area { STEP, TRAPEZOID, ENVELOPE, ELEVEN, HUNDRED };

enum mistake {
    BLOCKS_AVERAGED = CURVE_MISTAKES,
    END_MISSING,
    FALLING_THRESHOLDS,
    FALSE_POSITIVE_RATE,
    POINTS_STRICT,
    TEN_POINTS,
    ENVELOPE_BEFORE,
    STEPS_FROM_LEFT,
    START_AT_ZERO
};

static real precision_at(const struct threshold_curve *c, size_t t)
{
    return c->tp[t] > 0 ? 1 / (1 + c->fp[t] / c->tp[t]) : 0;
}

/* The largest precision where recall is at least (or, wrongly, at most) k / steps. */
static real envelope(const struct threshold_curve *c, size_t k, size_t steps, int strict)
{
    real largest = 0;
    for (size_t t = 0; t < c->T; t++) {
        real gap = c->tp[t] * real_count(steps) - c->P * real_count(k);
        int counts = c->mistake == ENVELOPE_BEFORE ? gap <= 0 : strict ? gap > 0 : gap >= 0;
        if (counts && precision_at(c, t) > largest)
            largest = precision_at(c, t);
    }
    return largest;
}

static real envelope_at(const struct threshold_curve *c, size_t t)
{
    real largest = 0;
    for (size_t k = c->mistake == ENVELOPE_BEFORE ? 0 : t;
         k < (c->mistake == ENVELOPE_BEFORE ? t + 1 : c->T); k++)
        largest = precision_at(c, k) > largest ? precision_at(c, k) : largest;
    return largest;
}

/* Summed from the smallest threshold, in weights of positives; divided at the end. */
static real area_of(const struct threshold_curve *c, enum area area)
{
    real sum = 0;
    size_t steps = area == ELEVEN ? 10 : 100;
    if (!(c->P > 0))
        return 0;
    if (area == ELEVEN || area == HUNDRED) {
        for (size_t k = c->mistake == TEN_POINTS ? 1 : 0; k <= steps; k++)
            sum = sum + envelope(c, k, steps, c->mistake == POINTS_STRICT);
        return sum / real_count(c->mistake == TEN_POINTS ? steps : steps + 1);
    }
    for (size_t t = c->T; t-- > 0;) {
        real width = c->tp[t] - (t > 0 ? c->tp[t - 1] : 0), height = precision_at(c, t);
        real before = t > 0 ? precision_at(c, t - 1) : c->mistake == START_AT_ZERO ? 0 : 1;
        if (area == TRAPEZOID)
            height = (height + before) / 2;
        if (c->mistake == STEPS_FROM_LEFT)
            height = before;
        if (area == ENVELOPE)
            height = envelope_at(c, t);
        sum = sum + width * height;
    }
    return sum / c->P;
}

static real area_of_blocks(struct call *call, const struct threshold_curve *whole, enum area area)
{
    struct threshold_curve c = *whole;
    real sum = 0, blocks = 0;
    for (size_t begin = 0; begin < c.N; begin += c.block) {
        threshold_curve_count(call, &c, begin, begin + c.block < c.N ? begin + c.block : c.N);
        sum = sum + area_of(&c, area);
        blocks = blocks + 1;
    }
    return sum / blocks;
}

static void walk(struct call *call)
{
    static const char *const areas[] = {"step",          "trapezoid",      "envelope",
                                        "eleven_points", "hundred_points", NULL};
    static const char *const cuts[] = {"kept", "cut", NULL};
    struct threshold_curve c = threshold_curve_read(call);
    enum area area = (enum area)call_choice(call, "area", areas);
    int cut = call_choice(call, "full_recall", cuts), missing = c.mistake == END_MISSING;
    size_t used = c.T;
    while (cut && used > 1 && c.tp[used - 2] == c.P)
        used--;
    call_bind(call, 'T', used);
    call_bind(call, 'M', used + !missing);
    real *precision = call_output(call, "precision", "M"),
         *recall = call_output(call, "recall", "M");
    real *threshold = call_output(call, "threshold", "T");
    for (size_t i = 0; i < used; i++) {
        size_t t = c.mistake == FALLING_THRESHOLDS ? i : used - 1 - i;
        precision[i] = precision_at(&c, t);
        recall[i] = c.P > 0 ? c.tp[t] / c.P : 1;
        if (c.mistake == FALSE_POSITIVE_RATE)
            recall[i] = c.F > 0 ? c.fp[t] / c.F : 0;
        threshold[i] = c.threshold[t];
    }
    if (!missing)
        precision[used] = 1;
    *call_output(call, "average_precision", "") =
        c.mistake == BLOCKS_AVERAGED ? area_of_blocks(call, &c, area) : area_of(&c, area);
}

static const struct fork table[] = {
    {.info = {"counted_again", FORK_TWIN, "",
              "For each threshold all samples are counted again; areas in counts, from the other "
              "end.",
              NULL},
     .answer = walk},
    CURVE_FORKS_OF_THRESHOLDS(walk),
    {.info = {"blocks_averaged", FORK_BUG, "269", "The mean of the areas of blocks.", NULL},
     .answer = walk,
     .variant = BLOCKS_AVERAGED},
    {.info = {"end_missing", FORK_CONVENTION, "", "The point of recall 0 is missing.", NULL},
     .answer = walk,
     .variant = END_MISSING},
    {.info = {"falling_thresholds", FORK_CONVENTION, "", "From the largest threshold.", NULL},
     .answer = walk,
     .variant = FALLING_THRESHOLDS},
    {.info = {"false_positive_rate", FORK_BUG, "", "False positive rate in place of recall.", NULL},
     .answer = walk,
     .variant = FALSE_POSITIVE_RATE},
    {.info = {"beyond_points", FORK_BUG, "", "A recall at a point does not count for it.", NULL},
     .answer = walk,
     .variant = POINTS_STRICT},
    {.info = {"without_recall_zero", FORK_CONVENTION, "", "The point at recall 0 is left out.",
              NULL},
     .answer = walk,
     .variant = TEN_POINTS},
    {.info = {"envelope_before", FORK_BUG, "", "The largest precision up to there.", NULL},
     .answer = walk,
     .variant = ENVELOPE_BEFORE},
    {.info = {"steps_from_left", FORK_BUG, "", "Each step has the precision before it.", NULL},
     .answer = walk,
     .variant = STEPS_FROM_LEFT},
    {.info = {"start_at_zero", FORK_BUG, "", "Trapezoids begin with a precision of 0.", NULL},
     .answer = walk,
     .variant = START_AT_ZERO},
    {.info = {"steps", FORK_CONVENTION, "", "The sum of steps.", NULL},
     .instead = {"area", "step"}},
    {.info = {"trapezoids", FORK_CONVENTION, "", "Trapezoids.", NULL},
     .instead = {"area", "trapezoid"}},
    {.info = {"envelopes", FORK_CONVENTION, "", "The envelope.", NULL},
     .instead = {"area", "envelope"}},
    {.info = {"eleven", FORK_CONVENTION, "", "Eleven points.", NULL},
     .instead = {"area", "eleven_points"}},
    {.info = {"hundred", FORK_CONVENTION, "", "101 points.", NULL},
     .instead = {"area", "hundred_points"}},
    {.info = {"all_thresholds", FORK_CONVENTION, "", "Thresholds beyond full recall stay.", NULL},
     .instead = {"full_recall", "kept"}},
    {.info = {"until_full_recall", FORK_CONVENTION, "", "They are cut.", NULL},
     .instead = {"full_recall", "cut"}},
};

const struct fork_list precision_recall_curve_forks = {sizeof table / sizeof *table, table};
