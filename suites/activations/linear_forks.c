// SPDX-License-Identifier: MIT
#include "../../reference/activations/linear.h"
#include "elementwise_forks.h"

/* Everything of one call, already answered rightly; the forks below change one line of it. */
static struct values read(struct call *call)
{
    struct values v = read_values(call);
    linear_forward(v.y, v.x, v.n);
    slope_of_identity(&v);
    return v;
}

/* Sign times magnitude, and a slope of 1 from the two halves. */
static void sign_and_magnitude(struct call *call)
{
    struct values v = read(call);
    for (size_t i = 0; i < v.n; i++) {
        real right = v.x[i] > 0 ? R(1.0) : R(0.0), left = v.x[i] > 0 ? R(0.0) : R(1.0);
        v.y[i] = (right - left) * real_abs(v.x[i]);
        v.dx[i] = v.dy[i] * right + v.dy[i] * left;
    }
}

static void relu(struct call *call)
{
    struct values v = read(call);
    for (size_t i = 0; i < v.n; i++) {
        v.y[i] = v.x[i] > 0 ? v.x[i] : R(0.0);
        v.dx[i] = v.x[i] > 0 ? v.dy[i] : R(0.0);
    }
}

static void tanh_left_in(struct call *call)
{
    struct values v = read(call);
    for (size_t i = 0; i < v.n; i++)
        v.y[i] = real_tanh(v.x[i]);
}

static void clipped(struct call *call)
{
    struct values v = read(call);
    for (size_t i = 0; i < v.n; i++)
        v.y[i] = v.x[i] > 6 ? R(6.0) : v.x[i];
}

static void gradient_stopped(struct call *call)
{
    struct values v = read(call);
    for (size_t i = 0; i < v.n; i++)
        v.dx[i] = R(0.0);
}

static void input_as_gradient(struct call *call)
{
    struct values v = read(call);
    linear_forward(v.dx, v.x, v.n);
}

static void gradient_averaged(struct call *call)
{
    struct values v = read(call);
    size_t N = call_size(call, 'N');
    for (size_t i = 0; i < v.n; i++)
        v.dx[i] = v.dy[i] / real_count(N);
}

static void upstream_ignored(struct call *call)
{
    struct values v = read(call);
    for (size_t i = 0; i < v.n; i++)
        v.dx[i] = R(1.0);
}

static const struct fork table[] = {
    {.info = {"sign_and_magnitude", FORK_TWIN, "",
              "Sign times magnitude; the slope from two halves.", NULL},
     .answer = sign_and_magnitude},
    {.info = {"relu", FORK_BUG, "", "A ReLU was left in the head of a regression.", NULL},
     .answer = relu},
    {.info = {"tanh_left_in", FORK_BUG, "", "A tanh was left in, forward only.", NULL},
     .answer = tanh_left_in},
    {.info = {"clipped", FORK_BUG, "", "Values above 6 become 6.", NULL}, .answer = clipped},
    {.info = {"gradient_stopped", FORK_BUG, "24", "No backward pass is recorded: zeros.", NULL},
     .answer = gradient_stopped},
    {.info = {"input_as_gradient", FORK_BUG, "", "The gradient is x instead of dy.", NULL},
     .answer = input_as_gradient},
    {.info = {"gradient_averaged", FORK_BUG, "", "dy is divided by the number of samples.", NULL},
     .answer = gradient_averaged},
    {.info = {"upstream_ignored", FORK_BUG, "", "The gradient is 1.", NULL},
     .answer = upstream_ignored},
};

const struct fork_list linear_forks = {sizeof table / sizeof *table, table};
