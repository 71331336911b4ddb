// SPDX-License-Identifier: MIT
/* Truncated normal initialisation: normal deviates, drawn again when they lie outside.
 *
 *     w = mean + deviation u,   u = the first of the candidates u_0, u_1, ... that is inside
 *     deviation = standard_deviation, or standard_deviation / 0.87962566103423978
 *
 * Candidates: input deviate (A,I,O), standard normal; w (I,O). Numbers mean (0) and
 * standard_deviation (1). The output attempt (I,O) says which candidate was taken.
 *
 * Conventions: bounds = deviations (default: inside is |u| <= cutoff, number cutoff (2);
 * TensorFlow,
 *     Keras, JAX) or absolute (low <= mean + deviation u <= high, numbers low (-2) and high (2);
 *     PyTorch's trunc_normal_, where a deviation of 0.02 is practically never cut).
 *     correction = no (default: PyTorch, TensorFlow's truncated_normal) or yes (Keras's and JAX's
 *     variance scaling: the number is the deviation of what comes out, by the deviation of a
 *     standard normal that was cut at +-2; so only for bounds in deviations and a cutoff of 2).
 * Source: documents 002 Q17, 004 T13; Robert 1995, for drawing again.
 * Edge cases: a candidate on a bound is inside. When no candidate is inside, the request is
 * refused:
 *     an implementation would draw on.
 * Order of operations: deviation = quotient; product and sum, not fused; for absolute bounds they
 *     precede the test. Decisions: the distances of the candidates met from the bounds.
 */
#pragma once

#include "../call.h"

/* Input deviate (A,I,O); outputs w (I,O) and attempt (I,O). */
void truncated_normal_answer(struct call *call);
