// SPDX-License-Identifier: MIT
#include "../../reference/normalization/max_abs_scaling.h"
#include "../fork.h"

enum {
    RECIPROCAL,
    SIGNED_MAXIMUM,
    PER_SAMPLE,
    HALF_RANGE,
    CENTRED,
    UNGUARDED,
    EPSILON_ADDED,
    DEVIATION,
    REFITTED,
    FITTED_ON_EVERYTHING,
    LAST_SAMPLE_LOST,
    FIRST_BLOCK_ALONE,
    MAGNITUDES,
    TRAINING_CLIPPED_TO_UNIT
};

/* One call; the forks take other divisors and offsets (D). */
struct table {
    const real *x, *x_new; /* (N,D), and (M,D) or NULL */
    real *largest, *z, *z_new, *divisor, *offset;
    size_t N, D, M;
    struct max_abs_rule rule;
};

static struct table read(struct call *call)
{
    struct table t = {.x = call_input(call, "x", "ND"), .rule = max_abs_rule_read(call)};
    t.N = call_size(call, 'N');
    t.D = call_size(call, 'D');
    t.largest = call_output(call, "largest", "D");
    t.z = call_output(call, "z", "ND");
    if (call_has(call, "x_new")) {
        t.x_new = call_input(call, "x_new", "MD");
        t.M = call_size(call, 'M');
        t.z_new = call_output(call, "z_new", "MD");
    }
    t.divisor = call_scratch(call, t.D);
    t.offset = call_scratch(call, t.D);
    max_abs_scaling_fit(t.largest, t.x, t.N, t.D, t.rule.scope);
    return t;
}

static real clipped(real z, int clip)
{
    return !clip ? z : z > 1 ? 1 : z < -1 ? -1 : z;
}

static void scale(const struct table *t, real *z, const real *x, size_t rows)
{
    for (size_t i = 0; i < rows * t->D; i++)
        z[i] = clipped((x[i] - t->offset[i % t->D]) * (1 / t->divisor[i % t->D]), t->rule.clip);
}

/* Extremes of column d. */
static void extremes(const struct table *t, size_t d, real *low, real *high)
{
    *low = *high = t->x[d];
    for (size_t n = 1; n < t->N; n++) {
        real x = t->x[n * t->D + d];
        *low = x < *low ? x : *low;
        *high = x > *high ? x : *high;
    }
}

/* Root of the mean square of column d. */
static real deviation(const struct table *t, size_t d)
{
    real squares = 0;
    for (size_t n = 0; n < t->N; n++)
        squares += t->x[n * t->D + d] * t->x[n * t->D + d] / real_count(t->N);
    return real_sqrt(squares);
}

static void refit(struct call *call, struct table *t, int variant)
{
    size_t rows = t->N;
    if (variant == LAST_SAMPLE_LOST && t->N > 1)
        rows = t->N - 1;
    if (variant == FIRST_BLOCK_ALONE)
        rows = call_block(call) < t->N ? call_block(call) : t->N;
    if (rows != t->N)
        max_abs_scaling_fit(t->largest, t->x, rows, t->D, t->rule.scope);
    if (variant != FITTED_ON_EVERYTHING || !t->x_new)
        return;
    real *fresh = call_scratch(call, t->D);
    max_abs_scaling_fit(fresh, t->x_new, t->M, t->D, t->rule.scope);
    for (size_t d = 0; d < t->D; d++)
        t->largest[d] = fresh[d] > t->largest[d] ? fresh[d] : t->largest[d];
}

static void choose(struct table *t, int variant)
{
    for (size_t d = 0; d < t->D; d++) {
        real low, high, *divisor = &t->divisor[d];
        extremes(t, d, &low, &high);
        *divisor = t->largest[d];
        if (variant == SIGNED_MAXIMUM)
            *divisor = t->largest[d] = high;
        if (variant == HALF_RANGE)
            *divisor = t->largest[d] = (high - low) / 2;
        if (variant == CENTRED)
            t->offset[d] = (high + low) / 2;
        if (variant == DEVIATION)
            *divisor = t->largest[d] = deviation(t, d);
        if (variant == EPSILON_ADDED)
            *divisor = *divisor + R(1e-8);
        if (*divisor == 0 && variant != UNGUARDED)
            *divisor = 1;
    }
}

/* Each row by its own largest value. */
static void by_sample(const struct table *t, real *z, const real *x, size_t rows)
{
    for (size_t n = 0; n < rows; n++) {
        real most = 0;
        for (size_t d = 0; d < t->D; d++)
            most = real_abs(x[n * t->D + d]) > most ? real_abs(x[n * t->D + d]) : most;
        for (size_t d = 0; d < t->D; d++)
            z[n * t->D + d] = x[n * t->D + d] / (most > 0 ? most : 1);
    }
}

static void rival(struct call *call)
{
    int variant = call_variant(call);
    struct table t = read(call);
    refit(call, &t, variant);
    choose(&t, variant);
    scale(&t, t.z, t.x, t.N);
    scale(&t, t.z_new, t.x_new, t.M);
    if (variant == PER_SAMPLE) {
        by_sample(&t, t.z, t.x, t.N);
        by_sample(&t, t.z_new, t.x_new, t.M);
    }
    if (variant == REFITTED && t.M) {
        real *fresh = call_scratch(call, t.D);
        max_abs_scaling_fit(fresh, t.x_new, t.M, t.D, t.rule.scope);
        max_abs_scaling_apply(t.z_new, t.x_new, fresh, t.M, t.D, t.rule.clip);
    }
    for (size_t i = 0; i < t.N * t.D && variant == MAGNITUDES; i++)
        t.z[i] = real_abs(t.z[i]);
    for (size_t i = 0; i < t.N * t.D && variant == TRAINING_CLIPPED_TO_UNIT; i++)
        t.z[i] = t.z[i] < 0 ? 0 : t.z[i];
}

static const struct fork table[] = {
    /* clang-format off */
    {.info = {"reciprocal", FORK_TWIN, "", "Multiplies by the reciprocal.", NULL},
     .answer = rival, .variant = RECIPROCAL},
    {.info = {"per_feature", FORK_CONVENTION, "", "Every feature by its own largest.", NULL},
     .instead = {"scope", "feature"}},
    {.info = {"of_all", FORK_CONVENTION, "", "All features share the largest value.", NULL},
     .instead = {"scope", "all"}},
    {.info = {"clip", FORK_CONVENTION, "", "New data is clipped.", NULL}, .instead = {"clip",
     "yes"}},
    {.info = {"no_clip", FORK_CONVENTION, "", "New data is not clipped.", NULL},
     .instead = {"clip", "no"}},
    {.info = {"signed_maximum", FORK_BUG, "", "The largest value, not the largest magnitude.",
     NULL},
     .answer = rival, .variant = SIGNED_MAXIMUM},
    {.info = {"per_sample", FORK_CONVENTION, "", "Every sample by its own largest.", NULL},
     .answer = rival, .variant = PER_SAMPLE},
    {.info = {"half_range", FORK_BUG, "", "Divides by half of maximum minus minimum.", NULL},
     .answer = rival, .variant = HALF_RANGE},
    {.info = {"centred", FORK_BUG, "", "The middle of the range is subtracted first.", NULL},
     .answer = rival, .variant = CENTRED},
    {.info = {"unguarded", FORK_BUG, "271", "A feature of zeros is divided by 0.", NULL},
     .answer = rival, .variant = UNGUARDED},
    {.info = {"epsilon_added", FORK_CONVENTION, "271", "Adds 1e-8 to the divisor.", NULL},
     .answer = rival, .variant = EPSILON_ADDED},
    {.info = {"root_mean_square", FORK_BUG, "", "Divides by the root of the mean square.", NULL},
     .answer = rival, .variant = DEVIATION},
    {.info = {"refitted_on_new_data", FORK_BUG, "", "New data is scaled by its own largest.", NULL},
     .answer = rival, .variant = REFITTED},
    {.info = {"fitted_on_everything", FORK_BUG, "", "The largest values see the new data.", NULL},
     .answer = rival, .variant = FITTED_ON_EVERYTHING},
    {.info = {"last_sample_lost", FORK_BUG, "", "The last sample is left out.", NULL},
     .answer = rival, .variant = LAST_SAMPLE_LOST},
    {.info = {"first_block_alone", FORK_BUG, "", "One rank's block decides.", NULL},
     .answer = rival, .variant = FIRST_BLOCK_ALONE},
    {.info = {"magnitudes", FORK_BUG, "", "Signs are lost.", NULL},
     .answer = rival, .variant = MAGNITUDES},
    {.info = {"clipped_at_zero", FORK_BUG, "", "Negative values become 0.", NULL},
     .answer = rival, .variant = TRAINING_CLIPPED_TO_UNIT},
    /* clang-format on */
};

const struct fork_list max_abs_scaling_forks = {sizeof table / sizeof *table, table};
