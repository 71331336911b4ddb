// SPDX-License-Identifier: MIT
#include "sampling.h"

struct sampler sampler_read(struct question *q, size_t H, size_t W)
{
    static const char *const interpolations[] = {"bilinear", "nearest", NULL};
    struct sampler sampler = {.H = H, .W = W, .beyond = beyond_read(q)};
    sampler.nearest = question_choice(q, "interpolation", interpolations) == 1;
    sampler.fill = question_number_or(q, "fill", 0);
    return sampler;
}

static long floor_of(scalar x)
{
    const long truncated = (long)x;
    return truncated - ((scalar)truncated > x);
}

static long pixel(const struct sampler *sampler, long row, long column)
{
    long r, c;
    beyond_places(&r, row, 1, sampler->H, sampler->beyond);
    beyond_places(&c, column, 1, sampler->W, sampler->beyond);
    return r < 0 || c < 0 ? -1 : r * (long)sampler->W + c;
}

struct corners sampler_corners(const struct sampler *sampler, scalar row, scalar column)
{
    struct corners corners = {.count = 4};
    if (sampler->nearest) {
        const long r = floor_of(row + (scalar)0.5), c = floor_of(column + (scalar)0.5);
        return (struct corners){1, {pixel(sampler, r, c)}, {1}};
    }
    const long r = floor_of(row), c = floor_of(column);
    const scalar f = row - (scalar)r, g = column - (scalar)c;
    for (int k = 0; k < 4; k++) {
        corners.at[k] = pixel(sampler, r + k / 2, c + k % 2);
        corners.weight[k] = (k / 2 == 0 ? 1 - f : f) * (k % 2 == 0 ? 1 - g : g);
    }
    return corners;
}

scalar sampler_value(const struct sampler *sampler, const struct corners *corners, const scalar *v)
{
    scalar value = 0;
    for (int k = 0; k < corners->count; k++) {
        const long at = corners->at[k];
        const scalar product = corners->weight[k] * (at < 0 ? sampler->fill : v[at]);
        value = k == 0 ? product : value + product;
    }
    return value;
}

void sampler_return(const struct corners *corners, scalar *dv, scalar dy)
{
    for (int k = 0; k < corners->count; k++)
        if (corners->at[k] >= 0)
            dv[corners->at[k]] += corners->weight[k] * dy;
}
