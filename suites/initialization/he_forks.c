// SPDX-License-Identifier: MIT
#include "../../reference/initialization/he.h"
#include "../../reference/initialization/initialization.h"
#include "../fork.h"

/* What a scale is made of. The forks below make it in their own way. */
struct scaling {
    enum initial_distribution distribution;
    real slope;
    int outgoing;                 /* fan = fan_out */
    real fan_in, fan_out, window; /* window: H W, or 1 */
};

static struct scaling read_scaling(struct call *call)
{
    static const char *const distributions[] = {"normal", "uniform", "truncated_normal", NULL};
    static const enum initial_distribution distribution[] = {INITIAL_NORMAL, INITIAL_UNIFORM,
                                                             INITIAL_TRUNCATED_NORMAL};
    static const char *const fans[] = {"fan_in", "fan_out", NULL};
    struct scaling s = {.slope = call_number_or(call, "negative_slope", R(0.0))};
    s.distribution = distribution[call_choice(call, "distribution", distributions)];
    s.outgoing = call_choice(call, "fan", fans);
    return s;
}

static void run(struct call *call, real (*scale)(const struct scaling *))
{
    struct scaling s = read_scaling(call);
    struct initial_weights weights = initial_weights_read(call);
    s.fan_in = real_count(weights.fan_in);
    s.fan_out = real_count(weights.fan_out);
    s.window = s.fan_in / real_count(call_size(call, 'I'));
    initial_weights_scale(&weights, scale(&s));
}

/* The scale of a distribution for a given variance of the weights. */
static real scale_of(const struct scaling *s, real variance)
{
    if (s->distribution == INITIAL_UNIFORM)
        return real_sqrt(3 * variance);
    return real_sqrt(variance) / truncated_normal_correction(s->distribution);
}

static real fan(const struct scaling *s)
{
    return s->outgoing ? s->fan_out : s->fan_in;
}

static real variance(const struct scaling *s)
{
    return 2 / ((1 + s->slope * s->slope) * fan(s));
}

static real through_variance(const struct scaling *s)
{
    return scale_of(s, variance(s));
}

static void from_variance(struct call *call)
{
    run(call, through_variance);
}

static real through_unit_gain(const struct scaling *s)
{
    return scale_of(s, 1 / fan(s));
}

static void no_gain(struct call *call)
{
    run(call, through_unit_gain);
}

static real through_average(const struct scaling *s)
{
    return scale_of(s, variance(s) * fan(s) * 2 / (s->fan_in + s->fan_out));
}

static void fan_average(struct call *call)
{
    run(call, through_average);
}

static real through_plain_normal(const struct scaling *s)
{
    real scale = scale_of(s, variance(s));
    return scale * truncated_normal_correction(s->distribution);
}

static void not_corrected(struct call *call)
{
    run(call, through_plain_normal);
}

static real through_channels(const struct scaling *s)
{
    return scale_of(s, variance(s) * s->window);
}

static void window_ignored(struct call *call)
{
    run(call, through_channels);
}

static real through_plain_slope(const struct scaling *s)
{
    return scale_of(s, 2 / ((1 + s->slope) * fan(s)));
}

static void slope_not_squared(struct call *call)
{
    run(call, through_plain_slope);
}

static real through_variance_alone(const struct scaling *s)
{
    return variance(s);
}

static void variance_for_deviation(struct call *call)
{
    run(call, through_variance_alone);
}

static const struct fork table[] = {
    {.info = {"from_variance", FORK_TWIN, "", "The variance first, then the scale that gives it.",
              NULL},
     .answer = from_variance},
    {.info = {"no_gain", FORK_CONVENTION, "233", "The gain is 1, not the square root of 2.", NULL},
     .answer = no_gain},
    {.info = {"fan_in_always", FORK_CONVENTION, "233", "The fan is fan_in whatever is asked for.",
              NULL},
     .instead = {"fan", "fan_in"}},
    {.info = {"fan_out_always", FORK_CONVENTION, "233", "The fan is fan_out whatever is asked for.",
              NULL},
     .instead = {"fan", "fan_out"}},
    {.info = {"fan_average", FORK_CONVENTION, "233", "The fan is the mean of both: Glorot's.",
              NULL},
     .answer = fan_average},
    {.info = {"always_normal", FORK_BUG, "233",
              "The uniform's half width lacks the square root of 3.", NULL},
     .instead = {"distribution", "normal"}},
    {.info = {"always_uniform", FORK_BUG, "233",
              "The normal's deviation has a square root of 3 too many.", NULL},
     .instead = {"distribution", "uniform"}},
    {.info = {"not_corrected", FORK_CONVENTION, "231",
              "The cut normal is not divided by its deviation 0.8796.", NULL},
     .answer = not_corrected},
    {.info = {"window_ignored", FORK_BUG, "233", "The fan of a convolution counts channels only.",
              NULL},
     .answer = window_ignored},
    {.info = {"slope_ignored", FORK_BUG, "233", "The gain is that of a ReLU.", NULL},
     .number = {"negative_slope", 0}},
    {.info = {"slope_of_another_default", FORK_CONVENTION, "5",
              "The slope is 0.01 whatever is asked for.", NULL},
     .number = {"negative_slope", 0.01f}},
    {.info = {"slope_not_squared", FORK_BUG, "233", "The gain is sqrt(2 / (1 + slope)).", NULL},
     .answer = slope_not_squared},
    {.info = {"variance_for_deviation", FORK_BUG, "",
              "Scales by the variance: the root is forgotten.", NULL},
     .answer = variance_for_deviation},
};

const struct fork_list he_forks = {sizeof table / sizeof *table, table};
