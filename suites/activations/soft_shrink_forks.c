// SPDX-License-Identifier: MIT
#include "../../reference/activations/soft_shrink.h"
#include "elementwise_forks.h"

/* max(x - lambda, 0) - max(-x - lambda, 0), and the slope from the sign of (|x| - lambda). */
static void two_rectifiers(struct call *call)
{
    struct values v = read_values(call);
    real lambda = soft_shrink_lambda_of(call), at = soft_shrink_at_threshold_of(call);
    for (size_t i = 0; i < v.n; i++) {
        real up = v.x[i] - lambda, down = -v.x[i] - lambda;
        v.y[i] = (up > 0 ? up : 0) - (down > 0 ? down : 0);
        real outside = up > down ? up : down;
        v.dx[i] = outside == 0 ? v.dy[i] * at : outside > 0 ? v.dy[i] : 0;
    }
}

enum {
    HARD,
    ONE_SIDED,
    STRAIGHT_THROUGH,
    SLOPE_OF_UPSTREAM,
    AWAY,
    CLIPPED,
    HALF,
    MASK_OF_OUTPUT,
    UPSTREAM_IGNORED
};

static void rival(struct call *call)
{
    struct values v = read_values(call);
    real lambda = soft_shrink_lambda_of(call), at = soft_shrink_at_threshold_of(call);
    soft_shrink_forward(v.y, v.x, v.n, lambda);
    soft_shrink_backward(v.dx, v.dy, v.x, v.n, lambda, at);
    for (size_t i = 0; i < v.n; i++) {
        real x = v.x[i], dy = v.dy[i];
        switch (call_variant(call)) {
        case HARD:
            v.y[i] = v.y[i] != 0 ? x : 0;
            break;
        case ONE_SIDED:
            v.y[i] = v.y[i] > 0 ? v.y[i] : 0;
            v.dx[i] = v.y[i] > 0 ? v.dx[i] : 0;
            break;
        case STRAIGHT_THROUGH:
            v.dx[i] = dy;
            break;
        case SLOPE_OF_UPSTREAM:
            soft_shrink_forward(&v.dx[i], &dy, 1, lambda);
            break;
        case AWAY:
            v.y[i] = v.y[i] > 0 ? x + lambda : v.y[i] < 0 ? x - lambda : 0;
            break;
        case CLIPPED:
            v.y[i] = x - v.y[i];
            break;
        case HALF:
            v.y[i] = x > lambda / 2 ? x - lambda / 2 : x < -lambda / 2 ? x + lambda / 2 : 0;
            break;
        case MASK_OF_OUTPUT:
            soft_shrink_backward(&v.dx[i], &dy, &v.y[i], 1, lambda, at);
            break;
        case UPSTREAM_IGNORED: {
            real one = 1;
            soft_shrink_backward(&v.dx[i], &one, &x, 1, lambda, at);
        } break;
        default:
            break;
        }
    }
}

static const struct fork table[] = {
    /* clang-format off */
    {.info = {"two_rectifiers", FORK_TWIN, "",
              "The difference of two rectifiers.", NULL},
     .answer = two_rectifiers},
    {.info = {"zero_at_threshold", FORK_CONVENTION, "7 8",
              "The derivative at the threshold is 0.", NULL},
     .instead = {"derivative_at_threshold", "zero"}},
    {.info = {"one_at_threshold", FORK_CONVENTION, "7 8",
              "The derivative at the threshold is 1.", NULL},
     .instead = {"derivative_at_threshold", "one"}},
    {.info = {"mean_at_threshold", FORK_CONVENTION, "7 8",
              "The derivative at the threshold is 1/2.", NULL},
     .instead = {"derivative_at_threshold", "mean"}},
    {.info = {"lambda_ignored", FORK_BUG, "",
              "lambda is 1/2, whatever is asked for.", NULL},
     .number = {"lambda", 0.5}},
    {.info = {"hard", FORK_CONVENTION, "",
              "Hard shrinkage: what stays does not move.", NULL},
     .answer = rival, .variant = HARD},
    {.info = {"one_sided", FORK_BUG, "",
              "Negative values always become 0.", NULL},
     .answer = rival, .variant = ONE_SIDED},
    {.info = {"straight_through", FORK_CONVENTION, "",
              "The upstream gradient passes unmasked.", NULL},
     .answer = rival, .variant = STRAIGHT_THROUGH},
    {.info = {"slope_of_upstream", FORK_BUG, "",
              "The upstream gradient is shrunk instead of masked.", NULL},
     .answer = rival, .variant = SLOPE_OF_UPSTREAM},
    {.info = {"away", FORK_BUG, "",
              "Values move away from 0.", NULL},
     .answer = rival, .variant = AWAY},
    {.info = {"clipped", FORK_BUG, "",
              "What was taken away, not what is left: x clipped.", NULL},
     .answer = rival, .variant = CLIPPED},
    {.info = {"half", FORK_BUG, "",
              "The threshold is lambda / 2, of the penalty lambda x^2 / 2's scale.", NULL},
     .answer = rival, .variant = HALF},
    {.info = {"mask_of_output", FORK_BUG, "",
              "The backward mask looks at the output.", NULL},
     .answer = rival, .variant = MASK_OF_OUTPUT},
    {.info = {"upstream_ignored", FORK_BUG, "",
              "The upstream gradient is ignored.", NULL},
     .answer = rival, .variant = UPSTREAM_IGNORED},
    /* clang-format on */
};

const struct fork_list soft_shrink_forks = {sizeof table / sizeof *table, table};
