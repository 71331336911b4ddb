// SPDX-License-Identifier: MIT
/* probability_cases.h - predicted probabilities and what happened. */
#pragma once

#include "ranking_cases.h"

/* How probabilities are: those of a model that is right more often than not; the same, not adding
 * up to 1; multiples of 1/8 that add up to 1; 0 and 1 alone; very small and very large ones. */
enum probabilities { MODEL, UNNORMALIZED, EIGHTHS, CERTAIN, EXTREME };

/* block, probabilities (N) if K = 1, else (N,K), labels (N), weight. */
void probability_fill(struct assay_case *test, size_t N, size_t K, size_t block,
                      enum probabilities probabilities, enum weights weights);
