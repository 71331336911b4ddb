// SPDX-License-Identifier: MIT
/* Mini-batch training of a multilayer perceptron, step by step.
 *
 *     for each epoch e = 1 .. E:
 *         for each batch of `batch` consecutive entries of permutation[e] (the last one shorter):
 *             forward, loss (the mean over this batch), backward      (multilayer_perceptron.h)
 *             update of all parameters with rate rate[s]              (the optimizer's file)
 *
 * N samples; x (N,D) and labels (N) or targets (N,K); permutation (E,N), each row a permutation of
 * 0..N-1; rate (S), with S = E ceil(N / batch), or the S first steps when rate is shorter. Parameters
 * start from w1, b1, ...; the state of the optimizer starts from zero.
 *
 * Outputs, with a leading axis of S steps: loss (S), w1_after (S,D,A), b1_after (S,A), ...; for
 * momentum v_w1 ...; for Adam m_w1, v_w1, m_b1, v_b1 ... With record = last the leading axis is 1
 * and only the final state is given (loss stays (S)).
 *
 * Conventions: optimizer = gradient_descent (default), momentum (rate_outside, no dampening) or
 *     adam (after_correction, with bias correction), with their numbers; last_batch = keep (default)
 *     or drop. Gradients of a short batch are divided by its own size.
 * Source: documents 000-003 Q10 and Q49, 004 T4, T33 and S3 (32, 64, 128; shuffle every epoch).
 * Edge cases: batch >= N is batch gradient descent; batch = 1 is one-sample SGD.
 * Order of additions: blocks are consecutive positions within the batch, so sums over samples do
 *     not depend on who holds the samples.
 */
#pragma once

#include "../call.h"

/* See above. */
void mini_batch_training_answer(struct call *call);
