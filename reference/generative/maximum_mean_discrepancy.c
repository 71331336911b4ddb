// SPDX-License-Identifier: MIT
#include "maximum_mean_discrepancy.h"

static const real *point(const struct discrepancy *m, size_t i)
{
    return i < m->x.count ? &m->x.x[i * m->kernel.D] : &m->y.x[(i - m->x.count) * m->kernel.D];
}

/* The median of the distances of all pairs. */
static real median_distance(struct call *call, const struct discrepancy *m)
{
    size_t all = m->x.count + m->y.count, pairs = all * (all - 1) / 2, at = 0, D = m->kernel.D;
    real *distance = call_scratch(call, pairs), *gap = call_scratch(call, D);
    real low = R(0.0), high = R(0.0);
    for (size_t i = 0; i < all; i++) {
        for (size_t j = 0; j < i; j++) {
            for (size_t d = 0; d < D; d++)
                gap[d] = point(m, i)[d] - point(m, j)[d];
            distance[at++] = real_sqrt(sum_products(R(0.0), D, gap, 1, gap, 1));
        }
    }
    for (size_t i = 0; i < pairs; i++) {
        size_t rank = 0;
        for (size_t j = 0; j < pairs; j++)
            rank += distance[j] < distance[i] || (distance[j] == distance[i] && j < i);
        low = rank == (pairs - 1) / 2 ? distance[i] : low;
        high = rank == pairs / 2 ? distance[i] : high;
    }
    return (low + high) / 2;
}

static void read_gaussian(struct call *call, struct discrepancy *m)
{
    static const char *const combinations[] = {"sum", "mean", NULL};
    static const char *const scales[] = {"given", "median", NULL};
    int median = call_choice(call, "scale", scales);
    int mean = call_choice(call, "combination", combinations);
    const real *bandwidth = call_input(call, "bandwidth", "W");
    size_t W = m->kernel.W = call_size(call, 'W');
    real *sigma = call_output(call, "sigma", "W");
    if (W == 0)
        call_fail(call, "input 'bandwidth' is empty");
    if (median && m->dmmd)
        call_fail(call,
                  "convention 'scale' is a median, which has no gradient here: leave out 'dmmd'");
    real scale = median ? median_distance(call, m) : R(1.0);
    if (!(scale > 0))
        call_fail(call, "convention 'scale' is the median of the distances, which is 0");
    for (size_t w = 0; w < W; w++) {
        if (!(bandwidth[w] > 0))
            call_fail(call, "element %zu of input 'bandwidth' is not above 0", w);
        sigma[w] = median ? bandwidth[w] * scale : bandwidth[w];
    }
    m->kernel.sigma = sigma;
    m->kernel.divisor = mean ? real_count(W) : R(1.0);
}

struct discrepancy maximum_mean_discrepancy_read(struct call *call)
{
    static const char *const estimates[] = {"biased", "unbiased", NULL};
    static const char *const kernels[] = {"gaussian", "polynomial", NULL};
    struct discrepancy m = {.unbiased = call_choice(call, "estimate", estimates)};
    m.kernel.kind = call_choice(call, "kernel", kernels) ? PAIR_POLYNOMIAL : PAIR_GAUSSIAN;
    m.kernel.block = call_block(call);
    m.over = pair_sides_read(call, &m.x, &m.y, m.unbiased);
    size_t D = m.kernel.D = call_size(call, 'D');
    m.dmmd = call_has(call, "dmmd") ? call_input(call, "dmmd", "") : NULL;
    if (m.kernel.kind == PAIR_GAUSSIAN)
        read_gaussian(call, &m);
    m.kernel.gamma = call_number_or(call, "gamma", 1 / real_count(D));
    m.kernel.offset = call_number_or(call, "offset", R(1.0));
    m.kernel.degree = call_count_or(call, "degree", 3, 1, 16);
    m.mmd = call_output(call, "mmd", "");
    m.xx = call_output(call, "xx", "");
    m.yy = call_output(call, "yy", "");
    m.xy = call_output(call, "xy", "");
    m.dx = m.dmmd ? call_output(call, "dx", "ND") : NULL;
    return m;
}

void maximum_mean_discrepancy_answer(struct call *call)
{
    struct discrepancy m = maximum_mean_discrepancy_read(call);
    size_t D = m.kernel.D;
    *m.xx = pair_sum(call, &m.kernel, &m.x, &m.x, m.unbiased) / m.over.xx;
    *m.yy = pair_sum(call, &m.kernel, &m.y, &m.y, m.unbiased) / m.over.yy;
    *m.xy = pair_sum(call, &m.kernel, &m.x, &m.y, 0) / m.over.xy;
    *m.mmd = *m.xx + *m.yy - 2 * *m.xy;
    if (!m.dmmd)
        return;
    real *own = call_scratch(call, D), *other = call_scratch(call, D);
    for (size_t n = 0; n < m.x.count; n++) {
        pair_gradient(call, own, &m.kernel, &m.x.x[n * D], &m.x, m.unbiased ? n : m.x.count);
        pair_gradient(call, other, &m.kernel, &m.x.x[n * D], &m.y, m.y.count);
        for (size_t d = 0; d < D; d++)
            m.dx[n * D + d] = *m.dmmd * (2 / m.over.xx * own[d] - 2 / m.over.xy * other[d]);
    }
}
