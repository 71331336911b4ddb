// SPDX-License-Identifier: MIT
#include "../../reference/activations/hard_sigmoid.h"
#include "elementwise_forks.h"

/* Everything of one call, already answered rightly; the forks below change one line of it. */
struct hard {
    struct values v;
    struct hard_sigmoid_rules rules;
};

static struct hard read(struct call *call)
{
    struct hard h = {.v = read_values(call), .rules = hard_sigmoid_rules_of(call)};
    hard_sigmoid_forward(h.v.y, h.v.x, h.v.n, &h.rules);
    hard_sigmoid_backward(h.v.dx, h.v.dy, h.v.x, h.v.n, &h.rules);
    return h;
}

/* The clipped ramp of PyTorch, clip(x + 3, 0, 6) / 6, for any slope: the bounds are found in x. */
static void ramp(struct call *call)
{
    struct hard h = read(call);
    real width = 1 / h.rules.slope, shift = h.rules.offset / h.rules.slope;
    for (size_t i = 0; i < h.v.n; i++) {
        real u = h.v.x[i] + shift;
        h.v.y[i] = u <= 0 ? 0 : u >= width ? 1 : u / width;
        h.v.dx[i] = u < 0 || u > width     ? 0
                    : u == 0 || u == width ? h.rules.at_bounds * h.v.dy[i]
                                           : h.v.dy[i] / width;
    }
}

static void sigmoid(struct call *call)
{
    struct hard h = read(call);
    for (size_t i = 0; i < h.v.n; i++) {
        h.v.y[i] = 1 / (1 + real_exp(-h.v.x[i]));
        h.v.dx[i] = h.v.dy[i] * h.v.y[i] * (1 - h.v.y[i]);
    }
}

static void not_clipped(struct call *call)
{
    struct hard h = read(call);
    for (size_t i = 0; i < h.v.n; i++) {
        h.v.y[i] = h.rules.slope * h.v.x[i] + h.rules.offset;
        h.v.dx[i] = h.rules.slope * h.v.dy[i];
    }
}

static void upper_bound_forgotten(struct call *call)
{
    struct hard h = read(call);
    for (size_t i = 0; i < h.v.n; i++) {
        if (h.v.y[i] == 1)
            h.v.y[i] = h.rules.slope * h.v.x[i] + h.rules.offset;
    }
}

static void not_divided_by_six(struct call *call)
{
    struct hard h = read(call);
    for (size_t i = 0; i < h.v.n; i++)
        h.v.y[i] = h.v.y[i] / h.rules.slope;
}

static void unmasked_backward(struct call *call)
{
    struct hard h = read(call);
    for (size_t i = 0; i < h.v.n; i++)
        h.v.dx[i] = h.rules.slope * h.v.dy[i];
}

static void slope_of_one(struct call *call)
{
    struct hard h = read(call);
    for (size_t i = 0; i < h.v.n; i++)
        h.v.dx[i] = h.v.dx[i] / h.rules.slope;
}

static void slope_of_sigmoid(struct call *call)
{
    struct hard h = read(call);
    for (size_t i = 0; i < h.v.n; i++)
        h.v.dx[i] = h.v.dy[i] * h.v.y[i] * (1 - h.v.y[i]);
}

static void upstream_ignored(struct call *call)
{
    struct hard h = read(call);
    for (size_t i = 0; i < h.v.n; i++)
        h.v.dx[i] = h.v.y[i] > 0 && h.v.y[i] < 1 ? h.rules.slope : R(0.0);
}

static const struct fork table[] = {
    {.info = {"ramp", FORK_TWIN, "", "clip(x + 3, 0, 6) / 6, with the bounds in x.", NULL},
     .answer = ramp},
    {.info = {"slope_sixth", FORK_CONVENTION, "4", "The slope is 1/6, as in PyTorch.", NULL},
     .number = {"slope", 1.0 / 6}},
    {.info = {"slope_02", FORK_CONVENTION, "4", "The slope is 0.2, as in ONNX.", NULL},
     .number = {"slope", 0.2}},
    {.info = {"slope_half", FORK_CONVENTION, "4", "clip((x + 1) / 2) takes its place.", NULL},
     .number = {"slope", 0.5}},
    {.info = {"offset_half", FORK_BUG, "", "The offset is 1/2, whatever is asked for.", NULL},
     .number = {"offset", 0.5}},
    {.info = {"at_bounds_outside", FORK_CONVENTION, "8", "The gradient on a bound is 0.", NULL},
     .instead = {"derivative_at_bounds", "outside"}},
    {.info = {"at_bounds_inside", FORK_CONVENTION, "8", "The gradient on a bound is the slope.",
              NULL},
     .instead = {"derivative_at_bounds", "inside"}},
    {.info = {"at_bounds_mean", FORK_CONVENTION, "8", "The gradient on a bound is half the slope.",
              NULL},
     .instead = {"derivative_at_bounds", "mean"}},
    {.info = {"sigmoid", FORK_CONVENTION, "180", "The sigmoid itself takes its place.", NULL},
     .answer = sigmoid},
    {.info = {"not_clipped", FORK_BUG, "", "The line is not clipped.", NULL},
     .answer = not_clipped},
    {.info = {"upper_bound_forgotten", FORK_BUG, "", "Nothing is clipped from above.", NULL},
     .answer = upper_bound_forgotten},
    {.info = {"not_divided_by_six", FORK_BUG, "", "relu6(x + 3) without the division by 6.", NULL},
     .answer = not_divided_by_six},
    {.info = {"unmasked_backward", FORK_BUG, "", "The backward pass ignores the bounds.", NULL},
     .answer = unmasked_backward},
    {.info = {"slope_of_one", FORK_BUG, "", "The backward pass lacks the slope.", NULL},
     .answer = slope_of_one},
    {.info = {"slope_of_sigmoid", FORK_BUG, "", "The backward pass is y (1 - y).", NULL},
     .answer = slope_of_sigmoid},
    {.info = {"upstream_ignored", FORK_BUG, "",
              "The gradient is the slope itself, not multiplied by the upstream gradient.", NULL},
     .answer = upstream_ignored},
};

const struct fork_list hard_sigmoid_forks = {sizeof table / sizeof *table, table};
