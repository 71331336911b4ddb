// SPDX-License-Identifier: MIT
/* Augmentation for balance: rare classes get more augmented copies of each sample than frequent
 * ones. The computable core of augmenting until classes are even, whatever makes the copies (here
 * the sign flips, shifts and noise that all kinds of data know; images, mixtures and generators
 * have techniques of their own: image_flip and its neighbours, mixup, generative_augmentation for
 * samples of a GAN).
 *
 *     missing[c] = goal[c] - count[c], goal by strategy (classes.h)
 *     copies[n]  = floor(missing[c] / count[c]), and 1 more for the first missing[c] mod count[c]
 *                  members of class c in the input order
 *     operations = for augmented sample s the s-th of the cycle of the class: permitted[c,o] = 1
 *     y[s]       = x[source[s]]                              operation 0
 *                  the features in reverse                   operation 1 (flip)
 *                  x + shift[c]                              operation 2
 *                  x + scale[c] noise[s]                     operation 3
 *
 * x (N,D), label (N), order (N): a permutation; permitted (C,4) of 0 and 1; shift, scale (C); noise
 * (S,D), S the sum of missing. New samples: classes in ascending order; in a class first copy 1 of
 * all members in `order`, then copy 2, and so on. The i-th new sample of class c has the i-th of
 * its permitted operations, cyclically. Outputs copies (N), source, operation, new_label (S),
 * augmented (S,D).
 *
 * Conventions: cycle = class (default: as above) or copy (all first copies have the first permitted
 *     operation, all second ones the second: no two copies of a sample are alike as long as there
 *     are operations).
 * Source: document 001 Q40 (augmentation for unbalanced classes); Shorten and Khoshgoftaar 2019.
 * Edge cases: a class that grows must have an operation: else refused. Labels never change, so
 *     operations must keep them.
 * Order of operations: whole numbers; a sum, or a product and a sum.
 */
#pragma once

#include "classes.h"

struct augmenting {
    struct classes classes;
    size_t D, S;
    const real *x, *shift, *scale, *noise;
    const int *goal, *order, *permitted;
    int by_copy;
    real *copies, *source, *operation, *label, *augmented;
};

enum { AUGMENT_OPERATIONS = 4 };

/* Reads a call and makes its outputs. */
struct augmenting augmenting_read(struct call *call);

/* The i-th permitted operation of class c, cyclically. */
int augmenting_operation(const struct augmenting *is, int c, int i);

/* Row s of augmented from source and operation. */
void augmenting_apply(const struct augmenting *is, size_t s);

/* Inputs and outputs as above. */
void class_augmentation_answer(struct call *call);
