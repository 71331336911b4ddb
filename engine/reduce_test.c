// SPDX-License-Identifier: MIT
/* reduce_test.c - sums over the ranks it is run on (mpirun -n 1, 2, 3, ...), against the
 * definition: a chain within each block and a recursion over blocks. Reproducible sums must have
 * its bits, fast ones must be close. Short and long vectors, ranks without blocks, ragged blocks,
 * reuse, several on their way at once. */
#include "reduce.h"

#include "random.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stdint.h>
#include <string.h>

#include <cmocka.h>

static struct team world(bool reproducible)
{
    struct team team = {.comm = MPI_COMM_WORLD,
                        .reproducible = reproducible,
                        .kernels = kernels_select(NULL, NULL)};
    MPI_Comm_rank(team.comm, &team.rank);
    MPI_Comm_size(team.comm, &team.ranks);
    return team;
}

static scalar term(size_t sample, size_t i, size_t round)
{
    return (scalar)random_uniform(9 + round, sample, i);
}

static scalar chain(size_t begin, size_t end, size_t i, size_t round)
{
    scalar sum = 0;
    for (size_t n = begin; n < end; n++)
        sum += term(n, i, round);
    return sum;
}

struct blocks {
    size_t samples, block, i, round;
};

static scalar naive(const struct blocks *of, size_t begin, size_t n)
{
    size_t end = (begin + 1) * of->block, m = 1;
    if (n == 1)
        return chain(begin * of->block, end < of->samples ? end : of->samples, of->i, of->round);
    while (2 * m < n)
        m *= 2;
    return naive(of, begin, m) + naive(of, begin + m, n - m);
}

static void add_pieces(struct reduction *reduction, size_t first, size_t length, size_t round)
{
    for (size_t k = 0; k < reduction_pieces(reduction); k++) {
        struct piece piece = reduction_piece(reduction, k);
        scalar *leaf = reduction_leaf(reduction);
        for (size_t n = 0; n < piece.count; n++)
            for (size_t i = 0; i < length; i++)
                leaf[i] += term(first + piece.first + n, i, round);
        reduction_push(reduction);
    }
}

static void check_total(const struct team *team, const scalar *total, size_t samples, size_t block,
                        size_t length, size_t round)
{
    for (size_t i = 0; i < length; i++) {
        struct blocks of = {samples, block, i, round};
        scalar expected = samples != 0 ? naive(&of, 0, (samples - 1) / block + 1) : 0;
        scalar error = scalar_absolute(total[i] - expected);
        if (team->reproducible)
            assert_memory_equal(&total[i], &expected, sizeof expected);
        assert_true(error <= (scalar)1e-4);
    }
}

static void check(bool reproducible, size_t samples, size_t block, size_t length)
{
    struct arena arena = {NULL};
    struct team team = world(reproducible);
    struct layout layout = layout_create(&arena, samples, block, team.ranks);
    struct reduction *reduction = reduction_create(&arena, &team, &layout, length);
    scalar *total = arena_take(&arena, length, sizeof *total);
    for (size_t round = 0; round < 2; round++) { /* the second time on used buffers */
        add_pieces(reduction, layout_first(&layout, team.rank), length, round);
        reduction_finish(reduction, total);
        check_total(&team, total, samples, block, length, round);
    }
    arena_release(&arena);
}

/* Four sums in two slots: while one is on its way, the next one is added up, and the slot of one
 * that is finished is used again before its total has reached everybody. */
static void check_at_once(bool reproducible, size_t samples, size_t block)
{
    enum { SUMS = 4, SLOTS = 2 };
    static const size_t length[SUMS] = {1500, 3001, 7, 2100};
    struct arena arena = {NULL};
    struct team team = world(reproducible);
    struct layout layout = layout_create(&arena, samples, block, team.ranks);
    struct reduction_memory *memory = reduction_memory_create(&arena, SLOTS);
    struct reduction *sum[SUMS];
    scalar *total[SUMS];
    for (size_t s = 0; s < SUMS; s++) {
        sum[s] = reduction_create_in(&arena, &team, &layout, length[s], memory, s % SLOTS);
        total[s] = arena_take(&arena, length[s], sizeof(scalar));
    }
    for (size_t s = 0; s < SUMS + SLOTS; s++) {
        if (s >= SLOTS) {
            struct slice slice = reduction_finish_slice(sum[s - SLOTS]);
            memcpy(total[s - SLOTS] + slice.first, slice.value, slice.count * sizeof(scalar));
            reduction_spread_start(sum[s - SLOTS], total[s - SLOTS]);
        }
        if (s < SUMS) {
            add_pieces(sum[s], layout_first(&layout, team.rank), length[s], s);
            reduction_start(sum[s]);
            reduction_progress(sum[s]);
        }
    }
    for (size_t s = 0; s < SUMS; s++) {
        reduction_spread_finish(sum[s]);
        check_total(&team, total[s], samples, block, length[s], s);
    }
    arena_release(&arena);
}

static void test_several_at_once(void **state)
{
    (void)state;
    for (int reproducible = 0; reproducible < 2; reproducible++) {
        check_at_once(reproducible, 57, 4);
        check_at_once(reproducible, 5, 4);
        check_at_once(reproducible, 0, 4);
    }
}

/* What rank 0 deals out it collects again, and every rank has its slice of it in between. */
static void check_dealing(size_t length)
{
    struct arena arena = {NULL};
    struct team team = world(true);
    struct layout layout = layout_create(&arena, 10, 1, team.ranks);
    struct reduction *sum = reduction_create(&arena, &team, &layout, length);
    struct slice slice = reduction_slice(sum);
    scalar *whole = arena_take(&arena, length, sizeof *whole);
    scalar *part = arena_take(&arena, slice.count, sizeof *part);
    for (size_t i = 0; team.rank == 0 && i < length; i++)
        whole[i] = (scalar)i;
    reduction_deal(sum, team.rank == 0 ? whole : NULL, part);
    for (size_t i = 0; i < slice.count; i++)
        assert_true(part[i] == (scalar)(slice.first + i));
    memset(whole, 0, length * sizeof *whole);
    reduction_collect(sum, part, team.rank == 0 ? whole : NULL);
    for (size_t i = 0; team.rank == 0 && i < length; i++)
        assert_true(whole[i] == (scalar)i);
    arena_release(&arena);
}

static void test_dealing_and_collecting(void **state)
{
    (void)state;
    check_dealing(5);
    check_dealing(4099);
}

static void check_many(bool reproducible)
{
    for (size_t samples = 0; samples <= 40; samples += 3)
        for (size_t block = 1; block <= 9; block += 4)
            check(reproducible, samples, block, 2);
    check(reproducible, 57, 4, 1500); /* long enough to be cut into slices */
    check(reproducible, 7, 4, 1500);
}

static void test_reproducible(void **state)
{
    (void)state;
    check_many(true);
}

static void test_fast(void **state)
{
    (void)state;
    check_many(false);
}

static void test_gather_restores_the_order(void **state)
{
    (void)state;
    enum { OUTER = 3, N = 23, INNER = 2 };
    struct arena arena = {NULL};
    struct team team = world(true);
    struct layout layout = layout_create(&arena, N, 4, team.ranks);
    size_t first = layout_first(&layout, team.rank), n = layout_count(&layout, team.rank);
    scalar *part = arena_take(&arena, OUTER * n * INNER, sizeof *part), whole[OUTER * N * INNER];
    for (size_t o = 0; o < OUTER; o++)
        for (size_t k = 0; k < n * INNER; k++)
            part[o * n * INNER + k] = (scalar)((o * N + first) * INNER + k);
    gather(&team, &layout, OUTER, INNER, part, whole);
    for (size_t i = 0; team.rank == 0 && i < OUTER * N * INNER; i++)
        assert_true(whole[i] == (scalar)i);
    arena_release(&arena);
}

int main(int count, char *argument[])
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_reproducible),
        cmocka_unit_test(test_fast),
        cmocka_unit_test(test_several_at_once),
        cmocka_unit_test(test_dealing_and_collecting),
        cmocka_unit_test(test_gather_restores_the_order),
    };
    MPI_Init(&count, &argument);
    int failures = cmocka_run_group_tests(tests, NULL, NULL);
    if (failures != 0)
        MPI_Abort(MPI_COMM_WORLD, 1); /* others may wait for this rank */
    MPI_Finalize();
    return 0;
}
