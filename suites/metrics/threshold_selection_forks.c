// SPDX-License-Identifier: MIT
#include "../../reference/metrics/threshold_selection.h"
#include "../fork.h"
#include "curve_forks.h"

enum { YOUDEN, CLOSEST, F_SCORE, ACCURACY, COST, EQUAL_ERROR, RECALL, PRECISION };

enum mistake {
    BETA_NOT_SQUARED = CURVE_MISTAKES,
    COSTS_SWAPPED,
    COST_GAINED,
    TARGET_BELOW,
    DISTANCE_SUMMED,
    SMALLEST_VALUE,
    ERRORS_IN_COUNTS,
    MIDPOINT_ABOVE
};

struct walk {
    struct threshold_curve c;
    int criterion;
    real beta, cost_positive, cost_negative, target;
};

/* From misses and false alarms, where the definition has hits. */
static real value_of(const struct walk *w, size_t t)
{
    real tp = w->c.tp[t], fp = w->c.fp[t], P = w->c.P, F = w->c.F, fn = P - tp, tn = F - fp;
    real b = w->c.mistake == BETA_NOT_SQUARED ? w->beta : w->beta * w->beta;
    real hits = tp / P, right = tp > 0 ? 1 / (1 + fp / tp) : 0;
    real distance = fp / F * (fp / F) + fn / P * (fn / P);
    int below = w->c.mistake == TARGET_BELOW;
    switch (w->criterion) {
    case YOUDEN:
        return (tp * F - fp * P) / (P * F);
    case CLOSEST:
        return w->c.mistake == DISTANCE_SUMMED ? -(fp / F + fn / P) : -distance;
    case F_SCORE:
        return tp > 0 ? 1 / (1 + (b * fn + fp) / ((1 + b) * tp)) : 0;
    case ACCURACY:
        return (P + F - fp - fn) / (P + F);
    case COST:
        if (w->c.mistake == COSTS_SWAPPED)
            return -(w->cost_negative * fp + w->cost_positive * fn);
        return w->c.mistake == COST_GAINED
                   ? -(w->cost_positive * fp + w->cost_negative * tn)
                   : w->cost_negative * tp - w->cost_positive * fp - w->cost_negative * P;
    case EQUAL_ERROR:
        if (w->c.mistake == ERRORS_IN_COUNTS)
            return -real_abs(fp - fn);
        return -real_abs(fp * P - fn * F) / (P * F);
    case RECALL:
        return (right >= w->target) != below ? hits : -1;
    default:
        return (hits >= w->target) != below ? right : -1;
    }
}

static void walk(struct call *call)
{
    static const char *const criteria[] = {"youden",
                                           "closest",
                                           "f_score",
                                           "accuracy",
                                           "cost",
                                           "equal_error",
                                           "recall_at_precision",
                                           "precision_at_recall",
                                           NULL};
    static const char *const places[] = {"score", "midpoint", NULL};
    static const char *const ties[] = {"largest", "smallest", NULL};
    struct walk w = {.c = threshold_curve_read(call),
                     .criterion = call_choice(call, "criterion", criteria),
                     .beta = call_number_or(call, "beta", 1),
                     .cost_positive = call_number_or(call, "cost_positive", 1),
                     .cost_negative = call_number_or(call, "cost_negative", 1),
                     .target = call_number_or(call, "target", 0)};
    int smallest = call_choice(call, "ties", ties);
    size_t best = 0, T = w.c.T;
    call_bind(call, 'T', T);
    call_bind(call, 'F', 4);
    real *value = call_output(call, "value", "T"), sign = w.c.mistake == SMALLEST_VALUE ? -1 : 1;
    for (size_t t = T; t-- > 0;) {
        value[t] = value_of(&w, t);
        if (t + 1 == T || sign * value[t] > sign * value[best] ||
            (!smallest && value[t] == value[best]))
            best = t;
    }
    real low = best + 1 < T ? w.c.threshold[best + 1] : w.c.threshold[best];
    if (w.c.mistake == MIDPOINT_ABOVE)
        low = best > 0 ? w.c.threshold[best - 1] : w.c.threshold[best];
    *call_output(call, "threshold", "") = call_choice(call, "threshold", places)
                                              ? low + (w.c.threshold[best] - low) / 2
                                              : w.c.threshold[best];
    *call_output_integers(call, "chosen", "") = real_count(best);
    real *counts = call_output(call, "counts", "F");
    counts[0] = w.c.tp[best];
    counts[1] = w.c.fp[best];
    counts[2] = w.c.P - w.c.tp[best];
    counts[3] = w.c.F - w.c.fp[best];
}

static const struct fork table[] = {
    {.info =
         {"errors", FORK_TWIN, "",
          "Every value from misses and false alarms; for each threshold all samples are counted "
          "again.",
          NULL},
     .answer = walk},
    CURVE_FORKS_OF_THRESHOLDS(walk),
    {.info = {"beta_not_squared", FORK_BUG, "", "beta in place of its square.", NULL},
     .answer = walk,
     .variant = BETA_NOT_SQUARED},
    {.info = {"costs_swapped", FORK_BUG, "", "A miss has the price of a false alarm.", NULL},
     .answer = walk,
     .variant = COSTS_SWAPPED},
    {.info = {"cost_of_negatives", FORK_BUG, "", "True negatives are paid for, not misses.", NULL},
     .answer = walk,
     .variant = COST_GAINED},
    {.info = {"target_below", FORK_BUG, "", "The candidates that miss the target.", NULL},
     .answer = walk,
     .variant = TARGET_BELOW},
    {.info = {"distance_summed", FORK_CONVENTION, "", "Distances along the axes.", NULL},
     .answer = walk,
     .variant = DISTANCE_SUMMED},
    {.info = {"worst", FORK_BUG, "", "The smallest value is chosen.", NULL},
     .answer = walk,
     .variant = SMALLEST_VALUE},
    {.info = {"errors_in_counts", FORK_BUG, "", "As many misses as false alarms, in counts.", NULL},
     .answer = walk,
     .variant = ERRORS_IN_COUNTS},
    {.info = {"midpoint_above", FORK_BUG, "", "Half way to the next larger score.", NULL},
     .answer = walk,
     .variant = MIDPOINT_ABOVE},
    {.info = {"largest_of_ties", FORK_CONVENTION, "", "The largest threshold of ties.", NULL},
     .instead = {"ties", "largest"}},
    {.info = {"smallest_of_ties", FORK_CONVENTION, "", "The smallest threshold of ties.", NULL},
     .instead = {"ties", "smallest"}},
    {.info = {"youden_always", FORK_CONVENTION, "", "Youden's index, whatever is asked.", NULL},
     .instead = {"criterion", "youden"}},
    {.info = {"closest_always", FORK_CONVENTION, "", "The corner, whatever is asked.", NULL},
     .instead = {"criterion", "closest"}},
    {.info = {"score_itself", FORK_CONVENTION, "", "A score, not a midpoint.", NULL},
     .instead = {"threshold", "score"}},
    {.info = {"f_one", FORK_BUG, "", "beta is ignored.", NULL}, .number = {"beta", 1}},
};

const struct fork_list threshold_selection_forks = {sizeof table / sizeof *table, table};
