// SPDX-License-Identifier: MIT
/* replicas_forks.h - a second way to a replica's gradient, for twins and forks. */
#pragma once

#include "../../reference/distributed/replicas.h"

/* Mean loss and gradient g (P) of a micro-batch: sample after sample from the last one back, each
 * with its share; one (P) is scratch. */
static inline real replicas_gradient_backwards(struct replicas *r, real *w, size_t row, size_t k,
                                               real *g, real *one)
{
    size_t i = row * r->V + k, first = (size_t)r->first[i], count = (size_t)r->size[i];
    real loss = 0;
    for (size_t p = 0; p < r->P; p++)
        g[p] = 0;
    for (size_t n = first + count; n-- > first;) {
        loss = loss + replicas_gradient(r, w, n, 1, one) / real_count(count);
        for (size_t p = 0; p < r->P; p++)
            g[p] = g[p] + one[p] / real_count(count);
    }
    return loss;
}
