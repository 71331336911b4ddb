// SPDX-License-Identifier: MIT
#include "../../reference/gradients/pairwise_distance.h"
#include "../fork.h"

/* x^p for x >= 0. */
static real power(real x, real p)
{
    return x > 0 ? real_exp(p * real_log(x)) : 0;
}

/* Differences relative to their largest, and slopes by |d|^(p-1) over y^(p-1). */
static void scaled(struct call *call)
{
    struct distances k = distances_read(call);
    for (size_t i = 0; i < k.N * k.M; i++) {
        size_t n = i / k.M, m = i % k.M;
        const real *d = &k.d[i * k.C];
        real largest = 0, sum = 0;
        for (size_t c = 0; c < k.C; c++)
            largest = real_abs(d[c]) > largest ? real_abs(d[c]) : largest;
        for (size_t c = k.C; largest > 0 && c-- > 0;)
            sum += power(real_abs(d[c]) / largest, k.p);
        k.y[i] = largest * power(sum, 1 / k.p);
        real upstream = largest > 0 ? k.dy[i] / power(sum, (k.p - 1) / k.p) : 0;
        for (size_t c = 0; largest > 0 && c < k.C; c++) {
            real size = d[c] == 0 ? 0 : upstream * power(real_abs(d[c]) / largest, k.p - 1);
            k.dx1[n * k.C + c] += d[c] > 0 ? size : -size;
            k.dx2[m * k.C + c] -= d[c] > 0 ? size : -size;
        }
    }
}

enum mistake {
    ZERO_OVER_ZERO,
    INFINITE_SLOPE,
    ONE_AT_ZERO,
    ROOT_LOST,
    EXPANDED,
    MEAN,
    EUCLIDEAN_SLOPE,
    SIGN_OF_SECOND,
    UPSTREAM_IGNORED,
    LAST_PAIR_ONLY,
    LAST_BLOCK_LOST
};

/* y and s of pair i, after the right ones have been found. */
static void wrong_pair(const struct distances *k, enum mistake mistake, size_t i)
{
    const real *a = &k->x1[i / k->M * k->C], *b = &k->x2[i % k->M * k->C], *d = &k->d[i * k->C];
    real *s = &k->s[i * k->C], y = k->y[i];
    for (size_t c = 0; c < k->C; c++) {
        if (mistake == ZERO_OVER_ZERO || mistake == EUCLIDEAN_SLOPE)
            s[c] = mistake == EUCLIDEAN_SLOPE && y == 0 ? 0 : d[c] / y;
        else if (mistake == INFINITE_SLOPE && d[c] == 0 && y > 0 && k->p < 1)
            s[c] = real_exp((k->p - 1) * real_log(real_abs(d[c]) / y));
        else if (mistake == ONE_AT_ZERO && d[c] == 0)
            s[c] = 1;
    }
    if (mistake == EXPANDED && k->p == 2) {
        real square = sum_products(R(0.0), k->C, a, 1, a, 1) +
                      sum_products(R(0.0), k->C, b, 1, b, 1) -
                      2 * sum_products(R(0.0), k->C, a, 1, b, 1);
        k->y[i] = square > 0 ? real_sqrt(square) : 0;
    } else if (mistake == ROOT_LOST) {
        k->y[i] = power(y, k->p);
    } else if (mistake == MEAN) {
        k->y[i] = y / power(real_count(k->C), 1 / k->p);
    }
}

static void wrong_gradients(const struct distances *k, enum mistake mistake)
{
    size_t kept = mistake == LAST_BLOCK_LOST ? (k->N - 1) / k->block * k->block : k->N;
    size_t row = k->M * k->C;
    for (size_t i = 0; i < row; i++) {
        real sum = sum_sample_products(kept, k->block, &k->dy[i / k->C], k->M, &k->s[i], row);
        k->dx2[i] = mistake == SIGN_OF_SECOND ? sum : -sum;
    }
    for (size_t i = 0; i < k->N * k->C; i++) {
        size_t last = (i / k->C * k->M + k->M - 1) * k->C + i % k->C;
        if (mistake == LAST_PAIR_ONLY)
            k->dx1[i] = k->dy[last / k->C] * k->s[last];
        else if (mistake == UPSTREAM_IGNORED)
            k->dx1[i] = sum_features(k->M, &k->s[i / k->C * row + i % k->C], k->C);
    }
}

static void wrong(struct call *call)
{
    struct distances k = distances_read(call);
    enum mistake mistake = (enum mistake)call_variant(call);
    for (size_t i = 0; i < k.N * k.M; i++) {
        distances_pair(&k, i);
        wrong_pair(&k, mistake, i);
    }
    distances_backward(&k);
    if (mistake >= SIGN_OF_SECOND)
        wrong_gradients(&k, mistake);
}

static const struct fork table[] = {
    {.info = {"scaled", FORK_TWIN, "", "Relative to the largest difference.", NULL},
     .answer = scaled},
    {.info = {"zero_over_zero", FORK_NUMERICAL, "214", "Equal points have a gradient of NaN.",
              NULL},
     .answer = wrong,
     .variant = ZERO_OVER_ZERO},
    {.info = {"infinite_slope", FORK_NUMERICAL, "214",
              "Below p = 1, equal values have an infinite slope.", NULL},
     .answer = wrong,
     .variant = INFINITE_SLOPE},
    {.info = {"one_at_zero", FORK_BUG, "214", "Equal values have the slope 1.", NULL},
     .answer = wrong,
     .variant = ONE_AT_ZERO},
    {.info = {"expanded", FORK_NUMERICAL, "214", "The square of the difference, expanded.", NULL},
     .answer = wrong,
     .variant = EXPANDED},
    {.info = {"root_lost", FORK_BUG, "", "The sum of powers without the root.", NULL},
     .answer = wrong,
     .variant = ROOT_LOST},
    {.info = {"mean", FORK_CONVENTION, "", "The mean of powers, not their sum.", NULL},
     .answer = wrong,
     .variant = MEAN},
    {.info = {"euclidean_slope", FORK_BUG, "214", "The slope of p = 2 for every p.", NULL},
     .answer = wrong,
     .variant = EUCLIDEAN_SLOPE},
    {.info = {"sign_of_second", FORK_BUG, "", "The second set is pulled the same way.", NULL},
     .answer = wrong,
     .variant = SIGN_OF_SECOND},
    {.info = {"upstream_ignored", FORK_BUG, "", "The upstream is not in dx1.", NULL},
     .answer = wrong,
     .variant = UPSTREAM_IGNORED},
    {.info = {"last_pair_only", FORK_BUG, "", "Of all pairs the last one stays in dx1.", NULL},
     .answer = wrong,
     .variant = LAST_PAIR_ONLY},
    {.info = {"last_block_lost", FORK_BUG, "", "The last block is not in dx2.", NULL},
     .answer = wrong,
     .variant = LAST_BLOCK_LOST},
    {.info = {"always_euclidean", FORK_CONVENTION, "", "p is ignored.", NULL}, .number = {"p", 2}},
    {.info = {"epsilon_ignored", FORK_CONVENTION, "", "Nothing is added to differences.", NULL},
     .number = {"epsilon", 0}},
};

const struct fork_list pairwise_distance_forks = {sizeof table / sizeof *table, table};
