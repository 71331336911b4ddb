// SPDX-License-Identifier: MIT
#include "argmax.h"

struct extreme extreme_read(struct call *call)
{
    static const char *const extremum[] = {"largest", "smallest", NULL};
    static const char *const axes[] = {"features", "samples", NULL};
    static const char *const ties[] = {"first", "last", NULL};
    struct extreme e = {.smallest = call_choice(call, "extremum", extremum),
                        .samples = call_choice(call, "axis", axes),
                        .last = call_choice(call, "ties", ties)};
    const char *left = e.samples ? "C" : "N";
    e.x = call_input(call, "x", "NC");
    e.dy = call_input(call, "dy", left);
    e.N = call_size(call, 'N');
    e.C = call_size(call, 'C');
    e.index = call_output_integers(call, "index", left);
    e.y = call_output(call, "y", left);
    e.dx = call_output(call, "dx", "NC");
    return e;
}

size_t extreme_length(const struct extreme *e)
{
    return e->samples ? e->N : e->C;
}

size_t extreme_count(const struct extreme *e)
{
    return e->samples ? e->C : e->N;
}

size_t extreme_place(const struct extreme *e, size_t i, size_t k)
{
    return e->samples ? k * e->C + i : i * e->C + k;
}

void extreme_answer(const struct extreme *e)
{
    for (size_t i = 0; i < extreme_count(e); i++) {
        size_t best = 0;
        for (size_t k = 1; k < extreme_length(e); k++) {
            real x = e->x[extreme_place(e, i, k)], y = e->x[extreme_place(e, i, best)];
            if ((e->smallest ? x < y : x > y) || (e->last && x == y))
                best = k;
        }
        e->index[i] = real_count(best);
        e->y[i] = e->x[extreme_place(e, i, best)];
        e->dx[extreme_place(e, i, best)] = e->dy[i];
    }
}

void argmax_answer(struct call *call)
{
    struct extreme e = extreme_read(call);
    extreme_answer(&e);
    size_t length = extreme_length(&e), count = extreme_count(&e);
    real *distance = call_scratch(call, length * count);
    for (size_t i = 0; i < length * count; i++) {
        int chosen = e.index[i / length] == real_count(i % length); /* has no distance to itself */
        real gap = e.x[extreme_place(&e, i / length, i % length)] - e.y[i / length];
        distance[i] = chosen ? 1 : gap;
    }
    call_decisions(call, length * count, distance);
}
