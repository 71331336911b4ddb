// SPDX-License-Identifier: MIT
/* Perceptron learning rule: a single unit with a step, corrected after every sample.
 *
 *     z     = b + sum_d x[n,d] w[d]
 *     y_hat = 1 if z >= 0, else low                            low = 0 (or -1, see targets)
 *     u     = rate (y[n] - y_hat);   w <- w + u x[n];   b <- b + u
 *
 * for every sample n in the order given, and for E epochs. N samples of D features; x (N,D), labels
 * (N) of -1, 0 or 1: y = 1 where the label is above 0, else low. w (D) and b start at 0, or at the
 * inputs w and b. Optional order (E,N): a permutation of the samples for each epoch.
 * Numbers: rate (0.01), epochs.
 *
 * Conventions: targets = zero_one (default) or signed (low = -1, so a correction is twice as
 * large); at_zero = one (default: a net input of 0 fires) or low (it does not).
 * Source: Rosenblatt 1958; documents 002 Q3, 003 Q3, 004 C1.
 * Edge cases: from zero weights the first net input is exactly 0: a tie that at_zero decides.
 *     From zero, the rate scales w and b but changes no prediction. Without a separating line the
 *     rule never settles (XOR); mistakes then never reach 0. Every net input is a decision.
 *     A negative rate, no epochs and an order that does not hold each sample once are refused.
 * Order of operations: samples strictly one after another. z is one fused-multiply-add chain over
 *     the features from b; u is one product; w + u x is rounded twice, b + u once.
 */
#pragma once

#include "../call.h"

struct perceptron_rule {
    size_t N, D;
    const real *x;     /* (N,D) */
    const int *target; /* (N), 1 or low */
    int low, fires_at_zero;
    real rate;
};

/* 1 or low. */
int perceptron_rule_step(real z, const struct perceptron_rule *rule);

/* One pass over the samples order[0 .. N-1], updating w (D) and b in place; net (N) keeps the net
 * inputs that were met. Returns the number of mistakes. */
size_t perceptron_rule_epoch(real *w, real *b, real *net, const int *order,
                             const struct perceptron_rule *rule);

/* predicted (N) and net (N) with the weights w, b. */
void perceptron_rule_predict(real *predicted, real *net, const real *w, real b,
                             const struct perceptron_rule *rule);

/* Inputs x, labels, optionally w, b, order; outputs w_after (E,D), b_after (E), mistakes (E) as met
 * during each epoch, and predicted (N) with the last weights. */
void perceptron_rule_answer(struct call *call);
