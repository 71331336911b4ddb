// SPDX-License-Identifier: MIT
/* Diffusion, backwards: from noise to data, one step after another, all randomness given.
 *
 *     p = network([x_t, t / T]);   x_0 and epsilon from p, by the target (noise_schedule.h):
 *         epsilon: epsilon = p, x_0 = (x_t - sqrt(1 - a) p) / sqrt(a)
 *         sample:  x_0 = p,     epsilon = (x_t - sqrt(a) p) / sqrt(1 - a)
 *         v:       x_0 = sqrt(a) x_t - sqrt(1 - a) p,  epsilon = sqrt(a) p + sqrt(1 - a) x_t
 *     x_0 is clipped to [-clip, clip] where the number clip (above 0) is stated
 *     ddpm: x = c_0 x_0 + c_t x_t + sigma z,   r = a / a',  c_0 = sqrt(a') (1 - r) / (1 - a),
 *         c_t = sqrt(r) (1 - a') / (1 - a)
 *     ddim: x = sqrt(a') x_0 + sqrt((1 - a') - sigma^2) epsilon + sigma z,
 *         sigma = eta sqrt((1 - a') / (1 - a)) sqrt(1 - r)
 *
 * a is abar at this step, a' at the next one of the list: timesteps (S) is a falling list of steps,
 * all of T-1 .. 0 or some of them. start (N,D) is the first x_t, noise (S,N,D) holds z. The network
 * is a perceptron w1 (D+1,A), b1, ... with D outputs (multilayer_perceptron.h). Outputs x and
 * x_0 (S,N,D): what every step arrives at, and what it takes for the data (clipped).
 *
 * Conventions: schedule, terminal, target: noise_schedule.h, and
 *   sampler = ddpm (Ho et al., default), ddim (Song, Meng and Ermon 2021) with the number eta (0,
 *     from 0 to 1: 0 needs no noise, 1 is the ancestral step of variance small).
 *   variance (of ddpm) = small (default): sigma^2 = (1 - a') / (1 - a) (1 - r); large: 1 - r, no
 *     noise behind the last step (a' = 1 makes small 0 there by itself).
 *     Behind the last step means the end of the list; diffusers asks for t = 0 instead, and adds
 *     noise behind a list that ends before it, of variance 1e-20 for small.
 *   final = one (default): a' behind the last step is 1; first: abar[0], as some DDIM samplers have
 *     it (diffusers' set_alpha_to_one = False).
 *   after_clip (of ddim) = kept (default, diffusers): epsilon is what the network said; derived
 *     (the code of Ho, of Nichol and Dhariwal): (x_t - sqrt(a) x_0) / sqrt(1 - a) of the clipped
 *     x_0.
 * Source: Ho, Jain and Abbeel 2020, equations 7, 11 and algorithm 2; Song, Meng and Ermon 2021,
 *     equations 12 and 16; Nichol and Dhariwal 2021, section 4 (fewer steps); document 004 G18.
 * Edge cases: a step of a = 0 (terminal = zero) has no x_0 from epsilon: refused, and so is a = 1
 *     (a beta of 0), a list that does not fall, eta outside [0, 1], a clip that is not above 0.
 * Order of operations: t / T is a feature behind the others; quotients and sums as written, left
 *     first, no fused product: (c_0 x_0 + c_t x_t) + sigma z; sigma = sqrt(((1 - a') / (1 - a))
 *     (1 - r)) or sqrt(1 - r), for ddim eta times the first. Of sample and v the same.
 */
#pragma once

#include "../call.h"

/* See above. */
void diffusion_sampling_answer(struct call *call);
