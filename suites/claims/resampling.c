// SPDX-License-Identifier: MIT
#include "statistics.h"
#include "statistics_parts.h"
#include "../../reference/random.h"

#include <math.h>
#include <stdlib.h>

/* The sums of all 2^n subsets of d: bit i of the index says whether d_i belongs. Up to 2^10. */
static void subset_sums(double *sum, const double *d, size_t n)
{
    sum[0] = 0;
    for (size_t i = 0; i < n; i++)
        for (size_t subset = 0; subset < (size_t)1 << i; subset++)
            sum[subset | (size_t)1 << i] = sum[subset] + d[i];
}

/* Turning the signs of a subset takes twice its sum from the sum of d: the sum is as large as the
 * observed one when the subset's is 0 or less. */
static double exact_permutation(const double *d, size_t n, double tolerance)
{
    static const size_t most = (size_t)1 << PERMUTATION_EXACT / 2;
    size_t first = n / 2, second = n - first, large = 0;
    double *low = statistics_memory(most, sizeof *low),
           *high = statistics_memory(most, sizeof *high);
    subset_sums(low, d, first);
    subset_sums(high, d + first, second);
    for (size_t i = 0; i < (size_t)1 << first; i++)
        for (size_t j = 0; j < (size_t)1 << second; j++)
            large += low[i] + high[j] <= tolerance;
    free(low);
    free(high);
    return (double)large / (double)((size_t)1 << n);
}

static double random_permutations(const double *d, size_t n, double tolerance, uint64_t seed,
                                  uint64_t stream)
{
    size_t words = (n + 63) / 64, large = 0;
    for (size_t draw = 0; draw < PERMUTATION_DRAWS; draw++) {
        double sum = 0;
        uint64_t bits = 0;
        for (size_t i = 0; i < n; i++, bits >>= 1) {
            if (i % 64 == 0)
                bits = random_bits(seed, stream, draw * words + i / 64);
            sum += bits & 1 ? d[i] : 0;
        }
        large += sum <= tolerance;
    }
    return (double)(1 + large) / (1 + PERMUTATION_DRAWS);
}

double permutation_test(const double *d, size_t n, uint64_t seed, uint64_t stream)
{
    double magnitude = 0;
    for (size_t i = 0; i < n; i++)
        magnitude += fabs(d[i]);
    if (n == 0 || !isfinite(magnitude))
        return NAN;
    double tolerance = 0x1p-41 * magnitude;
    return n <= PERMUTATION_EXACT ? exact_permutation(d, n, tolerance)
                                  : random_permutations(d, n, tolerance, seed, stream);
}

struct interval bootstrap_interval(const double *values, size_t n,
                                   double statistic(const double *, size_t), double level,
                                   size_t resamples, uint64_t seed, uint64_t stream)
{
    if (n == 0 || !statistics_level_is_valid(level))
        return (struct interval){NAN, NAN, NAN};
    double *sample = statistics_memory(n, sizeof *sample);
    double *result = statistics_memory(resamples, sizeof *result);
    for (size_t r = 0; r < resamples; r++) {
        for (size_t i = 0; i < n; i++)
            sample[i] = values[random_below(n, seed, stream, r * n + i)];
        result[r] = statistic(sample, n);
    }
    struct interval interval = {quantile_of(result, resamples, (1 - level) / 2),
                                quantile_of(result, resamples, (1 + level) / 2), level};
    free(sample);
    free(result);
    return interval;
}

enum { SIZES = 8, LARGEST = 200, TRIALS = 200, ENOUGH = 160, FEWEST = 5 };

/* Whether so many replicas pass the rule often enough; d is already moved. */
static bool passes_often(const double *d, size_t n, size_t size, double minimum, double alpha,
                         uint64_t seed, uint64_t stream)
{
    double sample[LARGEST];
    size_t passed = 0;
    for (size_t r = 0; r < TRIALS && passed < ENOUGH; r++) {
        if (r - passed > TRIALS - ENOUGH)
            return false;
        for (size_t i = 0; i < size; i++)
            sample[i] = d[random_below(n, seed, stream, (TRIALS * size + r) * LARGEST + i)];
        passed += median_of(sample, size) >= minimum &&
                  signed_rank_test(sample, size, 0, ZEROS_DROPPED).p < alpha;
    }
    return passed >= ENOUGH;
}

size_t replicas_needed(const double *d, size_t n, double minimum, double alpha, uint64_t seed,
                       uint64_t stream)
{
    static const size_t sizes[SIZES] = {20, 30, 40, 60, 80, 120, 160, 200};
    double median = median_of(d, n), move = minimum > 0 ? 1.5 * minimum - median : 0;
    size_t needed = 0;
    if (n < FEWEST || !isfinite(median) || !isfinite(minimum))
        return 0;
    double *moved = statistics_memory(n, sizeof *moved);
    for (size_t i = 0; i < n; i++)
        moved[i] = d[i] + move;
    for (size_t i = 0; i < SIZES && needed == 0; i++)
        if (passes_often(moved, n, sizes[i], minimum, alpha, seed, stream))
            needed = sizes[i];
    free(moved);
    return needed;
}
