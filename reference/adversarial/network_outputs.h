// SPDX-License-Identifier: MIT
/* network_outputs.h - outputs that belong to the parameters of a network: gradients, or what they
 * have become. */
#pragma once

#include "../foundations/multilayer_perceptron.h"

#include <stdio.h>

/* Makes the outputs prefix + "w1", prefix + "b1", prefix + "w2", ... in the shapes of the
 * parameters, and puts them into w and b. */
static inline void network_outputs(struct call *call, const struct perceptron *net,
                                   const char *prefix, real *w[], real *b[])
{
    for (size_t l = 0; l < net->layers; l++) {
        const char shape[] = {(char)('a' + l), (char)('b' + l), 0};
        char *name = (char *)call_scratch_integers(call, 2 * REQUEST_NAME / sizeof(int));
        snprintf(name, REQUEST_NAME, "%sw%zu", prefix, l + 1);
        snprintf(name + REQUEST_NAME, REQUEST_NAME, "%sb%zu", prefix, l + 1);
        w[l] = call_output(call, name, shape);
        b[l] = call_output(call, name + REQUEST_NAME, &shape[1]);
    }
}
