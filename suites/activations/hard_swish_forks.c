// SPDX-License-Identifier: MIT
#include "../../reference/activations/hard_swish.h"
#include "elementwise_forks.h"

/* Everything of one call, already answered rightly; the forks below change one line of it. */
static struct values read(struct call *call)
{
    struct values v = read_values(call);
    hard_swish_forward(v.y, v.x, v.n);
    hard_swish_backward(v.dx, v.dy, v.x, v.n, kink_at_bounds(call));
    return v;
}

static real clip(real x, real low, real high)
{
    return x < low ? low : x > high ? high : x;
}

/* x times a clipped gate, (clip(x, -3, 3) + 3) / 6, with the product rule; on the bounds from the
 * one-sided gates. */
static void gated(struct call *call)
{
    static const real inside_part[] = {R(0.0), R(1.0), R(0.5)};
    struct values v = read(call);
    real part = inside_part[kink_at_bounds(call)];
    for (size_t i = 0; i < v.n; i++) {
        real x = v.x[i], u = clip(x, R(-3.0), R(3.0)) + 3, open = u > 0 && u < 6 ? R(1.0) : R(0.0);
        if (x == 3 || x == -3)
            open = part;
        v.y[i] = u == 6 ? x : u * x / 6;
        v.dx[i] = v.dy[i] * ((u + open * x) / 6);
    }
}

static void silu(struct call *call)
{
    struct values v = read(call);
    for (size_t i = 0; i < v.n; i++) {
        real x = v.x[i], s = 1 / (1 + real_exp(-x));
        v.y[i] = x * s;
        v.dx[i] = v.dy[i] * s * (1 + x * (1 - s));
    }
}

static void slope_02(struct call *call)
{
    struct values v = read(call);
    for (size_t i = 0; i < v.n; i++) {
        real gate = clip(R(0.2) * v.x[i] + R(0.5), R(0.0), R(1.0));
        v.y[i] = v.x[i] * gate;
        v.dx[i] = v.dy[i] * (gate + (gate > 0 && gate < 1 ? R(0.2) * v.x[i] : R(0.0)));
    }
}

static void not_divided_by_six(struct call *call)
{
    struct values v = read(call);
    for (size_t i = 0; i < v.n; i++)
        v.y[i] = v.x[i] * clip(v.x[i] + 3, R(0.0), R(6.0));
}

static void gate_without_x(struct call *call)
{
    struct values v = read(call);
    for (size_t i = 0; i < v.n; i++)
        v.y[i] = clip(v.x[i] + 3, R(0.0), R(6.0)) / 6;
}

static void not_clipped_above(struct call *call)
{
    struct values v = read(call);
    for (size_t i = 0; i < v.n; i++)
        v.y[i] = v.x[i] < -3 ? R(0.0) : v.x[i] * (v.x[i] + 3) / 6;
}

static void not_clipped_below(struct call *call)
{
    struct values v = read(call);
    for (size_t i = 0; i < v.n; i++)
        v.y[i] = v.x[i] > 3 ? v.x[i] : v.x[i] * (v.x[i] + 3) / 6;
}

static void gate_detached(struct call *call)
{
    struct values v = read(call);
    for (size_t i = 0; i < v.n; i++)
        v.dx[i] = v.dy[i] * clip(v.x[i] + 3, R(0.0), R(6.0)) / 6;
}

static void slope_without_two(struct call *call)
{
    struct values v = read(call);
    for (size_t i = 0; i < v.n; i++) {
        if (v.x[i] > -3 && v.x[i] < 3)
            v.dx[i] = v.dy[i] * (v.x[i] / 6 + R(0.5));
    }
}

static void slope_everywhere(struct call *call)
{
    struct values v = read(call);
    for (size_t i = 0; i < v.n; i++)
        v.dx[i] = v.dy[i] * (v.x[i] / 3 + R(0.5));
}

static void upstream_ignored(struct call *call)
{
    struct values v = read(call);
    for (size_t i = 0; i < v.n; i++)
        v.dx[i] = v.x[i] < -3 ? R(0.0) : v.x[i] > 3 ? R(1.0) : (2 * v.x[i] + 3) / 6;
}

static const struct fork table[] = {
    {.info = {"gated", FORK_TWIN, "", "x times a clipped gate, and the product rule.", NULL},
     .answer = gated},
    {.info = {"at_bounds_outside", FORK_CONVENTION, "8", "The gradient on the bounds is 0 and 1.",
              NULL},
     .instead = {"derivative_at_bounds", "outside"}},
    {.info = {"at_bounds_inside", FORK_CONVENTION, "8",
              "The gradient on the bounds is -1/2 and 3/2, the parabola's.", NULL},
     .instead = {"derivative_at_bounds", "inside"}},
    {.info = {"at_bounds_mean", FORK_CONVENTION, "8", "The mean of both one-sided gradients.",
              NULL},
     .instead = {"derivative_at_bounds", "mean"}},
    {.info = {"silu", FORK_CONVENTION, "21", "The smooth x sigmoid(x) takes its place.", NULL},
     .answer = silu},
    {.info = {"slope_02", FORK_CONVENTION, "4", "The gate is a hard sigmoid of slope 0.2.", NULL},
     .answer = slope_02},
    {.info = {"not_divided_by_six", FORK_BUG, "21", "x relu6(x + 3), not divided by 6.", NULL},
     .answer = not_divided_by_six},
    {.info = {"gate_without_x", FORK_BUG, "", "The gate alone: a hard sigmoid.", NULL},
     .answer = gate_without_x},
    {.info = {"not_clipped_above", FORK_BUG, "", "The parabola goes on above 3.", NULL},
     .answer = not_clipped_above},
    {.info = {"not_clipped_below", FORK_BUG, "", "The parabola goes on below -3.", NULL},
     .answer = not_clipped_below},
    {.info = {"gate_detached", FORK_BUG, "", "The gate passes no gradient.", NULL},
     .answer = gate_detached},
    {.info = {"slope_without_two", FORK_BUG, "", "The slope is x/6 + 1/2.", NULL},
     .answer = slope_without_two},
    {.info = {"slope_everywhere", FORK_BUG, "", "The slope x/3 + 1/2 has no bounds.", NULL},
     .answer = slope_everywhere},
    {.info = {"upstream_ignored", FORK_BUG, "",
              "The gradient is the slope itself, not multiplied by the upstream gradient.", NULL},
     .answer = upstream_ignored},
};

const struct fork_list hard_swish_forks = {sizeof table / sizeof *table, table};
