// SPDX-License-Identifier: MIT
/* initialization.h - what the initialisers share: weights of a dense layer (I,O) or a convolution
 * (H,W,I,O), their fans, and scaling by one number. Fans as in documents 002 Q17 and 004 T13. */
#pragma once

#include "glorot.h"

struct initial_weights {
    const real *deviate;
    real *w; /* the output, in the shape of the deviate */
    size_t count, fan_in, fan_out;
};

/* Reads input deviate and makes output w. */
struct initial_weights initial_weights_read(struct call *call);

/* w = scale deviate. */
void initial_weights_scale(const struct initial_weights *weights, real scale);

/* What a standard deviation is divided by: 0.8796... for the truncated normal, else 1. */
real truncated_normal_correction(enum initial_distribution distribution);
