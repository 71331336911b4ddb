// SPDX-License-Identifier: MIT
#include "../../reference/metrics/bootstrap_interval.h"
#include "../fork.h"

enum mistake {
    NONE,
    ONE_TAIL,
    UNSORTED,
    BASIC_NOT_SWAPPED,
    ERROR_OVER_B,
    ERROR_ABOUT_OBSERVED,
    STANDARD_ERROR,
    DEVIATION_OVER_N,
    MEDIAN_LOWER,
    NOT_RESAMPLED,
    FIRST_INDEX,
    TRANSPOSED,
    OBSERVED_IS_MEAN_OF_REPLICATES,
    POSITION_OVER_B,
    LAST_VALUE_LOST
};

static real pick(const real *v, size_t n, size_t rank)
{
    for (size_t i = 0; i < n; i++) {
        size_t below = 0, up_to = 0;
        for (size_t j = 0; j < n; j++) {
            below += v[j] < v[i];
            up_to += v[j] <= v[i];
        }
        if (below <= rank && rank < up_to)
            return v[i];
    }
    return v[0];
}

static real spread(const real *v, size_t n, real about, size_t divisor)
{
    real sum = 0;
    for (size_t i = n; i-- > 0;)
        sum = sum + (v[i] - about) * (v[i] - about);
    return real_sqrt(sum / real_count(divisor));
}

static real mean(const real *v, size_t n)
{
    real mean = 0;
    for (size_t i = 0; i < n; i++)
        mean = mean + (v[i] - mean) / real_count(i + 1);
    return mean;
}

static real evaluate(const struct bootstrap *b, enum mistake mistake, const real *v)
{
    size_t N = b->N - (mistake == LAST_VALUE_LOST);
    if (b->statistic == BOOTSTRAP_MEAN)
        return mean(v, N);
    if (b->statistic == BOOTSTRAP_DEVIATION)
        return spread(v, N, mean(v, N), mistake == DEVIATION_OVER_N ? N : N - 1);
    real low = pick(v, N, (N - 1) / 2);
    return mistake == MEDIAN_LOWER ? low : low + (pick(v, N, N / 2) - low) / 2;
}

/* From the count below: p B = below + share in each rule's own way. */
static real quantile(const struct bootstrap *b, enum mistake mistake, real p)
{
    static const int doubled[] = {-2, 2, 0};
    real B = real_count(b->B), h = 0;
    if (b->rule == QUANTILE_WEIBULL || b->rule == QUANTILE_HAZEN)
        h = ((2 * B + (real)doubled[b->rule]) * p - (b->rule == QUANTILE_HAZEN ? 1 : 2)) / 2;
    else if (b->rule == QUANTILE_MEDIAN_UNBIASED)
        h = ((3 * B + 1) * p - 2) / 3;
    else
        h = b->rule == QUANTILE_INVERSE || mistake == POSITION_OVER_B ? p * B - 1 : p * B - p;
    h = h < 0 ? 0 : h > B - 1 ? B - 1 : h;
    size_t below = (size_t)h, above = below + (h > (real)below);
    real share = h - (real)below;
    real low = mistake == UNSORTED ? b->replicate[below] : pick(b->replicate, b->B, below);
    real high = mistake == UNSORTED ? b->replicate[above] : pick(b->replicate, b->B, above);
    if (b->rule == QUANTILE_LOWER)
        return low;
    if (b->rule == QUANTILE_HIGHER || b->rule == QUANTILE_INVERSE)
        return high;
    if (b->rule == QUANTILE_NEAREST)
        return share > R(0.5) ? high : low;
    share = b->rule == QUANTILE_MIDPOINT ? R(0.5) : share;
    return (1 - share) * low + share * high;
}

static void resample(struct call *call)
{
    enum mistake mistake = (enum mistake)call_variant(call);
    struct bootstrap b = bootstrap_interval_read(call);
    real *v = call_scratch(call, b.N), tail = (1 - b.level) / 2;
    *b.observed = evaluate(&b, mistake, b.x);
    for (size_t r = 0; r < b.B; r++) {
        for (size_t n = 0; n < b.N; n++) {
            size_t at = mistake == TRANSPOSED ? n * b.B + r : r * b.N + n;
            at = mistake == FIRST_INDEX ? n : at;
            v[n] = b.x[mistake == NOT_RESAMPLED ? n : (size_t)b.index[at]];
        }
        b.replicate[r] = evaluate(&b, mistake, v);
    }
    real center = mistake == ERROR_ABOUT_OBSERVED ? *b.observed : mean(b.replicate, b.B);
    *b.error = spread(b.replicate, b.B, center, mistake == ERROR_OVER_B ? b.B : b.B - 1);
    if (mistake == STANDARD_ERROR)
        *b.error = *b.error / real_sqrt(real_count(b.B));
    if (mistake == OBSERVED_IS_MEAN_OF_REPLICATES)
        *b.observed = mean(b.replicate, b.B);
    tail = mistake == ONE_TAIL ? 2 * tail : tail;
    real low = quantile(&b, mistake, tail), high = quantile(&b, mistake, 1 - tail);
    int swap = mistake != BASIC_NOT_SWAPPED;
    *b.low = b.basic ? *b.observed + (*b.observed - (swap ? high : low)) : low;
    *b.high = b.basic ? *b.observed + (*b.observed - (swap ? low : high)) : high;
}

static const struct fork table[] = {
    {.info = {"by_counting", FORK_TWIN, "", "Order statistics by counting; running means.", NULL},
     .answer = resample},
    {.info = {"percentile", FORK_CONVENTION, "", "Quantiles as they are.", NULL},
     .instead = {"interval", "percentile"}},
    {.info = {"basic", FORK_CONVENTION, "", "Quantiles turned around.", NULL},
     .instead = {"interval", "basic"}},
    {.info = {"linear", FORK_CONVENTION, "271", "Type 7.", NULL},
     .instead = {"quantile", "linear"}},
    {.info = {"weibull", FORK_CONVENTION, "271", "Type 6.", NULL},
     .instead = {"quantile", "weibull"}},
    {.info = {"hazen", FORK_CONVENTION, "271", "Type 5.", NULL}, .instead = {"quantile", "hazen"}},
    {.info = {"median_unbiased", FORK_CONVENTION, "271", "Type 8.", NULL},
     .instead = {"quantile", "median_unbiased"}},
    {.info = {"lower", FORK_CONVENTION, "271", "The one below.", NULL},
     .instead = {"quantile", "lower"}},
    {.info = {"higher", FORK_CONVENTION, "271", "The one above.", NULL},
     .instead = {"quantile", "higher"}},
    {.info = {"nearest", FORK_CONVENTION, "271", "The nearer one.", NULL},
     .instead = {"quantile", "nearest"}},
    {.info = {"midpoint", FORK_CONVENTION, "271", "The mean of both.", NULL},
     .instead = {"quantile", "midpoint"}},
    {.info = {"inverse", FORK_CONVENTION, "271", "Type 1.", NULL},
     .instead = {"quantile", "inverse"}},
    {.info = {"mean_always", FORK_BUG, "", "The mean.", NULL}, .instead = {"statistic", "mean"}},
    {.info = {"one_tail", FORK_BUG, "", "All that is left out at either end.", NULL},
     .answer = resample,
     .variant = ONE_TAIL},
    {.info = {"unsorted", FORK_BUG, "", "Replicates are not sorted.", NULL},
     .answer = resample,
     .variant = UNSORTED},
    {.info = {"not_swapped", FORK_BUG, "", "The ends of the basic interval are exchanged.", NULL},
     .answer = resample,
     .variant = BASIC_NOT_SWAPPED},
    {.info = {"error_over_b", FORK_CONVENTION, "271", "The error over B.", NULL},
     .answer = resample,
     .variant = ERROR_OVER_B},
    {.info = {"error_about_observed", FORK_BUG, "", "The error about the observed value.", NULL},
     .answer = resample,
     .variant = ERROR_ABOUT_OBSERVED},
    {.info = {"error_of_mean", FORK_BUG, "", "The error divided by the root of B.", NULL},
     .answer = resample,
     .variant = STANDARD_ERROR},
    {.info = {"deviation_over_n", FORK_CONVENTION, "271", "The deviation over N.", NULL},
     .answer = resample,
     .variant = DEVIATION_OVER_N},
    {.info = {"median_lower", FORK_CONVENTION, "271", "The lower median.", NULL},
     .answer = resample,
     .variant = MEDIAN_LOWER},
    {.info = {"not_resampled", FORK_BUG, "", "Indices are ignored.", NULL},
     .answer = resample,
     .variant = NOT_RESAMPLED},
    {.info = {"first_resample", FORK_BUG, "", "The first resample serves always.", NULL},
     .answer = resample,
     .variant = FIRST_INDEX},
    {.info = {"transposed", FORK_BUG, "", "Indices are read down the columns.", NULL},
     .answer = resample,
     .variant = TRANSPOSED},
    {.info = {"mean_of_replicates", FORK_BUG, "", "The mean replicate for the observed.", NULL},
     .answer = resample,
     .variant = OBSERVED_IS_MEAN_OF_REPLICATES},
    {.info = {"position_over_b", FORK_BUG, "271", "Positions B p - 1 in all other rules.", NULL},
     .answer = resample,
     .variant = POSITION_OVER_B},
    {.info = {"last_value_lost", FORK_BUG, "155", "The last value is left out.", NULL},
     .answer = resample,
     .variant = LAST_VALUE_LOST},
};

const struct fork_list bootstrap_interval_forks = {sizeof table / sizeof *table, table};
