// SPDX-License-Identifier: MIT
/* How it is distributed: each rank has its share of the rows of every product and of the bytes, as
 * a computation has that is cut by samples; nothing crosses the network. */
#include "limit.h"

#include "failure.h"
#include "orders.h"
#include "reduce.h"

#include <stdint.h>
#include <stdio.h>
#include <string.h>

struct bench {
    struct team fast;
    const struct limit_request *request;
    scalar *a, *b, *c;
    uint64_t *memory;
    size_t words; /* that this rank reads and writes */
};

static size_t share(const struct team *team, size_t n)
{
    const size_t rank = (size_t)team->rank, ranks = (size_t)team->ranks;
    return n * (rank + 1) / ranks - n * rank / ranks;
}

static scalar *numbers(struct arena *arena, size_t count)
{
    scalar *value = arena_take(arena, count, sizeof *value);
    for (size_t i = 0; i < count; i++)
        value[i] = (scalar)(i % 7) / 8 - (scalar)0.375;
    return value;
}

static struct bench prepare(struct arena *arena, const struct team *team,
                            const struct limit_request *request)
{
    struct bench bench = {.fast = *team, .request = request};
    size_t a = 1, b = 1, c = 1;
    for (size_t i = 0; i < request->products; i++) {
        const struct product_shape *p = &request->product[i];
        a = p->M * p->K > a ? p->M * p->K : a;
        b = p->N * p->K > b ? p->N * p->K : b;
        c = p->M * p->N > c ? p->M * p->N : c;
    }
    bench.fast.reproducible = false;
    bench.a = numbers(arena, a);
    bench.b = numbers(arena, b);
    bench.c = numbers(arena, c);
    bench.words = share(team, request->bytes / 2) / sizeof *bench.memory;
    bench.memory = arena_take(arena, bench.words, sizeof *bench.memory);
    memset(bench.memory, 1, bench.words * sizeof *bench.memory); /* so that there are pages */
    return bench;
}

/* Every word comes once and goes once, and nothing else: a copy to another place would also have
 * that place read before it is written. */
WIDE_VECTORS
static void read_and_write(uint64_t *memory, size_t words)
{
    for (size_t i = 0; i < words; i++)
        memory[i]++;
}

static void once(struct bench *bench)
{
    for (size_t i = 0; i < bench->request->products; i++) {
        const struct product_shape *p = &bench->request->product[i];
        for (size_t t = 0; t < p->times; t++)
            team_product(&bench->fast, false, false, share(&bench->fast, p->M), p->N, p->K,
                         bench->a, p->K, bench->b, p->N, bench->c, p->N);
    }
    read_and_write(bench->memory, bench->words);
}

int limit_measure(const struct arithmetic *arithmetic, const struct limit_request *request)
{
    struct arena arena = {NULL};
    struct team team;
    struct order order;
    int status = team_gather(&team, arithmetic), more;
    if (status != 0)
        return status;
    struct bench bench = prepare(&arena, &team, request);
    while ((more = orders_next(&team, "limit", &order)) > 0) {
        if (strcmp(order.what, "limit") != 0) {
            more = orders_refuse(&order, "limit");
            break;
        }
        MPI_Barrier(team.comm);
        const double before = MPI_Wtime();
        for (size_t i = 0; i < order.count; i++)
            once(&bench);
        orders_answer(&team, reduce_largest_time(&team, MPI_Wtime() - before));
    }
    arena_release(&arena);
    return more < 0 ? EXIT_UNUSABLE : 0;
}
