// SPDX-License-Identifier: MIT
#include "maxout.h"

struct maxout maxout_read(struct call *call)
{
    static const char *const arrangements[] = {"together", "apart", NULL};
    static const char *const ties[] = {"first", "last", "shared", NULL};
    call_input(call, "x", "NF");
    size_t F = call_size(call, 'F'), pieces = call_count_or(call, "pieces", 2, 1, 1000000);
    if (F % pieces != 0)
        call_fail(call, "number 'pieces' does not divide the columns of x");
    call_bind(call, 'C', F / pieces);
    return (struct maxout){.N = call_size(call, 'N'),
                           .C = F / pieces,
                           .pieces = pieces,
                           .tie = (enum maxout_tie)call_choice(call, "tie", ties),
                           .apart = call_choice(call, "arrangement", arrangements)};
}

size_t maxout_at(const struct maxout *is, size_t c, size_t k)
{
    return is->apart ? k * is->C + c : c * is->pieces + k;
}

size_t maxout_largest(const struct maxout *is, const real *row, size_t c)
{
    size_t best = maxout_at(is, c, 0);
    for (size_t k = 1; k < is->pieces; k++)
        best = row[maxout_at(is, c, k)] > row[best] ? maxout_at(is, c, k) : best;
    return best;
}

void maxout_forward(real *y, const real *x, const struct maxout *is)
{
    for (size_t n = 0; n < is->N; n++) {
        const real *row = &x[n * is->C * is->pieces];
        for (size_t c = 0; c < is->C; c++)
            y[n * is->C + c] = row[maxout_largest(is, row, c)];
    }
}

void maxout_backward(real *dx, const real *dy, const real *x, const struct maxout *is)
{
    for (size_t i = 0; i < is->N * is->C; i++) {
        size_t from = i / is->C * is->C * is->pieces, c = i % is->C, equals = 0;
        size_t best = maxout_largest(is, &x[from], c);
        for (size_t k = 0; k < is->pieces; k++) {
            size_t at = maxout_at(is, c, k);
            equals += x[from + at] == x[from + best];
            if (is->tie == MAXOUT_LAST && x[from + at] == x[from + best])
                best = at;
        }
        if (is->tie != MAXOUT_SHARED) {
            dx[from + best] = dy[i];
            continue;
        }
        for (size_t k = 0; k < is->pieces; k++)
            if (x[from + maxout_at(is, c, k)] == x[from + best])
                dx[from + maxout_at(is, c, k)] = dy[i] / real_count(equals);
    }
}

void maxout_answer(struct call *call)
{
    struct maxout is = maxout_read(call);
    const real *x = call_input(call, "x", "NF");
    real *distance = call_scratch(call, is.N * is.C * is.pieces);
    for (size_t i = 0; i < is.N * is.C; i++) {
        const real *row = &x[i / is.C * is.C * is.pieces];
        size_t best = maxout_largest(&is, row, i % is.C);
        for (size_t k = 0; k < is.pieces; k++)
            distance[i * is.pieces + k] = row[best] - row[maxout_at(&is, i % is.C, k)];
    }
    call_decisions(call, is.N * is.C * is.pieces, distance);
    maxout_forward(call_output(call, "y", "NC"), x, &is);
    if (call_has(call, "dy"))
        maxout_backward(call_output(call, "dx", "NF"), call_input(call, "dy", "NC"), x, &is);
}
