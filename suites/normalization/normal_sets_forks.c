// SPDX-License-Identifier: MIT
#include "normal_sets_parts.h"

/* Layer normalisation has no positions of its own axes: rows of C features. */
static void read_rows(struct normal_parts *t)
{
    t->shape = call_rank(t->call, "x") == 3 ? "NTC" : "NC";
    t->x = call_input(t->call, "x", t->shape);
    t->N = call_size(t->call, 'N');
    t->C = call_size(t->call, 'C');
    t->elements = t->N * t->C * (t->shape[1] == 'T' ? call_size(t->call, 'T') : 1);
    t->set = call_scratch_integers(t->call, t->elements);
    t->channel = call_scratch_integers(t->call, t->elements);
    for (size_t e = 0; e < t->elements; e++) {
        t->set[e] = (int)(e / t->C);
        t->channel[e] = (int)(e % t->C);
    }
    t->sets = t->elements / t->C;
}

static void read_groups(struct normal_parts *t, size_t groups)
{
    static const char *const channels[] = {"contiguous", "strided", NULL};
    struct feature_maps maps = feature_maps_read(t->call, "x", &t->x);
    int strided = call_choice(t->call, "group_channels", channels);
    size_t G = groups ? groups : maps.C;
    t->shape = maps.shape;
    t->N = maps.N;
    t->C = maps.C;
    t->elements = maps.N * maps.C * maps.P;
    t->set = call_scratch_integers(t->call, t->elements);
    t->channel = call_scratch_integers(t->call, t->elements);
    for (size_t i = 0; i < t->elements; i++) {
        size_t p = i % maps.P, c = i / maps.P % maps.C, n = i / (maps.P * maps.C);
        size_t e = feature_maps_at(&maps, n, c, p);
        t->channel[e] = (int)c;
        t->set[e] = (int)(n * G + (strided ? c % G : c * G / maps.C));
    }
    t->sets = maps.N * G;
}

static struct normal_parts read(struct call *call)
{
    static const char *const deviations[] = {"population", "sample", NULL};
    struct normal_parts t = {.call = call};
    size_t groups = call_count_or(call, "groups", 0, 0, 1u << 20);
    if (groups || call_rank(call, "x") == 4)
        read_groups(&t, groups);
    else
        read_rows(&t);
    t.gamma = channel_parameter(call, "gamma", t.C, R(1.0));
    t.beta = channel_parameter(call, "beta", t.C, R(0.0));
    t.rule = divisor_rule_read(call, R(1e-5));
    t.ddof = (size_t)call_choice(call, "deviation", deviations);
    t.has_gradient = call_has(call, "dy");
    t.dy = t.has_gradient ? call_input(call, "dy", t.shape) : call_scratch(call, t.elements);
    real **const vectors[] = {&t.x_hat, &t.y, &t.dx, &t.count, &t.mean, &t.variance, &t.s};
    for (size_t i = 0; i < sizeof vectors / sizeof *vectors; i++)
        *vectors[i] = call_scratch(call, t.elements);
    t.dgamma = call_scratch(call, t.C);
    t.dbeta = call_scratch(call, t.C);
    return t;
}

/* Sums run from the last element to the first; the squares are corrected for the mean's error. */
static void find_statistics(struct normal_parts *t)
{
    real *off = call_scratch(t->call, t->elements);
    for (size_t e = t->elements; e-- > 0;) {
        t->count[t->set[e]] += 1;
        t->mean[t->set[e]] += t->x[e];
    }
    for (size_t j = 0; j < t->sets; j++)
        t->mean[j] = t->mean[j] / t->count[j];
    for (size_t e = t->elements; e-- > 0;) {
        real centred = t->x[e] - t->mean[t->set[e]];
        t->variance[t->set[e]] += centred * centred;
        off[t->set[e]] += centred;
    }
    for (size_t j = 0; j < t->sets; j++)
        t->variance[j] =
            (t->variance[j] - off[j] * off[j] / t->count[j]) / (t->count[j] - real_count(t->ddof));
}

/* dx through x_hat, variance and mean one after the other. */
static void chain_rule(struct normal_parts *t)
{
    real *dvariance = call_scratch(t->call, t->sets), *dmean = call_scratch(t->call, t->sets);
    for (size_t e = 0; e < t->elements; e++) {
        int j = t->set[e];
        real dx_hat = t->gamma[t->channel[e]] * t->dy[e], root;
        divisor(t->variance[j], &t->rule, &root);
        dmean[j] -= dx_hat / t->s[j];
        if (root > 0)
            dvariance[j] -= dx_hat * (t->x[e] - t->mean[j]) / (2 * root * t->s[j] * t->s[j]);
    }
    for (size_t e = 0; e < t->elements; e++) {
        int j = t->set[e];
        t->dx[e] = t->gamma[t->channel[e]] * t->dy[e] / t->s[j] +
                   dvariance[j] * 2 * (t->x[e] - t->mean[j]) / (t->count[j] - real_count(t->ddof)) +
                   dmean[j] / t->count[j];
    }
}

static void finish(struct normal_parts *t)
{
    for (size_t j = 0; j < t->sets; j++) {
        real root;
        t->s[j] = divisor(t->variance[j], &t->rule, &root);
    }
    for (size_t e = 0; e < t->elements; e++) {
        int j = t->set[e], c = t->channel[e];
        real a = t->gamma[c] / t->s[j];
        t->x_hat[e] = (t->x[e] - t->mean[j]) / t->s[j];
        t->y[e] = a * t->x[e] + (t->beta[c] - a * t->mean[j]);
        t->dgamma[c] += t->dy[e] * t->x_hat[e];
        t->dbeta[c] += t->dy[e];
    }
    chain_rule(t);
}

static void put(struct normal_parts *t, const char *name, const char *shape, const real *value,
                size_t count)
{
    real *to = call_output(t->call, name, shape);
    for (size_t i = 0; i < count; i++)
        to[i] = value[i];
}

void normal_parts_run(struct call *call, void (*before)(struct normal_parts *),
                      void (*statistics)(struct normal_parts *),
                      void (*after)(struct normal_parts *))
{
    struct normal_parts t = read(call);
    if (before)
        before(&t);
    find_statistics(&t);
    if (statistics)
        statistics(&t);
    finish(&t);
    if (after)
        after(&t);
    put(&t, "y", t.shape, t.y, t.elements);
    if (!t.has_gradient)
        return;
    put(&t, "dx", t.shape, t.dx, t.elements);
    put(&t, "dgamma", "C", t.dgamma, t.C);
    put(&t, "dbeta", "C", t.dbeta, t.C);
}

void normal_paper(struct call *call)
{
    normal_parts_run(call, NULL, NULL, NULL);
}

static void take_squares_at_once(struct normal_parts *t)
{
    for (size_t j = 0; j < t->sets; j++)
        t->variance[j] = 0;
    for (size_t e = 0; e < t->elements; e++)
        t->variance[t->set[e]] += t->x[e] * t->x[e];
    for (size_t j = 0; j < t->sets; j++)
        t->variance[j] = (t->variance[j] - t->count[j] * t->mean[j] * t->mean[j]) /
                         (t->count[j] - real_count(t->ddof));
}

void normal_single_pass(struct call *call)
{
    normal_parts_run(call, NULL, take_squares_at_once, NULL);
}

/* x to 11 bits: what a half-precision accumulator keeps of it. Dekker's splitting. */
static real to_eleven_bits(real x)
{
    real factor = 1;
    for (int bit = 11; bit < REAL_BITS; bit++)
        factor = 2 * factor;
    real wide = x * (factor + 1), rest = wide - x;
    return wide - rest;
}

static void round_statistics(struct normal_parts *t)
{
    for (size_t j = 0; j < t->sets; j++) {
        t->mean[j] = to_eleven_bits(t->mean[j]);
        t->variance[j] = to_eleven_bits(t->variance[j]);
    }
}

void normal_half_statistics(struct call *call)
{
    normal_parts_run(call, NULL, round_statistics, NULL);
}

static void square_variance(struct normal_parts *t)
{
    for (size_t j = 0; j < t->sets; j++)
        t->variance[j] = t->variance[j] * t->variance[j];
}

void normal_variance_for_deviation(struct call *call)
{
    normal_parts_run(call, NULL, square_variance, NULL);
}

static void join_samples(struct normal_parts *t)
{
    for (size_t e = 0; e < t->elements; e++)
        t->set[e] = t->channel[e];
    t->sets = t->C;
}

void normal_over_samples(struct call *call)
{
    normal_parts_run(call, join_samples, NULL, NULL);
}

static void join_sample(struct normal_parts *t)
{
    for (size_t e = 0; e < t->elements; e++)
        t->set[e] = (int)(e / (t->elements / t->N));
    t->sets = t->N;
}

void normal_over_whole_sample(struct call *call)
{
    normal_parts_run(call, join_sample, NULL, NULL);
}

static void hold_statistics(struct normal_parts *t)
{
    for (size_t e = 0; e < t->elements; e++)
        t->dx[e] = t->gamma[t->channel[e]] * t->dy[e] / t->s[t->set[e]];
}

void normal_statistics_held_constant(struct call *call)
{
    normal_parts_run(call, NULL, NULL, hold_statistics);
}

static void hold_variance(struct normal_parts *t)
{
    real *sum = call_scratch(t->call, t->sets);
    hold_statistics(t);
    for (size_t e = 0; e < t->elements; e++)
        sum[t->set[e]] += t->dx[e];
    for (size_t e = 0; e < t->elements; e++)
        t->dx[e] -= sum[t->set[e]] / t->count[t->set[e]];
}

void normal_variance_held_constant(struct call *call)
{
    normal_parts_run(call, NULL, NULL, hold_variance);
}

static void multiply_last(struct normal_parts *t)
{
    const real *gamma = t->gamma;
    real *one = call_scratch(t->call, t->C);
    for (size_t c = 0; c < t->C; c++)
        one[c] = 1;
    t->gamma = one;
    chain_rule(t);
    for (size_t e = 0; e < t->elements; e++)
        t->dx[e] *= gamma[t->channel[e]];
}

void normal_gamma_after_projection(struct call *call)
{
    normal_parts_run(call, NULL, NULL, multiply_last);
}

static void drop_gamma(struct normal_parts *t)
{
    for (size_t e = 0; e < t->elements; e++)
        t->y[e] = t->x_hat[e] + t->beta[t->channel[e]];
}

void normal_gamma_dropped(struct call *call)
{
    normal_parts_run(call, NULL, NULL, drop_gamma);
}

static void forget_beta(struct normal_parts *t)
{
    for (size_t e = 0; e < t->elements; e++)
        t->y[e] = t->gamma[t->channel[e]] * t->x_hat[e];
}

void normal_beta_forgotten(struct call *call)
{
    normal_parts_run(call, NULL, NULL, forget_beta);
}

static void sum_centred(struct normal_parts *t)
{
    for (size_t c = 0; c < t->C; c++)
        t->dgamma[c] = 0;
    for (size_t e = 0; e < t->elements; e++)
        t->dgamma[t->channel[e]] += t->dy[e] * (t->x[e] - t->mean[t->set[e]]);
}

void normal_gradient_of_gamma_unscaled(struct call *call)
{
    normal_parts_run(call, NULL, NULL, sum_centred);
}

static void average(struct normal_parts *t)
{
    for (size_t c = 0; c < t->C; c++) {
        t->dgamma[c] = t->dgamma[c] / real_count(t->N);
        t->dbeta[c] = t->dbeta[c] / real_count(t->N);
    }
}

void normal_gradients_averaged(struct call *call)
{
    normal_parts_run(call, NULL, NULL, average);
}

/* A race or a wrong bound: the last block's part of dgamma and dbeta does not arrive. */
static void lose_last_block(struct normal_parts *t)
{
    size_t width = t->elements / t->N, block = call_block(t->call);
    for (size_t e = (t->N - 1) / block * block * width; e < t->elements; e++) {
        t->dgamma[t->channel[e]] -= t->dy[e] * t->x_hat[e];
        t->dbeta[t->channel[e]] -= t->dy[e];
    }
}

void normal_last_block_lost(struct call *call)
{
    normal_parts_run(call, NULL, NULL, lose_last_block);
}
