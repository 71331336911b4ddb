// SPDX-License-Identifier: MIT
/* Load balancing; definition in reference/distributed/load_balancing.h.
 *
 * How it is distributed: the workers are dealt to the ranks, each of which keeps the loads of its
 * workers alone. For every job each rank offers its least loaded worker, and the best offer wins:
 * one exchange of pairs (load, worker) a job; for schedules that are known beforehand there is
 * none. The sum of the loads is added in the fixed tree over workers.
 */
#include "../techniques.h"

#include <float.h>
#include <stdlib.h>
#include <string.h>

enum schedule { LONGEST, GREEDY, CYCLIC, BLOCKS };

struct settings {
    struct question *q;
    enum schedule schedule;
    size_t N, W, chunk, first, here;
    const scalar *cost;
};

/* A job and its cost, to be sorted. */
struct job {
    scalar cost;
    size_t n;
};

static int by_cost(const void *left, const void *right)
{
    const struct job *a = left, *b = right;
    if (a->cost != b->cost)
        return a->cost > b->cost ? -1 : 1;
    return a->n < b->n ? -1 : 1;
}

static void read_settings(struct question *q, struct settings *s)
{
    static const char *const schedules[] = {"longest_first", "greedy", "cyclic", "blocks", NULL};
    s->q = q;
    s->cost = question_input(q, "cost", "N");
    s->N = question_size(q, 'N');
    s->W = question_count(q, "workers", 1, 1 << 20);
    s->schedule = (enum schedule)question_choice(q, "schedule", schedules);
    s->chunk = s->schedule == CYCLIC ? question_count_or(q, "chunk", 1, 1, 1 << 20) : 1;
    scalar largest = 0;
    for (size_t n = 0; n < s->N; n++) {
        if (!(s->cost[n] >= 0))
            question_refuse(q, "element %zu of its input 'cost' is negative", n);
        largest = s->cost[n] > largest ? s->cost[n] : largest;
    }
    if (largest == 0)
        question_refuse(q, "its input 'cost' holds nothing to balance");
    question_bind(q, 'W', s->W);
    question_split_evenly(q, 'W');
}

/* The least loaded worker of all; of equal ones the first. */
static size_t best_offer(const struct settings *s, const scalar *load)
{
    struct {
        double load;
        int worker;
    } offer = {DBL_MAX, (int)s->W};
    for (size_t w = s->here; w-- > 0;)
        if ((double)load[w] <= offer.load) {
            offer.load = (double)load[w];
            offer.worker = (int)(s->first + w);
        }
    MPI_Allreduce(MPI_IN_PLACE, &offer, 1, MPI_DOUBLE_INT, MPI_MINLOC, question_team(s->q)->comm);
    return (size_t)offer.worker;
}

static size_t worker_of(const struct settings *s, const scalar *load, size_t n)
{
    if (s->schedule == CYCLIC)
        return (n / s->chunk) % s->W;
    if (s->schedule != BLOCKS)
        return best_offer(s, load);
    size_t w = 0, end = 0;
    for (;; w++) {
        end += s->N / s->W + (w < s->N % s->W);
        if (n < end)
            return w;
    }
}

static void write_measures(struct settings *s, const scalar *load)
{
    struct question *q = s->q;
    struct reduction *sum = question_sum(q, 'W', 1);
    scalar longest = 0, largest = 0, mean = 0;
    for (size_t b = 0; b < reduction_pieces(sum); b++) {
        const struct piece piece = reduction_piece(sum, b);
        scalar *leaf = reduction_leaf(sum);
        for (size_t w = piece.first; w < piece.first + piece.count; w++)
            *leaf += load[w];
        reduction_push(sum);
    }
    reduction_finish(sum, &mean);
    mean /= (scalar)s->W;
    for (size_t w = 0; w < s->here; w++)
        longest = load[w] > longest ? load[w] : longest;
    reduce_largest(question_team(q), &longest, 1);
    for (size_t n = 0; n < s->N; n++)
        largest = s->cost[n] > largest ? s->cost[n] : largest;
    *question_output(q, "longest", "") = longest;
    *question_output(q, "mean", "") = mean;
    *question_output(q, "imbalance", "") = longest / mean;
    *question_output(q, "efficiency", "") = mean / longest;
    *question_output(q, "bound", "") = mean > largest ? mean : largest;
}

void load_balancing_run(struct question *q)
{
    struct settings s;
    read_settings(q, &s);
    scalar *worker = question_output(q, "worker", "N"), *jobs = question_output(q, "jobs", "[W]");
    scalar *load = question_output(q, "load", "[W]");
    struct job *job = arena_take(question_arena(q), s.N, sizeof *job);
    s.first = question_first(q, 'W');
    s.here = question_part(q, 'W');
    for (size_t n = 0; n < s.N; n++)
        job[n] = (struct job){s.cost[n], n};
    if (s.schedule == LONGEST)
        qsort(job, s.N, sizeof *job, by_cost);
    for (size_t i = 0; i < s.N; i++) {
        const size_t w = worker_of(&s, load, job[i].n);
        worker[job[i].n] = (scalar)w;
        if (w < s.first || w >= s.first + s.here)
            continue;
        jobs[w - s.first]++;
        load[w - s.first] += job[i].cost;
    }
    write_measures(&s, load);
}
