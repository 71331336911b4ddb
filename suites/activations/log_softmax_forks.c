// SPDX-License-Identifier: MIT
#include "../../reference/activations/log_softmax.h"
#include "../../reference/activations/softmax.h"
#include "elementwise_forks.h"

/* Everything of one call, already answered rightly; the forks below change one line of it. */
struct rows {
    struct values v;
    real *p;
    size_t N, C;
};

static struct rows read(struct call *call)
{
    struct rows r = {.v = read_values(call)};
    r.N = call_size(call, 'N');
    r.C = call_size(call, 'C');
    r.p = call_scratch(call, r.v.n);
    log_softmax_forward(r.v.y, r.p, r.v.x, r.N, r.C);
    log_softmax_backward(r.v.dx, r.v.dy, r.p, r.N, r.C);
    return r;
}

static size_t largest(const real *x, size_t n)
{
    size_t m = 0;
    for (size_t i = 1; i < n; i++)
        m = x[i] > x[m] ? i : m;
    return m;
}

/* log s = log1p of what the others add to the largest one's 1; and the gradient by the Jacobian,
 * its diagonal 1 - p_k apart from the other classes' -p_k. */
static void others_than_largest(struct call *call)
{
    struct rows r = read(call);
    for (size_t n = 0; n < r.N; n++) {
        const real *x = &r.v.x[n * r.C], *dy = &r.v.dy[n * r.C], *p = &r.p[n * r.C];
        size_t m = largest(x, r.C);
        real others = R(0.0);
        for (size_t k = 0; k < r.C; k++)
            others = others + (k == m ? R(0.0) : real_exp(x[k] - x[m]));
        for (size_t k = 0; k < r.C; k++) {
            real s = R(0.0);
            for (size_t j = 0; j < r.C; j++)
                s = s + (j == k ? R(0.0) : dy[j]);
            r.v.y[n * r.C + k] = (x[k] - x[m]) - real_log1p(others);
            r.v.dx[n * r.C + k] = dy[k] * (1 - p[k]) - p[k] * s;
        }
    }
}

static void log_of_softmax(struct call *call)
{
    struct rows r = read(call);
    for (size_t i = 0; i < r.v.n; i++)
        r.v.y[i] = real_log(r.p[i]);
}

static void log_of_softmax_and_epsilon(struct call *call)
{
    struct rows r = read(call);
    for (size_t i = 0; i < r.v.n; i++)
        r.v.y[i] = real_log(r.p[i] + R(1e-7));
}

static void maximum_not_subtracted(struct call *call)
{
    struct rows r = read(call);
    for (size_t n = 0; n < r.N; n++) {
        real s = R(0.0);
        for (size_t k = 0; k < r.C; k++)
            s = s + real_exp(r.v.x[n * r.C + k]);
        for (size_t k = 0; k < r.C; k++)
            r.v.y[n * r.C + k] = r.v.x[n * r.C + k] - real_log(s);
    }
}

static void maximum_forgotten(struct call *call)
{
    struct rows r = read(call);
    for (size_t i = 0; i < r.v.n; i++) {
        const real *x = &r.v.x[i / r.C * r.C];
        r.v.y[i] = r.v.y[i] + x[largest(x, r.C)];
    }
}

static void softmax_itself(struct call *call)
{
    struct rows r = read(call);
    for (size_t i = 0; i < r.v.n; i++)
        r.v.y[i] = r.p[i];
}

static void base_two(struct call *call)
{
    struct rows r = read(call);
    for (size_t i = 0; i < r.v.n; i++)
        r.v.y[i] = r.v.y[i] / real_log(R(2.0));
}

static void negative(struct call *call)
{
    struct rows r = read(call);
    for (size_t i = 0; i < r.v.n; i++)
        r.v.y[i] = -r.v.y[i];
}

/* The log-softmax of the transposed array, transposed back. */
static void over_samples(struct call *call)
{
    struct rows r = read(call);
    real *x = call_scratch(call, r.v.n), *dy = call_scratch(call, r.v.n);
    real *y = call_scratch(call, r.v.n), *dx = call_scratch(call, r.v.n);
    for (size_t i = 0; i < r.v.n; i++) {
        x[i % r.C * r.N + i / r.C] = r.v.x[i];
        dy[i % r.C * r.N + i / r.C] = r.v.dy[i];
    }
    log_softmax_forward(y, r.p, x, r.C, r.N);
    log_softmax_backward(dx, dy, r.p, r.C, r.N);
    for (size_t i = 0; i < r.v.n; i++) {
        r.v.y[i] = y[i % r.C * r.N + i / r.C];
        r.v.dx[i] = dx[i % r.C * r.N + i / r.C];
    }
}

static void over_everything(struct call *call)
{
    struct rows r = read(call);
    log_softmax_forward(r.v.y, r.p, r.v.x, 1, r.v.n);
    log_softmax_backward(r.v.dx, r.v.dy, r.p, 1, r.v.n);
}

static void softmax_backward_used(struct call *call)
{
    struct rows r = read(call);
    softmax_backward(r.v.dx, r.v.dy, r.p, r.N, r.C);
}

static void one_hot_upstream(struct call *call)
{
    struct rows r = read(call);
    for (size_t i = 0; i < r.v.n; i++)
        r.v.dx[i] = r.v.dy[i] - r.p[i];
}

static void diagonal_of_jacobian(struct call *call)
{
    struct rows r = read(call);
    for (size_t i = 0; i < r.v.n; i++)
        r.v.dx[i] = r.v.dy[i] * (1 - r.p[i]);
}

static void slope_from_y(struct call *call)
{
    struct rows r = read(call);
    log_softmax_backward(r.v.dx, r.v.dy, r.v.y, r.N, r.C);
}

static const struct fork table[] = {
    {.info = {"others_than_largest", FORK_TWIN, "",
              "log1p of what the others add to the largest, and the Jacobian row by row.", NULL},
     .answer = others_than_largest},
    {.info = {"log_of_softmax", FORK_NUMERICAL, "16",
              "The logarithm of the softmax, which is -infinity for large gaps.", NULL},
     .answer = log_of_softmax},
    {.info = {"log_of_softmax_and_epsilon", FORK_CONVENTION, "16 34",
              "The logarithm of the softmax and 1e-7.", NULL},
     .answer = log_of_softmax_and_epsilon},
    {.info = {"maximum_not_subtracted", FORK_NUMERICAL, "15",
              "e^x is formed without subtracting the maximum, so it overflows.", NULL},
     .answer = maximum_not_subtracted},
    {.info = {"maximum_forgotten", FORK_BUG, "15",
              "The maximum is taken off in the sum only: x - log s.", NULL},
     .answer = maximum_forgotten},
    {.info = {"softmax", FORK_BUG, "", "The probabilities, without a logarithm.", NULL},
     .answer = softmax_itself},
    {.info = {"base_two", FORK_CONVENTION, "", "Logarithms to base 2.", NULL}, .answer = base_two},
    {.info = {"negative", FORK_BUG, "", "The sign of a loss: minus the logarithm.", NULL},
     .answer = negative},
    {.info = {"over_samples", FORK_CONVENTION, "19",
              "Normalises over the samples instead of the classes.", NULL},
     .answer = over_samples},
    {.info = {"over_everything", FORK_CONVENTION, "19",
              "Normalises over the whole array, as after flattening it.", NULL},
     .answer = over_everything},
    {.info = {"softmax_backward", FORK_BUG, "18", "The backward pass is that of the softmax.",
              NULL},
     .answer = softmax_backward_used},
    {.info = {"one_hot_upstream", FORK_BUG, "18",
              "dy - p, which is right only where the upstream gradients add to 1.", NULL},
     .answer = one_hot_upstream},
    {.info = {"diagonal_of_jacobian", FORK_BUG, "18",
              "The backward pass drops the products of different classes.", NULL},
     .answer = diagonal_of_jacobian},
    {.info = {"slope_from_y", FORK_BUG, "",
              "The backward pass takes the logarithms for probabilities.", NULL},
     .answer = slope_from_y},
};

const struct fork_list log_softmax_forks = {sizeof table / sizeof *table, table};
