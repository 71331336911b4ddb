// SPDX-License-Identifier: MIT
/* noise_schedule.h - how much of the data is left after t steps of a diffusion. Read by
 * diffusion_noising and diffusion_sampling.
 *
 *     abar[t] = product of (1 - beta[i]) over i <= t,   t = 0 .. T-1
 *
 * Conventions:
 *   schedule = linear (Ho et al., default): beta from beta_start (1e-4) to beta_end (0.02), both
 *     reached; scaled_linear (latent diffusion): their roots are spaced evenly, then squared;
 *     cosine (Nichol and Dhariwal): beta[t] = min(1 - f(t+1) / f(t), max_beta (0.999)) with f(t) =
 *     cos^2(((t / T) + s) / (1 + s) pi / 2), s = offset (0.008); given: an input beta (T) in [0,
 *     1].
 *   terminal = kept (default); zero (Lin et al. 2024, diffusers' rescale_betas_zero_snr): the roots
 *     of abar are moved and stretched so that the last is 0 and the first stays.
 *   target, what the network predicts = epsilon (default), sample (x_0), v (Salimans and Ho 2022):
 *     sqrt(abar) epsilon - sqrt(1 - abar) x_0.
 * Numbers: steps (T, 1 to 4096).
 * Refused: beta_start or beta_end outside (0, 1), an offset that is not above 0, max_beta outside
 *     (0, 1], a given beta outside [0, 1], terminal = zero where the first and last abar are equal.
 * Order of operations: linear: start + ((end - start) (i / (T - 1))), start alone when T is 1;
 *     abar[t] = abar[t-1] (1 - beta[t]); angles ((i / T + s) / (1 + s)) (pi / 2); zero: r =
 *     ((r - r_last) (r_first / (r_first - r_last))), abar = r r.
 */
#pragma once

#include "../call.h"

enum diffusion_target { TARGET_EPSILON, TARGET_SAMPLE, TARGET_V };

struct noise_schedule {
    size_t T;
    real *beta, *abar; /* (T) */
};

struct noise_schedule noise_schedule_read(struct call *call);
enum diffusion_target diffusion_target_read(struct call *call);
