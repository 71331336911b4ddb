// SPDX-License-Identifier: MIT
/* How often a test set was used, and what may still be learnt from it.
 *
 *     ledger:      answer[q] = test[q] for the first B questions, 0 after; every question is one
 *     use thresholdout: T' = T + 2 s g[0];  for each question q while budget is left:
 *                     if |test[q] - train[q]| > T' + 4 s a[q]:
 *                         answer = test[q] + s x[q],  budget - 1,  T' = T + 2 s g[q+1]
 *                     else answer = train[q], and no use
 *     used[q] = 1 where the answer came from the test set;  left[q] the budget after it
 *     first_reuse = the first q that is not the first use of the test set, or Q;  uses = sum used
 *     bias[q] = answer[q] - train[q]
 *
 * Q questions; train and test (Q), the estimates on either set; for thresholdout a, x (Q) and g
 * (Q+1), Laplace deviates of scale 1. The golden rule is uses = 1: who chooses among Q models by
 * the test set has used it Q times. This is the computable core of the catalogue's row: a counter,
 * and the mechanism that makes reuse safe.
 *
 * Conventions: access = ledger (default) or thresholdout; when_spent = silent (default: answers 0,
 *     used 0) or train (the training estimate).
 * Numbers: budget B (1), threshold T (0.04), scale s (0.01).
 * Source: document 004 G15 (the test set is used once); Dwork et al. 2015, figure 1.
 * Edge cases: a budget of 0. Refused: a negative scale or threshold, no questions.
 * Order of operations: T + ((2 s) g), T' + ((4 s) a), test + (s x). Decisions: |test - train| -
 *     (T' + 4 s a).
 */
#pragma once

#include "../call.h"

struct access_log {
    size_t Q, budget;
    int thresholdout, train_when_spent;
    real threshold, scale;
    const real *train, *test, *a, *x, *g;
    real *answer, *bias, *used, *left, *first_reuse, *uses;
};

/* Inputs and outputs. */
struct access_log test_set_access_read(struct call *call);

void test_set_access_answer(struct call *call);
