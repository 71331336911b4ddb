// SPDX-License-Identifier: MIT
#include "../../reference/activations/prelu.h"
#include "../fork.h"

/* Everything of one call, already answered rightly; the forks below change one line of it. Without
 * input dy the gradients go to scratch memory. */
struct unit {
    const real *x, *a, *dy;
    real *y, *dx, *da, *at_zero, *spare;
    struct prelu_layout layout;
    size_t n, block;
};

static struct unit read(struct call *call)
{
    const char *shape, *slopes = call_rank(call, "a") == 0 ? "" : "C";
    struct unit u = {.layout = prelu_layout_of(call, &shape), .block = call_block(call)};
    u.n = u.layout.N * u.layout.C * u.layout.S;
    u.x = call_input(call, "x", shape);
    u.a = call_input(call, "a", slopes);
    u.y = call_output(call, "y", shape);
    int backward = call_has(call, "dy");
    u.dy = backward ? call_input(call, "dy", shape) : call_scratch(call, u.n);
    u.dx = backward ? call_output(call, "dx", shape) : call_scratch(call, u.n);
    u.da = backward ? call_output(call, "da", slopes) : call_scratch(call, u.layout.C);
    u.at_zero = call_scratch(call, u.layout.C);
    u.spare = call_scratch(call, u.n);
    for (size_t c = 0; c < u.layout.C; c++)
        u.at_zero[c] = kink_at_zero(call, u.a[c], R(1.0));
    prelu_forward(u.y, u.x, u.a, &u.layout);
    prelu_backward(u.dx, u.dy, u.x, u.a, u.at_zero, &u.layout);
    prelu_slope_gradient(u.da, u.spare, call_scratch(call, u.n), u.dy, u.x, &u.layout, u.block);
    return u;
}

static size_t channel(const struct unit *u, size_t i)
{
    return i / u->layout.channel_stride % u->layout.C;
}

/* Both halves of x by themselves, and all elements in one chain, each added to its channel. */
static void scattered(struct call *call)
{
    struct unit u = read(call);
    for (size_t c = 0; c < u.layout.C; c++)
        u.da[c] = R(0.0);
    for (size_t i = 0; i < u.n; i++) {
        size_t c = channel(&u, i);
        real x = u.x[i], right = (x + real_abs(x)) / 2, left = (x - real_abs(x)) / 2;
        real above = x > 0 ? R(1.0) : R(0.0), below = x < 0 ? R(1.0) : R(0.0);
        u.y[i] = right + u.a[c] * left;
        u.dx[i] = u.dy[i] * above + u.dy[i] * u.a[c] * below +
                  u.dy[i] * u.at_zero[c] * (1 - above - below);
        u.da[c] = u.da[c] + u.dy[i] * left;
    }
}

/* With other slopes forward and backward; the gradient of the slope stays. */
static void with_slopes(struct unit *u, const real *a)
{
    prelu_forward(u->y, u->x, a, &u->layout);
    prelu_backward(u->dx, u->dy, u->x, a, u->at_zero, &u->layout);
}

static void first_slope_for_all(struct call *call)
{
    struct unit u = read(call);
    real *a = call_scratch(call, u.layout.C);
    for (size_t c = 0; c < u.layout.C; c++)
        a[c] = u.a[0];
    with_slopes(&u, a);
}

static void slope_fixed(struct call *call)
{
    struct unit u = read(call);
    real *a = call_scratch(call, u.layout.C);
    for (size_t c = 0; c < u.layout.C; c++)
        a[c] = R(0.25);
    with_slopes(&u, a);
}

/* The memory is read as if the channels stood on the other side. */
static void other_axis(struct call *call)
{
    struct unit u = read(call);
    int is_last = u.layout.channel_stride == 1 && u.layout.S > 1;
    u.layout.channel_stride = is_last ? u.layout.S : 1;
    u.layout.position_stride = is_last ? 1 : u.layout.C;
    with_slopes(&u, u.a);
    prelu_slope_gradient(u.da, u.spare, call_scratch(call, u.n), u.dy, u.x, &u.layout, u.block);
}

static void gradient_averaged(struct call *call)
{
    struct unit u = read(call);
    for (size_t c = 0; c < u.layout.C; c++)
        u.da[c] = u.da[c] / real_count(u.layout.N);
}

static void gradient_averaged_over_positions(struct call *call)
{
    struct unit u = read(call);
    for (size_t c = 0; c < u.layout.C; c++)
        u.da[c] = u.da[c] / real_count(u.layout.S);
}

static void gradient_of_first_sample(struct call *call)
{
    struct unit u = read(call);
    struct prelu_layout first = u.layout;
    first.N = 1;
    prelu_slope_gradient(u.da, u.spare, call_scratch(call, u.n), u.dy, u.x, &first, u.block);
}

static void last_block_lost(struct call *call)
{
    struct unit u = read(call);
    struct prelu_layout shorter = u.layout;
    shorter.N = (u.layout.N - 1) / u.block * u.block;
    prelu_slope_gradient(u.da, u.spare, call_scratch(call, u.n), u.dy, u.x, &shorter, u.block);
}

static void gradient_of_positive_values(struct call *call)
{
    struct unit u = read(call);
    for (size_t c = 0; c < u.layout.C; c++)
        u.da[c] = R(0.0);
    for (size_t i = 0; i < u.n; i++)
        u.da[channel(&u, i)] = u.da[channel(&u, i)] + u.dy[i] * u.x[i];
}

static void gradient_of_output(struct call *call)
{
    struct unit u = read(call);
    prelu_slope_gradient(u.da, u.spare, call_scratch(call, u.n), u.dy, u.y, &u.layout, u.block);
}

static void slope_not_learnt(struct call *call)
{
    struct unit u = read(call);
    for (size_t c = 0; c < u.layout.C; c++)
        u.da[c] = R(0.0);
}

static void dead_backward(struct call *call)
{
    struct unit u = read(call);
    for (size_t i = 0; i < u.n; i++)
        u.dx[i] = u.x[i] > 0 ? u.dy[i] : R(0.0);
}

static void upstream_ignored(struct call *call)
{
    struct unit u = read(call);
    for (size_t i = 0; i < u.n; i++)
        u.dx[i] = u.x[i] > 0 ? R(1.0) : u.a[channel(&u, i)];
}

static const struct fork table[] = {
    {.info = {"scattered", FORK_TWIN, "",
              "Both halves of x by themselves, and one chain over all elements into the channels.",
              NULL},
     .answer = scattered},
    {.info = {"first_slope_for_all", FORK_CONVENTION, "22", "The first slope serves all channels.",
              NULL},
     .answer = first_slope_for_all},
    {.info = {"slope_fixed", FORK_BUG, "", "The slope stays at its usual start, 0.25.", NULL},
     .answer = slope_fixed},
    {.info = {"other_axis", FORK_CONVENTION, "22", "The channels are read from the other axis.",
              NULL},
     .answer = other_axis},
    {.info = {"gradient_averaged", FORK_BUG, "22 122",
              "The slope's gradient is divided by the number of samples.", NULL},
     .answer = gradient_averaged},
    {.info = {"gradient_averaged_over_positions", FORK_BUG, "22",
              "The slope's gradient is divided by the number of positions.", NULL},
     .answer = gradient_averaged_over_positions},
    {.info = {"gradient_of_first_sample", FORK_BUG, "22 211",
              "The slope's gradient is not summed over the batch.", NULL},
     .answer = gradient_of_first_sample},
    {.info = {"last_block_lost", FORK_BUG, "155",
              "The last block of samples is left out of the slope's gradient.", NULL},
     .answer = last_block_lost},
    {.info = {"gradient_of_positive_values", FORK_BUG, "",
              "The slope's gradient adds dy x where x is positive too.", NULL},
     .answer = gradient_of_positive_values},
    {.info = {"gradient_of_output", FORK_BUG, "",
              "The slope's gradient takes y for x, so the slope is in it once more.", NULL},
     .answer = gradient_of_output},
    {.info = {"slope_not_learnt", FORK_BUG, "", "The slope's gradient is 0.", NULL},
     .answer = slope_not_learnt},
    {.info = {"derivative_left", FORK_CONVENTION, "7", "The derivative at 0 is the slope.", NULL},
     .instead = {"derivative_at_zero", "left"}},
    {.info = {"derivative_right", FORK_CONVENTION, "7", "The derivative at 0 is 1.", NULL},
     .instead = {"derivative_at_zero", "right"}},
    {.info = {"derivative_mean", FORK_CONVENTION, "7", "The derivative at 0 is the mean of both.",
              NULL},
     .instead = {"derivative_at_zero", "mean"}},
    {.info = {"dead_backward", FORK_BUG, "", "The backward pass is the ReLU's.", NULL},
     .answer = dead_backward},
    {.info = {"upstream_ignored", FORK_BUG, "",
              "The gradient is the slope itself, not multiplied by the upstream gradient.", NULL},
     .answer = upstream_ignored},
};

const struct fork_list prelu_forks = {sizeof table / sizeof *table, table};
