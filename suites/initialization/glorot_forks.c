// SPDX-License-Identifier: MIT
#include "../../reference/initialization/glorot.h"
#include "../../reference/initialization/initialization.h"
#include "../fork.h"

/* What a scale is made of. The forks below make it in their own way. */
struct scaling {
    enum initial_distribution distribution;
    real gain;
    real fan_in, fan_out, window; /* window: H W, or 1 */
};

static struct scaling read_scaling(struct call *call)
{
    static const char *const distributions[] = {"uniform", "normal", "truncated_normal", NULL};
    struct scaling s = {.gain = call_number_or(call, "gain", R(1.0))};
    s.distribution = (enum initial_distribution)call_choice(call, "distribution", distributions);
    return s;
}

/* w = scale (deviate + shift). */
static void run_shifted(struct call *call, real (*scale)(const struct scaling *), real shift)
{
    struct scaling s = read_scaling(call);
    struct initial_weights weights = initial_weights_read(call);
    s.fan_in = real_count(weights.fan_in);
    s.fan_out = real_count(weights.fan_out);
    s.window = s.fan_in / real_count(call_size(call, 'I'));
    for (size_t i = 0; i < weights.count; i++)
        weights.w[i] = scale(&s) * (weights.deviate[i] + shift);
}

static void run(struct call *call, real (*scale)(const struct scaling *))
{
    run_shifted(call, scale, 0);
}

/* The scale of a distribution for a given variance of the weights. */
static real scale_of(const struct scaling *s, real variance)
{
    if (s->distribution == INITIAL_UNIFORM)
        return real_sqrt(3 * variance);
    return real_sqrt(variance) / truncated_normal_correction(s->distribution);
}

static real variance(const struct scaling *s)
{
    return s->gain * s->gain * 2 / (s->fan_in + s->fan_out);
}

static real through_variance(const struct scaling *s)
{
    return scale_of(s, variance(s));
}

static void from_variance(struct call *call)
{
    run(call, through_variance);
}

/* The half width is right, the middle is not 0. */
static void not_centred(struct call *call)
{
    run_shifted(call, through_variance, 1);
}

static real through_fan_in(const struct scaling *s)
{
    return scale_of(s, s->gain * s->gain / s->fan_in);
}

static void fan_in_alone(struct call *call)
{
    run(call, through_fan_in);
}

static real through_fan_out(const struct scaling *s)
{
    return scale_of(s, s->gain * s->gain / s->fan_out);
}

static void fan_out_alone(struct call *call)
{
    run(call, through_fan_out);
}

static real through_he(const struct scaling *s)
{
    return scale_of(s, s->gain * s->gain * 2 / s->fan_in);
}

static void he_instead(struct call *call)
{
    run(call, through_he);
}

static real through_channels(const struct scaling *s)
{
    return scale_of(s, variance(s) * s->window);
}

static void window_ignored(struct call *call)
{
    run(call, through_channels);
}

static real through_one_window(const struct scaling *s)
{
    return scale_of(s, s->gain * s->gain * 2 / (s->fan_in + s->fan_out / s->window));
}

static void window_in_fan_in_alone(struct call *call)
{
    run(call, through_one_window);
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

static real through_product(const struct scaling *s)
{
    real correction = truncated_normal_correction(s->distribution);
    return scale_of(s, variance(s)) * correction * correction;
}

static void corrected_the_wrong_way(struct call *call)
{
    run(call, through_product);
}

static real through_squared_gain(const struct scaling *s)
{
    return s->gain * scale_of(s, variance(s));
}

static void gain_squared(struct call *call)
{
    run(call, through_squared_gain);
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
    {.info = {"always_uniform", FORK_CONVENTION, "234", "Constant 6 for the normal as well.", NULL},
     .instead = {"distribution", "uniform"}},
    {.info = {"always_normal", FORK_BUG, "234", "Constant 2 for the uniform as well.", NULL},
     .instead = {"distribution", "normal"}},
    {.info = {"not_centred", FORK_BUG, "234", "The weights lie between 0 and twice the half width.",
              NULL},
     .answer = not_centred},
    {.info = {"fan_in_alone", FORK_CONVENTION, "233",
              "The variance is 1 / fan_in: LeCun's, and what document 001 calls Xavier.", NULL},
     .answer = fan_in_alone},
    {.info = {"fan_out_alone", FORK_CONVENTION, "233", "The variance is 1 / fan_out.", NULL},
     .answer = fan_out_alone},
    {.info = {"he_instead", FORK_BUG, "233", "The variance is 2 / fan_in: He's.", NULL},
     .answer = he_instead},
    {.info = {"window_ignored", FORK_BUG, "233", "The fans of a convolution count channels only.",
              NULL},
     .answer = window_ignored},
    {.info = {"window_in_fan_in_alone", FORK_BUG, "233",
              "The window of a convolution counts in fan_in only.", NULL},
     .answer = window_in_fan_in_alone},
    {.info = {"not_corrected", FORK_CONVENTION, "231",
              "The cut normal is not divided by its deviation 0.8796.", NULL},
     .answer = not_corrected},
    {.info = {"corrected_the_wrong_way", FORK_BUG, "231",
              "The cut normal is multiplied by 0.8796, not divided.", NULL},
     .answer = corrected_the_wrong_way},
    {.info = {"gain_squared", FORK_BUG, "233",
              "The deviation is multiplied by the square of the gain.", NULL},
     .answer = gain_squared},
    {.info = {"gain_ignored", FORK_BUG, "233", "There is no gain.", NULL}, .number = {"gain", 1}},
    {.info = {"variance_for_deviation", FORK_BUG, "",
              "Scales by the variance: the root is forgotten.", NULL},
     .answer = variance_for_deviation},
};

const struct fork_list glorot_forks = {sizeof table / sizeof *table, table};
