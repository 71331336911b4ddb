// SPDX-License-Identifier: MIT
#include "brier_score.h"

struct groups {
    size_t G;
    real *weight, *forecast, *events; /* (G); events: the share */
    real total, share;                /* of all */
};

static struct groups take(struct call *call, size_t G)
{
    return (struct groups){
        G, call_scratch(call, G), call_scratch(call, G), call_scratch(call, G), 0, 0};
}

static struct groups find_distinct(struct call *call, const real *p, const int *label,
                                   const real *weight, size_t N)
{
    struct ranking r = ranking_create(call, p, label, weight, N);
    struct groups g = take(call, r.T);
    for (size_t t = 0; t < r.T; t++) {
        real events = ranking_weight_at(call, &r, 1, t);
        g.weight[t] = events + ranking_weight_at(call, &r, 0, t);
        g.forecast[t] = r.threshold[t];
        g.events[t] = g.weight[t] > 0 ? events / g.weight[t] : 0;
    }
    g.total = r.positives + r.negatives;
    g.share = r.positives / g.total;
    return g;
}

static struct groups find_bins(struct call *call, const real *p, const int *label,
                               const real *weight, size_t N)
{
    size_t B = call_count_or(call, "bins", 10, 1, 1000), block = call_block(call);
    int *bin = call_scratch_integers(call, N);
    real *all = call_scratch(call, N);
    bins_uniform(call, bin, p, N, B, 1);
    struct bins b = bins_fill(call, p, label, weight, bin, N, B);
    struct groups g = {B, b.count, b.confidence, b.frequency, real_count(N), 0};
    g.share = confusion_sum(call, N, block, label, weight);
    for (size_t n = 0; weight && n < N; n++)
        all[n] = weight[n];
    if (weight)
        g.total = sum_samples(N, block, all, 1);
    g.share = g.share / g.total;
    return g;
}

/* sum_g weight (x - y)^2 / total; y NULL: the share of all. */
static real spread(struct call *call, const struct groups *g, const real *x, const real *y)
{
    real *term = call_scratch(call, g->G);
    for (size_t k = 0; k < g->G; k++) {
        real gap = x[k] - (y ? y[k] : g->share);
        term[k] = g->weight[k] * (gap * gap);
    }
    return sum_features(g->G, term, 1) / g->total;
}

static void put_parts(struct call *call, const struct groups *g, real brier)
{
    if (!(g->share > 0 && g->share < 1))
        call_fail(call, "input 'labels' has one class alone: its uncertainty is 0");
    real uncertainty = g->share * (1 - g->share);
    *call_output(call, "reliability", "") = spread(call, g, g->forecast, g->events);
    *call_output(call, "resolution", "") = spread(call, g, g->events, NULL);
    *call_output(call, "uncertainty", "") = uncertainty;
    *call_output(call, "skill", "") = 1 - brier / uncertainty;
}

/* The sum of squares of sample n. */
static real square(struct call *call, const real *p, int label, size_t K)
{
    real *term = call_scratch(call, K);
    for (size_t k = 0; k < K; k++) {
        real gap = p[k] - ((size_t)label == k ? 1 : 0);
        term[k] = gap * gap;
    }
    return sum_features(K, term, 1);
}

void brier_score_answer(struct call *call)
{
    static const char *const scales[] = {"auto", "half", "full", NULL};
    static const char *const groups[] = {"distinct", "bins", NULL};
    int columns = call_rank(call, "probabilities") == 2;
    const real *p = call_input(call, "probabilities", columns ? "NK" : "N");
    size_t N = call_size(call, 'N'), K = columns ? call_size(call, 'K') : 1;
    if (N * K == 0)
        call_fail(call, "input 'probabilities' is empty");
    for (size_t i = 0; i < N * K; i++) {
        if (!(p[i] >= 0 && p[i] <= 1))
            call_fail(call, "input 'probabilities' is outside [0,1] at element %zu", i);
    }
    const int *label = call_integers(call, "labels", "N", 0, columns ? (int)K - 1 : 1);
    const real *weight = confusion_weights(call, N);
    int scale = call_choice(call, "scale", scales);
    real *term = call_scratch(call, N), total = real_count(N);
    for (size_t n = 0; n < N; n++) {
        real gap = columns ? 0 : p[n] - (real)label[n];
        term[n] = columns ? square(call, &p[n * K], label[n], K) : gap * gap;
        term[n] = weight ? weight[n] * term[n] : term[n];
    }
    if (weight)
        total = sum_samples(N, call_block(call), weight, 1);
    real brier = sum_samples(N, call_block(call), term, 1) / total;
    real factor = columns ? (scale == 1 ? R(0.5) : 1) : (scale == 2 ? 2 : 1);
    *call_output(call, "brier", "") = factor * brier;
    if (columns)
        return;
    struct groups g = call_choice(call, "groups", groups)
                          ? find_bins(call, p, label, weight, N)
                          : find_distinct(call, p, label, weight, N);
    put_parts(call, &g, brier);
}
