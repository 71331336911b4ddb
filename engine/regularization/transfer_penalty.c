// SPDX-License-Identifier: MIT
/* Transfer penalty; definition in reference/regularization/transfer_penalty.h.
 *
 * How it is distributed: shared and new weights are sharded in canonical blocks. One number for
 * each crosses the network; gradients and steps need nothing from other ranks.
 */
#include "penalty.h"

/* The sum over axis P of a b. */
static scalar products(struct question *q, const scalar *a, const scalar *b)
{
    struct reduction *sum = question_sum(q, 'P', 1);
    scalar total;
    for (size_t i = 0; i < reduction_pieces(sum); i++) {
        const struct piece piece = reduction_piece(sum, i);
        team_row_products(question_team(q), 1, piece.count, a + piece.first, b + piece.first,
                          reduction_leaf(sum));
        reduction_push(sum);
    }
    reduction_finish(sum, &total);
    return total;
}

/* This rank's part; every rank looks at the whole. */
static const scalar *read_fisher(struct question *q)
{
    if (!question_has(q, "fisher"))
        return NULL;
    const scalar *part = question_input(q, "fisher", "[P]");
    const scalar *whole = question_input(q, "fisher", "P");
    for (size_t i = 0; i < question_size(q, 'P'); i++)
        if (!(whole[i] >= 0))
            question_refuse(q, "element %zu of its input 'fisher' is below 0", i);
    return part;
}

void transfer_penalty_run(struct question *q)
{
    static const char *const halves[] = {"yes", "no", NULL};
    static const char *const bases[] = {"free", "frozen", NULL};
    const scalar f = question_choice(q, "half", halves) == 0 ? (scalar)0.5 : 1;
    const bool frozen = question_choice(q, "base", bases) == 1;
    const scalar a = f * penalty_strength(q, "alpha"), b = f * penalty_strength(q, "beta");
    const scalar rate = penalty_strength(q, "rate");
    const scalar *w = question_input(q, "w", "[P]"), *start = question_input(q, "start", "[P]");
    const scalar *g = question_input(q, "g", "[P]"), *v = question_input(q, "v", "[Q]");
    const scalar *k = question_input(q, "k", "[Q]"), *fisher = read_fisher(q);
    const scalar dpenalty = penalty_upstream(q);
    const size_t P = question_part(q, 'P'), Q = question_part(q, 'Q');
    scalar *gap = question_scratch(q, P), *weighted = question_scratch(q, P);
    scalar *dw = question_output(q, "dw", "[P]"), *w_after = question_output(q, "w_after", "[P]");
    scalar *dv = question_output(q, "dv", "[Q]"), *v_after = question_output(q, "v_after", "[Q]");
    for (size_t i = 0; i < P; i++) {
        gap[i] = w[i] - start[i];
        weighted[i] = fisher != NULL ? fisher[i] * gap[i] : gap[i];
        dw[i] = 2 * a * weighted[i] * dpenalty;
        w_after[i] = frozen ? w[i] : w[i] - rate * (g[i] + dw[i]);
    }
    for (size_t i = 0; i < Q; i++) {
        dv[i] = 2 * b * v[i] * dpenalty;
        v_after[i] = v[i] - rate * (k[i] + dv[i]);
    }
    const scalar shared = a * products(q, weighted, gap);
    question_output(q, "penalty", "")[0] = shared + b * penalty_norms(q, 'Q', v).square;
}
