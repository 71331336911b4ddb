// SPDX-License-Identifier: MIT
#include "../../reference/metrics/train_test_split.h"
#include "../fork.h"

enum mistake {
    NONE,
    TEST_AT_THE_END,
    TEST_FIRST_IN_ORDER,
    TRAIN_OVERLAPS,
    SORTED,
    INVERSE,
    PARTS_SWAPPED,
    REST_NOT_USED,
    SECOND_NOT_COMPOSED,
    SECOND_BY_FIRST,
    STRATA_ROUNDED,
    STRATA_LEFT_TO_FIRST,
    STRATA_SMALLEST_REMAINDER,
    STRATA_OF_TEST_FIRST,
    STRATA_UNSHUFFLED,
    LEAKED
};

struct splitter {
    struct call *call;
    enum mistake mistake;
    struct split s;
};

/* Shares by repeated draws: each goes to the class that is furthest below its quota. */
static void shares(const struct splitter *a, int *share, const int *count, size_t draws)
{
    size_t C = a->s.C, sum = 0, left = draws;
    for (size_t c = 0; c < C; c++)
        sum += (size_t)count[c];
    for (size_t c = 0; c < C; c++) {
        size_t half = a->mistake == STRATA_ROUNDED ? sum / 2 : 0;
        size_t whole = (draws * (size_t)count[c] + half) / sum;
        share[c] = (int)(whole > left ? left : whole);
        left -= (size_t)share[c];
    }
    for (size_t turn = 0; left > 0; left--, turn++) {
        size_t best = a->mistake == STRATA_LEFT_TO_FIRST ? turn % C : (size_t)a->s.priority[0];
        for (size_t i = 1; i < C && a->mistake != STRATA_LEFT_TO_FIRST; i++) {
            size_t c = (size_t)a->s.priority[i];
            long long lack = (long long)(draws * (size_t)count[c]) - share[c] * (long long)sum;
            long long most =
                (long long)(draws * (size_t)count[best]) - share[best] * (long long)sum;
            int small = a->mistake == STRATA_SMALLEST_REMAINDER;
            best = (small ? lack > 0 && (lack < most || most <= 0) : lack > most) ? c : best;
        }
        share[best]++;
    }
}

static size_t of_class(const struct splitter *a, const struct split_part *from, const int *p,
                       size_t c, int *member)
{
    size_t n = 0;
    for (size_t i = 0; i < from->count; i++) {
        size_t at = a->mistake == STRATA_UNSHUFFLED ? i : (size_t)p[i];
        if (a->s.labels[from->index[at]] == (int)c)
            member[n++] = from->index[at];
    }
    return n;
}

static void stratify(const struct splitter *a, const struct split_part *from, const int *p,
                     struct split_part *train, struct split_part *test)
{
    size_t C = a->s.C, at_train = 0, at_test = 0;
    int *count = call_scratch_integers(a->call, C), *first = call_scratch_integers(a->call, C);
    int *second = call_scratch_integers(a->call, C);
    int *member = call_scratch_integers(a->call, from->count + 1);
    int test_first = a->mistake == STRATA_OF_TEST_FIRST;
    for (size_t c = 0; c < C; c++)
        count[c] = (int)of_class(a, from, p, c, member);
    shares(a, first, count, test_first ? test->count : train->count);
    for (size_t c = 0; c < C; c++)
        count[c] -= first[c];
    shares(a, second, count, test_first ? train->count : test->count);
    for (size_t c = 0; c < C; c++) {
        int n = (int)of_class(a, from, p, c, member);
        for (int i = 0; i < n; i++) {
            if (i < first[c] && (test_first ? at_test < test->count : at_train < train->count))
                *(test_first ? &test->index[at_test++] : &train->index[at_train++]) = member[i];
            else if (i >= first[c] && i < first[c] + second[c] &&
                     (test_first ? at_train < train->count : at_test < test->count))
                *(test_first ? &train->index[at_train++] : &test->index[at_test++]) = member[i];
        }
    }
}

static size_t place_of(const int *p, size_t sample)
{
    size_t n = 0;
    while ((size_t)p[n] != sample)
        n++;
    return n;
}

static void split(const struct splitter *a, const struct split_part *from, const int *p,
                  struct split_part *train, struct split_part *test)
{
    size_t total = from->count, T = test->count;
    train->index = call_scratch_integers(a->call, train->count);
    test->index = call_scratch_integers(a->call, T);
    if (a->s.stratified) {
        stratify(a, from, p, train, test);
        return;
    }
    for (size_t i = 0; i < train->count + T; i++) {
        size_t place = a->s.shuffled ? i : (i + train->count) % (train->count + T);
        if (a->mistake == TEST_FIRST_IN_ORDER)
            place = i;
        if (a->mistake == TEST_AT_THE_END && a->s.shuffled)
            place = (i + train->count) % (train->count + T);
        if (a->mistake == REST_NOT_USED && i >= T)
            place = total - train->count - T + i;
        size_t at = a->s.shuffled ? (size_t)p[place] : place;
        at = a->mistake == INVERSE && a->s.shuffled ? place_of(p, place) : at;
        if (i < T)
            test->index[i] = from->index[at];
        else
            train->index[i - T] = from->index[at];
    }
    if (a->mistake == TRAIN_OVERLAPS)
        train->index[0] = test->index[0];
}

static void put(const struct splitter *a, const char *name, char letter, struct split_part *part)
{
    const char shape[] = {letter, '\0'};
    call_bind(a->call, letter, part->count);
    real *index = call_output_integers(a->call, name, shape);
    for (size_t n = 0; n < part->count; n++) {
        size_t rank = n;
        if (a->mistake == SORTED)
            rank = 0;
        for (size_t i = 0; a->mistake == SORTED && i < part->count; i++)
            rank += part->index[i] < part->index[n];
        index[rank] = (real)part->index[n];
    }
}

static void twice(struct call *call)
{
    struct splitter a = {call, (enum mistake)call_variant(call), train_test_split_read(call)};
    struct split_part train = {a.s.R, NULL}, test = {a.s.T, NULL};
    split(&a, &a.s.all, a.s.p, &train, &test);
    struct split_part fit = {a.s.R - a.s.V, NULL}, validation = {a.s.V, NULL};
    if (a.s.three) {
        struct split_part *from = a.mistake == SECOND_NOT_COMPOSED ? &a.s.all : &train;
        struct split_part first = {train.count, from->index};
        int *same = call_scratch_integers(call, train.count);
        for (size_t n = 0; n < train.count; n++)
            same[n] = (int)n;
        split(&a, &first, a.mistake == SECOND_BY_FIRST ? same : a.s.second, &fit, &validation);
    }
    struct split_part *kept = a.s.three ? &fit : &train;
    if (a.mistake == LEAKED && a.s.three)
        validation.index[0] = test.index[0];
    if (a.mistake == PARTS_SWAPPED && kept->count == test.count) {
        put(&a, "train", 'F', &test);
        put(&a, "test", 'T', kept);
        return;
    }
    put(&a, "train", 'F', kept);
    if (a.s.three)
        put(&a, "validation", 'V', &validation);
    put(&a, "test", 'T', &test);
}

static const struct fork table[] = {
    {.info = {"by_lack", FORK_TWIN, "",
              "Leftovers to the class furthest below its quota; one walk over the permutation.",
              NULL},
     .answer = twice},
    {.info = {"always_up", FORK_CONVENTION, "", "The test is always rounded up.", NULL},
     .instead = {"rounding", "up"}},
    {.info = {"always_down", FORK_CONVENTION, "", "The test is always rounded down.", NULL},
     .instead = {"rounding", "down"}},
    {.info = {"always_nearest", FORK_CONVENTION, "", "The test is always rounded to the nearest.",
              NULL},
     .instead = {"rounding", "nearest"}},
    {.info = {"of_the_rest", FORK_CONVENTION, "", "The second percentage is of the rest.", NULL},
     .instead = {"validation_of", "rest"}},
    {.info = {"of_all", FORK_CONVENTION, "", "The second percentage is of all.", NULL},
     .instead = {"validation_of", "all"}},
    {.info = {"not_shuffled", FORK_BUG, "", "Samples are taken in order.", NULL},
     .instead = {"shuffle", "no"}},
    {.info = {"not_stratified", FORK_BUG, "", "Classes are ignored.", NULL},
     .instead = {"stratify", "no"}},
    {.info = {"test_at_the_end", FORK_CONVENTION, "", "The test is at the end of the permutation.",
              NULL},
     .answer = twice,
     .variant = TEST_AT_THE_END},
    {.info = {"test_first_in_order", FORK_BUG, "",
              "Without a shuffle the test is at the beginning.", NULL},
     .answer = twice,
     .variant = TEST_FIRST_IN_ORDER},
    {.info = {"train_overlaps", FORK_BUG, "", "One test sample is trained on.", NULL},
     .answer = twice,
     .variant = TRAIN_OVERLAPS},
    {.info = {"sorted", FORK_BUG, "", "Indices are sorted.", NULL},
     .answer = twice,
     .variant = SORTED},
    {.info = {"inverse", FORK_BUG, "210", "The inverse permutation.", NULL},
     .answer = twice,
     .variant = INVERSE},
    {.info = {"parts_swapped", FORK_BUG, "", "Training and test set exchanged.", NULL},
     .answer = twice,
     .variant = PARTS_SWAPPED},
    {.info = {"from_the_end", FORK_CONVENTION, "",
              "A stated training set is at the end of the permutation.", NULL},
     .answer = twice,
     .variant = REST_NOT_USED},
    {.info = {"second_not_composed", FORK_BUG, "",
              "The second split indexes all samples: its parts meet the test.", NULL},
     .answer = twice,
     .variant = SECOND_NOT_COMPOSED},
    {.info = {"second_unshuffled", FORK_BUG, "", "The second split goes in order.", NULL},
     .answer = twice,
     .variant = SECOND_BY_FIRST},
    {.info = {"leaked", FORK_BUG, "", "A test sample is validated on.", NULL},
     .answer = twice,
     .variant = LEAKED},
    {.info = {"strata_rounded", FORK_BUG, "", "Each class is rounded by itself.", NULL},
     .answer = twice,
     .variant = STRATA_ROUNDED},
    {.info = {"strata_left_to_first", FORK_CONVENTION, "", "Leftovers go to the first classes.",
              NULL},
     .answer = twice,
     .variant = STRATA_LEFT_TO_FIRST},
    {.info = {"strata_smallest_remainder", FORK_BUG, "", "Leftovers go to the smallest remainders.",
              NULL},
     .answer = twice,
     .variant = STRATA_SMALLEST_REMAINDER},
    {.info = {"strata_of_test_first", FORK_CONVENTION, "",
              "The test is shared out and taken first.", NULL},
     .answer = twice,
     .variant = STRATA_OF_TEST_FIRST},
    {.info = {"strata_unshuffled", FORK_BUG, "", "Within a class samples go in order.", NULL},
     .answer = twice,
     .variant = STRATA_UNSHUFFLED},
};

const struct fork_list train_test_split_forks = {sizeof table / sizeof *table, table};
