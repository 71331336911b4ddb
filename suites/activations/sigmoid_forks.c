// SPDX-License-Identifier: MIT
#include "../../reference/activations/sigmoid.h"
#include "../fork.h"

/* Everything of one call, already answered rightly; the forks below change one line of it. Without
 * input dy the gradient goes to scratch memory. */
struct values {
    const real *x, *dy;
    real *y, *dx;
    size_t n;
};

static struct values read(struct call *call)
{
    struct values v = {.x = call_input(call, "x", "NC")};
    v.n = call_size(call, 'N') * call_size(call, 'C');
    v.y = call_output(call, "y", "NC");
    if (call_has(call, "dy")) {
        v.dy = call_input(call, "dy", "NC");
        v.dx = call_output(call, "dx", "NC");
    } else {
        v.dy = call_scratch(call, v.n);
        v.dx = call_scratch(call, v.n);
    }
    sigmoid_forward(v.y, v.x, v.n);
    sigmoid_backward(v.dx, v.dy, v.y, v.n);
    return v;
}

/* (1 + tanh(x/2)) / 2 where the sum does not cancel, 1 / (1 + e^-x) to the left of it. An e^-x that
 * overflows gives 0, which is right. The slope is 1 / (2 + e^x + e^-x). */
static void through_tanh(struct call *call)
{
    struct values v = read(call);
    for (size_t i = 0; i < v.n; i++) {
        real x = v.x[i];
        v.y[i] = x > -1 ? (1 + real_tanh(x / 2)) / 2 : 1 / (1 + real_exp(-x));
        v.dx[i] = v.dy[i] / (2 + real_exp(x) + real_exp(-x));
    }
}

static void quotient_of_exponentials(struct call *call)
{
    struct values v = read(call);
    for (size_t i = 0; i < v.n; i++)
        v.y[i] = real_exp(v.x[i]) / (1 + real_exp(v.x[i]));
    sigmoid_backward(v.dx, v.dy, v.y, v.n);
}

static void tanh_everywhere(struct call *call)
{
    struct values v = read(call);
    for (size_t i = 0; i < v.n; i++)
        v.y[i] = (1 + real_tanh(v.x[i] / 2)) / 2;
    sigmoid_backward(v.dx, v.dy, v.y, v.n);
}

static void hard_sigmoid(struct call *call)
{
    struct values v = read(call);
    for (size_t i = 0; i < v.n; i++) {
        real line = R(0.2) * v.x[i] + R(0.5);
        v.y[i] = line < 0 ? 0 : line > 1 ? 1 : line;
        v.dx[i] = line < 0 || line > 1 ? 0 : R(0.2) * v.dy[i];
    }
}

static void clipped(struct call *call)
{
    struct values v = read(call);
    for (size_t i = 0; i < v.n; i++) {
        v.y[i] = v.y[i] < R(1e-7) ? R(1e-7) : v.y[i];
        v.y[i] = v.y[i] > 1 - R(1e-7) ? 1 - R(1e-7) : v.y[i];
    }
    sigmoid_backward(v.dx, v.dy, v.y, v.n);
}

static void sign_of_exponent(struct call *call)
{
    struct values v = read(call);
    for (size_t i = 0; i < v.n; i++)
        v.y[i] = 1 / (1 + real_exp(v.x[i]));
    sigmoid_backward(v.dx, v.dy, v.y, v.n);
}

static void slope_from_input(struct call *call)
{
    struct values v = read(call);
    sigmoid_backward(v.dx, v.dy, v.x, v.n);
}

static void slope_at_output(struct call *call)
{
    struct values v = read(call);
    real *again = call_scratch(call, v.n);
    sigmoid_forward(again, v.y, v.n);
    sigmoid_backward(v.dx, v.dy, again, v.n);
}

static void slope_without_complement(struct call *call)
{
    struct values v = read(call);
    for (size_t i = 0; i < v.n; i++)
        v.dx[i] = v.dy[i] * v.y[i];
}

static void slope_of_tanh(struct call *call)
{
    struct values v = read(call);
    for (size_t i = 0; i < v.n; i++)
        v.dx[i] = v.dy[i] * (1 - v.y[i] * v.y[i]);
}

static void upstream_ignored(struct call *call)
{
    struct values v = read(call);
    for (size_t i = 0; i < v.n; i++)
        v.dx[i] = v.y[i] * (1 - v.y[i]);
}

static const struct fork table[] = {
    {.info = {"through_tanh", FORK_TWIN, "",
              "Through tanh to the right of -1, and the slope from e^x and e^-x, not from y.",
              NULL},
     .answer = through_tanh},
    {.info = {"quotient_of_exponentials", FORK_NUMERICAL, "14",
              "e^x / (1 + e^x) for every x, which is infinity over infinity for large x.", NULL},
     .answer = quotient_of_exponentials},
    {.info = {"tanh_everywhere", FORK_NUMERICAL, "",
              "(1 + tanh(x/2)) / 2 for every x, which cancels for large negative x.", NULL},
     .answer = tanh_everywhere},
    {.info = {"hard_sigmoid", FORK_CONVENTION, "4 180",
              "The piecewise linear 0.2 x + 0.5, clipped to 0 and 1, takes its place.", NULL},
     .answer = hard_sigmoid},
    {.info = {"clipped", FORK_CONVENTION, "34",
              "The probability is clipped to 1e-7 and 1 - 1e-7 at once, before any logarithm.",
              NULL},
     .answer = clipped},
    {.info = {"sign_of_exponent", FORK_BUG, "", "e^x stands where e^-x belongs.", NULL},
     .answer = sign_of_exponent},
    {.info = {"slope_from_input", FORK_BUG, "",
              "The slope y (1 - y) is given the input x instead of the output y.", NULL},
     .answer = slope_from_input},
    {.info = {"slope_at_output", FORK_BUG, "",
              "The slope applies the sigmoid once more to what is already the output.", NULL},
     .answer = slope_at_output},
    {.info = {"slope_without_complement", FORK_BUG, "", "The slope is y instead of y (1 - y).",
              NULL},
     .answer = slope_without_complement},
    {.info = {"slope_of_tanh", FORK_BUG, "", "The slope is that of tanh, 1 - y^2.", NULL},
     .answer = slope_of_tanh},
    {.info = {"upstream_ignored", FORK_BUG, "",
              "The gradient is the slope itself, not multiplied by the upstream gradient.", NULL},
     .answer = upstream_ignored},
};

const struct fork_list sigmoid_forks = {sizeof table / sizeof *table, table};
