// SPDX-License-Identifier: MIT
#include "bootstrap_interval.h"

struct bootstrap bootstrap_interval_read(struct call *call)
{
    static const char *const statistics[] = {"mean", "median", "deviation", NULL};
    static const char *const intervals[] = {"percentile", "basic", NULL};
    static const char *const rules[] = {"linear", "weibull", "hazen",    "median_unbiased", "lower",
                                        "higher", "nearest", "midpoint", "inverse",         NULL};
    struct bootstrap b = {.statistic =
                              (enum bootstrap_statistic)call_choice(call, "statistic", statistics),
                          .rule = (enum quantile_rule)call_choice(call, "quantile", rules),
                          .basic = call_choice(call, "interval", intervals),
                          .level = call_number_or(call, "level", R(0.95)),
                          .x = call_input(call, "x", "N")};
    b.N = call_size(call, 'N');
    if (b.N < 2)
        call_fail(call, "input 'x' has %zu values; nothing varies", b.N);
    b.index = call_integers(call, "index", "BN", 0, (int)b.N - 1);
    b.B = call_size(call, 'B');
    if (b.B < 2)
        call_fail(call, "input 'index' has %zu resamples; give two at least", b.B);
    if (!(b.level > 0 && b.level < 1))
        call_fail(call, "number 'level' is not between 0 and 1");
    b.observed = call_output(call, "observed", "");
    b.replicate = call_output(call, "replicate", "B");
    b.error = call_output(call, "error", "");
    b.low = call_output(call, "low", "");
    b.high = call_output(call, "high", "");
    return b;
}

/* sorted (n) from v (n). */
static void sort(real *sorted, const real *v, size_t n)
{
    for (size_t i = 0; i < n; i++) {
        size_t rank = 0;
        for (size_t j = 0; j < n; j++)
            rank += v[j] < v[i] || (v[j] == v[i] && j < i);
        sorted[rank] = v[i];
    }
}

static real deviation(const real *v, real *square, size_t n)
{
    real mean = sum_features(n, v, 1) / real_count(n);
    for (size_t i = 0; i < n; i++)
        square[i] = (v[i] - mean) * (v[i] - mean);
    return real_sqrt(sum_features(n, square, 1) / real_count(n - 1));
}

static real statistic_of(const struct bootstrap *b, const real *v, real *scratch)
{
    if (b->statistic == BOOTSTRAP_DEVIATION)
        return deviation(v, scratch, b->N);
    if (b->statistic == BOOTSTRAP_MEAN)
        return sum_features(b->N, v, 1) / real_count(b->N);
    sort(scratch, v, b->N);
    return (scratch[(b->N - 1) / 2] + scratch[b->N / 2]) / 2;
}

/* Where p stands among B, for the rules that have a position. */
static real position(const struct bootstrap *b, real p)
{
    real B = real_count(b->B);
    switch (b->rule) {
    case QUANTILE_WEIBULL:
        return (B + 1) * p - 1;
    case QUANTILE_HAZEN:
        return B * p - R(0.5);
    case QUANTILE_MEDIAN_UNBIASED:
        return (B + R(1.0) / 3) * p - R(2.0) / 3;
    case QUANTILE_INVERSE:
        return B * p - 1;
    default:
        return (B - 1) * p;
    }
}

static real quantile(struct call *call, const struct bootstrap *b, const real *v, real p)
{
    real h = position(b, p), last = real_count(b->B - 1);
    h = h > 0 ? h : R(0.0);
    h = h < last ? h : last;
    size_t below = (size_t)h, above = below + (h > (real)below);
    real share = h - (real)below, gap[] = {share, 1 - share};
    if (b->rule < QUANTILE_LOWER)
        return v[below] + share * (v[above] - v[below]);
    if (b->rule == QUANTILE_NEAREST)
        gap[0] = gap[1] = share - R(0.5);
    call_decisions(call, 2, gap);
    if (b->rule == QUANTILE_MIDPOINT)
        return (v[below] + v[above]) / 2;
    int up = b->rule == QUANTILE_NEAREST ? share > R(0.5) : b->rule != QUANTILE_LOWER;
    return v[up ? above : below];
}

void bootstrap_interval_answer(struct call *call)
{
    struct bootstrap b = bootstrap_interval_read(call);
    size_t most = b.N > b.B ? b.N : b.B;
    real *v = call_scratch(call, b.N), *scratch = call_scratch(call, most);
    real *sorted = call_scratch(call, b.B), tail = (1 - b.level) / 2;
    *b.observed = statistic_of(&b, b.x, scratch);
    for (size_t r = 0; r < b.B; r++) {
        for (size_t n = 0; n < b.N; n++)
            v[n] = b.x[b.index[r * b.N + n]];
        b.replicate[r] = statistic_of(&b, v, scratch);
    }
    *b.error = deviation(b.replicate, scratch, b.B);
    sort(sorted, b.replicate, b.B);
    real lower = quantile(call, &b, sorted, tail), upper = quantile(call, &b, sorted, 1 - tail);
    *b.low = b.basic ? 2 * *b.observed - upper : lower;
    *b.high = b.basic ? 2 * *b.observed - lower : upper;
}
