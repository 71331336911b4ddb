// SPDX-License-Identifier: MIT
/* Diffusion, forwards: data is noised to step t at once, and a prediction of what was mixed is
 * judged.
 *
 *     x_t    = sqrt(abar[t]) x + sqrt(1 - abar[t]) noise             q(x_t | x_0) with x = x_0
 *     target = noise, x, or sqrt(abar[t]) noise - sqrt(1 - abar[t]) x
 *     loss   = (1/W) sum_n weight[t[n]] sum_d (prediction[n,d] - target[n,d])^2
 *     dprediction = ((2 dloss weight) / W) (prediction - target)
 *
 * N samples; x, noise and prediction (N,D), t (N) whole numbers; abar and its conventions schedule,
 * terminal and target: noise_schedule.h. Outputs abar (T), x_t, target (N,D), and, when there is an
 * input prediction, loss and dprediction; dloss is 1 unless given.
 *
 * Conventions:
 *   index = zero (default; all code): t is 0 .. T-1; one (the papers): 1 .. T, where 0 is the data.
 *   reduction = mean (default; the simple loss in code): W = N D; sample: W = N, the paper's
 *     squared norm.
 *   weighting = simple (default): 1; bound (Ho et al., equation 12, with variance beta; epsilon
 *     alone): beta[t] / (2 (1 - beta[t]) (1 - abar[t])); min_snr (Hang et al. 2023): m = min(snr,
 *     gamma (5)) of snr = abar / (1 - abar), as m / snr for epsilon, m for sample, m / (snr + 1)
 *     for v.
 * Source: Ho, Jain and Abbeel 2020, equations 4, 12 and 14; Nichol and Dhariwal 2021, equation 17;
 *     Salimans and Ho 2022, appendix D; Hang et al. 2023, section 3.4; Lin et al. 2024; document
 *     004 G18 (the word diffusion, and no more: this is the least that can be computed of it).
 * Edge cases: abar = 1 gives the data, abar = 0 the noise. Refused: t outside, no sample, a gamma
 *     that is not above 0, the weighting bound for another target or with terminal = zero (its beta
 *     are of another schedule), and a weight that would be 0 / 0 or infinite.
 * Order of operations: x_t and v as written, no fused product; the weights as written, bound as
 *     beta / (((1 - beta) (1 - abar)) 2); a sample's squares in a chain, times the weight, then
 *     over samples in blocks, then / W.
 */
#pragma once

#include "../call.h"

/* See above. */
void diffusion_noising_answer(struct call *call);
