// SPDX-License-Identifier: MIT
#include "minibatch_standard_deviation.h"

struct groups {
    size_t N, C, P, G, M, F, wide, block; /* wide: channels of a feature */
    int contiguous;
    real divisor, epsilon;
    const real *x;
    real *centred, *s, *term; /* (N,C,P), (M,C,P), (N) */
};

static size_t group_of(const struct groups *g, size_t n)
{
    return g->contiguous ? n / g->G : n % g->M;
}

/* The sum over the samples of group m of x[n stride]; of its squares. */
static real group_sum(const struct groups *g, size_t m, const real *x, size_t stride, int squares)
{
    for (size_t n = 0; n < g->N; n++)
        g->term[n] = group_of(g, n) == m ? x[n * stride] : R(0.0);
    return squares ? sum_sample_products(g->N, g->block, g->term, 1, g->term, 1)
                   : sum_samples(g->N, g->block, g->term, 1);
}

static void read_groups(struct call *call, struct groups *g)
{
    static const char *const orders[] = {"interleaved", "contiguous", NULL};
    static const char *const variances[] = {"biased", "unbiased", NULL};
    g->x = call_input(call, "x", "NCP");
    g->N = call_size(call, 'N');
    g->C = call_size(call, 'C');
    g->P = call_size(call, 'P');
    if (g->N == 0 || g->C == 0 || g->P == 0)
        call_fail(call, "input 'x' has no elements");
    g->G = call_count_or(call, "group_size", 4, 1, 1u << 24);
    g->G = g->G < g->N ? g->G : g->N;
    g->F = call_count_or(call, "features", 1, 1, 1u << 24);
    if (g->N % g->G != 0)
        call_fail(call, "number 'group_size' does not divide the %zu samples", g->N);
    if (g->C % g->F != 0)
        call_fail(call, "number 'features' does not divide the %zu channels", g->C);
    g->M = g->N / g->G;
    g->wide = g->C / g->F;
    g->contiguous = call_choice(call, "groups", orders);
    size_t correction = (size_t)call_choice(call, "variance", variances);
    if (g->G == correction)
        call_fail(call, "convention 'variance' is unbiased, which a group of one has not");
    g->divisor = real_count(g->G - correction);
    g->epsilon = call_number_or(call, "epsilon", R(1e-8));
    if (!(g->epsilon > 0))
        call_fail(call, "number 'epsilon' must be above 0");
    g->block = call_block(call);
    g->centred = call_scratch(call, g->N * g->C * g->P);
    g->s = call_scratch(call, g->M * g->C * g->P);
    g->term = call_scratch(call, g->N);
}

static void find_deviations(struct groups *g)
{
    size_t CP = g->C * g->P;
    for (size_t i = 0; i < g->M * CP; i++) {
        size_t m = i / CP, at = i % CP;
        real mean = group_sum(g, m, g->x + at, CP, 0) / real_count(g->G);
        for (size_t n = 0; n < g->N; n++)
            if (group_of(g, n) == m)
                g->centred[n * CP + at] = g->x[n * CP + at] - mean;
        real squares = group_sum(g, m, g->centred + at, CP, 1);
        g->s[i] = real_sqrt(squares / g->divisor + g->epsilon);
    }
}

static void differentiate(struct call *call, struct groups *g)
{
    const real *dy = call_input(call, "dy", "NQP");
    real *dx = call_output(call, "dx", "NCP");
    real *t = call_scratch(call, g->M * g->F), *row = call_scratch(call, g->N);
    size_t CP = g->C * g->P, QP = CP + g->F * g->P;
    for (size_t i = 0; i < g->M * g->F; i++) {
        for (size_t n = 0; n < g->N; n++)
            row[n] = sum_features(g->P, dy + n * QP + CP + i % g->F * g->P, 1);
        t[i] = group_sum(g, i / g->F, row, 1, 0) / real_count(g->wide * g->P);
    }
    for (size_t i = 0; i < g->N * CP; i++) {
        size_t n = i / CP, m = group_of(g, n), f = i % CP / g->P / g->wide;
        dx[i] = dy[n * QP + i % CP] +
                t[m * g->F + f] * g->centred[i] / (g->divisor * g->s[m * CP + i % CP]);
    }
}

void minibatch_standard_deviation_answer(struct call *call)
{
    struct groups g = {.N = 0};
    read_groups(call, &g);
    find_deviations(&g);
    call_bind(call, 'M', g.M);
    call_bind(call, 'F', g.F);
    call_bind(call, 'Q', g.C + g.F);
    real *statistic = call_output(call, "statistic", "MF"), *y = call_output(call, "y", "NQP");
    size_t CP = g.C * g.P, QP = CP + g.F * g.P, each = g.wide * g.P;
    for (size_t i = 0; i < g.M * g.F; i++)
        statistic[i] = sum_features(each, g.s + i * each, 1) / real_count(each);
    for (size_t i = 0; i < g.N * QP; i++) {
        size_t n = i / QP, at = i % QP;
        y[i] = at < CP ? g.x[n * CP + at] : statistic[group_of(&g, n) * g.F + (at - CP) / g.P];
    }
    if (call_has(call, "dy"))
        differentiate(call, &g);
}
