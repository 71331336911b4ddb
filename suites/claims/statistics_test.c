// SPDX-License-Identifier: MIT
/* Statistics of claims: against others' figures (statistics_goldens.h), by counting every case
 * here, by closed forms, and by how often they err. */
#include "statistics.h"
#include "statistics_goldens.h"
#include "../../reference/random.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stdbool.h>
#include <stdint.h>
#include <string.h>
/* cmocka.h wants these before it. */
#include <cmocka.h>

#define COUNT(rows) (sizeof(rows) / sizeof *(rows))

/* Within a relative error; infinities and NaN are what they are. */
static void near(const char *name, const char *what, double value, double expected, double error)
{
    bool same = isfinite(expected) ? fabs(value - expected) <= error * fabs(expected) + 1e-300
                                   : value == expected || (isnan(value) && isnan(expected));
    if (!same)
        fail_msg("%s: %s is %.17g, not %.17g", name, what, value, expected);
}

/* --- against others' figures ------------------------------------------------------------------ */
static void test_signed_rank(void **state)
{
    (void)state;
    for (size_t i = 0; i < COUNT(signed_rank_goldens); i++) {
        const struct signed_rank_golden *g = &signed_rank_goldens[i];
        struct signed_rank test = signed_rank_test(g->d, g->n, g->shift, g->zeros);
        near(g->name, "p", test.p, g->p, g->count <= 53 ? 0 : (double)g->count * 0x1p-52);
        near(g->name, "statistic", test.statistic, g->statistic, 0);
        assert_int_equal(test.count, g->count);
    }
}

static void test_equivalence(void **state)
{
    (void)state;
    for (size_t i = 0; i < COUNT(equivalence_goldens); i++) {
        const struct equivalence_golden *g = &equivalence_goldens[i];
        struct equivalence test = equivalence_test(g->d, g->n, g->margin);
        near(g->name, "above", test.above, g->above, 1e-13);
        near(g->name, "below", test.below, g->below, 1e-13);
        assert_true(test.p == fmax(test.above, test.below));
    }
    assert_true(isnan(equivalence_test(depression, 9, 0).p));
    assert_true(isnan(equivalence_test(depression, 9, NAN).p));
}

static void test_intervals(void **state)
{
    (void)state;
    for (size_t i = 0; i < COUNT(interval_goldens); i++) {
        const struct interval_golden *g = &interval_goldens[i];
        struct interval interval = g->function(g->d, g->n, g->level);
        near(g->name, "lower end", interval.lower, g->lower, 1e-15);
        near(g->name, "upper end", interval.upper, g->upper, 1e-15);
        near(g->name, "coverage", interval.coverage, g->coverage, 1e-14);
        assert_true(interval.coverage >= g->level);
    }
}

static void test_summaries(void **state)
{
    static const double p[] = {0, 0.1, 0.25, 0.95, 1};
    (void)state;
    for (size_t i = 0; i < COUNT(summary_goldens); i++) {
        const struct summary_golden *g = &summary_goldens[i];
        near(g->name, "mean", mean_of(g->d, g->n), g->mean, 1e-13);
        near(g->name, "deviation", standard_deviation_of(g->d, g->n), g->deviation, 1e-14);
        near(g->name, "median", median_of(g->d, g->n), g->median, 1e-15);
        near(g->name, "pseudo-median", pseudo_median_of(g->d, g->n), g->pseudo_median, 1e-15);
        for (size_t q = 0; q < COUNT(p); q++)
            near(g->name, "quantile", quantile_of(g->d, g->n, p[q]), g->quantile[q], 1e-13);
    }
}

static void test_binomial(void **state)
{
    (void)state;
    for (size_t i = 0; i < COUNT(binomial_goldens); i++) {
        const struct binomial_golden *g = &binomial_goldens[i];
        double error = 1e-12 + (double)g->n * 0x1p-50;
        near("binomial", "upper tail", binomial_upper_tail(g->k, g->n, g->p), g->upper, error);
        near("binomial", "lower tail", binomial_lower_tail(g->k, g->n, g->p), g->lower, error);
    }
    for (size_t i = 0; i < COUNT(clopper_pearson_goldens); i++) {
        const struct clopper_pearson_golden *g = &clopper_pearson_goldens[i];
        struct interval interval = clopper_pearson(g->k, g->n, g->level);
        near("Clopper and Pearson", "lower end", interval.lower, g->lower, 1e-12);
        near("Clopper and Pearson", "upper end", interval.upper, g->upper, 1e-12);
    }
    for (size_t i = 0; i < COUNT(sign_goldens); i++) {
        const struct sign_golden *g = &sign_goldens[i];
        near(g->name, "sign test", sign_test(g->d, g->n, g->shift), g->p, 1e-12);
    }
}

static void test_resampling(void **state)
{
    (void)state;
    for (size_t i = 0; i < COUNT(bootstrap_goldens); i++) {
        const struct bootstrap_golden *g = &bootstrap_goldens[i];
        struct interval interval = bootstrap_interval(g->d, g->n, g->statistic, g->level,
                                                      BOOTSTRAP_RESAMPLES, g->seed, g->stream);
        near(g->name, "lower end", interval.lower, g->lower, 1e-14);
        near(g->name, "upper end", interval.upper, g->upper, 1e-14);
    }
    for (size_t i = 0; i < COUNT(permutation_goldens); i++) {
        const struct permutation_golden *g = &permutation_goldens[i];
        near(g->name, "permutation", permutation_test(g->d, g->n, g->seed, g->stream), g->p, 1e-15);
    }
    for (size_t i = 0; i < COUNT(replicas_goldens); i++) {
        const struct replicas_golden *g = &replicas_goldens[i];
        assert_int_equal(replicas_needed(g->d, g->n, g->minimum, g->alpha, g->seed, g->stream),
                         g->needed);
    }
}

static void test_pairs(void **state)
{
    (void)state;
    for (size_t i = 0; i < COUNT(pairs_goldens); i++) {
        const struct pairs_golden *g = &pairs_goldens[i];
        struct line line = least_squares_line(g->x, g->y, g->n);
        near(g->name, "Spearman", spearman_correlation(g->x, g->y, g->n), g->spearman, 1e-13);
        near(g->name, "slope", line.slope, g->slope, 1e-13);
        near(g->name, "intercept", line.intercept, g->intercept, 1e-12);
        near(g->name, "determination", line.determination, g->determination, 1e-13);
    }
}

/* Holm 1979 rejects p-values in order while they are below alpha / (m - j + 1): with 0.005, 0.01,
 * 0.03, 0.04 at 0.05 those are the first two. */
static void test_holm(void **state)
{
    static const double p[] = {0.01, 0.04, 0.03, 0.005}, by_hand[] = {0.03, 0.06, 0.06, 0.02};
    static const double odd[] = {NAN, 0.01, -1, 2};
    double adjusted[COUNT(family)];
    (void)state;
    holm_adjust(adjusted, family, COUNT(family));
    for (size_t i = 0; i < COUNT(family); i++)
        near("Holm", "adjusted", adjusted[i], family_holm[i], 1e-15);
    holm_adjust(adjusted, p, 4);
    for (size_t i = 0; i < 4; i++)
        near("Holm", "adjusted by hand", adjusted[i], by_hand[i], 1e-15);
    memcpy(adjusted, odd, sizeof odd);
    holm_adjust(adjusted, adjusted, 4);
    assert_true(adjusted[0] == 1 && adjusted[1] == 0.04 && adjusted[2] == 1 && adjusted[3] == 1);
    holm_adjust(adjusted, p, 0);
}

/* --- counting every case ---------------------------------------------------------------------- */
static double noise(uint64_t seed, uint64_t index)
{
    /* The sum of four: symmetric, and smoother than one. */
    double sum = 0;
    for (uint64_t part = 0; part < 4; part++)
        sum += random_symmetric(seed, 20 + part, index);
    return sum;
}

/* Twice the sum of the ranks of the positive numbers, by comparing all with all. */
static long doubled_rank_sum(const double *d, size_t n)
{
    long sum = 0;
    for (size_t i = 0; i < n; i++)
        for (size_t j = 0; d[i] > 0 && j < n; j++)
            if (d[j] != 0)
                sum += (fabs(d[j]) < fabs(d[i])) + (fabs(d[j]) <= fabs(d[i])) + (i == j);
    return sum;
}

/* All 2^n patterns of signs, for the signed ranks and for the mean; integers, with ties and zeros.
 */
static void test_every_sign(void **state)
{
    (void)state;
    for (size_t n = 1; n <= 12; n++) {
        double d[12], turned[12], observed = 0;
        size_t ranks_large = 0, means_large = 0;
        for (size_t i = 0; i < n; i++) {
            d[i] = (double)random_below(11, n, 1, i) - 4;
            observed += d[i];
        }
        for (size_t signs = 0; signs < (size_t)1 << n; signs++) {
            double sum = 0;
            for (size_t i = 0; i < n; i++) {
                turned[i] = signs >> i & 1 ? -d[i] : d[i];
                sum += turned[i];
            }
            ranks_large += doubled_rank_sum(turned, n) >= doubled_rank_sum(d, n);
            means_large += sum >= observed;
        }
        double patterns = (double)((size_t)1 << n);
        assert_true(signed_rank_test(d, n, 0, ZEROS_DROPPED).p == (double)ranks_large / patterns);
        assert_true(permutation_test(d, n, 0, 0) == (double)means_large / patterns);
    }
}

/* The intervals hold what their tests do not reject: every pattern of signs of centre + {1, 2, 4,
 * ...}, whose pair means are all different, is one of 2^n equally probable samples around that
 * centre, so the share whose interval holds it is the stated coverage. */
static void test_exact_coverage(void **state)
{
    (void)state;
    for (size_t n = 4; n <= 12; n += 2) {
        size_t held = 0, held_median = 0, samples = (size_t)1 << n;
        struct interval interval, median;
        double d[12];
        for (size_t signs = 0; signs < samples; signs++) {
            for (size_t i = 0; i < n; i++)
                d[i] = 0.5 + (signs >> i & 1 ? -1 : 1) * (double)((size_t)1 << i);
            interval = pseudo_median_interval(d, n, 0.85);
            median = median_interval(d, n, 0.85);
            held += interval.lower <= 0.5 && 0.5 <= interval.upper;
            held_median += median.lower <= 0.5 && 0.5 <= median.upper;
        }
        assert_true(interval.coverage == (double)held / (double)samples &&
                    interval.lower > -INFINITY);
        near("median", "coverage", (double)held_median / (double)samples, median.coverage, 1e-14);
    }
}

/* With all of n numbers of different size positive p is 2^-n; the 5 sets of ranks with a sum up to
 * 3 are
 * {}, {1}, {2}, {3}, {1, 2}. */
static void test_largest(void **state)
{
    static double d[SIGNED_RANK_LARGEST + 1];
    double smallest = 1;
    (void)state;
    for (size_t i = 0; i < SIGNED_RANK_LARGEST + 1; i++)
        d[i] = (double)i + 1;
    for (size_t n = 1; n <= SIGNED_RANK_LARGEST; n++) {
        smallest /= 2;
        if (n % 333 == 1)
            assert_true(signed_rank_test(d, n, 0, ZEROS_DROPPED).p == smallest);
    }
    d[0] = -1;
    d[1] = -2;
    assert_true(signed_rank_test(d, SIGNED_RANK_LARGEST, 0, ZEROS_DROPPED).p == 5 * smallest);
    assert_true(isnan(signed_rank_test(d, SIGNED_RANK_LARGEST + 1, 0, ZEROS_DROPPED).p));
    assert_true(isnan(pseudo_median_interval(d, SIGNED_RANK_LARGEST + 1, 0.95).lower));
}

/* --- how often they err ----------------------------------------------------------------------- */
/* 200 experiments of 20 replicas with no effect: p below a level as often as a binomial number of
 * that probability may be (its 0.0005 and 0.9995 quantiles: scipy.stats.binom.ppf([.0005, .9995],
 * 200, p) = 0 and 8, 7 and 35, 77 and 123). With an effect of a standard deviation (of 4 uniform
 * ones: 1.155), all but a few below 0.01. */
static void test_rates(void **state)
{
    static const double level[] = {0.01, 0.1, 0.5};
    static const size_t least[] = {0, 7, 77}, most[] = {8, 35, 123};
    size_t ranks[3] = {0}, means[3] = {0}, signs = 0, found = 0, found_means = 0;
    double d[20], moved[20];
    (void)state;
    for (uint64_t seed = 0; seed < 200; seed++) {
        for (size_t i = 0; i < 20; i++) {
            d[i] = noise(seed, i);
            moved[i] = d[i] + 1.155;
        }
        double p = signed_rank_test(d, 20, 0, ZEROS_DROPPED).p;
        double p_mean = seed % 4 == 0 ? permutation_test(d, 20, 0, 0) : NAN;
        for (size_t l = 0; l < 3; l++) {
            ranks[l] += p < level[l];
            means[l] += p_mean < level[l];
        }
        signs += sign_test(d, 20, 0) < 0.01;
        found += signed_rank_test(moved, 20, 0, ZEROS_DROPPED).p < 0.01;
        found_means += seed % 4 == 0 && permutation_test(moved, 20, 0, 0) < 0.01;
    }
    for (size_t l = 0; l < 3; l++)
        assert_in_range(ranks[l], least[l], most[l]);
    /* Of 50: binom.ppf gives 0 and 4, 0 and 13, 14 and 36. */
    assert_true(means[0] <= 4 && means[1] >= 1 && means[1] <= 13 && means[2] >= 14 &&
                means[2] <= 36);
    assert_true(signs <= 8);
    assert_in_range(found, 185, 200);
    assert_in_range(found_means, 45, 50);
}

/* Nominal 95 % intervals of 20 values hold the true centre, 0, somewhat less often than that: 90 to
 * 95 % in the long run, so 169 to 199 of 200 leave room for four standard deviations. */
static void test_bootstrap_coverage(void **state)
{
    size_t mean_held = 0, median_held = 0;
    double d[20];
    (void)state;
    for (uint64_t seed = 0; seed < 200; seed++) {
        for (size_t i = 0; i < 20; i++)
            d[i] = noise(seed, 100 + i);
        struct interval mean = bootstrap_interval(d, 20, mean_of, 0.95, 1000, seed, 1);
        struct interval median = bootstrap_interval(d, 20, median_of, 0.95, 1000, seed, 2);
        mean_held += mean.lower <= 0 && 0 <= mean.upper;
        median_held += median.lower <= 0 && 0 <= median.upper;
        assert_true(mean.lower < mean_of(d, 20) && mean_of(d, 20) < mean.upper);
    }
    assert_in_range(mean_held, 169, 199);
    assert_in_range(median_held, 169, 199);
}

/* --- the same bits everywhere ----------------------------------------------------------------- */
static uint64_t hash_of(uint64_t hash, double value)
{
    uint64_t bits;
    memcpy(&bits, &value, sizeof bits);
    for (int byte = 0; byte < 8; byte++)
        hash = (hash ^ (bits >> 8 * byte & 0xFF)) * 0x100000001B3; /* FNV-1a */
    return hash;
}

/* What was found on x86-64 by gcc and clang at several levels of optimization, and on arm64. */
static void test_same_bits(void **state)
{
    uint64_t hash = 0xCBF29CE484222325;
    (void)state;
    for (size_t i = 0; i < COUNT(summary_goldens); i++) {
        const double *d = summary_goldens[i].d;
        size_t n = summary_goldens[i].n;
        struct interval pseudo_median = pseudo_median_interval(d, n, 0.95);
        struct interval middle = median_interval(d, n, 0.95);
        struct interval mean = bootstrap_interval(d, n, mean_of, 0.95, 100, 1, i);
        struct interval successes = clopper_pearson(n / 3, n, 0.95);
        double values[] = {mean_of(d, n),
                           median_of(d, n),
                           quantile_of(d, n, 0.1),
                           pseudo_median_of(d, n),
                           pseudo_median.lower,
                           pseudo_median.coverage,
                           middle.upper,
                           middle.coverage,
                           mean.lower,
                           mean.upper,
                           successes.lower,
                           successes.upper,
                           signed_rank_test(d, n, 0.1, ZEROS_DROPPED).p,
                           sign_test(d, n, 0.1),
                           permutation_test(d, n < 30 ? n : 30, 1, i),
                           n > 1 ? standard_deviation_of(d, n) : 0};
        for (size_t v = 0; v < COUNT(values); v++)
            hash = hash_of(hash, values[v]);
    }
    for (size_t i = 0; i < COUNT(pairs_goldens); i++) {
        const struct pairs_golden *g = &pairs_goldens[i];
        struct line line = least_squares_line(g->x, g->y, g->n);
        hash = hash_of(hash, spearman_correlation(g->x, g->y, g->n));
        hash = hash_of(hash_of(hash, line.slope), line.determination);
    }
    if (hash != 0xFE7A8BF29CB992DF)
        fail_msg("the hash of the bits is 0x%016llX", (unsigned long long)hash);
}

/* --- what is no number, and other edges ------------------------------------------------------- */
static void test_not_a_number(void **state)
{
    double d[] = {1, 2, NAN, 4, 5, 6}, x[] = {1, 2, 3, 4, 5, 6};
    (void)state;
    assert_true(isnan(mean_of(d, 6)) && isnan(standard_deviation_of(d, 6)));
    assert_true(isnan(median_of(d, 6)) && isnan(pseudo_median_of(d, 6)));
    assert_true(isnan(quantile_of(x, 6, NAN)) && isnan(quantile_of(x, 6, 1.1)));
    assert_true(isnan(signed_rank_test(d, 6, 0, ZEROS_DROPPED).p));
    assert_true(isnan(signed_rank_test(d, 6, 0, ZEROS_RANKED).p));
    assert_true(isnan(signed_rank_test(x, 6, NAN, ZEROS_DROPPED).p));
    assert_true(isnan(signed_rank_test(x, 6, INFINITY, ZEROS_DROPPED).p));
    assert_true(isnan(equivalence_test(d, 6, 1).p) && isnan(sign_test(d, 6, 0)));
    assert_true(isnan(pseudo_median_interval(d, 6, 0.9).lower));
    assert_true(isnan(median_interval(d, 6, 0.9).lower));
    assert_true(isnan(median_interval(x, 6, 1).lower) && isnan(median_interval(x, 6, NAN).lower));
    assert_true(isnan(permutation_test(d, 6, 0, 0)));
    assert_true(isnan(bootstrap_interval(d, 6, median_of, 0.95, 100, 0, 0).lower));
    assert_true(isnan(bootstrap_interval(x, 6, median_of, 0.95, 0, 0, 0).lower));
    assert_true(isnan(spearman_correlation(x, d, 6)) && isnan(spearman_correlation(d, x, 6)));
    assert_true(isnan(least_squares_line(x, d, 6).slope) &&
                isnan(least_squares_line(d, x, 6).slope));
    assert_int_equal(replicas_needed(d, 6, 1, 0.05, 0, 0), 0);
    assert_true(isnan(binomial_upper_tail(1, 2, NAN)) && isnan(binomial_lower_tail(1, 2, -1)));
}

static void test_edges(void **state)
{
    static const double same[] = {3, 3, 3, 3, 3}, other[] = {1, 2, 3, 4, 5},
                        huge[] = {-1.7e308, 1.7e308};
    static const double unequal[] = {-INFINITY, 1, 2, INFINITY};
    (void)state;
    assert_true(isnan(mean_of(same, 0)) && isnan(median_of(same, 0)));
    assert_true(isnan(signed_rank_test(same, 0, 0, ZEROS_DROPPED).p) &&
                isnan(sign_test(same, 0, 0)));
    assert_true(isnan(permutation_test(same, 0, 0, 0)));
    assert_true(isnan(bootstrap_interval(same, 0, mean_of, 0.95, 9, 0, 0).lower));
    assert_true(isnan(standard_deviation_of(same, 1)) && standard_deviation_of(same, 5) == 0);
    assert_true(isnan(spearman_correlation(same, other, 5)));
    assert_true(isnan(least_squares_line(same, other, 5).slope));
    assert_true(least_squares_line(other, same, 5).slope == 0);
    assert_true(isnan(least_squares_line(other, same, 5).determination));
    assert_true(spearman_correlation(other, other, 5) == 1);
    assert_true(median_of(huge, 2) == 0);
    near("huge", "quantile", quantile_of(huge, 2, 0.75), 0.85e308, 1e-15);
    /* Infinities stand for one number beyond all others. */
    assert_true(median_of(unequal, 4) == 1.5 && quantile_of(unequal, 4, 0.1) == -INFINITY);
    assert_true(pseudo_median_of(lost, 6) ==
                pseudo_median_of((double[]){-1e9, 1e9, 1e9, 0.5, 1.5, -0.25}, 6));
    assert_true(isnan(mean_of(unequal, 4)) && isnan(permutation_test(unequal, 4, 0, 0)));
    assert_true(isnan(bootstrap_interval(unequal, 4, mean_of, 0.95, 99, 0, 0).upper));
    /* No success, all successes, more than trials. */
    assert_true(binomial_upper_tail(0, 5, 0) == 1 && binomial_upper_tail(1, 5, 0) == 0);
    assert_true(binomial_upper_tail(5, 5, 1) == 1 && binomial_upper_tail(6, 5, 1) == 0);
    assert_true(binomial_lower_tail(5, 5, 1) == 1 && binomial_lower_tail(4, 5, 1) == 0);
    struct interval all = clopper_pearson(0, 0, 0.95);
    assert_true(all.lower == 0 && all.upper == 1 && isnan(clopper_pearson(2, 1, 0.95).lower));
    /* A fixed effect needs the fewest; rules that nothing can pass, none. */
    assert_int_equal(replicas_needed(same, 5, 1, 0.01, 0, 0), 20);
    assert_int_equal(replicas_needed(same, 5, 1, 0, 0, 0), 0);
    assert_int_equal(replicas_needed(same, 4, 1, 0.01, 0, 0), 0);
    assert_int_equal(replicas_needed(same, 5, NAN, 0.01, 0, 0), 0);
}

/* The order of the values does not matter where ranks decide, not even in the last bit; the sign of
 * zero does not show. */
static void test_order(void **state)
{
    double turned[200];
    uint32_t order[200];
    (void)state;
    for (uint64_t seed = 0; seed < 4; seed++) {
        random_permutation(order, 200, seed, 1);
        for (size_t i = 0; i < 200; i++)
            turned[i] = counts_200[order[i]];
        assert_true(signed_rank_test(counts_200, 200, 0, ZEROS_DROPPED).p ==
                    signed_rank_test(turned, 200, 0, ZEROS_DROPPED).p);
        assert_true(pseudo_median_of(counts_200, 200) == pseudo_median_of(turned, 200));
    }
    assert_false(signbit(median_of((double[]){-0.0, -0.0}, 2)));
    /* Turning all signs turns the estimates. */
    for (size_t i = 0; i < 200; i++)
        turned[i] = -continuous_200[i];
    assert_true(median_of(turned, 200) == -median_of(continuous_200, 200));
    assert_true(pseudo_median_of(turned, 200) == -pseudo_median_of(continuous_200, 200));
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_signed_rank),
        cmocka_unit_test(test_equivalence),
        cmocka_unit_test(test_intervals),
        cmocka_unit_test(test_summaries),
        cmocka_unit_test(test_binomial),
        cmocka_unit_test(test_resampling),
        cmocka_unit_test(test_pairs),
        cmocka_unit_test(test_holm),
        cmocka_unit_test(test_every_sign),
        cmocka_unit_test(test_exact_coverage),
        cmocka_unit_test(test_largest),
        cmocka_unit_test(test_rates),
        cmocka_unit_test(test_bootstrap_coverage),
        cmocka_unit_test(test_not_a_number),
        cmocka_unit_test(test_edges),
        cmocka_unit_test(test_order),
        cmocka_unit_test(test_same_bits),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
