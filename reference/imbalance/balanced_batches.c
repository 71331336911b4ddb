// SPDX-License-Identifier: MIT
#include "balanced_batches.h"

static void read_weighted(struct call *call, struct batches *is)
{
    size_t N = is->classes.N;
    const real *given = NULL;
    is->u = call_input(call, "u", "TB");
    if (call_has(call, "weight"))
        given = call_input(call, "weight", "N");
    is->weight = call_scratch(call, N);
    real total = 0;
    for (size_t n = 0; n < N; n++) {
        is->weight[n] = given ? given[n] : 1 / (real)is->classes.count[is->classes.label[n]];
        if (!(is->weight[n] >= 0))
            call_fail(call, "input 'weight' must not be negative");
        total = total + is->weight[n];
    }
    if (!(total > 0))
        call_fail(call, "input 'weight' has the sum 0");
    is->T = call_size(call, 'T');
    is->B = call_size(call, 'B');
    for (size_t i = 0; i < is->T * is->B; i++) {
        if (!(is->u[i] >= 0 && is->u[i] < 1))
            call_fail(call, "input 'u' must be in [0, 1) everywhere");
    }
}

static void read_by_class(struct call *call, struct batches *is)
{
    size_t N = is->classes.N, present = 0;
    int *seen = call_scratch_integers(call, N);
    is->order = call_integers(call, "order", "N", 0, (int)N - 1);
    for (size_t n = 0; n < N; n++) {
        if (seen[is->order[n]]++)
            call_fail(call, "input 'order' names sample %d twice", is->order[n]);
    }
    is->T = call_count(call, "batches", 1, 1 << 16);
    is->each = call_count_or(call, "each", 1, 1, 1 << 16);
    for (size_t c = 0; c < is->classes.C; c++) {
        size_t count = (size_t)is->classes.count[c];
        present += count > 0;
        if (is->by_batch && count > 0 && count < is->each)
            call_fail(call, "number 'each' is %zu, but class %zu has %zu samples", is->each, c,
                      count);
    }
    is->B = is->each * present;
    call_bind(call, 'T', is->T);
    call_bind(call, 'B', is->B);
}

struct batches batches_read(struct call *call)
{
    static const char *const methods[] = {"weighted", "by_class", NULL};
    static const char *const wraps[] = {"stream", "batch", NULL};
    struct batches is = {.classes = classes_read(call)};
    is.by_class = call_choice(call, "method", methods);
    is.by_batch = call_choice(call, "wrap", wraps);
    (is.by_class ? read_by_class : read_weighted)(call, &is);
    is.index = call_output_integers(call, "index", "TB");
    is.per_class = call_output_integers(call, "per_class", "TC");
    is.used = call_output_integers(call, "used", "N");
    return is;
}

void batches_put(const struct batches *is, size_t t, size_t b, size_t n)
{
    is->index[t * is->B + b] = real_count(n);
    is->per_class[t * is->classes.C + (size_t)is->classes.label[n]] += 1;
    is->used[n] += 1;
}

static void draw(struct call *call, const struct batches *is)
{
    size_t N = is->classes.N, last = 0;
    real *sum = call_scratch(call, N), *gap = call_scratch(call, N);
    for (size_t n = 0; n < N; n++) {
        sum[n] = n > 0 ? sum[n - 1] + is->weight[n] : is->weight[n];
        last = is->weight[n] > 0 ? n : last;
    }
    for (size_t i = 0; i < is->T * is->B; i++) {
        real at = is->u[i] * sum[N - 1];
        size_t chosen = last;
        for (size_t n = N; n-- > 0;) {
            gap[n] = sum[n] - at;
            chosen = gap[n] > 0 && n < chosen ? n : chosen;
        }
        call_decisions(call, N, gap);
        batches_put(is, i / is->B, i % is->B, chosen);
    }
}

/* Member number i of class c in the order. */
static int in_order(const struct batches *is, int c, int i)
{
    size_t at = 0;
    for (;; at++) {
        if (is->classes.label[is->order[at]] == c && i-- == 0)
            return is->order[at];
    }
}

static void deal(struct call *call, const struct batches *is)
{
    int *next = call_scratch_integers(call, is->classes.C);
    for (size_t t = 0; t < is->T; t++) {
        size_t b = 0;
        for (int c = 0; c < (int)is->classes.C; c++) {
            int count = is->classes.count[c];
            if (is->by_batch && count > 0 && next[c] + (int)is->each > count)
                next[c] = 0;
            for (size_t e = 0; e < is->each && count > 0; e++) {
                batches_put(is, t, b++, (size_t)in_order(is, c, next[c] % count));
                next[c]++;
            }
        }
    }
}

void balanced_batches_answer(struct call *call)
{
    struct batches is = batches_read(call);
    (is.by_class ? deal : draw)(call, &is);
}
