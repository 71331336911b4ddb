// SPDX-License-Identifier: MIT
/* The objective of a variational autoencoder; definition in
 * reference/losses/evidence_lower_bound.h.
 *
 * How it is distributed: the samples are sharded. Two numbers cross the network together, the sums
 * over samples of both terms: within a sample a chain, then the fixed tree over the blocks.
 */
#include "loss.h"

enum likelihood { BERNOULLI, GAUSSIAN, SQUARED };

struct bound {
    size_t rows, K, J;
    enum likelihood likelihood;
    scalar by_elements, by_latents, W, beta, dloss;
};

/* rho (n) and its slopes (n); e is spare. */
static void elements(const struct team *team, enum likelihood likelihood, size_t n, const scalar *y,
                     const scalar *t, scalar *e, scalar *rho, scalar *slope)
{
    for (size_t i = 0; i < n; i++)
        e[i] = -scalar_absolute(y[i]);
    if (likelihood == BERNOULLI) {
        team->kernels->exponential(n, e, e);
        team->kernels->logarithm_one_plus(n, rho, e);
    }
    for (size_t i = 0; i < n; i++) {
        const scalar d = y[i] - t[i], square = d * d;
        if (likelihood != BERNOULLI) {
            rho[i] = likelihood == GAUSSIAN ? square / 2 : square;
            slope[i] = likelihood == GAUSSIAN ? d : 2 * d;
            continue;
        }
        const bool below = y[i] < 0;
        const scalar near = rho[i], far = scalar_absolute(y[i]) + near;
        const scalar large = 1 / (1 + e[i]), small = e[i] / (1 + e[i]);
        rho[i] = t[i] * (below ? far : near) + (1 - t[i]) * (below ? near : far);
        slope[i] = (1 - t[i]) * (below ? small : large) - t[i] * (below ? large : small);
    }
}

/* Adds rows of `values` (rows,n), divided, to places 0 or 1 of sums (rows,2). */
static void add_rows(const struct bound *a, const scalar *values, size_t n, scalar divisor,
                     scalar *sums)
{
    for (size_t r = 0; r < a->rows; r++) {
        scalar sum = 0;
        for (size_t k = 0; k < n; k++)
            sum += values[r * n + k];
        sums[2 * r] = sum / divisor;
    }
}

static void reconstruction(struct question *q, const struct bound *a, scalar *sums)
{
    const scalar *y = question_input(q, "y", "[N]K"), *t = question_input(q, "t", "[N]K");
    const size_t n = a->rows * a->K;
    scalar *rho = question_scratch(q, n), *dy = question_output(q, "dy", "[N]K");
    elements(question_team(q), a->likelihood, n, y, t, question_scratch(q, n), rho, dy);
    for (size_t i = 0; i < n; i++)
        dy[i] = dy[i] / a->by_elements * a->dloss / a->W;
    add_rows(a, rho, a->K, a->by_elements, sums);
}

static void divergence(struct question *q, const struct bound *a, scalar *sums)
{
    const scalar *m = question_input(q, "mean", "[N]J");
    const scalar *v = question_input(q, "log_variance", "[N]J");
    const size_t n = a->rows * a->J;
    scalar *d = question_scratch(q, n), *grown = question_scratch(q, n);
    scalar *dm = question_output(q, "dmean", "[N]J");
    scalar *dv = question_output(q, "dlog_variance", "[N]J");
    question_team(q)->kernels->exponential_minus_one(n, grown, v);
    for (size_t i = 0; i < n; i++) {
        const scalar square = m[i] * m[i];
        d[i] = (grown[i] - v[i] + square) / 2;
        dm[i] = a->beta * m[i] / a->by_latents * a->dloss / a->W;
        dv[i] = a->beta * grown[i] / 2 / a->by_latents * a->dloss / a->W;
    }
    add_rows(a, d, a->J, a->by_latents, sums + 1);
}

/* All ranks look at all targets, so they find the same. */
static void check_targets(struct question *q)
{
    const scalar *t = question_input(q, "t", "NK");
    for (size_t i = 0; i < question_size(q, 'N') * question_size(q, 'K'); i++)
        if (!(t[i] >= 0 && t[i] - 1 <= (scalar)1e-6))
            question_refuse(q, "element %zu of 't' is %g; give 0 to 1", i, (double)t[i]);
}

static struct bound read_bound(struct question *q)
{
    static const char *const likelihoods[] = {"bernoulli", "gaussian", "squared", NULL};
    static const char *const overs[] = {"sum", "mean", "mean_reconstruction", NULL};
    static const char *const reductions[] = {"mean", "sum", NULL};
    question_input(q, "y", "[N]K");
    question_input(q, "mean", "[N]J");
    struct bound a = {.rows = question_part(q, 'N'),
                      .K = question_size(q, 'K'),
                      .J = question_size(q, 'J'),
                      .beta = question_number_or(q, "beta", 1)};
    const size_t N = question_size(q, 'N');
    const int over = question_choice(q, "over", overs);
    if (N == 0 || a.K == 0)
        question_refuse(q, "its 'y' has no elements; give at least one");
    if (a.J == 0)
        question_refuse(q, "its 'mean' has no elements; give at least one");
    if (!(a.beta >= 0))
        question_refuse(q, "its 'beta' is %g; give at least 0", (double)a.beta);
    a.likelihood = (enum likelihood)question_choice(q, "likelihood", likelihoods);
    a.by_elements = over == 0 ? 1 : (scalar)a.K;
    a.by_latents = over == 1 ? (scalar)a.J : 1;
    a.W = question_choice(q, "reduction", reductions) == 1 ? 1 : (scalar)N;
    a.dloss = question_has(q, "dloss") ? *question_input(q, "dloss", "") : 1;
    return a;
}

void evidence_lower_bound_run(struct question *q)
{
    const struct bound a = read_bound(q);
    if (a.likelihood == BERNOULLI)
        check_targets(q);
    scalar *sums = question_scratch(q, 2 * a.rows), total[2];
    reconstruction(q, &a, sums);
    divergence(q, &a, sums);
    loss_sum_rows(q, 'N', 2, sums, total);
    total[0] /= a.W;
    total[1] /= a.W;
    question_output(q, "reconstruction", "")[0] = total[0];
    question_output(q, "divergence", "")[0] = total[1];
    question_output(q, "loss", "")[0] = total[0] + a.beta * total[1];
}
