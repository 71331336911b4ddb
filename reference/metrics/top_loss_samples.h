// SPDX-License-Identifier: MIT
/* The samples with the largest losses, which an analysis of errors looks at first.
 *
 *     index[i] = the sample of rank i by loss, the largest first;  value[i] its loss
 *     share    = sum_{i<P} value[i] / sum_n loss[n]      how much of the loss they make up
 *     class_loss[c], class_top[c]: the mean loss of class c (0 without samples), and how many of
 *                                  the top are of it
 *
 * N samples, P of them wanted; loss (N), labels (N) in 0..C-1 (optional, with number classes).
 * Outputs index (P) whole, value (P), share; with labels class_loss (C) and class_top (C) whole.
 *
 * Conventions: ties = first (default: the smaller index, a stable sort) or last (a sort read
 *     backwards); value = loss (default) or excess: value[i] is loss - the mean loss.
 * Numbers: top (P), classes.
 * Source: documents 000 Q44 and 001 Q44 (looking at what goes wrong); fastai's top_losses.
 * Edge cases: P = N is a ranking of all. Refused: P of 0 or beyond N, losses that add up to 0 or
 *     are negative.
 * Order of operations: values are moved; sums over samples in blocks; the sum of the top is a chain
 *     in order of rank. Decisions: gaps of losses at neighbouring ranks up to the cut.
 */
#pragma once

#include "../call.h"

struct top_losses {
    size_t N, P, C, block;
    int last, excess;
    const real *loss;
    const int *labels; /* or NULL */
    real *index, *value, *share, *class_loss, *class_top;
};

/* Inputs and outputs. */
struct top_losses top_loss_samples_read(struct call *call);

void top_loss_samples_answer(struct call *call);
