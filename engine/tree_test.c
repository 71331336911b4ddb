// SPDX-License-Identifier: MIT
/* tree_test.c - the tree of tree.h, emulated for any number of ranks in one process, against the
 * definition written as a recursion. Bits are compared: the terms are such that nearly every other
 * order of additions gives other ones. Compiled in both precisions; needs no MPI. */
#include "tree.h"

#include "random.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stdint.h>
#include <string.h>

#include <cmocka.h>

enum { LEAVES = 96, LENGTH = 3 };

static scalar term(size_t leaf, size_t i)
{
    return (scalar)random_uniform(5, leaf, i) / (scalar)(1 + leaf % 7);
}

/* The definition: the tree over the first m leaves plus the tree over the rest, m the largest power
 * of two below n. */
static scalar naive(size_t begin, size_t n, size_t i)
{
    if (n == 1)
        return term(begin, i);
    size_t m = 1;
    while (2 * m < n)
        m *= 2;
    return naive(begin, m, i) + naive(begin + m, n - m, i);
}

/* Pushes the leaves begin .. end - 1, as a rank does with its blocks. */
static struct tree local_tree(size_t leaves, size_t begin, size_t end, scalar pool[][LENGTH])
{
    struct tree tree;
    tree_start(&tree, leaves, LENGTH);
    for (size_t leaf = begin; leaf < end; leaf++) {
        scalar *sum = pool[tree.depth];
        for (size_t i = 0; i < LENGTH; i++)
            sum[i] = term(leaf, i);
        tree_push(&tree, (struct tree_node){leaf, leaf + 1, sum});
    }
    return tree;
}

static size_t bits_of(size_t n)
{
    size_t bits = 0;
    for (; n != 0; n /= 2)
        bits++;
    return bits;
}

static void check(size_t leaves, size_t ranks)
{
    static scalar pool[LEAVES][TREE_DEPTH][LENGTH]; /* of each rank */
    struct tree all;
    tree_start(&all, leaves, LENGTH);
    for (size_t r = 0; r < ranks; r++) {
        struct tree part =
            local_tree(leaves, leaves * r / ranks, leaves * (r + 1) / ranks, pool[r]);
        assert_true(part.depth <= 2 * bits_of(leaves));
        for (size_t k = 0; k < part.depth; k++)
            tree_push(&all, part.node[k]);
    }
    assert_int_equal(all.depth, 1);
    for (size_t i = 0; i < LENGTH; i++) {
        scalar expected = naive(0, leaves, i);
        assert_memory_equal(&all.node[0].sum[i], &expected, sizeof expected);
    }
}

static void test_any_ranks_give_the_bits_of_the_definition(void **state)
{
    (void)state;
    for (size_t leaves = 1; leaves <= LEAVES; leaves++)
        for (size_t ranks = 1; ranks <= leaves; ranks++)
            check(leaves, ranks);
}

static void test_idle_ranks_change_nothing(void **state)
{
    (void)state;
    for (size_t leaves = 1; leaves <= 12; leaves++)
        for (size_t ranks = leaves; ranks <= 40; ranks++)
            check(leaves, ranks);
}

/* The comparison could not fail if every order gave these bits. */
static void test_another_order_gives_other_bits(void **state)
{
    (void)state;
    size_t differences = 0;
    for (size_t n = 3; n <= LEAVES; n++) {
        scalar chain = 0, expected = naive(0, n, 0);
        for (size_t leaf = 0; leaf < n; leaf++)
            chain += term(leaf, 0);
        differences += memcmp(&chain, &expected, sizeof chain) != 0;
    }
    assert_true(differences > LEAVES / 3);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_any_ranks_give_the_bits_of_the_definition),
        cmocka_unit_test(test_idle_ranks_change_nothing),
        cmocka_unit_test(test_another_order_gives_other_bits),
    };
    return cmocka_run_group_tests(tests, NULL, NULL) != 0;
}
