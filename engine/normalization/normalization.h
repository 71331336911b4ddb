// SPDX-License-Identifier: MIT
/* normalization.h - what the normalisations of layers share: samples of channels and positions, and
 * what a deviation is divided by. */
#pragma once

#include "../techniques.h"

/* This rank's samples: `rows` of C channels with P positions, in one of the layouts
 * (N,C), (N,C,H,W) or (N,H,W,C). */
struct maps {
    size_t N, rows, C, P;
    bool channels_last;
    const char *shape; /* for question_input and question_output */
};

/* Input x and its layout. */
struct maps maps_read(struct question *q, const scalar **x);

/* Between the layout of a case and (rows, P, C). The arrays differ. */
void maps_gather(const struct maps *maps, scalar *positions, const scalar *value);
void maps_scatter(const struct maps *maps, scalar *value, const scalar *positions);

/* Input `name` (C), or C times `otherwise`. */
const scalar *maps_parameter(struct question *q, const char *name, scalar otherwise);

/* epsilon, and where it stands. */
struct smoothing {
    scalar epsilon;
    bool outside;
};
struct smoothing smoothing_read(struct question *q, scalar otherwise);

/* Refuses, on all ranks, when a divisor of any rank is 0; `count` of them, `stride` apart.
 * Collective. */
void smoothing_demand(struct question *q, const scalar *divisor, size_t count, size_t stride);

/* What values of this variance are divided by; *root is the root without an outer epsilon. */
scalar smoothing_divisor(const struct smoothing *smoothing, scalar variance, scalar *root);
