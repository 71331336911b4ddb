// SPDX-License-Identifier: MIT
/* Frechet distance; definition in reference/generative/frechet_distance.h.
 *
 * How it is distributed: both sets of samples are sharded, each by itself. Four sums cross the
 * network, of the samples and of the products of their gaps; every rank finds the same eigenvalues.
 */
#include "../synthetic_data/cholesky.h"
#include "../techniques.h"
#include "generative.h"

#include <string.h>

enum { SWEEPS = 10 };

struct moments {
    scalar *mean, *covariance;
};

static struct moments sampled(struct question *q, const char *name, const char *shape, char letter,
                              scalar epsilon)
{
    const scalar *x = question_input(q, name, shape);
    const size_t N = question_size(q, letter), D = question_size(q, 'D');
    if (N == 0 || D == 0)
        question_refuse(q, "its input '%s' is empty", name);
    const size_t ddof = question_count_or(q, "ddof", 1, 0, N - 1);
    struct moments m = {question_scratch(q, D), question_scratch(q, D * D)};
    find_moments(q, letter, x, D, ddof, m.mean, m.covariance);
    for (size_t d = 0; d < D; d++)
        m.covariance[d * (D + 1)] += epsilon;
    return m;
}

static struct moments stored(struct question *q, size_t D, scalar epsilon)
{
    struct moments m = {question_scratch(q, D), question_scratch(q, D * D)};
    memcpy(m.mean, question_input(q, "mean_y", "D"), D * sizeof *m.mean);
    memcpy(m.covariance, question_input(q, "covariance_y", "DD"), D * D * sizeof *m.mean);
    for (size_t d = 0; d < D; d++)
        m.covariance[d * (D + 1)] += epsilon;
    return m;
}

/* A rotation in the plane of axes p and q of the symmetric a (D,D). */
static void turn(scalar *a, size_t D, size_t p, size_t q)
{
    const scalar off = a[p * D + q];
    const scalar theta = (a[q * D + q] - a[p * D + p]) / (2 * off);
    const scalar size = 1 / (scalar_absolute(theta) + scalar_sqrt(theta * theta + 1));
    const scalar t = theta < 0 ? -size : size, c = 1 / scalar_sqrt(t * t + 1), s = t * c;
    const scalar tau = s / (1 + c);
    for (size_t k = 0; k < D; k++) {
        const scalar x = a[k * D + p], y = a[k * D + q];
        if (k != p && k != q) {
            a[p * D + k] = a[k * D + p] = x - s * (y + tau * x);
            a[q * D + k] = a[k * D + q] = y + s * (x - tau * y);
        }
    }
    a[p * D + p] -= t * off;
    a[q * D + q] += t * off;
    a[p * D + q] = a[q * D + p] = 0;
}

/* The sum of the roots of the eigenvalues of a (D,D). */
static scalar root_trace(scalar *a, size_t D)
{
    scalar sum = 0;
    for (int sweep = 0; sweep < SWEEPS; sweep++)
        for (size_t p = 0; p < D; p++)
            for (size_t q = p + 1; q < D; q++)
                if (a[p * D + q] != 0)
                    turn(a, D, p, q);
    for (size_t d = 0; d < D; d++)
        sum += a[d * D + d] > 0 ? scalar_sqrt(a[d * D + d]) : 0;
    return sum;
}

static scalar trace(const scalar *a, size_t D)
{
    scalar sum = 0;
    for (size_t d = 0; d < D; d++)
        sum += a[d * D + d];
    return sum;
}

void frechet_distance_run(struct question *q)
{
    static const char *const roots[] = {"no", "yes", NULL};
    const scalar epsilon = question_number_or(q, "epsilon", 0);
    const bool rooted = question_choice(q, "root", roots) == 1;
    if (!(epsilon >= 0))
        question_refuse(q, "its number 'epsilon' is below 0");
    const struct moments x = sampled(q, "x", "[N]D", 'N', epsilon);
    const size_t D = question_size(q, 'D');
    const bool given = question_has(q, "covariance_y");
    const struct moments y = given ? stored(q, D, epsilon) : sampled(q, "y", "[M]D", 'M', epsilon);
    const struct team *team = question_team(q);
    scalar *l = question_scratch(q, D * D), *bl = question_scratch(q, D * D);
    scalar *s = question_scratch(q, D * D), *gap = question_scratch(q, D);
    cholesky_factor(q, l, x.covariance, D, "x");
    team_product(team, false, false, D, D, D, y.covariance, D, l, D, bl, D);
    team_product(team, true, false, D, D, D, l, D, bl, D, s, D);
    for (size_t d = 0; d < D; d++)
        gap[d] = x.mean[d] - y.mean[d];
    scalar *mean_term = question_output(q, "mean_term", "");
    scalar *root = question_output(q, "root_trace", "");
    scalar *distance = question_output(q, "distance", "");
    team_row_products(team, 1, D, gap, gap, mean_term);
    *root = root_trace(s, D);
    *distance = *mean_term + trace(x.covariance, D) + trace(y.covariance, D) - 2 * *root;
    if (rooted)
        *distance = *distance > 0 ? scalar_sqrt(*distance) : 0;
}
