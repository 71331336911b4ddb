// SPDX-License-Identifier: MIT
#include "../../reference/distributed/load_balancing.h"
#include "../fork.h"

enum rival {
    TWIN,
    SHORTEST_FIRST,
    LAST_OF_EQUAL_WORKERS,
    LAST_OF_EQUAL_JOBS,
    FEWEST_JOBS,
    BLOCKS_OF_CEILING,
    REMAINDER_TO_LAST,
    CHUNK_OF_ONE,
    MEAN_OF_BUSY,
    IMBALANCE_BY_LEAST,
    BOUND_IS_MEAN,
    EXCESS,
    SORTED_INDICES
};

/* Jobs that come before job n. */
static size_t rank_of(const struct load_balancing *b, size_t n, enum rival rival)
{
    size_t before = 0;
    for (size_t i = 0; i < b->N; i++) {
        size_t larger = b->cost[i] > b->cost[n], smaller = b->cost[i] < b->cost[n];
        if (b->schedule != LONGEST_FIRST)
            before += (size_t)(i < n);
        else if (larger || smaller)
            before += rival == SHORTEST_FIRST ? smaller : larger;
        else
            before += (size_t)(rival == LAST_OF_EQUAL_JOBS ? i > n : i < n);
    }
    return before;
}

static size_t block_of(const struct load_balancing *b, size_t n, enum rival rival)
{
    size_t up = (b->N + b->W - 1) / b->W, down = b->N / b->W;
    if (rival == BLOCKS_OF_CEILING)
        return n / up;
    if (rival == REMAINDER_TO_LAST && down)
        return n / down < b->W ? n / down : b->W - 1;
    size_t w = b->W - 1; /* from the last run back */
    for (size_t begin = b->N; w > 0; w--) {
        begin -= w < b->N % b->W ? down + 1 : down;
        if (n >= begin)
            break;
    }
    return w;
}

/* What decides for a worker: his load, or his jobs. */
static size_t chosen(const struct load_balancing *b, const real *load, const real *jobs, size_t n,
                     enum rival rival)
{
    const real *key = rival == FEWEST_JOBS ? jobs : load;
    size_t best = b->W - 1, chunk = rival == CHUNK_OF_ONE ? 1 : b->chunk;
    if (b->schedule == BALANCING_CYCLIC)
        return n % (chunk * b->W) / chunk;
    if (b->schedule == BALANCING_BLOCKS)
        return block_of(b, n, rival);
    for (size_t w = b->W; w-- > 0;)
        if (key[w] < key[best] || (key[w] == key[best] && rival != LAST_OF_EQUAL_WORKERS))
            best = w;
    return best;
}

static void write(struct call *call, const struct load_balancing *b, const real *load,
                  enum rival rival)
{
    real longest = 0, largest = 0, sum = 0, busy = 0, least = load[0];
    for (size_t n = b->N; n-- > 0;) {
        largest = b->cost[n] > largest ? b->cost[n] : largest;
        sum = sum + b->cost[n];
    }
    for (size_t w = 0; w < b->W; w++) {
        longest = load[w] > longest ? load[w] : longest;
        least = load[w] < least ? load[w] : least;
        busy += load[w] > 0;
    }
    real mean = sum / (rival == MEAN_OF_BUSY ? busy : real_count(b->W));
    *call_output(call, "longest", "") = longest;
    *call_output(call, "mean", "") = mean;
    *call_output(call, "imbalance", "") = rival == IMBALANCE_BY_LEAST && least > 0 ? longest / least
                                          : rival == EXCESS ? longest / mean - 1
                                                            : longest / mean;
    *call_output(call, "efficiency", "") = mean / longest;
    *call_output(call, "bound", "") = mean > largest || rival == BOUND_IS_MEAN ? mean : largest;
}

static void rival(struct call *call)
{
    struct load_balancing b;
    enum rival rival = (enum rival)call_variant(call);
    load_balancing_read(call, &b);
    real *worker = call_output_integers(call, "worker", "N");
    real *jobs = call_output_integers(call, "jobs", "W"), *load = call_output(call, "load", "W");
    for (size_t i = 0; i < b.N; i++)
        for (size_t n = 0; n < b.N; n++) {
            if (rank_of(&b, n, rival) != i)
                continue;
            size_t w = chosen(&b, load, jobs, n, rival);
            worker[rival == SORTED_INDICES ? i : n] = real_count(w);
            jobs[w] += 1;
            load[w] = load[w] + b.cost[n];
        }
    write(call, &b, load, rival);
}

/* clang-format off */
static const struct fork table[] = {
    {.info = {"by_ranks", FORK_TWIN, "",
     "Each job by how many come before it; the mean by the costs of the jobs.", NULL},
     .answer = rival, .variant = TWIN},
    {.info = {"given_order", FORK_CONVENTION, "", "Jobs are not sorted.", NULL},
     .instead = {"schedule", "greedy"}},
    {.info = {"sorted", FORK_CONVENTION, "", "Jobs are sorted first.", NULL},
     .instead = {"schedule", "longest_first"}},
    {.info = {"in_turn", FORK_CONVENTION, "", "Jobs go in turn.", NULL},
     .instead = {"schedule", "cyclic"}},
    {.info = {"in_runs", FORK_CONVENTION, "", "Jobs go in runs.", NULL},
     .instead = {"schedule", "blocks"}},
    {.info = {"shortest_first", FORK_BUG, "", "Jobs go from the shortest up.", NULL},
     .answer = rival, .variant = SHORTEST_FIRST},
    {.info = {"last_of_equal_workers", FORK_CONVENTION, "", "Of equal loads the last one wins.",
     NULL},
     .answer = rival, .variant = LAST_OF_EQUAL_WORKERS},
    {.info = {"last_of_equal_jobs", FORK_CONVENTION, "",
     "Of equal jobs the last goes first: an ascending sort turned round.", NULL},
     .answer = rival, .variant = LAST_OF_EQUAL_JOBS},
    {.info = {"fewest_jobs", FORK_BUG, "", "Who has the fewest jobs takes the next.", NULL},
     .answer = rival, .variant = FEWEST_JOBS},
    {.info = {"runs_of_ceiling", FORK_CONVENTION, "",
     "All runs but the last are of the larger size.", NULL},
     .answer = rival, .variant = BLOCKS_OF_CEILING},
    {.info = {"remainder_to_last", FORK_CONVENTION, "", "The last worker takes what remains.",
     NULL},
     .answer = rival, .variant = REMAINDER_TO_LAST},
    {.info = {"chunk_of_one", FORK_BUG, "", "Runs are ignored.", NULL},
     .answer = rival, .variant = CHUNK_OF_ONE},
    {.info = {"mean_of_busy", FORK_BUG, "", "Idle workers are not in the mean.", NULL},
     .answer = rival, .variant = MEAN_OF_BUSY},
    {.info = {"imbalance_by_least", FORK_CONVENTION, "",
     "Imbalance is the largest load by the smallest.", NULL},
     .answer = rival, .variant = IMBALANCE_BY_LEAST},
    {.info = {"excess", FORK_CONVENTION, "", "Imbalance is the excess over the mean: 0 is even.",
     NULL},
     .answer = rival, .variant = EXCESS},
    {.info = {"bound_is_mean", FORK_BUG, "", "The bound forgets the longest job.", NULL},
     .answer = rival, .variant = BOUND_IS_MEAN},
    {.info = {"sorted_indices", FORK_BUG, "268", "Workers are given in the order of sorted jobs.",
     NULL},
     .answer = rival, .variant = SORTED_INDICES},
};
/* clang-format on */

const struct fork_list load_balancing_forks = {sizeof table / sizeof *table, table};
