// SPDX-License-Identifier: MIT
#include "../../reference/activations/softsign.h"
#include "elementwise_forks.h"

/* y from the reciprocals, and the slope as a square of what y lacks to 1. */
static void reciprocals(struct call *call)
{
    struct values v = read_values(call);
    for (size_t i = 0; i < v.n; i++) {
        real sign = v.x[i] < 0 ? R(-1.0) : R(1.0), rest = 1 / (1 + sign * v.x[i]);
        v.y[i] = v.x[i] == 0 ? v.x[i] : 1 / (1 / v.x[i] + sign);
        v.dx[i] = v.dy[i] * rest * rest;
    }
}

enum {
    SIZE_FORGOTTEN,
    SQUARE_ROOT,
    SLOPE_NOT_SQUARED,
    SLOPE_OF_OUTPUT,
    SLOPE_AT_OUTPUT,
    SIGN_LOST,
    TANH,
    UPSTREAM_IGNORED
};

static void rival(struct call *call)
{
    struct values v = read_values(call);
    softsign_forward(v.y, v.x, v.n);
    softsign_backward(v.dx, v.dy, v.x, v.n);
    for (size_t i = 0; i < v.n; i++) {
        real x = v.x[i], dy = v.dy[i];
        switch (call_variant(call)) {
        case SIZE_FORGOTTEN:
            v.y[i] = x / (1 + x);
            v.dx[i] = dy / ((1 + x) * (1 + x));
            break;
        case SQUARE_ROOT:
            v.y[i] = x / real_sqrt(1 + x * x);
            break;
        case SLOPE_NOT_SQUARED:
            v.dx[i] = dy / (1 + real_abs(x));
            break;
        case SLOPE_OF_OUTPUT:
            v.dx[i] = dy * (1 - real_abs(v.y[i])) * (1 - real_abs(v.y[i]));
            break;
        case SLOPE_AT_OUTPUT:
            softsign_backward(&v.dx[i], &dy, &v.y[i], 1);
            break;
        case SIGN_LOST:
            v.y[i] = real_abs(v.y[i]);
            break;
        case TANH:
            v.y[i] = real_tanh(x);
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
    {.info = {"reciprocals", FORK_TWIN, "",
              "1 / (1/x + sign x), and the square of 1 / (1 + |x|).", NULL},
     .answer = reciprocals},
    {.info = {"size_forgotten", FORK_BUG, "",
              "x / (1 + x): the size is forgotten.", NULL},
     .answer = rival, .variant = SIZE_FORGOTTEN},
    {.info = {"square_root", FORK_CONVENTION, "",
              "x / sqrt(1 + x^2), the inverse square root unit.", NULL},
     .answer = rival, .variant = SQUARE_ROOT},
    {.info = {"slope_not_squared", FORK_BUG, "",
              "The slope is 1 / (1 + |x|), not its square.", NULL},
     .answer = rival, .variant = SLOPE_NOT_SQUARED},
    {.info = {"slope_of_output", FORK_NUMERICAL, "12",
              "The slope is (1 - |y|)^2, which cancels when saturated.", NULL},
     .answer = rival, .variant = SLOPE_OF_OUTPUT},
    {.info = {"slope_at_output", FORK_BUG, "",
              "The slope is taken at the output.", NULL},
     .answer = rival, .variant = SLOPE_AT_OUTPUT},
    {.info = {"sign_lost", FORK_BUG, "",
              "y has no sign.", NULL},
     .answer = rival, .variant = SIGN_LOST},
    {.info = {"tanh", FORK_CONVENTION, "",
              "tanh takes its place.", NULL},
     .answer = rival, .variant = TANH},
    {.info = {"upstream_ignored", FORK_BUG, "",
              "The upstream gradient is ignored.", NULL},
     .answer = rival, .variant = UPSTREAM_IGNORED},
    /* clang-format on */
};

const struct fork_list softsign_forks = {sizeof table / sizeof *table, table};
