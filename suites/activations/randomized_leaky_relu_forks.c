// SPDX-License-Identifier: MIT
#include "../../reference/activations/randomized_leaky_relu.h"
#include "../fork.h"

enum {
    WEIGHED_ENDS,
    ALWAYS_MEAN,
    MEAN_OF_SLOPES,
    DRAWN_AT_INFERENCE,
    ONE_DRAW_PER_SAMPLE,
    ONE_DRAW_FOR_ALL,
    OTHER_DRAW_BACKWARD,
    MEAN_BACKWARD,
    REVERSED_RANGE,
    LOWER_FORGOTTEN,
    SLOPE_FOR_POSITIVE,
    STRAIGHT_THROUGH,
    DEAD,
    SCALED_POSITIVE,
    SIGN_OF_OUTPUT,
    UPSTREAM_IGNORED
};

/* The slope s and that of the backward pass, for element i of rows of C. */
static real slope_of(const struct rrelu *rule, const real *uniform, size_t i, size_t C, int variant)
{
    real lower = rule->lower, upper = rule->upper, u = uniform[i];
    if (variant == ONE_DRAW_PER_SAMPLE)
        u = uniform[i / C * C];
    else if (variant == ONE_DRAW_FOR_ALL)
        u = uniform[0];
    else if (variant == REVERSED_RANGE)
        u = 1 - u;
    if (rule->inference && variant == MEAN_OF_SLOPES && rule->divided)
        return 1 / ((1 / lower + 1 / upper) / 2);
    if (rule->inference && variant == DRAWN_AT_INFERENCE)
        return lower + (upper - lower) * (real_count(i % 7) / 7);
    if (rule->inference || variant == ALWAYS_MEAN)
        return (lower + upper) / 2;
    if (variant == LOWER_FORGOTTEN)
        return (upper - lower) * u;
    return variant == WEIGHED_ENDS ? (1 - u) * lower + u * upper : lower + (upper - lower) * u;
}

static real rival_forward(const struct rrelu *rule, real x, real s, int variant)
{
    if (variant == WEIGHED_ENDS && x <= 0)
        return rule->divided ? -((-x) / s) : -((-x) * s);
    if (variant == SLOPE_FOR_POSITIVE)
        return rule->divided ? x / s : s * x;
    if (variant == SCALED_POSITIVE && x > 0)
        return 2 * x;
    return variant == DEAD && x < 0 ? 0 : rrelu_forward(rule, x, s);
}

static void rival(struct call *call)
{
    int variant = call_variant(call);
    const real *x = call_input(call, "x", "NC"), *dy = NULL;
    size_t C = call_size(call, 'C'), n = call_size(call, 'N') * C;
    struct rrelu rule = rrelu_read(call);
    const real *uniform = rrelu_draws(call, &rule);
    real *y = call_output(call, "y", "NC"), *dx = NULL;
    if (call_has(call, "dy")) {
        dy = call_input(call, "dy", "NC");
        dx = call_output(call, "dx", "NC");
    }
    for (size_t i = 0; i < n; i++) {
        real s = slope_of(&rule, uniform, i, C, variant), back = s;
        y[i] = rival_forward(&rule, x[i], s, variant);
        if (!dy)
            continue;
        if (variant == OTHER_DRAW_BACKWARD)
            back = slope_of(&rule, uniform, (i + 1) % n, C, variant);
        if (variant == MEAN_BACKWARD)
            back = (rule.lower + rule.upper) / 2;
        dx[i] = rrelu_backward(&rule, variant == UPSTREAM_IGNORED ? 1 : dy[i],
                               variant == SIGN_OF_OUTPUT ? y[i] : x[i], back);
        if (variant == STRAIGHT_THROUGH)
            dx[i] = dy[i];
        if (variant == DEAD && x[i] < 0)
            dx[i] = 0;
    }
}

static const struct fork table[] = {
    /* clang-format off */
    {.info = {"weighed_ends", FORK_TWIN, "", "s = (1 - u) lower + u upper.", NULL},
     .answer = rival, .variant = WEIGHED_ENDS},
    {.info = {"multiplied", FORK_CONVENTION, "", "Multiplies by s.", NULL},
     .instead = {"form", "multiplied"}},
    {.info = {"divided", FORK_CONVENTION, "", "Divides by s.", NULL}, .instead = {"form",
     "divided"}},
    {.info = {"zero_left", FORK_CONVENTION, "8", "The derivative at 0 is the slope.", NULL},
     .instead = {"derivative_at_zero", "left"}},
    {.info = {"zero_right", FORK_CONVENTION, "8", "The derivative at 0 is 1.", NULL},
     .instead = {"derivative_at_zero", "right"}},
    {.info = {"zero_mean", FORK_CONVENTION, "8", "The derivative at 0 is half of both.", NULL},
     .instead = {"derivative_at_zero", "mean"}},
    {.info = {"inference_in_training", FORK_BUG, "", "The mean slope in training too.", NULL},
     .answer = rival, .variant = ALWAYS_MEAN},
    {.info = {"mean_of_slopes", FORK_CONVENTION, "", "At inference the mean of 1 / s.", NULL},
     .answer = rival, .variant = MEAN_OF_SLOPES},
    {.info = {"drawn_at_inference", FORK_BUG, "", "Slopes vary at inference.", NULL},
     .answer = rival, .variant = DRAWN_AT_INFERENCE},
    {.info = {"one_draw_per_sample", FORK_BUG, "", "A sample's values share a draw.", NULL},
     .answer = rival, .variant = ONE_DRAW_PER_SAMPLE},
    {.info = {"one_draw_for_all", FORK_BUG, "", "All values share a draw.", NULL},
     .answer = rival, .variant = ONE_DRAW_FOR_ALL},
    {.info = {"other_draw_backward", FORK_BUG, "", "The backward pass takes another draw.", NULL},
     .answer = rival, .variant = OTHER_DRAW_BACKWARD},
    {.info = {"mean_backward", FORK_BUG, "", "The backward pass takes the mean slope.", NULL},
     .answer = rival, .variant = MEAN_BACKWARD},
    {.info = {"reversed_range", FORK_BUG, "", "A draw of 0 is the upper end.", NULL},
     .answer = rival, .variant = REVERSED_RANGE},
    {.info = {"lower_forgotten", FORK_BUG, "", "The lower end is not added.", NULL},
     .answer = rival, .variant = LOWER_FORGOTTEN},
    {.info = {"slope_for_positive", FORK_BUG, "", "Positive values are scaled too.", NULL},
     .answer = rival, .variant = SLOPE_FOR_POSITIVE},
    {.info = {"straight_through", FORK_BUG, "", "dx is dy.", NULL},
     .answer = rival, .variant = STRAIGHT_THROUGH},
    {.info = {"dead", FORK_BUG, "", "Negative values become 0.", NULL},
     .answer = rival, .variant = DEAD},
    {.info = {"scaled_positive", FORK_BUG, "", "Positive values are doubled.", NULL},
     .answer = rival, .variant = SCALED_POSITIVE},
    {.info = {"sign_of_output", FORK_BUG, "",
              "The backward pass looks at the sign of y: wrong for a negative slope.", NULL},
     .answer = rival, .variant = SIGN_OF_OUTPUT},
    {.info = {"upstream_ignored", FORK_BUG, "", "The upstream gradient is ignored.", NULL},
     .answer = rival, .variant = UPSTREAM_IGNORED},
    /* clang-format on */
};

const struct fork_list randomized_leaky_relu_forks = {sizeof table / sizeof *table, table};
