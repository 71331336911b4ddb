// SPDX-License-Identifier: MIT
/* initialization.h - what the initialisers share: scaling stored deviates by one number. */
#pragma once

#include "../techniques.h"

enum distribution { UNIFORM, NORMAL, TRUNCATED_NORMAL };

/* A case: the deviates of a dense layer (I,O) or of a convolution (H,W,I,O), rows sharded. */
struct deviates {
    const scalar *deviate;
    size_t part; /* elements on this rank */
    size_t fan_in, fan_out;
    const char *shape;
};

/* Input deviate. */
struct deviates deviates_read(struct question *q);

/* Output w = scale deviate. */
void deviates_scale(struct question *q, const struct deviates *deviates, scalar scale);

/* The factor of u: see glorot.c and he.c. */
scalar glorot_factor(enum distribution distribution, scalar gain, size_t fan_in, size_t fan_out);
scalar he_factor(enum distribution distribution, scalar negative_slope, size_t fan);

/* What the standard deviation of the truncated normal is divided by; 1 for the others. */
scalar distribution_correction(enum distribution distribution);
