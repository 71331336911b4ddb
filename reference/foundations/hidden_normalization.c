// SPDX-License-Identifier: MIT
#include "hidden_normalization.h"

#include "../normalization/batch_normalization.h"

/* A copy of the input of this name, or `otherwise` everywhere. */
static real *given(struct call *call, const char *name, const char *shape, size_t O, real otherwise)
{
    const real *from = call_has(call, name) ? call_input(call, name, shape) : NULL;
    real *to = call_scratch(call, O);
    for (size_t o = 0; o < O; o++)
        to[o] = from ? from[o] : otherwise;
    return to;
}

static void read_layer(struct call *call, struct hidden_normalization *is, size_t l, size_t O,
                       size_t N)
{
    const char shape[] = {(char)('b' + l), 0}, number = (char)('1' + l);
    const char gamma[] = {'g', 'a', 'm', 'm', 'a', number, 0};
    const char beta[] = {'b', 'e', 't', 'a', number, 0};
    char mean[] = "running_mean?", variance[] = "running_variance?";
    mean[sizeof mean - 2] = variance[sizeof variance - 2] = number;
    is->gamma[l] = given(call, gamma, shape, O, R(1.0));
    is->beta[l] = given(call, beta, shape, O, R(0.0));
    is->running_mean[l] = given(call, mean, shape, O, R(0.0));
    is->running_variance[l] = given(call, variance, shape, O, R(1.0));
    for (size_t o = 0; o < O; o++)
        if (!(is->running_variance[l][o] >= 0))
            call_fail(call, "element %zu of input '%s' is negative", o, variance);
    is->dgamma[l] = call_scratch(call, O);
    is->dbeta[l] = call_scratch(call, O);
    is->mean[l] = call_scratch(call, O);
    is->squares[l] = call_scratch(call, O);
    is->s[l] = call_scratch(call, O);
    is->input[l] = call_scratch(call, N * O);
    is->x_hat[l] = call_scratch(call, N * O);
}

void hidden_normalization_read(struct call *call, struct hidden_normalization *is,
                               const size_t *size, size_t layers, size_t N)
{
    static const char *const places[] = {"before_activation", "after_activation", NULL};
    static const char *const kinds[] = {"unbiased", "biased", NULL};
    static const char *const options[] = {"refused", "variance_zero", NULL};
    is->place = (enum hidden_place)call_choice(call, "normalization_place", places);
    is->biased = call_choice(call, "running_variance_kind", kinds);
    is->one_value = call_choice(call, "one_value", options);
    is->epsilon = call_number_or(call, "normalization_epsilon", R(1e-5));
    is->fresh = call_number_or(call, "normalization_momentum", R(0.1));
    is->block = call_block(call);
    if (!(is->epsilon > 0))
        call_fail(call, "number 'normalization_epsilon' must be above 0");
    if (!(is->fresh >= 0 && is->fresh <= 1))
        call_fail(call, "number 'normalization_momentum' must be in 0..1");
    is->old = 1 - is->fresh;
    for (size_t l = 0; l < layers; l++)
        read_layer(call, is, l, size[l + 1], N);
}

void hidden_normalization_check(struct call *call, const struct hidden_normalization *is, size_t N)
{
    if (N > 1)
        return;
    if (!is->one_value)
        call_fail(call, "number 'batch' makes a batch of one sample, which has no variance; choose "
                        "another, or variance_zero for convention 'one_value'");
    if (!is->biased)
        call_fail(call,
                  "number 'batch' makes a batch of one sample, which has no unbiased variance; "
                  "choose another, or biased for convention 'running_variance_kind'");
}

void hidden_normalization_forward(struct hidden_normalization *is, size_t l, real *y, size_t N,
                                  size_t O)
{
    real *mean = is->mean[l], *squares = is->squares[l], *x_hat = is->x_hat[l];
    real *running_mean = is->running_mean[l], *running_variance = is->running_variance[l];
    batch_mean(mean, x_hat, is->input[l], N, O, is->block);
    batch_squares(squares, x_hat, N, O, is->block);
    for (size_t o = 0; o < O; o++) {
        real fresh = squares[o] / (is->biased ? real_count(N) : real_count(N - 1));
        running_mean[o] = is->old * running_mean[o] + is->fresh * mean[o];
        running_variance[o] = is->old * running_variance[o] + is->fresh * fresh;
        is->s[l][o] = real_sqrt(squares[o] / real_count(N) + is->epsilon);
        for (size_t i = o; i < N * O; i += O) {
            x_hat[i] = x_hat[i] / is->s[l][o];
            y[i] = is->gamma[l][o] * x_hat[i] + is->beta[l][o];
        }
    }
}

void hidden_normalization_backward(struct hidden_normalization *is, size_t l, real *dy, size_t N,
                                   size_t O)
{
    const real *x_hat = is->x_hat[l];
    for (size_t o = 0; o < O; o++) {
        is->dgamma[l][o] = sum_sample_products(N, is->block, &dy[o], O, &x_hat[o], O);
        is->dbeta[l][o] = sum_samples(N, is->block, &dy[o], O);
    }
    batch_normalization_backward(dy, dy, x_hat, is->dgamma[l], is->dbeta[l], is->gamma[l], is->s[l],
                                 N, O);
}
