// SPDX-License-Identifier: MIT
/* Finite check; definition in reference/gradients/finite_check.h.
 *
 * How it is distributed: the elements of every layer are sharded, as optimisers with sharded state
 * have them. How many are bad in each layer of each step crosses the network as whole numbers, so
 * all ranks skip the same steps; then the first bad element of one layer, and its kind.
 */
#include "../techniques.h"

#include <math.h>
#include <string.h>

enum { NOT_A_NUMBER = 1, INFINITE, BEYOND_LIMIT };
enum { SKIP, STOP, ZERO };

/* The kind of g, 0 when it is good. */
static int kind_of(scalar g, scalar limit)
{
    return isnan(g)                     ? NOT_A_NUMBER
           : isinf(g)                   ? INFINITE
           : scalar_absolute(g) > limit ? BEYOND_LIMIT
                                        : 0;
}

struct tensor_run {
    size_t T, L, part; /* steps, layers, elements of each layer on this rank */
    const scalar *g;
    scalar limit;
};

/* The first bad element of layer `from` = t L + l, over all ranks, and its kind. */
static void first_element(struct question *q, const struct tensor_run *r, size_t from,
                          scalar *element, scalar *kind)
{
    const scalar *g = r->g + from * r->part;
    const size_t first = question_first(q, 'C');
    scalar nearest = (scalar)-INFINITY, found = 0;
    for (size_t c = r->part; c-- > 0;)
        nearest = kind_of(g[c], r->limit) != 0 ? -(scalar)(first + c) : nearest;
    *element = nearest;
    reduce_largest(question_team(q), element, 1);
    *element = scalar_absolute(*element);
    for (size_t c = 0; c < r->part; c++)
        if ((scalar)(first + c) == *element)
            found = (scalar)kind_of(g[c], r->limit);
    *kind = found;
    reduce_largest(question_team(q), kind, 1);
}

static void find(struct question *q, const struct tensor_run *r, bool forward, scalar *bad)
{
    long long *count = arena_take(question_arena(q), r->T * r->L, sizeof *count);
    scalar *step = question_output(q, "step", ""), *layer = question_output(q, "layer", "");
    scalar *element = question_output(q, "element", ""), *kind = question_output(q, "kind", "");
    for (size_t i = 0; i < r->T * r->L * r->part; i++)
        count[i / r->part] += kind_of(r->g[i], r->limit) != 0;
    reduce_integers(question_team(q), count, r->T * r->L);
    *step = *layer = *element = -1;
    for (size_t i = 0; i < r->T * r->L; i++) {
        const size_t t = i / r->L, l = forward ? i % r->L : r->L - 1 - i % r->L;
        bad[t] += (scalar)count[t * r->L + l];
        if (count[t * r->L + l] == 0 || *step >= 0)
            continue;
        *step = (scalar)t;
        *layer = (scalar)l;
        first_element(q, r, t * r->L + l, element, kind);
    }
}

static void train(const struct tensor_run *r, int action, scalar rate, const scalar *start,
                  const scalar *bad, scalar *w)
{
    const size_t count = r->L * r->part;
    bool halted = false;
    for (size_t t = 0; t < r->T; t++, w += count) {
        halted = bad[t] > 0 || (action == STOP && halted);
        memcpy(w, t > 0 ? w - count : start, count * sizeof *w);
        for (size_t i = 0; i < count && (action == ZERO || !halted); i++) {
            const scalar g = r->g[t * count + i];
            w[i] = kind_of(g, r->limit) == 0 ? w[i] - rate * g : w[i];
        }
    }
}

void finite_check_run(struct question *q)
{
    static const char *const orders[] = {"backward", "forward", NULL};
    static const char *const actions[] = {"skip", "stop", "zero", NULL};
    const bool forward = question_choice(q, "order", orders) == 1;
    const int action = question_choice(q, "action", actions);
    const scalar rate = question_number(q, "rate"), limit = question_number_or(q, "limit", -1);
    if (!(rate >= 0))
        question_refuse(q, "its number 'rate' must not be below 0");
    if (limit != -1 && !(limit > 0))
        question_refuse(q, "its number 'limit' must be above 0");
    const scalar *a = question_input(q, "a", "TL[C]"), *b = question_input(q, "b", "TL[C]");
    const scalar *start = question_input(q, "start", "L[C]");
    struct tensor_run r = {.T = question_size(q, 'T'),
                           .L = question_size(q, 'L'),
                           .part = question_part(q, 'C'),
                           .limit = limit == -1 ? (scalar)INFINITY : limit};
    const size_t count = r.T * r.L * r.part;
    scalar *g = question_scratch(q, count), *bad = question_output(q, "bad", "T");
    for (size_t i = 0; i < count; i++)
        g[i] = a[i] / b[i];
    r.g = g;
    find(q, &r, forward, bad);
    train(&r, action, rate, start, bad, question_output(q, "w", "TL[C]"));
}
