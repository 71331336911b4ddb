// SPDX-License-Identifier: MIT
/* Gradient clipping by norm: gradients that are too long are shortened, in their own direction.
 *
 *     n      = |g|, over all tensors together (global) or of each tensor (tensor)
 *     c      = limit / (n + epsilon)   if n + epsilon > limit, otherwise 1
 *     clipped = c g
 *
 * K tensors of gradients g1 (A), g2 (B), ..., at most 8, each flattened: parameters in the order in
 * which they are stored. Outputs clipped1, ... of the same shapes, and norm: (1), or (K) per
 * tensor, before clipping and without epsilon.
 *
 * Conventions: scope = global (default: PyTorch, TensorFlow's clip_by_global_norm, optax) or tensor
 *     (Keras's clipnorm). norm = two (default), one, infinity (PyTorch's norm_type).
 *     Numbers: limit (above 0), epsilon (0: TensorFlow, optax; PyTorch adds 1e-6 to the norm, and
 * so shortens to slightly less than the limit).
 * Source: Pascanu et al. 2013, algorithm 1; documents 000 Q11, 002 Q11, 003 Q11, 004 T8 and T25.
 * Edge cases: a norm of 0 is below the limit, and nothing is divided by it. The clipped gradient
 *     is a continuous function of g, so a norm near the limit needs no certified decision. A norm
 *     that is not finite cannot be asked for, since inputs are finite numbers and answers too.
 * Order of additions: per tensor, squares (or magnitudes) over its parameters in canonical
 *     blocks, as over samples (sum.h); then a chain over the tensors from the first one's; then the
 *     root. Largest magnitudes are exact. c is one sum and one quotient; then one product each.
 */
#pragma once

#include "../call.h"

enum { CLIPPING_TENSORS = 8 };
enum clipping_norm { CLIPPING_TWO, CLIPPING_ONE, CLIPPING_INFINITY };

struct clipping {
    size_t K;
    const real *g[CLIPPING_TENSORS];
    real *clipped[CLIPPING_TENSORS];
    size_t size[CLIPPING_TENSORS];
    int by_tensor;
    enum clipping_norm norm;
    real limit, epsilon;
    size_t block;
    real *norms; /* output (1) or (K) */
};

/* The sum of squares, the sum of magnitudes or the largest magnitude of g (n). */
real clipping_measure(enum clipping_norm norm, const real *g, size_t n, size_t block,
                      real *magnitude);

/* The norm from that, of one tensor or of all. */
real clipping_norm_of(enum clipping_norm norm, real measure);

/* c of the formula. */
real clipping_share(real norm, real limit, real epsilon);

/* Reads the inputs and conventions, and makes the outputs. */
struct clipping clipping_read(struct call *call);

/* Inputs g1, g2, ...; outputs norm, clipped1, clipped2, ... */
void gradient_clipping_by_norm_answer(struct call *call);
