// SPDX-License-Identifier: MIT
/* mismatch.h - element by element, how far a generator's result is off; conventions and order in
 * reference/generative/mismatch.h. The samples are sharded; one number crosses the network. */
#pragma once

#include "../techniques.h"

struct mismatch_rule {
    bool squared;
    int reduction;
};

struct mismatch_rule mismatch_read(struct question *q);

/* The value of this rank's a and b (part, D) over all samples of axis `letter`; fills de (part, D),
 * the gradient of scale times the value by a. Collective. */
scalar mismatch(struct question *q, char letter, const struct mismatch_rule *rule, scalar *de,
                const scalar *a, const scalar *b, size_t D, scalar scale);
