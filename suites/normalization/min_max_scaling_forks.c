// SPDX-License-Identifier: MIT
#include "../../reference/normalization/min_max_scaling.h"
#include "../fork.h"

/* One call; the forks take other extremes, or apply them otherwise. */
struct table {
    const real *x, *x_new; /* (N,D), and (M,D) or NULL */
    real *minimum, *maximum, *z, *z_new;
    size_t N, D, M;
    struct min_max_range range;
};

static struct table read(struct call *call)
{
    struct table t = {.x = call_input(call, "x", "ND"), .range = min_max_range_read(call)};
    t.N = call_size(call, 'N');
    t.D = call_size(call, 'D');
    t.minimum = call_output(call, "minimum", "D");
    t.maximum = call_output(call, "maximum", "D");
    t.z = call_output(call, "z", "ND");
    if (call_has(call, "x_new")) {
        t.x_new = call_input(call, "x_new", "MD");
        t.M = call_size(call, 'M');
        t.z_new = call_output(call, "z_new", "MD");
    }
    min_max_scaling_fit(t.minimum, t.maximum, t.x, t.N, t.D);
    return t;
}

/* Both arrays by a rule for one element of column d. */
static void apply(struct table *t, real (*rule)(const struct table *t, real x, size_t d))
{
    for (size_t i = 0; i < t->N * t->D; i++)
        t->z[i] = rule(t, t->x[i], i % t->D);
    for (size_t i = 0; i < t->M * t->D; i++)
        t->z_new[i] = rule(t, t->x_new[i], i % t->D);
}

static real span(const struct table *t, size_t d)
{
    return t->maximum[d] > t->minimum[d] ? t->maximum[d] - t->minimum[d] : 1;
}

static real clip(const struct table *t, real z)
{
    if (!t->range.clip)
        return z;
    return z < t->range.low ? t->range.low : z > t->range.high ? t->range.high : z;
}

static real weigh(const struct table *t, real x, size_t d)
{
    real above = (x - t->minimum[d]) / span(t, d);
    return clip(t, (1 - above) * t->range.low + above * t->range.high);
}

static void interpolated(struct call *call)
{
    struct table t = read(call);
    apply(&t, weigh);
}

static real to_unit(const struct table *t, real x, size_t d)
{
    return (x - t->minimum[d]) / span(t, d);
}

static void range_ignored(struct call *call)
{
    struct table t = read(call);
    apply(&t, to_unit);
}

static real without_low(const struct table *t, real x, size_t d)
{
    return clip(t, to_unit(t, x, d) * (t->range.high - t->range.low));
}

static void low_forgotten(struct call *call)
{
    struct table t = read(call);
    apply(&t, without_low);
}

static real times_high(const struct table *t, real x, size_t d)
{
    return clip(t, to_unit(t, x, d) * t->range.high + t->range.low);
}

static void high_for_width(struct call *call)
{
    struct table t = read(call);
    apply(&t, times_high);
}

static real by_maximum(const struct table *t, real x, size_t d)
{
    real width = t->range.high - t->range.low;
    real largest = t->maximum[d] == 0 ? 1 : t->maximum[d];
    return clip(t, (x - t->minimum[d]) / largest * width + t->range.low);
}

static void maximum_for_span(struct call *call)
{
    struct table t = read(call);
    apply(&t, by_maximum);
}

static real unguarded(const struct table *t, real x, size_t d)
{
    real width = t->range.high - t->range.low;
    return clip(t, (x - t->minimum[d]) / (t->maximum[d] - t->minimum[d]) * width + t->range.low);
}

static void constant_column_divided(struct call *call)
{
    struct table t = read(call);
    apply(&t, unguarded);
}

static real with_epsilon(const struct table *t, real x, size_t d)
{
    real width = t->range.high - t->range.low, s = t->maximum[d] - t->minimum[d] + R(1e-8);
    return clip(t, (x - t->minimum[d]) / s * width + t->range.low);
}

static void epsilon_added(struct call *call)
{
    struct table t = read(call);
    apply(&t, with_epsilon);
}

static void scale_rightly(struct table *t)
{
    min_max_scaling_apply(t->z, t->x, t->minimum, t->maximum, &t->range, t->N, t->D);
    if (t->x_new)
        min_max_scaling_apply(t->z_new, t->x_new, t->minimum, t->maximum, &t->range, t->M, t->D);
}

static void swapped(struct call *call)
{
    struct table t = read(call);
    struct table other = t;
    other.minimum = t.maximum;
    other.maximum = t.minimum;
    for (size_t d = 0; d < t.D; d++) {
        real largest = t.maximum[d];
        t.maximum[d] = t.minimum[d];
        t.minimum[d] = largest;
    }
    scale_rightly(&other);
}

static void refitted_on_new_data(struct call *call)
{
    struct table t = read(call);
    scale_rightly(&t);
    if (!t.x_new)
        return;
    real *low = call_scratch(call, t.D), *high = call_scratch(call, t.D);
    min_max_scaling_fit(low, high, t.x_new, t.M, t.D);
    min_max_scaling_apply(t.z_new, t.x_new, low, high, &t.range, t.M, t.D);
}

static void fitted_on_everything(struct call *call)
{
    struct table t = read(call);
    for (size_t i = 0; i < t.M * t.D; i++) {
        real *low = &t.minimum[i % t.D], *high = &t.maximum[i % t.D];
        *low = t.x_new[i] < *low ? t.x_new[i] : *low;
        *high = t.x_new[i] > *high ? t.x_new[i] : *high;
    }
    scale_rightly(&t);
}

static void extremes_from_zero(struct call *call)
{
    struct table t = read(call);
    for (size_t d = 0; d < t.D; d++) {
        t.minimum[d] = t.minimum[d] < 0 ? t.minimum[d] : 0;
        t.maximum[d] = t.maximum[d] > 0 ? t.maximum[d] : 0;
    }
    scale_rightly(&t);
}

static void one_range_for_all(struct call *call)
{
    struct table t = read(call);
    real low = t.minimum[0], high = t.maximum[0];
    for (size_t d = 1; d < t.D; d++) {
        low = t.minimum[d] < low ? t.minimum[d] : low;
        high = t.maximum[d] > high ? t.maximum[d] : high;
    }
    for (size_t d = 0; d < t.D; d++) {
        t.minimum[d] = low;
        t.maximum[d] = high;
    }
    scale_rightly(&t);
}

static void last_sample_lost(struct call *call)
{
    struct table t = read(call);
    if (t.N > 1)
        min_max_scaling_fit(t.minimum, t.maximum, t.x, t.N - 1, t.D);
    scale_rightly(&t);
}

static const struct fork table[] = {
    /* clang-format off */
    {.info = {"interpolated", FORK_TWIN, "", "(1 - a) low + a high with a = (x - min) / span.",
     NULL},
     .answer = interpolated},
    {.info = {"clip", FORK_CONVENTION, "", "New data is clipped to the range.", NULL},
     .instead = {"clip", "yes"}},
    {.info = {"no_clip", FORK_CONVENTION, "", "New data may leave the range.", NULL},
     .instead = {"clip", "no"}},
    {.info = {"range_ignored", FORK_BUG, "", "The range is [0, 1] whatever is asked for.", NULL},
     .answer = range_ignored},
    {.info = {"low_forgotten", FORK_BUG, "", "The low end is not added.", NULL},
     .answer = low_forgotten},
    {.info = {"high_for_width", FORK_BUG, "", "The high end stands for the width.", NULL},
     .answer = high_for_width},
    {.info = {"maximum_for_span", FORK_BUG, "", "Divides by the maximum, not the span.", NULL},
     .answer = maximum_for_span},
    {.info = {"constant_column_divided", FORK_BUG, "271", "A constant column is divided by 0.",
     NULL},
     .answer = constant_column_divided},
    {.info = {"epsilon_added", FORK_CONVENTION, "271", "Adds 1e-8 to the span.", NULL},
     .answer = epsilon_added},
    {.info = {"swapped", FORK_BUG, "257", "Minimum and maximum are exchanged.", NULL},
     .answer = swapped},
    {.info = {"refitted_on_new_data", FORK_BUG, "",
              "New data is scaled by its own extremes: fit_transform for transform.", NULL},
     .answer = refitted_on_new_data},
    {.info = {"fitted_on_everything", FORK_BUG, "", "The extremes see the new data as well.", NULL},
     .answer = fitted_on_everything},
    {.info = {"extremes_from_zero", FORK_BUG, "", "The search for extremes starts at 0.", NULL},
     .answer = extremes_from_zero},
    {.info = {"one_range_for_all", FORK_BUG, "", "All features share their extremes.", NULL},
     .answer = one_range_for_all},
    {.info = {"last_sample_lost", FORK_BUG, "", "The extremes leave out the last sample.", NULL},
     .answer = last_sample_lost},
    /* clang-format on */
};

const struct fork_list min_max_scaling_forks = {sizeof table / sizeof *table, table};
