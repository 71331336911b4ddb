// SPDX-License-Identifier: MIT
/* least_squares.h - the function of reference/optimizers/least_squares.h: samples are sharded, and
 * the sums of all virtual workers cross the network together. */
#pragma once

#include "optimizer.h"

struct least_squares {
    const struct team *team;
    size_t N, n, P, W; /* all samples, this rank's, features, workers */
    const scalar *x, *y;
    size_t *worker, *count; /* (n) of this rank's samples; (W) of all */
    struct reduction *reduction;
    scalar *total; /* (W P + 1) */
};

/* Inputs x, y; numbers workers, block; convention assignment. */
struct least_squares least_squares_read(struct question *q);

/* sum (W,P) of residual x, worker k's at w + k stride; returns half the mean square of the
 * residuals. */
scalar least_squares_sums(struct least_squares *f, scalar *sum, const scalar *w, size_t stride);
