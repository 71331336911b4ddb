// SPDX-License-Identifier: MIT
/* difference_of_logits_ratio.h - a loss for attackers, also of auto_pgd. Definition in
 * reference/adversarial/difference_of_logits_ratio.h. */
#pragma once

#include "../techniques.h"

/* The loss of one sample and dz (K), of at least three classes (four with a target; -1: none). */
scalar difference_of_logits_ratio(scalar *dz, const scalar *z, size_t K, int label, int target,
                                  scalar tiny);
