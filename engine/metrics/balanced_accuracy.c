// SPDX-License-Identifier: MIT
/* Balanced accuracy; definition in reference/metrics/balanced_accuracy.h.
 *
 * How it is distributed: the samples are sharded; the K^2 sums of the confusion matrix cross the
 * network (confusion.h), and every rank does the rest.
 */
#include "confusion.h"

static scalar specificity(const struct confusion *c, size_t k)
{
    scalar right = 0, wrong = 0;
    for (size_t i = 0; i < c->K; i++) {
        const scalar *row = c->matrix + i * c->K;
        if (i == k)
            continue;
        for (size_t j = 0; j < c->K; j++)
            *(j == k ? &wrong : &right) += row[j];
    }
    return right + wrong > 0 ? right / (right + wrong) : 0;
}

static scalar geometric_mean(struct question *q, scalar *recall, size_t C, scalar correction)
{
    const struct kernels *kernels = question_team(q)->kernels;
    scalar sum = 0;
    for (size_t k = 0; k < C; k++) {
        recall[k] = recall[k] == 0 ? correction : recall[k];
        if (recall[k] == 0)
            return 0;
    }
    kernels->logarithm(C, recall, recall);
    for (size_t k = 0; k < C; k++)
        sum += recall[k];
    sum /= (scalar)C;
    kernels->exponential(1, &sum, &sum);
    return sum;
}

void balanced_accuracy_run(struct question *q)
{
    static const char *const absences[] = {"skipped", "zero", NULL};
    static const char *const adjustments[] = {"no", "yes", NULL};
    struct confusion c = confusion_read(q);
    bool all = question_choice(q, "absent", absences) == 1;
    bool adjusted = question_choice(q, "adjusted", adjustments) == 1;
    scalar correction = question_number_or(q, "correction", 0), mean = 0;
    scalar *kept = question_scratch(q, c.K);
    size_t C = 0;
    if (correction < 0)
        question_refuse(q, "its 'correction' is %g; it must not be negative", (double)correction);
    question_bind(q, 'K', c.K);
    scalar *recall = question_output(q, "recall", "K");
    scalar *other = question_output(q, "specificity", "K");
    scalar *youden = question_output(q, "youden", "K");
    for (size_t k = 0; k < c.K; k++) {
        bool labelled = c.truly[k] > 0;
        recall[k] = labelled ? c.matrix[k * c.K + k] / c.truly[k] : 0;
        other[k] = specificity(&c, k);
        youden[k] = recall[k] + other[k] - 1;
        if (labelled || all) {
            mean += recall[k];
            kept[C++] = recall[k];
        }
    }
    if (adjusted && C == 1)
        question_refuse(q, "it is 'adjusted', which needs two classes with labels");
    mean /= (scalar)C;
    if (adjusted) {
        scalar chance = 1 / (scalar)C;
        mean = (mean - chance) / (1 - chance);
    }
    *question_output(q, "balanced_accuracy", "") = mean;
    *question_output(q, "geometric_mean", "") = geometric_mean(q, kept, C, correction);
}
