// SPDX-License-Identifier: MIT
#include "random.h"

#include "wide_vectors.h"

enum { ROUNDS = 10, LANES = 8 };

#define LEFT_FACTOR   0xD2511F53U
#define RIGHT_FACTOR  0xCD9E8D57U
#define KEY_LOW_STEP  0x9E3779B9U /* the golden ratio */
#define KEY_HIGH_STEP 0xBB67AE85U /* the root of 3 */

void philox(uint32_t counter[4], uint32_t key_low, uint32_t key_high)
{
    for (int round = 0; round < ROUNDS; round++) {
        uint64_t left = (uint64_t)LEFT_FACTOR * counter[0];
        uint64_t right = (uint64_t)RIGHT_FACTOR * counter[2];
        counter[0] = (uint32_t)(right >> 32) ^ counter[1] ^ key_low;
        counter[1] = (uint32_t)right;
        counter[2] = (uint32_t)(left >> 32) ^ counter[3] ^ key_high;
        counter[3] = (uint32_t)left;
        key_low += KEY_LOW_STEP;
        key_high += KEY_HIGH_STEP;
    }
}

uint64_t random_draw(uint64_t seed, uint64_t stream, uint64_t index)
{
    uint32_t counter[4] = {(uint32_t)index, (uint32_t)(index >> 32), (uint32_t)stream,
                           (uint32_t)(stream >> 32)};
    philox(counter, (uint32_t)seed, (uint32_t)(seed >> 32));
    return (uint64_t)counter[1] << 32 | counter[0];
}

WIDE_VECTORS
void random_draws(uint64_t *draw, size_t count, uint64_t seed, uint64_t stream, uint64_t index)
{
    /* philox on LANES counters abreast; 64-bit lanes, since that is how wide the products are. */
    for (size_t i = 0; i < count; i += LANES) {
        uint64_t word[4][LANES], key_low = (uint32_t)seed, key_high = seed >> 32;
        for (size_t l = 0; l < LANES; l++) {
            word[0][l] = (uint32_t)(index + i + l);
            word[1][l] = (index + i + l) >> 32;
            word[2][l] = (uint32_t)stream;
            word[3][l] = stream >> 32;
        }
        for (int round = 0; round < ROUNDS; round++) {
            for (size_t l = 0; l < LANES; l++) {
                const uint64_t left = (uint64_t)LEFT_FACTOR * (uint32_t)word[0][l];
                const uint64_t right = (uint64_t)RIGHT_FACTOR * (uint32_t)word[2][l];
                word[0][l] = right >> 32 ^ word[1][l] ^ key_low;
                word[1][l] = (uint32_t)right;
                word[2][l] = left >> 32 ^ word[3][l] ^ key_high;
                word[3][l] = (uint32_t)left;
            }
            key_low = (uint32_t)(key_low + KEY_LOW_STEP);
            key_high = (uint32_t)(key_high + KEY_HIGH_STEP);
        }
        for (size_t l = 0; l < LANES && i + l < count; l++)
            draw[i + l] = word[1][l] << 32 | word[0][l];
    }
}

double random_uniform(uint64_t seed, uint64_t stream, uint64_t index)
{
    return (double)(random_draw(seed, stream, index) >> 40) * 0x1p-23 - 1;
}

/* High half of the product of a 64-bit number and one below 2^32. */
static uint64_t high_product(uint64_t bits, uint32_t factor)
{
    uint64_t low = (bits & 0xFFFFFFFFU) * factor, high = (bits >> 32) * factor;
    return (high + (low >> 32)) >> 32;
}

void random_shuffle(uint32_t *order, size_t n, uint64_t seed, uint64_t stream)
{
    for (size_t i = 0; i < n; i++)
        order[i] = (uint32_t)i;
    for (size_t i = n; i-- > 1;) {
        size_t j = (size_t)high_product(random_draw(seed, stream, i), (uint32_t)(i + 1));
        uint32_t moved = order[i];
        order[i] = order[j];
        order[j] = moved;
    }
}
