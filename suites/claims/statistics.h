// SPDX-License-Identifier: MIT
/* statistics.h - the statistics by which claims are decided.
 *
 * Plain functions on plain arrays. They use + - * /, square roots, comparisons and integers and add
 * in the order of the index unless they say otherwise, so that published figures come out with the
 * same bits on every machine. Random ones are functions of (seed, stream): reference/random.h;
 * every use needs a stream of its own.
 *
 * d is what a paired experiment gives: per replica the metric of one arm less that of the other,
 * both with the same split, initialisation and order. Tests are one-sided, for d above something;
 * for d below it, negate d.
 *
 * Not a number: a run that diverged has no metric, and which arm lost by it only the caller knows.
 * So a NaN among the values makes every result NaN, which passes no rule of the form p < alpha. The
 * caller says who lost by -INFINITY or INFINITY, which ranks behind or before all numbers.
 * Infinities stand for one number beyond all others, so halfway from one to the other is 0. Means,
 * slopes and the permutation test need finite values and give NaN otherwise.
 *
 * Ties are values with the same bits. Differences of decimal fractions tie only by luck (0.3 - 0.2
 * is not 0.2 - 0.1), so where ties are meant, pass counts (of right answers, of steps), not rates.
 *
 * No values (n = 0), or an argument outside its range: NaN, unless stated. No memory: a sentence,
 * and exit status 2.
 */
#pragma once

#include <stddef.h>
#include <stdint.h>

/* `coverage` is the probability, before the experiment, that the interval holds the true value. */
struct interval {
    double lower, upper, coverage;
};

/* --- summaries.c ------------------------------------------------------------------------------ */

/* (x_0 + ... + x_{n-1}) / n. */
double mean_of(const double *values, size_t n);

/* sqrt(sum (x_i - mean)^2 / (n - 1)), in two passes. NaN for n = 1. */
double standard_deviation_of(const double *values, size_t n);

/* Quantile of probability p in [0, 1], type 7 of Hyndman and Fan 1996 ("Sample quantiles in
 * statistical packages"): between the sorted values around position (n - 1) p, counted from 0,
 * linearly. */
double quantile_of(const double *values, size_t n, double p);

/* The middle value; the mean of the two middle ones for an even n. */
double median_of(const double *values, size_t n);

/* Spearman's rank correlation: Pearson's, of the ranks, ties having the mean of their ranks. In
 * [-1, 1]. NaN when x or y is constant. */
double spearman_correlation(const double *x, const double *y, size_t n);

/* The line y = intercept + slope x with the least sum of squared residuals; determination (R^2) is
 * the share of y's variance that it explains. All NaN for a constant x, determination for a
 * constant y. */
struct line {
    double slope, intercept, determination;
};
struct line least_squares_line(const double *x, const double *y, size_t n);

/* Holm 1979 ("A simple sequentially rejective multiple test procedure"): adjusted p-values of a
 * family of m tests, in the order given. The i-th smallest (from 1) becomes the largest of
 * (m - j + 1) p_(j) over j <= i, at most 1. Rejecting where adjusted < alpha errs anywhere in the
 * family with probability alpha at most, however the tests depend on each other. What is no
 * probability counts as 1: a test that gave no p-value still belongs to the family. `adjusted` may
 * be `p`. */
void holm_adjust(double *adjusted, const double *p, size_t m);

/* --- signed_rank.c ---------------------------------------------------------------------------- */

/* The most values of which exact signed-rank probabilities are computed: 2^-n is then far from the
 * smallest double. More values give NaN. */
#define SIGNED_RANK_LARGEST 1000

/* What happens to differences that are 0. Dropped (Wilcoxon 1945) is the default of textbooks and
 * of our rules: they say nothing of the direction. Many zeros make the test speak about few
 * replicas only; that is why a rule also asks for a median. Ranked (Pratt 1959): they take part in
 * the ranking, which lowers the weight of what is nearly 0, and are dropped then. */
enum zeros { ZEROS_DROPPED, ZEROS_RANKED };

/* Wilcoxon's signed-rank test for d above `shift`: rank |d_i - shift| with mid-ranks; the statistic
 * is the sum of the ranks with d_i > shift. p is the probability of that or more when every sign is
 * a fair coin (d symmetric about shift), exactly, with the ties as they are: every one of the
 * 2^count sign patterns counts. Up to count = 53 it is exact but for its rounding to a double,
 * beyond it has a relative error below count 2^-52. `count` is the number of differences that are
 * not 0; when there is none, p = 1. */
struct signed_rank {
    double p, statistic;
    size_t count;
};
struct signed_rank signed_rank_test(const double *d, size_t n, double shift, enum zeros zeros);

/* Two one-sided tests (Schuirmann 1987) that d lies within -margin .. margin, by signed ranks,
 * zeros dropped: `above` is p for d > -margin, `below` for d < margin. Equivalence is shown at
 * alpha when the larger of them, `p`, is below alpha. margin > 0. */
struct equivalence {
    double above, below, p;
};
struct equivalence equivalence_test(const double *d, size_t n, double margin);

/* Hodges and Lehmann's estimate 1963 of the centre of a symmetric distribution: the median of the
 * n (n + 1) / 2 means of two values, each with itself included, which are all kept in memory. */
double pseudo_median_of(const double *d, size_t n);

/* Its interval (Tukey): the c-th smallest and c-th largest of those means, c as large as the exact
 * distribution of the statistic without ties allows for a coverage of `level` or more, which is
 * exact for continuous symmetric d, and a lower limit with ties. When n is too small for that level
 * the interval is all numbers. */
struct interval pseudo_median_interval(const double *d, size_t n, double level);

/* --- binomial.c ------------------------------------------------------------------------------- */

/* The probability of k or more, and of k or fewer, successes in n trials of probability p each.
 * Terms relative to the largest one, by the ratio of neighbours, from there outwards, divided by
 * their sum: nothing overflows; relative error about 8 n 2^-53; below about 1e-300, 0. */
double binomial_upper_tail(size_t k, size_t n, double p);
double binomial_lower_tail(size_t k, size_t n, double p);

/* The sign test: as many or more d above `shift`, of those that are not equal to it, by fair coins.
 * Needs no symmetry; 1 when all are equal to it. */
double sign_test(const double *d, size_t n, double shift);

/* Clopper and Pearson 1934: the p for which k of n is not improbable, either tail having
 * (1 - level) / 2 or more. Coverage is `level` or more; `coverage` says `level`. 100 halvings, the
 * outer end of the last one. Without trials 0 .. 1. For a one-sided bound at alpha take the
 * level 1 - 2 alpha. */
struct interval clopper_pearson(size_t k, size_t n, double level);

/* Distribution-free interval of the median: the c-th smallest and c-th largest value, c as large as
 * the binomial distribution allows for `level` or more. Coverage is exact for continuous d of any
 * shape. When n is too small for that level the interval is all numbers. */
struct interval median_interval(const double *d, size_t n, double level);

/* --- resampling.c ----------------------------------------------------------------------------- */

/* Fisher's paired test of the mean: p for a mean above 0, under which every d_i could as well have
 * the other sign. Up to PERMUTATION_EXACT values all 2^n patterns count; beyond, PERMUTATION_DRAWS
 * random ones, and p = (1 + as large) / (1 + draws), which is a valid p (Phipson and Smyth 2010).
 * Sums that differ by less than 2^-40 sum |d_i| are equal, so that rounding makes p larger, never
 * smaller. */
#define PERMUTATION_EXACT 20
#define PERMUTATION_DRAWS 99999
double permutation_test(const double *d, size_t n, uint64_t seed, uint64_t stream);

/* Efron's percentile interval: quantiles (1 - level) / 2 and (1 + level) / 2 of `statistic` over
 * `resamples` samples of n values, drawn with replacement: value i of resample r is number
 * random_below(n, seed, stream, r n + i). Coverage is nominal: near `level` for large n; for few
 * values less. */
#define BOOTSTRAP_RESAMPLES 10000
struct interval bootstrap_interval(const double *values, size_t n,
                                   double statistic(const double *, size_t), double level,
                                   size_t resamples, uint64_t seed, uint64_t stream);

/* How large would an experiment have to be to decide? The smallest of 20, 30, 40, 60, 80, 120, 160,
 * 200 replicas that passes the rule "signed-rank p < alpha for d > 0, and median >= minimum" in 160
 * or more of 200 resamples from d, moved so that its median is 1.5 times the minimum; 0 when none
 * does.
 *
 * Moved, because the power at the effect that happened to be observed is only p in other words
 * (Hoenig and Heisey 2001, "The abuse of power"); from d comes what is known about it, its spread
 * and shape. 1.5 times, because at the minimum itself half of all medians fall short whatever the
 * size. A rule without a minimum (0 or less) names no effect beforehand; there d is taken as
 * observed, and the answer is worth as much as that effect. Also 0: fewer than 5 values, a NaN, an
 * infinite median. For a rule with a two-sided test pass half its level. Value i of resample r of
 * size m is number random_below(n, seed, stream, (200 m + r) 200 + i). */
size_t replicas_needed(const double *d, size_t n, double minimum, double alpha, uint64_t seed,
                       uint64_t stream);
