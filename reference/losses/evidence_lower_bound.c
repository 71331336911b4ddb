// SPDX-License-Identifier: MIT
#include "evidence_lower_bound.h"

enum likelihood { BERNOULLI, GAUSSIAN, SQUARED };

/* rho of one element, and its slope. */
static real element(enum likelihood likelihood, real y, real t, real *slope)
{
    if (likelihood != BERNOULLI) {
        real d = y - t;
        *slope = likelihood == GAUSSIAN ? d : 2 * d;
        return likelihood == GAUSSIAN ? d * d / 2 : d * d;
    }
    real e = real_exp(-real_abs(y)), l = real_log1p(e);
    real large = 1 / (1 + e), small = e / (1 + e);
    real u = y < 0 ? real_abs(y) + l : l, v = y < 0 ? l : real_abs(y) + l;
    *slope = (1 - t) * (y < 0 ? small : large) - t * (y < 0 ? large : small);
    return t * u + (1 - t) * v;
}

struct bound {
    size_t N, K, J, block;
    enum likelihood likelihood;
    real by_elements, by_latents, W, beta, dloss; /* divisors */
};

static real reconstruction(struct call *call, const struct bound *a)
{
    const real *y = call_input(call, "y", "NK"), *t = call_input(call, "t", "NK");
    real *dy = call_output(call, "dy", "NK");
    real *rho = call_scratch(call, a->K), *R_n = call_scratch(call, a->N), slope;
    for (size_t n = 0; n < a->N; n++) {
        for (size_t k = 0; k < a->K; k++) {
            size_t i = n * a->K + k;
            if (a->likelihood == BERNOULLI && !(t[i] >= 0 && t[i] - 1 <= R(1e-6)))
                call_fail(call, "element %zu of input 't' must be in 0..1", i);
            rho[k] = element(a->likelihood, y[i], t[i], &slope);
            dy[i] = slope / a->by_elements * a->dloss / a->W;
        }
        R_n[n] = sum_features(a->K, rho, 1) / a->by_elements;
    }
    return sum_samples(a->N, a->block, R_n, 1) / a->W;
}

static real divergence(struct call *call, const struct bound *a)
{
    const real *m = call_input(call, "mean", "NJ"), *v = call_input(call, "log_variance", "NJ");
    real *dm = call_output(call, "dmean", "NJ"), *dv = call_output(call, "dlog_variance", "NJ");
    real *d = call_scratch(call, a->J), *D_n = call_scratch(call, a->N);
    for (size_t n = 0; n < a->N; n++) {
        for (size_t j = 0; j < a->J; j++) {
            size_t i = n * a->J + j;
            real grown = real_expm1(v[i]);
            d[j] = ((grown - v[i]) + m[i] * m[i]) / 2;
            dm[i] = a->beta * m[i] / a->by_latents * a->dloss / a->W;
            dv[i] = a->beta * grown / 2 / a->by_latents * a->dloss / a->W;
        }
        D_n[n] = sum_features(a->J, d, 1) / a->by_latents;
    }
    return sum_samples(a->N, a->block, D_n, 1) / a->W;
}

void evidence_lower_bound_answer(struct call *call)
{
    static const char *const likelihoods[] = {"bernoulli", "gaussian", "squared", NULL};
    static const char *const overs[] = {"sum", "mean", "mean_reconstruction", NULL};
    static const char *const reductions[] = {"mean", "sum", NULL};
    call_input(call, "y", "NK");
    call_input(call, "mean", "NJ");
    struct bound a = {.N = call_size(call, 'N'),
                      .K = call_size(call, 'K'),
                      .J = call_size(call, 'J'),
                      .block = call_block(call)};
    if (a.N == 0 || a.K == 0)
        call_fail(call, "input 'y' has no elements: its mean is 0 / 0");
    if (a.J == 0)
        call_fail(call, "input 'mean' has no elements: there is nothing to encode into");
    int over = call_choice(call, "over", overs);
    a.likelihood = (enum likelihood)call_choice(call, "likelihood", likelihoods);
    a.by_elements = over == 0 ? R(1.0) : real_count(a.K);
    a.by_latents = over == 1 ? real_count(a.J) : R(1.0);
    a.W = call_choice(call, "reduction", reductions) ? R(1.0) : real_count(a.N);
    a.beta = call_number_or(call, "beta", R(1.0));
    if (!(a.beta >= 0))
        call_fail(call, "number 'beta' must be at least 0");
    a.dloss = call_has(call, "dloss") ? *call_input(call, "dloss", "") : R(1.0);
    real r = reconstruction(call, &a), d = divergence(call, &a);
    *call_output(call, "reconstruction", "") = r;
    *call_output(call, "divergence", "") = d;
    *call_output(call, "loss", "") = r + a.beta * d;
}
