// SPDX-License-Identifier: MIT
/* Laws that look at the question: correct samplers and certificates pass, wrong ones fail. */
#include "case_builder.h"
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

enum { N = 60, D = 3, MINORITY = 20, SYNTHETIC = 2000, NEIGHBOURS = 4 };

static const struct case_head head = {"made_up", "statistical", "", "A case of the tests.", 0};

static double unit(uint64_t stream, uint64_t index)
{
    return ((double)(random_bits(11, stream, index) >> 11) + 0.5) * 0x1p-53;
}

/* x (N,D) and labels, the first MINORITY of which are 1 and the others 0. */
static struct assay_case *make_classes(struct case_list *list)
{
    int labels[N];
    for (int n = 0; n < N; n++)
        labels[n] = n < MINORITY;
    struct assay_case *test = case_add(list, &head);
    case_normal(test, "x", DIMS(N, D), 0, 1);
    case_integers(test, "labels", DIMS(N), labels);
    return test;
}

static double squared_distance(const double *a, const double *b)
{
    double sum = 0;
    for (int i = 0; i < D; i++)
        sum += (a[i] - b[i]) * (a[i] - b[i]);
    return sum;
}

/* Number `k` of the samples of the minority that are nearest to a. */
static int neighbour(const double *x, int a, int k)
{
    for (int b = 0; b < MINORITY; b++) {
        int nearer = 0;
        for (int c = 0; c < MINORITY; c++)
            nearer += c != a && squared_distance(&x[a * D], &x[c * D]) <
                                    squared_distance(&x[a * D], &x[b * D]);
        if (b != a && nearer == k)
            return b;
    }
    return a;
}

enum synthesis { RIGHT, GAP_PER_FEATURE, TOO_FAR, GAP_SQUARED, GAP_BEYOND };

static void synthesize(double *value, const double *x, enum synthesis how)
{
    for (int m = 0; m < SYNTHETIC; m++) {
        uint64_t i = (uint64_t)m;
        int a = (int)(unit(1, i) * MINORITY), far = how == TOO_FAR ? 3 * NEIGHBOURS : NEIGHBOURS;
        int b = neighbour(x, a, (int)(unit(2, i) * far));
        for (int d = 0; d < D; d++) {
            double gap = unit(3, how == GAP_PER_FEATURE ? i * D + (uint64_t)d : i);
            gap = how == GAP_SQUARED ? gap * gap : how == GAP_BEYOND ? 1.5 * gap : gap;
            value[m * D + d] = x[a * D + d] + gap * (x[b * D + d] - x[a * D + d]);
        }
    }
}

static void test_segments(void **state)
{
    (void)state;
    static double value[SYNTHETIC * D];
    const size_t shape[2] = {SYNTHETIC, D};
    struct case_list list = {.technique = "smote"};
    struct assay_case *test = make_classes(&list);
    const double *x = case_input(test, "x");
    synthesize(value, x, RIGHT);
    assert_true(law_judge(test, "segments 4 1", "f64", 2, shape, value).ratio <= 1);
    assert_true(law_judge(test, "segments 3 1", "f64", 2, shape, value).ratio > 1);
    assert_true(law_judge(test, "segments 4 0", "f64", 2, shape, value).ratio > 1);
    for (enum synthesis how = GAP_PER_FEATURE; how <= GAP_BEYOND; how++) {
        synthesize(value, x, how);
        assert_true(law_judge(test, "segments 4 1", "f64", 2, shape, value).ratio > 1);
    }
    case_list_free(&list);
}

static double resampled_ratio(const struct assay_case *test, const char *law, size_t count,
                              const double *index)
{
    return law_judge(test, law, "f64", 1, &count, index).ratio;
}

static void test_resampled(void **state)
{
    (void)state;
    enum { MAJORITY = N - MINORITY, ADDED = MAJORITY - MINORITY };
    double index[2 * MINORITY];
    uint32_t order[MAJORITY];
    struct case_list list = {.technique = "random_oversampling"};
    struct assay_case *test = make_classes(&list);
    for (int i = 0; i < ADDED; i++)
        index[i] = floor(unit(4, (uint64_t)i) * MINORITY);
    assert_true(resampled_ratio(test, "oversampled", ADDED, index) <= 1);
    assert_true(resampled_ratio(test, "oversampled", ADDED - 1, index) > 1);
    assert_true(resampled_ratio(test, "undersampled", ADDED, index) > 1);
    index[3] = MINORITY + 3; /* of the large class */
    assert_true(isinf(resampled_ratio(test, "oversampled", ADDED, index)));

    random_permutation(order, MAJORITY, 5, 0);
    for (int i = 0; i < 2 * MINORITY; i++)
        index[i] = i < MINORITY ? i : MINORITY + (double)order[i - MINORITY];
    assert_true(resampled_ratio(test, "undersampled", 2 * MINORITY, index) <= 1);
    index[0] = 1;
    assert_true(isinf(resampled_ratio(test, "undersampled", 2 * MINORITY, index)));
    index[0] = N;
    assert_true(isinf(resampled_ratio(test, "undersampled", 2 * MINORITY, index)));
    case_list_free(&list);
}

/* The first samples of a class instead of any. */
static void test_not_uniform(void **state)
{
    (void)state;
    enum { MANY = 600, FEW = 100 };
    static int labels[MANY];
    static double index[MANY];
    struct case_list list = {.technique = "random_undersampling"};
    struct assay_case *test = case_add(&list, &head);
    for (int n = 0; n < MANY; n++)
        labels[n] = n < FEW;
    case_integers(test, "labels", DIMS(MANY), labels);
    for (int i = 0; i < 2 * FEW; i++)
        index[i] = i;
    assert_true(resampled_ratio(test, "undersampled", 2 * FEW, index) > 1);
    for (int i = FEW; i < 2 * FEW; i++)
        index[i] = FEW + 5 * (i - FEW);
    assert_true(resampled_ratio(test, "undersampled", 2 * FEW, index) <= 1);
    for (int i = 0; i < MANY - 2 * FEW; i++)
        index[i] = i % (FEW / 2);
    assert_true(resampled_ratio(test, "oversampled", MANY - 2 * FEW, index) > 1);
    case_list_free(&list);
}

/* The reference's own attack, then the same made shorter, longer, and pushed out of the box. */
static void test_attack(void **state)
{
    (void)state;
    const struct manner definition = {FE_TONEAREST, SUM_CANONICAL, 0, NOISE_NONE, 1, 0};
    const char *const law = "attack linf 0.1875 0 1";
    struct case_list list;
    struct answer answer;
    corpus_cases(corpus_find("projected_gradient_descent"), &list);
    size_t i = 0, k = 0;
    while (i < list.count && strcmp(list.test[i].name, "drawn_start") != 0)
        i++;
    assert_true(i < list.count);
    struct assay_case *test = &list.test[i];
    assert_int_equal(numerics_f64.answer(test->technique, -1, &test->request, &definition, &answer),
                     0);
    while (k < answer.outputs && strcmp(answer.output[k].name, "adversarial") != 0)
        k++;
    assert_true(k < answer.outputs);
    struct answer_array *found = &answer.output[k];
    const double *x = case_input(test, "x");
    double first = found->high[0];
    assert_true(law_judge(test, law, "f64", 2, found->dim, found->high).ratio <= 1);
    found->high[0] = 1.5;
    assert_true(law_judge(test, law, "f64", 2, found->dim, found->high).ratio > 1);
    found->high[0] = NAN;
    assert_true(law_judge(test, law, "f64", 2, found->dim, found->high).ratio > 1);
    found->high[0] = first;
    static const double shares[] = {0.9, 1.0001 / 0.9};
    for (int s = 0; s < 2; s++) {
        for (size_t e = 0; e < found->count; e++)
            found->high[e] = x[e] + shares[s] * (found->high[e] - x[e]);
        assert_true(law_judge(test, law, "f64", 2, found->dim, found->high).ratio > 1);
    }
    answer_free(&answer);
    case_list_free(&list);
}

static void test_certified(void **state)
{
    (void)state;
    static const double w[4] = {1, -1, 2, 0.5}, b[2] = {0.25, -0.25};
    const double norm = sqrt(4 + 1.5 * 1.5);
    double radius[8];
    const size_t shape[1] = {8};
    struct case_list list = {.technique = "randomized_smoothing"};
    struct assay_case *test = case_add(&list, &head);
    case_uniform(test, "x", DIMS(8, 2), -1, 1);
    case_values(test, "w1", DIMS(2, 2), w);
    case_values(test, "b1", DIMS(2), b);
    const double *x = case_input(test, "x");
    for (int n = 0; n < 8; n++)
        radius[n] = 0.9 * fabs(-0.5 - 2 * x[2 * n] - 1.5 * x[2 * n + 1]) / norm;
    assert_true(law_judge(test, "certified 0.5 1000 1e-12", "f64", 1, shape, radius).ratio <= 1);
    radius[6] *= 1.2;
    assert_true(law_judge(test, "certified 0.5 1000 1e-12", "f64", 1, shape, radius).ratio > 1);
    memset(radius, 0, sizeof radius); /* never says anything */
    assert_true(law_judge(test, "certified 0.5 100000 1e-12", "f64", 1, shape, radius).ratio > 1);
    case_list_free(&list);
}

static void test_texts(void **state)
{
    (void)state;
    assert_true(law_known("attack l2 0.5 0 1") && law_known("segments 5 1"));
    assert_true(law_known("oversampled") && law_known("certified 0.25 1000 1e-12"));
    assert_false(law_known("attack l3 0.5 0 1") || law_known("attack l2 0.5 1 0"));
    assert_false(law_known("segments 5") || law_known("oversampled 1") || law_known("certified 1"));
    const size_t shape[1] = {4};
    const double value[4] = {0};
    assert_true(isinf(law_judge(NULL, "oversampled", "f64", 1, shape, value).ratio));
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_segments),    cmocka_unit_test(test_resampled),
        cmocka_unit_test(test_not_uniform), cmocka_unit_test(test_certified),
        cmocka_unit_test(test_attack),      cmocka_unit_test(test_texts)};
    return cmocka_run_group_tests_name("laws of questions", tests, NULL, NULL);
}
