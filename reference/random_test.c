// SPDX-License-Identifier: MIT
/* Philox against the known answers of its authors (Random123, kat_vectors), and what is built on
 * it. */
#include "random.h"

#include <setjmp.h>
#include <stdarg.h>
#include <string.h>
#include <cmocka.h>

static void check_philox(const uint32_t counter[4], const uint32_t key[2], const uint32_t want[4])
{
    uint32_t out[4];
    random_philox(out, counter, key);
    assert_memory_equal(out, want, sizeof out);
}

static void test_known_answers(void **state)
{
    (void)state;
    const uint32_t zeros[4] = {0}, ones[4] = {~0u, ~0u, ~0u, ~0u};
    const uint32_t pi[4] = {0x243f6a88, 0x85a308d3, 0x13198a2e, 0x03707344};
    const uint32_t pi_key[2] = {0xa4093822, 0x299f31d0};
    check_philox(zeros, zeros, (uint32_t[]){0x6627e8d5, 0xe169c58d, 0xbc57ac4c, 0x9b00dbd8});
    check_philox(ones, ones, (uint32_t[]){0x408f276d, 0x41c83b0e, 0xa20bc7c6, 0x6d5451fd});
    check_philox(pi, pi_key, (uint32_t[]){0xd16cfe09, 0x94fdcceb, 0x5001e420, 0x24126ea1});
}

static void test_symmetric_is_a_binary32_number_in_range(void **state)
{
    (void)state;
    double sum = 0;
    for (uint64_t i = 0; i < 10000; i++) {
        double u = random_symmetric(7, 3, i);
        assert_true(u >= -1 && u < 1 && (double)(float)u == u);
        sum += u;
    }
    assert_true(sum / 10000 < 0.03 && sum / 10000 > -0.03); /* five standard errors */
}

static void test_permutations_are_permutations(void **state)
{
    (void)state;
    enum { N = 257 };
    uint32_t first[N], second[N];
    int seen[N] = {0};
    random_permutation(first, N, 1, 0);
    random_permutation(second, N, 1, 1);
    for (int i = 0; i < N; i++)
        seen[first[i]]++;
    for (int i = 0; i < N; i++)
        assert_int_equal(seen[i], 1);
    assert_memory_not_equal(first, second, sizeof first);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_known_answers),
        cmocka_unit_test(test_symmetric_is_a_binary32_number_in_range),
        cmocka_unit_test(test_permutations_are_permutations),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
