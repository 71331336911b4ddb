// SPDX-License-Identifier: MIT
#include "threshold_selection.h"

enum criterion {
    YOUDEN,
    CLOSEST,
    F_SCORE,
    ACCURACY,
    COST,
    EQUAL_ERROR,
    RECALL_AT_PRECISION,
    PRECISION_AT_RECALL
};

struct rule {
    enum criterion criterion;
    real beta, cost_positive, cost_negative, target;
};

static struct rule read_rule(struct call *call)
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
    struct rule rule = {.criterion = (enum criterion)call_choice(call, "criterion", criteria)};
    rule.beta = call_number_or(call, "beta", 1);
    if (rule.beta < 0)
        call_fail(call, "number 'beta' is negative");
    if (rule.criterion == COST) {
        rule.cost_positive = call_number(call, "cost_positive");
        rule.cost_negative = call_number(call, "cost_negative");
        if (rule.cost_positive < 0)
            call_fail(call, "number 'cost_positive' is negative");
        if (rule.cost_negative < 0)
            call_fail(call, "number 'cost_negative' is negative");
    }
    if (rule.criterion >= RECALL_AT_PRECISION) {
        rule.target = call_number(call, "target");
        if (!(rule.target >= 0 && rule.target <= 1))
            call_fail(call, "number 'target' must be in [0,1]");
    }
    return rule;
}

/* -1 or the value, where `reached` must be at least the target. */
static real where(struct call *call, const struct rule *rule, real value, real reached)
{
    real gap = reached - rule->target;
    call_decisions(call, 1, &gap);
    return gap >= 0 ? value : -1;
}

static real value_of(struct call *call, const struct rule *rule, real tp, real fp, real P, real F)
{
    real tpr = tp / P, fpr = fp / F, b = rule->beta * rule->beta;
    real precision = tp + fp > 0 ? tp / (tp + fp) : 0;
    switch (rule->criterion) {
    case YOUDEN:
        return tpr - fpr;
    case CLOSEST:
        return -(fpr * fpr + (1 - tpr) * (1 - tpr));
    case F_SCORE:
        return (1 + b) * tp / (b * P + (tp + fp));
    case ACCURACY:
        return (tp + (F - fp)) / (P + F);
    case COST:
        return -(rule->cost_positive * fp + rule->cost_negative * (P - tp));
    case EQUAL_ERROR:
        return -real_abs(fpr - (P - tp) / P);
    case RECALL_AT_PRECISION:
        return where(call, rule, tpr, precision);
    default:
        return where(call, rule, precision, tpr);
    }
}

static size_t choose(struct call *call, const real *value, size_t T)
{
    static const char *const ties[] = {"largest", "smallest", NULL};
    int smallest = call_choice(call, "ties", ties);
    size_t best = 0;
    for (size_t t = 1; t < T; t++)
        best = value[t] > value[best] || (smallest && value[t] == value[best]) ? t : best;
    for (size_t t = 0; t < T; t++) {
        real gap = value[best] - value[t];
        call_decisions(call, t != best, &gap);
    }
    return best;
}

void threshold_selection_answer(struct call *call)
{
    static const char *const places[] = {"score", "midpoint", NULL};
    struct ranking r = ranking_read(call);
    struct rule rule = read_rule(call);
    real P = r.positives, F = r.negatives;
    if (!(P > 0 && F > 0))
        call_fail(call, "input 'labels' has one class alone: a rate is 0 / 0");
    call_bind(call, 'T', r.T);
    call_bind(call, 'F', 4);
    real *value = call_output(call, "value", "T");
    for (size_t t = 0; t < r.T; t++)
        value[t] = value_of(call, &rule, r.true_positive[t], r.false_positive[t], P, F);
    size_t best = choose(call, value, r.T);
    if (rule.criterion >= RECALL_AT_PRECISION && value[best] < 0)
        call_fail(call, "number 'target' is not reached by any threshold");
    int middle = call_choice(call, "threshold", places) && best + 1 < r.T;
    *call_output(call, "threshold", "") =
        middle ? (r.threshold[best] + r.threshold[best + 1]) / 2 : r.threshold[best];
    *call_output_integers(call, "chosen", "") = real_count(best);
    real *counts = (r.weight ? call_output : call_output_integers)(call, "counts", "F");
    counts[0] = r.true_positive[best];
    counts[1] = r.false_positive[best];
    counts[2] = P - counts[0];
    counts[3] = F - counts[1];
}
