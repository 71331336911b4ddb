// SPDX-License-Identifier: MIT
/* The laws: correct draws pass, wrong ones fail, and a test alarms no more often than it says. */
#include "corpus.h"
#include "laws.h"
#include "numerics.h"
#include "../reference/random.h"

#include <setjmp.h>
#include <stdarg.h>
/* cmocka.h wants these before it. */
#include <cmocka.h>

#include <fenv.h>
#include <math.h>
#include <stdlib.h>
#include <string.h>

enum { SIZE = 16384, COLUMNS = 64 };
static const size_t shape[2] = {SIZE / COLUMNS, COLUMNS}, square[2] = {COLUMNS, COLUMNS};
static double value[SIZE];

/* Uniform in (0, 1). */
static double unit(uint64_t seed, uint64_t index)
{
    return ((double)(random_bits(seed, 7, index) >> 11) + 0.5) * 0x1p-53;
}

static double gaussian(uint64_t seed, uint64_t index)
{
    return sqrt(-2 * log(unit(seed, 2 * index))) * cos(8 * atan(1) * unit(seed, 2 * index + 1));
}

static double ratio(const char *law)
{
    return law_judge(NULL, law, "f64", 2, shape, value).ratio;
}

static void fill_two(uint64_t seed, double p, double a, double b)
{
    for (size_t i = 0; i < SIZE; i++)
        value[i] = unit(seed, i) < p ? a : b;
}

static void fill_gaussian(uint64_t seed, double mean, double deviation)
{
    for (size_t i = 0; i < SIZE; i++)
        value[i] = mean + deviation * gaussian(seed, i);
}

static void test_two(void **state)
{
    (void)state;
    fill_two(1, 0.7, 2, 0);
    assert_true(ratio("two 2 0.7 0") <= 1);
    assert_true(ratio("two 2 0.3 0") > 1); /* keep rate taken for drop rate */
    assert_true(ratio("two 3 0.7 0") > 1); /* another scale */
    for (size_t i = 0; i < SIZE; i++)
        value[i] = value[i % COLUMNS]; /* one mask for all samples */
    assert_true(ratio("two 2 0.7 0") > 1);
    for (size_t i = 0; i < SIZE; i++)
        value[i] = i % 10 < 7 ? 2 : 0; /* exactly seven of ten */
    assert_true(ratio("two 2 0.7 0") > 1);
    value[5] = NAN;
    assert_true(ratio("two 2 0.7 0") > 1);
}

static void test_per_channel(void **state)
{
    (void)state;
    const size_t whole[3] = {SIZE / 64, 16, 4};
    for (size_t i = 0; i < SIZE; i++)
        value[i] = unit(2, i / 4) < 0.5 ? 2 : 0;
    assert_true(law_judge(NULL, "two 2 0.5 0 per 2", "f64", 3, whole, value).ratio <= 1);
    assert_true(law_judge(NULL, "two 2 0.5 0", "f64", 3, whole, value).ratio > 1);
    fill_two(3, 0.5, 2, 0);
    assert_true(law_judge(NULL, "two 2 0.5 0 per 2", "f64", 3, whole, value).ratio > 1);
}

static void test_continuous(void **state)
{
    (void)state;
    fill_gaussian(4, 1, 0.5);
    assert_true(ratio("normal 1 0.5") <= 1);
    assert_true(ratio("normal 1 0.4") > 1);
    assert_true(ratio("normal 1.1 0.5") > 1);
    assert_true(ratio("uniform -1 3") > 1);
    for (size_t i = 0; i < SIZE; i++)
        value[i] = 3 * unit(5, i) - 1;
    assert_true(ratio("uniform -1 2") <= 1);
    assert_true(ratio("uniform -1 1.9") > 1);
    assert_true(ratio("uniform -1.2 2.2") > 1);
    assert_true(ratio("normal 0.5 0.8660254") > 1); /* the same moments */
    size_t drawn = 0;
    for (uint64_t k = 0; drawn < SIZE; k++) {
        double z = gaussian(6, k);
        if (fabs(z) <= 2)
            value[drawn++] = z;
    }
    assert_true(ratio("truncated 1 -2 2") <= 1);
    assert_true(ratio("normal 0 1") > 1);
    assert_true(ratio("truncated 1.136847 -2.273694 2.273694") > 1); /* deviation not corrected */
}

static void test_permutation(void **state)
{
    (void)state;
    uint32_t row[COLUMNS];
    for (size_t r = 0; r < shape[0]; r++) {
        random_permutation(row, COLUMNS, 8, r);
        for (size_t i = 0; i < COLUMNS; i++)
            value[r * COLUMNS + i] = row[i];
    }
    assert_true(ratio("permutation") <= 1);
    memcpy(&value[COLUMNS], value, COLUMNS * sizeof *value); /* not shuffled again */
    assert_true(ratio("permutation") > 1);
    for (size_t i = 0; i < SIZE; i++)
        value[i] = (double)(i % COLUMNS);
    assert_true(ratio("permutation") > 1);
    const size_t narrow[2] = {SIZE / 8, 8}; /* too short for many fixed points in one row */
    for (size_t r = 0; r < narrow[0]; r++) {
        random_permutation(row, 8, 9, r);
        for (size_t i = 0; i < 8; i++)
            value[r * 8 + i] = row[i];
    }
    assert_true(law_judge(NULL, "permutation", "f64", 2, narrow, value).ratio <= 1);
    for (size_t i = 0; i < SIZE; i++)
        value[i] = value[i / 16 * 16 + i % 8]; /* every second row is the one before */
    assert_true(law_judge(NULL, "permutation", "f64", 2, narrow, value).ratio > 1);
    for (size_t i = 0; i < SIZE; i++)
        value[i] = (double)(i % COLUMNS);
    value[0] = 1; /* met twice */
    assert_true(isinf(ratio("permutation")));
}

/* Gram and Schmidt on Gaussian columns give the uniform law; a fixed sign does not. */
static void test_orthogonal(void **state)
{
    (void)state;
    fill_gaussian(9, 0, 1);
    for (size_t a = 0; a < COLUMNS; a++) {
        double *row = &value[a * COLUMNS], length = 0;
        for (int twice = 0; twice < 2; twice++) {
            for (size_t b = 0; b < a; b++) {
                double dot = 0;
                for (size_t i = 0; i < COLUMNS; i++)
                    dot += row[i] * value[b * COLUMNS + i];
                for (size_t i = 0; i < COLUMNS; i++)
                    row[i] -= dot * value[b * COLUMNS + i];
            }
        }
        for (size_t i = 0; i < COLUMNS; i++)
            length += row[i] * row[i];
        for (size_t i = 0; i < COLUMNS; i++)
            row[i] /= sqrt(length);
    }
    assert_true(law_judge(NULL, "orthogonal 1", "f64", 2, square, value).ratio <= 1);
    assert_true(law_judge(NULL, "orthogonal 1.01", "f64", 2, square, value).ratio > 1);
    for (size_t a = 0; a < COLUMNS; a++) {
        double sign = value[a * COLUMNS + a] < 0 ? -1 : 1;
        for (size_t i = 0; i < COLUMNS; i++)
            value[a * COLUMNS + i] *= sign;
    }
    assert_true(law_judge(NULL, "orthogonal 1", "f64", 2, square, value).ratio > 1);
}

static void test_texts(void **state)
{
    (void)state;
    assert_true(law_known("two 1 0.5 0") && law_known("normal 0 1 per 2"));
    assert_false(law_known("two 1 0.5") || law_known("normal 0 1 x") || law_known("cauchy 0 1"));
    assert_false(law_known("permutation per 1") || law_known("") || law_known("uniform 0 1 per 9"));
    assert_true(isinf(law_judge(NULL, "cauchy 0 1", "f64", 2, shape, value).ratio));
}

/* The alarm of a frequency, computed exactly: the sum of the binomial probabilities of all k whose
 * ratio is above 1. */
static void test_alarm_of_frequencies(void **state)
{
    (void)state;
    static const size_t sizes[] = {30, 400, 4096};
    static const double chances[] = {0.5, 0.7, 0.05};
    for (size_t s = 0; s < 3; s++) {
        for (size_t c = 0; c < 3; c++) {
            double n = (double)sizes[s], p = chances[c], alarm = 0;
            for (double k = 0; k <= n; k++) {
                double f = k / n;
                double kl =
                    (f > 0 ? f * log(f / p) : 0) + (f < 1 ? (1 - f) * log((1 - f) / (1 - p)) : 0);
                if (n * kl > log(2 / LAW_ALARM))
                    alarm += exp(lgamma(n + 1) - lgamma(k + 1) - lgamma(n - k + 1) + k * log(p) +
                                 (n - k) * log(1 - p));
            }
            assert_true(alarm <= LAW_ALARM);
        }
    }
}

/* With L' for an alarm of 1/10 in place of L, limits that are proportional to the root of L shrink
 * by sqrt(L' / L): so at most a tenth of all correct draws has a ratio above that. 3 tests of this
 * kind and one of half the strength are made on each; 0.4 is what they may add up to. */
static void test_alarm_of_distributions(void **state)
{
    (void)state;
    enum { RUNS = 400 };
    double reduced = sqrt(log(2 / 0.1) / log(2 / LAW_ALARM));
    int above = 0;
    for (uint64_t run = 0; run < RUNS; run++) {
        for (size_t i = 0; i < SIZE; i++)
            value[i] = unit(1000 + run, i);
        above += law_judge(NULL, "uniform 0 1", "f64", 2, shape, value).ratio > reduced;
    }
    assert_true(above <= 0.4 * RUNS + 5 * sqrt(0.24 * RUNS));
    assert_true(above >= 1); /* the limits are not so wide that nothing could ever exceed them */
}

/* What a run over the whole corpus may alarm falsely: less than once in a million. */
static void test_alarm_of_a_whole_run(void **state)
{
    (void)state;
    const struct manner definition = {FE_TONEAREST, SUM_CANONICAL, 0, NOISE_NONE, 0, 0};
    double alarm = 0;
    for (size_t t = 0; t < corpus_techniques(); t++) {
        struct case_list list;
        corpus_cases(corpus_technique(t), &list);
        for (size_t i = 0; i < list.count; i++) {
            const struct assay_case *test = &list.test[i];
            struct answer answer;
            if (strcmp(test->tier, "statistical") != 0)
                continue;
            assert_int_equal(
                numerics_f64.answer(test->technique, -1, &test->request, &definition, &answer), 0);
            for (size_t k = 0; k < answer.outputs; k++) {
                const struct answer_array *a = &answer.output[k];
                for (size_t l = 0; l < test->laws; l++)
                    if (strcmp(test->law[l].output, a->name) == 0)
                        alarm += LAW_ALARM *
                                 law_judge(test, test->law[l].text, "f64", a->rank, a->dim, a->high)
                                     .tests;
            }
            answer_free(&answer);
        }
        case_list_free(&list);
    }
    assert_true(alarm < 1e-6);
}

int main(void)
{
    const struct CMUnitTest tests[] = {cmocka_unit_test(test_two),
                                       cmocka_unit_test(test_per_channel),
                                       cmocka_unit_test(test_continuous),
                                       cmocka_unit_test(test_permutation),
                                       cmocka_unit_test(test_orthogonal),
                                       cmocka_unit_test(test_texts),
                                       cmocka_unit_test(test_alarm_of_frequencies),
                                       cmocka_unit_test(test_alarm_of_distributions),
                                       cmocka_unit_test(test_alarm_of_a_whole_run)};
    return cmocka_run_group_tests_name("laws", tests, NULL, NULL);
}
