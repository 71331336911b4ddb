// SPDX-License-Identifier: MIT
/* Affine domain transfer: a cloud is given the mean and covariance of another one, as colours are
 * transferred between images.
 *
 *     y[n,:] = mean_s + (x[n,:] - mean_x) A,   A' X A = S        (moments: diagonals alone)
 *     X, S   = covariances of x and s, plus ridge on their diagonals
 *     moments:   A = diag(sqrt(S[d,d] / X[d,d]))
 *     cholesky:  A = (L_S L_X^-1)',  X = L_X L_X', S = L_S L_S', lower triangles
 *     symmetric: A = X^-1/2 S^1/2, symmetric roots               (whitening, then colouring)
 *     monge:     A = X^-1/2 (X^1/2 S X^1/2)^1/2 X^-1/2           (the least that points can move)
 *
 * N samples x (N,D) and M samples s (M,D). Outputs y (N,D) and A (D,D); rows of y are row vectors
 * times A. The last two methods are defined here for the plane, where the root of a covariance C is
 * (C + r 1) / sqrt(trace C + 2 r) with r = sqrt(det C), whose determinant is r.
 *
 * Conventions:
 *   method = moments (Reinhard et al., default), cholesky, symmetric (Li et al., WCT, up to the
 *     order of its eigenvectors; CORAL), monge (Pitie et al.).
 *   deviation = population (default): covariances / N and / M; sample: / (N - 1), as numpy.cov.
 *   center = moved (default); kept: y = x A without any mean (CORAL, which transfers the covariance
 *     alone).
 *   Number ridge (0, not negative; CORAL 1).
 * Source: Reinhard, Ashikhmin, Gooch and Shirley 2001, section 3; Pitie and Kokaram 2007, equations
 *     8 to 10; Li et al. 2017, equations 2 and 3; Sun, Feng and Saenko 2016; documents 004 G18, S2
 *     (images of one kind made into another): the part of it that needs no network.
 * Edge cases: the three roots agree where X and S have the same axes. Refused: fewer samples than a
 *     covariance needs, a covariance that is not positive definite, symmetric or monge outside the
 *     plane, a negative ridge.
 * Order of operations: means and products of distances from them are sums over samples in blocks,
 *     then / N; y a chain over features from mean_s (or 0); triangles row by row, each element
 *     minus its products in order of index; L_S L_X^-1 row by row from the last column; products of
 *     matrices in chains, left first; the inverse root (trace R 1 - R) / det R of the root R.
 */
#pragma once

#include "../call.h"

/* See above. */
void affine_domain_transfer_answer(struct call *call);
