// SPDX-License-Identifier: MIT
#include "batch_normalization.h"

/* One call in rows (M,C). */
struct batch {
    struct feature_maps maps;
    size_t M, C, block; /* block in rows */
    int inference;
    real *centred, *x_hat, *slope_hat, *s, *mean, *variance, *squares;
    const real *gamma;
};

void batch_mean(real *mean, real *centred, const real *x, size_t M, size_t C, size_t block)
{
    for (size_t c = 0; c < C; c++) {
        mean[c] = sum_samples(M, block, &x[c], C) / real_count(M);
        for (size_t m = 0; m < M; m++)
            centred[m * C + c] = x[m * C + c] - mean[c];
    }
}

void batch_squares(real *squares, const real *centred, size_t M, size_t C, size_t block)
{
    for (size_t c = 0; c < C; c++)
        squares[c] = sum_sample_products(M, block, &centred[c], C, &centred[c], C);
}

struct running_rule running_rule_read(struct call *call)
{
    static const char *const kinds[] = {"unbiased", "biased", NULL};
    static const char *const weighs[] = {"new", "old", NULL};
    static const char *const averages[] = {"exponential", "cumulative", NULL};
    struct running_rule rule = {.biased = call_choice(call, "running_variance_kind", kinds)};
    real momentum = call_number_or(call, "momentum", R(0.1));
    int weighs_old = call_choice(call, "momentum_weighs", weighs);
    size_t batches = call_count_or(call, "batches", 0, 0, 1u << 20);
    if (!(momentum >= 0 && momentum <= 1))
        call_fail(call, "number 'momentum' must be in 0..1");
    rule.fresh = weighs_old ? 1 - momentum : momentum;
    if (call_choice(call, "average", averages) == 1)
        rule.fresh = 1 / real_count(batches + 1);
    rule.old = 1 - rule.fresh;
    if (weighs_old && call_choice(call, "average", averages) == 0)
        rule.old = momentum;
    return rule;
}

void batch_normalization_backward(real *dx, const real *dy, const real *slope_hat,
                                  const real *dgamma, const real *dbeta, const real *gamma,
                                  const real *s, size_t M, size_t C)
{
    for (size_t c = 0; c < C; c++) {
        real a = dbeta[c] / real_count(M), b = dgamma[c] / real_count(M), g = gamma[c] / s[c];
        for (size_t i = c; i < M * C; i += C)
            dx[i] = g * (dy[i] - a - slope_hat[i] * b);
    }
}

/* The statistics of this batch, or the running ones; centred values. */
static void find_statistics(struct call *call, struct batch *batch, const real *x)
{
    size_t M = batch->M, C = batch->C;
    if (batch->inference) {
        const real *mean = call_input(call, "running_mean", "C");
        const real *variance = call_input(call, "running_variance", "C");
        for (size_t i = 0; i < M * C; i++)
            batch->centred[i] = x[i] - mean[i % C];
        for (size_t c = 0; c < C; c++)
            batch->variance[c] = variance[c];
        return;
    }
    static const char *const options[] = {"refused", "variance_zero", NULL};
    if (call_choice(call, "one_value", options) == 0 && M == 1)
        call_fail(call,
                  "one value per channel has no statistics; give two, or choose variance_zero "
                  "for convention 'one_value'");
    batch_mean(batch->mean, batch->centred, x, M, C, batch->block);
    batch_squares(batch->squares, batch->centred, M, C, batch->block);
    for (size_t c = 0; c < C; c++)
        batch->variance[c] = batch->squares[c] / real_count(M);
}

static void normalize(struct call *call, struct batch *batch)
{
    struct divisor_rule rule = divisor_rule_read(call, R(1e-5));
    const real *beta = channel_parameter(call, "beta", batch->C, R(0.0));
    real *y = call_scratch(call, batch->M * batch->C);
    for (size_t c = 0; c < batch->C; c++) {
        real root;
        if (!(batch->variance[c] >= 0))
            call_fail(call, "element %zu of input 'running_variance' is negative", c);
        batch->s[c] = divisor(batch->variance[c], &rule, &root);
        if (!(batch->s[c] > 0))
            call_fail(call, "number 'epsilon' is 0, and so is the variance of channel %zu", c);
        for (size_t i = c; i < batch->M * batch->C; i += batch->C) {
            batch->x_hat[i] = batch->centred[i] / batch->s[c];
            batch->slope_hat[i] = slope(batch->centred[i], root);
            y[i] = batch->gamma[c] * batch->x_hat[i] + beta[c];
        }
    }
    feature_maps_from_rows(call_output(call, "y", batch->maps.shape), y, &batch->maps);
}

static void update_running(struct call *call, const struct batch *batch)
{
    const real *mean = call_input(call, "running_mean", "C");
    const real *variance = call_input(call, "running_variance", "C");
    real *mean_after = call_output(call, "running_mean_after", "C");
    real *variance_after = call_output(call, "running_variance_after", "C");
    struct running_rule rule = running_rule_read(call);
    if (!batch->inference && !rule.biased && batch->M == 1)
        call_fail(call, "one value per channel has no unbiased variance; give two, or choose "
                        "biased for convention 'running_variance_kind'");
    for (size_t c = 0; c < batch->C; c++) {
        mean_after[c] = mean[c];
        variance_after[c] = variance[c];
        if (batch->inference)
            continue;
        real fresh =
            rule.biased ? batch->variance[c] : batch->squares[c] / real_count(batch->M - 1);
        mean_after[c] = rule.old * mean[c] + rule.fresh * batch->mean[c];
        variance_after[c] = rule.old * variance[c] + rule.fresh * fresh;
    }
}

static void differentiate(struct call *call, const struct batch *batch)
{
    size_t M = batch->M, C = batch->C;
    real *dy = call_scratch(call, M * C), *dx = call_scratch(call, M * C);
    feature_maps_to_rows(dy, call_input(call, "dy", batch->maps.shape), &batch->maps);
    real *dx_out = call_output(call, "dx", batch->maps.shape);
    real *dgamma = call_output(call, "dgamma", "C"), *dbeta = call_output(call, "dbeta", "C");
    for (size_t c = 0; c < C; c++) {
        dgamma[c] = sum_sample_products(M, batch->block, &dy[c], C, &batch->x_hat[c], C);
        dbeta[c] = sum_samples(M, batch->block, &dy[c], C);
    }
    if (!batch->inference)
        batch_normalization_backward(dx, dy, batch->slope_hat, dgamma, dbeta, batch->gamma,
                                     batch->s, M, C);
    for (size_t i = 0; batch->inference && i < M * C; i++)
        dx[i] = batch->gamma[i % C] / batch->s[i % C] * dy[i];
    feature_maps_from_rows(dx_out, dx, &batch->maps);
}

void batch_normalization_answer(struct call *call)
{
    static const char *const modes[] = {"training", "inference", NULL};
    struct batch batch = {.inference = call_choice(call, "mode", modes)};
    const real *value;
    batch.maps = feature_maps_read(call, "x", &value);
    batch.M = batch.maps.N * batch.maps.P;
    batch.C = batch.maps.C;
    batch.block = call_block(call) * batch.maps.P;
    batch.gamma = channel_parameter(call, "gamma", batch.C, R(1.0));
    real *x = call_scratch(call, batch.M * batch.C);
    feature_maps_to_rows(x, value, &batch.maps);
    batch.centred = call_scratch(call, batch.M * batch.C);
    batch.x_hat = call_scratch(call, batch.M * batch.C);
    batch.slope_hat = call_scratch(call, batch.M * batch.C);
    batch.s = call_scratch(call, batch.C);
    batch.squares = call_scratch(call, batch.C);
    batch.mean = batch.inference ? call_scratch(call, batch.C) : call_output(call, "mean", "C");
    batch.variance =
        batch.inference ? call_scratch(call, batch.C) : call_output(call, "variance", "C");
    find_statistics(call, &batch, x);
    normalize(call, &batch);
    if (call_has(call, "running_mean"))
        update_running(call, &batch);
    if (call_has(call, "dy"))
        differentiate(call, &batch);
}
