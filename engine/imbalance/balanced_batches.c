// SPDX-License-Identifier: MIT
/* Balanced mini-batches; definition in reference/imbalance/balanced_batches.h.
 *
 * How it is distributed: labels, weights and draws are whole on every rank, and each makes all
 * batches alike, since every rank will want its part of every batch. Outputs about samples are
 * sharded. Nothing crosses the network.
 */
#include "classes.h"

struct batches {
    struct classes classes;
    size_t T, B;
    size_t *index; /* (T,B) */
};

/* sum (N): running totals of the weights; *last: the last sample that has any. */
static scalar *add_weights(struct question *q, const struct classes *is, size_t *last)
{
    const scalar *given = question_has(q, "weight") ? question_input(q, "weight", "N") : NULL;
    scalar *sum = question_scratch(q, is->N), total = 0;
    for (size_t n = 0; n < is->N; n++) {
        const scalar w = given != NULL ? given[n] : 1 / (scalar)is->count[is->label[n]];
        if (!(w >= 0))
            question_refuse(q, "element %zu of its input 'weight' is negative", n);
        total += w;
        sum[n] = total;
        *last = w > 0 ? n : *last;
    }
    if (!(total > 0))
        question_refuse(q, "its input 'weight' adds up to 0; give one sample a weight");
    return sum;
}

static void draw(struct question *q, struct batches *is)
{
    const scalar *u = question_input(q, "u", "TB");
    size_t last = 0;
    const scalar *sum = add_weights(q, &is->classes, &last);
    is->T = question_size(q, 'T');
    is->B = question_size(q, 'B');
    is->index = arena_take(question_arena(q), is->T * is->B, sizeof *is->index);
    for (size_t i = 0; i < is->T * is->B; i++) {
        if (!(u[i] >= 0) || !(u[i] < 1))
            question_refuse(q, "element %zu of its input 'u' must be from 0 to below 1", i);
        const scalar at = u[i] * sum[is->classes.N - 1];
        size_t low = 0, high = last;
        while (low < high) { /* running totals do not fall */
            const size_t middle = low + (high - low) / 2;
            if (sum[middle] > at)
                high = middle;
            else
                low = middle + 1;
        }
        is->index[i] = low;
    }
}

static void deal(struct question *q, struct batches *is)
{
    static const char *const wraps[] = {"stream", "batch", NULL};
    const struct classes *classes = &is->classes;
    size_t **member = classes_in_order(q, classes, NULL);
    const bool by_batch = question_choice(q, "wrap", wraps) == 1;
    is->T = question_count(q, "batches", 1, 1 << 16);
    const size_t each = question_count_or(q, "each", 1, 1, 1 << 16);
    for (size_t c = 0; c < classes->C; c++) {
        if (by_batch && classes->count[c] > 0 && classes->count[c] < each)
            question_refuse(q, "its number 'each' is %zu, but class %zu has %zu samples", each, c,
                            classes->count[c]);
        is->B += classes->count[c] > 0 ? each : 0;
    }
    question_bind(q, 'T', is->T);
    question_bind(q, 'B', is->B);
    is->index = arena_take(question_arena(q), is->T * is->B, sizeof *is->index);
    for (size_t t = 0, at = 0; t < is->T; t++)
        for (size_t c = 0; c < classes->C; c++) {
            const size_t count = classes->count[c];
            const size_t whole = count > 0 ? count / each : 0; /* batches from one stream */
            for (size_t e = 0; e < each && count > 0; e++)
                is->index[at++] =
                    member[c][by_batch ? t % whole * each + e : (t * each + e) % count];
        }
}

void balanced_batches_run(struct question *q)
{
    static const char *const methods[] = {"weighted", "by_class", NULL};
    struct batches is = {.classes = classes_count(q)};
    const size_t C = is.classes.C;
    (question_choice(q, "method", methods) == 1 ? deal : draw)(q, &is);
    question_integers(q, "label", "[N]", 0, (int)C - 1); /* cuts the samples */
    scalar *index = question_output(q, "index", "TB");
    scalar *per_class = question_output(q, "per_class", "TC");
    scalar *used = question_output(q, "used", "[N]");
    const size_t first = question_first(q, 'N'), rows = question_part(q, 'N');
    for (size_t i = 0; i < is.T * is.B; i++) {
        const size_t n = is.index[i];
        index[i] = (scalar)n;
        per_class[i / is.B * C + (size_t)is.classes.label[n]] += 1;
        if (n >= first && n < first + rows)
            used[n - first] += 1;
    }
}
