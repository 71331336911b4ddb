// SPDX-License-Identifier: MIT
/* generative.h - what several measures of samples need. */
#pragma once

#include "../question.h"

/* mean (D) and covariance (D,D), divided by n - ddof, of all samples of axis `letter`, of which x
 * holds this rank's. Returns x freed of the mean. Two sums over samples. Collective. */
scalar *find_moments(struct question *q, char letter, const scalar *x, size_t D, size_t ddof,
                     scalar *mean, scalar *covariance);

/* What pairs of samples are compared by: see reference/generative/pair_means.h. */
enum pair_kind { PAIR_GAUSSIAN, PAIR_POLYNOMIAL, PAIR_DISTANCE };

struct pair_kernel {
    enum pair_kind kind;
    size_t D, W, degree;
    const scalar *sigma; /* (W) */
    scalar divisor, gamma, offset;
};

/* The sum of the kernel over all pairs of this axis' samples a (this rank's, of axis `letter`) and
 * the M samples b; without the pairs of sample i with itself when `skip`. Collective. */
scalar pair_sum(struct question *q, const struct pair_kernel *kernel, char letter, const scalar *a,
                const scalar *b, size_t M, bool skip);

/* g (D): the sum over b (M,D) of the kernel's gradient at a, but for place `skip` (M: none). */
void pair_gradient(struct question *q, const struct pair_kernel *kernel, scalar *g, const scalar *a,
                   const scalar *b, size_t M, size_t skip);
