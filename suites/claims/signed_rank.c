// SPDX-License-Identifier: MIT
/* The null distribution of a sum of ranks, each of which counts with probability 1/2: starting with
 * all probability at 0, one rank after the other, p[s] <- (p[s] + p[s - rank]) / 2. Ranks are
 * doubled where ties can give halves, so that sums are integers. */
#include "statistics.h"
#include "statistics_parts.h"

#include <math.h>
#include <stdlib.h>

/* p[0..limit], which the caller frees, of the sum of `count` ranks. */
static double *null_distribution(const size_t *rank, size_t count, size_t limit)
{
    double *p = statistics_memory(limit + 1, sizeof *p);
    size_t reach = 0; /* the largest sum so far */
    p[0] = 1;
    for (size_t i = 0; i < count; i++) {
        reach = reach + rank[i] < limit ? reach + rank[i] : limit;
        for (size_t s = reach + 1; s-- > rank[i];)
            p[s] = 0.5 * (p[s] + p[s - rank[i]]);
        for (size_t s = 0; s < rank[i] && s <= reach; s++)
            p[s] *= 0.5;
    }
    return p;
}

/* The probability of `sum` or more. The distribution is symmetric, so that is `total - sum` or
 * less; the smaller tail is added, from its end. */
static double upper_tail(const size_t *rank, size_t count, size_t total, size_t sum)
{
    size_t rest = total - sum;
    if (sum == 0)
        return 1;
    bool small = rest < sum;
    size_t limit = small ? rest : sum - 1;
    double *p = null_distribution(rank, count, limit), tail = 0;
    for (size_t s = 0; s <= limit; s++)
        tail += p[s];
    free(p);
    return small ? tail : 1 - tail;
}

static int by_rank(const void *left, const void *right)
{
    size_t a = *(const size_t *)left, b = *(const size_t *)right;
    return (a > b) - (a < b);
}

struct signed_rank signed_rank_test(const double *d, size_t n, double shift, enum zeros zeros)
{
    struct signed_rank test = {NAN, NAN, 0};
    double *magnitude = statistics_memory(n, sizeof *magnitude);
    size_t *rank = statistics_memory(n, sizeof *rank);
    size_t ranked = 0, sum = 0, total = 0;
    for (size_t i = 0; i < n; i++)
        if (d[i] != shift || zeros == ZEROS_RANKED)
            magnitude[ranked++] = fabs(d[i] - shift);
    double *sorted = statistics_sorted(magnitude, ranked);
    bool valid = n > 0 && n <= SIGNED_RANK_LARGEST && isfinite(shift) && (sorted || ranked == 0);
    for (size_t i = 0; valid && i < n; i++) {
        if (d[i] == shift)
            continue;
        rank[test.count] = statistics_doubled_rank(sorted, ranked, fabs(d[i] - shift));
        total += rank[test.count];
        sum += d[i] > shift ? rank[test.count] : 0;
        test.count++;
    }
    if (valid) {
        /* Beyond 53 ranks their order shows in the last bits. */
        qsort(rank, test.count, sizeof *rank, by_rank);
        test.statistic = (double)sum / 2;
        test.p = upper_tail(rank, test.count, total, sum);
    }
    free(magnitude);
    free(sorted);
    free(rank);
    return test;
}

struct equivalence equivalence_test(const double *d, size_t n, double margin)
{
    struct equivalence test = {NAN, NAN, NAN};
    if (!(margin > 0))
        return test;
    double *negative = statistics_memory(n, sizeof *negative);
    for (size_t i = 0; i < n; i++)
        negative[i] = -d[i];
    test.above = signed_rank_test(d, n, -margin, ZEROS_DROPPED).p;
    test.below = signed_rank_test(negative, n, -margin, ZEROS_DROPPED).p;
    test.p = test.above > test.below ? test.above : test.below;
    free(negative);
    return test;
}

/* The means of all pairs, each value with itself included, sorted; NULL as statistics_sorted. */
static double *sorted_pair_means(const double *d, size_t n)
{
    double *sorted = statistics_sorted(d, n), *mean = NULL;
    if (sorted) {
        mean = statistics_memory(n * (n + 1) / 2, sizeof *mean);
        size_t pairs = 0;
        for (size_t j = 0; j < n; j++)
            for (size_t i = 0; i <= j; i++)
                mean[pairs++] = statistics_between(sorted[i], sorted[j], 0.5);
        statistics_sort(mean, pairs);
    }
    free(sorted);
    return mean;
}

double pseudo_median_of(const double *d, size_t n)
{
    double *mean = sorted_pair_means(d, n);
    if (!mean)
        return NAN;
    size_t pairs = n * (n + 1) / 2;
    double middle = statistics_between(mean[(pairs - 1) / 2], mean[pairs / 2], 0.5);
    free(mean);
    return middle;
}

struct interval pseudo_median_interval(const double *d, size_t n, double level)
{
    struct interval interval = {NAN, NAN, NAN};
    bool valid = statistics_level_is_valid(level) && n <= SIGNED_RANK_LARGEST;
    double *mean = valid ? sorted_pair_means(d, n) : NULL;
    if (!mean)
        return interval;
    size_t pairs = n * (n + 1) / 2, c = 0;
    size_t rank[SIGNED_RANK_LARGEST] = {0};
    for (size_t i = 0; i < n; i++)
        rank[i] = i + 1;
    double *p = null_distribution(rank, n, pairs / 2), tail = 0;
    /* Both ends at the c-th mean miss with probability P(sum < c). */
    while (c < pairs / 2 && tail + p[c] <= (1 - level) / 2)
        tail += p[c++];
    interval.lower = c > 0 ? mean[c - 1] : -INFINITY;
    interval.upper = c > 0 ? mean[pairs - c] : INFINITY;
    interval.coverage = 1 - 2 * tail;
    free(p);
    free(mean);
    return interval;
}
