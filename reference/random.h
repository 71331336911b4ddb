// SPDX-License-Identifier: MIT
/* random.h - random numbers as a function of where they are used: (seed, stream, index).
 *
 * Philox4x32-10 of Salmon, Moraes, Dror and Shaw 2011 ("Parallel random numbers: as easy as 1, 2,
 * 3"): the key is the seed (low word, high word), the counter is (index low, index high, stream
 * low, stream high), and the draw is the first two words of the result, word 0 being the low half.
 * No state, so any rank can compute any draw.
 */
#pragma once

#include <stddef.h>
#include <stdint.h>

/* All 128 bits for a counter and a key. */
void random_philox(uint32_t out[4], const uint32_t counter[4], const uint32_t key[2]);

/* 64 random bits. */
uint64_t random_bits(uint64_t seed, uint64_t stream, uint64_t index);

/* Uniform in [-1, 1): a multiple of 2^-23, exact in binary32: (bits >> 40) 2^-23 - 1. */
double random_symmetric(uint64_t seed, uint64_t stream, uint64_t index);

/* Uniform in 0..n-1, n > 0: the high 64 bits of the product random_bits(seed, stream, index) n.
 * (The bias is below 2^-32 for every n below 2^32.) */
uint64_t random_below(uint64_t n, uint64_t seed, uint64_t stream, uint64_t index);

/* A permutation of 0..n-1 by Fisher and Yates: for i = n-1 .. 1, swap i with j =
 * random_below(i + 1, seed, stream, i). */
void random_permutation(uint32_t *permutation, size_t n, uint64_t seed, uint64_t stream);
