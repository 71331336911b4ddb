// SPDX-License-Identifier: MIT
/* Distances of all pairs; definition in reference/gradients/pairwise_distance.h.
 *
 * How it is distributed: the first set of points is sharded, the second whole on every rank. dx2
 * crosses the network: a fused chain over the points of each canonical block, then the fixed tree
 * over the blocks. Slopes are computed once, row by row of the first set, and kept.
 */
#include "../techniques.h"

struct points {
    size_t M, C;
    scalar p;
    scalar *magnitude; /* (M,C) of one row */
};

/* y (M) and |d|^p from d (M,C), for p other than 2. */
static void distances_by_powers(const struct team *team, const struct points *k, scalar *y,
                                const scalar *d)
{
    scalar *const a = k->magnitude;
    const size_t count = k->M * k->C;
    for (size_t i = 0; i < count; i++)
        a[i] = k->p == 1 || d[i] != 0 ? scalar_absolute(d[i]) : 1;
    if (k->p != 1) {
        team->kernels->logarithm(count, a, a);
        for (size_t i = 0; i < count; i++)
            a[i] *= k->p;
        team->kernels->exponential(count, a, a);
    }
    for (size_t m = 0; m < k->M; m++) {
        scalar sum = 0;
        for (size_t i = m * k->C; i < (m + 1) * k->C; i++)
            sum += d[i] != 0 ? a[i] : 0;
        y[m] = sum;
        if (k->p == 1 || sum == 0)
            continue;
        team->kernels->logarithm(1, &y[m], &y[m]);
        y[m] /= k->p;
        team->kernels->exponential(1, &y[m], &y[m]);
    }
}

/* Replaces the differences d (M,C) of one row by the slopes of its distances y (M). */
static void slopes(const struct team *team, const struct points *k, scalar *d, const scalar *y)
{
    scalar *const a = k->magnitude;
    const size_t count = k->M * k->C;
    for (size_t i = 0; i < count; i++)
        a[i] = d[i] != 0 && y[i / k->C] != 0 ? scalar_absolute(d[i]) / y[i / k->C] : 1;
    if (k->p != 2 && k->p != 1) {
        team->kernels->logarithm(count, a, a);
        for (size_t i = 0; i < count; i++)
            a[i] *= k->p - 1;
        team->kernels->exponential(count, a, a);
    }
    for (size_t i = 0; i < count; i++) {
        const scalar size = k->p == 1 ? 1 : a[i];
        if (d[i] != 0)
            d[i] = y[i / k->C] == 0 ? 0 : d[i] > 0 ? size : -size;
        else
            d[i] = 0;
    }
}

static void backward(struct question *q, const struct points *k, const scalar *s, const scalar *dy)
{
    const size_t row = k->M * k->C;
    const struct kernels *kernels = question_team(q)->kernels;
    scalar *dx1 = question_output(q, "dx1", "[N]C"), *dx2 = question_output(q, "dx2", "MC");
    for (size_t i = 0; i < question_part(q, 'N') * k->M; i++)
        kernels->scale_add(k->C, dx1 + i / k->M * k->C, dy[i], s + i * k->C);
    struct reduction *sum = question_sum(q, 'N', row);
    for (size_t j = 0; j < reduction_pieces(sum); j++) {
        const struct piece piece = reduction_piece(sum, j);
        scalar *leaf = reduction_leaf(sum);
        for (size_t i = piece.first * k->M; i < (piece.first + piece.count) * k->M; i++)
            kernels->scale_add(k->C, leaf + i % k->M * k->C, dy[i], s + i * k->C);
        reduction_push(sum);
    }
    reduction_finish(sum, dx2);
    for (size_t i = 0; i < row; i++)
        dx2[i] = -dx2[i];
}

void pairwise_distance_run(struct question *q)
{
    struct points k = {.p = question_number_or(q, "p", 2)};
    const scalar epsilon = question_number_or(q, "epsilon", 0);
    if (!(k.p > 0))
        question_refuse(q, "its number 'p' must be above 0");
    if (!(epsilon >= 0))
        question_refuse(q, "its number 'epsilon' must not be below 0");
    const scalar *x1 = question_input(q, "x1", "[N]C"), *x2 = question_input(q, "x2", "MC");
    const scalar *dy = question_input(q, "dy", "[N]M");
    const size_t rows = question_part(q, 'N');
    const struct team *team = question_team(q);
    k.M = question_size(q, 'M');
    k.C = question_size(q, 'C');
    k.magnitude = question_scratch(q, k.M * k.C);
    scalar *y = question_output(q, "y", "[N]M"), *d = question_scratch(q, rows * k.M * k.C);
    for (size_t n = 0; n < rows; n++) {
        scalar *row = d + n * k.M * k.C, *distance = y + n * k.M;
        for (size_t i = 0; i < k.M * k.C; i++)
            row[i] = x1[n * k.C + i % k.C] - x2[i] + epsilon;
        if (k.p != 2)
            distances_by_powers(team, &k, distance, row);
        else
            team_row_products(team, k.M, k.C, row, row, distance);
        for (size_t m = 0; k.p == 2 && m < k.M; m++)
            distance[m] = scalar_sqrt(distance[m]);
        slopes(team, &k, row, distance);
    }
    backward(q, &k, d, dy);
}
