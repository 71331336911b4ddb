// SPDX-License-Identifier: MIT
/* legacy_random.h - the draws of NumPy's RandomState, which scikit-learn's generators are made of:
 * a case can hold the very data of a document that states a seed.
 *
 * The generator is MT19937 of Matsumoto and Nishimura 1998 with the seeding of 2002 by one number.
 * What is drawn from it is frozen in NumPy ("legacy"): uniform numbers of 53 bits, the polar method
 * of Marsaglia with both numbers used, and masked rejection for whole numbers. Computed in double;
 * cases round to binary32. The logarithm is the C library's: its last bits cannot be seen there.
 */
#pragma once

#include <math.h>
#include <stddef.h>
#include <stdint.h>

enum { LEGACY_WORDS = 624 };

struct legacy_random {
    uint32_t word[LEGACY_WORDS];
    int next, has_normal;
    double normal;
};

static inline void legacy_seed(struct legacy_random *random, uint32_t seed)
{
    random->word[0] = seed;
    for (uint32_t i = 1; i < LEGACY_WORDS; i++) {
        uint32_t before = random->word[i - 1];
        random->word[i] = 1812433253u * (before ^ before >> 30) + i;
    }
    random->next = LEGACY_WORDS;
    random->has_normal = 0;
}

static inline void legacy_twist(struct legacy_random *random)
{
    uint32_t *word = random->word;
    for (int i = 0; i < LEGACY_WORDS; i++) {
        uint32_t mixed = (word[i] & 0x80000000u) | (word[(i + 1) % LEGACY_WORDS] & 0x7fffffffu);
        uint32_t odd = mixed & 1u ? 0x9908b0dfu : 0;
        word[i] = word[(i + 397) % LEGACY_WORDS] ^ mixed >> 1 ^ odd;
    }
    random->next = 0;
}

/* 32 random bits. */
static inline uint32_t legacy_bits(struct legacy_random *random)
{
    if (random->next == LEGACY_WORDS)
        legacy_twist(random);
    uint32_t y = random->word[random->next++];
    y ^= y >> 11;
    y ^= y << 7 & 0x9d2c5680u;
    y ^= y << 15 & 0xefc60000u;
    return y ^ y >> 18;
}

/* Uniform in [0,1), a multiple of 2^-53. */
static inline double legacy_uniform(struct legacy_random *random)
{
    uint32_t high = legacy_bits(random) >> 5, low = legacy_bits(random) >> 6;
    return (high * 67108864.0 + low) / 9007199254740992.0;
}

/* Standard normal. */
static inline double legacy_normal(struct legacy_random *random)
{
    if (random->has_normal) {
        random->has_normal = 0;
        return random->normal;
    }
    double x, y, square;
    do {
        x = 2 * legacy_uniform(random) - 1;
        y = 2 * legacy_uniform(random) - 1;
        square = x * x + y * y;
    } while (square >= 1 || square == 0);
    double factor = sqrt(-2 * log(square) / square);
    random->normal = factor * x;
    random->has_normal = 1;
    return factor * y;
}

/* A whole number in 0..largest: bits under a mask until they fit. */
static inline uint32_t legacy_integer(struct legacy_random *random, uint32_t largest)
{
    uint32_t mask = largest, value;
    for (int shift = 1; shift < 32; shift *= 2)
        mask |= mask >> shift;
    if (largest == 0)
        return 0;
    do
        value = legacy_bits(random) & mask;
    while (value > largest);
    return value;
}

/* A permutation of 0..n-1: arange(n), shuffled. */
static inline void legacy_permutation(struct legacy_random *random, int *index, size_t n)
{
    for (size_t i = 0; i < n; i++)
        index[i] = (int)i;
    for (size_t i = n; i-- > 1;) {
        size_t j = legacy_integer(random, (uint32_t)i);
        int kept = index[j];
        index[j] = index[i];
        index[i] = kept;
    }
}

/* n uniform or normal numbers in a row. */
static inline void legacy_uniforms(struct legacy_random *random, double *value, size_t n)
{
    for (size_t i = 0; i < n; i++)
        value[i] = legacy_uniform(random);
}

static inline void legacy_normals(struct legacy_random *random, double *value, size_t n)
{
    for (size_t i = 0; i < n; i++)
        value[i] = legacy_normal(random);
}
