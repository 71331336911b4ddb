// SPDX-License-Identifier: MIT
/* Frechet distance of the normal distributions with the moments of two sets of samples (FID, when
 * the samples are features of an Inception network).
 *
 *     mean_term  = |mean_x - mean_y|^2
 *     root_trace = tr((A B)^(1/2)) = sum_i sqrt(lambda_i),  lambda of L^T B L,  A = L L^T
 *     distance   = mean_term + tr A + tr B - 2 root_trace                     (the square)
 *     A = covariance of x + epsilon I,  B = covariance of y + epsilon I
 *
 * N samples x, M samples y of D features; x (N,D), y (M,D), or mean_y (D) and covariance_y (D,D)
 * as stored statistics have it. Outputs scalars. A B is not symmetric, but similar to L^T B L,
 * whose eigenvalues are real: no complex root is needed, as scipy.linalg.sqrtm finds and FID codes
 * cut.
 *
 * Conventions: root = no (default: FID is the square, Heusel et al. 2017) or yes.
 * Numbers: ddof (1, numpy.cov; 0: maximum likelihood), epsilon (0; pytorch-fid adds 1e-6 when A B
 *     is singular).
 * Source: Dowson and Landau 1982; Heusel et al. 2017, eq. 6; document 004 C8.
 * Edge cases: equal moments: 0 up to rounding. Refused: A not positive definite (fewer samples than
 *     features; state an epsilon), ddof that leaves nothing to divide by, a negative epsilon.
 * Order of operations: moments as in sample_moments.h; Cholesky as in
 *     synthetic_data/gaussian_cloud.h; B L, then L^T of it, fused chains from 0; eigenvalues by 10
 *     sweeps of Jacobi's rotations, pairs in row order, those of an exact 0 left out; the roots of
 *     what is above 0, a chain. distance: ((mean_term + tr A) + tr B) - 2 root_trace, not below 0
 *     before a root.
 */
#pragma once

#include "sample_moments.h"

enum { FRECHET_SWEEPS = 10 };

struct frechet {
    size_t D;
    int rooted;
    real *mean_x, *mean_y, *a, *b; /* (D), (D,D) with epsilon */
    real *mean_term, *root_trace, *distance;
};

/* Inputs with their moments, and outputs. */
struct frechet frechet_distance_read(struct call *call);

/* The eigenvalues of the symmetric a (D,D) come to stand on its diagonal. */
void jacobi_eigenvalues(real *a, size_t D);

void frechet_distance_answer(struct call *call);
