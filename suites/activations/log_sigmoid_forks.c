// SPDX-License-Identifier: MIT
#include "../../reference/activations/log_sigmoid.h"
#include "elementwise_forks.h"

/* The logarithm of the smaller of the two sigmoids is -|x| more than that of the larger one, which
 * is log1p of minus the smaller. The slope is 1 / (1 + e^x), where an overflow gives 0. */
static void through_complement(struct call *call)
{
    struct values v = read_values(call);
    for (size_t i = 0; i < v.n; i++) {
        real larger = real_log1p(-1 / (1 + real_exp(real_abs(v.x[i]))));
        v.y[i] = v.x[i] < 0 ? v.x[i] + larger : larger;
        v.dx[i] = v.dy[i] / (1 + real_exp(v.x[i]));
    }
}

enum {
    OF_SIGMOID,
    WITHOUT_LOG1P,
    OVERFLOWING,
    SOFTPLUS,
    SIGN,
    SLOPE_MIRRORED,
    SLOPE_OF_SIGMOID,
    SLOPE_CANCELLED,
    SLOPE_AT_OUTPUT,
    CLAMPED,
    UPSTREAM_IGNORED
};

static void rival(struct call *call)
{
    struct values v = read_values(call);
    log_sigmoid_forward(v.y, v.x, v.n);
    log_sigmoid_backward(v.dx, v.dy, v.x, v.n);
    for (size_t i = 0; i < v.n; i++) {
        real x = v.x[i], dy = v.dy[i];
        switch (call_variant(call)) {
        case OF_SIGMOID:
            v.y[i] = real_log(1 / (1 + real_exp(-x)));
            break;
        case WITHOUT_LOG1P:
            v.y[i] = (x < 0 ? x : 0) - real_log(1 + real_exp(-real_abs(x)));
            break;
        case OVERFLOWING:
            v.y[i] = -real_log1p(real_exp(-x));
            break;
        case SOFTPLUS:
            v.y[i] = (x > 0 ? x : 0) + real_log1p(real_exp(-real_abs(x)));
            break;
        case SIGN:
            v.y[i] = -v.y[i];
            break;
        case SLOPE_MIRRORED:
            v.dx[i] = dy / (1 + real_exp(-x));
            break;
        case SLOPE_OF_SIGMOID:
            v.dx[i] = v.dx[i] / (1 + real_exp(-x));
            break;
        case SLOPE_CANCELLED:
            v.dx[i] = dy * (1 - 1 / (1 + real_exp(-x)));
            break;
        case SLOPE_AT_OUTPUT:
            log_sigmoid_backward(&v.dx[i], &dy, &v.y[i], 1);
            break;
        case CLAMPED:
            v.y[i] = real_log(1 / (1 + real_exp(-x)) + R(1e-7));
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
    {.info = {"through_complement", FORK_TWIN, "",
              "log1p of minus the smaller sigmoid; slope 1 / (1 + e^x).", NULL},
     .answer = through_complement},
    {.info = {"of_sigmoid", FORK_NUMERICAL, "16",
              "The logarithm of a rounded sigmoid: minus infinity to the left, 0 to the right.",
               NULL},
     .answer = rival, .variant = OF_SIGMOID},
    {.info = {"without_log1p", FORK_NUMERICAL, "13",
              "log(1 + e) without log1p, which loses the tail.", NULL},
     .answer = rival, .variant = WITHOUT_LOG1P},
    {.info = {"overflowing", FORK_NUMERICAL, "13 14",
              "-log1p(e^-x), which overflows to the left.", NULL},
     .answer = rival, .variant = OVERFLOWING},
    {.info = {"softplus", FORK_BUG, "",
              "The softplus of x itself.", NULL},
     .answer = rival, .variant = SOFTPLUS},
    {.info = {"sign", FORK_BUG, "",
              "The sign is forgotten.", NULL},
     .answer = rival, .variant = SIGN},
    {.info = {"slope_mirrored", FORK_BUG, "",
              "The slope is s(x) instead of s(-x).", NULL},
     .answer = rival, .variant = SLOPE_MIRRORED},
    {.info = {"slope_of_sigmoid", FORK_BUG, "",
              "The slope is that of the sigmoid, without the logarithm.", NULL},
     .answer = rival, .variant = SLOPE_OF_SIGMOID},
    {.info = {"slope_cancelled", FORK_NUMERICAL, "12",
              "The slope is 1 - s(x), which cancels to the right.", NULL},
     .answer = rival, .variant = SLOPE_CANCELLED},
    {.info = {"slope_at_output", FORK_BUG, "",
              "The slope is taken at the output.", NULL},
     .answer = rival, .variant = SLOPE_AT_OUTPUT},
    {.info = {"clamped", FORK_CONVENTION, "34",
              "1e-7 is added to the sigmoid before the logarithm.", NULL},
     .answer = rival, .variant = CLAMPED},
    {.info = {"upstream_ignored", FORK_BUG, "",
              "The upstream gradient is ignored.", NULL},
     .answer = rival, .variant = UPSTREAM_IGNORED},
    /* clang-format on */
};

const struct fork_list log_sigmoid_forks = {sizeof table / sizeof *table, table};
