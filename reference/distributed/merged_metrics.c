// SPDX-License-Identifier: MIT
#include "merged_metrics.h"

void merged_metrics_read(struct call *call, struct merged_metrics *m)
{
    static const char *const orders[] = {"ranks", "tree", NULL};
    *m = (struct merged_metrics){0};
    m->x = call_input(call, "x", "N");
    m->N = call_size(call, 'N');
    m->C = call_count(call, "classes", 1, 1 << 12);
    m->label = call_integers(call, "label", "N", 0, (int)m->C - 1);
    m->prediction = call_integers(call, "prediction", "N", 0, (int)m->C - 1);
    m->size = call_integers(call, "size", "W", 0, 1 << 20);
    m->W = call_size(call, 'W');
    m->tree = call_choice(call, "order", orders);
    m->ddof = real_count(call_count_or(call, "ddof", 0, 0, 1 << 20));
    size_t total = 0;
    for (size_t k = 0; k < m->W; k++)
        total += (size_t)m->size[k];
    if (total != m->N)
        call_fail(call, "input 'size' adds up to %zu, but there are %zu samples", total, m->N);
    if (m->N == 0)
        call_fail(call, "input 'x' holds no sample");
    if (!(m->ddof < real_count(m->N)))
        call_fail(call, "number 'ddof' must be below the %zu samples", m->N);
    call_bind(call, 'C', m->C);
}

struct merged_moments merged_moments_of(const real *x, size_t count)
{
    struct merged_moments own = {.n = real_count(count)};
    for (size_t i = 0; i < count; i++)
        own.mean = own.mean + x[i];
    own.mean = count ? own.mean / own.n : 0;
    for (size_t i = 0; i < count; i++) {
        real d = x[i] - own.mean;
        own.M = own.M + d * d;
    }
    return own;
}

struct merged_moments merged_moments_merge(struct merged_moments a, struct merged_moments b)
{
    if (b.n == 0)
        return a;
    if (a.n == 0)
        return b;
    real n = a.n + b.n, d = b.mean - a.mean;
    return (struct merged_moments){
        .n = n, .mean = a.mean + d * b.n / n, .M = a.M + b.M + d * d * a.n * b.n / n};
}

/* The workers first .. first + count - 1, whose samples begin with that of number `from`. */
static struct merged_moments merge_tree(const struct merged_metrics *m, size_t first, size_t count,
                                        size_t from)
{
    size_t left = 1, middle = from;
    if (count == 1)
        return merged_moments_of(m->x + from, (size_t)m->size[first]);
    while (left * 2 < count)
        left *= 2;
    for (size_t k = first; k < first + left; k++)
        middle += (size_t)m->size[k];
    return merged_moments_merge(merge_tree(m, first, left, from),
                                merge_tree(m, first + left, count - left, middle));
}

real merged_accuracy(const real *matrix, size_t C)
{
    real right = 0, all = 0;
    for (size_t i = 0; i < C * C; i++) {
        all += matrix[i];
        right += i / C == i % C ? matrix[i] : 0;
    }
    return right / all;
}

real merged_f1(const real *matrix, size_t C)
{
    real sum = 0;
    for (size_t c = 0; c < C; c++) {
        real wrong = 0, right = 2 * matrix[c * C + c];
        for (size_t i = 0; i < C; i++)
            wrong += i == c ? 0 : matrix[c * C + i] + matrix[i * C + c];
        sum = sum + (right + wrong > 0 ? right / (right + wrong) : 0);
    }
    return sum / real_count(C);
}

static void merge_counts(struct call *call, const struct merged_metrics *m)
{
    real *matrix = call_output_integers(call, "matrix", "CC");
    for (size_t n = 0; n < m->N; n++)
        matrix[(size_t)m->label[n] * m->C + (size_t)m->prediction[n]] += 1;
    *call_output(call, "accuracy", "") = merged_accuracy(matrix, m->C);
    *call_output(call, "f1", "") = merged_f1(matrix, m->C);
}

void merged_metrics_answer(struct call *call)
{
    struct merged_metrics m;
    merged_metrics_read(call, &m);
    real *local = call_output(call, "local_mean", "W");
    struct merged_moments all = {0};
    size_t first = 0;
    for (size_t k = 0; k < m.W; first += (size_t)m.size[k++]) {
        struct merged_moments own = merged_moments_of(m.x + first, (size_t)m.size[k]);
        local[k] = own.mean;
        all = merged_moments_merge(all, own);
    }
    if (m.tree)
        all = merge_tree(&m, 0, m.W, 0);
    real low = m.x[0], high = m.x[0];
    for (size_t n = 1; n < m.N; n++) {
        low = m.x[n] < low ? m.x[n] : low;
        high = m.x[n] > high ? m.x[n] : high;
    }
    *call_output_integers(call, "count", "") = all.n;
    *call_output(call, "mean", "") = all.mean;
    *call_output(call, "variance", "") = all.M / (all.n - m.ddof);
    *call_output(call, "low", "") = low;
    *call_output(call, "high", "") = high;
    merge_counts(call, &m);
}
