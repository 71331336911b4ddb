// SPDX-License-Identifier: MIT
/* Power; definition in reference/gradients/power.h.
 *
 * How it is distributed: the samples are sharded; every rank holds the exponents. dp crosses the
 * network: a chain over the samples of each canonical block, then the fixed tree over the blocks.
 * The number of impossible bases is added up before anything else, so that all ranks refuse alike.
 */
#include "../techniques.h"

static void check(struct question *q, const scalar *x, const scalar *p, size_t count, size_t C)
{
    long long impossible[2] = {0, 0};
    for (size_t i = 0; i < count; i++) {
        impossible[0] += !(x[i] >= 0);
        impossible[1] += x[i] == 0 && p[i % C] != 0 && !(p[i % C] >= 1);
    }
    reduce_integers(question_team(q), impossible, 2);
    if (impossible[0] != 0)
        question_refuse(q, "its input 'x' has negative elements, which have no real power");
    if (impossible[1] != 0)
        question_refuse(q, "its input 'p' gives a base of 0 an infinite slope");
}

void power_run(struct question *q)
{
    const scalar *x = question_input(q, "x", "[N]C"), *p = question_input(q, "p", "C");
    const scalar *dy = question_input(q, "dy", "[N]C");
    const size_t C = question_size(q, 'C'), count = question_part(q, 'N') * C;
    check(q, x, p, count, C);
    const struct kernels *kernels = question_team(q)->kernels;
    scalar *y = question_output(q, "y", "[N]C"), *dx = question_output(q, "dx", "[N]C");
    scalar *term = question_scratch(q, count);
    for (size_t i = 0; i < count; i++)
        term[i] = x[i] > 0 ? x[i] : 1;
    kernels->logarithm(count, term, term);
    for (size_t i = 0; i < count; i++)
        y[i] = p[i % C] * term[i];
    kernels->exponential(count, y, y);
    for (size_t i = 0; i < count; i++) {
        const scalar e = p[i % C];
        const bool base = x[i] > 0;
        y[i] = base || e == 0 ? y[i] : 0;
        dx[i] = base ? dy[i] * e * y[i] / x[i] : e == 1 ? dy[i] : 0;
        term[i] = base ? dy[i] * y[i] * term[i] : 0;
    }
    struct reduction *sum = question_sum(q, 'N', C);
    for (size_t k = 0; k < reduction_pieces(sum); k++) {
        const struct piece piece = reduction_piece(sum, k);
        scalar *leaf = reduction_leaf(sum);
        for (size_t i = piece.first * C; i < (piece.first + piece.count) * C; i++)
            leaf[i % C] += term[i];
        reduction_push(sum);
    }
    reduction_finish(sum, question_output(q, "dp", "C"));
}
