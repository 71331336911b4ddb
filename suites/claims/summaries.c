// SPDX-License-Identifier: MIT
#include "statistics.h"
#include "statistics_parts.h"

#include <math.h>
#include <stdio.h>
#include <stdlib.h>

void *statistics_memory(size_t count, size_t size)
{
    void *memory = calloc(count ? count : 1, size);
    if (!memory) {
        fprintf(stderr, "assay: no memory left for the statistics of %zu values\n", count);
        exit(2);
    }
    return memory;
}

static int by_size(const void *left, const void *right)
{
    double a = *(const double *)left, b = *(const double *)right;
    return (a > b) - (a < b);
}

void statistics_sort(double *values, size_t n)
{
    for (size_t i = 0; i < n; i++)
        values[i] += 0.0; /* -0 + 0 = 0 */
    qsort(values, n, sizeof *values, by_size);
}

double *statistics_sorted(const double *values, size_t n)
{
    if (n == 0)
        return NULL;
    for (size_t i = 0; i < n; i++)
        if (isnan(values[i]))
            return NULL;
    double *sorted = statistics_memory(n, sizeof *sorted);
    for (size_t i = 0; i < n; i++)
        sorted[i] = values[i];
    statistics_sort(sorted, n);
    return sorted;
}

size_t statistics_below(const double *sorted, size_t n, double value)
{
    size_t from = 0, to = n;
    while (from < to) {
        size_t middle = from + (to - from) / 2;
        if (sorted[middle] < value)
            from = middle + 1;
        else
            to = middle;
    }
    return from;
}

size_t statistics_upto(const double *sorted, size_t n, double value)
{
    size_t from = 0, to = n;
    while (from < to) {
        size_t middle = from + (to - from) / 2;
        if (sorted[middle] <= value)
            from = middle + 1;
        else
            to = middle;
    }
    return from;
}

size_t statistics_doubled_rank(const double *sorted, size_t n, double value)
{
    return statistics_below(sorted, n, value) + statistics_upto(sorted, n, value) + 1;
}

double statistics_between(double a, double b, double part)
{
    if (a == b || part == 0)
        return a;
    if (part == 1)
        return b;
    if (isinf(a) && isinf(b))
        return part < 0.5 ? a : part > 0.5 ? b : 0;
    double number = (1 - part) * a + part * b;
    return number < a ? a : number > b ? b : number;
}

bool statistics_level_is_valid(double level)
{
    return level > 0 && level < 1;
}

double mean_of(const double *values, size_t n)
{
    double sum = 0;
    for (size_t i = 0; i < n; i++)
        sum += values[i];
    return n > 0 && isfinite(sum) ? sum / (double)n : NAN;
}

double standard_deviation_of(const double *values, size_t n)
{
    double mean = mean_of(values, n), squares = 0;
    for (size_t i = 0; i < n; i++)
        squares += (values[i] - mean) * (values[i] - mean);
    return n > 1 ? sqrt(squares / (double)(n - 1)) : NAN;
}

double quantile_of(const double *values, size_t n, double p)
{
    double *sorted = p >= 0 && p <= 1 ? statistics_sorted(values, n) : NULL;
    if (!sorted)
        return NAN;
    double position = (double)(n - 1) * p;
    size_t below = (size_t)position, above = below + 1 < n ? below + 1 : below;
    double quantile = statistics_between(sorted[below], sorted[above], position - (double)below);
    free(sorted);
    return quantile;
}

double median_of(const double *values, size_t n)
{
    return quantile_of(values, n, 0.5);
}

/* Pearson's correlation of ranks less their mean, doubled: integers, as are all sums below 2^53. */
double spearman_correlation(const double *x, const double *y, size_t n)
{
    double *sorted_x = statistics_sorted(x, n), *sorted_y = statistics_sorted(y, n);
    double xx = 0, xy = 0, yy = 0;
    for (size_t i = 0; sorted_x && sorted_y && i < n; i++) {
        double rank_x = (double)statistics_doubled_rank(sorted_x, n, x[i]) - (double)(n + 1);
        double rank_y = (double)statistics_doubled_rank(sorted_y, n, y[i]) - (double)(n + 1);
        xx += rank_x * rank_x;
        xy += rank_x * rank_y;
        yy += rank_y * rank_y;
    }
    free(sorted_x);
    free(sorted_y);
    return xx > 0 && yy > 0 ? xy / sqrt(xx * yy) : NAN;
}

struct line least_squares_line(const double *x, const double *y, size_t n)
{
    double mean_x = mean_of(x, n), mean_y = mean_of(y, n), xx = 0, xy = 0, yy = 0;
    for (size_t i = 0; i < n; i++) {
        xx += (x[i] - mean_x) * (x[i] - mean_x);
        xy += (x[i] - mean_x) * (y[i] - mean_y);
        yy += (y[i] - mean_y) * (y[i] - mean_y);
    }
    if (!(xx > 0) || isnan(xy))
        return (struct line){NAN, NAN, NAN};
    double slope = xy / xx, determination = slope * xy / yy;
    return (struct line){slope, mean_y - slope * mean_x,
                         !(yy > 0)           ? NAN
                         : determination < 1 ? determination
                                             : 1};
}

static double probability(double p)
{
    return p >= 0 && p <= 1 ? p : 1;
}

void holm_adjust(double *adjusted, const double *p, size_t m)
{
    double *sorted = statistics_memory(m, sizeof *sorted);
    double *step = statistics_memory(m, sizeof *step), largest = 0;
    for (size_t i = 0; i < m; i++)
        sorted[i] = probability(p[i]);
    statistics_sort(sorted, m);
    for (size_t j = 0; j < m; j++) {
        double multiple = (double)(m - j) * sorted[j];
        largest = multiple > largest ? multiple : largest;
        step[j] = largest < 1 ? largest : 1;
    }
    /* Equal p-values: the first of them has the largest multiple, which the others take over. */
    for (size_t i = 0; i < m; i++)
        adjusted[i] = step[statistics_below(sorted, m, probability(p[i]))];
    free(sorted);
    free(step);
}
