// SPDX-License-Identifier: MIT
/* Gathering and scattering; definition in reference/gradients/gather_scatter.h.
 *
 * How it is distributed: elements (n) are sharded, places (v) whole on every rank. What goes to a
 * place crosses the network: sums by canonical blocks and the fixed tree, so duplicates add up
 * alike on any number of ranks; counts, largest values and last positions exactly, in any order.
 */
#include "../techniques.h"

#include <math.h>
#include <string.h>

enum { GATHER, ADD, SET, MEAN, LARGEST };

struct elements {
    struct question *q;
    int operation;
    bool self;
    size_t rows, V, C;
    const scalar *x, *start;
    const int *index;
    size_t *place;  /* (rows,C): of each element among all (V,C) */
    scalar *counts; /* (rows,C): 1 for elements that count, else 0 */
    scalar *share;  /* (V,C) */
};

/* Sums of value[i] factor[i] by place; factor NULL: of value[i]. */
static void add_up(const struct elements *k, const scalar *value, const scalar *factor,
                   scalar *total)
{
    struct reduction *sum = question_sum(k->q, 'N', k->V * k->C);
    for (size_t p = 0; p < reduction_pieces(sum); p++) {
        const struct piece piece = reduction_piece(sum, p);
        scalar *leaf = reduction_leaf(sum);
        for (size_t i = piece.first * k->C; i < (piece.first + piece.count) * k->C; i++)
            leaf[k->place[i]] += factor == NULL || factor[i] != 0 ? value[i] : 0;
        reduction_push(sum);
    }
    reduction_finish(sum, total);
}

/* How many elements of each place count. */
static long long *count_up(const struct elements *k)
{
    long long *count = arena_take(question_arena(k->q), k->V * k->C, sizeof *count);
    for (size_t i = 0; i < k->rows * k->C; i++)
        count[k->place[i]] += k->counts[i] != 0 ? 1 : 0;
    reduce_integers(question_team(k->q), count, k->V * k->C);
    return count;
}

/* y: the last element of each place, or its largest; and which elements those are. */
static void select_elements(const struct elements *k, scalar *y)
{
    const size_t places = k->V * k->C, first = question_first(k->q, 'N');
    scalar *best = question_scratch(k->q, places);
    for (size_t j = 0; j < places; j++)
        best[j] = k->operation == LARGEST && k->self ? k->start[j] : (scalar)-INFINITY;
    for (size_t i = 0; i < k->rows * k->C; i++) {
        const scalar rank = k->operation == LARGEST ? k->x[i] : (scalar)(first + i / k->C);
        best[k->place[i]] = rank > best[k->place[i]] ? rank : best[k->place[i]];
    }
    reduce_largest(question_team(k->q), best, places);
    for (size_t i = 0; i < k->rows * k->C; i++) {
        const scalar rank = k->operation == LARGEST ? k->x[i] : (scalar)(first + i / k->C);
        k->counts[i] = rank == best[k->place[i]] ? 1 : 0;
    }
    if (k->operation == LARGEST)
        memcpy(y, best, places * sizeof *y);
    else
        add_up(k, k->x, k->counts, y);
}

static void scatter(const struct elements *k, const scalar *dy)
{
    const size_t places = k->V * k->C;
    scalar *y = question_output(k->q, "y", "VC"), *dx = question_output(k->q, "dx", "[N]C");
    scalar *dstart = question_output(k->q, "dstart", "VC");
    for (size_t i = 0; i < k->rows * k->C; i++)
        k->counts[i] = 1;
    const long long *all = count_up(k);
    if (k->operation == SET || k->operation == LARGEST)
        select_elements(k, y);
    else
        add_up(k, k->x, NULL, y);
    const long long *chosen = count_up(k);
    for (size_t j = 0; j < places; j++) {
        const bool averaged = k->operation == MEAN || k->operation == LARGEST;
        bool self = k->operation == ADD || all[j] == 0 || (averaged && k->self);
        if (k->operation == LARGEST && all[j] != 0)
            self = self && k->start[j] == y[j];
        k->share[j] = averaged ? (scalar)(chosen[j] + (self ? 1 : 0)) : 1;
        if (all[j] == 0)
            y[j] = k->start[j];
        else if (k->operation == ADD || (k->operation == MEAN && k->self))
            y[j] = k->start[j] + y[j];
        if (k->operation == MEAN && all[j] != 0)
            y[j] /= k->share[j];
        dstart[j] = self ? dy[j] / k->share[j] : 0;
    }
    for (size_t i = 0; i < k->rows * k->C; i++)
        dx[i] = k->counts[i] != 0 ? dy[k->place[i]] / k->share[k->place[i]] : 0;
}

void gather_scatter_run(struct question *q)
{
    static const char *const operations[] = {"gather", "add", "set", "mean", "largest", NULL};
    struct elements k = {.q = q, .operation = question_choice(q, "operation", operations)};
    k.self = question_count_or(q, "self", 0, 0, 1) == 1;
    const bool gather = k.operation == GATHER;
    if (!gather)
        k.start = question_input(q, "start", "VC");
    k.x = question_input(q, "x", gather ? "VC" : "[N]C");
    k.V = question_size(q, 'V');
    k.C = question_size(q, 'C');
    k.index = question_integers(q, "index", "[N]C", 0, (int)k.V - 1);
    k.rows = question_part(q, 'N');
    const scalar *dy = question_input(q, "dy", gather ? "[N]C" : "VC");
    k.place = arena_take(question_arena(q), k.rows * k.C, sizeof *k.place);
    k.counts = question_scratch(q, k.rows * k.C);
    k.share = question_scratch(q, k.V * k.C);
    for (size_t i = 0; i < k.rows * k.C; i++)
        k.place[i] = (size_t)k.index[i] * k.C + i % k.C;
    if (!gather) {
        scatter(&k, dy);
        return;
    }
    scalar *y = question_output(q, "y", "[N]C"), *dx = question_output(q, "dx", "VC");
    for (size_t i = 0; i < k.rows * k.C; i++)
        y[i] = k.x[k.place[i]];
    add_up(&k, dy, NULL, dx);
}
