// SPDX-License-Identifier: MIT
#include "../fork.h"
#include "loss_forks.h"

/* The right values from the larger and the smaller of the two, for the forks to spoil. */
static struct loss read(struct call *call)
{
    static const struct loss_form form = {.shape = "NK", .input = {"y"}, .gradient = {"dy"}};
    struct loss a = loss_begin(call, &form);
    const real *y = a.input[0], *t = call_input(call, "t", "NK");
    for (size_t i = 0; i < a.N * a.K; i++) {
        int above = y[i] > t[i], below = y[i] < t[i];
        a.value[i] = above ? y[i] - t[i] : t[i] - y[i];
        a.slope[0][i] = (real)(above - below);
    }
    return a;
}

static void larger_minus_smaller(struct call *call)
{
    struct loss a = read(call);
    loss_fork_end(call, &a);
}

/* sign(0) = 1, or -1. */
static void sign_of_zero(struct call *call, real sign)
{
    struct loss a = read(call);
    const real *y = a.input[0], *t = call_input(call, "t", "NK");
    for (size_t i = 0; i < a.N * a.K; i++)
        a.slope[0][i] = y[i] < t[i] || y[i] > t[i] ? a.slope[0][i] : sign;
    loss_fork_finish(&a);
}

static void sign_of_zero_is_one(struct call *call)
{
    sign_of_zero(call, R(1.0));
}

static void sign_of_zero_is_minus_one(struct call *call)
{
    sign_of_zero(call, R(-1.0));
}

static void root_of_square(struct call *call)
{
    struct loss a = read(call);
    for (size_t i = 0; i < a.N * a.K; i++) {
        real d = a.value[i], root = real_sqrt(d * d + R(1e-8));
        a.value[i] = root;
        a.slope[0][i] = a.slope[0][i] * d / root;
    }
    loss_fork_finish(&a);
}

static void squared(struct call *call)
{
    struct loss a = read(call);
    for (size_t i = 0; i < a.N * a.K; i++) {
        a.slope[0][i] = 2 * a.slope[0][i] * a.value[i];
        a.value[i] = a.value[i] * a.value[i];
    }
    loss_fork_finish(&a);
}

static void not_absolute(struct call *call)
{
    struct loss a = read(call);
    for (size_t i = 0; i < a.N * a.K; i++) {
        a.value[i] = a.value[i] * a.slope[0][i];
        a.slope[0][i] = R(1.0);
    }
    loss_fork_finish(&a);
}

static void all_pairs(struct call *call)
{
    struct loss a = read(call);
    const real *y = a.input[0], *t = call_input(call, "t", "NK");
    for (size_t n = 0; a.K == 1 && n < a.N; n++) {
        a.value[n] = a.slope[0][n] = R(0.0);
        for (size_t m = 0; m < a.N; m++) {
            a.value[n] += real_abs(y[n] - t[m]) / real_count(a.N);
            a.slope[0][n] += (real)((y[n] > t[m]) - (y[n] < t[m])) / real_count(a.N);
        }
    }
    loss_fork_finish(&a);
}

static const struct fork table[] = {
    {.info = {"larger_minus_smaller", FORK_TWIN, "",
              "The larger minus the smaller, each term divided before it is added.", NULL},
     .answer = larger_minus_smaller},
    {.info = {"sign_of_zero_is_one", FORK_CONVENTION, "55", "The subgradient at 0 is 1.", NULL},
     .answer = sign_of_zero_is_one},
    {.info = {"sign_of_zero_is_minus_one", FORK_CONVENTION, "55",
              "The subgradient at 0 is -1, as of d <= 0 ? -1 : 1.", NULL},
     .answer = sign_of_zero_is_minus_one},
    {.info = {"root_of_square", FORK_CONVENTION, "", "sqrt(d^2 + 1e-8), a smooth absolute value.",
              NULL},
     .answer = root_of_square},
    {.info = {"squared", FORK_BUG, "", "The mean of squares.", NULL}, .answer = squared},
    {.info = {"not_absolute", FORK_BUG, "", "The mean of signed differences.", NULL},
     .answer = not_absolute},
    {.info = {"all_pairs", FORK_BUG, "211",
              "(N,1) against (N) broadcasts: every prediction meets every target.", NULL},
     .answer = all_pairs},
    {.info = {"reduction_mean", FORK_CONVENTION, "44 251", "The mean, whatever is asked for.",
              NULL},
     .instead = {"reduction", "mean"}},
    {.info = {"reduction_mean_of_sums", FORK_CONVENTION, "44 251",
              "Sums over outputs, averaged over samples, whatever is asked for.", NULL},
     .instead = {"reduction", "mean_of_sums"}},
    {.info = {"normalizer_weights", FORK_CONVENTION, "27",
              "The weighted mean is divided by the sum of weights.", NULL},
     .instead = {"normalizer", "weights"}},
    {.info = {"normalizer_count", FORK_CONVENTION, "27",
              "The weighted mean is divided by the number of samples.", NULL},
     .instead = {"normalizer", "count"}},
    {.info = {"weights_ignored", FORK_BUG, "37", "Sample weights count in W alone.", NULL},
     .answer = larger_minus_smaller,
     .variant = LOSS_WEIGHTS_IGNORED},
    {.info = {"mean_of_block_means", FORK_BUG, "33 57",
              "Each block is averaged by itself, and then the averages.", NULL},
     .answer = larger_minus_smaller,
     .variant = LOSS_MEAN_OF_BLOCK_MEANS},
    {.info = {"last_block_lost", FORK_BUG, "155", "The last block of samples is left out.", NULL},
     .answer = larger_minus_smaller,
     .variant = LOSS_LAST_BLOCK_LOST},
    {.info = {"gradient_sign", FORK_BUG, "", "The gradient with respect to the target.", NULL},
     .answer = larger_minus_smaller,
     .variant = LOSS_GRADIENT_SIGN},
    {.info = {"gradient_not_averaged", FORK_BUG, "",
              "The loss is a mean, but its gradient is that of the sum.", NULL},
     .answer = larger_minus_smaller,
     .variant = LOSS_GRADIENT_NOT_AVERAGED},
    {.info = {"upstream_ignored", FORK_BUG, "", "The upstream gradient is taken to be 1.", NULL},
     .answer = larger_minus_smaller,
     .variant = LOSS_UPSTREAM_IGNORED},
};

const struct fork_list mean_absolute_error_forks = {sizeof table / sizeof *table, table};
