// SPDX-License-Identifier: MIT
#include "../../reference/generative/maximum_mean_discrepancy.h"
#include "../fork.h"

enum mistake {
    NONE,
    SIGMA_NOT_SQUARED,
    TWO_FORGOTTEN,
    DISTANCE_NOT_SQUARED,
    CROSS_ONCE,
    ROOTED,
    DIAGONAL_KEPT,
    CROSS_DIAGONAL_SKIPPED,
    OVER_ALL_PAIRS,
    FIRST_BANDWIDTH,
    GAMMA_ONE,
    CUBIC,
    OFFSET_ZERO,
    GRADIENT_HALVED,
    GRADIENT_OF_CROSS_ALONE,
    UPSTREAM_IGNORED,
    MEDIAN_SQUARED,
    MEDIAN_WITHIN_X,
    LAST_SAMPLE_LOST
};

struct gauge {
    enum mistake mistake;
    struct discrepancy *m;
};

/* k(a,b); g (D), unless NULL, += scale times its gradient at a. */
static real kernel(const struct gauge *s, const real *a, const real *b, real *g, real scale)
{
    const struct pair_kernel *k = &s->m->kernel;
    real dot = 0, square = 0, value = 0;
    for (size_t d = k->D; d-- > 0;) {
        dot = dot + a[d] * b[d];
        square = square + (a[d] - b[d]) * (a[d] - b[d]);
    }
    if (k->kind == PAIR_POLYNOMIAL) {
        size_t degree = s->mistake == CUBIC ? 3 : k->degree;
        real gamma = s->mistake == GAMMA_ONE ? 1 : k->gamma, power = 1;
        real base = gamma * dot + (s->mistake == OFFSET_ZERO ? 0 : k->offset);
        for (size_t p = 1; p < degree; p++)
            power = power * base;
        for (size_t d = 0; g && d < k->D; d++)
            g[d] = g[d] + scale * real_count(degree) * gamma * power * b[d];
        return power * base;
    }
    for (size_t w = 0; w < (s->mistake == FIRST_BANDWIDTH ? 1 : k->W); w++) {
        real sigma = k->sigma[w], over = 2 * sigma * sigma;
        over = s->mistake == SIGMA_NOT_SQUARED ? 2 * sigma : over;
        over = s->mistake == TWO_FORGOTTEN ? sigma * sigma : over;
        real far = s->mistake == DISTANCE_NOT_SQUARED ? real_sqrt(square) : square;
        real share = real_exp(-far / over) / k->divisor;
        value = value + share;
        for (size_t d = 0; g && d < k->D; d++)
            g[d] = g[d] - scale * share * 2 / over * (a[d] - b[d]);
    }
    return value;
}

/* The mean over pairs of a and b, pair after pair from the end; g (a,D): its gradient at a. */
static real mean(const struct gauge *s, const struct pair_side *a, const struct pair_side *b,
                 real over, real *g, real scale)
{
    size_t D = s->m->kernel.D;
    int skip = s->m->unbiased &&
               (a == b ? s->mistake != DIAGONAL_KEPT : s->mistake == CROSS_DIAGONAL_SKIPPED);
    real sum = 0;
    if (s->mistake == OVER_ALL_PAIRS)
        over = real_count(a->count * b->count);
    for (size_t n = a->count - (s->mistake == LAST_SAMPLE_LOST && a->count > 1); n-- > 0;) {
        real row = 0;
        for (size_t m = b->count; m-- > 0;) {
            if (!(skip && n == m))
                row =
                    row + kernel(s, &a->x[n * D], &b->x[m * D], g ? &g[n * D] : NULL, scale / over);
        }
        sum = sum + row;
    }
    return sum / over;
}

static void scale_again(struct call *call, struct discrepancy *m, enum mistake mistake)
{
    real *sigma = call_scratch(call, m->kernel.W), largest = 0;
    const real *bandwidth = call_input(call, "bandwidth", "W");
    for (size_t w = 0; w < m->kernel.W; w++) {
        real median = m->kernel.sigma[w] / bandwidth[w];
        for (size_t i = 0; i < m->x.count * m->kernel.D; i++)
            largest = m->x.x[i] > largest ? m->x.x[i] : largest;
        if (median == 1) /* given */
            sigma[w] = bandwidth[w];
        else if (mistake == MEDIAN_SQUARED)
            sigma[w] = bandwidth[w] * median * median;
        else
            sigma[w] = bandwidth[w] * largest;
    }
    m->kernel.sigma = sigma;
}

static void gauge(struct call *call)
{
    enum mistake mistake = (enum mistake)call_variant(call);
    struct discrepancy m = maximum_mean_discrepancy_read(call);
    struct gauge s = {mistake, &m};
    real up = !m.dmmd ? 0 : mistake == UPSTREAM_IGNORED ? 1 : *m.dmmd;
    real twice = mistake == GRADIENT_HALVED ? up : 2 * up;
    real own = mistake == GRADIENT_OF_CROSS_ALONE ? 0 : twice;
    if (m.kernel.kind == PAIR_GAUSSIAN && (mistake == MEDIAN_SQUARED || mistake == MEDIAN_WITHIN_X))
        scale_again(call, &m, mistake);
    *m.xx = mean(&s, &m.x, &m.x, m.over.xx, m.dx, own);
    *m.yy = mean(&s, &m.y, &m.y, m.over.yy, NULL, 0);
    *m.xy = mean(&s, &m.x, &m.y, m.over.xy, m.dx, -twice);
    *m.mmd = (*m.xx - *m.xy) + (*m.yy - *m.xy);
    if (mistake == CROSS_ONCE)
        *m.mmd = *m.mmd + *m.xy;
    if (mistake == ROOTED)
        *m.mmd = *m.mmd > 0 ? real_sqrt(*m.mmd) : 0;
}

static const struct fork table[] = {
    {.info = {"pair_by_pair", FORK_TWIN, "",
              "Pair after pair from the end, gradients as they come; (xx - xy) + (yy - xy).", NULL},
     .answer = gauge},
    {.info = {"biased", FORK_CONVENTION, "", "All pairs.", NULL},
     .instead = {"estimate", "biased"}},
    {.info = {"unbiased", FORK_CONVENTION, "", "Pairs of two samples.", NULL},
     .instead = {"estimate", "unbiased"}},
    {.info = {"kernels_added", FORK_CONVENTION, "", "The sum of the kernels.", NULL},
     .instead = {"combination", "sum"}},
    {.info = {"kernels_averaged", FORK_CONVENTION, "", "The mean of the kernels.", NULL},
     .instead = {"combination", "mean"}},
    {.info = {"bandwidth_given", FORK_CONVENTION, "", "The median is ignored.", NULL},
     .instead = {"scale", "given"}},
    {.info = {"sigma_not_squared", FORK_CONVENTION, "", "The bandwidth is taken for a variance.",
              NULL},
     .answer = gauge,
     .variant = SIGMA_NOT_SQUARED},
    {.info = {"two_forgotten", FORK_CONVENTION, "", "Divided by sigma^2, not 2 sigma^2.", NULL},
     .answer = gauge,
     .variant = TWO_FORGOTTEN},
    {.info = {"distance_not_squared", FORK_CONVENTION, "", "An exponential of the distance.", NULL},
     .answer = gauge,
     .variant = DISTANCE_NOT_SQUARED},
    {.info = {"cross_once", FORK_BUG, "", "The cross term is subtracted once.", NULL},
     .answer = gauge,
     .variant = CROSS_ONCE},
    {.info = {"rooted", FORK_CONVENTION, "", "The root, 0 where the square is negative.", NULL},
     .answer = gauge,
     .variant = ROOTED},
    {.info = {"diagonal_kept", FORK_BUG, "",
              "Pairs of a sample with itself, divided as if they were not there.", NULL},
     .answer = gauge,
     .variant = DIAGONAL_KEPT},
    {.info = {"cross_diagonal_skipped", FORK_BUG, "",
              "Pairs of equal number are left out of the cross term too.", NULL},
     .answer = gauge,
     .variant = CROSS_DIAGONAL_SKIPPED},
    {.info = {"over_all_pairs", FORK_BUG, "", "Divided by N^2 although pairs are left out.", NULL},
     .answer = gauge,
     .variant = OVER_ALL_PAIRS},
    {.info = {"first_bandwidth", FORK_BUG, "", "The first bandwidth alone.", NULL},
     .answer = gauge,
     .variant = FIRST_BANDWIDTH},
    {.info = {"gamma_one", FORK_BUG, "", "The product is not divided by the features.", NULL},
     .answer = gauge,
     .variant = GAMMA_ONE},
    {.info = {"always_cubic", FORK_BUG, "", "Degree 3.", NULL}, .answer = gauge, .variant = CUBIC},
    {.info = {"offset_zero", FORK_BUG, "", "No offset.", NULL},
     .answer = gauge,
     .variant = OFFSET_ZERO},
    {.info = {"gradient_halved", FORK_BUG, "",
              "A sample is in both places of a pair; one is forgotten.", NULL},
     .answer = gauge,
     .variant = GRADIENT_HALVED},
    {.info = {"gradient_of_cross_alone", FORK_BUG, "", "No gradient of the pairs of x.", NULL},
     .answer = gauge,
     .variant = GRADIENT_OF_CROSS_ALONE},
    {.info = {"upstream_ignored", FORK_BUG, "", "The upstream gradient is 1.", NULL},
     .answer = gauge,
     .variant = UPSTREAM_IGNORED},
    {.info = {"median_squared", FORK_BUG, "", "The square of the median.", NULL},
     .answer = gauge,
     .variant = MEDIAN_SQUARED},
    {.info = {"largest_for_median", FORK_BUG, "", "The largest coordinate for the median.", NULL},
     .answer = gauge,
     .variant = MEDIAN_WITHIN_X},
    {.info = {"last_sample_lost", FORK_BUG, "155", "The last sample of each row set is left out.",
              NULL},
     .answer = gauge,
     .variant = LAST_SAMPLE_LOST},
};

const struct fork_list maximum_mean_discrepancy_forks = {sizeof table / sizeof *table, table};
