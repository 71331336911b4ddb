// SPDX-License-Identifier: MIT
/* Logistic regression: a sigmoid unit trained on the log loss, by gradient descent or by Newton.
 *
 *     z[n] = b + sum_d x[n,d] w[d];   p = 1 / (1 + e^-z)
 *     loss = mean over n of (-y log p - (1 - y) log(1 - p)) + l2/2 |w|^2
 *     g    = mean of (p - y) x + l2 w            for w;   mean of (p - y)             for b
 *     gradient_descent:  (w, b) <- (w, b) - rate g
 *     newton:            (w, b) <- (w, b) - rate H^-1 g,   H = mean of p (1 - p) x x' + l2 I
 *
 * N samples of D features, S steps; x (N,D), labels (N) of -1, 0 or 1: y = 1 where the label is
 * above 0, else 0. w (D) and b start at 0, or at the inputs. In H the bias is one more feature,
 * constantly 1, in the last place, and without l2. Numbers: rate (1), l2 (0), steps.
 *
 * Conventions: solver = gradient_descent (default) or newton (IRLS when the rate is 1); reduction =
 *     mean (default) or sum: of the log loss, not of the penalty; penalty = weights (default) or
 * all (b too, as in liblinear).
 * Source: Cox 1958; documents 000 Q9, 001 Q3 (a perceptron with a sigmoid).
 * Edge cases: separable data without l2 has no minimum: weights grow step by step. H that is not
 *     positive definite in the precision in use is refused, and so are a negative rate or l2 and
 *     any other label.
 * Order of operations: z is one fused-multiply-add chain over the features from b. e = exp(-|z|);
 *     p = 1 / (1 + e), or e / (1 + e) for z < 0; a sample's loss is (max(z,0) - z y) + log1p(e).
 *     Sums over samples in blocks, of (p - y) x and of (s x_i) x_j with s = p (1 - p), x_D = 1,
 *     divided by N for mean. Then + l2 w, rounded twice; the penalty is (l2/2) times a chain over
 *     the w (then b). H = L L' by Cholesky, row after row: each element is a chain from -H[i,j] of
 *     L[i,k] L[j,k], negated, and divided by L[j,j] or rooted; both substitutions likewise, from
 *     the negated right side, terms in rising order. Last w - rate step.
 */
#pragma once

#include "../call.h"

struct logistic_problem {
    size_t N, D, block;
    const real *x;     /* (N,D+1), the last column 1 */
    const int *target; /* (N), 0 or 1 */
    int newton, sum, penalises_bias;
    real rate, l2;
};

/* p, loss (N) with the parameters v = (w, b) (D+1). */
void logistic_regression_predict(real *p, real *loss, const real *v,
                                 const struct logistic_problem *problem);

/* The whole loss and its gradient g (D+1) from the residuals p - y and the losses (N). */
real logistic_regression_gradient(real *g, const real *residual, const real *loss, const real *v,
                                  const struct logistic_problem *problem);

/* h (D+1,D+1) from p; scaled (N) is scratch. */
void logistic_regression_hessian(real *h, real *scaled, const real *p,
                                 const struct logistic_problem *problem);

/* g (K) <- h^-1 g; h (K,K) is overwritten. Returns 0, or -1 when h is not positive definite. */
int logistic_regression_solve(real *g, real *h, size_t K);

/* Inputs x, labels, optionally w, b; outputs w_after (S,D), b_after (S), loss (S) before each step,
 * and p (N) after the last. */
void logistic_regression_answer(struct call *call);
