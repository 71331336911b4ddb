// SPDX-License-Identifier: MIT
/* Choosing a threshold; definition in reference/metrics/threshold_selection.h.
 *
 * How it is distributed: the samples are sharded and gathered; every rank sorts all of them, values
 * all candidates and chooses alike (ranking.h).
 */
#include "ranking.h"

enum { YOUDEN, CLOSEST, F_SCORE, ACCURACY, COST, EQUAL_ERROR, RECALL, PRECISION };

struct rule {
    int criterion;
    scalar beta, cost_positive, cost_negative, target;
};

static scalar read_cost(struct question *q, const char *name)
{
    scalar cost = question_number(q, name);
    if (cost < 0)
        question_refuse(q, "its '%s' is %g; it must not be negative", name, (double)cost);
    return cost;
}

static struct rule read_rule(struct question *q)
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
    struct rule rule = {.criterion = question_choice(q, "criterion", criteria),
                        .beta = question_number_or(q, "beta", 1)};
    if (rule.beta < 0)
        question_refuse(q, "its 'beta' is %g; it must not be negative", (double)rule.beta);
    if (rule.criterion == COST) {
        rule.cost_positive = read_cost(q, "cost_positive");
        rule.cost_negative = read_cost(q, "cost_negative");
    }
    if (rule.criterion >= RECALL) {
        rule.target = question_number(q, "target");
        if (!(rule.target >= 0 && rule.target <= 1))
            question_refuse(q, "its 'target' is %g; it must be in [0,1]", (double)rule.target);
    }
    return rule;
}

static scalar value_of(const struct rule *rule, scalar tp, scalar fp, scalar P, scalar F)
{
    scalar tpr = tp / P, fpr = fp / F, b = rule->beta * rule->beta, miss = 1 - tpr;
    scalar precision = tp + fp > 0 ? tp / (tp + fp) : 0;
    switch (rule->criterion) {
    case YOUDEN:
        return tpr - fpr;
    case CLOSEST:
        return -(fpr * fpr + miss * miss);
    case F_SCORE:
        return (1 + b) * tp / (b * P + (tp + fp));
    case ACCURACY:
        return (tp + (F - fp)) / (P + F);
    case COST:
        return -(rule->cost_positive * fp + rule->cost_negative * (P - tp));
    case EQUAL_ERROR:
        return -scalar_absolute(fpr - (P - tp) / P);
    case RECALL:
        return precision >= rule->target ? tpr : -1;
    default:
        return tpr >= rule->target ? precision : -1;
    }
}

void threshold_selection_run(struct question *q)
{
    static const char *const places[] = {"score", "midpoint", NULL};
    static const char *const ties[] = {"largest", "smallest", NULL};
    struct ranking r = ranking_read(q);
    struct rule rule = read_rule(q);
    bool smallest = question_choice(q, "ties", ties) == 1;
    size_t best = 0;
    if (!(r.positives > 0 && r.negatives > 0))
        question_refuse(q, "its 'labels' are of one class; give both");
    question_bind(q, 'T', r.T);
    question_bind(q, 'F', 4);
    scalar *value = question_output(q, "value", "T");
    for (size_t t = 0; t < r.T; t++) {
        value[t] =
            value_of(&rule, r.true_positive[t], r.false_positive[t], r.positives, r.negatives);
        best = value[t] > value[best] || (smallest && value[t] == value[best]) ? t : best;
    }
    if (rule.criterion >= RECALL && value[best] < 0)
        question_refuse(q, "its 'target' %g is not reached by any threshold", (double)rule.target);
    scalar *threshold = question_output(q, "threshold", "");
    *threshold = r.threshold[best];
    if (question_choice(q, "threshold", places) == 1 && best + 1 < r.T)
        *threshold = (r.threshold[best] + r.threshold[best + 1]) / 2;
    *question_output(q, "chosen", "") = (scalar)best;
    scalar *counts = question_output(q, "counts", "F");
    counts[0] = r.true_positive[best];
    counts[1] = r.false_positive[best];
    counts[2] = r.positives - counts[0];
    counts[3] = r.negatives - counts[1];
}
