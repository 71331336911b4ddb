// SPDX-License-Identifier: MIT
#include "cloud.h"

struct samples cloud(struct replica *r)
{
    struct samples all = samples_new(r, 5000, 2, 0, 0);
    lab_normal(r, 1, all.x, 2 * all.count);
    for (size_t i = 0; i < 2 * all.count; i++)
        all.x[i] = 2 + 0.5f * all.x[i];
    return all;
}
