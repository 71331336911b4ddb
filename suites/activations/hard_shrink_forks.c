// SPDX-License-Identifier: MIT
#include "../../reference/activations/hard_shrink.h"
#include "elementwise_forks.h"

/* By the signs of both distances: their sum is 0 between them, their product 0 on one of them. */
static void two_signs(struct call *call)
{
    struct values v = read_values(call);
    real lambda = hard_shrink_lambda_of(call);
    for (size_t i = 0; i < v.n; i++) {
        real up = v.x[i] - lambda, down = v.x[i] + lambda, inside = up * down;
        int on = inside == 0 && v.x[i] * v.x[i] == lambda * lambda;
        real factor = inside > 0 || (on && hard_shrink_keep_of(call)) ? R(1.0) : R(0.0);
        v.y[i] = v.x[i] * factor;
        v.dx[i] = v.dy[i] * factor;
    }
}

enum {
    SOFT,
    ONE_SIDED,
    STRAIGHT_THROUGH,
    SLOPE_OF_UPSTREAM,
    INVERTED,
    SQUARED,
    CLAMPED,
    UPSTREAM_IGNORED
};

static void rival(struct call *call)
{
    struct values v = read_values(call);
    real lambda = hard_shrink_lambda_of(call);
    int keep = hard_shrink_keep_of(call);
    hard_shrink_forward(v.y, v.x, v.n, lambda, keep);
    hard_shrink_backward(v.dx, v.dy, v.x, v.n, lambda, keep);
    for (size_t i = 0; i < v.n; i++) {
        real x = v.x[i], dy = v.dy[i];
        switch (call_variant(call)) {
        case SOFT:
            v.y[i] = v.y[i] > 0 ? x - lambda : v.y[i] < 0 ? x + lambda : 0;
            break;
        case ONE_SIDED:
            v.y[i] = x > lambda ? x : 0;
            v.dx[i] = x > lambda ? dy : 0;
            break;
        case STRAIGHT_THROUGH:
            v.dx[i] = dy;
            break;
        case SLOPE_OF_UPSTREAM:
            hard_shrink_forward(&v.dx[i], &dy, 1, lambda, keep);
            break;
        case INVERTED:
            v.y[i] = x - v.y[i];
            v.dx[i] = dy - v.dx[i];
            break;
        case SQUARED:
            v.y[i] = x * x > lambda ? x : 0;
            break;
        case CLAMPED:
            v.y[i] = v.y[i] != 0 ? x : x > 0 ? lambda : -lambda;
            break;
        case UPSTREAM_IGNORED:
            v.dx[i] = hard_shrink_keeps(x, lambda, keep) ? R(1.0) : R(0.0);
            break;
        default:
            break;
        }
    }
}

static const struct fork table[] = {
    /* clang-format off */
    {.info = {"two_signs", FORK_TWIN, "",
              "The sign of (x - lambda) (x + lambda).", NULL},
     .answer = two_signs},
    {.info = {"zero_at_threshold", FORK_CONVENTION, "8",
              "Values of exactly lambda become 0.", NULL},
     .instead = {"at_threshold", "zero"}},
    {.info = {"keep_at_threshold", FORK_CONVENTION, "8",
              "Values of exactly lambda stay.", NULL},
     .instead = {"at_threshold", "keep"}},
    {.info = {"lambda_ignored", FORK_BUG, "",
              "lambda is 1/2, whatever is asked for.", NULL},
     .number = {"lambda", 0.5}},
    {.info = {"soft", FORK_CONVENTION, "",
              "Soft shrinkage: what stays moves by lambda.", NULL},
     .answer = rival, .variant = SOFT},
    {.info = {"one_sided", FORK_BUG, "",
              "Negative values always become 0.", NULL},
     .answer = rival, .variant = ONE_SIDED},
    {.info = {"straight_through", FORK_CONVENTION, "",
              "The upstream gradient passes unmasked.", NULL},
     .answer = rival, .variant = STRAIGHT_THROUGH},
    {.info = {"slope_of_upstream", FORK_BUG, "",
              "The upstream gradient is shrunk instead of masked.", NULL},
     .answer = rival, .variant = SLOPE_OF_UPSTREAM},
    {.info = {"inverted", FORK_BUG, "",
              "The large values become 0.", NULL},
     .answer = rival, .variant = INVERTED},
    {.info = {"squared", FORK_BUG, "",
              "The square of x is compared with lambda.", NULL},
     .answer = rival, .variant = SQUARED},
    {.info = {"clamped", FORK_BUG, "",
              "Small values become lambda, not 0.", NULL},
     .answer = rival, .variant = CLAMPED},
    {.info = {"upstream_ignored", FORK_BUG, "",
              "The upstream gradient is ignored.", NULL},
     .answer = rival, .variant = UPSTREAM_IGNORED},
    /* clang-format on */
};

const struct fork_list hard_shrink_forks = {sizeof table / sizeof *table, table};
