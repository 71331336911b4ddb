// SPDX-License-Identifier: MIT
#include "../../reference/activations/hard_tanh.h"
#include "elementwise_forks.h"

/* Everything of one call, already answered rightly; the forks below change one line of it. */
struct clip {
    struct values v;
    real min, max, at_bounds;
};

static struct clip read(struct call *call)
{
    struct clip c = {.v = read_values(call)};
    c.min = call_number_or(call, "min", R(-1.0));
    c.max = call_number_or(call, "max", R(1.0));
    c.at_bounds = kink_between(kink_at_bounds(call), R(0.0), R(1.0));
    hard_tanh_forward(c.v.y, c.v.x, c.v.n, c.min, c.max);
    hard_tanh_backward(c.v.dx, c.v.dy, c.v.x, c.v.n, c.min, c.max, c.at_bounds);
    return c;
}

static real sign(real x)
{
    return x > 0 ? R(1.0) : x < 0 ? R(-1.0) : R(0.0);
}

/* The median of the three, sorted; and the slope from the signs of both distances: their product is
 * -1 inside, 0 on a bound and 1 outside. */
static void median(struct call *call)
{
    struct clip c = read(call);
    for (size_t i = 0; i < c.v.n; i++) {
        real three[3] = {c.min, c.v.x[i], c.max};
        for (size_t k = 0; k < 3; k++) {
            size_t at = k == 1 ? 1 : 0; /* compare 0-1, 1-2, 0-1 */
            real low = three[at] < three[at + 1] ? three[at] : three[at + 1];
            real high = three[at] < three[at + 1] ? three[at + 1] : three[at];
            three[at] = low;
            three[at + 1] = high;
        }
        real side = sign(c.v.x[i] - c.min) * sign(c.v.x[i] - c.max);
        c.v.y[i] = three[1];
        c.v.dx[i] = side > 0 ? 0 : c.v.dy[i] * (side < 0 ? 1 : c.at_bounds);
    }
}

static void clip_to(struct clip *c, real min, real max)
{
    hard_tanh_forward(c->v.y, c->v.x, c->v.n, min, max);
    hard_tanh_backward(c->v.dx, c->v.dy, c->v.x, c->v.n, min, max, c->at_bounds);
}

static void upper_bound_forgotten(struct call *call)
{
    struct clip c = read(call);
    clip_to(&c, c.min, R(1e30));
}

static void lower_bound_forgotten(struct call *call)
{
    struct clip c = read(call);
    clip_to(&c, R(-1e30), c.max);
}

static void lower_bound_mirrored(struct call *call)
{
    struct clip c = read(call);
    clip_to(&c, -c.max, c.max);
}

static void bounds_ignored(struct call *call)
{
    struct clip c = read(call);
    clip_to(&c, R(-1.0), R(1.0));
}

static void tanh_itself(struct call *call)
{
    struct clip c = read(call);
    for (size_t i = 0; i < c.v.n; i++) {
        c.v.y[i] = real_tanh(c.v.x[i]);
        c.v.dx[i] = c.v.dy[i] * (1 - c.v.y[i] * c.v.y[i]);
    }
}

static void straight_through(struct call *call)
{
    struct clip c = read(call);
    slope_of_identity(&c.v);
}

static void mask_of_output(struct call *call)
{
    struct clip c = read(call);
    hard_tanh_backward(c.v.dx, c.v.dy, c.v.y, c.v.n, c.min, c.max, R(1.0));
}

static void upper_mask_only(struct call *call)
{
    struct clip c = read(call);
    for (size_t i = 0; i < c.v.n; i++) {
        if (c.v.x[i] < c.min)
            c.v.dx[i] = c.v.dy[i];
    }
}

static void mask_with_tolerance(struct call *call)
{
    struct clip c = read(call);
    real slack = R(0.01);
    for (size_t i = 0; i < c.v.n; i++)
        c.v.dx[i] = c.v.x[i] < c.min - slack || c.v.x[i] > c.max + slack ? 0 : c.v.dy[i];
}

static void bound_as_gradient(struct call *call)
{
    struct clip c = read(call);
    hard_tanh_forward(c.v.dx, c.v.dy, c.v.n, c.min, c.max);
}

static void upstream_ignored(struct call *call)
{
    struct clip c = read(call);
    for (size_t i = 0; i < c.v.n; i++)
        c.v.dx[i] = c.v.x[i] > c.min && c.v.x[i] < c.max ? R(1.0) : R(0.0);
}

static const struct fork table[] = {
    {.info = {"median", FORK_TWIN, "", "The median of min, x and max, and a slope from two signs.",
              NULL},
     .answer = median},
    {.info = {"at_bounds_outside", FORK_CONVENTION, "8", "The gradient on a bound is 0.", NULL},
     .instead = {"derivative_at_bounds", "outside"}},
    {.info = {"at_bounds_inside", FORK_CONVENTION, "8",
              "The gradient on a bound is 1, as of clamp.", NULL},
     .instead = {"derivative_at_bounds", "inside"}},
    {.info = {"at_bounds_mean", FORK_CONVENTION, "8", "The gradient on a bound is 1/2.", NULL},
     .instead = {"derivative_at_bounds", "mean"}},
    {.info = {"bounds_ignored", FORK_BUG, "", "The bounds are -1 and 1, whatever is asked for.",
              NULL},
     .answer = bounds_ignored},
    {.info = {"upper_bound_forgotten", FORK_BUG, "", "Nothing is clipped from above.", NULL},
     .answer = upper_bound_forgotten},
    {.info = {"lower_bound_forgotten", FORK_BUG, "", "Nothing is clipped from below.", NULL},
     .answer = lower_bound_forgotten},
    {.info = {"lower_bound_mirrored", FORK_BUG, "", "The lower bound is minus the upper one.",
              NULL},
     .answer = lower_bound_mirrored},
    {.info = {"tanh", FORK_CONVENTION, "", "The smooth tanh takes its place.", NULL},
     .answer = tanh_itself},
    {.info = {"straight_through", FORK_CONVENTION, "",
              "The upstream gradient passes unmasked, as quantised training has it.", NULL},
     .answer = straight_through},
    {.info = {"mask_of_output", FORK_BUG, "",
              "The backward mask looks at the output, which is never outside.", NULL},
     .answer = mask_of_output},
    {.info = {"upper_mask_only", FORK_BUG, "", "The backward pass masks above max only.", NULL},
     .answer = upper_mask_only},
    {.info = {"mask_with_tolerance", FORK_BUG, "161",
              "The backward mask reaches 0.01 beyond the bounds.", NULL},
     .answer = mask_with_tolerance},
    {.info = {"bound_as_gradient", FORK_BUG, "",
              "The upstream gradient is clipped instead of masked.", NULL},
     .answer = bound_as_gradient},
    {.info = {"upstream_ignored", FORK_BUG, "",
              "The gradient is the slope itself, not multiplied by the upstream gradient.", NULL},
     .answer = upstream_ignored},
};

const struct fork_list hard_tanh_forks = {sizeof table / sizeof *table, table};
