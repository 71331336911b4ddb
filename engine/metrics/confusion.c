// SPDX-License-Identifier: MIT
#include "confusion.h"

const scalar *confusion_weights(struct question *q)
{
    if (!question_has(q, "weight"))
        return NULL;
    const scalar *weight = question_input(q, "weight", "[N]");
    long long signs[2] = {0, 0}; /* negative ones, positive ones */
    for (size_t n = 0; n < question_part(q, 'N'); n++)
        signs[weight[n] > 0] += weight[n] != 0;
    reduce_integers(question_team(q), signs, 2);
    if (signs[0] > 0 || signs[1] == 0)
        question_refuse(q,
                        "its input 'weight' has %lld negative and %lld positive numbers; give "
                        "none and at least one",
                        signs[0], signs[1]);
    return weight;
}

void confusion_bins(struct question *q, size_t length, const int *bin, const scalar *weight,
                    scalar *sum)
{
    if (weight == NULL) {
        long long *count = arena_take(question_arena(q), length, sizeof *count);
        for (size_t n = 0; n < question_part(q, 'N'); n++)
            if (bin[n] >= 0)
                count[bin[n]]++;
        reduce_integers(question_team(q), count, length);
        for (size_t k = 0; k < length; k++)
            sum[k] = (scalar)count[k];
        return;
    }
    struct reduction *reduction = question_sum(q, 'N', length);
    for (size_t i = 0; i < reduction_pieces(reduction); i++) {
        struct piece piece = reduction_piece(reduction, i);
        scalar *leaf = reduction_leaf(reduction);
        for (size_t n = piece.first; n < piece.first + piece.count; n++)
            if (bin[n] >= 0)
                leaf[bin[n]] += weight[n];
        reduction_push(reduction);
    }
    reduction_finish(reduction, sum);
}

void confusion_count(struct question *q, struct confusion *c)
{
    size_t rows = question_part(q, 'N');
    int *bin = arena_take(question_arena(q), rows, sizeof *bin);
    c->matrix = question_scratch(q, c->K * c->K);
    c->truly = question_scratch(q, c->K);
    c->called = question_scratch(q, c->K);
    c->total = 0;
    for (size_t n = 0; n < rows; n++)
        bin[n] = c->labels[n] * (int)c->K + c->predicted[n];
    confusion_bins(q, c->K * c->K, bin, c->weight, c->matrix);
    for (size_t k = 0; k < c->K; k++) {
        for (size_t j = 0; j < c->K; j++) {
            c->truly[k] += c->matrix[k * c->K + j];
            c->called[k] += c->matrix[j * c->K + k];
        }
        c->total += c->truly[k];
    }
}

struct confusion confusion_read(struct question *q)
{
    struct confusion c = {.K = question_count(q, "classes", 1, 1000)};
    c.labels = question_integers(q, "labels", "[N]", 0, (int)c.K - 1);
    c.N = question_size(q, 'N');
    if (c.N == 0)
        question_refuse(q, "its 'labels' are none; give samples");
    c.predicted = question_integers(q, "predicted", "[N]", 0, (int)c.K - 1);
    c.weight = confusion_weights(q);
    confusion_count(q, &c);
    return c;
}
