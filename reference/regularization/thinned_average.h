// SPDX-License-Identifier: MIT
/* Dropout as an ensemble: the exact average over all thinned networks, and the rule that replaces
 * it.
 *
 *     z_m[n,o]        = b[o] + sum_i m[i] x[n,i] w[i,o]          for each of the 2^I masks m
 *     weight[m]       = keep^(number of ones in m) rate^(number of zeros)
 *     average[n,o]    = sum_m weight[m] f(z_m)[n,o]
 *     scaled[n,o]     = f(b[o] + sum_i (keep x[n,i]) w[i,o])     (weight scaling)
 *     geometric[n,o]  = prod_m f(z_m)[n,o]^weight[m], divided by its sum over o     (softmax alone)
 *
 * N samples, I inputs, O outputs; x (N,I), w (I,O), b (O); M = 2^I masks, bit i of the index m is
 * m[i]; weight (M). Number p and convention argument: see mask.h.
 *
 * Conventions: activation = identity (default: average and scaled are equal), sigmoid, tanh, relu
 * or softmax (geometric and scaled are equal; average is not).
 * Source: Srivastava et al. 2014, section 1; Hinton et al. 2012; Goodfellow, Bengio and Courville
 *     2016, 7.12 (7.52-7.66); documents 003 Q21, 004 T11.
 * Edge cases: rate 0 leaves one mask with a weight; keep^0 and rate^0 are 1. More than 12 inputs
 *     are refused. The argument of every relu with a weight is a decision.
 * Order of operations: weight by I products in the order of the bits, from 1. z: a chain over i
 *     from b, of terms x[n,i] where kept and 0 elsewhere; for `scaled` of keep x[n,i]. The average
 *     adds weight f over the masks in blocks, as over samples (sum.h): fused products. Softmax
 *     subtracts its maximum; log f is z - max - log(sum of exponentials). The geometric mean is the
 *     softmax of the mean logarithms.
 */
#pragma once

#include "mask.h"

enum thinned_activation {
    THINNED_IDENTITY,
    THINNED_SIGMOID,
    THINNED_TANH,
    THINNED_RELU,
    THINNED_SOFTMAX
};

/* weight (M) of all masks over I inputs. */
void thinned_average_weights(real *weight, struct survival survival, size_t I);

/* z (O) of one sample: x (I) times w (I,O) plus b (O). term (I) is scratch. */
void thinned_average_logits(real *z, const real *term, const real *w, const real *b, size_t I,
                            size_t O);

/* y (O) from z (O); log_y (O), unless NULL, its logarithm (softmax only). */
void thinned_average_activate(real *y, real *log_y, const real *z,
                              enum thinned_activation activation, size_t O);

/* Inputs x, w, b; outputs weight, average, scaled, and geometric for softmax. */
void thinned_average_answer(struct call *call);
