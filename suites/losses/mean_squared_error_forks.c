// SPDX-License-Identifier: MIT
#include "../../reference/losses/mean_squared_error.h"
#include "../fork.h"

/* Everything of one call, already answered rightly; the forks below change one line of it. */
struct problem {
    const real *y, *t;
    real *loss, *dy;
    real f, W, dloss;
    size_t N, K, block;
};

static struct problem read(struct call *call)
{
    static const char *const reductions[] = {"mean", "sum", "mean_of_sums", NULL};
    static const char *const halves[] = {"no", "yes", NULL};
    struct problem a = {.y = call_input(call, "y", "NK"), .t = call_input(call, "t", "NK")};
    a.N = call_size(call, 'N');
    a.K = call_size(call, 'K');
    a.block = call_block(call);
    const real divisor[] = {real_count(a.N * a.K), R(1.0), real_count(a.N)};
    a.W = divisor[call_choice(call, "reduction", reductions)];
    a.f = call_choice(call, "half", halves) ? R(0.5) : R(1.0);
    a.dloss = call_has(call, "dloss") ? *call_input(call, "dloss", "") : R(1.0);
    a.loss = call_output(call, "loss", "");
    a.dy = call_output(call, "dy", "NK");
    *a.loss = mean_squared_error_forward(a.y, a.t, a.f, a.W, a.N, a.K, a.block,
                                         call_scratch(call, a.N), call_scratch(call, a.K));
    mean_squared_error_backward(a.dy, a.dloss, a.y, a.t, a.f, a.W, a.N, a.K);
    return a;
}

/* The gradient times a factor that does not belong there. */
static void scale_gradient(const struct problem *a, real factor)
{
    for (size_t i = 0; i < a->N * a->K; i++)
        a->dy[i] = factor * a->dy[i];
}

/* One output after the other, each square divided before it is added. */
static void output_by_output(struct call *call)
{
    struct problem a = read(call);
    *a.loss = R(0.0);
    for (size_t k = 0; k < a.K; k++) {
        real column = R(0.0);
        for (size_t i = k; i < a.N * a.K; i += a.K) {
            real d = a.t[i] - a.y[i];
            column = column + d * (d / a.W);
            a.dy[i] = -(d * a.f + d * a.f) * (a.dloss / a.W);
        }
        *a.loss = *a.loss + column * a.f;
    }
}

static void square_expanded(struct call *call)
{
    struct problem a = read(call);
    real yy = sum_products(R(0.0), a.N * a.K, a.y, 1, a.y, 1);
    real yt = sum_products(R(0.0), a.N * a.K, a.y, 1, a.t, 1);
    real tt = sum_products(R(0.0), a.N * a.K, a.t, 1, a.t, 1);
    *a.loss = (yy - 2 * yt + tt) * a.f / a.W;
}

static void root_taken(struct call *call)
{
    struct problem a = read(call);
    *a.loss = real_sqrt(*a.loss);
    scale_gradient(&a, R(0.5) / *a.loss);
}

static void absolute_error(struct call *call)
{
    struct problem a = read(call);
    *a.loss = R(0.0);
    for (size_t i = 0; i < a.N * a.K; i++) {
        real d = a.y[i] - a.t[i], sign = d > 0 ? R(1.0) : d < 0 ? R(-1.0) : R(0.0);
        *a.loss = *a.loss + a.f * real_abs(d) / a.W;
        a.dy[i] = a.f * sign * a.dloss / a.W;
    }
}

/* A single output only: otherwise the shapes would not broadcast. */
static void all_pairs(struct call *call)
{
    struct problem a = read(call);
    if (a.K != 1)
        return;
    real sum = R(0.0), count = real_count(a.N);
    for (size_t n = 0; n < a.N; n++) {
        a.dy[n] = R(0.0);
        for (size_t m = 0; m < a.N; m++) {
            real d = a.y[n] - a.t[m];
            sum = sum + d * d;
            a.dy[n] = a.dy[n] + 2 * a.f * d * a.dloss / (a.W * count);
        }
    }
    *a.loss = sum * a.f / (a.W * count);
}

/* The sum over samples begin..end-1 of the squared differences. */
static real squares(const struct problem *a, size_t begin, size_t end)
{
    real sum = R(0.0);
    for (size_t i = begin * a->K; i < end * a->K; i++)
        sum = sum + (a->y[i] - a->t[i]) * (a->y[i] - a->t[i]);
    return sum;
}

/* The mean over blocks of each block's own mean; a sum stays a sum. */
static void mean_of_block_means(struct call *call)
{
    struct problem a = read(call);
    real blocks = real_count((a.N + a.block - 1) / a.block), each = a.W / real_count(a.N);
    if (!(a.W > 1))
        return;
    *a.loss = R(0.0);
    for (size_t begin = 0; begin < a.N; begin += a.block) {
        size_t end = begin + a.block < a.N ? begin + a.block : a.N;
        real W = each * real_count(end - begin) * blocks;
        *a.loss = *a.loss + squares(&a, begin, end) * a.f / W;
        for (size_t i = begin * a.K; i < end * a.K; i++)
            a.dy[i] = 2 * a.f * (a.y[i] - a.t[i]) * a.dloss / W;
    }
}

static void last_block_lost(struct call *call)
{
    struct problem a = read(call);
    size_t N = (a.N - 1) / a.block * a.block;
    *a.loss = squares(&a, 0, N) * a.f / a.W;
    for (size_t i = N * a.K; i < a.N * a.K; i++)
        a.dy[i] = R(0.0);
}

static void factor_two_forgotten(struct call *call)
{
    struct problem a = read(call);
    scale_gradient(&a, R(0.5));
}

static void gradient_not_averaged(struct call *call)
{
    struct problem a = read(call);
    scale_gradient(&a, a.W);
}

static void gradient_of_target(struct call *call)
{
    struct problem a = read(call);
    scale_gradient(&a, R(-1.0));
}

static void upstream_ignored(struct call *call)
{
    struct problem a = read(call);
    mean_squared_error_backward(a.dy, R(1.0), a.y, a.t, a.f, a.W, a.N, a.K);
}

static const struct fork table[] = {
    {.info = {"output_by_output", FORK_TWIN, "",
              "Divides each square by W before adding, one output after the other.", NULL},
     .answer = output_by_output},
    {.info = {"reduction_mean", FORK_CONVENTION, "44",
              "The mean over all elements, whatever is asked for.", NULL},
     .instead = {"reduction", "mean"}},
    {.info = {"reduction_sum", FORK_CONVENTION, "44",
              "The sum over all elements, whatever is asked for.", NULL},
     .instead = {"reduction", "sum"}},
    {.info = {"reduction_mean_of_sums", FORK_CONVENTION, "44",
              "The sum over outputs, averaged over samples, whatever is asked for.", NULL},
     .instead = {"reduction", "mean_of_sums"}},
    {.info = {"with_half", FORK_CONVENTION, "44", "A factor 1/2 stands before the loss.", NULL},
     .instead = {"half", "yes"}},
    {.info = {"without_half", FORK_CONVENTION, "44", "No factor 1/2 stands before the loss.", NULL},
     .instead = {"half", "no"}},
    {.info = {"square_expanded", FORK_NUMERICAL, "",
              "sum y^2 - 2 sum y t + sum t^2, which cancels when both are far from 0.", NULL},
     .answer = square_expanded},
    {.info = {"root_taken", FORK_CONVENTION, "", "The root of the loss, and its gradient.", NULL},
     .answer = root_taken},
    {.info = {"absolute_error", FORK_CONVENTION, "",
              "The mean of absolute differences, and its gradient.", NULL},
     .answer = absolute_error},
    {.info = {"all_pairs", FORK_BUG, "211",
              "(N,1) against (N) broadcasts: every prediction meets every target.", NULL},
     .answer = all_pairs},
    {.info = {"mean_of_block_means", FORK_BUG, "33 57",
              "Each block is averaged by itself, and then the averages.", NULL},
     .answer = mean_of_block_means},
    {.info = {"last_block_lost", FORK_BUG, "155", "The last block of samples is left out.", NULL},
     .answer = last_block_lost},
    {.info = {"factor_two_forgotten", FORK_BUG, "",
              "The gradient is y - t over W without the factor 2 of the square.", NULL},
     .answer = factor_two_forgotten},
    {.info = {"gradient_not_averaged", FORK_BUG, "",
              "The loss is a mean, but its gradient is that of the sum.", NULL},
     .answer = gradient_not_averaged},
    {.info = {"gradient_of_target", FORK_BUG, "",
              "The gradient with respect to t: its sign is wrong.", NULL},
     .answer = gradient_of_target},
    {.info = {"upstream_ignored", FORK_BUG, "", "The upstream gradient is taken to be 1.", NULL},
     .answer = upstream_ignored},
};

const struct fork_list mean_squared_error_forks = {sizeof table / sizeof *table, table};
