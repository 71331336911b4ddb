// SPDX-License-Identifier: MIT
/* Capacity sweep: least squares with the first c of a list of features, for each c of a list; the
 * best capacity, and the simplest that is nearly as good.
 *
 *     w[k]                = argmin sum_n (sum_{j<c} f[n,j] w_j - y[n])^2 + l2 |w|^2,  c =
 *     capacity[k] training_error[k]   = mean over n < N of (f w[k] - y)^2
 *     validation_error[k] = mean over m < M of (g w[k] - t)^2
 *     score[k]            = validation_error[k], or N log training_error[k] + c price,
 *                           price = 2 for aic, log N for bic
 *     chosen              = the index k of the smallest score
 *     simplest            = the first k with score[k] <= score[chosen] + allowance
 *     saved               = capacity[chosen] - capacity[simplest]: parameters that go
 *
 * N samples, M for validation, K capacities. f (N,C), g (M,C) are given (a network of fixed random
 * units), or f[n,j] = x[n]^j and g[m,j] = u[m]^j: polynomials of degree c - 1, from x (N), u (M).
 * y (N), t (M), capacity (K) rising whole numbers from 1.
 *
 * Conventions: features = given (default) or powers; selection = validation (default), aic or bic;
 *     tie = smallest (default: of equal scores the first) or largest; penalty = all (default) or
 *     not_first (the first feature is the constant); within = absolute (default, allowance =
 *     tolerance), relative (tolerance score[chosen]) or standard_error (tolerance standard errors
 *     of the chosen validation error: sqrt(sum_m (loss - mean)^2 / (M - 1) / M); 1 is glmnet's and
 *     CART's rule).
 * Numbers: l2 (0), tolerance (0), block.
 * Source: documents 000 Q42 and 004 S4 (fewer layers, fewer neurons); Akaike 1974; Schwarz 1978;
 *     Breiman, Friedman, Olshen and Stone 1984, section 3.4.3.
 * Edge cases: c = N interpolates. Refused: no capacity, capacities that do not rise or are beyond C
 * (32
 *     for powers), c above N without l2, a negative l2 or tolerance, no validation sample (a single
 *     one for standard errors), an allowance of aic or bic that is not absolute or a training error
 *     of 0 there, no training sample, and a system that is not positive definite.
 * Order of operations: powers x^j = x^(j-1) x. Sums over samples in blocks, of f_i f_j and of f_i
 * y;
 *     + l2; Cholesky of the largest system row after row, each element a chain from -H[i,j] of
 *     L[i,k] L[j,k], negated, divided by L[j,j] or rooted; forward substitution likewise from the
 *     negated right side; each capacity is a back substitution of its leading part. f w: a chain
 *     from 0. Errors: (p - y) (p - y), summed in blocks, divided by the count. log term: N times
 *     log, + c price. best + allowance. Comparisons of scores are decisions.
 */
#pragma once

#include "../call.h"

enum capacity_selection { CAPACITY_VALIDATION, CAPACITY_AIC, CAPACITY_BIC };
enum capacity_within { CAPACITY_ABSOLUTE, CAPACITY_RELATIVE, CAPACITY_STANDARD_ERROR };

struct capacity_samples {
    size_t count;
    const real *f, *y; /* (count,C), (count) */
};

struct capacity_sweep {
    size_t C, K, block; /* C: features there are, of which the last capacity are used */
    struct capacity_samples training, validation;
    const int *capacity;
    enum capacity_selection selection;
    enum capacity_within within;
    int largest, not_first;
    real l2, tolerance;
};

struct capacity_sweep capacity_sweep_read(struct call *call);

/* w (K,C), 0 beyond each capacity. */
void capacity_sweep_fit(struct call *call, real *w, const struct capacity_sweep *sweep);

/* The mean loss of w (C) with c features; loss (count) of each sample. */
real capacity_sweep_error(real *loss, const struct capacity_sweep *sweep, const real *w, size_t c,
                          const struct capacity_samples *at);

/* Outputs w (K,C), training_error, validation_error, score (K), chosen, simplest, saved; with
 * standard errors standard_error (K). */
void capacity_sweep_answer(struct call *call);
