// SPDX-License-Identifier: MIT
/* mismatch.h - how far what a generator made is from what it should be; shared by the techniques
 * that compare element by element.
 *
 *     e = a - b
 *     value = (1/W) sum |e|,   de = (scale / W) sign(e)       or
 *     value = (1/W) sum e^2,   de = (scale / W) (2 e)
 *
 * Conventions: distance = l1 (default; sign(0) = 0) or l2; reduction = mean (default: W = N D),
 *     sample (W = N: a norm per sample, as papers write it) or sum (W = 1).
 * Order of operations: a chain over the features of a sample, then samples in blocks, then / W.
 *     The signs of l1 are decisions.
 */
#pragma once

#include "../call.h"

struct mismatch_rule {
    int squared, reduction;
    size_t block;
};

/* Reads the conventions. */
struct mismatch_rule mismatch_read(struct call *call);

/* The value of a and b (N,D); fills de (N,D), the gradient of scale times the value by a. */
real mismatch(struct call *call, const struct mismatch_rule *rule, real *de, const real *a,
              const real *b, size_t N, size_t D, real scale);
