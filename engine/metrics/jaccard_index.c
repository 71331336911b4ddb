// SPDX-License-Identifier: MIT
/* The Jaccard index; definition in reference/metrics/jaccard_index.h.
 *
 * How it is distributed: the samples are sharded; the K^2 sums of the confusion matrix cross the
 * network (confusion.h), and every rank does the rest.
 */
#include "averages.h"
#include "confusion.h"

enum { EACH, BINARY, MICRO, MACRO, WEIGHTED };

/* Row, column and total sums without the labels of class `out`; K: of all. */
static scalar sum_others(struct confusion *c, size_t out)
{
    scalar total = 0;
    for (size_t k = 0; k < c->K; k++)
        c->truly[k] = c->called[k] = 0;
    for (size_t i = 0; i < c->K; i++) {
        for (size_t j = 0; j < c->K && i != out; j++) {
            c->truly[i] += c->matrix[i * c->K + j];
            c->called[j] += c->matrix[i * c->K + j];
        }
        if (i == out)
            c->matrix[i * c->K + i] = 0;
        total += c->truly[i];
    }
    return total;
}

void jaccard_index_run(struct question *q)
{
    static const char *const averages[] = {"none", "binary", "micro", "macro", "weighted", NULL};
    struct confusion c = confusion_read(q);
    enum undefined undefined = undefined_read(q);
    int average = question_choice(q, "average", averages);
    size_t K = c.K, out = question_count_or(q, "ignore_index", K, 0, K - 1);
    size_t positive = average == BINARY ? question_count_or(q, "positive", 1, 0, K - 1) : 0;
    scalar *value = question_scratch(q, K), right = 0, all = 0, wrong = 0;
    bool *defined = arena_take(question_arena(q), K, sizeof *defined), whole;
    scalar total = sum_others(&c, out);
    if (!(total > 0))
        question_refuse(q, "all of its labels are those of 'ignore_index'; nothing is left");
    for (size_t k = 0; k < K; k++) {
        scalar hit = c.matrix[k * K + k], joint = c.truly[k] + c.called[k] - hit;
        value[k] = undefined_ratio(hit, joint, undefined, &defined[k]);
        right += hit;
        all += joint;
        for (size_t j = 0; j < K && k != out; j++)
            wrong += j != k ? c.matrix[k * K + j] : 0;
    }
    question_bind(q, 'K', K);
    scalar *jaccard = question_output(q, "jaccard", average == EACH ? "K" : "");
    for (size_t k = 0; k < K && average == EACH; k++)
        jaccard[k] = value[k];
    if (average == BINARY)
        *jaccard = value[positive];
    else if (average == MICRO)
        *jaccard = undefined_ratio(right, all, undefined, &whole);
    else if (average > MICRO)
        *jaccard = average_of(q, K, value, average == WEIGHTED ? c.truly : NULL, defined);
    *question_output(q, "hamming_loss", "") = wrong / total;
}
