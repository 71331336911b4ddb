// SPDX-License-Identifier: MIT
/* score_forks.h - losses of scores once more, from the last sample to the first, and what goes
 * wrong in all of them. */
#pragma once

#include "../fork.h"

enum score_accident {
    SCORE_RIGHT,
    SCORE_LABELS_EXCHANGED,
    SCORE_FAKE_LOST,
    SCORE_ONE_MEAN,
    SCORE_MEAN_OF_BLOCK_MEANS,
    SCORE_LAST_BLOCK_LOST,
    SCORE_UPSTREAM_IGNORED,
    SCORE_GRADIENT_SIGN,
    SCORE_GRADIENT_NOT_HALVED,
    SCORE_OWN /* mistakes of the technique's own follow */
};

enum score_kind { REAL_SCORE, FAKE_SCORE, GENERATOR_SCORE };

/* The loss of one score, and its slope. */
typedef real (*score_of_one)(struct call *call, enum score_kind kind, real z, real *slope);

/* Answers by that function, with the accident that call_variant() names. */
void score_with_accident(struct call *call, score_of_one one);

/* How much sample n of N counts when blocks are mistaken (1 otherwise). */
real score_share(int accident, size_t n, size_t N, size_t block);
