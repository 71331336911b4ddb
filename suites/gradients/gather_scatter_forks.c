// SPDX-License-Identifier: MIT
#include "../../reference/gradients/gather_scatter.h"
#include "../fork.h"

enum mistake {
    NONE,
    OVERWRITES,
    START_LOST,
    FIRST_STANDS,
    SET_GRADIENT_TO_ALL,
    TIE_TO_FIRST,
    TIE_TO_ALL,
    MEAN_GRADIENT_WHOLE,
    START_WITHOUT_GRADIENT,
    UPSTREAM_IGNORED,
    FIRST_COLUMN,
    LAST_BLOCK_LOST
};

/* Where element i goes. */
static size_t place(const struct scatter *k, enum mistake mistake, size_t i)
{
    size_t row = i / k->C, c = i % k->C;
    return (size_t)k->index[mistake == FIRST_COLUMN ? row * k->C : i] * k->C + c;
}

/* Gradients go back to the places one after another, from the last element on. */
static void gather(const struct scatter *k, enum mistake mistake)
{
    size_t kept = mistake == LAST_BLOCK_LOST ? (k->N - 1) / k->block * k->block : k->N;
    for (size_t i = kept * k->C; i-- > 0;) {
        real *dx = &k->dx[place(k, mistake, i)], dy = mistake == UPSTREAM_IGNORED ? 1 : k->dy[i];
        *dx = mistake == OVERWRITES ? (*dx != 0 ? *dx : dy) : *dx + dy;
    }
    for (size_t i = 0; i < k->N * k->C; i++)
        k->y[i] = k->x[place(k, mistake, i)];
}

/* Joins element i to what place j has made of the elements before it. `seen`: how many. */
static real join(const struct scatter *k, enum mistake mistake, real y, real x, size_t seen)
{
    if (k->operation == SCATTER_ADD || k->operation == SCATTER_MEAN)
        return mistake == OVERWRITES ? x : seen == 0 ? x : y + x;
    if (k->operation == SCATTER_SET)
        return mistake == FIRST_STANDS && seen > 0 ? y : x;
    return seen == 0 || x > y ? x : y;
}

/* Whether element i of place j counts, when `later` ones of the place stand behind it. */
static int counts(const struct scatter *k, enum mistake mistake, real x, real y, size_t before,
                  size_t later, size_t equal_before)
{
    if (k->operation == SCATTER_SET && mistake != SET_GRADIENT_TO_ALL)
        return mistake == FIRST_STANDS ? before == 0 : later == 0;
    if (k->operation == SCATTER_LARGEST)
        return x == y && (mistake != TIE_TO_FIRST || equal_before == 0);
    return 1;
}

/* One place: its list of elements first, the start among them in front if it counts. */
static void scatter_place(const struct scatter *k, enum mistake mistake, size_t j)
{
    size_t members = 0, seen = 0, equal = 0, equal_before = 0, self = 0;
    size_t kept = mistake == LAST_BLOCK_LOST ? (k->N - 1) / k->block * k->block : k->N;
    real y = k->start[j];
    if (k->operation == SCATTER_ADD || (k->operation != SCATTER_SET && k->self))
        self = mistake == START_LOST ? 0 : 1;
    seen = self;
    for (size_t i = j % k->C; i < k->N * k->C; i += k->C) {
        if (place(k, mistake, i) != j)
            continue;
        members++;
        if (i / k->C < kept)
            y = join(k, mistake, y, k->x[i], seen++);
    }
    if (k->operation == SCATTER_MEAN && members > 0)
        y = y / real_count(members + self);
    for (size_t i = j % k->C; i < k->N * k->C; i += k->C)
        equal += place(k, mistake, i) == j && k->x[i] == y ? 1 : 0;
    if (k->operation == SCATTER_LARGEST)
        self = self && k->start[j] == y;
    real share = k->operation == SCATTER_LARGEST ? real_count(equal + self)
                 : k->operation == SCATTER_MEAN  ? real_count(members + self)
                                                 : 1;
    if (mistake == TIE_TO_FIRST || mistake == TIE_TO_ALL || mistake == MEAN_GRADIENT_WHOLE)
        share = mistake == MEAN_GRADIENT_WHOLE && k->operation == SCATTER_LARGEST ? share
                : mistake != MEAN_GRADIENT_WHOLE && k->operation == SCATTER_MEAN  ? share
                                                                                  : 1;
    real gradient = (mistake == UPSTREAM_IGNORED ? 1 : k->dy[j]) / (members > 0 ? share : 1);
    k->y[j] = y;
    k->dstart[j] = (members == 0 || self) && mistake != START_WITHOUT_GRADIENT ? gradient : 0;
    equal_before = self;
    for (size_t i = j % k->C, before = 0; i < k->N * k->C; i += k->C) {
        if (place(k, mistake, i) != j)
            continue;
        if (counts(k, mistake, k->x[i], y, before, members - before - 1, equal_before))
            k->dx[i] = gradient;
        equal_before += k->x[i] == y ? 1 : 0;
        before++;
    }
}

static void by_place(struct call *call)
{
    struct scatter k = scatter_read(call);
    enum mistake mistake = (enum mistake)call_variant(call);
    if (k.operation == GATHER)
        gather(&k, mistake);
    for (size_t j = 0; k.operation != GATHER && j < k.V * k.C; j++)
        scatter_place(&k, mistake, j);
}

static const struct fork table[] = {
    {.info = {"by_place", FORK_TWIN, "", "Without blocks, the start first.", NULL},
     .answer = by_place,
     .variant = NONE},
    {.info = {"overwrites", FORK_BUG, "215", "Of duplicates one stays.", NULL},
     .answer = by_place,
     .variant = OVERWRITES},
    {.info = {"start_lost", FORK_BUG, "", "What was there before is not added.", NULL},
     .answer = by_place,
     .variant = START_LOST},
    {.info = {"first_stands", FORK_CONVENTION, "215", "Of duplicates the first one stands.", NULL},
     .answer = by_place,
     .variant = FIRST_STANDS},
    {.info = {"set_gradient_to_all", FORK_BUG, "215", "Overwritten elements have a gradient.",
              NULL},
     .answer = by_place,
     .variant = SET_GRADIENT_TO_ALL},
    {.info = {"tie_to_first", FORK_CONVENTION, "221", "The first of the largest has all of it.",
              NULL},
     .answer = by_place,
     .variant = TIE_TO_FIRST},
    {.info = {"tie_to_all", FORK_CONVENTION, "221", "Each of the largest has all of it.", NULL},
     .answer = by_place,
     .variant = TIE_TO_ALL},
    {.info = {"mean_gradient_whole", FORK_BUG, "", "A mean's gradient lacks the count.", NULL},
     .answer = by_place,
     .variant = MEAN_GRADIENT_WHOLE},
    {.info = {"start_without_gradient", FORK_BUG, "", "The start is a constant.", NULL},
     .answer = by_place,
     .variant = START_WITHOUT_GRADIENT},
    {.info = {"upstream_ignored", FORK_BUG, "", "The upstream is not in it.", NULL},
     .answer = by_place,
     .variant = UPSTREAM_IGNORED},
    {.info = {"first_column", FORK_BUG, "", "The first column's index holds for whole rows.", NULL},
     .answer = by_place,
     .variant = FIRST_COLUMN},
    {.info = {"last_block_lost", FORK_BUG, "", "The last block goes nowhere.", NULL},
     .answer = by_place,
     .variant = LAST_BLOCK_LOST},
    {.info = {"self_left_out", FORK_CONVENTION, "", "The start never counts.", NULL},
     .number = {"self", 0}},
    {.info = {"self_always", FORK_CONVENTION, "", "The start always counts.", NULL},
     .number = {"self", 1}},
};

const struct fork_list gather_scatter_forks = {sizeof table / sizeof *table, table};
