// SPDX-License-Identifier: MIT
/* net_forks.h - a network for the forks of the adversarial techniques: one sample at a time. It
 * shares nothing with the perceptron of the reference. */
#pragma once

#include "../fork.h"

enum { NET_LAYERS = 8 };
enum net_activation { NET_RELU, NET_TANH, NET_SIGMOID };

struct net {
    const char *name;
    char letter;
    size_t layers, size[NET_LAYERS + 1], units, P;
    enum net_activation activation;
    int squashed;                     /* 1: a tanh behind the last layer; 2: a ReLU */
    int squash_not_back;              /* a mistake: the derivative of the last tanh is forgotten */
    int skip_slopes;                  /* a mistake: activations have no derivative */
    real *p;                          /* w1 and b1, w2 and b2, ... */
    real *delta;                      /* (units) scratch */
    real *after[2 * NET_LAYERS];      /* what is recorded of w1, b1, ... */
    size_t place[2 * NET_LAYERS + 1]; /* of w1, b1, ... among the parameters */
};

struct net net_read(struct call *call, const char *name, char letter);

/* The number of outputs. */
size_t net_outputs(const struct net *net);

/* Fills a (units): x, then what every layer gives. Returns the last layer's. */
const real *net_forward(const struct net *net, const real *x, real *a);

/* Adds the gradient of the parameters to g (P) unless that is NULL, and writes dx unless NULL, from
 * dy and what net_forward has left in a. */
void net_backward(const struct net *net, const real *a, const real *dy, real *g, real *dx);

/* Makes outputs: before + "generator_w1" + after ..., with an axis `steps` in front unless 0. */
void net_make_outputs(struct call *call, struct net *net, const char *before, const char *after,
                      char steps);
void net_fill_outputs(struct net *net, const real *from, size_t row);
