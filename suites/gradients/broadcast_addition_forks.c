// SPDX-License-Identifier: MIT
#include "../../reference/gradients/broadcast_addition.h"
#include "../fork.h"

/* Products with vectors of ones, columns first. */
static void by_ones(struct call *call)
{
    struct broadcast s = broadcast_read(call);
    for (size_t c = s.C; c-- > 0;) {
        for (size_t n = s.N; n-- > 0;) {
            size_t b = (s.rows == 1 ? 0 : n * s.columns) + (s.columns == 1 ? 0 : c);
            s.y[n * s.C + c] = s.b[b] + s.a[n * s.C + c];
            s.da[n * s.C + c] = s.dy[n * s.C + c];
            s.db[b] += s.dy[n * s.C + c];
        }
    }
}

enum mistake { FIRST_ALONE, MEAN, LAST_BLOCK_LOST, OTHER_AXIS, UPSTREAM_COUNTED, SUM_IN_A };

static void wrong(struct call *call)
{
    struct broadcast s = broadcast_read(call);
    enum mistake mistake = (enum mistake)call_variant(call);
    broadcast_answer(&s);
    real repeats = real_count(s.N / s.rows * (s.C / s.columns));
    for (size_t i = 0; i < s.rows * s.columns; i++) {
        size_t n = i / s.columns, c = i % s.columns;
        if (mistake == FIRST_ALONE)
            s.db[i] = s.dy[n * s.C + c];
        else if (mistake == MEAN)
            s.db[i] = s.db[i] / repeats;
        else if (mistake == UPSTREAM_COUNTED)
            s.db[i] = repeats;
        else if (mistake == LAST_BLOCK_LOST && s.rows == 1)
            s.db[i] = sum_samples((s.N - 1) / s.block * s.block, s.block, &s.row[i], s.columns);
        else if (mistake == OTHER_AXIS && s.N == s.C && s.rows != s.columns)
            s.db[i] = s.rows == 1 ? sum_features(s.C, &s.dy[i * s.C], 1)
                                  : sum_samples(s.N, s.block, &s.dy[i], s.C);
    }
    for (size_t i = 0; mistake == SUM_IN_A && i < s.N * s.C; i++)
        s.da[i] = s.dy[i] * repeats;
}

static const struct fork table[] = {
    {.info = {"by_ones", FORK_TWIN, "", "Element by element from the end.", NULL},
     .answer = by_ones},
    {.info = {"first_alone", FORK_BUG, "211", "Repeated axes are cut to the first, not added up.",
              NULL},
     .answer = wrong,
     .variant = FIRST_ALONE},
    {.info = {"mean", FORK_BUG, "211", "Means along what was repeated.", NULL},
     .answer = wrong,
     .variant = MEAN},
    {.info = {"other_axis", FORK_BUG, "211", "Squares are added up along the other axis.", NULL},
     .answer = wrong,
     .variant = OTHER_AXIS},
    {.info = {"upstream_counted", FORK_BUG, "", "How often it was repeated.", NULL},
     .answer = wrong,
     .variant = UPSTREAM_COUNTED},
    {.info = {"last_block_lost", FORK_BUG, "", "The last block is not in the sum.", NULL},
     .answer = wrong,
     .variant = LAST_BLOCK_LOST},
    {.info = {"repeats_in_a", FORK_BUG, "", "The whole operand has the number of repeats too.",
              NULL},
     .answer = wrong,
     .variant = SUM_IN_A},
};

const struct fork_list broadcast_addition_forks = {sizeof table / sizeof *table, table};
