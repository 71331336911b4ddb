// SPDX-License-Identifier: MIT
#include "keys.h"

#include "../failure.h"
#include "../reduce.h"

#include <limits.h>
#include <string.h>

enum { DIGIT_BITS = 11, BINS = 1 << DIGIT_BITS };
enum { DIGITS = (8 * (int)sizeof(score_key) + DIGIT_BITS - 1) / DIGIT_BITS };
enum { SAMPLES = 64 }; /* keys of each rank from which the splitters are chosen */

static size_t digit_of(score_key key, int digit)
{
    return (size_t)(key >> (digit * DIGIT_BITS)) & (BINS - 1);
}

static void count_digits(size_t count[DIGITS][BINS], const score_key *key, size_t n)
{
    memset(count, 0, DIGITS * sizeof *count);
    for (size_t i = 0; i < n; i++)
        for (int d = 0; d < DIGITS; d++)
            count[d][digit_of(key[i], d)]++;
}

/* Turns the counts of a digit into places. Returns false when all n keys share it. */
static bool find_places(size_t count[BINS], score_key first, int digit, size_t n)
{
    if (count[digit_of(first, digit)] == n)
        return false;
    size_t place = 0;
    for (size_t bin = 0; bin < BINS; bin++) {
        size_t width = count[bin];
        count[bin] = place;
        place += width;
    }
    return true;
}

static void sort_few(score_key *key, size_t n)
{
    for (size_t i = 1; i < n; i++) {
        score_key moved = key[i];
        size_t k = i;
        for (; k > 0 && key[k - 1] > moved; k--)
            key[k] = key[k - 1];
        key[k] = moved;
    }
}

score_key *keys_sort(score_key *key, score_key *other, size_t n)
{
    static size_t count[DIGITS][BINS];
    if (n <= 64) {
        sort_few(key, n);
        return key;
    }
    count_digits(count, key, n);
    for (int d = 0; d < DIGITS; d++) {
        if (!find_places(count[d], key[0], d, n))
            continue;
        size_t *place = count[d];
        for (size_t i = 0; i < n; i++)
            other[place[digit_of(key[i], d)]++] = key[i];
        score_key *swapped = key;
        key = other;
        other = swapped;
    }
    return key;
}

void keys_order(struct arena *arena, uint32_t *order, const scalar *score, size_t n)
{
    static size_t count[DIGITS][BINS];
    score_key *key = arena_take(arena, n, sizeof *key);
    uint32_t *other = arena_take(arena, n, sizeof *other);
    for (size_t i = 0; i < n; i++) {
        key[i] = ~key_of(score[i]); /* falling */
        order[i] = (uint32_t)i;
    }
    count_digits(count, key, n);
    for (int d = 0; d < DIGITS && n > 0; d++) {
        if (!find_places(count[d], key[0], d, n))
            continue;
        for (size_t i = 0; i < n; i++)
            other[count[d][digit_of(key[order[i]], d)]++] = order[i];
        memcpy(order, other, n * sizeof *order);
    }
}

/* Twice the pairs of this rank's sorted keys. */
static long long count_sorted(const score_key *positive, size_t positives,
                              const score_key *negative, size_t negatives)
{
    size_t below = 0, up_to = 0;
    long long twice = 0;
    for (size_t i = 0; i < positives; i++) {
        while (below < negatives && negative[below] < positive[i])
            below++;
        up_to = up_to > below ? up_to : below;
        while (up_to < negatives && negative[up_to] == positive[i])
            up_to++;
        twice += (long long)(below + up_to);
    }
    return twice;
}

/* Keys to or from each rank, positive ones before negative ones; as MPI wants them. */
struct parcel {
    int *classes; /* (ranks,2): how many of each class */
    int *count, *start;
    score_key *key;
    size_t total;
};

static struct parcel take_parcel(struct arena *arena, size_t ranks)
{
    struct parcel parcel = {.total = 0};
    parcel.classes = arena_take(arena, 2 * ranks, sizeof(int));
    parcel.count = arena_take(arena, ranks, sizeof(int));
    parcel.start = arena_take(arena, ranks, sizeof(int));
    return parcel;
}

static void lay_out(struct arena *arena, struct parcel *parcel, size_t ranks)
{
    for (size_t k = 0; k < ranks; k++) {
        parcel->count[k] = parcel->classes[2 * k] + parcel->classes[2 * k + 1];
        parcel->start[k] = (int)parcel->total;
        parcel->total += (size_t)parcel->count[k];
    }
    if (parcel->total > INT_MAX)
        failure_abort("%zu scores on a rank are more than MPI can count; use more ranks",
                      parcel->total);
    parcel->key = arena_take(arena, parcel->total, sizeof *parcel->key);
}

/* splitter (ranks - 1): rank k takes the keys from splitter[k-1] on and below splitter[k]. */
static score_key *choose_splitters(const struct team *team, struct arena *arena,
                                   const score_key *positive, size_t positives,
                                   const score_key *negative, size_t negatives)
{
    size_t ranks = (size_t)team->ranks, n = positives + negatives;
    score_key mine[SAMPLES];
    score_key *all = arena_take(arena, ranks * SAMPLES, sizeof *all);
    score_key *other = arena_take(arena, ranks * SAMPLES, sizeof *other);
    for (size_t i = 0; i < SAMPLES; i++) {
        size_t place = n / SAMPLES * i + n % SAMPLES * i / SAMPLES;
        if (n == 0)
            mine[i] = (score_key)-1;
        else
            mine[i] = place < positives ? positive[place] : negative[place - positives];
    }
    MPI_Allgather(mine, SAMPLES, KEY_MPI, all, SAMPLES, KEY_MPI, team->comm);
    all = keys_sort(all, other, ranks * SAMPLES);
    for (size_t k = 1; k < ranks; k++)
        all[k - 1] = all[k * SAMPLES];
    return all;
}

static size_t owner_of(score_key key, const score_key *splitter, size_t ranks)
{
    size_t low = 0, high = ranks - 1;
    while (low < high) {
        size_t middle = (low + high) / 2;
        if (key >= splitter[middle])
            low = middle + 1;
        else
            high = middle;
    }
    return low;
}

static void count_owners(int *classes, const score_key *key, size_t n, const score_key *splitter,
                         size_t ranks)
{
    for (size_t i = 0; i < n; i++)
        classes[2 * owner_of(key[i], splitter, ranks)]++;
}

static void pack(const struct parcel *parcel, int *place, const score_key *key, size_t n,
                 const score_key *splitter, size_t ranks)
{
    for (size_t i = 0; i < n; i++)
        parcel->key[place[owner_of(key[i], splitter, ranks)]++] = key[i];
}

/* Puts the received keys of one class behind each other. */
static size_t unpack(score_key *key, const struct parcel *from, int class, size_t ranks)
{
    size_t n = 0;
    for (size_t k = 0; k < ranks; k++) {
        int skipped = class == 0 ? 0 : from->classes[2 * k];
        size_t width = (size_t)from->classes[2 * k + (size_t) class];
        memcpy(key + n, from->key + from->start[k] + skipped, width * sizeof *key);
        n += width;
    }
    return n;
}

/* Sends each key to its owner; the keys of this rank afterwards. */
static void exchange(const struct team *team, struct arena *arena, score_key *class_keys[2],
                     size_t n[2])
{
    size_t ranks = (size_t)team->ranks;
    struct parcel to = take_parcel(arena, ranks), from = take_parcel(arena, ranks);
    int *place = arena_take(arena, ranks, sizeof *place);
    const score_key *splitter =
        choose_splitters(team, arena, class_keys[0], n[0], class_keys[1], n[1]);
    for (int c = 0; c < 2; c++)
        count_owners(to.classes + c, class_keys[c], n[c], splitter, ranks);
    MPI_Alltoall(to.classes, 2, MPI_INT, from.classes, 2, MPI_INT, team->comm);
    lay_out(arena, &to, ranks);
    lay_out(arena, &from, ranks);
    for (int c = 0; c < 2; c++) {
        for (size_t k = 0; k < ranks; k++)
            place[k] = to.start[k] + (c == 0 ? 0 : to.classes[2 * k]);
        pack(&to, place, class_keys[c], n[c], splitter, ranks);
    }
    MPI_Alltoallv(to.key, to.count, to.start, KEY_MPI, from.key, from.count, from.start, KEY_MPI,
                  team->comm);
    for (int c = 0; c < 2; c++) {
        class_keys[c] = arena_take(arena, from.total, sizeof(score_key));
        n[c] = unpack(class_keys[c], &from, c, ranks);
    }
}

/* The negative keys of the ranks below this one: all of them are smaller than any key here. */
static long long count_below(const struct team *team, struct arena *arena, size_t negatives)
{
    long long *count = arena_take(arena, (size_t)team->ranks, sizeof *count), below = 0;
    count[team->rank] = (long long)negatives;
    reduce_integers(team, count, (size_t)team->ranks);
    for (int k = 0; k < team->rank; k++)
        below += count[k];
    return below;
}

long long keys_count_pairs(const struct team *team, struct arena *arena, score_key *positive,
                           size_t positives, score_key *negative, size_t negatives)
{
    score_key *class_keys[2] = {positive, negative};
    size_t n[2] = {positives, negatives};
    if (team->ranks > 1)
        exchange(team, arena, class_keys, n);
    for (int c = 0; c < 2; c++)
        class_keys[c] = keys_sort(class_keys[c], arena_take(arena, n[c], sizeof(score_key)), n[c]);
    long long twice = count_sorted(class_keys[0], n[0], class_keys[1], n[1]);
    if (team->ranks > 1) {
        twice += 2 * count_below(team, arena, n[1]) * (long long)n[0];
        reduce_integers(team, &twice, 1);
    }
    return twice;
}
