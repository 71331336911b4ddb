// SPDX-License-Identifier: MIT
#include "../../reference/normalization/robust_scaling.h"
#include "../fork.h"

enum {
    BY_COUNTING,
    MEAN_FOR_MEDIAN,
    LOW_MEDIAN,
    HIGH_MEDIAN,
    NTH_OF_N,
    DEVIATION,
    MEDIAN_DISTANCE,
    HALF_RANGE,
    UNIT_MULTIPLIED,
    UNGUARDED,
    EPSILON_ADDED,
    NOT_ORDERED,
    TIES_REMOVED,
    LAST_SAMPLE_LOST,
    FIRST_BLOCK_ALONE,
    MEDIAN_OF_MEDIANS,
    FITTED_ON_EVERYTHING,
    REFITTED,
    SCALED_FIRST,
    ONE_FOR_ALL
};

/* One call. */
struct table {
    struct call *call;
    const real *x, *x_new; /* (N,D), and (M,D) or NULL */
    real *center, *scale, *z, *z_new;
    size_t N, D, M;
    struct robust_rule rule;
    int variant;
};

static struct table read(struct call *call)
{
    struct table t = {.call = call,
                      .x = call_input(call, "x", "ND"),
                      .rule = robust_rule_read(call),
                      .variant = call_variant(call)};
    t.N = call_size(call, 'N');
    t.D = call_size(call, 'D');
    t.center = call_output(call, "center", "D");
    t.scale = call_output(call, "scale", "D");
    t.z = call_output(call, "z", "ND");
    if (call_has(call, "x_new")) {
        t.x_new = call_input(call, "x_new", "MD");
        t.M = call_size(call, 'M');
        t.z_new = call_output(call, "z_new", "MD");
    }
    return t;
}

/* The value that has at most k values below it and more than k not above it. */
static real counted(const real *v, size_t n, size_t k)
{
    for (size_t i = 0; i < n; i++) {
        size_t below = 0, up_to = 0;
        for (size_t j = 0; j < n; j++) {
            below += v[j] < v[i];
            up_to += v[j] <= v[i];
        }
        if (below <= k && k < up_to)
            return v[i];
    }
    return 0;
}

static real weighed_quantile(const struct table *t, const real *v, size_t n, real q)
{
    struct quantile_place p = quantile_place(n, q, t->rule.kind);
    real below = counted(v, n, p.below), above = counted(v, n, p.above);
    if (t->variant == NOT_ORDERED) {
        below = v[p.below];
        above = v[p.above];
    } else if (t->variant == NTH_OF_N) {
        size_t at = (size_t)(real_count(n) * q);
        below = above = counted(v, n, at < n ? at : n - 1);
    }
    return (1 - p.weight) * below + p.weight * above;
}

static real middle(const struct table *t, const real *v, size_t n)
{
    real sum = 0;
    for (size_t i = 0; i < n; i++)
        sum += v[i];
    if (t->variant == MEAN_FOR_MEDIAN)
        return sum / real_count(n);
    if (t->variant == NOT_ORDERED)
        return (v[(n - 1) / 2] + v[n / 2]) / 2;
    real below = counted(v, n, (n - 1) / 2), above = counted(v, n, n / 2);
    if (t->variant == LOW_MEDIAN || t->variant == HIGH_MEDIAN)
        return t->variant == LOW_MEDIAN ? below : above;
    return below / 2 + above / 2;
}

/* Mean of the medians of the blocks. */
static real of_blocks(const struct table *t, const real *v, size_t n)
{
    size_t block = call_block(t->call), blocks = (n + block - 1) / block;
    real sum = 0;
    for (size_t b = 0; b < blocks; b++)
        sum += middle(t, &v[b * block], n - b * block < block ? n - b * block : block);
    return sum / real_count(blocks);
}

static real spread(const struct table *t, real *v, size_t n, real center)
{
    real squares = 0;
    if (t->variant == DEVIATION) {
        for (size_t i = 0; i < n; i++)
            squares += (v[i] - center) * (v[i] - center);
        return real_sqrt(squares / real_count(n));
    }
    if (t->variant == MEDIAN_DISTANCE) {
        for (size_t i = 0; i < n; i++)
            v[i] = real_abs(v[i] - center);
        return middle(t, v, n);
    }
    real range = weighed_quantile(t, v, n, t->rule.high) - weighed_quantile(t, v, n, t->rule.low);
    return t->variant == HALF_RANGE ? range / 2 : range;
}

/* The first of equal values alone; returns how many are left. */
static size_t distinct(real *v, size_t n)
{
    size_t kept = 0;
    for (size_t i = 0; i < n; i++) {
        size_t j = 0;
        while (j < kept && v[j] != v[i])
            j++;
        if (j == kept)
            v[kept++] = v[i];
    }
    return kept;
}

static void fit(const struct table *t, real *center, real *scale, const real *x, size_t N)
{
    real *v = call_scratch(t->call, N + t->M);
    size_t block = call_block(t->call);
    for (size_t d = 0; d < t->D; d++) {
        size_t n = 0;
        for (size_t i = 0; i < N; i++)
            v[n++] = x[i * t->D + d];
        for (size_t i = 0; i < t->M && t->variant == FITTED_ON_EVERYTHING; i++)
            v[n++] = t->x_new[i * t->D + d];
        if (t->variant == LAST_SAMPLE_LOST && n > 1)
            n--;
        if (t->variant == FIRST_BLOCK_ALONE && block < n)
            n = block;
        if (t->variant == TIES_REMOVED)
            n = distinct(v, n);
        real mid = t->variant == MEDIAN_OF_MEDIANS ? of_blocks(t, v, n) : middle(t, v, n);
        real range = spread(t, v, n, mid);
        range = t->variant == UNIT_MULTIPLIED ? range * t->rule.unit : range / t->rule.unit;
        range = t->variant == EPSILON_ADDED ? range + R(1e-8) : range;
        if (t->variant != UNGUARDED && range == 0)
            range = 1;
        center[d] = t->rule.uncentred ? 0 : mid;
        scale[d] = t->rule.unscaled ? 1 : range;
    }
}

static void apply(const struct table *t, real *z, const real *x, size_t rows)
{
    for (size_t i = 0; i < rows * t->D; i++) {
        size_t d = t->variant == ONE_FOR_ALL ? 0 : i % t->D;
        if (t->variant == SCALED_FIRST)
            z[i] = x[i] / t->scale[d] - t->center[d];
        else
            z[i] = (x[i] - t->center[d]) / t->scale[d];
    }
}

static void rival(struct call *call)
{
    struct table t = read(call);
    fit(&t, t.center, t.scale, t.x, t.N);
    apply(&t, t.z, t.x, t.N);
    if (t.variant == REFITTED && t.M) {
        struct table fresh = t;
        fresh.center = call_scratch(call, t.D);
        fresh.scale = call_scratch(call, t.D);
        fit(&fresh, fresh.center, fresh.scale, t.x_new, t.M);
        apply(&fresh, t.z_new, t.x_new, t.M);
    } else {
        apply(&t, t.z_new, t.x_new, t.M);
    }
}

static const struct fork table[] = {
    /* clang-format off */
    {.info = {"by_counting", FORK_TWIN, "",
              "Order statistics by counting; (1 - g) a + g b; halves of the middle values.", NULL},
     .answer = rival, .variant = BY_COUNTING},
    {.info = {"linear", FORK_CONVENTION, "271", "Quantiles of type 7.", NULL},
     .instead = {"interpolation", "linear"}},
    {.info = {"weibull", FORK_CONVENTION, "271", "Quantiles of type 6.", NULL},
     .instead = {"interpolation", "weibull"}},
    {.info = {"hazen", FORK_CONVENTION, "271", "Quantiles of type 5.", NULL},
     .instead = {"interpolation", "hazen"}},
    {.info = {"lower", FORK_CONVENTION, "271", "Quantiles are the value below.", NULL},
     .instead = {"interpolation", "lower"}},
    {.info = {"higher", FORK_CONVENTION, "271", "Quantiles are the value above.", NULL},
     .instead = {"interpolation", "higher"}},
    {.info = {"midpoint", FORK_CONVENTION, "271", "Quantiles are half way.", NULL},
     .instead = {"interpolation", "midpoint"}},
    {.info = {"nth_of_n", FORK_BUG, "271", "The value at the whole part of N q.", NULL},
     .answer = rival, .variant = NTH_OF_N},
    {.info = {"centred", FORK_BUG, "", "Always subtracts the median.", NULL},
     .instead = {"centering", "yes"}},
    {.info = {"not_centred", FORK_BUG, "", "Never subtracts the median.", NULL},
     .instead = {"centering", "no"}},
    {.info = {"scaled", FORK_BUG, "", "Always divides.", NULL}, .instead = {"scaling", "yes"}},
    {.info = {"not_scaled", FORK_BUG, "", "Never divides.", NULL}, .instead = {"scaling", "no"}},
    {.info = {"unit_ignored", FORK_BUG, "", "unit is 1, whatever is asked for.", NULL},
     .number = {"unit", 1}},
    {.info = {"low_ignored", FORK_BUG, "", "low is 1/4, whatever is asked for.", NULL},
     .number = {"low", 0.25}},
    {.info = {"high_ignored", FORK_BUG, "", "high is 3/4, whatever is asked for.", NULL},
     .number = {"high", 0.75}},
    {.info = {"mean_for_median", FORK_BUG, "", "Subtracts the mean.", NULL},
     .answer = rival, .variant = MEAN_FOR_MEDIAN},
    {.info = {"low_median", FORK_CONVENTION, "271", "Of two middle values the lower one.", NULL},
     .answer = rival, .variant = LOW_MEDIAN},
    {.info = {"high_median", FORK_CONVENTION, "271", "Of two middle values the upper one.", NULL},
     .answer = rival, .variant = HIGH_MEDIAN},
    {.info = {"deviation", FORK_BUG, "", "Divides by a standard deviation.", NULL},
     .answer = rival, .variant = DEVIATION},
    {.info = {"median_distance", FORK_CONVENTION, "", "Divides by the median distance.", NULL},
     .answer = rival, .variant = MEDIAN_DISTANCE},
    {.info = {"half_range", FORK_CONVENTION, "", "Divides by half of the range.", NULL},
     .answer = rival, .variant = HALF_RANGE},
    {.info = {"unit_multiplied", FORK_BUG, "", "Multiplies by the unit.", NULL},
     .answer = rival, .variant = UNIT_MULTIPLIED},
    {.info = {"unguarded", FORK_BUG, "271", "A range of 0 divides.", NULL},
     .answer = rival, .variant = UNGUARDED},
    {.info = {"epsilon_added", FORK_CONVENTION, "271", "Adds 1e-8 to the scale.", NULL},
     .answer = rival, .variant = EPSILON_ADDED},
    {.info = {"not_ordered", FORK_BUG, "", "Takes the places without ordering the values.", NULL},
     .answer = rival, .variant = NOT_ORDERED},
    {.info = {"ties_removed", FORK_BUG, "", "Equal values count once.", NULL},
     .answer = rival, .variant = TIES_REMOVED},
    {.info = {"last_sample_lost", FORK_BUG, "", "The last sample is left out.", NULL},
     .answer = rival, .variant = LAST_SAMPLE_LOST},
    {.info = {"first_block_alone", FORK_BUG, "", "One rank's block decides.", NULL},
     .answer = rival, .variant = FIRST_BLOCK_ALONE},
    {.info = {"median_of_medians", FORK_BUG, "", "Averages the medians of the blocks.", NULL},
     .answer = rival, .variant = MEDIAN_OF_MEDIANS},
    {.info = {"fitted_on_everything", FORK_BUG, "", "Median and range see the new data.", NULL},
     .answer = rival, .variant = FITTED_ON_EVERYTHING},
    {.info = {"refitted_on_new_data", FORK_BUG, "", "New data by its own median and range.", NULL},
     .answer = rival, .variant = REFITTED},
    {.info = {"scaled_first", FORK_BUG, "", "Divides before it subtracts.", NULL},
     .answer = rival, .variant = SCALED_FIRST},
    {.info = {"one_for_all", FORK_BUG, "", "Every feature by the first one's numbers.", NULL},
     .answer = rival, .variant = ONE_FOR_ALL},
    /* clang-format on */
};

const struct fork_list robust_scaling_forks = {sizeof table / sizeof *table, table};
