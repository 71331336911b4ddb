// SPDX-License-Identifier: MIT
#include "batch_normalization_parts.h"
#include "../fork.h"

static void run(struct call *call, void (*before)(struct parts *), void (*after)(struct parts *))
{
    struct parts t = parts_read(call);
    if (before)
        before(&t);
    parts_finish(&t);
    if (after)
        after(&t);
    parts_write(&t);
}

static void paper(struct call *call)
{
    run(call, NULL, NULL);
}

static void shift_and_scale(struct parts *t)
{
    for (size_t i = 0; i < t->M * t->C; i++) {
        size_t c = i % t->C;
        real a = t->gamma[c] / t->s[c];
        t->y[i] = a * t->x[i] + (t->beta[c] - a * t->mean[c]);
    }
}

static void scale_and_shift(struct call *call)
{
    run(call, NULL, shift_and_scale);
}

/* Forks of the statistics. */

static void take_squares_at_once(struct parts *t)
{
    for (size_t c = 0; c < t->C; c++) {
        real sum = 0, squares = 0;
        for (size_t i = c; i < t->M * t->C; i += t->C) {
            sum += t->x[i];
            squares += t->x[i] * t->x[i];
        }
        sum = sum / real_count(t->M);
        t->batch_variance[c] = squares / real_count(t->M) - sum * sum;
        if (!t->inference)
            t->variance[c] = t->batch_variance[c];
    }
}

static void single_pass(struct call *call)
{
    run(call, take_squares_at_once, NULL);
}

static void unbias(struct parts *t)
{
    for (size_t c = 0; c < t->C && !t->inference && t->M > 1; c++)
        t->variance[c] = t->variance[c] * real_count(t->M) / real_count(t->M - 1);
}

static void unbiased_everywhere(struct call *call)
{
    run(call, unbias, NULL);
}

static void count_samples(struct parts *t)
{
    for (size_t c = 0; c < t->C && !t->running.biased && t->maps.N > 1; c++)
        t->fresh_variance[c] =
            t->batch_variance[c] * real_count(t->maps.N) / real_count(t->maps.N - 1);
}

static void bessel_counts_samples(struct call *call)
{
    run(call, count_samples, NULL);
}

static void average_blocks(struct parts *t)
{
    size_t blocks = (t->M + t->block - 1) / t->block;
    for (size_t c = 0; c < t->C; c++) {
        real sum = 0;
        for (size_t b = 0; b < blocks; b++) {
            size_t first = b * t->block, n = t->M - first < t->block ? t->M - first : t->block;
            const real *x = &t->x[first * t->C + c];
            real mean = sum_samples(n, n, x, t->C) / real_count(n), squares = 0;
            for (size_t i = 0; i < n; i++)
                squares += (x[i * t->C] - mean) * (x[i * t->C] - mean);
            sum += squares / real_count(n);
        }
        t->batch_variance[c] = sum / real_count(blocks);
        if (!t->inference)
            t->variance[c] = t->batch_variance[c];
    }
}

static void mean_of_variances(struct call *call)
{
    run(call, average_blocks, NULL);
}

/* Each sample's own mean over its positions. */
static void remove_own_means(struct parts *t)
{
    size_t P = t->maps.P;
    for (size_t i = 0; i < t->M * t->C && !t->inference; i++) {
        const real *x = &t->x[i / (t->C * P) * t->C * P + i % t->C];
        real mean = sum_features(P, x, t->C) / real_count(P);
        t->y[i] = t->gamma[i % t->C] * (t->x[i] - mean) / t->s[i % t->C] + t->beta[i % t->C];
    }
}

static void mean_of_each_sample(struct call *call)
{
    run(call, NULL, remove_own_means);
}

static void take_batch(struct parts *t)
{
    for (size_t c = 0; c < t->C; c++) {
        t->mean[c] = t->batch_mean[c];
        t->variance[c] = t->batch_variance[c];
    }
}

static void batch_in_inference(struct call *call)
{
    run(call, take_batch, NULL);
}

static void take_running(struct parts *t)
{
    for (size_t c = 0; c < t->C && t->has_running; c++) {
        t->mean[c] = t->old_mean[c];
        t->variance[c] = t->old_variance[c];
    }
}

static void running_in_training(struct call *call)
{
    run(call, take_running, NULL);
}

static void freeze(struct parts *t)
{
    take_running(t);
    t->running.old = 1;
    t->running.fresh = 0;
}

static void frozen(struct call *call)
{
    run(call, freeze, NULL);
}

/* Forks of the running statistics. */

static void update_again(struct parts *t)
{
    for (size_t c = 0; c < t->C && t->inference && t->M > 1; c++) {
        t->mean_after[c] = t->running.old * t->old_mean[c] + t->running.fresh * t->fresh_mean[c];
        t->variance_after[c] =
            t->running.old * t->old_variance[c] + t->running.fresh * t->fresh_variance[c];
    }
}

static void updated_in_inference(struct call *call)
{
    run(call, NULL, update_again);
}

static void keep_deviations(struct parts *t)
{
    for (size_t c = 0; c < t->C; c++)
        t->fresh_variance[c] = real_sqrt(t->fresh_variance[c]);
}

static void running_deviation(struct call *call)
{
    run(call, keep_deviations, NULL);
}

static void swap_weights(struct parts *t)
{
    real old = t->running.old;
    t->running.old = t->running.fresh;
    t->running.fresh = old;
}

static void weights_swapped(struct call *call)
{
    run(call, swap_weights, NULL);
}

/* Forks of the gradient. */

static void hold_statistics(struct parts *t)
{
    for (size_t i = 0; i < t->M * t->C; i++)
        t->dx[i] = t->gamma[i % t->C] * t->dy[i] / t->s[i % t->C];
}

static void statistics_held_constant(struct call *call)
{
    run(call, NULL, hold_statistics);
}

static void hold_variance(struct parts *t)
{
    for (size_t i = 0; i < t->M * t->C && !t->inference; i++) {
        size_t c = i % t->C;
        t->dx[i] = t->gamma[c] / t->s[c] * (t->dy[i] - t->dbeta[c] / real_count(t->M));
    }
}

static void variance_held_constant(struct call *call)
{
    run(call, NULL, hold_variance);
}

static void take_inverse_as_variance(struct parts *t)
{
    for (size_t i = 0; i < t->M * t->C; i++) {
        size_t c = i % t->C;
        t->dx[i] = t->dx[i] * t->s[c] / real_sqrt(1 / t->s[c] + t->rule.epsilon);
    }
}

static void inverse_taken_as_variance(struct call *call)
{
    run(call, NULL, take_inverse_as_variance);
}

static void training_gradient_always(struct call *call)
{
    run(call, NULL, parts_chain_rule);
}

static void drop_gamma(struct parts *t)
{
    for (size_t i = 0; i < t->M * t->C; i++)
        t->dx[i] = t->dx[i] / t->gamma[i % t->C];
}

static void gamma_dropped_from_gradient(struct call *call)
{
    run(call, NULL, drop_gamma);
}

static void take_centred(struct parts *t)
{
    for (size_t c = 0; c < t->C; c++)
        t->dgamma[c] = t->dgamma[c] * t->s[c];
}

static void gradient_of_gamma_unscaled(struct call *call)
{
    run(call, NULL, take_centred);
}

static void average_gradients(struct parts *t)
{
    for (size_t c = 0; c < t->C; c++) {
        t->dgamma[c] = t->dgamma[c] / real_count(t->M);
        t->dbeta[c] = t->dbeta[c] / real_count(t->M);
    }
}

static void gradients_averaged(struct call *call)
{
    run(call, NULL, average_gradients);
}

static void leave_one_value(struct parts *t)
{
    for (size_t c = 0; c < t->C && t->M == 1 && !t->inference; c++) {
        t->y[c] = t->gamma[c] * t->x[c] + t->beta[c];
        t->dx[c] = t->gamma[c] * t->dy[c];
    }
}

static void one_value_left_alone(struct call *call)
{
    run(call, NULL, leave_one_value);
}

static const struct fork table[] = {
    /* clang-format off */
    {.info = {"paper", FORK_TWIN, "",
              "The paper's chain rule: gradients of x_hat, variance and mean one after the other.",
               NULL},
     .answer = paper},
    {.info = {"scale_and_shift", FORK_TWIN, "149",
     "y = a x + b with a = gamma / s, b = beta - a mean.",
              NULL},
     .answer = scale_and_shift},
    {.info = {"single_pass", FORK_NUMERICAL, "130", "E[x^2] - E[x]^2, added in one pass.", NULL},
     .answer = single_pass},
    {.info = {"one_value_left_alone", FORK_CONVENTION, "132",
              "A single value per channel is not normalised in training.", NULL},
     .answer = one_value_left_alone},
    {.info = {"unbiased_everywhere", FORK_CONVENTION, "123",
              "x is divided by the unbiased deviation too.", NULL},
     .answer = unbiased_everywhere},
    {.info = {"running_variance_unbiased", FORK_CONVENTION, "123",
              "The running variance takes M - 1, as PyTorch's.", NULL},
     .instead = {"running_variance_kind", "unbiased"}},
    {.info = {"running_variance_biased", FORK_CONVENTION, "123",
              "The running variance takes M, as Keras's and ONNX's.", NULL},
     .instead = {"running_variance_kind", "biased"}},
    {.info = {"bessel_counts_samples", FORK_BUG, "124",
              "Bessel's correction counts the samples, not their positions.", NULL},
     .answer = bessel_counts_samples},
    {.info = {"momentum_weighs_new", FORK_CONVENTION, "125",
              "The momentum is the weight of the new statistic.", NULL},
     .instead = {"momentum_weighs", "new"}},
    {.info = {"momentum_weighs_old", FORK_CONVENTION, "125",
              "The momentum is the weight of the old statistic.", NULL},
     .instead = {"momentum_weighs", "old"}},
    {.info = {"weights_swapped", FORK_BUG, "125", "Old and new have swapped their weights.", NULL},
     .answer = weights_swapped},
    {.info = {"epsilon_of_keras", FORK_CONVENTION, "126", "Epsilon is 1e-3 whatever is asked for.",
              NULL},
     .number = {"epsilon", 0.001f}},
    {.info = {"epsilon_of_pytorch", FORK_CONVENTION, "126",
     "Epsilon is 1e-5 whatever is asked for.",
              NULL},
     .number = {"epsilon", 1e-5f}},
    {.info = {"epsilon_outside", FORK_CONVENTION, "127", "Epsilon is added to the deviation.",
     NULL},
     .instead = {"epsilon_place", "outside_root"}},
    {.info = {"epsilon_inside", FORK_CONVENTION, "127", "Epsilon is added to the variance.", NULL},
     .instead = {"epsilon_place", "inside_root"}},
    {.info = {"statistics_held_constant", FORK_BUG, "128",
              "dx treats mean and variance as constants in training too.", NULL},
     .answer = statistics_held_constant},
    {.info = {"variance_held_constant", FORK_BUG, "128", "dx treats the variance as a constant.",
     NULL},
     .answer = variance_held_constant},
    {.info = {"inverse_taken_as_variance", FORK_BUG, "129",
              "The backward pass takes the saved 1 / s for the variance.", NULL},
     .answer = inverse_taken_as_variance},
    {.info = {"training_gradient_always", FORK_BUG, "137",
              "dx of inference differentiates the running statistics as if they were the batch's.",
              NULL},
     .answer = training_gradient_always},
    {.info = {"running_in_training", FORK_CONVENTION, "133 134",
              "Training scales by the running statistics, and updates them.", NULL},
     .answer = running_in_training},
    {.info = {"frozen", FORK_CONVENTION, "133",
              "A frozen layer is in inference mode whatever is asked for.", NULL},
     .answer = frozen},
    {.info = {"batch_in_inference", FORK_CONVENTION, "134",
              "Inference scales by the batch's own statistics.", NULL},
     .answer = batch_in_inference},
    {.info = {"updated_in_inference", FORK_BUG, "134", "Inference updates the running statistics.",
              NULL},
     .answer = updated_in_inference},
    {.info = {"cumulative_average", FORK_CONVENTION, "134",
              "The running statistics are a cumulative average, whatever the momentum is.", NULL},
     .instead = {"average", "cumulative"}},
    {.info = {"exponential_average", FORK_CONVENTION, "134",
              "The momentum holds where the average is cumulative.", NULL},
     .instead = {"average", "exponential"}},
    {.info = {"channels_first", FORK_CONVENTION, "136", "The second axis is that of channels.",
     NULL},
     .instead = {"layout", "channels_first"}},
    {.info = {"channels_last", FORK_CONVENTION, "136", "The last axis is that of channels.", NULL},
     .instead = {"layout", "channels_last"}},
    {.info = {"mean_of_variances", FORK_BUG, "147",
              "Averages the variances of blocks instead of pooling them.", NULL},
     .answer = mean_of_variances},
    {.info = {"mean_of_each_sample", FORK_BUG, "",
              "The mean is each sample's own, over its positions alone.", NULL},
     .answer = mean_of_each_sample},
    {.info = {"running_deviation", FORK_BUG, "", "The running variance averages deviations.", NULL},
     .answer = running_deviation},
    {.info = {"gamma_dropped_from_gradient", FORK_BUG, "", "dx lacks the factor gamma.", NULL},
     .answer = gamma_dropped_from_gradient},
    {.info = {"gradient_of_gamma_unscaled", FORK_BUG, "",
              "dgamma is taken from x - mean instead of x_hat.", NULL},
     .answer = gradient_of_gamma_unscaled},
    {.info = {"gradients_averaged", FORK_BUG, "33", "dgamma and dbeta are means over the batch.",
              NULL},
     .answer = gradients_averaged},
    /* clang-format on */
};

const struct fork_list batch_normalization_forks = {sizeof table / sizeof *table, table};
