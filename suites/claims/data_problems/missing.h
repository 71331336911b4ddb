// SPDX-License-Identifier: MIT
/* missing.h - samples with missing values, and what is put in their place.
 *
 * Why a value is missing, with a share p of them in the columns concerned:
 *
 *     MISSING_BY_CHANCE   each with probability p ("completely at random")
 *     MISSING_BY_ANOTHER  in even columns; with probability 2 p where the next column, which has
 *                         no gaps, is above its median, else never ("at random")
 *     MISSING_BY_ITSELF   with probability 2 p where the value itself is above its column's
 *                         median, else never ("not at random")
 *
 * p is at most 1/2. Medians are those of the training samples before anything is missing.
 */
#pragma once

#include "../lab/trial.h"

enum missing_why { MISSING_BY_CHANCE, MISSING_BY_ANOTHER, MISSING_BY_ITSELF };

/* A split, and which values are missing; what stands in their place says nothing. */
struct gaps {
    struct replica *replica;
    struct split split;
    bool *train, *validation, *test; /* (count, features) */
};

/* A copy of the split with gaps; random numbers of `stream` and the next two. */
struct gaps gaps_make(struct replica *r, const struct split *split, enum missing_why why, double p,
                      uint64_t stream);

/* The split with gaps filled in, from what is known of the training samples:
 *
 *     FILL_MEAN, FILL_MEDIAN  of the known values in the column (0 if there are none)
 *     FILL_NEIGHBOURS         the mean of the five training samples nearest to this one that know
 *                             the column, by the mean square difference over the columns that both
 *                             know; a training sample is no neighbour of its own; the column's
 *                             mean where nobody is near */
enum filling { FILL_MEAN, FILL_MEDIAN, FILL_NEIGHBOURS };
struct split gaps_fill(const struct gaps *gaps, enum filling filling);

/* The same with one more column for each: 1 where the value was missing, else 0. */
struct split gaps_mark(const struct gaps *gaps, const struct split *filled);

/* The training samples without gaps alone; validation and test are filled in. */
struct split gaps_drop(const struct gaps *gaps, const struct split *filled);

/* Waves: eight columns sin(2 (u cos k pi/8 + v sin k pi/8) + k) + noise of deviation 0.1, of two
 * hidden numbers u and v, uniform in [-1, 1]; class 1 where u v > 0. So columns tell of each other,
 * and not by straight lines. 400 to train, 200 for validation, 1000 to test. */
struct split missing_waves(struct replica *r);

/* Digits: 400, 200, and 1000. */
struct split missing_digits(struct replica *r);

/* Test accuracy of D-32-32-K with ReLU: Adam, 400 batches of 32, rate of 0.001, 0.003, 0.01 by
 * validation. Columns are standardised by the training samples. */
double missing_accuracy(struct replica *r, const struct split *split);
