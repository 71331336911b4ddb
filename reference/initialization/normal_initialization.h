// SPDX-License-Identifier: MIT
/* Normal initialisation, from stored standard normal deviates.
 *
 *     w = mean + standard_deviation u
 *
 * The deviate u has the shape of w: (I,O) for a dense layer or (H,W,I,O) for a convolution. Numbers
 * mean (0) and standard_deviation (1; 0.01 in document 004 C4, 0.05 in Keras's RandomNormal, 0.02
 * in transformers).
 *
 * Conventions: spread = deviation (default: NumPy's randn, Keras, PyTorch) or variance (the number
 *     is called variance, and its root is taken: textbooks, C++'s older libraries).
 * Source: documents 002 Q17, 003 Q17, 004 T13; 004 C4 for 0.01.
 * Edge cases: a deviation of 0 makes all weights equal, so it is refused like a negative one: no
 *     symmetry would be broken.
 * Order of operations: w = mean + deviation u, product and sum, not fused.
 */
#pragma once

#include "../call.h"

/* Input deviate (I,O) or (H,W,I,O); output w in its shape. */
void normal_initialization_answer(struct call *call);
