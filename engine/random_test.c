// SPDX-License-Identifier: MIT
/* random_test.c - Philox4x32-10 against the known answers of its authors' library Random123, and
 * what is made of it. Needs no MPI. */
#include "random.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

static void test_known_answers(void **state)
{
    (void)state;
    static const struct {
        uint32_t counter[4], key[2], answer[4];
    } known[] = {
        {{0, 0, 0, 0}, {0, 0}, {0x6627e8d5, 0xe169c58d, 0xbc57ac4c, 0x9b00dbd8}},
        {{0xffffffff, 0xffffffff, 0xffffffff, 0xffffffff},
         {0xffffffff, 0xffffffff},
         {0x408f276d, 0x41c83b0e, 0xa20bc7c6, 0x6d5451fd}},
        {{0x243f6a88, 0x85a308d3, 0x13198a2e, 0x03707344},
         {0xa4093822, 0x299f31d0},
         {0xd16cfe09, 0x94fdcceb, 0x5001e420, 0x24126ea1}},
    };
    for (size_t i = 0; i < sizeof known / sizeof known[0]; i++) {
        uint32_t counter[4];
        memcpy(counter, known[i].counter, sizeof counter);
        philox(counter, known[i].key[0], known[i].key[1]);
        assert_memory_equal(counter, known[i].answer, sizeof counter);
    }
}

/* Key = seed, counter = (index, stream), low words first; the draw is the first two words. */
static void test_where_seed_stream_and_index_go(void **state)
{
    (void)state;
    uint64_t draw = random_draw(0x299f31d0a4093822, 0x0370734413198a2e, 0x85a308d3243f6a88);
    assert_true(draw == 0x94fdccebd16cfe09);
}

static void test_many_at_a_time_are_the_same_draws(void **state)
{
    (void)state;
    enum { N = 37 };
    const uint64_t starts[] = {0, 5, 0xfffffff0, 0x85a308d3243f6a88, UINT64_MAX - 20};
    for (size_t s = 0; s < sizeof starts / sizeof starts[0]; s++)
        for (size_t count = 0; count <= N; count++) {
            uint64_t draw[N + 1];
            memset(draw, 0xa5, sizeof draw);
            random_draws(draw, count, 0x299f31d0a4093822, 0x0370734413198a2e, starts[s]);
            for (size_t i = 0; i < count; i++)
                assert_true(draw[i] ==
                            random_draw(0x299f31d0a4093822, 0x0370734413198a2e, starts[s] + i));
            assert_true(draw[count] == 0xa5a5a5a5a5a5a5a5);
        }
}

static void test_uniform_is_in_range_and_exact_in_binary32(void **state)
{
    (void)state;
    double smallest = 1, largest = -1, sum = 0;
    enum { N = 100000 };
    for (uint64_t i = 0; i < N; i++) {
        double u = random_uniform(3, 4, i);
        assert_true(u >= -1 && u < 1 && (double)(float)u == u);
        smallest = u < smallest ? u : smallest;
        largest = u > largest ? u : largest;
        sum += u;
    }
    assert_true(smallest < -0.999 && largest > 0.999);
    assert_true(sum / N > -0.01 && sum / N < 0.01);
}

static void test_shuffle_is_a_permutation(void **state)
{
    (void)state;
    enum { N = 1000 };
    uint32_t order[N];
    unsigned char seen[N];
    size_t fixed = 0;
    for (size_t n = 0; n <= N; n = n * 2 + 1) {
        memset(seen, 0, sizeof seen);
        random_shuffle(order, n, 7, 1000);
        for (size_t i = 0; i < n; i++) {
            assert_true(order[i] < n && !seen[order[i]]);
            seen[order[i]] = 1;
        }
    }
    random_shuffle(order, N, 7, 1001);
    for (size_t i = 0; i < N; i++)
        fixed += order[i] == i;
    assert_true(fixed < 10); /* 1 is expected */
}

/* All 6 orders of 3 come up about equally often. */
static void test_shuffle_is_even(void **state)
{
    (void)state;
    size_t count[27] = {0};
    enum { TRIALS = 60000 };
    for (uint64_t stream = 0; stream < TRIALS; stream++) {
        uint32_t order[3];
        random_shuffle(order, 3, 11, stream);
        count[order[0] * 9 + order[1] * 3 + order[2]]++;
    }
    for (size_t i = 0; i < 27; i++)
        assert_true(count[i] == 0 || (count[i] > TRIALS / 6 - 500 && count[i] < TRIALS / 6 + 500));
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_known_answers),
        cmocka_unit_test(test_where_seed_stream_and_index_go),
        cmocka_unit_test(test_many_at_a_time_are_the_same_draws),
        cmocka_unit_test(test_uniform_is_in_range_and_exact_in_binary32),
        cmocka_unit_test(test_shuffle_is_a_permutation),
        cmocka_unit_test(test_shuffle_is_even),
    };
    return cmocka_run_group_tests(tests, NULL, NULL) != 0;
}
