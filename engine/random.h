// SPDX-License-Identifier: MIT
/* random.h - random numbers as a function of where they are used: (seed, stream, index).
 *
 * Philox4x32-10 of Salmon, Moraes, Dror and Shaw 2011, "Parallel random numbers: as easy as 1, 2,
 * 3". The key is the seed (low word, high word); the counter is (index low, index high, stream low,
 * stream high). There is no state, so any rank can compute any draw.
 */
#pragma once

#include <stddef.h>
#include <stdint.h>

/* Ten rounds on a counter under a key, in place. */
void philox(uint32_t counter[4], uint32_t key_low, uint32_t key_high);

/* 64 random bits: the first two words, the first one in the low half. */
uint64_t random_draw(uint64_t seed, uint64_t stream, uint64_t index);

/* draw[i] is random_draw of `index` + i, several at a time. */
void random_draws(uint64_t *draw, size_t count, uint64_t seed, uint64_t stream, uint64_t index);

/* Uniform in [-1, 1): a multiple of 2^-23, so exact in binary32. */
double random_uniform(uint64_t seed, uint64_t stream, uint64_t index);

/* order[0 .. n-1], a permutation of 0 .. n-1, n < 2^32, by Fisher and Yates: for i = n-1 .. 1, swap
 * i with the high 64 bits of draw(i) (i + 1). */
void random_shuffle(uint32_t *order, size_t n, uint64_t seed, uint64_t stream);
