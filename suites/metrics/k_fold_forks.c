// SPDX-License-Identifier: MIT
#include "../../reference/metrics/k_fold.h"
#include "../fork.h"

enum mistake {
    NONE,
    REMAINDER_LAST,
    REMAINDER_DROPPED,
    INTERLEAVED,
    INVERSE,
    SHUFFLE_IGNORED,
    ROLES_SWAPPED,
    STRATA_CYCLED_EACH,
    STRATA_IN_BLOCKS,
    GROUPS_IN_TURN,
    GROUPS_SMALLEST_FIRST,
    GROUPS_UNBALANCED,
    GAP_AFTER,
    FUTURE_TRAINED,
    WINDOW_FIRST,
    SERIES_FROM_START,
    TESTED_AND_TRAINED
};

struct dealer {
    struct call *call;
    enum mistake mistake;
    struct folds f;
};

static size_t place_of(const struct dealer *d, size_t sample)
{
    size_t n = 0;
    if (d->mistake == SHUFFLE_IGNORED)
        return sample;
    if (d->mistake == INVERSE)
        return (size_t)d->f.p[sample];
    while ((size_t)d->f.p[n] != sample)
        n++;
    return n;
}

/* The fold of the sample at a place: how many borders are not beyond it. */
static int plain(const struct dealer *d, size_t place)
{
    size_t S = d->f.S, K = d->f.K, k = 0;
    if (d->mistake == INTERLEAVED)
        return (int)(place % K);
    if (d->mistake == REMAINDER_DROPPED)
        return place / (S / K) < K ? (int)(place / (S / K)) : -1;
    for (size_t j = 1; j < K; j++) {
        size_t more = d->mistake == REMAINDER_LAST ? (j + S % K > K ? j + S % K - K : 0)
                      : j < S % K                  ? j
                                                   : S % K;
        k += place >= j * (S / K) + more;
    }
    return (int)k;
}

static int before_class(const struct dealer *d, int a, int b)
{
    size_t n = 0;
    if (d->f.by_label || a == b)
        return a < b;
    while (d->f.labels[n] != a && d->f.labels[n] != b)
        n++;
    return d->f.labels[n] == a;
}

/* How many samples of earlier classes there are, and how many of this sample's class precede it. */
static int stratified(const struct dealer *d, size_t sample)
{
    size_t S = d->f.S, K = d->f.K, first = 0, members = 0, mine = 0, k = 0;
    int c = d->f.labels[sample];
    for (size_t n = 0; n < S; n++) {
        first += before_class(d, d->f.labels[n], c) != 0;
        members += d->f.labels[n] == c;
        mine += d->f.labels[n] == c && place_of(d, n) < place_of(d, sample);
    }
    if (d->mistake == STRATA_CYCLED_EACH)
        return (int)(mine % K);
    if (d->mistake == STRATA_IN_BLOCKS)
        first = 0;
    for (; k < K; k++) {
        size_t places = 0;
        for (size_t i = first; i < first + members; i++)
            places += i % K == k;
        if (mine < places)
            break;
        mine -= places;
    }
    return (int)k;
}

static void groups(const struct dealer *d, int *fold)
{
    size_t G = d->f.G, K = d->f.K;
    int *size = call_scratch_integers(d->call, G), *load = call_scratch_integers(d->call, K);
    for (size_t n = 0; n < d->f.S; n++)
        size[d->f.group[n]]++;
    for (size_t turn = 0; turn < G; turn++) {
        for (size_t g = 0; g < G; g++) {
            size_t rank = 0, k = 0;
            for (size_t h = 0; h < G; h++) {
                int larger =
                    d->mistake == GROUPS_SMALLEST_FIRST ? size[h] < size[g] : size[h] > size[g];
                rank +=
                    larger || (size[h] == size[g] && (d->f.first_wins ? h < g : h > g) && h != g);
            }
            rank = d->mistake == GROUPS_UNBALANCED ? g : rank;
            if (rank != turn)
                continue;
            for (size_t j = 1; j < K; j++)
                k = load[j] < load[k] ? j : k;
            k = d->mistake == GROUPS_IN_TURN ? turn % K : k;
            load[k] += size[g];
            for (size_t n = 0; n < d->f.S; n++)
                fold[n] = d->f.group[n] == (int)g ? (int)k : fold[n];
        }
    }
}

static int in_time(const struct dealer *d, size_t k, size_t n)
{
    const struct folds *f = &d->f;
    size_t test = f->S - (f->K - k) * f->test_size, known = test - f->gap;
    if (d->mistake == SERIES_FROM_START) {
        test = (k + 1) * f->test_size;
        known = test > f->gap ? test - f->gap : 0;
    }
    if (n >= test && n < test + f->test_size)
        return 1;
    if (d->mistake == FUTURE_TRAINED && n >= test)
        return 0;
    if (d->mistake == GAP_AFTER)
        known = test;
    if (n >= known || (d->mistake != WINDOW_FIRST && n + f->max_train < known))
        return -1;
    return d->mistake == WINDOW_FIRST && n >= f->max_train ? -1 : 0;
}

static void deal(struct call *call)
{
    struct dealer d = {call, (enum mistake)call_variant(call), k_fold_read(call)};
    size_t S = d.f.S, K = d.f.K;
    real *role = call_output_integers(call, "role", "KS");
    real *test = call_output_integers(call, "test_size", "K");
    real *train = call_output_integers(call, "train_size", "K");
    int *fold = call_scratch_integers(call, S);
    for (size_t n = 0; n < S; n++)
        fold[n] = d.f.method == FOLD_STRATIFIED ? stratified(&d, n) : plain(&d, place_of(&d, n));
    if (d.f.method == FOLD_GROUP)
        groups(&d, fold);
    for (size_t k = 0; k < K; k++) {
        for (size_t n = 0; n < S; n++) {
            int what = d.f.method == FOLD_TIME_SERIES ? in_time(&d, k, n) : fold[n] == (int)k;
            if (d.mistake == ROLES_SWAPPED && what >= 0)
                what = !what;
            role[k * S + n] = (real)what;
            test[k] = test[k] + (what == 1);
            train[k] = train[k] + (what == 0 || (d.mistake == TESTED_AND_TRAINED && what == 1));
        }
    }
}

static const struct fork table[] = {
    {.info = {"per_sample", FORK_TWIN, "",
              "The fold of each sample by counting borders, places and ranks.", NULL},
     .answer = deal},
    {.info = {"always_plain", FORK_BUG, "", "Classes, groups and time are ignored.", NULL},
     .instead = {"method", "plain"}},
    {.info = {"by_appearance", FORK_CONVENTION, "", "Classes in the order of the data.", NULL},
     .instead = {"class_order", "appearance"}},
    {.info = {"by_label", FORK_CONVENTION, "", "Classes in the order of their numbers.", NULL},
     .instead = {"class_order", "label"}},
    {.info = {"ties_last", FORK_CONVENTION, "221", "Of equal groups the last is placed first.",
              NULL},
     .instead = {"ties", "last"}},
    {.info = {"ties_first", FORK_CONVENTION, "221", "Of equal groups the first is placed first.",
              NULL},
     .instead = {"ties", "first"}},
    {.info = {"remainder_last", FORK_CONVENTION, "", "The last folds are the larger ones.", NULL},
     .answer = deal,
     .variant = REMAINDER_LAST},
    {.info = {"remainder_dropped", FORK_BUG, "155",
              "Samples beyond a multiple of K are never tested on.", NULL},
     .answer = deal,
     .variant = REMAINDER_DROPPED},
    {.info = {"interleaved", FORK_CONVENTION, "", "Sample n belongs to fold n mod K.", NULL},
     .answer = deal,
     .variant = INTERLEAVED},
    {.info = {"inverse", FORK_BUG, "210", "The inverse permutation.", NULL},
     .answer = deal,
     .variant = INVERSE},
    {.info = {"shuffle_ignored", FORK_BUG, "", "Folds in order.", NULL},
     .answer = deal,
     .variant = SHUFFLE_IGNORED},
    {.info = {"roles_swapped", FORK_BUG, "", "Trains on one fold, tests on the others.", NULL},
     .answer = deal,
     .variant = ROLES_SWAPPED},
    {.info = {"tested_and_trained", FORK_BUG, "", "Test samples count as training samples.", NULL},
     .answer = deal,
     .variant = TESTED_AND_TRAINED},
    {.info = {"strata_cycled_each", FORK_CONVENTION, "",
              "Samples of each class go to folds in turn.", NULL},
     .answer = deal,
     .variant = STRATA_CYCLED_EACH},
    {.info = {"strata_in_blocks", FORK_CONVENTION, "",
              "Every class gives its odd places to the first folds.", NULL},
     .answer = deal,
     .variant = STRATA_IN_BLOCKS},
    {.info = {"groups_in_turn", FORK_BUG, "", "Groups go to folds in turn, whatever their size.",
              NULL},
     .answer = deal,
     .variant = GROUPS_IN_TURN},
    {.info = {"groups_smallest_first", FORK_BUG, "", "The smallest groups are placed first.", NULL},
     .answer = deal,
     .variant = GROUPS_SMALLEST_FIRST},
    {.info = {"groups_unsorted", FORK_BUG, "", "Groups are placed in the order of their numbers.",
              NULL},
     .answer = deal,
     .variant = GROUPS_UNBALANCED},
    {.info = {"gap_ignored", FORK_BUG, "", "No gap before the test.", NULL},
     .answer = deal,
     .variant = GAP_AFTER},
    {.info = {"future_trained", FORK_BUG, "", "Trains on what comes after the test.", NULL},
     .answer = deal,
     .variant = FUTURE_TRAINED},
    {.info = {"window_first", FORK_BUG, "", "A limited training set is the oldest data.", NULL},
     .answer = deal,
     .variant = WINDOW_FIRST},
    {.info = {"series_from_start", FORK_CONVENTION, "",
              "Tests follow the first part; the remainder at the end is left out.", NULL},
     .answer = deal,
     .variant = SERIES_FROM_START},
};

const struct fork_list k_fold_forks = {sizeof table / sizeof *table, table};
