// SPDX-License-Identifier: MIT
/* Weights of classes that make up for their sizes.
 *
 *     mass[c]         = number of n with label[n] = c; with sample weights, the sum of those
 *     total           = sum_c mass[c],   K = classes with mass > 0
 *     class_weight[c] = total / (K mass[c])                 balanced (default)
 *                       1 / mass[c]                         inverse
 *                       1 / sqrt(mass[c])                   inverse_root
 *                       max_k mass[k] / mass[c]             largest
 *                       (1 - beta) / (1 - beta^mass[c])     effective
 *     weight[n]       = class_weight[label[n]] sample_weight[n]
 *
 * N samples in classes 0..C-1: label (N), number classes; sample_weight (N), all 1 when it is not
 * there. Outputs mass, class_weight (C), weight (N). Number beta (0.999), in [0, 1).
 *
 * Conventions: scheme, as above: balanced is scikit-learn's and Keras users' n / (K n_c), inverse
 *     that of most hand-written code, largest that of PyTorch's pos_weight, effective that of Cui
 *     et al. absent: zero (default) or one: the weight of a class without samples, of which
 *     scikit-learn refuses to hear and which Keras gives 1. divisor: present (default: K as above)
 *     or all (K = C). normalization: none (default), classes (the weights of the K classes are
 *     scaled to the sum K; Cui et al.), samples (the sum over the samples is the total: an average
 *     of 1), smallest (the smallest of the K weights is 1) or largest (the largest is 1). It comes
 *     before weight and does not touch the weights of absent classes.
 * Source: King and Zeng 2001; Cui et al. 2019, equation 2; documents 000, 002 and 003 Q40.
 * Edge cases: refused are a data set without samples or of total 0, a negative sample weight, beta
 *     outside [0, 1). beta = 0 gives 1 to all classes.
 * Order of operations: mass: samples in blocks; sums over classes are chains from 0. beta^m is
 *     e^(m log beta), 0 for beta = 0. Normalization: the factor is a quotient, then a product;
 *     for samples the sum is the chain of mass class_weight (fused).
 */
#pragma once

#include "../call.h"

enum weight_scheme { BALANCED, INVERSE, INVERSE_ROOT, LARGEST, EFFECTIVE };
enum weight_norm { AS_IS, BY_CLASSES, BY_SAMPLES, SMALLEST_ONE, LARGEST_ONE };

struct class_weighting {
    size_t N, C, block;
    const int *label;
    const real *sample_weight; /* or NULL */
    real *mass, *class_weight, *weight;
    enum weight_scheme scheme;
    enum weight_norm norm;
    int absent_one, divide_by_all;
    real beta;
};

/* Reads a call and makes its outputs; mass is filled. */
struct class_weighting class_weights_read(struct call *call);

/* class_weight from mass, without normalization; its normalization; weight. */
void class_weights_raw(const struct class_weighting *is);
void class_weights_normalize(const struct class_weighting *is);
void class_weights_spread(const struct class_weighting *is);

/* Inputs and outputs as above. */
void class_weights_answer(struct call *call);
