// SPDX-License-Identifier: MIT
/* player.h - a network of an adversarial game on a tape without a loss: the caller fills the
 * gradient of its output. Inputs have a prefix: generator_w1, generator_b1, ... */
#pragma once

#include "../operations.h"
#include "../techniques.h"

enum { PLAYER_LAYERS = 8, PLAYER_NAME = 48 };

struct player {
    const char *name;
    char letter; /* of the size of its input; those of its layers follow */
    size_t layers, size[PLAYER_LAYERS + 1], w[PLAYER_LAYERS], b[PLAYER_LAYERS]; /* places */
    const struct operation *activation;
    const struct operation *end; /* behind the last layer, or NULL */
    struct tape *tape;
    struct tensor *input, *output;
    size_t P;
    scalar *value; /* (P): w1, b1, w2, b2, ... */
};

/* Reads the sizes and the convention <name>_activation. */
void player_read(struct question *q, struct player *player, const char *name, char letter);
/* Records the network for up to `capacity` rows of this rank, with the parameters of the case. */
void player_create(struct question *q, struct player *player, size_t capacity);

size_t player_outputs(const struct player *player);

/* output->value (rows, outputs) from x (rows, inputs). */
void player_forward(struct player *player, const scalar *x, size_t rows);
/* Gradients from output->gradient, which the caller has filled; input->gradient too. */
void player_backward(struct player *player, size_t rows);

/* total (P + extras) on all ranks: the gradient of the parameters, then the sums over the samples
 * of the columns extra[0], ... (rows) of this rank. With P not wanted, total is (extras). */
void player_sum(const struct player *player, struct reduction *sum, bool wants_parameters,
                size_t extras, scalar *const extra[], scalar *total);

/* before + "generator_w1" + after in `name`. */
const char *player_name(char name[PLAYER_NAME], const char *before, const struct player *player,
                        char kind, size_t layer, const char *after);
/* Outputs of that name with the shape of the parameter, `steps` in front unless 0. */
scalar *player_parameter_output(struct question *q, const char *before, const struct player *player,
                                char kind, size_t layer, const char *after, char steps);
/* Where layer `layer`'s w or b begins among the parameters, and how many numbers it has. */
size_t player_place(const struct player *player, char kind, size_t layer, size_t *count);

/* Outputs d<name>_w1, ... from a gradient (P). */
void player_gradient_outputs(struct question *q, const struct player *player,
                             const scalar *gradient);
