// SPDX-License-Identifier: MIT
/* How anomalous a sample is to a generative model: what its critic says, or how far the nearest
 * sample is that the generator can make.
 *
 *     method = critic:  score = 1 - D(x) = 1 / (1 + exp(C(x)))
 *     method = search:  from z_0, `steps` times
 *         cost[n] = (1 - lambda) |G(z) - x| + lambda |F(G(z)) - F(x)|
 *         velocity = momentum velocity + dcost / dz,   z = z - rate velocity
 *       score[n] = the cost at the last z
 *
 * N samples x (N,D). Critic C (cw1, cb1, ...; one logit), generator G (gw1, ..., from Z to D
 * features) and feature network F (fw1, ...: the critic up to an inner layer; where there is none,
 * lambda must be 0) are trained and frozen perceptrons (named_network.h). start (N,Z) is z_0. |.|
 * is a sum over features for each sample alone. Outputs score (N); of a search z (S,N,Z) after
 * every step and cost (S,N) before it; with the number threshold, anomalous (N): 1 where score >
 * threshold, else 0.
 *
 * Conventions: method = critic (default), search. distance = l1 (default, AnoGAN; sign(0) = 0) or
 *     l2. Numbers lambda (0.1, AnoGAN; 0 where there is no F; 0 to 1), rate (above 0), momentum (0,
 *     from 0, below 1), steps (1 to 1000). AnoGAN's code descends with Adam; its paper only with
 *     steps.
 * Source: Schlegl et al. 2017, equations 1 to 4 (AnoGAN); documents 000 Q34, 002 Q34 (a generative
 *     model learns what is normal).
 * Edge cases: a critic that is sure of a real sample: 1 - D is far below the roundoff of 1, and
 *     must not be taken as a difference. Refused: lambda outside [0, 1], rate not above 0, momentum
 *     outside [0, 1), networks that do not fit.
 * Order of operations: 1 - D = e / (1 + e) with e = exp(-|z|) where z is not negative, else 1 / (1
 *     + e); a cost's sums are chains, then (1 - lambda) first + lambda second; the gradient by G(z)
 *     is (1 - lambda) sign (or times 2 e) + F's part, of which lambda is a factor before F.
 */
#pragma once

#include "../call.h"

/* See above. */
void anomaly_score_answer(struct call *call);
