// SPDX-License-Identifier: MIT
#include "regression_metrics.h"

static void read_conventions(struct call *call, struct regression_metrics *m)
{
    static const char *const averages[] = {"uniform", "variance_weighted", NULL};
    static const char *const roots[] = {"mean_of_roots", "root_of_mean", NULL};
    static const char *const constants[] = {"finite", "zero", NULL};
    static const char *const medians[] = {"middle", "lower", NULL};
    m->by_variance = call_choice(call, "average", averages);
    m->root_of_mean = call_choice(call, "rmse", roots);
    m->zero = call_choice(call, "constant", constants);
    m->lower = call_choice(call, "median", medians);
    m->block = call_block(call);
}

static void read_weights(struct call *call, struct regression_metrics *m)
{
    real *w = call_scratch(call, m->N);
    m->weighted = call_has(call, "weight");
    const real *given = m->weighted ? call_input(call, "weight", "N") : NULL;
    for (size_t n = 0; n < m->N; n++) {
        w[n] = given ? given[n] : R(1.0);
        if (!(w[n] >= 0))
            call_fail(call, "input 'weight' is negative for sample %zu", n);
    }
    m->w = w;
    m->W = sum_samples(m->N, m->block, w, 1);
    if (!(m->W > 0))
        call_fail(call, "input 'weight' adds up to 0: the means are 0 / 0");
}

struct regression_metrics regression_metrics_read(struct call *call)
{
    static const char *const means[] = {"mean_mae", "mean_mse", "mean_rmse", "mean_r_squared",
                                        "mean_explained_variance"};
    struct regression_metrics m = {.y = call_input(call, "y", "NK")};
    m.N = call_size(call, 'N');
    m.K = call_size(call, 'K');
    read_conventions(call, &m);
    if (m.N == 0 || m.K == 0)
        call_fail(call, "input 'y' has no samples or no targets");
    m.t = call_input(call, "t", "NK");
    read_weights(call, &m);
    m.mae = call_output(call, "mae", "K");
    m.mse = call_output(call, "mse", "K");
    m.rmse = call_output(call, "rmse", "K");
    m.r_squared = call_output(call, "r_squared", "K");
    m.explained = call_output(call, "explained_variance", "K");
    m.median = call_output(call, "median_absolute_error", "K");
    m.largest = call_output(call, "max_error", "K");
    for (int i = 0; i < 5; i++)
        m.mean[i] = call_output(call, means[i], "");
    return m;
}

static real weighted_sum(const struct regression_metrics *m, const real *v)
{
    return sum_sample_products(m->N, m->block, m->w, 1, v, 1);
}

/* Sum of w (v - its mean)^2; d (N) is scratch. */
static real scatter_of(const struct regression_metrics *m, const real *v, real *d)
{
    real mean = weighted_sum(m, v) / m->W;
    for (size_t n = 0; n < m->N; n++) {
        real gap = v[n] - mean;
        d[n] = gap * gap;
    }
    return weighted_sum(m, d);
}

/* How many of a (N) come before sample n, ties by index. */
static size_t rank_of(const real *a, size_t n, size_t N)
{
    size_t rank = 0;
    for (size_t i = 0; i < N; i++)
        rank += a[i] < a[n] || (a[i] == a[n] && i < n);
    return rank;
}

static real weighted_median(struct call *call, const struct regression_metrics *m, const real *a)
{
    real *by_rank = call_scratch(call, m->N), *gap = call_scratch(call, m->N + 1);
    size_t chosen = 0;
    real before = R(0.0), half = m->W / 2;
    for (size_t n = 0; n < m->N; n++)
        by_rank[rank_of(a, n, m->N)] = real_count(n);
    for (size_t rank = 0; rank < m->N; rank++) {
        chosen = (size_t)by_rank[rank];
        if (before + m->w[chosen] >= half)
            break;
        before = before + m->w[chosen];
    }
    gap[0] = half - before;
    gap[1] = before + m->w[chosen] - half;
    call_decisions(call, m->N > 1 ? 2 : 1, gap);
    for (size_t n = 0; n < m->N; n++)
        gap[n] = a[n] - a[chosen];
    call_decisions(call, chosen, gap);
    call_decisions(call, m->N - 1 - chosen, gap + chosen + 1);
    return a[chosen];
}

static real median(struct call *call, const struct regression_metrics *m, const real *a)
{
    real low = R(0.0), high = R(0.0);
    if (m->weighted)
        return weighted_median(call, m, a);
    for (size_t n = 0; n < m->N; n++) {
        size_t rank = rank_of(a, n, m->N);
        low = rank == (m->N - 1) / 2 ? a[n] : low;
        high = rank == m->N / 2 ? a[n] : high;
    }
    return m->lower ? low : (low + high) / 2;
}

static real share(const struct regression_metrics *m, real part, real total)
{
    if (total != 0)
        return 1 - part / total;
    return part == 0 && !m->zero ? R(1.0) : R(0.0);
}

void regression_metrics_average(const struct regression_metrics *m, const real *total)
{
    const real *of[5] = {m->mae, m->mse, m->rmse, m->r_squared, m->explained};
    real all = sum_features(m->K, total, 1);
    for (int i = 0; i < 5; i++) {
        if (i >= 3 && m->by_variance && all != 0)
            *m->mean[i] = sum_products(R(0.0), m->K, total, 1, of[i], 1) / all;
        else
            *m->mean[i] = sum_features(m->K, of[i], 1) / real_count(m->K);
    }
    if (m->root_of_mean)
        *m->mean[2] = real_sqrt(*m->mean[1]);
}

void regression_metrics_answer(struct call *call)
{
    struct regression_metrics m = regression_metrics_read(call);
    real *e = call_scratch(call, m.N), *a = call_scratch(call, m.N), *t = call_scratch(call, m.N);
    real *d = call_scratch(call, m.N), *total = call_scratch(call, m.K);
    for (size_t k = 0; k < m.K; k++) {
        for (size_t n = 0; n < m.N; n++) {
            t[n] = m.t[n * m.K + k];
            e[n] = t[n] - m.y[n * m.K + k];
            a[n] = real_abs(e[n]);
            d[n] = e[n] * e[n];
            m.largest[k] = a[n] > m.largest[k] ? a[n] : m.largest[k];
        }
        real squares = weighted_sum(&m, d);
        m.mae[k] = weighted_sum(&m, a) / m.W;
        m.mse[k] = squares / m.W;
        m.rmse[k] = real_sqrt(m.mse[k]);
        m.median[k] = median(call, &m, a);
        total[k] = scatter_of(&m, t, d);
        m.r_squared[k] = share(&m, squares, total[k]);
        m.explained[k] = share(&m, scatter_of(&m, e, d), total[k]);
    }
    call_decisions(call, m.K, total);
    regression_metrics_average(&m, total);
}
