// SPDX-License-Identifier: MIT
/* perceptron_case.h - a case that states a perceptron: what the techniques multilayer_perceptron
 * and mini_batch_training read and write alike. The sizes of the layers have the letters A, B, ...
 */
#pragma once

#include "../techniques.h"
#include "perceptron.h"

/* The network of the conventions activation and loss, input x, whose shape is given, and inputs
 * w1, b1, w2, ... */
struct perceptron_shape perceptron_case_shape(struct question *q, const char *shape_of_x,
                                              const scalar **x);

/* Copies w1, b1, ... into the parameters; of a normalised network also gamma1, beta1, ... and
 * running_mean1, running_variance1, ..., as far as they are given. */
void perceptron_case_parameters(struct question *q, struct perceptron *net);

/* Outputs that belong to the parameters. */
struct perceptron_outputs {
    scalar *w[PERCEPTRON_LAYERS], *b[PERCEPTRON_LAYERS];
    scalar *gamma[PERCEPTRON_LAYERS], *beta[PERCEPTRON_LAYERS]; /* NULL: not normalised */
};

/* Makes outputs named prefix + "w1" + suffix and so on, with a leading axis of the letter `steps`
 * unless that is 0. */
struct perceptron_outputs perceptron_case_outputs(struct question *q, const struct perceptron *net,
                                                  const char *prefix, const char *suffix,
                                                  char steps);

/* Fills row `step` of the outputs from `values`, which has the order of the parameters. */
void perceptron_case_record(const struct perceptron *net, const struct perceptron_outputs *outputs,
                            size_t step, const scalar *values);
