// SPDX-License-Identifier: MIT
/* defense.h - what the defences of the engine share: probabilities of logits and their gradient,
 * and the reduction of bit depth. */
#pragma once

#include "victim.h"

/* p (rows,K) from z (rows,K), which may be the same: e = e^(z - max), divided by a chain over k. */
void defense_softmax(const struct team *team, size_t rows, size_t K, const scalar *z, scalar *p);

/* dz (rows,K) from p and dp (rows,K): p (dp - chain of dp p over k). */
void defense_softmax_backward(const struct team *team, size_t rows, size_t K, const scalar *p,
                              const scalar *dp, scalar *dz);

/* x of the box [low, high] on 2^bits - 1 steps; halves to the even step (0), up (1), or cut (2). */
scalar defense_reduce(scalar x, scalar low, scalar high, size_t bits, int rounding);
