// SPDX-License-Identifier: MIT
/* statistics_parts.h - what the files of statistics.h share. */
#pragma once

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

/* Memory for `count` things, all zero; exits with status 2 when there is none. */
void *statistics_memory(size_t count, size_t size);

/* Sorts numbers in place. Zeros lose their sign, so that equal values have equal bits and the order
 * in which a sort leaves them does not show. */
void statistics_sort(double *values, size_t n);

/* A sorted copy, for the caller to free; NULL when there are no values, or a NaN among them. */
double *statistics_sorted(const double *values, size_t n);

/* Of sorted values: how many are below `value`, and how many not above it. */
size_t statistics_below(const double *sorted, size_t n, double value);
size_t statistics_upto(const double *sorted, size_t n, double value);

/* Twice the rank of `value` among sorted ones, counted from 1, in the middle of its ties: an
 * integer. */
size_t statistics_doubled_rank(const double *sorted, size_t n, double value);

/* The number `part` of the way from a to b >= a, 0 <= part <= 1; infinities as in statistics.h. */
double statistics_between(double a, double b, double part);

/* Whether 0 < level < 1, for intervals. */
bool statistics_level_is_valid(double level);
