// SPDX-License-Identifier: MIT
/* colour.h - what changes of colour share; definition in reference/augmentation/colour.h. Images
 * are sharded; factors are whole, so that all ranks notice an impossible one. */
#pragma once

#include "../techniques.h"

struct colours {
    size_t images, C, pixels;      /* of this rank */
    const scalar *x, *dy, *factor; /* dy: NULL without; factor: of this rank's images */
    scalar *y, *dx;
    scalar *passed; /* (C pixels) of one image */
    bool clip;
    scalar low, high;
};

/* `least` is the smallest factor that is possible. */
struct colours colours_read(struct question *q, scalar least);

/* y of image n from its values v (C pixels), which become the upstream gradient that passes. */
void colours_store(const struct colours *is, size_t n, scalar *v);
