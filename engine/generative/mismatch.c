// SPDX-License-Identifier: MIT
#include "mismatch.h"

#include "../losses/loss.h"

struct mismatch_rule mismatch_read(struct question *q)
{
    static const char *const distances[] = {"l1", "l2", NULL};
    static const char *const reductions[] = {"mean", "sample", "sum", NULL};
    return (struct mismatch_rule){question_choice(q, "distance", distances) == 1,
                                  question_choice(q, "reduction", reductions)};
}

scalar mismatch(struct question *q, char letter, const struct mismatch_rule *rule, scalar *de,
                const scalar *a, const scalar *b, size_t D, scalar scale)
{
    const size_t rows = question_part(q, letter), N = question_size(q, letter);
    scalar *value = question_scratch(q, rows), total, W = 1;
    if (rule->reduction != 2)
        W = (scalar)(rule->reduction == 0 ? N * D : N);
    for (size_t i = 0; i < rows * D; i++) {
        const scalar e = a[i] - b[i], sign = (scalar)((e > 0) - (e < 0));
        value[i / D] += rule->squared ? e * e : scalar_absolute(e);
        de[i] = scale / W * (rule->squared ? 2 * e : sign);
    }
    loss_sum_rows(q, letter, 1, value, &total);
    return total / W;
}
