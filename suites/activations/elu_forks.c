// SPDX-License-Identifier: MIT
#include "../../reference/activations/elu.h"
#include "../../reference/activations/kink.h"
#include "elementwise_forks.h"

/* Everything of one call, already answered rightly; the forks below change one line of it. */
struct unit {
    struct values v;
    real alpha, at_zero;
};

static struct unit read(struct call *call)
{
    struct unit u = {.v = read_values(call)};
    u.alpha = call_number_or(call, "alpha", R(1.0));
    u.at_zero = kink_at_zero(call, u.alpha, R(1.0));
    elu_forward(u.v.y, u.v.x, u.v.n, u.alpha);
    elu_backward(u.v.dx, u.v.dy, u.v.x, u.v.n, u.alpha, u.at_zero);
    return u;
}

/* e^x - 1 = 2 t / (1 - t) with t = tanh(x/2), which does not cancel for x < 0; and the slope as the
 * reciprocal of e^-x, where an overflow gives 0 and is right. */
static void through_tanh(struct call *call)
{
    struct unit u = read(call);
    for (size_t i = 0; i < u.v.n; i++) {
        real x = u.v.x[i], t = real_tanh(x / 2);
        if (x < 0) {
            u.v.y[i] = u.alpha * (2 * t / (1 - t));
            u.v.dx[i] = u.alpha * u.v.dy[i] / real_exp(-x);
        }
    }
}

static void exponential_minus_one(struct call *call)
{
    struct unit u = read(call);
    for (size_t i = 0; i < u.v.n; i++) {
        if (u.v.x[i] < 0)
            u.v.y[i] = u.alpha * (real_exp(u.v.x[i]) - 1);
    }
}

static void slope_from_output(struct call *call)
{
    struct unit u = read(call);
    for (size_t i = 0; i < u.v.n; i++) {
        if (u.v.x[i] < 0)
            u.v.dx[i] = u.v.dy[i] * (u.v.y[i] + u.alpha);
    }
}

static void slope_with_one(struct call *call)
{
    struct unit u = read(call);
    for (size_t i = 0; i < u.v.n; i++) {
        if (u.v.x[i] < 0)
            u.v.dx[i] = u.v.dy[i] * (u.v.y[i] + 1);
    }
}

static void alpha_in_exponent(struct call *call)
{
    struct unit u = read(call);
    for (size_t i = 0; i < u.v.n; i++) {
        real e = u.v.x[i] < 0 && u.alpha > 0 ? real_exp(u.v.x[i] / u.alpha) : R(1.0);
        if (u.v.x[i] < 0) {
            u.v.y[i] = u.alpha * (e - 1);
            u.v.dx[i] = u.v.dy[i] * e;
        }
    }
}

static void leaky(struct call *call)
{
    struct unit u = read(call);
    for (size_t i = 0; i < u.v.n; i++) {
        if (u.v.x[i] < 0) {
            u.v.y[i] = u.alpha * u.v.x[i];
            u.v.dx[i] = u.alpha * u.v.dy[i];
        }
    }
}

static void both_branches_masked(struct call *call)
{
    struct unit u = read(call);
    for (size_t i = 0; i < u.v.n; i++) {
        real mask = u.v.x[i] > 0 ? R(1.0) : R(0.0);
        u.v.y[i] = mask * u.v.x[i] + (1 - mask) * (u.alpha * real_expm1(u.v.x[i]));
    }
}

static void without_minus_one(struct call *call)
{
    struct unit u = read(call);
    for (size_t i = 0; i < u.v.n; i++) {
        if (u.v.x[i] < 0)
            u.v.y[i] = u.alpha * real_exp(u.v.x[i]);
    }
}

static void dead_backward(struct call *call)
{
    struct unit u = read(call);
    for (size_t i = 0; i < u.v.n; i++)
        u.v.dx[i] = u.v.x[i] > 0 ? u.v.dy[i] : R(0.0);
}

static void upstream_ignored(struct call *call)
{
    struct unit u = read(call);
    for (size_t i = 0; i < u.v.n; i++)
        u.v.dx[i] = u.v.x[i] > 0 ? R(1.0) : u.alpha * real_exp(u.v.x[i]);
}

static const struct fork table[] = {
    {.info = {"through_tanh", FORK_TWIN, "", "2 t / (1 - t) with t = tanh(x/2), and 1 / e^-x.",
              NULL},
     .answer = through_tanh},
    {.info = {"exponential_minus_one", FORK_NUMERICAL, "10",
              "e^x - 1 by a subtraction, which cancels near 0.", NULL},
     .answer = exponential_minus_one},
    {.info = {"slope_from_output", FORK_NUMERICAL, "",
              "The slope is y + alpha, which cancels for large negative x.", NULL},
     .answer = slope_from_output},
    {.info = {"slope_with_one", FORK_BUG, "", "The slope is y + 1 although alpha is not 1.", NULL},
     .answer = slope_with_one},
    {.info = {"alpha_ignored", FORK_BUG, "", "alpha is 1, whatever is asked for.", NULL},
     .number = {"alpha", 1}},
    {.info = {"derivative_left", FORK_CONVENTION, "7", "The derivative at 0 is alpha.", NULL},
     .instead = {"derivative_at_zero", "left"}},
    {.info = {"derivative_right", FORK_CONVENTION, "7", "The derivative at 0 is 1.", NULL},
     .instead = {"derivative_at_zero", "right"}},
    {.info = {"derivative_mean", FORK_CONVENTION, "7", "The derivative at 0 is the mean of both.",
              NULL},
     .instead = {"derivative_at_zero", "mean"}},
    {.info = {"alpha_in_exponent", FORK_CONVENTION, "",
              "CELU: alpha (e^(x/alpha) - 1), smooth for every alpha.", NULL},
     .answer = alpha_in_exponent},
    {.info = {"leaky", FORK_CONVENTION, "", "The straight line alpha x takes its place.", NULL},
     .answer = leaky},
    {.info = {"both_branches_masked", FORK_NUMERICAL, "",
              "Both branches are computed and multiplied by a mask: 0 times infinity at 1000.",
              NULL},
     .answer = both_branches_masked},
    {.info = {"without_minus_one", FORK_BUG, "", "alpha e^x, a jump at 0.", NULL},
     .answer = without_minus_one},
    {.info = {"dead_backward", FORK_BUG, "", "The backward pass is the ReLU's.", NULL},
     .answer = dead_backward},
    {.info = {"upstream_ignored", FORK_BUG, "",
              "The gradient is the slope itself, not multiplied by the upstream gradient.", NULL},
     .answer = upstream_ignored},
};

const struct fork_list elu_forks = {sizeof table / sizeof *table, table};
