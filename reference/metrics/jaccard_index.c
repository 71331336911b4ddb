// SPDX-License-Identifier: MIT
#include "jaccard_index.h"

enum { EACH, BINARY, MICRO, MACRO, WEIGHTED };

/* Takes the samples of an ignored class out of the sums. */
static void ignore(struct call *call, struct confusion *c)
{
    size_t K = c->K, out = call_count_or(call, "ignore_index", K, 0, K - 1);
    c->total = 0;
    for (size_t k = 0; k < K; k++) {
        c->called[k] = c->truly[k] = 0;
        for (size_t j = 0; j < K && out < K; j++)
            c->matrix[out * K + j] = 0;
    }
    for (size_t k = 0; k < K * K; k++) {
        c->truly[k / K] = c->truly[k / K] + c->matrix[k];
        c->called[k % K] = c->called[k % K] + c->matrix[k];
    }
    for (size_t k = 0; k < K; k++)
        c->total = c->total + c->truly[k];
    if (!(c->total > 0))
        call_fail(call, "all labels are those of 'ignore_index': nothing is left");
}

static void put_jaccard(struct call *call, const struct confusion *c, int average)
{
    enum undefined undefined = undefined_read(call);
    real *value = call_scratch(call, c->K), right = 0, all = 0;
    int *defined = call_scratch_integers(call, c->K), ignored;
    size_t positive = average == BINARY ? call_count_or(call, "positive", 1, 0, c->K - 1) : 0;
    for (size_t k = 0; k < c->K; k++) {
        real hit = c->matrix[k * c->K + k], joint = c->truly[k] + c->called[k] - hit;
        value[k] = undefined_ratio(hit, joint, undefined, &defined[k]);
        right = right + hit;
        all = all + joint;
    }
    if (average == EACH) {
        call_bind(call, 'K', c->K);
        real *jaccard = call_output(call, "jaccard", "K");
        for (size_t k = 0; k < c->K; k++)
            jaccard[k] = value[k];
        return;
    }
    real *jaccard = call_output(call, "jaccard", "");
    if (average == BINARY)
        *jaccard = value[positive];
    else if (average == MICRO)
        *jaccard = undefined_ratio(right, all, undefined, &ignored);
    else
        *jaccard = average_of(call, c->K, value, average == WEIGHTED ? c->truly : NULL, defined);
}

void jaccard_index_answer(struct call *call)
{
    static const char *const averages[] = {"none", "binary", "micro", "macro", "weighted", NULL};
    struct confusion c = confusion_read(call);
    real wrong = 0;
    ignore(call, &c);
    for (size_t k = 0; k < c.K * c.K; k++)
        wrong = k / c.K != k % c.K ? wrong + c.matrix[k] : wrong;
    put_jaccard(call, &c, call_choice(call, "average", averages));
    *call_output(call, "hamming_loss", "") = wrong / c.total;
}
