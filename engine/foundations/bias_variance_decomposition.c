// SPDX-License-Identifier: MIT
/* Bias-variance decomposition; definition in reference/foundations/bias_variance_decomposition.h.
 *
 * How it is distributed: the points are sharded, each rank has all refits of its own; their means
 * are chains over the refits and need nothing from other ranks. Four sums over the points cross the
 * network, once: of bias squared, variance, noise and error; a chain over each canonical block,
 * then the fixed tree.
 */
#include "../techniques.h"

struct totals {
    scalar bias_squared, variance, noise, error;
};
enum { SUMS = 4 };

/* square (rows) = mean over the R rows of (x - centre)^2, with `count` for R. */
static void find_squares(struct question *q, scalar *square, const scalar *x, const scalar *centre,
                         size_t R, size_t count)
{
    size_t rows = question_part(q, 'N');
    scalar *gap = question_scratch(q, rows);
    for (size_t r = 0; r < R; r++) {
        for (size_t n = 0; n < rows; n++)
            gap[n] = x[r * rows + n] - centre[n];
        question_team(q)->kernels->multiply_add(rows, square, gap, gap);
    }
    for (size_t n = 0; n < rows; n++)
        square[n] = square[n] / (scalar)count;
}

static void find_mean(struct question *q, scalar *mean, const scalar *p, size_t R)
{
    size_t rows = question_part(q, 'N');
    for (size_t i = 0; i < R * rows; i++)
        mean[i % rows] += p[i];
    for (size_t n = 0; n < rows; n++)
        mean[n] = mean[n] / (scalar)R;
}

static struct totals add_up(struct question *q, const scalar *bias, const scalar *variance,
                            const scalar *noise, const scalar *error)
{
    scalar total[SUMS], points = (scalar)question_size(q, 'N');
    struct reduction *sum = question_sum(q, 'N', SUMS);
    for (size_t i = 0; i < reduction_pieces(sum); i++) {
        struct piece piece = reduction_piece(sum, i);
        scalar *leaf = reduction_leaf(sum);
        for (size_t n = piece.first; n < piece.first + piece.count; n++) {
            question_team(q)->kernels->multiply_add(1, leaf, bias + n, bias + n);
            leaf[1] += variance[n];
            leaf[2] += noise[n];
            leaf[3] += error[n];
        }
        reduction_push(sum);
    }
    reduction_finish(sum, total);
    return (struct totals){total[0] / points, total[1] / points, total[2] / points,
                           total[3] / points};
}

static void write_totals(struct question *q, const struct totals *total)
{
    question_output(q, "bias_squared", "")[0] = total->bias_squared;
    question_output(q, "variance_mean", "")[0] = total->variance;
    question_output(q, "noise", "")[0] = total->noise;
    question_output(q, "expected", "")[0] = total->bias_squared + total->variance + total->noise;
    question_output(q, "direct", "")[0] = total->error;
}

void bias_variance_decomposition_run(struct question *q)
{
    static const char *const variances[] = {"population", "sample", NULL};
    static const char *const biases[] = {"plain", "corrected", NULL};
    const scalar *p = question_input(q, "predictions", "R[N]");
    const scalar *truth = question_input(q, "truth", "[N]");
    size_t R = question_size(q, 'R'), N = question_size(q, 'N'), rows = question_part(q, 'N');
    size_t ddof = (size_t)question_choice(q, "variance", variances);
    if (R <= ddof || N == 0)
        question_refuse(q,
                        "its input 'predictions' has %zu refits of %zu points; give more, or "
                        "another convention 'variance'",
                        R, N);
    scalar *mean = question_output(q, "mean", "[N]"), *bias = question_output(q, "bias", "[N]");
    scalar *variance = question_output(q, "variance", "[N]");
    scalar *error = question_scratch(q, rows), *noise = question_scratch(q, rows);
    find_mean(q, mean, p, R);
    for (size_t n = 0; n < rows; n++)
        bias[n] = mean[n] - truth[n];
    find_squares(q, variance, p, mean, R, R - ddof);
    find_squares(q, error, p, truth, R, R);
    if (question_has(q, "observed")) {
        const scalar *observed = question_input(q, "observed", "T[N]");
        size_t T = question_size(q, 'T');
        if (T == 0)
            question_refuse(q, "its input 'observed' has no rows; leave it out");
        find_squares(q, noise, observed, truth, T, T);
    }
    struct totals total = add_up(q, bias, variance, noise, error);
    if (question_choice(q, "bias", biases) == 1)
        total.bias_squared = total.bias_squared - total.variance / (scalar)R;
    write_totals(q, &total);
}
