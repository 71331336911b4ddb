// SPDX-License-Identifier: MIT
/* keys.h - scores as whole numbers of the same order, and how they are sorted.
 *
 * The bits of a floating-point number, with the sign bit turned over and all bits of negative
 * numbers turned over, are ordered like the numbers; -0 is made 0 first. Digits of 11 bits are
 * sorted from the lowest to the highest, which keeps the order of equal ones; a digit that all keys
 * share is skipped.
 */
#pragma once

#include "../arena.h"
#include "../team.h"

#include <stdint.h>

#ifdef SCALAR_F32
typedef uint32_t score_key;
#define KEY_MPI MPI_UINT32_T
#else
typedef uint64_t score_key;
#define KEY_MPI MPI_UINT64_T
#endif

/* The key of a number, not NaN; larger numbers have larger keys, equal ones the same. */
static inline score_key key_of(scalar x)
{
    const score_key top = (score_key)1 << (8 * sizeof(score_key) - 1);
    score_key bits;
    x += 0;
    __builtin_memcpy(&bits, &x, sizeof bits);
    return bits & top ? ~bits : bits | top;
}

/* Sorts n keys, rising; `other` is memory for n. Returns which of the two holds them. */
score_key *keys_sort(score_key *key, score_key *other, size_t n);

/* order (n): indices by falling score, equal scores by rising index. n < 2^32. */
void keys_order(struct arena *arena, uint32_t *order, const scalar *score, size_t n);

/* Twice the number of pairs (positive, negative) in which the positive key is larger, pairs of
 * equal keys counting one; over all ranks' keys, which are used up. The keys are spread over the
 * ranks by value, each once. Exact, so neither ranks nor splitters matter. Collective. */
long long keys_count_pairs(const struct team *team, struct arena *arena, score_key *positive,
                           size_t positives, score_key *negative, size_t negatives);
