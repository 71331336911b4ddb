// SPDX-License-Identifier: MIT
#include "../../reference/activations/kink.h"
#include "../../reference/activations/leaky_relu.h"
#include "elementwise_forks.h"

/* Everything of one call, already answered rightly; the forks below change one line of it. */
struct leaky {
    struct values v;
    real slope, at_zero;
};

static struct leaky read(struct call *call)
{
    struct leaky l = {.v = read_values(call)};
    l.slope = call_number_or(call, "slope", R(0.01));
    l.at_zero = kink_at_zero(call, l.slope, R(1.0));
    leaky_relu_forward(l.v.y, l.v.x, l.v.n, l.slope);
    leaky_relu_backward(l.v.dx, l.v.dy, l.v.x, l.v.n, l.slope, l.at_zero);
    return l;
}

/* relu(x) - slope relu(-x): the two halves by themselves, and one slope for each of them. */
static void two_halves(struct call *call)
{
    struct leaky l = read(call);
    for (size_t i = 0; i < l.v.n; i++) {
        real x = l.v.x[i], right = (x + real_abs(x)) / 2, left = (real_abs(x) - x) / 2;
        real above = x > 0 ? R(1.0) : R(0.0), below = x < 0 ? R(1.0) : R(0.0);
        l.v.y[i] = right - l.slope * left;
        l.v.dx[i] = l.v.dy[i] * above + l.v.dy[i] * l.slope * below +
                    l.v.dy[i] * l.at_zero * (1 - above - below);
    }
}

static void maximum_of_both(struct call *call)
{
    struct leaky l = read(call);
    for (size_t i = 0; i < l.v.n; i++) {
        int steep = l.slope * l.v.x[i] > l.v.x[i];
        l.v.y[i] = steep ? l.slope * l.v.x[i] : l.v.x[i];
        l.v.dx[i] = steep ? l.slope * l.v.dy[i] : l.v.dy[i];
    }
}

static void slope_subtracted(struct call *call)
{
    struct leaky l = read(call);
    for (size_t i = 0; i < l.v.n; i++) {
        if (l.v.x[i] < 0)
            l.v.y[i] = -l.slope * l.v.x[i];
    }
}

static void dead_backward(struct call *call)
{
    struct leaky l = read(call);
    for (size_t i = 0; i < l.v.n; i++)
        l.v.dx[i] = l.v.x[i] > 0 ? l.v.dy[i] : R(0.0);
}

static void mask_of_output(struct call *call)
{
    struct leaky l = read(call);
    for (size_t i = 0; i < l.v.n; i++)
        l.v.dx[i] = l.v.y[i] > 0 ? l.v.dy[i] : l.slope * l.v.dy[i];
}

static void mask_with_tolerance(struct call *call)
{
    struct leaky l = read(call);
    for (size_t i = 0; i < l.v.n; i++)
        l.v.dx[i] = l.v.x[i] > R(1e-6) ? l.v.dy[i] : l.slope * l.v.dy[i];
}

static void slope_forgotten(struct call *call)
{
    struct leaky l = read(call);
    slope_of_identity(&l.v);
}

static void upstream_ignored(struct call *call)
{
    struct leaky l = read(call);
    for (size_t i = 0; i < l.v.n; i++)
        l.v.dx[i] = l.v.x[i] > 0 ? R(1.0) : l.slope;
}

static const struct fork table[] = {
    {.info = {"two_halves", FORK_TWIN, "", "relu(x) - slope relu(-x), and a slope for each half.",
              NULL},
     .answer = two_halves},
    {.info = {"slope_001", FORK_CONVENTION, "5", "The slope is 0.01, whatever is asked for.", NULL},
     .number = {"slope", 0.01}},
    {.info = {"slope_02", FORK_CONVENTION, "5", "The slope is 0.2, as in Keras's function.", NULL},
     .number = {"slope", 0.2}},
    {.info = {"slope_03", FORK_CONVENTION, "5", "The slope is 0.3, as in Keras's layer.", NULL},
     .number = {"slope", 0.3}},
    {.info = {"relu", FORK_BUG, "", "Negative values become 0: no leak.", NULL},
     .number = {"slope", 0}},
    {.info = {"derivative_left", FORK_CONVENTION, "7", "The derivative at 0 is the slope.", NULL},
     .instead = {"derivative_at_zero", "left"}},
    {.info = {"derivative_right", FORK_CONVENTION, "7", "The derivative at 0 is 1.", NULL},
     .instead = {"derivative_at_zero", "right"}},
    {.info = {"derivative_mean", FORK_CONVENTION, "7",
              "The derivative at 0 is the mean of both, as of a maximum.", NULL},
     .instead = {"derivative_at_zero", "mean"}},
    {.info = {"maximum_of_both", FORK_NUMERICAL, "",
              "max(x, slope x), which is another function when the slope is above 1.", NULL},
     .answer = maximum_of_both},
    {.info = {"slope_subtracted", FORK_BUG, "", "Negative values become positive.", NULL},
     .answer = slope_subtracted},
    {.info = {"dead_backward", FORK_BUG, "", "The backward pass is the ReLU's: no leak there.",
              NULL},
     .answer = dead_backward},
    {.info = {"mask_of_output", FORK_BUG, "",
              "The backward mask looks at the output, whose sign a negative slope turns.", NULL},
     .answer = mask_of_output},
    {.info = {"mask_with_tolerance", FORK_BUG, "161",
              "The backward mask asks for x > 1e-6 instead of x > 0.", NULL},
     .answer = mask_with_tolerance},
    {.info = {"slope_forgotten", FORK_BUG, "",
              "The upstream gradient passes as through the identity.", NULL},
     .answer = slope_forgotten},
    {.info = {"upstream_ignored", FORK_BUG, "",
              "The gradient is the slope itself, not multiplied by the upstream gradient.", NULL},
     .answer = upstream_ignored},
};

const struct fork_list leaky_relu_forks = {sizeof table / sizeof *table, table};
