// SPDX-License-Identifier: MIT
#include "../../reference/imbalance/tomek_links.h"
#include "../fork.h"
#include "neighbours_forks.h"

enum mistake {
    RIGHT,
    ONE_SIDED,
    CLASSES_IGNORED,
    WITHIN_CLASS,
    OTHER_SIDE,
    OTHER_CLASS_NEAREST,
    SELF_INCLUDED,
    CITY_BLOCK,
    FARTHEST,
    LAST_BLOCK_LOST
};

static int nearest_of(struct call *call, const struct cleaning *is, enum mistake mistake, size_t n)
{
    static const enum rival_metric metrics[] = {
        [SELF_INCLUDED] = SELF_COUNTS, [CITY_BLOCK] = CITY_BLOCKS, [FARTHEST] = FARTHEST_FIRST};
    const int *all = points_all(call, &is->points);
    enum rival_metric metric = mistake <= FARTHEST ? metrics[mistake] : SQUARES;
    if (mistake == OTHER_CLASS_NEAREST) {
        int c = is->classes.label[n];
        return rival_neighbour(&is->points, SQUARES, n, classes_others(call, &is->classes, c),
                               is->points.N - (size_t)is->classes.count[c], 0);
    }
    size_t N = is->points.N, block = call_block(call);
    if (mistake == LAST_BLOCK_LOST && (N - 1) / block > 0)
        N = (N - 1) / block * block;
    return rival_neighbour(&is->points, metric, n, all, N, 0);
}

static int is_link(const struct cleaning *is, enum mistake mistake, const real *nearest, size_t n)
{
    size_t m = (size_t)nearest[n];
    int mutual = nearest[m] == real_count(n), differ = is->classes.label[m] != is->classes.label[n];
    if (mistake == CLASSES_IGNORED)
        return mutual;
    if (mistake == WITHIN_CLASS)
        return mutual && !differ;
    return differ && (mutual || mistake == ONE_SIDED);
}

/* Every pair of samples is asked whether nobody is nearer to either. */
static void pairs(struct call *call)
{
    enum mistake mistake = (enum mistake)call_variant(call);
    struct cleaning is = cleaning_read(call);
    int *removed = call_scratch_integers(call, is.points.N);
    real *nearest = call_output_integers(call, "nearest", "N");
    real *link = call_output_integers(call, "link", "N");
    for (size_t n = 0; n < is.points.N; n++)
        nearest[n] = (real)nearest_of(call, &is, mistake, n);
    for (size_t n = 0; n < is.points.N; n++) {
        int c = is.classes.label[n];
        int linked = is_link(&is, mistake, nearest, n);
        link[n] = linked ? nearest[n] : -1;
        removed[n] = linked && (mistake == OTHER_SIDE ? !is.cleans[c] : is.cleans[c]);
    }
    cleaning_report(call, &is, removed);
}

static const struct fork table[] = {
    {.info = {"pairs", FORK_TWIN, "", "Neighbours by counting nearer ones.", NULL},
     .answer = pairs},
    {.info = {"ties_first", FORK_CONVENTION, "265", "The first of equidistant ones is nearer.",
              NULL},
     .instead = {"ties", "first"}},
    {.info = {"ties_last", FORK_CONVENTION, "265", "The last of equidistant ones is nearer.", NULL},
     .instead = {"ties", "last"}},
    {.info = {"one_side_goes", FORK_CONVENTION, "", "The smallest class always stays.", NULL},
     .instead = {"clean", "not_minority"}},
    {.info = {"both_go", FORK_CONVENTION, "", "Both samples of every link go.", NULL},
     .instead = {"clean", "all"}},
    {.info = {"one_sided", FORK_BUG, "", "The neighbour need not have this one as its nearest.",
              NULL},
     .answer = pairs,
     .variant = ONE_SIDED},
    {.info = {"classes_ignored", FORK_BUG, "", "Links within a class count.", NULL},
     .answer = pairs,
     .variant = CLASSES_IGNORED},
    {.info = {"within_class", FORK_BUG, "", "Links are pairs of one class.", NULL},
     .answer = pairs,
     .variant = WITHIN_CLASS},
    {.info = {"other_side", FORK_BUG, "", "The sample of the small class goes.", NULL},
     .answer = pairs,
     .variant = OTHER_SIDE},
    {.info = {"other_class_nearest", FORK_BUG, "",
              "The nearest sample of another class, even when one of its own is nearer.", NULL},
     .answer = pairs,
     .variant = OTHER_CLASS_NEAREST},
    {.info = {"self_included", FORK_BUG, "263", "Each sample is its own nearest neighbour.", NULL},
     .answer = pairs,
     .variant = SELF_INCLUDED},
    {.info = {"city_block", FORK_CONVENTION, "", "Distances are sums of absolute differences.",
              NULL},
     .answer = pairs,
     .variant = CITY_BLOCK},
    {.info = {"farthest", FORK_BUG, "", "Distances are sorted the wrong way.", NULL},
     .answer = pairs,
     .variant = FARTHEST},
    {.info = {"last_block_lost", FORK_BUG, "155", "Nobody of the last block is a neighbour.", NULL},
     .answer = pairs,
     .variant = LAST_BLOCK_LOST},
};

const struct fork_list tomek_links_forks = {sizeof table / sizeof *table, table};
