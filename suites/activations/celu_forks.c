// SPDX-License-Identifier: MIT
#include "../../reference/activations/celu.h"
#include "elementwise_forks.h"

/* With h = tanh(-t / 2), e^t - 1 = -2 h / (1 + h) and
 * e^t = (e^(t/2))^2. */
static void through_tanh(struct call *call)
{
    struct values v = read_values(call);
    real alpha = celu_alpha_of(call);
    for (size_t i = 0; i < v.n; i++) {
        real h = real_tanh(-v.x[i] / alpha / 2), root = real_exp(v.x[i] / alpha / 2);
        v.y[i] = v.x[i] > 0 ? v.x[i] : -2 * alpha * h / (1 + h);
        v.dx[i] = v.x[i] > 0 ? v.dy[i] : v.dy[i] * (root * root);
    }
}

enum {
    BY_SUBTRACTION,
    ELU,
    ALPHA_INSIDE_ONLY,
    ALPHA_MULTIPLIES,
    SLOPE_WITH_ALPHA,
    SLOPE_OF_OUTPUT,
    SLOPE_AT_OUTPUT,
    SLOPE_OF_ELU,
    RIGHT_SIDE_TOO,
    UPSTREAM_IGNORED
};

static void rival(struct call *call)
{
    struct values v = read_values(call);
    real alpha = celu_alpha_of(call);
    celu_forward(v.y, v.x, v.n, alpha);
    celu_backward(v.dx, v.dy, v.x, v.n, alpha);
    for (size_t i = 0; i < v.n; i++) {
        real x = v.x[i], dy = v.dy[i];
        switch (call_variant(call)) {
        case BY_SUBTRACTION:
            v.y[i] = x > 0 ? x : alpha * (real_exp(x / alpha) - 1);
            break;
        case ELU:
            v.y[i] = x > 0 ? x : alpha * real_expm1(x);
            v.dx[i] = x > 0 ? dy : dy * alpha * real_exp(x);
            break;
        case ALPHA_INSIDE_ONLY:
            v.y[i] = x > 0 ? x : real_expm1(x / alpha);
            break;
        case ALPHA_MULTIPLIES:
            v.y[i] = x > 0 ? x : alpha * real_expm1(x * alpha);
            break;
        case SLOPE_WITH_ALPHA:
            v.dx[i] = x > 0 ? dy : alpha * v.dx[i];
            break;
        case SLOPE_OF_OUTPUT:
            v.dx[i] = x > 0 ? dy : dy * (v.y[i] / alpha + 1);
            break;
        case SLOPE_AT_OUTPUT:
            celu_backward(&v.dx[i], &dy, &v.y[i], 1, alpha);
            break;
        case SLOPE_OF_ELU:
            v.dx[i] = x > 0 ? dy : dy * real_exp(x);
            break;
        case RIGHT_SIDE_TOO:
            v.y[i] = alpha * real_expm1(x / alpha);
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
    {.info = {"through_tanh", FORK_TWIN, "",
              "-2 h / (1 + h) with h = tanh(-t / 2), and the square of a root of e^t.", NULL},
     .answer = through_tanh},
    {.info = {"by_subtraction", FORK_NUMERICAL, "10",
              "e^x - 1 by subtraction, which cancels near 0.", NULL},
     .answer = rival, .variant = BY_SUBTRACTION},
    {.info = {"alpha_ignored", FORK_BUG, "",
              "alpha is 1, whatever is asked for.", NULL},
     .number = {"alpha", 1}},
    {.info = {"elu", FORK_CONVENTION, "",
              "The ELU: x is not divided by alpha.", NULL},
     .answer = rival, .variant = ELU},
    {.info = {"alpha_inside_only", FORK_BUG, "",
              "The result is not multiplied by alpha.", NULL},
     .answer = rival, .variant = ALPHA_INSIDE_ONLY},
    {.info = {"alpha_multiplies", FORK_BUG, "",
              "x is multiplied by alpha instead of divided.", NULL},
     .answer = rival, .variant = ALPHA_MULTIPLIES},
    {.info = {"slope_with_alpha", FORK_BUG, "",
              "The slope is multiplied by alpha, as the ELU's.", NULL},
     .answer = rival, .variant = SLOPE_WITH_ALPHA},
    {.info = {"slope_of_output", FORK_NUMERICAL, "12",
              "The slope is y / alpha + 1, which cancels in the tail.", NULL},
     .answer = rival, .variant = SLOPE_OF_OUTPUT},
    {.info = {"slope_at_output", FORK_BUG, "",
              "The slope is taken at the output.", NULL},
     .answer = rival, .variant = SLOPE_AT_OUTPUT},
    {.info = {"slope_of_elu", FORK_BUG, "",
              "The slope is e^x, without alpha.", NULL},
     .answer = rival, .variant = SLOPE_OF_ELU},
    {.info = {"right_side_too", FORK_BUG, "",
              "Values to the right of 0 are bent too.", NULL},
     .answer = rival, .variant = RIGHT_SIDE_TOO},
    {.info = {"upstream_ignored", FORK_BUG, "",
              "The upstream gradient is ignored.", NULL},
     .answer = rival, .variant = UPSTREAM_IGNORED},
    /* clang-format on */
};

const struct fork_list celu_forks = {sizeof table / sizeof *table, table};
