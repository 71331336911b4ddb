// SPDX-License-Identifier: MIT
#include "../../reference/gradients/argmax.h"
#include "../fork.h"

enum mistake {
    NONE,
    SHARED_EVENLY,
    TO_ALL_TIES,
    UPSTREAM_IGNORED,
    BY_MAGNITUDE,
    FROM_ZERO,
    COUNTED_FROM_ONE,
    IN_ITS_BLOCK,
    FLAT,
    STRAIGHT_THROUGH,
    LAST_BLOCK_LOST
};

/* Whether value a beats value b of the same row, which stands before it or not. */
static int beats(const struct extreme *e, enum mistake mistake, real a, real b, int later)
{
    if (mistake == BY_MAGNITUDE) {
        a = real_abs(a);
        b = real_abs(b);
    }
    if (a == b)
        return e->last ? later : !later;
    return e->smallest ? a < b : a > b;
}

/* The one of index number i that no other beats. */
static size_t unbeaten(const struct extreme *e, enum mistake mistake, size_t i, size_t length)
{
    for (size_t k = 0; k < length; k++) {
        size_t better = 0;
        for (size_t j = 0; j < length; j++)
            better += j != k && beats(e, mistake, e->x[extreme_place(e, i, j)],
                                      e->x[extreme_place(e, i, k)], j > k)
                          ? 1
                          : 0;
        if (better == 0)
            return k;
    }
    return 0;
}

static void gradients(const struct extreme *e, enum mistake mistake, size_t i, size_t best)
{
    size_t ties = 0, length = extreme_length(e);
    real dy = mistake == UPSTREAM_IGNORED ? 1 : e->dy[i];
    for (size_t k = 0; k < length; k++)
        ties += e->x[extreme_place(e, i, k)] == e->y[i] ? 1 : 0;
    for (size_t k = 0; k < length; k++) {
        size_t place = extreme_place(e, i, k);
        int equal = e->x[place] == e->y[i];
        if (mistake == STRAIGHT_THROUGH)
            e->dx[place] = dy;
        else if (mistake == SHARED_EVENLY || mistake == TO_ALL_TIES)
            e->dx[place] = !equal ? 0 : mistake == TO_ALL_TIES ? dy : dy / real_count(ties);
        else
            e->dx[place] = k == best ? dy : 0;
    }
}

static void counted(struct call *call)
{
    struct extreme e = extreme_read(call);
    enum mistake mistake = (enum mistake)call_variant(call);
    size_t length = extreme_length(&e), block = call_block(call);
    if (mistake == LAST_BLOCK_LOST && e.samples)
        length = length > block ? (length - 1) / block * block : length;
    for (size_t i = 0; i < extreme_count(&e); i++) {
        size_t best = unbeaten(&e, mistake, i, length), index = best;
        e.y[i] = e.x[extreme_place(&e, i, best)];
        gradients(&e, mistake, i, best);
        if (mistake == FROM_ZERO && (e.smallest ? e.y[i] > 0 : e.y[i] < 0))
            e.y[i] = real_count(index = 0);
        if (mistake == IN_ITS_BLOCK && e.samples)
            index = index % block;
        if (mistake == FLAT)
            index = extreme_place(&e, i, best);
        e.index[i] = real_count(mistake == COUNTED_FROM_ONE ? index + 1 : index);
    }
}

static const struct fork table[] = {
    {.info = {"counted", FORK_TWIN, "", "The one that none of the others beats.", NULL},
     .answer = counted,
     .variant = NONE},
    {.info = {"always_first", FORK_CONVENTION, "221", "Ties go to the first.", NULL},
     .instead = {"ties", "first"}},
    {.info = {"always_last", FORK_CONVENTION, "221", "Ties go to the last.", NULL},
     .instead = {"ties", "last"}},
    {.info = {"shared_evenly", FORK_CONVENTION, "221", "Ties share the gradient.", NULL},
     .answer = counted,
     .variant = SHARED_EVENLY},
    {.info = {"to_all_ties", FORK_BUG, "221", "Each tie has the whole gradient.", NULL},
     .answer = counted,
     .variant = TO_ALL_TIES},
    {.info = {"upstream_ignored", FORK_BUG, "", "The gradient is 1 at the index.", NULL},
     .answer = counted,
     .variant = UPSTREAM_IGNORED},
    {.info = {"straight_through", FORK_BUG, "", "All values have the upstream.", NULL},
     .answer = counted,
     .variant = STRAIGHT_THROUGH},
    {.info = {"by_magnitude", FORK_BUG, "", "Magnitudes are compared.", NULL},
     .answer = counted,
     .variant = BY_MAGNITUDE},
    {.info = {"from_zero", FORK_BUG, "", "The search starts from the value 0.", NULL},
     .answer = counted,
     .variant = FROM_ZERO},
    {.info = {"counted_from_one", FORK_CONVENTION, "", "The first index is 1.", NULL},
     .answer = counted,
     .variant = COUNTED_FROM_ONE},
    {.info = {"in_its_block", FORK_BUG, "", "The index within its block of samples.", NULL},
     .answer = counted,
     .variant = IN_ITS_BLOCK},
    {.info = {"flat", FORK_CONVENTION, "", "The index in the whole array.", NULL},
     .answer = counted,
     .variant = FLAT},
    {.info = {"last_block_lost", FORK_BUG, "", "The last block is not searched.", NULL},
     .answer = counted,
     .variant = LAST_BLOCK_LOST},
    {.info = {"always_largest", FORK_BUG, "", "Argmin is ignored.", NULL},
     .instead = {"extremum", "largest"}},
};

const struct fork_list argmax_forks = {sizeof table / sizeof *table, table};
