// SPDX-License-Identifier: MIT
#include "../../reference/activations/selu.h"
#include "../../reference/activations/elu.h"
#include "../../reference/activations/kink.h"
#include "elementwise_forks.h"

/* Everything of one call, already answered rightly; the forks below change one line of it. */
static struct values read(struct call *call)
{
    struct values v = read_values(call);
    selu_forward(v.y, v.x, v.n);
    selu_backward(v.dx, v.dy, v.x, v.n, kink_at_zero(call, SELU_SCALE_ALPHA, SELU_SCALE));
    return v;
}

/* The scale times an ELU through tanh, e^x - 1 = 2 t / (1 - t) with t = tanh(x/2); the slope is
 * divided by e^-x, where an overflow gives 0 and is right. */
static void scaled_elu(struct call *call)
{
    struct values v = read(call);
    const real alpha = R(1.6732632423543772848170429916716520384612);
    for (size_t i = 0; i < v.n; i++) {
        real x = v.x[i], t = real_tanh(x / 2);
        v.y[i] = x > 0 ? SELU_SCALE * x : SELU_SCALE * (alpha * (2 * t / (1 - t)));
        if (x < 0)
            v.dx[i] = SELU_SCALE * v.dy[i] * alpha / real_exp(-x);
    }
}

/* With other constants. */
static void with(struct call *call, real scale, real alpha)
{
    struct values v = read(call);
    real at_zero = kink_at_zero(call, alpha, R(1.0));
    elu_forward(v.y, v.x, v.n, alpha);
    elu_backward(v.dx, v.dy, v.x, v.n, alpha, at_zero);
    for (size_t i = 0; i < v.n; i++) {
        v.y[i] = scale * v.y[i];
        v.dx[i] = scale * v.dx[i];
    }
}

static void constants_cut(struct call *call)
{
    with(call, R(1.0507), R(1.67326));
}

static void scale_forgotten(struct call *call)
{
    with(call, R(1.0), R(1.6732632423543772848170429916716520384612));
}

static void alpha_forgotten(struct call *call)
{
    with(call, SELU_SCALE, R(1.0));
}

static void constants_swapped(struct call *call)
{
    with(call, R(1.6732632423543772848170429916716520384612), SELU_SCALE);
}

static void scale_on_the_right_only(struct call *call)
{
    struct values v = read(call);
    for (size_t i = 0; i < v.n; i++) {
        if (v.x[i] < 0) {
            v.y[i] = v.y[i] / SELU_SCALE;
            v.dx[i] = v.dx[i] / SELU_SCALE;
        }
    }
}

static void slope_without_scale(struct call *call)
{
    struct values v = read(call);
    for (size_t i = 0; i < v.n; i++)
        v.dx[i] = v.dx[i] / SELU_SCALE;
}

static void exponential_minus_one(struct call *call)
{
    struct values v = read(call);
    for (size_t i = 0; i < v.n; i++) {
        if (v.x[i] < 0)
            v.y[i] = SELU_SCALE_ALPHA * (real_exp(v.x[i]) - 1);
    }
}

static void slope_from_output(struct call *call)
{
    struct values v = read(call);
    for (size_t i = 0; i < v.n; i++) {
        if (v.x[i] < 0)
            v.dx[i] = v.dy[i] * (v.y[i] + SELU_SCALE_ALPHA);
    }
}

static void both_branches_masked(struct call *call)
{
    struct values v = read(call);
    for (size_t i = 0; i < v.n; i++) {
        real mask = v.x[i] > 0 ? R(1.0) : R(0.0);
        v.y[i] =
            mask * (SELU_SCALE * v.x[i]) + (1 - mask) * (SELU_SCALE_ALPHA * real_expm1(v.x[i]));
    }
}

static void upstream_ignored(struct call *call)
{
    struct values v = read(call);
    for (size_t i = 0; i < v.n; i++)
        v.dx[i] = v.x[i] > 0 ? SELU_SCALE : SELU_SCALE_ALPHA * real_exp(v.x[i]);
}

static const struct fork table[] = {
    {.info = {"scaled_elu", FORK_TWIN, "",
              "The scale times an ELU made of tanh(x/2), and a slope divided by e^-x.", NULL},
     .answer = scaled_elu},
    {.info = {"constants_cut", FORK_NUMERICAL, "6", "The constants are 1.0507 and 1.67326.", NULL},
     .answer = constants_cut},
    {.info = {"scale_forgotten", FORK_BUG, "", "The scale is 1: an ELU with SELU's alpha.", NULL},
     .answer = scale_forgotten},
    {.info = {"alpha_forgotten", FORK_BUG, "", "alpha is 1: a scaled ELU.", NULL},
     .answer = alpha_forgotten},
    {.info = {"constants_swapped", FORK_BUG, "", "Scale and alpha have changed places.", NULL},
     .answer = constants_swapped},
    {.info = {"scale_on_the_right_only", FORK_BUG, "", "The scale multiplies positive values only.",
              NULL},
     .answer = scale_on_the_right_only},
    {.info = {"slope_without_scale", FORK_BUG, "", "The backward pass lacks the scale.", NULL},
     .answer = slope_without_scale},
    {.info = {"exponential_minus_one", FORK_NUMERICAL, "10",
              "e^x - 1 by a subtraction, which cancels near 0.", NULL},
     .answer = exponential_minus_one},
    {.info = {"slope_from_output", FORK_NUMERICAL, "",
              "The slope is y + scale alpha, which cancels for large negative x.", NULL},
     .answer = slope_from_output},
    {.info = {"both_branches_masked", FORK_NUMERICAL, "",
              "Both branches are computed and multiplied by a mask: 0 times infinity at 1000.",
              NULL},
     .answer = both_branches_masked},
    {.info = {"derivative_left", FORK_CONVENTION, "7", "The derivative at 0 is scale alpha.", NULL},
     .instead = {"derivative_at_zero", "left"}},
    {.info = {"derivative_right", FORK_CONVENTION, "7", "The derivative at 0 is the scale.", NULL},
     .instead = {"derivative_at_zero", "right"}},
    {.info = {"derivative_mean", FORK_CONVENTION, "7", "The derivative at 0 is the mean of both.",
              NULL},
     .instead = {"derivative_at_zero", "mean"}},
    {.info = {"upstream_ignored", FORK_BUG, "",
              "The gradient is the slope itself, not multiplied by the upstream gradient.", NULL},
     .answer = upstream_ignored},
};

const struct fork_list selu_forks = {sizeof table / sizeof *table, table};
