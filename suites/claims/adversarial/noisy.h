// SPDX-License-Identifier: MIT
/* noisy.h - a network that has seen noise in training. */
#pragma once

#include "contest.h"

/* Trained as all others, on batches to which normal noise of this standard deviation is added,
 * drawn anew in every step; the rate tuned on images without noise. */
struct network *noisy_trained(const struct contest *is, uint64_t stream, double sigma);
