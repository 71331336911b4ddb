// SPDX-License-Identifier: MIT
#include "load_balancing.h"

void load_balancing_read(struct call *call, struct load_balancing *b)
{
    static const char *const schedules[] = {"longest_first", "greedy", "cyclic", "blocks", NULL};
    *b = (struct load_balancing){.chunk = 1};
    b->cost = call_input(call, "cost", "N");
    b->N = call_size(call, 'N');
    b->W = call_count(call, "workers", 1, 1 << 20);
    b->schedule = (enum balancing_schedule)call_choice(call, "schedule", schedules);
    if (b->schedule == BALANCING_CYCLIC)
        b->chunk = call_count_or(call, "chunk", 1, 1, 1 << 20);
    int any = 0;
    for (size_t n = 0; n < b->N; n++) {
        if (!(b->cost[n] >= 0))
            call_fail(call, "element %zu of input 'cost' must not be negative", n);
        any |= b->cost[n] > 0;
    }
    if (!any)
        call_fail(call, "input 'cost' holds nothing to balance");
    call_bind(call, 'W', b->W);
}

void load_balancing_order(const struct load_balancing *b, int *order)
{
    for (size_t n = 0; n < b->N; n++) {
        size_t i = n;
        for (; b->schedule == LONGEST_FIRST && i > 0 && b->cost[order[i - 1]] < b->cost[n]; i--)
            order[i] = order[i - 1];
        order[i] = (int)n;
    }
}

/* The worker with the smallest load. The other loads decide against themselves. */
static size_t least_loaded(struct call *call, const struct load_balancing *b, const real *load)
{
    size_t best = 0;
    for (size_t w = 1; w < b->W; w++)
        best = load[w] < load[best] ? w : best;
    for (size_t w = 0; w < b->W; w++) {
        real more = load[w] - load[best];
        if (w != best)
            call_decisions(call, 1, &more);
    }
    return best;
}

static size_t choose(struct call *call, const struct load_balancing *b, const real *load, size_t n)
{
    size_t each = b->N / b->W, longer = b->N % b->W;
    if (b->schedule == BALANCING_CYCLIC)
        return n / b->chunk % b->W;
    if (b->schedule == BALANCING_BLOCKS)
        return n < longer * (each + 1) ? n / (each + 1) : longer + (n - longer * (each + 1)) / each;
    return least_loaded(call, b, load);
}

void load_balancing_write(struct call *call, const struct load_balancing *b, const real *load)
{
    real longest = 0, largest = 0, mean = sum_samples(b->W, 1, load, 1) / real_count(b->W);
    for (size_t w = 0; w < b->W; w++)
        longest = load[w] > longest ? load[w] : longest;
    for (size_t n = 0; n < b->N; n++)
        largest = b->cost[n] > largest ? b->cost[n] : largest;
    *call_output(call, "longest", "") = longest;
    *call_output(call, "mean", "") = mean;
    *call_output(call, "imbalance", "") = longest / mean;
    *call_output(call, "efficiency", "") = mean / longest;
    *call_output(call, "bound", "") = mean > largest ? mean : largest;
}

void load_balancing_answer(struct call *call)
{
    struct load_balancing b;
    load_balancing_read(call, &b);
    real *worker = call_output_integers(call, "worker", "N");
    real *jobs = call_output_integers(call, "jobs", "W"), *load = call_output(call, "load", "W");
    int *order = call_scratch_integers(call, b.N);
    load_balancing_order(&b, order);
    for (size_t i = 0; i < b.N; i++) {
        size_t n = (size_t)order[i], w = choose(call, &b, load, n);
        worker[n] = real_count(w);
        jobs[w] += 1;
        load[w] = load[w] + b.cost[n];
    }
    load_balancing_write(call, &b, load);
}
