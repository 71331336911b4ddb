// SPDX-License-Identifier: MIT
#include "../../reference/metrics/concordance_index.h"
#include "../fork.h"

enum mistake {
    RIGHT,
    TIES_LOST,
    CENSORED_COUNT,
    CENSORED_LEFT_OUT,
    MISALIGNED,
    LAST_BLOCK_LOST,
    BLOCKS_AVERAGED,
    RANK_CORRELATION,
    SAME_TIMES_COUNT
};

struct walk {
    enum mistake mistake;
    size_t N, block;
    const real *time, *score;
    const int *event;
    int later, skipped, excluded;
};

static int happened(const struct walk *w, size_t n)
{
    return !w->event || w->event[n] || w->mistake == CENSORED_COUNT;
}

/* 1: the first of the two came first; -1: the second; 0: no pair. */
static int order(const struct walk *w, size_t i, size_t j)
{
    if (w->mistake == CENSORED_LEFT_OUT && !(happened(w, i) && happened(w, j)))
        return 0;
    if (w->time[i] == w->time[j]) {
        if (w->mistake == SAME_TIMES_COUNT && happened(w, i) && happened(w, j))
            return 1;
        return w->skipped ? 0 : happened(w, i) - happened(w, j);
    }
    int first = w->time[i] < w->time[j];
    return happened(w, first ? i : j) ? (first ? 1 : -1) : 0;
}

/* Every pair once: concordant, discordant and tied ones. */
static real index_of(const struct walk *w, size_t begin, size_t end, size_t count[3])
{
    count[0] = count[1] = count[2] = 0;
    for (size_t i = begin; i < end; i++) {
        for (size_t j = begin; j < i; j++) {
            size_t a = w->mistake == MISALIGNED ? (i + 1) % w->N : i;
            size_t b = w->mistake == MISALIGNED ? (j + 1) % w->N : j;
            int known = order(w, i, j) * (w->later ? -1 : 1);
            int said = (w->score[a] > w->score[b]) - (w->score[a] < w->score[b]);
            if (known != 0)
                count[said == 0 ? 2 : said == known ? 0 : 1]++;
        }
    }
    real half = w->excluded || w->mistake == TIES_LOST ? 0 : real_count(count[2]) / 2;
    real all = real_count(count[0]) + real_count(count[1]);
    all = w->excluded ? all : all + real_count(count[2]);
    if (w->mistake == RANK_CORRELATION)
        return all > 0 ? (real_count(count[0]) - real_count(count[1])) / all : 0;
    return all > 0 ? (real_count(count[0]) + half) / all : 0;
}

static void walk(struct call *call)
{
    static const char *const directions[] = {"risk", "time", NULL};
    static const char *const same[] = {"comparable", "skipped", NULL};
    static const char *const ties[] = {"half", "excluded", NULL};
    struct walk w = {.mistake = (enum mistake)call_variant(call),
                     .time = call_input(call, "time", "N"),
                     .score = call_input(call, "score", "N")};
    w.N = call_size(call, 'N');
    w.block = call_block(call);
    w.event = call_has(call, "event") ? call_integers(call, "event", "N", 0, 1) : NULL;
    w.later = call_choice(call, "direction", directions);
    w.skipped = call_choice(call, "same_time", same);
    w.excluded = call_choice(call, "ties", ties);
    size_t steps = (w.N + w.block - 1) / w.block, count[3];
    real index = 0;
    for (size_t i = 0; w.mistake == BLOCKS_AVERAGED && i < steps; i++) {
        size_t end = (i + 1) * w.block < w.N ? (i + 1) * w.block : w.N;
        index = index + index_of(&w, i * w.block, end, count) / real_count(steps);
    }
    if (w.mistake != BLOCKS_AVERAGED)
        index = index_of(&w, 0, w.mistake == LAST_BLOCK_LOST ? (steps - 1) * w.block : w.N, count);
    *call_output(call, "concordance_index", "") = index;
    *call_output_integers(call, "concordant", "") = real_count(count[0]);
    *call_output_integers(call, "discordant", "") = real_count(count[1]);
    *call_output_integers(call, "tied", "") = real_count(count[2]);
}

static const struct fork table[] = {
    {.info = {"every_pair_once", FORK_TWIN, "", "Every pair of samples once, by signs.", NULL},
     .answer = walk},
    {.info = {"ties_lost", FORK_BUG, "266", "Equal scores count as wrong.", NULL},
     .answer = walk,
     .variant = TIES_LOST},
    {.info = {"censoring_ignored", FORK_BUG, "", "Censored times are taken for events.", NULL},
     .answer = walk,
     .variant = CENSORED_COUNT},
    {.info = {"censored_left_out", FORK_BUG, "", "Censored samples are left out.", NULL},
     .answer = walk,
     .variant = CENSORED_LEFT_OUT},
    {.info = {"misaligned", FORK_BUG, "268", "Scores of the next sample.", NULL},
     .answer = walk,
     .variant = MISALIGNED},
    {.info = {"last_block_lost", FORK_BUG, "155", "The last block of samples is left out.", NULL},
     .answer = walk,
     .variant = LAST_BLOCK_LOST},
    {.info = {"blocks_averaged", FORK_BUG, "269", "Pairs inside blocks only.", NULL},
     .answer = walk,
     .variant = BLOCKS_AVERAGED},
    {.info = {"rank_correlation", FORK_CONVENTION, "", "Somers' D, 2 index - 1.", NULL},
     .answer = walk,
     .variant = RANK_CORRELATION},
    {.info = {"same_times_count", FORK_BUG, "", "Two events at one time are a pair.", NULL},
     .answer = walk,
     .variant = SAME_TIMES_COUNT},
    {.info = {"as_risk", FORK_CONVENTION, "", "High scores come first.", NULL},
     .instead = {"direction", "risk"}},
    {.info = {"as_time", FORK_CONVENTION, "", "High scores come last.", NULL},
     .instead = {"direction", "time"}},
    {.info = {"same_time_comparable", FORK_CONVENTION, "", "A censored sample came later.", NULL},
     .instead = {"same_time", "comparable"}},
    {.info = {"same_time_skipped", FORK_CONVENTION, "", "Or it did not.", NULL},
     .instead = {"same_time", "skipped"}},
    {.info = {"ties_half", FORK_CONVENTION, "266", "Ties count half.", NULL},
     .instead = {"ties", "half"}},
    {.info = {"ties_excluded", FORK_CONVENTION, "266", "Ties are left out.", NULL},
     .instead = {"ties", "excluded"}},
};

const struct fork_list concordance_index_forks = {sizeof table / sizeof *table, table};
