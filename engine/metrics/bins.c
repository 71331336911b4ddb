// SPDX-License-Identifier: MIT
#include "bins.h"

size_t bins_uniform(scalar p, size_t B, bool closed_right)
{
    scalar scaled = p * (scalar)B;
    size_t k = (size_t)scaled;
    if (closed_right && k > 0 && scaled == (scalar)k)
        k--;
    return k < B ? k : B - 1;
}

struct bins bins_fill(struct question *q, const scalar *p, const int *event, const scalar *weight,
                      const int *bin, size_t B)
{
    struct bins b = {B, question_scratch(q, B), question_scratch(q, B), question_scratch(q, B)};
    struct reduction *reduction = question_sum(q, 'N', 3 * B);
    scalar *sum = question_scratch(q, 3 * B);
    for (size_t i = 0; i < reduction_pieces(reduction); i++) {
        struct piece piece = reduction_piece(reduction, i);
        scalar *leaf = reduction_leaf(reduction);
        for (size_t n = piece.first; n < piece.first + piece.count; n++) {
            scalar *three = leaf + 3 * (size_t)bin[n], w = weight != NULL ? weight[n] : 1;
            three[0] += w;
            three[1] += w * p[n];
            three[2] += event[n] ? w : 0;
        }
        reduction_push(reduction);
    }
    reduction_finish(reduction, sum);
    for (size_t k = 0; k < B; k++) {
        b.count[k] = sum[3 * k];
        b.confidence[k] = b.count[k] > 0 ? sum[3 * k + 1] / b.count[k] : 0;
        b.frequency[k] = b.count[k] > 0 ? sum[3 * k + 2] / b.count[k] : 0;
    }
    return b;
}
