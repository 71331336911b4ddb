// SPDX-License-Identifier: MIT
/* named_network.h - perceptrons whose weights have a prefix in the case: gw1, gb1, gw2, ...; see
 * reference/generative/named_network.h. A network is read once and used as often as needed: each
 * use is a tape of its own over this rank's samples. */
#pragma once

#include "../operations.h"
#include "../techniques.h"

enum { NETWORK_LAYERS = 8 };

struct network {
    size_t layers, size[NETWORK_LAYERS + 1], parameters;
    const char *prefix;
    char first;     /* the letter of size[0] */
    int activation; /* relu, tanh, sigmoid */
    const scalar *w[NETWORK_LAYERS], *b[NETWORK_LAYERS];
};

/* Reads the convention `activation` and the weights. */
struct network network_read(struct question *q, const char *prefix, char first);
size_t network_inputs(const struct network *net);
size_t network_outputs(const struct network *net);

/* One use on `rows` samples. */
struct network_use {
    struct tape *tape;
    struct tensor *input, *output;
    size_t rows;
};
struct network_use network_use(struct question *q, const struct network *net, size_t rows);

/* Forward of x (rows, inputs) gives the outputs; backward from dy (rows, outputs) gives dx. */
const scalar *network_forward(const struct network_use *use, const scalar *x);
const scalar *network_backward(const struct network_use *use, const scalar *dy);

/* Adds the sums of this use over the samples of axis `letter` to total (net->parameters), which is
 * laid out w1, b1, w2, ... Collective. */
void network_add(struct question *q, char letter, const struct network_use *use, scalar *total);

/* Outputs d<prefix>w1, d<prefix>b1, ... */
void network_gradients(struct question *q, const struct network *net, const scalar *total);

/* The same by the names <start><prefix>w1, ... */
void network_directions(struct question *q, const struct network *net, const char *start,
                        const scalar *total);
