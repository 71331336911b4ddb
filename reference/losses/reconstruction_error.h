// SPDX-License-Identifier: MIT
/* Reconstruction error of an autoencoder: a score for each sample, and the loss over the normals.
 *
 *     r[n]    = y[n] - t[n]
 *     squared (default): e[n] = c sum_k r[n,k]^2,     de[n]/dy = 2 c r[n]
 *     root:              e[n] = sqrt(c sum_k r^2),    de[n]/dy = c r[n] / e[n], 0 where e[n] = 0
 *     absolute:          e[n] = c sum_k |r[n,k]|,     de[n]/dy = c sign(r[n]), sign(0) = 0
 *     loss    = sum over normals of e[n] / W
 *     dy      = de[n]/dy dloss / W for normals, 0 for anomalies
 *
 * N samples of K elements; t the samples and y their reconstructions (N,K). normal (N) is 1 for the
 * samples that are learnt from and 0 for known anomalies; all are normal without it. The errors e
 * (N), output error, are those of all samples: a sample is anomalous when its own is large. The
 * loss is minimised: an anomaly detector learns to reconstruct normals, and nothing is maximised.
 * dloss is 1 unless the scalar input dloss is given.
 *
 * Conventions:
 *   error = squared, root or absolute.
 *   over (elements) = mean (default): c = 1 / K; sum: c = 1.
 *   reduction (over normals) = mean (default): W = their number, which must not be 0; sum: W = 1.
 * Source: documents 000 Q34, 002 Q29, 004 T31, G17; minimised, not "typically maximised": 001 Q34.
 * Edge cases: a perfect reconstruction has error 0 and gradient 0.
 * Order of operations: squares a chain fma(r, r, .) over k from 0, or a chain of additions of |r|;
 *     divided by K; sqrt. loss: a sum over samples of e or 0, divided by W. dy: squared ((2 r) / K)
 *     with the division only for the mean; root (r / K) / e; then (. dloss) / W.
 */
#pragma once

#include "../call.h"

/* See above. */
void reconstruction_error_answer(struct call *call);
