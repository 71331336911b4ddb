// SPDX-License-Identifier: MIT
#include "../fork.h"
#include "loss_forks.h"

static struct loss begin(struct call *call, const real **t)
{
    static const struct loss_form form = {.shape = "NK", .input = {"y"}, .gradient = {"dy"}};
    struct loss a = loss_begin(call, &form);
    *t = call_input(call, "t", "NK");
    return a;
}

/* cosh d = 1 + 2 s^2 with s = sinh(|d| / 2), and s = (e^h - 1 + (e^h - 1) / e^h) / 2, h = |d| / 2;
 * above 4, |d| + log((1 + e^(-2 |d|)) / 2). */
static struct loss read(struct call *call)
{
    const real *t;
    struct loss a = begin(call, &t);
    for (size_t i = 0; i < a.N * a.K; i++) {
        real d = a.input[0][i] - t[i], size = real_abs(d);
        real r = real_expm1(-2 * size), sign = d < 0 ? R(-1.0) : R(1.0);
        if (size > 4) {
            a.value[i] = size + real_log((2 + r) / 2);
        } else {
            real m = real_expm1(size / 2), s = (m + m / (m + 1)) / 2;
            a.value[i] = real_log1p(2 * s * s);
        }
        a.slope[0][i] = -sign * r / (2 + r);
    }
    return a;
}

static void half_angle(struct call *call)
{
    struct loss a = read(call);
    loss_fork_end(call, &a);
}

static void through_cosh(struct call *call)
{
    const real *t;
    struct loss a = read(call);
    t = call_input(call, "t", "NK");
    for (size_t i = 0; i < a.N * a.K; i++) {
        real d = a.input[0][i] - t[i];
        a.value[i] = real_log((real_exp(d) + real_exp(-d)) / 2);
    }
    loss_fork_finish(&a);
}

static void logarithm_of_sum(struct call *call)
{
    const real *t;
    struct loss a = read(call);
    t = call_input(call, "t", "NK");
    for (size_t i = 0; i < a.N * a.K; i++) {
        real d = real_abs(a.input[0][i] - t[i]);
        a.value[i] = d + real_log1p(real_exp(-2 * d)) - real_log(R(2.0));
    }
    loss_fork_finish(&a);
}

static void log_two_forgotten(struct call *call)
{
    struct loss a = read(call);
    for (size_t i = 0; i < a.N * a.K; i++)
        a.value[i] = a.value[i] + real_log(R(2.0));
    loss_fork_finish(&a);
}

static void slope_through_exponentials(struct call *call)
{
    const real *t;
    struct loss a = read(call);
    t = call_input(call, "t", "NK");
    for (size_t i = 0; i < a.N * a.K; i++) {
        real up = real_exp(a.input[0][i] - t[i]), down = real_exp(t[i] - a.input[0][i]);
        a.slope[0][i] = (up - down) / (up + down);
    }
    loss_fork_finish(&a);
}

/* sinh d / cosh^2 d and the like: the derivative of cosh left out. */
static void slope_is_reciprocal(struct call *call)
{
    const real *t;
    struct loss a = read(call);
    t = call_input(call, "t", "NK");
    for (size_t i = 0; i < a.N * a.K; i++) {
        real d = real_abs(a.input[0][i] - t[i]);
        a.slope[0][i] = 2 * real_exp(-d) / (1 + real_exp(-2 * d));
    }
    loss_fork_finish(&a);
}

static void half_of_square(struct call *call)
{
    const real *t;
    struct loss a = begin(call, &t);
    for (size_t i = 0; i < a.N * a.K; i++) {
        a.slope[0][i] = a.input[0][i] - t[i];
        a.value[i] = a.slope[0][i] * a.slope[0][i] / 2;
    }
    loss_fork_finish(&a);
}

static const struct fork table[] = {
    {.info = {"half_angle", FORK_TWIN, "",
              "1 + 2 sinh(d / 2)^2 and e^(-2 |d|) - 1; each term divided before it is added.",
              NULL},
     .answer = half_angle},
    {.info = {"through_cosh", FORK_NUMERICAL, "54",
              "log((e^d + e^-d) / 2), which overflows, and is 0 for small errors.", NULL},
     .answer = through_cosh},
    {.info = {"logarithm_of_sum", FORK_NUMERICAL, "54",
              "|d| + log1p(e^(-2 |d|)) - log 2, which cancels for small errors.", NULL},
     .answer = logarithm_of_sum},
    {.info = {"log_two_forgotten", FORK_BUG, "54", "log 2 is not subtracted.", NULL},
     .answer = log_two_forgotten},
    {.info = {"slope_through_exponentials", FORK_NUMERICAL, "",
              "(e^d - e^-d) / (e^d + e^-d), which overflows.", NULL},
     .answer = slope_through_exponentials},
    {.info = {"slope_is_reciprocal", FORK_BUG, "",
              "1 / cosh d: the derivative of cosh is left out.", NULL},
     .answer = slope_is_reciprocal},
    {.info = {"half_of_square", FORK_BUG, "", "Half of the square, its limit for small errors.",
              NULL},
     .answer = half_of_square},
    {.info = {"reduction_mean", FORK_CONVENTION, "251", "The mean, whatever is asked for.", NULL},
     .instead = {"reduction", "mean"}},
    {.info = {"reduction_sum", FORK_CONVENTION, "251", "The sum, whatever is asked for.", NULL},
     .instead = {"reduction", "sum"}},
    {.info = {"reduction_mean_of_sums", FORK_CONVENTION, "251",
              "Sums over elements, averaged over samples, whatever is asked for.", NULL},
     .instead = {"reduction", "mean_of_sums"}},
    {.info = {"normalizer_weights", FORK_CONVENTION, "27",
              "The weighted mean is divided by the sum of weights.", NULL},
     .instead = {"normalizer", "weights"}},
    {.info = {"weights_ignored", FORK_BUG, "37", "Sample weights count in W alone.", NULL},
     .answer = half_angle,
     .variant = LOSS_WEIGHTS_IGNORED},
    {.info = {"mean_of_block_means", FORK_BUG, "33 57",
              "Each block is averaged by itself, and then the averages.", NULL},
     .answer = half_angle,
     .variant = LOSS_MEAN_OF_BLOCK_MEANS},
    {.info = {"last_block_lost", FORK_BUG, "155", "The last block of samples is left out.", NULL},
     .answer = half_angle,
     .variant = LOSS_LAST_BLOCK_LOST},
    {.info = {"gradient_sign", FORK_BUG, "", "The gradient has the wrong sign.", NULL},
     .answer = half_angle,
     .variant = LOSS_GRADIENT_SIGN},
    {.info = {"gradient_not_averaged", FORK_BUG, "",
              "The loss is a mean, but its gradient is that of the sum.", NULL},
     .answer = half_angle,
     .variant = LOSS_GRADIENT_NOT_AVERAGED},
    {.info = {"upstream_ignored", FORK_BUG, "", "The upstream gradient is taken to be 1.", NULL},
     .answer = half_angle,
     .variant = LOSS_UPSTREAM_IGNORED},
};

const struct fork_list log_cosh_forks = {sizeof table / sizeof *table, table};
