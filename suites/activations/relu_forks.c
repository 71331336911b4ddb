// SPDX-License-Identifier: MIT
#include "../../reference/activations/relu.h"
#include "../fork.h"

/* Everything of one call, already answered rightly; the forks below change one line of it. Without
 * input dy the gradient goes to scratch memory. */
struct values {
    const real *x, *dy;
    real *y, *dx, at_zero;
    size_t n;
};

static struct values read(struct call *call)
{
    static const char *const options[] = {"zero", "half", "one", NULL};
    static const real derivative[] = {R(0.0), R(0.5), R(1.0)};
    struct values v = {.x = call_input(call, "x", "NC")};
    v.n = call_size(call, 'N') * call_size(call, 'C');
    v.at_zero = derivative[call_choice(call, "derivative_at_zero", options)];
    v.y = call_output(call, "y", "NC");
    if (call_has(call, "dy")) {
        v.dy = call_input(call, "dy", "NC");
        v.dx = call_output(call, "dx", "NC");
    } else {
        v.dy = call_scratch(call, v.n);
        v.dx = call_scratch(call, v.n);
    }
    relu_forward(v.y, v.x, v.n);
    relu_backward(v.dx, v.dy, v.x, v.n, v.at_zero);
    return v;
}

/* (x + |x|) / 2, and the slope as a mixture of the two one-sided ones; both are exact. Adding 0
 * turns -0 into +0. */
static void half_of_sum(struct call *call)
{
    struct values v = read(call);
    for (size_t i = 0; i < v.n; i++) {
        real right = v.x[i] >= 0 ? R(1.0) : R(0.0), left = v.x[i] > 0 ? R(1.0) : R(0.0);
        v.y[i] = (v.x[i] + real_abs(v.x[i])) / 2 + 0;
        v.dx[i] = v.dy[i] * (v.at_zero * right + (1 - v.at_zero) * left);
    }
}

static void leaky(struct call *call)
{
    struct values v = read(call);
    for (size_t i = 0; i < v.n; i++) {
        if (v.x[i] < 0) {
            v.y[i] = R(0.01) * v.x[i];
            v.dx[i] = R(0.01) * v.dy[i];
        }
    }
}

static void clipped_at_six(struct call *call)
{
    struct values v = read(call);
    for (size_t i = 0; i < v.n; i++) {
        if (v.x[i] > 6) {
            v.y[i] = R(6.0);
            v.dx[i] = R(0.0);
        }
    }
}

static void smooth(struct call *call)
{
    struct values v = read(call);
    for (size_t i = 0; i < v.n; i++) {
        real e = real_exp(-real_abs(v.x[i]));
        v.y[i] = v.y[i] + real_log1p(e);
        v.dx[i] = v.dy[i] * (v.x[i] < 0 ? e / (1 + e) : 1 / (1 + e));
    }
}

static void absolute_value(struct call *call)
{
    struct values v = read(call);
    for (size_t i = 0; i < v.n; i++)
        v.y[i] = real_abs(v.x[i]);
}

static void mask_with_tolerance(struct call *call)
{
    struct values v = read(call);
    for (size_t i = 0; i < v.n; i++)
        v.dx[i] = v.x[i] > R(1e-6) ? v.dy[i] : R(0.0);
}

static void slope_forgotten(struct call *call)
{
    struct values v = read(call);
    for (size_t i = 0; i < v.n; i++)
        v.dx[i] = v.dy[i];
}

static void rectified_upstream(struct call *call)
{
    struct values v = read(call);
    relu_forward(v.dx, v.dy, v.n);
}

static void guided(struct call *call)
{
    struct values v = read(call);
    for (size_t i = 0; i < v.n; i++)
        v.dx[i] = v.dx[i] > 0 ? v.dx[i] : R(0.0);
}

static void upstream_ignored(struct call *call)
{
    struct values v = read(call);
    for (size_t i = 0; i < v.n; i++)
        v.dx[i] = v.x[i] > 0 ? R(1.0) : R(0.0);
}

static const struct fork table[] = {
    {.info = {"half_of_sum", FORK_TWIN, "",
              "(x + |x|) / 2, and the slope from the two one-sided slopes.", NULL},
     .answer = half_of_sum},
    {.info = {"derivative_zero", FORK_CONVENTION, "7", "The slope at x = 0 is 0.", NULL},
     .instead = {"derivative_at_zero", "zero"}},
    {.info = {"derivative_half", FORK_CONVENTION, "7",
              "The slope at x = 0 is 1/2, as of maximum(x, 0) in JAX and PyTorch.", NULL},
     .instead = {"derivative_at_zero", "half"}},
    {.info = {"derivative_one", FORK_CONVENTION, "7 8",
              "The slope at x = 0 is 1, as of a clamp or of a mask x >= 0.", NULL},
     .instead = {"derivative_at_zero", "one"}},
    {.info = {"leaky", FORK_CONVENTION, "5", "Negative values have the slope 0.01.", NULL},
     .answer = leaky},
    {.info = {"clipped_at_six", FORK_CONVENTION, "", "ReLU6: values above 6 become 6.", NULL},
     .answer = clipped_at_six},
    {.info = {"smooth", FORK_CONVENTION, "",
              "Softplus, log(1 + e^x), and its slope take its place.", NULL},
     .answer = smooth},
    {.info = {"absolute_value", FORK_BUG, "", "Negative values change their sign.", NULL},
     .answer = absolute_value},
    {.info = {"mask_with_tolerance", FORK_BUG, "161",
              "The backward mask asks for x > 1e-6 instead of x > 0.", NULL},
     .answer = mask_with_tolerance},
    {.info = {"slope_forgotten", FORK_BUG, "",
              "The upstream gradient passes unmasked, as through the identity.", NULL},
     .answer = slope_forgotten},
    {.info = {"rectified_upstream", FORK_BUG, "",
              "The ReLU is applied to the upstream gradient, as a deconvolution network does.",
              NULL},
     .answer = rectified_upstream},
    {.info = {"guided", FORK_CONVENTION, "",
              "Guided backpropagation: negative gradients are set to 0 besides.", NULL},
     .answer = guided},
    {.info = {"upstream_ignored", FORK_BUG, "",
              "The gradient is the slope itself, not multiplied by the upstream gradient.", NULL},
     .answer = upstream_ignored},
};

const struct fork_list relu_forks = {sizeof table / sizeof *table, table};
