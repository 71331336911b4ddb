// SPDX-License-Identifier: MIT
/* Moments of samples; definition in reference/generative/sample_moments.h.
 *
 * How it is distributed: the samples are sharded. Two sums cross the network, of the samples and
 * of the products of their gaps to the mean; gradients stay where their samples are.
 */
#include "../synthetic_data/cholesky.h"
#include "../techniques.h"
#include "generative.h"

/* |a - b| of n numbers; gap (n). */
static scalar distance(const struct team *team, scalar *gap, const scalar *a, const scalar *b,
                       size_t n)
{
    scalar square;
    for (size_t i = 0; i < n; i++)
        gap[i] = a[i] - b[i];
    team_row_products(team, 1, n, gap, gap, &square);
    return scalar_sqrt(square);
}

/* |L^-1 gap|^2. */
static scalar whitened(struct question *q, const scalar *l, const scalar *gap, size_t D)
{
    scalar *u = question_scratch(q, D), square;
    for (size_t i = 0; i < D; i++) {
        scalar rest = -gap[i];
        if (i > 0)
            team_product(question_team(q), false, false, 1, 1, i, l + i * D, D, u, 1, &rest, 1);
        u[i] = -rest / l[i * D + i];
    }
    team_row_products(question_team(q), 1, D, u, u, &square);
    return square;
}

void sample_moments_run(struct question *q)
{
    const scalar *x = question_input(q, "x", "[N]D");
    const size_t N = question_size(q, 'N'), D = question_size(q, 'D');
    if (N == 0 || D == 0)
        question_refuse(q, "its input 'x' is empty");
    const scalar *target_mean = question_input(q, "target_mean", "D");
    const scalar *target_covariance = question_input(q, "target_covariance", "DD");
    const size_t ddof = question_count_or(q, "ddof", 1, 0, N - 1), rows = question_part(q, 'N');
    scalar *mean = question_output(q, "mean", "D");
    scalar *covariance = question_output(q, "covariance", "DD");
    scalar *c = find_moments(q, 'N', x, D, ddof, mean, covariance);
    scalar *gap = question_scratch(q, D * D), *l = question_scratch(q, D * D);
    const struct team *team = question_team(q);
    scalar *mean_error = question_output(q, "mean_error", "");
    *question_output(q, "covariance_error", "") =
        distance(team, gap, covariance, target_covariance, D * D);
    *mean_error = distance(team, gap, mean, target_mean, D);
    cholesky_factor(q, l, target_covariance, D, "target_covariance");
    *question_output(q, "mahalanobis", "") = whitened(q, l, gap, D);
    if (!question_has(q, "dmean"))
        return;
    const scalar *dmean = question_input(q, "dmean", "D");
    const scalar *dcovariance = question_input(q, "dcovariance", "DD");
    scalar *dx = question_output(q, "dx", "[N]D"), *both = question_scratch(q, D * D);
    for (size_t i = 0; i < D; i++)
        for (size_t j = 0; j < D; j++)
            both[i * D + j] = dcovariance[i * D + j] + dcovariance[j * D + i];
    if (rows > 0)
        team_product(team, false, true, rows, D, D, c, D, both, D, dx, D);
    for (size_t i = 0; i < rows * D; i++)
        dx[i] = dx[i] / (scalar)(N - ddof) + dmean[i % D] / (scalar)N;
}
