// SPDX-License-Identifier: MIT
/* Spectral normalization: a weight is divided by an estimate of its largest singular value.
 *
 *     W = w as a matrix (R,C): axis `axis` of w comes first, the others follow in their order
 *     training, `iterations` times:  v = n(W' u),  u = n(W v)           power iteration
 *     sigma = u' (W v),   y = w / sigma
 *     gradient = dy / sigma - (sum dy w / sigma^2) u v'                  u and v are constants
 *
 * w (R,C), or (O,I,K,L) for kernels; u (R) is kept from call to call: an input, and an output after
 * the update, as is v (C). n(x) is x over its guarded length. Outputs y (as w), sigma, u, v, and
 * with dy (as w) the gradient of w. Its name is dw in evaluation, where it is the derivative of y;
 * in training, where u and v depend on w but count as constants, it is `gradient`.
 *
 * Conventions:
 *   mode = training (default), evaluation: nothing is iterated, u and v are as stored (inputs;
 *     PyTorch); recomputed: one v from the stored u, and u is not updated (Chainer; TensorFlow's
 *     layers of that time): v is what this call used.
 *   order = v_first (default; algorithm 1, PyTorch's utils.spectral_norm): as above, from the
 *     stored u; u_first (PyTorch's utils.parametrizations.spectral_norm): u = n(W v), then v = n(W'
 *     u), from the stored v, which is an input then.
 *   guard = maximum (default, PyTorch): n(x) = x / max(|x|, epsilon); added (the authors' code):
 *     x / (|x| + epsilon). Number epsilon (1e-12, not negative).
 *   Numbers: iterations (1, at least 1), axis (0: dense layers and convolutions of PyTorch,
 *     (O,I,K,L); 1: its transposed convolutions, (I,O,K,L); 3: kernels of Keras and TensorFlow,
 *     (K,L,I,O); 1 for its dense layers).
 * Source: Miyato, Kataoka, Koyama and Yoshida 2018, algorithm 1 and equation 12; document 004 G18,
 *     S2 (the discriminator whose training this stabilizes).
 * Edge cases: a u that is orthogonal to the largest singular vector never finds it: sigma is then a
 *     smaller singular value, in exact arithmetic. Refused: a sigma of 0 (w or u is 0), an axis
 *     that w does not have, no iteration, evaluation, or u_first,
 *     without v.
 * Order of operations: W' u a chain over rows, W v over columns; squares of a length a chain, then
 *     the root; sigma a chain over rows of u and W v, which is computed anew; sum dy w one chain
 *     over w as stored; gradient = dy / sigma - (((sum / (sigma sigma)) u) v).
 */
#pragma once

#include "../call.h"

/* See above. */
void spectral_normalization_answer(struct call *call);
