// SPDX-License-Identifier: MIT
/* Bootstrap intervals; definition in reference/metrics/bootstrap_interval.h.
 *
 * How it is distributed: every rank holds the values, and the resamples are sharded. The replicates
 * cross the network once, each as the largest of what all ranks have for it, which is exact; then
 * every rank sorts them.
 */
#include "../techniques.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>

enum statistic { MEAN, MEDIAN, DEVIATION };
enum rule { LINEAR, WEIBULL, HAZEN, MEDIAN_UNBIASED, LOWER, HIGHER, NEAREST, MIDPOINT, INVERSE };

static int ascending(const void *left, const void *right)
{
    const scalar a = *(const scalar *)left, b = *(const scalar *)right;
    return (a > b) - (a < b);
}

static scalar mean_of(const scalar *v, size_t n)
{
    scalar sum = 0;
    for (size_t i = 0; i < n; i++)
        sum += v[i];
    return sum / (scalar)n;
}

static scalar deviation_of(const scalar *v, size_t n)
{
    const scalar mean = mean_of(v, n);
    scalar sum = 0;
    for (size_t i = 0; i < n; i++)
        sum += (v[i] - mean) * (v[i] - mean);
    return scalar_sqrt(sum / (scalar)(n - 1));
}

/* v (n) may be sorted. */
static scalar evaluate(enum statistic statistic, scalar *v, size_t n)
{
    if (statistic == MEAN)
        return mean_of(v, n);
    if (statistic == DEVIATION)
        return deviation_of(v, n);
    qsort(v, n, sizeof *v, ascending);
    return (v[(n - 1) / 2] + v[n / 2]) / 2;
}

/* The quantile at p of v (B), sorted. */
static scalar quantile(enum rule rule, const scalar *v, size_t B, scalar p)
{
    const scalar count = (scalar)B, third = (scalar)1 / 3, two_thirds = (scalar)2 / 3;
    scalar h = (count - 1) * p;
    if (rule == WEIBULL)
        h = (count + 1) * p - 1;
    else if (rule == HAZEN)
        h = count * p - (scalar)0.5;
    else if (rule == MEDIAN_UNBIASED)
        h = (count + third) * p - two_thirds;
    else if (rule == INVERSE)
        h = count * p - 1;
    if (!(h > 0))
        h = 0;
    if (h > count - 1)
        h = count - 1;
    const size_t below = (size_t)h;
    const scalar share = h - (scalar)below;
    const size_t above = share > 0 ? below + 1 : below;
    switch (rule) {
    case LOWER:
        return v[below];
    case HIGHER:
    case INVERSE:
        return v[above];
    case NEAREST:
        return v[share > (scalar)0.5 ? above : below];
    case MIDPOINT:
        return (v[below] + v[above]) / 2;
    default:
        return v[below] + share * (v[above] - v[below]);
    }
}

void bootstrap_interval_run(struct question *q)
{
    static const char *const statistics[] = {"mean", "median", "deviation", NULL};
    static const char *const intervals[] = {"percentile", "basic", NULL};
    static const char *const rules[] = {"linear", "weibull", "hazen",    "median_unbiased", "lower",
                                        "higher", "nearest", "midpoint", "inverse",         NULL};
    const enum statistic statistic = (enum statistic)question_choice(q, "statistic", statistics);
    const enum rule rule = (enum rule)question_choice(q, "quantile", rules);
    const bool basic = question_choice(q, "interval", intervals) == 1;
    const scalar level = question_number_or(q, "level", (scalar)0.95);
    const scalar *x = question_input(q, "x", "N");
    const size_t N = question_size(q, 'N');
    if (N < 2)
        question_refuse(q, "its input 'x' needs two values at least");
    question_split_evenly(q, 'B');
    const int *index = question_integers(q, "index", "[B]N", 0, (int)N - 1);
    const size_t B = question_size(q, 'B'), first = question_first(q, 'B');
    if (B < 2)
        question_refuse(q, "its input 'index' needs two resamples at least");
    if (!(level > 0 && level < 1))
        question_refuse(q, "its number 'level' must be between 0 and 1");
    scalar *observed = question_output(q, "observed", "");
    scalar *replicate = question_output(q, "replicate", "B"), *v = question_scratch(q, N);
    memcpy(v, x, N * sizeof *v);
    *observed = evaluate(statistic, v, N);
    for (size_t b = 0; b < B; b++)
        replicate[b] = -INFINITY;
    for (size_t b = 0; b < question_part(q, 'B'); b++) {
        for (size_t n = 0; n < N; n++)
            v[n] = x[index[b * N + n]];
        replicate[first + b] = evaluate(statistic, v, N);
    }
    reduce_largest(question_team(q), replicate, B);
    scalar *sorted = question_scratch(q, B);
    *question_output(q, "error", "") = deviation_of(replicate, B);
    memcpy(sorted, replicate, B * sizeof *sorted);
    qsort(sorted, B, sizeof *sorted, ascending);
    const scalar tail = (1 - level) / 2, lower = quantile(rule, sorted, B, tail);
    const scalar upper = quantile(rule, sorted, B, 1 - tail);
    *question_output(q, "low", "") = basic ? 2 * *observed - upper : lower;
    *question_output(q, "high", "") = basic ? 2 * *observed - lower : upper;
}
