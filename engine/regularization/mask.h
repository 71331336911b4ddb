// SPDX-License-Identifier: MIT
/* mask.h - which units survive: what the dropouts share. Masks lie where the samples lie, so they
 * never cross the network. Definition in reference/regularization/mask.h. */
#pragma once

#include "../techniques.h"

struct survival {
    scalar rate, keep;
};

struct survival survival_read(struct question *q);

/* 0 or 1 for this rank's part of `shape`. */
const int *mask_read(struct question *q, struct survival survival, const char *shape);

/* This rank's part of the input u of `shape`, numbers in [0, 1). */
const scalar *mask_uniforms(struct question *q, const char *shape);

/* The mask of `count` elements as an output of whole numbers. */
void mask_write(struct question *q, const char *shape, const int *kept, size_t count);
