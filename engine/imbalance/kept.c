// SPDX-License-Identifier: MIT
#include "kept.h"

void kept_store(struct question *q, const struct classes *is, const scalar *x, const size_t *kept,
                size_t M)
{
    const size_t D = question_size(q, 'D');
    question_bind(q, 'M', M);
    scalar *number = question_output(q, "kept", "[M]");
    scalar *label = question_output(q, "kept_label", "[M]");
    scalar *row = question_output(q, "kept_x", "[M]D");
    for (size_t i = 0; i < question_part(q, 'M'); i++) {
        const size_t n = kept[question_first(q, 'M') + i];
        number[i] = (scalar)n;
        label[i] = (scalar)is->label[n];
        for (size_t d = 0; d < D; d++)
            row[i * D + d] = x[n * D + d];
    }
}

size_t *kept_without(struct question *q, size_t N, const bool *removed, size_t *M)
{
    size_t *kept = arena_take(question_arena(q), N, sizeof *kept);
    *M = 0;
    for (size_t n = 0; n < N; n++)
        if (!removed[n])
            kept[(*M)++] = n;
    return kept;
}
