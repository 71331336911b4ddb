// SPDX-License-Identifier: MIT
#include "../../reference/activations/mish.h"
#include "elementwise_forks.h"

/* tanh(log a) = (a^2 - 1) / (a^2 + 1) is a quotient of polynomials of e = e^-|x|, and so is its
 * derivative. */
static void rational(struct call *call)
{
    struct values v = read_values(call);
    for (size_t i = 0; i < v.n; i++) {
        real x = v.x[i], e = real_exp(-real_abs(x)), over, under, rise;
        over = x < 0 ? e * (e + 2) : 1 + 2 * e;
        under = x < 0 ? e * (e + 2) + 2 : 1 + 2 * e + 2 * e * e;
        rise = x < 0 ? 4 * e * (1 + e) / (under * under) : 4 * e * e * (1 + e) / (under * under);
        v.y[i] = x * (over / under);
        v.dx[i] = v.dy[i] * (over / under + x * rise);
    }
}

enum {
    PLAIN,
    WITHOUT_LOG1P,
    RATIONAL_OVERFLOWING,
    X_FORGOTTEN,
    TANH_FORGOTTEN,
    SILU,
    GATE_SLOPE_DROPPED,
    SIGMOID_DROPPED,
    X_DROPPED,
    SLOPE_AT_OUTPUT,
    THRESHOLD_THREE,
    UPSTREAM_IGNORED
};

static void rival(struct call *call)
{
    struct values v = read_values(call);
    mish_forward(v.y, v.x, v.n);
    mish_backward(v.dx, v.dy, v.x, v.n);
    for (size_t i = 0; i < v.n; i++) {
        real x = v.x[i], dy = v.dy[i];
        switch (call_variant(call)) {
        case PLAIN:
            v.y[i] = x * real_tanh(real_log(1 + real_exp(x)));
            break;
        case WITHOUT_LOG1P:
            v.y[i] = x * real_tanh((x > 0 ? x : 0) + real_log(1 + real_exp(-real_abs(x))));
            break;
        case RATIONAL_OVERFLOWING: {
            real a = (1 + real_exp(x)) * (1 + real_exp(x));
            v.y[i] = x * (a - 1) / (a + 1);
        } break;
        case X_FORGOTTEN:
            v.y[i] = v.y[i] / x;
            break;
        case TANH_FORGOTTEN:
            v.y[i] = x * real_log1p(real_exp(x));
            break;
        case SILU:
            v.y[i] = x / (1 + real_exp(-x));
            break;
        case GATE_SLOPE_DROPPED:
            v.dx[i] = dy * v.y[i] / x;
            break;
        case SIGMOID_DROPPED:
            v.dx[i] = dy * (v.y[i] / x + x * (1 - v.y[i] / x * (v.y[i] / x)));
            break;
        case X_DROPPED:
            v.dx[i] = dy * (v.y[i] / x + (1 - v.y[i] / x * (v.y[i] / x)) / (1 + real_exp(-x)));
            break;
        case SLOPE_AT_OUTPUT:
            mish_backward(&v.dx[i], &dy, &v.y[i], 1);
            break;
        case THRESHOLD_THREE:
            v.y[i] = x > 3 ? x : v.y[i];
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
    {.info = {"rational", FORK_TWIN, "",
              "Quotients of polynomials of e^-|x|.", NULL},
     .answer = rational},
    {.info = {"plain", FORK_NUMERICAL, "13",
              "log(1 + e^x), which overflows and loses the tail.", NULL},
     .answer = rival, .variant = PLAIN},
    {.info = {"without_log1p", FORK_NUMERICAL, "13",
              "max(x, 0) + log(1 + e^-|x|) without log1p, which loses the tail.", NULL},
     .answer = rival, .variant = WITHOUT_LOG1P},
    {.info = {"rational_overflowing", FORK_NUMERICAL, "13",
              "((1 + e^x)^2 - 1) / ((1 + e^x)^2 + 1): infinity over infinity.", NULL},
     .answer = rival, .variant = RATIONAL_OVERFLOWING},
    {.info = {"x_forgotten", FORK_BUG, "",
              "The gate is not multiplied by x.", NULL},
     .answer = rival, .variant = X_FORGOTTEN},
    {.info = {"tanh_forgotten", FORK_BUG, "",
              "x times the softplus, without tanh.", NULL},
     .answer = rival, .variant = TANH_FORGOTTEN},
    {.info = {"silu", FORK_CONVENTION, "",
              "The sigmoid linear unit takes its place.", NULL},
     .answer = rival, .variant = SILU},
    {.info = {"gate_slope_dropped", FORK_BUG, "",
              "The slope is the gate alone.", NULL},
     .answer = rival, .variant = GATE_SLOPE_DROPPED},
    {.info = {"sigmoid_dropped", FORK_BUG, "",
              "The slope lacks the derivative of the softplus.", NULL},
     .answer = rival, .variant = SIGMOID_DROPPED},
    {.info = {"x_dropped", FORK_BUG, "",
              "The second term of the slope lacks x.", NULL},
     .answer = rival, .variant = X_DROPPED},
    {.info = {"slope_at_output", FORK_BUG, "",
              "The slope is taken at the output.", NULL},
     .answer = rival, .variant = SLOPE_AT_OUTPUT},
    {.info = {"threshold_three", FORK_BUG, "13",
              "Linear from 3 on, where the gate is 0.995.", NULL},
     .answer = rival, .variant = THRESHOLD_THREE},
    {.info = {"upstream_ignored", FORK_BUG, "",
              "The upstream gradient is ignored.", NULL},
     .answer = rival, .variant = UPSTREAM_IGNORED},
    /* clang-format on */
};

const struct fork_list mish_forks = {sizeof table / sizeof *table, table};
