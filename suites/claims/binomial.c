// SPDX-License-Identifier: MIT
#include "statistics.h"
#include "statistics_parts.h"

#include <math.h>
#include <stdlib.h>

/* Binomial probability of fewer than k and of k or more, in units of the most probable number's. */
struct tails {
    double below, from;
};

static void tails_add(struct tails *tails, size_t number, size_t k, double term)
{
    *(number < k ? &tails->below : &tails->from) += term;
}

static struct tails binomial_tails(size_t k, size_t n, double p)
{
    struct tails tails = {0, 0};
    double q = 1 - p, likely = (double)n * p;
    size_t mode = likely < (double)n ? (size_t)likely : n;
    double term = 1;
    tails_add(&tails, mode, k, term);
    for (size_t i = mode; i > 0 && term > 0; i--) {
        term *= (double)i * q / ((double)(n - i + 1) * p);
        tails_add(&tails, i - 1, k, term);
    }
    term = 1;
    for (size_t i = mode; i < n && term > 0; i++) {
        term *= (double)(n - i) * p / ((double)(i + 1) * q);
        tails_add(&tails, i + 1, k, term);
    }
    return tails;
}

double binomial_upper_tail(size_t k, size_t n, double p)
{
    if (!(p >= 0 && p <= 1))
        return NAN;
    if (k == 0 || k > n)
        return k == 0;
    if (p == 0 || p == 1)
        return p;
    struct tails tails = binomial_tails(k, n, p);
    return tails.from / (tails.below + tails.from);
}

double binomial_lower_tail(size_t k, size_t n, double p)
{
    if (!(p >= 0 && p <= 1))
        return NAN;
    if (k >= n)
        return 1;
    if (p == 0 || p == 1)
        return 1 - p;
    struct tails tails = binomial_tails(k + 1, n, p);
    return tails.below / (tails.below + tails.from);
}

double sign_test(const double *d, size_t n, double shift)
{
    size_t above = 0, count = 0;
    for (size_t i = 0; i < n; i++) {
        if (isnan(d[i]))
            return NAN;
        above += d[i] > shift;
        count += d[i] != shift;
    }
    return n > 0 && isfinite(shift) ? binomial_upper_tail(above, count, 0.5) : NAN;
}

struct interval clopper_pearson(size_t k, size_t n, double level)
{
    if (k > n || !statistics_level_is_valid(level))
        return (struct interval){NAN, NAN, NAN};
    double alpha = (1 - level) / 2;
    double low = 0, outside = 1; /* of the lower end: P(k or more) <= alpha at `low` */
    double high = 1, inside = 0; /* of the upper end: P(k or fewer) <= alpha at `high` */
    for (int halving = 0; halving < 100; halving++) {
        double middle = (low + outside) / 2;
        *(binomial_upper_tail(k, n, middle) <= alpha ? &low : &outside) = middle;
        middle = (inside + high) / 2;
        *(binomial_lower_tail(k, n, middle) <= alpha ? &high : &inside) = middle;
    }
    return (struct interval){k > 0 ? low : 0, k < n ? high : 1, level};
}

struct interval median_interval(const double *d, size_t n, double level)
{
    double *sorted = statistics_level_is_valid(level) ? statistics_sorted(d, n) : NULL;
    if (!sorted)
        return (struct interval){NAN, NAN, NAN};
    size_t c = 0;
    double missed = 0, next;
    while (2 * c < n && (next = binomial_lower_tail(c, n, 0.5)) <= (1 - level) / 2) {
        missed = next;
        c++;
    }
    struct interval interval = {c > 0 ? sorted[c - 1] : -INFINITY, c > 0 ? sorted[n - c] : INFINITY,
                                1 - 2 * missed};
    free(sorted);
    return interval;
}
