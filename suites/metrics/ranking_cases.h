// SPDX-License-Identifier: MIT
/* ranking_cases.h - scores and labels for the metrics that look at all thresholds. */
#pragma once

#include "../case_builder.h"

/* Where scores come from: nearly normal around 1 for positives and 0 for negatives; the same, all
 * negative; whole numbers with many ties; all equal; probabilities in (0,1); whole numbers that no
 * two samples share, positives nearly all on top; the same, but that order turned around. */
enum scores { NORMAL, NEGATIVE, COARSE, EQUAL, PROBABLE, RISING, FALLING };

/* Which weights: none; uniform in [1/2,2); whole numbers 1..4 and some 0; multiples of 1/4; whole
 * numbers around 1000, as of samples that were counted before. */
enum weights { UNWEIGHTED, UNIFORM, WHOLE, QUARTERS, LARGE };

/* N samples, the first P of them in a scattered order positive; block; inputs scores, labels. N is
 * no multiple of 7. */
void ranking_fill(struct assay_case *test, size_t N, size_t P, size_t block, enum scores scores,
                  enum weights weights);

/* The weights alone. */
void ranking_fill_weights(struct assay_case *test, size_t N, enum weights weights);
