// SPDX-License-Identifier: MIT
#include "votes_forks.h"

static void from_counts(struct call *call)
{
    const int *selection = call_integers(call, "selection", "NK", 0, 100000);
    const int *estimation = call_integers(call, "estimation", "NK", 0, 100000);
    struct rival_votes is = rival_votes_read(call, call_size(call, 'K'));
    rival_votes_answer(call, &is, selection, estimation);
}

static const struct fork table[] = {
    {.info = {"from_counts", FORK_TWIN, "",
              "Continued fractions and Newton's steps; classes by counting those that beat them.",
              NULL},
     .answer = from_counts},
    VOTES_FORKS(from_counts),
    {.info = {"ties_first_always", FORK_CONVENTION, "221", "Equal counts go to the first class.",
              NULL},
     .instead = {"ties", "first"}},
    {.info = {"ties_last_always", FORK_CONVENTION, "221", "Equal counts go to the last class.",
              NULL},
     .instead = {"ties", "last"}},
    {.info = {"wilson_always", FORK_CONVENTION, "", "Wilson's bound whatever is asked for.", NULL},
     .instead = {"bound", "wilson"}},
};

const struct fork_list certified_radius_forks = {sizeof table / sizeof *table, table};
