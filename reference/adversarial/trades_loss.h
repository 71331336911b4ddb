// SPDX-License-Identifier: MIT
/* TRADES loss: be right on the data, and be of the same opinion around it.
 *
 *     p = softmax(z),  q = softmax(z_adversarial)                     for each sample
 *     CE[n] = -log p[n, label[n]]
 *     KL[n] = sum_k p (log p - log q)
 *     loss  = sum_n CE[n] / N + beta sum_n KL[n] / W
 *     dz[n,k]             = dloss ((p - t) / N + beta p ((log p - log q) - KL[n]) / W)
 *     dz_adversarial[n,k] = dloss beta (q - p) / W
 *
 * z (N,K): logits of the inputs; z_adversarial (N,K): of inputs within the ball that make KL large;
 * labels (N), t is 1 at the label, else 0; number beta (6 in the paper's experiments), at least 0;
 * scalar dloss (1).
 *
 * Conventions:
 *   divergence = forward (default; the authors' code): KL(p || q), as above; reverse: KL(q || p) =
 *     sum_k q (log q - log p), with dz = dloss ((p - t) / N + beta (p - q) / W) and dz_adversarial
 *     = dloss beta q ((log q - log p) - KL) / W.
 *   mean = samples (default; "batchmean"): W = N; elements (PyTorch's "mean" of kl_div): W = N K;
 *     sum: W = 1.
 *   clean = through (default): gradients flow through both sides; stopped: what z is to KL is a
 *     constant, so dz is that of the cross-entropy alone. It is then called slope, not dz.
 * Source: Zhang et al. 2019, equation 5; documents 000 Q41, 002 Q41 (robust optimisation).
 * Edge cases: equal logits have KL 0 exactly. Logits a thousand apart are fine: logarithms of
 *     probabilities are never taken of probabilities. Refused: a negative beta, no sample, labels
 *     that are no classes.
 * Order of operations: log p = (z - m) - log s, s in a chain over k; p = e^(z - m) / s. KL is one
 *     chain of fused multiply-adds of p and (log p - log q). Sums over samples. Each quotient, then
 *     their sum, then dloss.
 */
#pragma once

#include "../call.h"

/* Outputs cross_entropy (N), divergence (N), loss, dz or slope (N,K), dz_adversarial (N,K). */
void trades_loss_answer(struct call *call);
