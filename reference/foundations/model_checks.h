// SPDX-License-Identifier: MIT
/* Model checks: what is looked at second when a network does not learn, after its data.
 *
 * N descriptions of networks, in whole numbers, each column (N):
 *     task    0 regression, 1 binary, 2 one of several classes, 3 any of several labels
 *     classes of the task: targets, classes or labels       units   of the output layer
 *     output  0 linear, 1 sigmoid, 2 softmax, 3 tanh, 4 ReLU
 *     loss    0 squared error, 1 absolute error, 2 binary cross-entropy, 3 categorical
 *             cross-entropy (one-hot rows), 4 the same of labels
 *     logits  1: the loss applies the sigmoid or softmax itself (Keras' from_logits, PyTorch's
 *             BCEWithLogitsLoss and CrossEntropyLoss); not looked at for errors
 *     depth   hidden layers     hidden  0 linear, 1 sigmoid, 2 tanh, 3 ReLU or a leaky one, 4 SELU
 *     start   0 zeros, 1 one constant, 2 standard normal, 3 LeCun 1 / in, 4 Glorot 2 / (in + out),
 *             5 He 2 / in (variances of the hidden layers' weights)
 *
 *     task_loss   1: the loss is not one for the task. Errors are for regression, binary
 *                 cross-entropy for binary and labels, categorical for classes and for binary
 *     output_loss for errors: 0 linear, else 1
 *                 for cross-entropies, whose own activation is the sigmoid (binary) or softmax:
 *                 0 it is there, or linear with logits; 1 another one; 2 it, or the other of the
 *                 two, stands before a loss that applies it again; 3 linear, and nobody applies it
 *     width       2: a softmax of a single unit, which is always 1 (as output, or as the
 *                 categorical loss with logits has it). Otherwise 1: units is not what it must be:
 *                 binary 1, or 2 with a categorical loss; else classes
 *     symmetry    1: hidden layers that start as zeros or one constant: their units stay alike
 *     scale       of the start of hidden layers: 1 too large (standard normal; He before sigmoid,
 *                 tanh and linear; Glorot and He before SELU), 2 too small (LeCun and Glorot before
 *                 ReLU), else 0
 *     collapse    1: hidden layers without an activation, which are one layer with the output
 *     deep        1: depth > deepest, to be made simpler first
 *     counts (7)  networks with something wrong in each, in this order;  sound: with nothing wrong
 *
 * Conventions: bounded = no (default) or yes: errors may stand behind a sigmoid or tanh too, for
 *     targets with bounds (document 000 Q31). scales = strict (default) or lenient: only standard
 *     normal is wrong, since Keras starts every dense layer by Glorot and PyTorch by 1 / (3 in).
 *     Number deepest (5: document 004 G4 advises 2 to 5 hidden layers).
 * Source: documents 004 T33 (the list), T13 (starts), T2 and C2-C7 (heads), 000 Q31.
 * Edge cases: depth 0 has nothing wrong in its start: a loss that is convex has no symmetry to
 *     break. Zeros and constants have no scale: only symmetry is wrong. Refused: no description, a
 *     number that stands for nothing, classes or units below 1.
 * Order of operations: none; comparisons only.
 */
#pragma once

#include "../call.h"

enum { MODEL_COLUMNS = 9, MODEL_CHECKS = 7 };
enum model_column { TASK, CLASSES, UNITS, OUTPUT, LOSS, LOGITS, DEPTH, HIDDEN, START };

struct model_rules {
    int bounded, lenient;
    size_t deepest;
};

/* The descriptions: columns (N) in the order above. */
struct models {
    size_t N;
    const int *column[MODEL_COLUMNS];
    struct model_rules rules;
};

struct models models_read(struct call *call);

/* The seven outputs of a technique, made in their order; each (N). */
void models_outputs(struct call *call, real *check[MODEL_CHECKS]);

/* Outputs counts and sound from the checks. */
void models_count(struct call *call, const struct models *models, real *check[MODEL_CHECKS]);

/* See above. */
void model_checks_answer(struct call *call);
