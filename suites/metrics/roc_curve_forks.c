// SPDX-License-Identifier: MIT
#include "../../reference/metrics/roc_curve.h"
#include "../fork.h"
#include "curve_forks.h"

enum mistake {
    PRECISION = CURVE_MISTAKES,
    SWAPPED,
    NO_FIRST_POINT,
    RATES_OF_ALL,
    DROPPED_BY_ONE,
    FIRST_DROPPED,
    RISING
};

static real ratio(real a, real b)
{
    return b > 0 ? a / b : 0;
}

/* Whether point t is inside a straight line of equal steps. */
static int inside(const struct threshold_curve *c, size_t t)
{
    if (t == 0 || t == c->T || (t == 1 && c->mistake != FIRST_DROPPED))
        return 0;
    real tp = t > 1 ? c->tp[t - 2] : 0, fp = t > 1 ? c->fp[t - 2] : 0;
    int level = c->tp[t] + tp == 2 * c->tp[t - 1], straight = c->fp[t] + fp == 2 * c->fp[t - 1];
    return c->mistake == DROPPED_BY_ONE ? level || straight : level && straight;
}

static void walk(struct call *call)
{
    static const char *const drops[] = {"collinear", "none", NULL};
    static const char *const firsts[] = {"infinite", "max_plus_one", "one", NULL};
    static const char *const rates[] = {"of_curve", "detection_error", NULL};
    struct threshold_curve c = threshold_curve_read(call);
    int drop = call_choice(call, "drop", drops) == 0;
    int first = call_choice(call, "first_threshold", firsts);
    int errors = call_choice(call, "rates", rates);
    int *kept = call_scratch_integers(call, c.T + 1);
    size_t M = 0, m = 0;
    for (size_t t = c.mistake == NO_FIRST_POINT ? 1 : 0; t <= c.T; t++) {
        if (!drop || !inside(&c, t))
            kept[M++] = (int)t;
    }
    call_bind(call, 'M', M);
    call_bind(call, 'R', first == 0 && c.mistake != NO_FIRST_POINT ? M - 1 : M);
    real *x = call_output(call, "false_positive_rate", "M");
    real *y = call_output(call, errors ? "false_negative_rate" : "true_positive_rate", "M");
    real *threshold = call_output(call, "threshold", "R");
    for (size_t i = 0; i < M; i++) {
        size_t t = (size_t)kept[c.mistake == RISING ? M - 1 - i : i];
        real tp = t > 0 ? c.tp[t - 1] : 0, fp = t > 0 ? c.fp[t - 1] : 0;
        x[i] = c.mistake == RATES_OF_ALL ? ratio(fp, c.P + c.F) : ratio(fp, c.F);
        y[i] = c.mistake == PRECISION ? ratio(tp, tp + fp) : ratio(tp, c.P);
        y[i] = !errors ? y[i] : c.mistake == PRECISION ? 1 - y[i] : ratio(c.P - tp, c.P);
        if (c.mistake == SWAPPED) {
            real before = x[i];
            x[i] = y[i];
            y[i] = before;
        }
        if (t > 0)
            threshold[m++] = c.threshold[t - 1];
        else if (first > 0)
            threshold[m++] = first == 2 ? 1 : c.threshold[0] + 1;
    }
}

static const struct fork table[] = {
    {.info = {"counted_again", FORK_TWIN, "",
              "For each threshold all samples are counted again; nothing is sorted.", NULL},
     .answer = walk},
    CURVE_FORKS_OF_THRESHOLDS(walk),
    {.info = {"precision", FORK_BUG, "", "Precision in place of the true positive rate.", NULL},
     .answer = walk,
     .variant = PRECISION},
    {.info = {"axes_swapped", FORK_BUG, "", "The two rates are exchanged.", NULL},
     .answer = walk,
     .variant = SWAPPED},
    {.info = {"origin_missing", FORK_BUG, "", "The point (0,0) is missing.", NULL},
     .answer = walk,
     .variant = NO_FIRST_POINT},
    {.info = {"rates_of_all", FORK_BUG, "", "False positives over all samples.", NULL},
     .answer = walk,
     .variant = RATES_OF_ALL},
    {.info = {"corners_dropped", FORK_BUG, "",
              "A point is dropped when one of its counts keeps its step.", NULL},
     .answer = walk,
     .variant = DROPPED_BY_ONE},
    {.info = {"first_dropped", FORK_CONVENTION, "",
              "The point of the largest score is dropped when it lies on a line from (0,0).", NULL},
     .answer = walk,
     .variant = FIRST_DROPPED},
    {.info = {"rising_thresholds", FORK_CONVENTION, "", "From the smallest threshold.", NULL},
     .answer = walk,
     .variant = RISING},
    {.info = {"all_points", FORK_CONVENTION, "", "Nothing is dropped.", NULL},
     .instead = {"drop", "none"}},
    {.info = {"collinear_dropped", FORK_CONVENTION, "", "Collinear points are dropped.", NULL},
     .instead = {"drop", "collinear"}},
    {.info = {"first_infinite", FORK_CONVENTION, "", "The first threshold is infinite.", NULL},
     .instead = {"first_threshold", "infinite"}},
    {.info = {"first_one", FORK_CONVENTION, "", "The first threshold is 1.", NULL},
     .instead = {"first_threshold", "one"}},
    {.info = {"first_above", FORK_CONVENTION, "", "The first threshold is above all.", NULL},
     .instead = {"first_threshold", "max_plus_one"}},
    {.info = {"true_positives", FORK_CONVENTION, "", "Hits in place of misses.", NULL},
     .instead = {"rates", "of_curve"}},
};

const struct fork_list roc_curve_forks = {sizeof table / sizeof *table, table};
