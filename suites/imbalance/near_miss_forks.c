// SPDX-License-Identifier: MIT
#include "../../reference/imbalance/near_miss.h"
#include "../fork.h"
#include "neighbours_forks.h"

enum mistake {
    RIGHT,
    SQUARED,
    SUMMED,
    FARTHEST_KEPT,
    TO_OWN_CLASS,
    TO_ALL_OTHERS,
    NEAREST_IN_TWO,
    CANDIDATES_IGNORED,
    NEAREST_OF_CANDIDATES,
    CITY_BLOCK,
    ONE_NEIGHBOUR,
    REMOVED_FOR_KEPT
};

/* Mean distance from the farthest neighbour to the nearest. */
static real average(struct call *call, const struct near_miss *is, enum mistake mistake, size_t n)
{
    int small = is->classes.smallest, own = is->classes.label[n];
    const int *member = classes_members(call, &is->classes, mistake == TO_OWN_CLASS ? own : small);
    size_t members = (size_t)is->classes.count[mistake == TO_OWN_CLASS ? own : small];
    if (mistake == TO_ALL_OTHERS) {
        member = classes_others(call, &is->classes, own);
        members = is->classes.N - (size_t)is->classes.count[own];
    }
    size_t k = mistake == ONE_NEIGHBOUR ? 1 : is->k;
    int farthest = is->version == 1 && mistake != NEAREST_IN_TWO;
    real sum = 0;
    for (size_t i = k; i-- > 0;) {
        int rank = (int)(farthest ? members - 1 - i : i);
        int at = rival_neighbour(&is->points, SQUARES, n, member, members, rank);
        enum rival_metric metric = mistake == CITY_BLOCK ? CITY_BLOCKS : SQUARES;
        real d = rival_distance(&is->points, metric, n, (size_t)at);
        sum = sum + (mistake == SQUARED || mistake == CITY_BLOCK ? d : real_sqrt(d));
    }
    return mistake == SUMMED ? sum : sum / real_count(k);
}

static void admit(struct call *call, const struct near_miss *is, enum mistake mistake, int c)
{
    const int *member = classes_members(call, &is->classes, c);
    size_t members = (size_t)is->classes.count[c];
    for (size_t i = 0; i < members; i++) {
        is->candidate[member[i]] = is->version < 2 || mistake == CANDIDATES_IGNORED;
        for (size_t n = 0; n < is->points.N && is->version == 2; n++) {
            for (size_t r = 0; r < is->m && is->classes.label[n] == is->classes.smallest; r++) {
                if (rival_neighbour(&is->points, SQUARES, n, member, members, (int)r) == member[i])
                    is->candidate[member[i]] = 1;
            }
        }
    }
}

static void again(struct call *call)
{
    enum mistake mistake = (enum mistake)call_variant(call);
    struct near_miss is = near_miss_read(call);
    for (int c = 0; c < (int)is.classes.C; c++) {
        if (is.goal[c] < is.classes.count[c])
            admit(call, &is, mistake, c);
    }
    for (size_t n = 0; n < is.points.N; n++) {
        is.selected[n] = is.goal[is.classes.label[n]] == is.classes.count[is.classes.label[n]];
        is.average[n] = is.candidate[n] > 0 ? average(call, &is, mistake, n) : 0;
    }
    int version = is.version;
    if (mistake == FARTHEST_KEPT)
        is.version = version == 2 ? 0 : 2;
    if (mistake == NEAREST_OF_CANDIDATES)
        is.version = 0;
    for (int c = 0; c < (int)is.classes.C; c++) {
        if (is.goal[c] < is.classes.count[c])
            near_miss_select(call, &is, c);
    }
    for (size_t n = 0; n < is.points.N; n++) {
        int c = is.classes.label[n];
        if (mistake == REMOVED_FOR_KEPT && is.goal[c] < is.classes.count[c])
            is.selected[n] = 1 - is.selected[n];
        is.remaining[c] += is.selected[n];
    }
}

static const struct fork table[] = {
    {.info = {"again", FORK_TWIN, "", "Neighbours by rank, sums from the farthest.", NULL},
     .answer = again},
    {.info = {"always_one", FORK_CONVENTION, "", "Version one, whatever is asked for.", NULL},
     .instead = {"version", "one"}},
    {.info = {"always_two", FORK_CONVENTION, "", "Version two, whatever is asked for.", NULL},
     .instead = {"version", "two"}},
    {.info = {"ties_first", FORK_CONVENTION, "265", "The first of equal ones.", NULL},
     .instead = {"ties", "first"}},
    {.info = {"ties_last", FORK_CONVENTION, "265", "The last of equal ones.", NULL},
     .instead = {"ties", "last"}},
    {.info = {"one_candidate", FORK_BUG, "", "One candidate for each of the small class.", NULL},
     .number = {"candidates", 1}},
    {.info = {"squared", FORK_BUG, "", "Squared distances are averaged.", NULL},
     .answer = again,
     .variant = SQUARED},
    {.info = {"summed", FORK_CONVENTION, "", "Distances are added, as imbalanced-learn does.",
              NULL},
     .answer = again,
     .variant = SUMMED},
    {.info = {"farthest_kept", FORK_BUG, "", "The other end of the order is kept.", NULL},
     .answer = again,
     .variant = FARTHEST_KEPT},
    {.info = {"to_own_class", FORK_BUG, "", "Distances to the own class.", NULL},
     .answer = again,
     .variant = TO_OWN_CLASS},
    {.info = {"to_all_others", FORK_BUG, "", "Distances to all other classes.", NULL},
     .answer = again,
     .variant = TO_ALL_OTHERS},
    {.info = {"nearest_in_two", FORK_BUG, "", "Version two takes the nearest.", NULL},
     .answer = again,
     .variant = NEAREST_IN_TWO},
    {.info = {"candidates_ignored", FORK_BUG, "", "Version three judges the whole class.", NULL},
     .answer = again,
     .variant = CANDIDATES_IGNORED},
    {.info = {"nearest_of_candidates", FORK_BUG, "", "Version three keeps the nearest.", NULL},
     .answer = again,
     .variant = NEAREST_OF_CANDIDATES},
    {.info = {"city_block", FORK_CONVENTION, "", "Averages of sums of absolute differences.", NULL},
     .answer = again,
     .variant = CITY_BLOCK},
    {.info = {"one_neighbour", FORK_BUG, "", "The distance to one neighbour.", NULL},
     .answer = again,
     .variant = ONE_NEIGHBOUR},
    {.info = {"removed_for_kept", FORK_BUG, "", "Those are flagged that go.", NULL},
     .answer = again,
     .variant = REMOVED_FOR_KEPT},
};

const struct fork_list near_miss_forks = {sizeof table / sizeof *table, table};
