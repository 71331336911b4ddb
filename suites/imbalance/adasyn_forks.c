// SPDX-License-Identifier: MIT
#include "../../reference/imbalance/adasyn.h"
#include "../fork.h"
#include "neighbours_forks.h"

enum mistake {
    RIGHT,
    SHARES_ALIKE,
    EASY_ONES,
    NOT_NORMALIZED,
    SELF_COUNTED,
    SELF_INCLUDED,
    PARTNERS_OF_ALL,
    ONE_MORE_NEIGHBOUR,
    PICK_IGNORED,
    OUTWARDS,
    CITY_BLOCK,
    CLASSES_TOGETHER,
    REST_TO_LAST
};

/* made (N) of class c: shares from counts alone. */
static void judge(struct call *call, const struct adasyn *is, enum mistake mistake, int c)
{
    const int *all = points_all(call, &is->points), *label = is->classes.label;
    const int *member = classes_members(call, &is->classes, c);
    size_t members = (size_t)is->classes.count[c], k = is->k + (mistake == ONE_MORE_NEIGHBOUR);
    enum rival_metric metric = mistake == SELF_COUNTED ? SELF_COUNTS : SQUARES;
    if (mistake == CITY_BLOCK)
        metric = CITY_BLOCKS;
    real total = 0, left = is->balance * (real)(is->goal[c] - is->classes.count[c]), wanted = left;
    for (size_t m = members; m-- > 0;) {
        size_t n = (size_t)member[m], own = 0;
        for (size_t i = 0; i < k; i++)
            own += label[rival_neighbour(&is->points, metric, n, all, is->points.N, (int)i)] == c;
        is->hardness[n] = real_count(mistake == EASY_ONES ? own : k - own) / real_count(k);
        total = total + real_count(mistake == EASY_ONES ? own : k - own);
    }
    for (size_t m = 0; m < members; m++) {
        real share = is->hardness[member[m]] * real_count(k) / total;
        if (mistake == SHARES_ALIKE)
            share = 1 / real_count(members);
        if (mistake == NOT_NORMALIZED)
            share = is->hardness[member[m]] / real_count(members);
        is->made[member[m]] = adasyn_round(call, is, wanted * share);
        left = left - is->made[member[m]];
        if (mistake == REST_TO_LAST && m + 1 == members && left > 0)
            is->made[member[m]] += left;
    }
}

static size_t make(struct call *call, const struct adasyn *is, enum mistake mistake, int c,
                   size_t s)
{
    size_t D = is->points.D, members = (size_t)is->classes.count[c];
    const int *member = classes_members(call, &is->classes, c);
    const int *among = mistake == PARTNERS_OF_ALL ? points_all(call, &is->points) : member;
    enum rival_metric metric = mistake == SELF_INCLUDED ? SELF_COUNTS : SQUARES;
    if (mistake == CITY_BLOCK)
        metric = CITY_BLOCKS;
    for (size_t m = 0; m < members; m++) {
        size_t n = (size_t)member[m];
        for (real i = 0; i < is->made[n] && s < is->G; i = i + 1, s++) {
            int p = rival_neighbour(&is->points, metric, n, among,
                                    mistake == PARTNERS_OF_ALL ? is->points.N : members,
                                    mistake == PICK_IGNORED ? 0 : is->pick[s]);
            real gap = mistake == OUTWARDS ? -is->gap[s] : is->gap[s];
            is->source[s] = real_count(n);
            is->partner[s] = (real)p;
            for (size_t d = 0; d < D; d++)
                is->synthetic[s * D + d] =
                    (1 - gap) * is->points.x[n * D + d] + gap * is->points.x[(size_t)p * D + d];
        }
    }
    return s;
}

static void again(struct call *call)
{
    enum mistake mistake = (enum mistake)call_variant(call);
    struct adasyn is = adasyn_read(call);
    size_t s = 0;
    for (int i = 0; i < (int)is.classes.C; i++) {
        int c = mistake == CLASSES_TOGETHER ? (int)is.classes.C - 1 - i : i;
        if (is.goal[c] == is.classes.count[c])
            continue;
        judge(call, &is, mistake, c);
        s = make(call, &is, mistake, c, s);
    }
    for (; s < is.G; s++)
        is.source[s] = is.partner[s] = -1;
}

static const struct fork table[] = {
    {.info = {"again", FORK_TWIN, "", "Shares of whole counts; weights 1 - gap and gap.", NULL},
     .answer = again},
    {.info = {"rounded_even", FORK_CONVENTION, "", "Halves to the even number.", NULL},
     .instead = {"rounding", "even"}},
    {.info = {"rounded_half_up", FORK_CONVENTION, "", "Halves up.", NULL},
     .instead = {"rounding", "half_up"}},
    {.info = {"rounded_down", FORK_BUG, "", "Shares are cut.", NULL},
     .instead = {"rounding", "down"}},
    {.info = {"balance_one", FORK_BUG, "", "The balance is ignored.", NULL},
     .number = {"balance", 1}},
    {.info = {"ties_first", FORK_CONVENTION, "265", "The first of equidistant ones is nearer.",
              NULL},
     .instead = {"ties", "first"}},
    {.info = {"ties_last", FORK_CONVENTION, "265", "The last of equidistant ones is nearer.", NULL},
     .instead = {"ties", "last"}},
    {.info = {"shares_alike", FORK_BUG, "", "Every member makes as many: SMOTE.", NULL},
     .answer = again,
     .variant = SHARES_ALIKE},
    {.info = {"easy_ones", FORK_BUG, "", "Members deep in their class make more.", NULL},
     .answer = again,
     .variant = EASY_ONES},
    {.info = {"not_normalized", FORK_BUG, "", "Hardnesses are divided by the count of members.",
              NULL},
     .answer = again,
     .variant = NOT_NORMALIZED},
    {.info = {"self_counted", FORK_BUG, "263", "A sample is among its own judges.", NULL},
     .answer = again,
     .variant = SELF_COUNTED},
    {.info = {"self_included", FORK_BUG, "263", "A sample is its own first partner.", NULL},
     .answer = again,
     .variant = SELF_INCLUDED},
    {.info = {"partners_of_all", FORK_BUG, "", "Partners of any class.", NULL},
     .answer = again,
     .variant = PARTNERS_OF_ALL},
    {.info = {"one_more_neighbour", FORK_BUG, "263", "One judge more than asked for.", NULL},
     .answer = again,
     .variant = ONE_MORE_NEIGHBOUR},
    {.info = {"pick_ignored", FORK_BUG, "", "Always the nearest partner.", NULL},
     .answer = again,
     .variant = PICK_IGNORED},
    {.info = {"outwards", FORK_BUG, "", "The difference has the wrong sign.", NULL},
     .answer = again,
     .variant = OUTWARDS},
    {.info = {"city_block", FORK_CONVENTION, "", "Distances are sums of absolute differences.",
              NULL},
     .answer = again,
     .variant = CITY_BLOCK},
    {.info = {"classes_descending", FORK_CONVENTION, "", "Classes in descending order.", NULL},
     .answer = again,
     .variant = CLASSES_TOGETHER},
    {.info = {"rest_to_last", FORK_CONVENTION, "", "The last member makes what rounding left over.",
              NULL},
     .answer = again,
     .variant = REST_TO_LAST},
};

const struct fork_list adasyn_forks = {sizeof table / sizeof *table, table};
