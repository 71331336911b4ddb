// SPDX-License-Identifier: MIT
/* Choice of an architecture by rules: its family from the data, its widths as a funnel, its size by
 * growing while validation improves. The computable core of advice that documents give in words.
 *
 *     family[n] of kind[n]: 0 table -> 0 perceptron layers; 1 image -> 1 convolutions; 2 sequence
 *     -> 2
 *         recurrent or 3 attention; 3 samples to be made -> 4 adversarial or 5 variational
 *     width[l], l = 1 .. L, from I inputs to O outputs:
 *         linear     O + floor((I - O) (L + 1 - l) / (L + 1))
 *         halving    max(O, floor(I / 2^l))
 *         geometric  floor(I (O / I)^(l / (L + 1)) + 1/2)
 *     growing: size 0 is tried first; loss[g] < best - min_delta is an improvement, which becomes
 *     the
 *         best; after more than `patience` sizes without one nothing larger is tried
 *
 * N data sets, L hidden layers, G sizes of a network in rising order with their validation losses;
 * kind (N), validation_loss (G).
 *
 * Conventions: sequence_network = attention (default) or recurrent; generator = adversarial
 * (default)
 *     or variational; funnel = linear (default), halving or geometric.
 * Numbers: inputs, outputs, hidden_layers (1 to 64; documents begin with 1 or 2 and go to 5),
 *     min_delta (0), patience (0).
 * Source: document 004 G4 and G6 (decision list, funnel, start small and grow), T18.
 * Edge cases: outputs above inputs is refused: no funnel. A loss that is equal is no improvement. A
 *     negative min_delta, a kind that is not 0 to 3, and no sizes at all are refused.
 * Order of operations: geometric: x = I exp((l / (L + 1)) log(O / I)), one quotient, one product
 * and
 *     one function after the other; the widths are whole. best - min_delta is one subtraction.
 */
#pragma once

#include "../call.h"

enum funnel { FUNNEL_LINEAR, FUNNEL_HALVING, FUNNEL_GEOMETRIC };

/* Width of hidden layer l (1 .. L) before rounding: whole unless geometric. */
real architecture_width(enum funnel funnel, size_t I, size_t O, size_t L, size_t l);

/* improves[g]: 1, 0, or -1 where g is not tried; gap[g] = (best - min_delta) - loss[g] of those
 * tried. Returns the size that is chosen. */
size_t architecture_grow(real *improves, real *gap, size_t *tried, const real *loss, size_t G,
                         real min_delta, size_t patience);

/* Outputs family (N), width (L), improves (G), chosen, tried. */
void architecture_choice_answer(struct call *call);
