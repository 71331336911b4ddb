// SPDX-License-Identifier: MIT
/* Merged metrics; definition in reference/distributed/merged_metrics.h.
 *
 * How it is distributed: the workers are dealt to the ranks in contiguous ranges; each rank makes
 * the statistics of its workers from their samples alone. What crosses the network: three numbers a
 * worker, each from the one rank that knows it, and whole counts; every rank then merges in the
 * order that the case asks for. Extremes are exact in any order.
 */
#include "../techniques.h"

#include <math.h>
#include <string.h>

enum { MOMENTS = 3 }; /* count, mean, sum of squared differences */

struct settings {
    struct question *q;
    size_t N, W, C, ddof, first, here;
    bool tree;
    const scalar *x;
    const int *size, *label, *prediction;
    size_t *begin; /* (W+1) */
};

static void read_settings(struct question *q, struct settings *s)
{
    static const char *const orders[] = {"ranks", "tree", NULL};
    s->q = q;
    s->x = question_input(q, "x", "N");
    s->N = question_size(q, 'N');
    s->C = question_count(q, "classes", 1, 1 << 12);
    s->label = question_integers(q, "label", "N", 0, (int)s->C - 1);
    s->prediction = question_integers(q, "prediction", "N", 0, (int)s->C - 1);
    question_split_evenly(q, 'W');
    s->size = question_integers(q, "size", "W", 0, 1 << 20);
    question_integers(q, "size", "[W]", 0, 1 << 20); /* deals the workers out */
    s->W = question_size(q, 'W');
    s->tree = question_choice(q, "order", orders) == 1;
    s->ddof = question_count_or(q, "ddof", 0, 0, 1 << 20);
    s->begin = arena_take(question_arena(q), s->W + 1, sizeof *s->begin);
    for (size_t k = 0; k < s->W; k++)
        s->begin[k + 1] = s->begin[k] + (size_t)s->size[k];
    if (s->begin[s->W] != s->N)
        question_refuse(q, "its input 'size' says %zu samples, but there are %zu", s->begin[s->W],
                        s->N);
    if (s->N == 0)
        question_refuse(q, "its input 'x' holds no sample");
    if (s->ddof >= s->N)
        question_refuse(q, "its number 'ddof' must be below the number of samples");
    question_bind(q, 'C', s->C);
    s->first = question_first(q, 'W');
    s->here = question_part(q, 'W');
}

static void measure(const scalar *x, size_t count, scalar moments[MOMENTS])
{
    scalar sum = 0, squares = 0;
    for (size_t i = 0; i < count; i++)
        sum += x[i];
    const scalar mean = count > 0 ? sum / (scalar)count : 0;
    for (size_t i = 0; i < count; i++)
        squares += (x[i] - mean) * (x[i] - mean);
    moments[0] = (scalar)count;
    moments[1] = mean;
    moments[2] = squares;
}

/* a becomes a and b together. */
static void merge(scalar a[MOMENTS], const scalar b[MOMENTS])
{
    if (b[0] == 0)
        return;
    if (a[0] == 0) {
        memcpy(a, b, MOMENTS * sizeof *a);
        return;
    }
    const scalar n = a[0] + b[0], d = b[1] - a[1];
    a[2] = a[2] + b[2] + d * d * a[0] * b[0] / n;
    a[1] = a[1] + d * b[0] / n;
    a[0] = n;
}

/* Merges `count` workers into the first of them: the fixed tree, level by level, because each node
 * over 2^i workers begins at a multiple of 2^i. */
static void merge_tree(scalar *moments, size_t count)
{
    for (size_t step = 1; step < count; step *= 2)
        for (size_t k = 0; k + step < count; k += 2 * step)
            merge(moments + k * MOMENTS, moments + (k + step) * MOMENTS);
}

/* all (W,MOMENTS) on every rank. */
static void gather_moments(struct settings *s, scalar *all)
{
    struct reduction *sum = question_sum(s->q, 'W', s->W * MOMENTS);
    for (size_t b = 0; b < reduction_pieces(sum); b++) {
        const struct piece piece = reduction_piece(sum, b);
        scalar *leaf = reduction_leaf(sum);
        for (size_t k = s->first + piece.first; k < s->first + piece.first + piece.count; k++)
            measure(s->x + s->begin[k], (size_t)s->size[k], leaf + k * MOMENTS);
        reduction_push(sum);
    }
    reduction_finish(sum, all);
}

static void write_extremes(struct settings *s)
{
    scalar extreme[2] = {-INFINITY, -INFINITY};
    for (size_t n = s->begin[s->first]; n < s->begin[s->first + s->here]; n++) {
        extreme[0] = -s->x[n] > extreme[0] ? -s->x[n] : extreme[0];
        extreme[1] = s->x[n] > extreme[1] ? s->x[n] : extreme[1];
    }
    reduce_largest(question_team(s->q), extreme, 2);
    *question_output(s->q, "low", "") = -extreme[0];
    *question_output(s->q, "high", "") = extreme[1];
}

static void write_counts(struct settings *s)
{
    const size_t C = s->C;
    long long *count = arena_take(question_arena(s->q), C * C, sizeof *count), right = 0;
    for (size_t n = s->begin[s->first]; n < s->begin[s->first + s->here]; n++)
        count[(size_t)s->label[n] * C + (size_t)s->prediction[n]]++;
    reduce_integers(question_team(s->q), count, C * C);
    scalar *matrix = question_output(s->q, "matrix", "CC"), f1 = 0;
    for (size_t i = 0; i < C * C; i++)
        matrix[i] = (scalar)count[i];
    for (size_t c = 0; c < C; c++) {
        long long of_class = 0;
        for (size_t i = 0; i < C; i++)
            of_class += count[c * C + i] + count[i * C + c];
        right += count[c * C + c];
        if (of_class > 0)
            f1 += (scalar)(2 * count[c * C + c]) / (scalar)of_class;
    }
    *question_output(s->q, "accuracy", "") = (scalar)right / (scalar)s->N;
    *question_output(s->q, "f1", "") = f1 / (scalar)C;
}

void merged_metrics_run(struct question *q)
{
    struct settings s;
    read_settings(q, &s);
    scalar *local = question_output(q, "local_mean", "W");
    scalar *all = question_scratch(q, s.W * MOMENTS), one[MOMENTS] = {0};
    gather_moments(&s, all);
    for (size_t k = 0; k < s.W; k++)
        local[k] = all[k * MOMENTS + 1];
    for (size_t k = 0; k < s.W && !s.tree; k++)
        merge(one, all + k * MOMENTS);
    if (s.tree) {
        merge_tree(all, s.W);
        memcpy(one, all, sizeof one);
    }
    *question_output(q, "count", "") = one[0];
    *question_output(q, "mean", "") = one[1];
    *question_output(q, "variance", "") = one[2] / (one[0] - (scalar)s.ddof);
    write_extremes(&s);
    write_counts(&s);
}
