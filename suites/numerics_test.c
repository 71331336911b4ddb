// SPDX-License-Identifier: MIT
/* The three builds of the reference really are in three precisions. */
#include "numerics.h"

#include <fenv.h>
#include <math.h>
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <string.h>
#include <cmocka.h>

/* 1 / (1 + e^-1) = 0.73105857863000487925115924182183627..., computed in decimal arithmetic. */
static const double sigmoid_high = 0.7310585786300049, sigmoid_low = -1.679727399649845e-17;

static struct answer of_one(const struct numerics *numerics, const char *technique,
                            struct manner manner)
{
    double one = 1;
    struct request_array x = {"x", 2, {1, 1}, 1, 0, &one};
    struct request request = {.inputs = 1, .input = &x};
    struct answer answer;
    assert_int_equal(numerics->answer(technique, -1, &request, &manner, &answer), 0);
    assert_int_equal(answer.outputs, 1);
    return answer;
}

static void test_binary128_knows_the_digits_beyond_double(void **state)
{
    (void)state;
    struct answer answer =
        of_one(&numerics_f128, "sigmoid",
               (struct manner){FE_TONEAREST, SUM_CANONICAL, 0, NOISE_NONE, 0, 0});
    assert_true(answer.output[0].high[0] == sigmoid_high);
    assert_true(fabs(answer.output[0].low[0] - sigmoid_low) < 1e-32);
    answer_free(&answer);
}

static void test_binary64_and_binary32_do_not(void **state)
{
    (void)state;
    const struct numerics *const both[] = {&numerics_f64, &numerics_f32};
    const double roundoff[] = {0x1p-53, 0x1p-24};
    for (int i = 0; i < 2; i++) {
        struct answer answer = of_one(
            both[i], "sigmoid", (struct manner){FE_TONEAREST, SUM_CANONICAL, 0, NOISE_NONE, 0, 0});
        double error = fabs(answer.output[0].high[0] - sigmoid_high);
        assert_true(answer.output[0].low[0] == 0);
        assert_true(error <= 3 * roundoff[i]);
        assert_true(i == 0 || error > 0); /* binary32 cannot hold the double */
        answer_free(&answer);
    }
}

static void test_directed_rounding_brackets_the_answer(void **state)
{
    /* tanh 1 is no binary number, and one rounding of it is the whole answer. */
    (void)state;
    const struct numerics *const both[] = {&numerics_f64, &numerics_f32};
    for (int i = 0; i < 2; i++) {
        struct answer up =
            of_one(both[i], "tanh", (struct manner){FE_UPWARD, SUM_CANONICAL, 0, NOISE_NONE, 0, 0});
        struct answer down = of_one(
            both[i], "tanh", (struct manner){FE_DOWNWARD, SUM_CANONICAL, 0, NOISE_NONE, 0, 0});
        assert_true(down.output[0].high[0] < up.output[0].high[0]);
        answer_free(&up);
        answer_free(&down);
    }
    assert_int_equal(fegetround(), FE_TONEAREST);
}

static void test_unusable_requests_are_sentences(void **state)
{
    (void)state;
    struct request empty = {0};
    struct manner definition = {FE_TONEAREST, SUM_CANONICAL, 0, NOISE_NONE, 0, 0};
    struct answer answer;
    assert_int_equal(numerics_f64.answer("sigmoid", -1, &empty, &definition, &answer), 2);
    assert_non_null(strstr(answer.error, "'x'"));
    answer_free(&answer);
    assert_int_equal(numerics_f64.answer("no_such", -1, &empty, &definition, &answer), 2);
    assert_int_equal(numerics_f64.forks("no_such"), -1);
    assert_null(numerics_f64.fork("sigmoid", 10000));
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_binary128_knows_the_digits_beyond_double),
        cmocka_unit_test(test_binary64_and_binary32_do_not),
        cmocka_unit_test(test_directed_rounding_brackets_the_answer),
        cmocka_unit_test(test_unusable_requests_are_sentences),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
