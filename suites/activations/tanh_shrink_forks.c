// SPDX-License-Identifier: MIT
#include "../../reference/activations/tanh_shrink.h"
#include "elementwise_forks.h"

/* tanh by e^-2|x| - 1, with the sign put back. */
static void through_exponential(struct call *call)
{
    struct values v = read_values(call);
    for (size_t i = 0; i < v.n; i++) {
        real e = real_expm1(-2 * real_abs(v.x[i])), t = e / (e + 2);
        v.y[i] = v.x[i] < 0 ? v.x[i] - t : v.x[i] + t;
        v.dx[i] = v.dy[i] * t * t;
    }
}

enum {
    TANH,
    SIGN,
    SLOPE_OF_TANH,
    SLOPE_NOT_SQUARED,
    SLOPE_CANCELLED,
    SLOPE_AT_OUTPUT,
    SLOPE_ONE,
    SIGMOID,
    PLAIN_TANH,
    UPSTREAM_IGNORED
};

static void rival(struct call *call)
{
    struct values v = read_values(call);
    tanh_shrink_forward(v.y, v.x, v.n);
    tanh_shrink_backward(v.dx, v.dy, v.x, v.n);
    for (size_t i = 0; i < v.n; i++) {
        real x = v.x[i], dy = v.dy[i];
        switch (call_variant(call)) {
        case TANH:
            v.y[i] = real_tanh(x);
            break;
        case SIGN:
            v.y[i] = -v.y[i];
            break;
        case SLOPE_OF_TANH:
            v.dx[i] = dy - v.dx[i];
            break;
        case SLOPE_NOT_SQUARED:
            v.dx[i] = dy * real_tanh(x);
            break;
        case SLOPE_CANCELLED: {
            real c = (real_exp(x) + real_exp(-x)) / 2;
            v.dx[i] = dy * (1 - 1 / (c * c));
        } break;
        case SLOPE_AT_OUTPUT:
            tanh_shrink_backward(&v.dx[i], &dy, &v.y[i], 1);
            break;
        case SLOPE_ONE:
            v.dx[i] = dy;
            break;
        case SIGMOID:
            v.y[i] = x - 1 / (1 + real_exp(-x));
            break;
        case PLAIN_TANH:
            v.y[i] = x - (real_exp(x) - real_exp(-x)) / (real_exp(x) + real_exp(-x));
            break;
        case UPSTREAM_IGNORED:
            v.dx[i] = v.dx[i] / dy;
            break;
        default:
            break;
        }
    }
}

static const struct fork table[] = {
    /* clang-format off */
    {.info = {"through_exponential", FORK_TWIN, "",
              "tanh by e^-2|x| - 1.", NULL},
     .answer = through_exponential},
    {.info = {"tanh", FORK_BUG, "",
              "tanh itself.", NULL},
     .answer = rival, .variant = TANH},
    {.info = {"sign", FORK_BUG, "",
              "tanh x - x.", NULL},
     .answer = rival, .variant = SIGN},
    {.info = {"slope_of_tanh", FORK_BUG, "",
              "The slope is that of tanh, 1 - tanh^2.", NULL},
     .answer = rival, .variant = SLOPE_OF_TANH},
    {.info = {"slope_not_squared", FORK_BUG, "",
              "The slope is tanh x, not its square.", NULL},
     .answer = rival, .variant = SLOPE_NOT_SQUARED},
    {.info = {"slope_cancelled", FORK_NUMERICAL, "12",
              "The slope is 1 - 1 / cosh^2, which cancels near 0.", NULL},
     .answer = rival, .variant = SLOPE_CANCELLED},
    {.info = {"slope_at_output", FORK_BUG, "",
              "The slope is taken at the output.", NULL},
     .answer = rival, .variant = SLOPE_AT_OUTPUT},
    {.info = {"slope_one", FORK_BUG, "",
              "The slope of the tanh is forgotten.", NULL},
     .answer = rival, .variant = SLOPE_ONE},
    {.info = {"sigmoid", FORK_BUG, "",
              "The sigmoid is subtracted.", NULL},
     .answer = rival, .variant = SIGMOID},
    {.info = {"plain_tanh", FORK_NUMERICAL, "",
              "tanh as a quotient of exponentials, which overflow.", NULL},
     .answer = rival, .variant = PLAIN_TANH},
    {.info = {"upstream_ignored", FORK_BUG, "",
              "The upstream gradient is ignored.", NULL},
     .answer = rival, .variant = UPSTREAM_IGNORED},
    /* clang-format on */
};

const struct fork_list tanh_shrink_forks = {sizeof table / sizeof *table, table};
