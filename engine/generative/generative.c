// SPDX-License-Identifier: MIT
#include "generative.h"

scalar *find_moments(struct question *q, char letter, const scalar *x, size_t D, size_t ddof,
                     scalar *mean, scalar *covariance)
{
    const size_t N = question_size(q, letter), rows = question_part(q, letter);
    struct reduction *sums = question_sum(q, letter, D);
    struct reduction *products = question_sum(q, letter, D * D);
    scalar *c = question_scratch(q, rows * D);
    for (size_t i = 0; i < reduction_pieces(sums); i++) {
        const struct piece piece = reduction_piece(sums, i);
        scalar *leaf = reduction_leaf(sums);
        for (size_t k = piece.first * D; k < (piece.first + piece.count) * D; k++)
            leaf[k % D] += x[k];
        reduction_push(sums);
    }
    reduction_finish(sums, mean);
    for (size_t d = 0; d < D; d++)
        mean[d] /= (scalar)N;
    for (size_t k = 0; k < rows * D; k++)
        c[k] = x[k] - mean[k % D];
    for (size_t i = 0; i < reduction_pieces(products); i++) {
        const struct piece piece = reduction_piece(products, i);
        const scalar *part = c + piece.first * D;
        team_product(question_team(q), true, false, D, D, piece.count, part, D, part, D,
                     reduction_leaf(products), D);
        reduction_push(products);
    }
    reduction_finish(products, covariance);
    for (size_t k = 0; k < D * D; k++)
        covariance[k] /= (scalar)(N - ddof);
    return c;
}

/* value (M) of the kernel at a and each row of b; slope (M) unless NULL: its gradient at a is slope
 * (a - b), for polynomials slope b. */
static void compare(struct question *q, const struct pair_kernel *kernel, scalar *value,
                    scalar *slope, const scalar *a, const scalar *b, size_t M)
{
    const struct kernels *functions = question_team(q)->kernels;
    const size_t D = kernel->D;
    scalar *gap = question_scratch(q, M * D), *square = question_scratch(q, M);
    scalar *power = question_scratch(q, M);
    for (size_t k = 0; k < M * D; k++)
        gap[k] = kernel->kind == PAIR_POLYNOMIAL ? a[k % D] : a[k % D] - b[k];
    team_row_products(question_team(q), M, D, gap, kernel->kind == PAIR_POLYNOMIAL ? b : gap,
                      square);
    for (size_t m = 0; m < M; m++) {
        value[m] = 0;
        if (slope)
            slope[m] = 0;
        if (kernel->kind == PAIR_DISTANCE) {
            value[m] = -scalar_sqrt(square[m]);
            if (slope)
                slope[m] = square[m] > 0 ? 1 / value[m] : 0;
        } else if (kernel->kind == PAIR_POLYNOMIAL) {
            const scalar base = kernel->gamma * square[m] + kernel->offset;
            scalar rest = 1;
            for (size_t p = 1; p < kernel->degree; p++)
                rest *= base;
            value[m] = rest * base;
            if (slope)
                slope[m] = (scalar)kernel->degree * kernel->gamma * rest;
        }
    }
    for (size_t w = 0; kernel->kind == PAIR_GAUSSIAN && w < kernel->W; w++) {
        const scalar variance = kernel->sigma[w] * kernel->sigma[w];
        for (size_t m = 0; m < M; m++)
            power[m] = -(square[m] / (2 * variance));
        functions->exponential(M, power, power);
        for (size_t m = 0; m < M; m++) {
            const scalar share = power[m] / kernel->divisor;
            value[m] += share;
            if (slope)
                slope[m] -= share / variance;
        }
    }
}

scalar pair_sum(struct question *q, const struct pair_kernel *kernel, char letter, const scalar *a,
                const scalar *b, size_t M, bool skip)
{
    struct reduction *sum = question_sum(q, letter, 1);
    const size_t first = question_first(q, letter);
    scalar *value = question_scratch(q, M), total;
    for (size_t i = 0; i < reduction_pieces(sum); i++) {
        const struct piece piece = reduction_piece(sum, i);
        scalar *leaf = reduction_leaf(sum);
        for (size_t n = piece.first; n < piece.first + piece.count; n++) {
            scalar row = 0;
            compare(q, kernel, value, NULL, a + n * kernel->D, b, M);
            for (size_t m = 0; m < M; m++)
                row += skip && m == first + n ? 0 : value[m];
            leaf[0] += row;
        }
        reduction_push(sum);
    }
    reduction_finish(sum, &total);
    return total;
}

void pair_gradient(struct question *q, const struct pair_kernel *kernel, scalar *g, const scalar *a,
                   const scalar *b, size_t M, size_t skip)
{
    const size_t D = kernel->D;
    scalar *value = question_scratch(q, M), *slope = question_scratch(q, M);
    scalar *toward = question_scratch(q, M * D);
    compare(q, kernel, value, slope, a, b, M);
    if (skip < M)
        slope[skip] = 0;
    for (size_t k = 0; k < M * D; k++)
        toward[k] = kernel->kind == PAIR_POLYNOMIAL ? b[k] : a[k % D] - b[k];
    for (size_t d = 0; d < D; d++)
        g[d] = 0;
    team_product(question_team(q), false, false, 1, D, M, slope, M, toward, D, g, D);
}
