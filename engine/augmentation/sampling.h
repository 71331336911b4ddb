// SPDX-License-Identifier: MIT
/* sampling.h - values between pixels; definition in reference/augmentation/sampling.h. Positions
 * belong to an image, so nothing of it crosses the network. */
#pragma once

#include "border.h"

struct sampler {
    size_t H, W;
    enum beyond beyond;
    bool nearest;
    scalar fill;
};

struct sampler sampler_read(struct question *q, size_t H, size_t W);

/* The pixels that a value is made of: 4, or 1 of weight 1; at -1: the constant. */
struct corners {
    int count;
    long at[4];
    scalar weight[4];
};
struct corners sampler_corners(const struct sampler *sampler, scalar row, scalar column);

scalar sampler_value(const struct sampler *sampler, const struct corners *corners, const scalar *v);
void sampler_return(const struct corners *corners, scalar *dv, scalar dy);
