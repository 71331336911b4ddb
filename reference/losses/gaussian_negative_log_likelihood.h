// SPDX-License-Identifier: MIT
/* Gaussian negative log-likelihood, of a mean and a variance for each element.
 *
 *     w = max(v, epsilon)
 *     value = (log w + (y - t)^2 / w) / 2  [+ log(2 pi) / 2]
 *     dy    = (y - t) / w
 *     dv    = (1 / w - (y - t)^2 / w^2) / 2
 *
 * N samples, K outputs; y means, v variances (at least 0), t targets (N,K). Loss, dy and dv with
 * the conventions of loss.h.
 *
 * Conventions:
 *   full = no (PyTorch, default) or yes: with log(2 pi) / 2.
 *   clamp = passing (PyTorch, default): dv as above, where v has been raised to epsilon too;
 *     cutting (MLX): dv = 0 there.
 *   epsilon (1e-6, above 0).
 * Source: Nix and Weigend 1994; documents 000, 002 Q31 (regression losses).
 * Edge cases: v = 0 is raised to epsilon. A constant variance of 1 is half the squared error.
 * Order of operations: d = y - t, r = d d; (log w + r / w) / 2, then + log(2 pi) / 2 rounded once;
 *     d / w; (1 / w - r / w / w) / 2. Then as loss.h says. */
#pragma once

#include "loss.h"

/* See above. */
void gaussian_negative_log_likelihood_answer(struct call *call);
