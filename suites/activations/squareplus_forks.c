// SPDX-License-Identifier: MIT
#include "../../reference/activations/kink.h"
#include "../../reference/activations/squareplus.h"
#include "elementwise_forks.h"

/* Everything of one call, already answered rightly; the forks below change one line of it. */
struct plus {
    struct values v;
    real b, at_zero;
};

static struct plus read(struct call *call)
{
    struct plus p = {.v = read_values(call)};
    p.b = call_number_or(call, "b", R(4.0));
    p.at_zero = kink_at_zero(call, R(0.0), R(1.0));
    squareplus_forward(p.v.y, p.v.x, p.v.n, p.b);
    squareplus_backward(p.v.dx, p.v.dy, p.v.x, p.v.y, p.v.n, p.b, p.at_zero);
    return p;
}

/* y solves y (y - x) = b / 4. So y(x) = x + y(-x), the slope is y^2 / (y^2 + b / 4), and the root
 * is taken in units of |x| + sqrt(b). */
static void through_quadratic(struct call *call)
{
    struct plus p = read(call);
    real c = real_sqrt(p.b);
    for (size_t i = 0; i < p.v.n; i++) {
        real a = real_abs(p.v.x[i]), unit = a + c;
        if (unit == 0) {
            p.v.y[i] = R(0.0);
            p.v.dx[i] = p.v.dy[i] * p.at_zero;
            continue;
        }
        real s = a / unit, t = c / unit;
        real tail = c / (a + unit * real_sqrt(s * s + t * t)) * (c / 2);
        real y = p.v.x[i] > 0 ? p.v.x[i] + tail : tail, q = c / 2 / y;
        p.v.y[i] = y;
        p.v.dx[i] = y > 0 ? p.v.dy[i] / (1 + q * q) : R(0.0);
    }
}

static void plain(struct call *call)
{
    struct plus p = read(call);
    for (size_t i = 0; i < p.v.n; i++)
        p.v.y[i] = (p.v.x[i] + real_sqrt(p.v.x[i] * p.v.x[i] + p.b)) / 2;
}

static void plain_slope(struct call *call)
{
    struct plus p = read(call);
    for (size_t i = 0; i < p.v.n; i++) {
        real x = p.v.x[i], r = real_sqrt(x * x + p.b);
        if (r > 0)
            p.v.dx[i] = p.v.dy[i] * ((1 + x / r) / 2);
    }
}

static void zero_by_zero(struct call *call)
{
    struct plus p = read(call);
    for (size_t i = 0; i < p.v.n; i++) {
        if (p.b == 0 && p.v.x[i] == 0)
            p.v.dx[i] = p.v.dy[i] * (p.v.y[i] / p.b);
    }
}

static void b_squared(struct call *call)
{
    struct plus p = read(call);
    squareplus_forward(p.v.y, p.v.x, p.v.n, p.b * p.b);
    squareplus_backward(p.v.dx, p.v.dy, p.v.x, p.v.y, p.v.n, p.b * p.b, p.at_zero);
}

static void four_b(struct call *call)
{
    struct plus p = read(call);
    squareplus_forward(p.v.y, p.v.x, p.v.n, 4 * p.b);
    squareplus_backward(p.v.dx, p.v.dy, p.v.x, p.v.y, p.v.n, 4 * p.b, p.at_zero);
}

static void not_halved(struct call *call)
{
    struct plus p = read(call);
    for (size_t i = 0; i < p.v.n; i++) {
        p.v.y[i] = 2 * p.v.y[i];
        p.v.dx[i] = 2 * p.v.dx[i];
    }
}

static void slope_not_halved(struct call *call)
{
    struct plus p = read(call);
    for (size_t i = 0; i < p.v.n; i++)
        p.v.dx[i] = 2 * p.v.dx[i];
}

static void slope_of_root(struct call *call)
{
    struct plus p = read(call);
    for (size_t i = 0; i < p.v.n; i++)
        p.v.dx[i] = 2 * p.v.dx[i] - p.v.dy[i];
}

static void softplus(struct call *call)
{
    struct plus p = read(call);
    for (size_t i = 0; i < p.v.n; i++) {
        real x = p.v.x[i], e = real_exp(-real_abs(x));
        p.v.y[i] = (x > 0 ? x : 0) + real_log1p(e);
        p.v.dx[i] = p.v.dy[i] * (x < 0 ? e / (1 + e) : 1 / (1 + e));
    }
}

static void relu(struct call *call)
{
    struct plus p = read(call);
    squareplus_forward(p.v.y, p.v.x, p.v.n, R(0.0));
    squareplus_backward(p.v.dx, p.v.dy, p.v.x, p.v.y, p.v.n, R(0.0), p.at_zero);
}

static void relu_slope(struct call *call)
{
    struct plus p = read(call);
    for (size_t i = 0; i < p.v.n; i++)
        p.v.dx[i] = p.v.x[i] > 0 ? p.v.dy[i] : R(0.0);
}

static void upstream_ignored(struct call *call)
{
    struct plus p = read(call);
    for (size_t i = 0; i < p.v.n; i++)
        p.v.dx[i] = p.v.dx[i] / p.v.dy[i];
}

static const struct fork table[] = {
    {.info = {"through_quadratic", FORK_TWIN, "",
              "y (y - x) = b / 4: the right side from the left one, the slope from the output.",
              NULL},
     .answer = through_quadratic},
    {.info = {"plain", FORK_NUMERICAL, "",
              "(x + sqrt(x^2 + b)) / 2, which cancels to the left and overflows.", NULL},
     .answer = plain},
    {.info = {"plain_slope", FORK_NUMERICAL, "",
              "The slope is (1 + x / sqrt(x^2 + b)) / 2, which cancels to the left.", NULL},
     .answer = plain_slope},
    {.info = {"zero_by_zero", FORK_NUMERICAL, "", "With b = 0 the slope at 0 is 0 / 0.", NULL},
     .answer = zero_by_zero},
    {.info = {"b_ignored", FORK_BUG, "", "b is 4, whatever is asked for.", NULL},
     .number = {"b", 4}},
    {.info = {"b_squared", FORK_CONVENTION, "", "sqrt(x^2 + b^2): b is a length.", NULL},
     .answer = b_squared},
    {.info = {"four_b", FORK_CONVENTION, "", "sqrt(x^2 + 4 b): the value at 0 is the root of b.",
              NULL},
     .answer = four_b},
    {.info = {"derivative_left", FORK_CONVENTION, "7", "With b = 0 the derivative at 0 is 0.",
              NULL},
     .instead = {"derivative_at_zero", "left"}},
    {.info = {"derivative_right", FORK_CONVENTION, "7", "With b = 0 the derivative at 0 is 1.",
              NULL},
     .instead = {"derivative_at_zero", "right"}},
    {.info = {"derivative_mean", FORK_CONVENTION, "7", "With b = 0 the derivative at 0 is 1/2.",
              NULL},
     .instead = {"derivative_at_zero", "mean"}},
    {.info = {"not_halved", FORK_BUG, "", "x + sqrt(x^2 + b), not divided by 2.", NULL},
     .answer = not_halved},
    {.info = {"slope_not_halved", FORK_BUG, "", "The slope is 1 + x / r, not divided by 2.", NULL},
     .answer = slope_not_halved},
    {.info = {"slope_of_root", FORK_BUG, "", "The slope is x / r, that of the root alone.", NULL},
     .answer = slope_of_root},
    {.info = {"softplus", FORK_CONVENTION, "", "The softplus takes its place.", NULL},
     .answer = softplus},
    {.info = {"relu", FORK_CONVENTION, "", "The ReLU takes its place.", NULL}, .answer = relu},
    {.info = {"relu_slope", FORK_BUG, "", "The backward pass is the ReLU's.", NULL},
     .answer = relu_slope},
    {.info = {"upstream_ignored", FORK_BUG, "",
              "The gradient is the slope itself, not multiplied by the upstream gradient.", NULL},
     .answer = upstream_ignored},
};

const struct fork_list squareplus_forks = {sizeof table / sizeof *table, table};
