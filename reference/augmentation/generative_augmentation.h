// SPDX-License-Identifier: MIT
/* Generative augmentation: samples that a generator made are appended to the rare classes of a data
 * set, until those are as large as asked for.
 *
 *     before[c] = number of n with label[n] = c,   largest = max_c before[c]
 *     added[c]  = max(floor(share largest) - before[c], 0) where class c is to grow, else 0
 *     after[c]  = before[c] + added[c],            M = sum_c after[c]
 *     augmented = all samples, then the first added[c] generated samples of every class c
 *     mass[c]   = before[c] + generated_weight added[c]
 *     class_weight[c] = (sum_k mass[k]) / (P mass[c]), P the classes with mass > 0   (balanced)
 *     weight[m] = class_weight[class of m], times generated_weight where m was generated
 *
 * x (N,D); label (N) in 0..classes-1; generated (G,D); generated_label (G); numbers classes (C),
 * share (1: as large as the largest class) and generated_weight (1). Outputs before, added, after
 * (C), augmented_label (M), source (M): n of a sample, N + g of a generated one, augmented (M,D);
 * class_weight (C), weight (M). Permutation (M), if there: row m of the result is the one that
 * would stand at permutation[m].
 *
 * Conventions: grow = all (default; imbalanced-learn's "auto") or rarest (its "minority": only the
 *     class with the fewest samples, the first of equals). order = class (default: imbalanced-learn
 *     appends class after class) or generator (in the order in which they were generated, as one
 *     loop that fills all classes at a time does). weights = none (default: 1, and
 *     generated_weight) or balanced (scikit-learn's n / (classes n_c), with the weights above).
 * Source: document 004 S2, T45, G18; Antoniou, Storkey and Edwards 2017; Mariani et al. 2018
 *     (BAGAN).
 * Edge cases: a class without samples is a rare one; one that stays without has class_weight 0.
 *     Generated samples that nobody needs are ignored. Refused: fewer generated samples of a class
 *     than it needs, a share outside (0, 1], a generated_weight of 0 or less, a permutation that
 *     repeats a place. Decisions: how far share largest is from the whole numbers below and above.
 * Order of operations: samples are copied. mass: product, sum; the sum over classes is a chain from
 *     0; quotient of it and the product P mass; weight: product with generated_weight.
 */
#pragma once

#include "../call.h"

/* Inputs and outputs as above. */
void generative_augmentation_answer(struct call *call);
