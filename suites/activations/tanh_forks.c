// SPDX-License-Identifier: MIT
#include "../../reference/activations/tanh.h"
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
    tanh_forward(v.y, v.x, v.n);
    tanh_backward(v.dx, v.dy, v.y, v.n);
    return v;
}

/* With t = e^(-2|x|) - 1, |y| = -t / (t + 2): neither cancels nor overflows anywhere. The slope is
 * 4 e / (1 + e)^2 with e = e^(-2|x|). */
static void through_expm1(struct call *call)
{
    struct values v = read(call);
    for (size_t i = 0; i < v.n; i++) {
        real t = real_expm1(-2 * real_abs(v.x[i]));
        real y = -t / (t + 2);
        real e = real_exp(-2 * real_abs(v.x[i]));
        v.y[i] = v.x[i] < 0 ? -y : y;
        v.dx[i] = v.dy[i] * (4 * e / ((1 + e) * (1 + e)));
    }
}

static void quotient_of_exponentials(struct call *call)
{
    struct values v = read(call);
    for (size_t i = 0; i < v.n; i++) {
        real up = real_exp(v.x[i]), down = real_exp(-v.x[i]);
        v.y[i] = (up - down) / (up + down);
    }
    tanh_backward(v.dx, v.dy, v.y, v.n);
}

static void complement_of_sigmoid(struct call *call)
{
    struct values v = read(call);
    for (size_t i = 0; i < v.n; i++)
        v.y[i] = 1 - 2 / (1 + real_exp(2 * v.x[i]));
    tanh_backward(v.dx, v.dy, v.y, v.n);
}

static void hard_tanh(struct call *call)
{
    struct values v = read(call);
    for (size_t i = 0; i < v.n; i++) {
        real x = v.x[i];
        v.y[i] = x < -1 ? -1 : x > 1 ? 1 : x;
        v.dx[i] = x < -1 || x > 1 ? 0 : v.dy[i];
    }
}

static void scaled(struct call *call)
{
    struct values v = read(call);
    for (size_t i = 0; i < v.n; i++) {
        real t = real_tanh(2 * v.x[i] / 3);
        v.y[i] = R(1.7159) * t;
        v.dx[i] = v.dy[i] * R(1.7159) * 2 / 3 * (1 - t * t);
    }
}

static void half_the_argument(struct call *call)
{
    struct values v = read(call);
    for (size_t i = 0; i < v.n; i++)
        v.y[i] = real_tanh(v.x[i] / 2);
    tanh_backward(v.dx, v.dy, v.y, v.n);
}

static void slope_from_input(struct call *call)
{
    struct values v = read(call);
    tanh_backward(v.dx, v.dy, v.x, v.n);
}

static void slope_at_output(struct call *call)
{
    struct values v = read(call);
    real *again = call_scratch(call, v.n);
    tanh_forward(again, v.y, v.n);
    tanh_backward(v.dx, v.dy, again, v.n);
}

static void slope_without_square(struct call *call)
{
    struct values v = read(call);
    for (size_t i = 0; i < v.n; i++)
        v.dx[i] = v.dy[i] * (1 - v.y[i]);
}

static void slope_of_sigmoid(struct call *call)
{
    struct values v = read(call);
    for (size_t i = 0; i < v.n; i++)
        v.dx[i] = v.dy[i] * v.y[i] * (1 - v.y[i]);
}

static void upstream_ignored(struct call *call)
{
    struct values v = read(call);
    for (size_t i = 0; i < v.n; i++)
        v.dx[i] = 1 - v.y[i] * v.y[i];
}

static const struct fork table[] = {
    {.info = {"through_expm1", FORK_TWIN, "",
              "Value and slope from e^(-2|x|) - 1 and e^(-2|x|) instead of tanh.", NULL},
     .answer = through_expm1},
    {.info = {"quotient_of_exponentials", FORK_NUMERICAL, "",
              "The textbook quotient: infinity over infinity for large x, 0 for tiny x.", NULL},
     .answer = quotient_of_exponentials},
    {.info = {"complement_of_sigmoid", FORK_NUMERICAL, "",
              "1 - 2 / (1 + e^2x) never overflows badly, but cancels near 0.", NULL},
     .answer = complement_of_sigmoid},
    {.info = {"hard_tanh", FORK_CONVENTION, "",
              "The identity, clipped to -1 and 1, takes its place.", NULL},
     .answer = hard_tanh},
    {.info = {"scaled", FORK_CONVENTION, "",
              "LeCun's 1.7159 tanh(2x/3), which has values of +-1 at +-1, takes its place.", NULL},
     .answer = scaled},
    {.info = {"half_the_argument", FORK_BUG, "",
              "2 sigmoid(x) - 1 instead of 2 sigmoid(2x) - 1, which is tanh(x/2).", NULL},
     .answer = half_the_argument},
    {.info = {"slope_from_input", FORK_BUG, "",
              "The slope 1 - y^2 is given the input x instead of the output y.", NULL},
     .answer = slope_from_input},
    {.info = {"slope_at_output", FORK_BUG, "",
              "The slope applies tanh once more to what is already the output.", NULL},
     .answer = slope_at_output},
    {.info = {"slope_without_square", FORK_BUG, "", "The slope is 1 - y instead of 1 - y^2.", NULL},
     .answer = slope_without_square},
    {.info = {"slope_of_sigmoid", FORK_BUG, "", "The slope is that of the sigmoid, y (1 - y).",
              NULL},
     .answer = slope_of_sigmoid},
    {.info = {"upstream_ignored", FORK_BUG, "",
              "The gradient is the slope itself, not multiplied by the upstream gradient.", NULL},
     .answer = upstream_ignored},
};

const struct fork_list tanh_forks = {sizeof table / sizeof *table, table};
