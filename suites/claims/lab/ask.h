// SPDX-License-Identifier: MIT
/* ask.h - any technique of the index, asked by an experiment: the engine's own version, which the
 * goldens have judged. What it reads and gives is in reference/<family>/<technique>.h.
 *
 *     struct ask *ask = ask_new(r, "fast_gradient_sign");
 *     ask_floats(ask, "x", 2, (size_t[]){N, D}, x);
 *     ask_number(ask, "epsilon", 0.1);
 *     ask_run(ask);
 *     const float *x_adversarial = ask_output(ask, "x_adversarial", N * D);
 *
 * A refusal ends the program: experiments ask only what can be answered.
 */
#pragma once

#include "network.h"

struct ask;

struct ask *ask_new(struct replica *r, const char *technique);

/* An input of `rank` axes; copied. */
void ask_floats(struct ask *ask, const char *name, int rank, const size_t dim[],
                const float *value);
void ask_integers(struct ask *ask, const char *name, int rank, const size_t dim[],
                  const int *value);
void ask_number(struct ask *ask, const char *name, double value);
void ask_choice(struct ask *ask, const char *name, const char *value);

/* The weights of a network without normalization and shortcuts, as w1 (I,O), b1 (O), w2, ... and
 * its activation, as attacks and defences read them. */
void ask_network(struct ask *ask, struct network *net);

void ask_run(struct ask *ask);

/* An output of `count` elements, after ask_run; memory of the replica. */
const float *ask_output(const struct ask *ask, const char *name, size_t count);
