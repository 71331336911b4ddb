// SPDX-License-Identifier: MIT
#include "batch_normalization_parts.h"

static real *rows_of(struct parts *t, const char *name)
{
    real *rows = call_scratch(t->call, t->M * t->C);
    feature_maps_to_rows(rows, call_input(t->call, name, t->maps.shape), &t->maps);
    return rows;
}

static void find_statistics(struct parts *t)
{
    real *centred = call_scratch(t->call, t->M * t->C), *squares = call_scratch(t->call, t->C);
    batch_mean(t->batch_mean, centred, t->x, t->M, t->C, t->block);
    batch_squares(squares, centred, t->M, t->C, t->block);
    for (size_t c = 0; c < t->C; c++) {
        t->batch_variance[c] = squares[c] / real_count(t->M);
        t->fresh_mean[c] = t->batch_mean[c];
        t->fresh_variance[c] =
            t->running.biased ? t->batch_variance[c] : squares[c] / real_count(t->M - 1);
        t->mean[c] = t->inference ? t->old_mean[c] : t->batch_mean[c];
        t->variance[c] = t->inference ? t->old_variance[c] : t->batch_variance[c];
    }
}

struct parts parts_read(struct call *call)
{
    static const char *const modes[] = {"training", "inference", NULL};
    struct parts t = {.call = call, .inference = call_choice(call, "mode", modes)};
    const real *x;
    t.maps = feature_maps_read(call, "x", &x);
    t.M = t.maps.N * t.maps.P;
    t.C = t.maps.C;
    t.block = call_block(call) * t.maps.P;
    t.rule = divisor_rule_read(call, R(1e-5));
    t.running = running_rule_read(call);
    t.gamma = channel_parameter(call, "gamma", t.C, R(1.0));
    t.beta = channel_parameter(call, "beta", t.C, R(0.0));
    t.has_running = call_has(call, "running_mean");
    t.has_gradient = call_has(call, "dy");
    t.old_mean = channel_parameter(call, "running_mean", t.C, R(0.0));
    t.old_variance = channel_parameter(call, "running_variance", t.C, R(1.0));
    t.x = rows_of(&t, "x");
    t.dy = t.has_gradient ? rows_of(&t, "dy") : call_scratch(call, t.M * t.C);
    t.x_hat = call_scratch(call, t.M * t.C);
    t.y = call_scratch(call, t.M * t.C);
    t.dx = call_scratch(call, t.M * t.C);
    real *scratch = call_scratch(call, 11 * t.C);
    real **const vectors[] = {&t.mean,           &t.variance,       &t.s,
                              &t.fresh_mean,     &t.fresh_variance, &t.batch_mean,
                              &t.batch_variance, &t.mean_after,     &t.variance_after,
                              &t.dgamma,         &t.dbeta};
    for (size_t i = 0; i < 11; i++)
        *vectors[i] = scratch + i * t.C;
    find_statistics(&t);
    return t;
}

void parts_chain_rule(struct parts *t)
{
    real count = real_count(t->M);
    for (size_t c = 0; c < t->C; c++) {
        real root, s = divisor(t->variance[c], &t->rule, &root), dvariance = 0, dmean = 0, off = 0;
        for (size_t i = c; i < t->M * t->C; i += t->C) {
            dvariance += t->gamma[c] * t->dy[i] * (t->x[i] - t->mean[c]);
            dmean -= t->gamma[c] * t->dy[i] / s;
            off += t->x[i] - t->mean[c];
        }
        dvariance = root > 0 ? -dvariance / (2 * root * s * s) : 0;
        dmean -= 2 * dvariance * off / count;
        for (size_t i = c; i < t->M * t->C; i += t->C)
            t->dx[i] = t->gamma[c] * t->dy[i] / s + dvariance * 2 * (t->x[i] - t->mean[c]) / count +
                       dmean / count;
    }
}

void parts_finish(struct parts *t)
{
    for (size_t c = 0; c < t->C; c++) {
        real root;
        t->s[c] = divisor(t->variance[c], &t->rule, &root);
        t->dgamma[c] = t->dbeta[c] = 0;
        for (size_t i = c; i < t->M * t->C; i += t->C) {
            t->x_hat[i] = (t->x[i] - t->mean[c]) / t->s[c];
            t->y[i] = t->gamma[c] * t->x_hat[i] + t->beta[c];
            t->dgamma[c] += t->dy[i] * t->x_hat[i];
            t->dbeta[c] += t->dy[i];
            t->dx[i] = t->gamma[c] * t->dy[i] / t->s[c];
        }
        real old = t->inference ? 1 : t->running.old, fresh = t->inference ? 0 : t->running.fresh;
        t->mean_after[c] = old * t->old_mean[c] + (fresh > 0 ? fresh * t->fresh_mean[c] : 0);
        t->variance_after[c] =
            old * t->old_variance[c] + (fresh > 0 ? fresh * t->fresh_variance[c] : 0);
    }
    if (!t->inference)
        parts_chain_rule(t);
}

static void put(struct parts *t, const char *name, const real *value)
{
    real *to = call_output(t->call, name, "C");
    for (size_t c = 0; c < t->C; c++)
        to[c] = value[c];
}

void parts_write(struct parts *t)
{
    if (!t->inference) {
        put(t, "mean", t->batch_mean);
        put(t, "variance", t->batch_variance);
    }
    feature_maps_from_rows(call_output(t->call, "y", t->maps.shape), t->y, &t->maps);
    if (t->has_running) {
        put(t, "running_mean_after", t->mean_after);
        put(t, "running_variance_after", t->variance_after);
    }
    if (!t->has_gradient)
        return;
    feature_maps_from_rows(call_output(t->call, "dx", t->maps.shape), t->dx, &t->maps);
    put(t, "dgamma", t->dgamma);
    put(t, "dbeta", t->dbeta);
}
