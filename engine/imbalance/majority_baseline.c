// SPDX-License-Identifier: MIT
/* The majority baseline; definition in reference/imbalance/majority_baseline.h.
 *
 * How it is distributed: training and test samples are sharded. Whole numbers cross the network,
 * exactly: how often every label occurs in either, and how often the classifier is right.
 * Everything else follows on every rank alike.
 */
#include "../techniques.h"

enum rule { MOST_FREQUENT, PRIOR, UNIFORM, CONSTANT };

struct counts {
    size_t N, T, C;
    long long *label, *truth, right[1];
    bool has_predicted;
};

static struct counts count_all(struct question *q)
{
    struct counts is = {.C = question_count(q, "classes", 1, 1 << 12)};
    const int last = (int)is.C - 1;
    const int *label = question_integers(q, "label", "[N]", 0, last);
    const int *truth = question_integers(q, "truth", "[T]", 0, last), *predicted = NULL;
    is.N = question_size(q, 'N');
    is.T = question_size(q, 'T');
    if (is.N == 0 || is.T == 0)
        question_refuse(q, "its input '%s' is empty", is.N == 0 ? "label" : "truth");
    is.has_predicted = question_has(q, "predicted");
    if (is.has_predicted)
        predicted = question_integers(q, "predicted", "[T]", 0, last);
    is.label = arena_take(question_arena(q), is.C, sizeof *is.label);
    is.truth = arena_take(question_arena(q), is.C, sizeof *is.truth);
    for (size_t n = 0; n < question_part(q, 'N'); n++)
        is.label[label[n]]++;
    for (size_t t = 0; t < question_part(q, 'T'); t++) {
        is.truth[truth[t]]++;
        is.right[0] += is.has_predicted && predicted[t] == truth[t];
    }
    reduce_integers(question_team(q), is.label, is.C);
    reduce_integers(question_team(q), is.truth, is.C);
    reduce_integers(question_team(q), is.right, 1);
    return is;
}

static void predict(struct question *q, const struct counts *is, scalar *prior, scalar *prediction)
{
    static const char *const rules[] = {"most_frequent", "prior", "uniform", "constant", NULL};
    static const char *const ties[] = {"first", "last", NULL};
    const enum rule rule = (enum rule)question_choice(q, "rule", rules);
    const bool last_wins = question_choice(q, "ties", ties) == 1;
    size_t best = 0;
    for (size_t c = 0; c < is->C; c++) {
        const long long gap = is->label[c] - is->label[best];
        best = gap > 0 || (last_wins && gap == 0) ? c : best;
        prior[c] = (scalar)is->label[c] / (scalar)is->N;
    }
    if (rule == CONSTANT)
        best = question_count(q, "constant", 0, is->C - 1);
    for (size_t c = 0; c < is->C; c++) {
        const scalar by_rule[] = {c == best, prior[c], 1 / (scalar)is->C, c == best};
        prediction[c] = by_rule[rule];
    }
}

static void score_classes(struct question *q, const struct counts *is, const scalar *prediction,
                          scalar *confusion, scalar *recall)
{
    const size_t C = is->C;
    scalar *precision = question_output(q, "precision", "C"), *f1 = question_output(q, "f1", "C");
    const scalar otherwise = question_number_or(q, "zero_division", 0);
    if (otherwise != 0 && otherwise != 1)
        question_refuse(q, "its number 'zero_division' is %g; it must be 0 or 1",
                        (double)otherwise);
    for (size_t i = 0; i < C * C; i++)
        confusion[i] = (scalar)is->truth[i / C] * prediction[i % C];
    scalar balanced = 0, macro = 0, logarithm = 0, K = 0, product = 1;
    for (size_t k = 0; k < C; k++) {
        const scalar right = confusion[k * C + k];
        scalar column = 0, own;
        for (size_t j = 0; j < C; j++)
            column += confusion[j * C + k];
        recall[k] = is->truth[k] > 0 ? right / (scalar)is->truth[k] : otherwise;
        precision[k] = column > 0 ? right / column : otherwise;
        const scalar both = precision[k] + recall[k];
        f1[k] = both > 0 ? 2 * precision[k] * recall[k] / both : 0;
        if (is->truth[k] == 0)
            continue;
        balanced += recall[k];
        macro += f1[k];
        product = recall[k] > 0 ? product : 0;
        own = recall[k] > 0 ? recall[k] : 1;
        question_team(q)->kernels->logarithm(1, &own, &own);
        logarithm += own;
        K += 1;
    }
    logarithm /= K;
    question_team(q)->kernels->exponential(1, &logarithm, &logarithm);
    question_output(q, "balanced", "")[0] = balanced / K;
    question_output(q, "macro_f1", "")[0] = macro / K;
    question_output(q, "geometric", "")[0] = product > 0 ? logarithm : 0;
}

static void score_all(struct question *q, const struct counts *is, const scalar *prediction,
                      const scalar *confusion)
{
    const scalar T = (scalar)is->T;
    scalar right = 0, brier = 0, squares;
    team_row_products(question_team(q), 1, is->C, prediction, prediction, &squares);
    for (size_t k = 0; k < is->C; k++) {
        right += confusion[k * (is->C + 1)];
        brier += (scalar)is->truth[k] * (1 - 2 * prediction[k] + squares);
    }
    const scalar accuracy = right / T;
    question_output(q, "accuracy", "")[0] = accuracy;
    question_output(q, "brier", "")[0] = brier / T;
    if (!is->has_predicted)
        return;
    if (!(accuracy < 1))
        question_refuse(q, "its input 'predicted' cannot be better than a baseline of accuracy 1");
    const scalar reached = (scalar)is->right[0] / T;
    question_output(q, "reached", "")[0] = reached;
    question_output(q, "skill", "")[0] = (reached - accuracy) / (1 - accuracy);
}

void majority_baseline_run(struct question *q)
{
    const struct counts is = count_all(q);
    question_bind(q, 'C', is.C);
    scalar *prior = question_output(q, "prior", "C");
    scalar *prediction = question_output(q, "prediction", "C");
    scalar *confusion = question_output(q, "confusion", "CC");
    scalar *recall = question_output(q, "recall", "C");
    predict(q, &is, prior, prediction);
    score_classes(q, &is, prediction, confusion, recall);
    score_all(q, &is, prediction, confusion);
}
