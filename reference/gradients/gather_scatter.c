// SPDX-License-Identifier: MIT
#include "gather_scatter.h"

struct scatter scatter_read(struct call *call)
{
    static const char *const operations[] = {"gather", "add", "set", "mean", "largest", NULL};
    struct scatter k = {.operation =
                            (enum scatter_operation)call_choice(call, "operation", operations),
                        .self = call_count_or(call, "self", 0, 0, 1),
                        .block = call_block(call)};
    int gather = k.operation == GATHER;
    if (!gather)
        k.start = call_input(call, "start", "VC");
    k.x = call_input(call, "x", gather ? "VC" : "NC");
    k.V = call_size(call, 'V');
    k.index = call_integers(call, "index", "NC", 0, (int)k.V - 1);
    k.dy = call_input(call, "dy", gather ? "NC" : "VC");
    k.N = call_size(call, 'N');
    k.C = call_size(call, 'C');
    k.y = call_output(call, "y", gather ? "NC" : "VC");
    k.dx = call_output(call, "dx", gather ? "VC" : "NC");
    if (!gather)
        k.dstart = call_output(call, "dstart", "VC");
    k.term = call_scratch(call, k.N);
    return k;
}

static int goes_to(const struct scatter *k, size_t n, size_t j)
{
    return (size_t)k->index[n * k->C + j % k->C] == j / k->C;
}

size_t scatter_count(const struct scatter *k, size_t j)
{
    size_t count = 0;
    for (size_t n = 0; n < k->N; n++)
        count += goes_to(k, n, j) ? 1 : 0;
    return count;
}

real scatter_total(const struct scatter *k, const real *value, size_t j)
{
    for (size_t n = 0; n < k->N; n++)
        k->term[n] = goes_to(k, n, j) ? value[n * k->C + j % k->C] : 0;
    return sum_samples(k->N, k->block, k->term, 1);
}

/* y of place j from its elements, of which there are some. */
static real joined(const struct scatter *k, size_t j, size_t count)
{
    if (k->operation == SCATTER_ADD)
        return k->start[j] + scatter_total(k, k->x, j);
    if (k->operation == SCATTER_MEAN) {
        real sum = scatter_total(k, k->x, j);
        return (k->self ? k->start[j] + sum : sum) / real_count(count + k->self);
    }
    int any = k->operation == SCATTER_LARGEST && k->self;
    real y = k->start[j];
    for (size_t n = 0; n < k->N; n++) {
        real x = k->x[n * k->C + j % k->C];
        if (!goes_to(k, n, j))
            continue;
        if (!any || k->operation == SCATTER_SET || x > y)
            y = x;
        any = 1;
    }
    return y;
}

/* Gradients of the elements of place j, and of its start. */
static void spread(const struct scatter *k, size_t j, size_t count)
{
    size_t largest = 0, last = 0;
    for (size_t n = 0; n < k->N; n++) {
        largest += goes_to(k, n, j) && k->x[n * k->C + j % k->C] == k->y[j] ? 1 : 0;
        last = goes_to(k, n, j) ? n : last;
    }
    int self = k->operation == SCATTER_ADD || (k->operation == SCATTER_MEAN && k->self) ||
               (k->operation == SCATTER_LARGEST && k->self && k->start[j] == k->y[j]);
    size_t share = k->operation == SCATTER_MEAN      ? count + k->self
                   : k->operation == SCATTER_LARGEST ? largest + (self ? 1 : 0)
                                                     : 1;
    real gradient = k->dy[j] / real_count(share);
    k->dstart[j] = self ? gradient : 0;
    for (size_t n = 0; n < k->N; n++) {
        size_t i = n * k->C + j % k->C;
        if (goes_to(k, n, j) && (k->operation != SCATTER_SET || n == last) &&
            (k->operation != SCATTER_LARGEST || k->x[i] == k->y[j]))
            k->dx[i] = gradient;
    }
}

void scatter_answer(const struct scatter *k)
{
    for (size_t i = 0; k->operation == GATHER && i < k->N * k->C; i++)
        k->y[i] = k->x[(size_t)k->index[i] * k->C + i % k->C];
    for (size_t j = 0; j < k->V * k->C; j++) {
        size_t count = scatter_count(k, j);
        if (k->operation == GATHER) {
            k->dx[j] = scatter_total(k, k->dy, j);
        } else if (count == 0) {
            k->y[j] = k->start[j];
            k->dstart[j] = k->dy[j];
        } else {
            k->y[j] = joined(k, j, count);
            spread(k, j, count);
        }
    }
}

/* How far a value of place j is below the largest; 1 for the largest itself, unless another one
 * equals it. */
static real gap(const struct scatter *k, size_t j, real value)
{
    size_t largest = k->self && k->start[j] == k->y[j] ? 1 : 0;
    for (size_t n = 0; n < k->N; n++)
        largest += goes_to(k, n, j) && k->x[n * k->C + j % k->C] == k->y[j] ? 1 : 0;
    return value == k->y[j] && largest == 1 ? 1 : k->y[j] - value;
}

void gather_scatter_answer(struct call *call)
{
    struct scatter k = scatter_read(call);
    scatter_answer(&k);
    if (k.operation != SCATTER_LARGEST)
        return;
    size_t elements = k.N * k.C, places = k.V * k.C;
    real *distance = call_scratch(call, elements + places);
    for (size_t i = 0; i < elements; i++) {
        size_t j = (size_t)k.index[i] * k.C + i % k.C;
        distance[i] = gap(&k, j, k.x[i]);
    }
    for (size_t j = 0; j < places; j++)
        distance[elements + j] =
            k.self && scatter_count(&k, j) > 0 ? gap(&k, j, k.start[j]) : R(1.0);
    call_decisions(call, elements + places, distance);
}
