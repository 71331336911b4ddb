// SPDX-License-Identifier: MIT
#include "group_normalization.h"

/* Element i of group g of sample n, counted channel after channel: its channel, and its place. */
struct grouping {
    struct feature_maps maps;
    size_t groups, L;
    int strided;
};

static size_t channel_of(const struct grouping *is, size_t g, size_t i)
{
    size_t k = i / is->maps.P;
    return is->strided ? k * is->groups + g : g * (is->maps.C / is->groups) + k;
}

static size_t place_of(const struct grouping *is, size_t n, size_t g, size_t i)
{
    return feature_maps_at(&is->maps, n, channel_of(is, g, i), i % is->maps.P);
}

/* One group of one sample; x_hat keeps the layout of x. */
static void normalize_group(struct call *call, const struct grouping *is, size_t n, size_t g,
                            const real *const parameter[2], const real *x, const real *dy,
                            real *x_hat, real *y, real *dx, real *scratch)
{
    struct divisor_rule rule = divisor_rule_read(call, R(1e-5));
    size_t L = is->L, ddof = deviation_rule_read(call, L);
    real *values = scratch, *gradient = scratch + 3 * L;
    struct normal_set set = {.x_hat = scratch + L, .slope_hat = scratch + 2 * L};
    for (size_t i = 0; i < L; i++)
        values[i] = x[place_of(is, n, g, i)];
    normal_set_forward(&set, values, L, ddof, &rule);
    divisor_demand(call, set.s);
    for (size_t i = 0; i < L; i++) {
        size_t c = channel_of(is, g, i), at = place_of(is, n, g, i);
        x_hat[at] = set.x_hat[i];
        y[at] = parameter[0][c] * set.x_hat[i] + parameter[1][c];
        gradient[i] = dy ? parameter[0][c] * dy[at] : 0;
    }
    if (!dy)
        return;
    normal_set_backward(values, gradient, &set, L, ddof);
    for (size_t i = 0; i < L; i++)
        dx[place_of(is, n, g, i)] = values[i];
}

void group_normalization_of(struct call *call, size_t groups, int strided)
{
    const real *x;
    struct grouping is = {.strided = strided};
    is.maps = feature_maps_read(call, "x", &x);
    size_t C = is.maps.C, N = is.maps.N, P = is.maps.P;
    is.groups = groups ? groups : C;
    if (C % is.groups != 0)
        call_fail(call, "number 'groups' is %zu, but must divide the %zu channels", groups, C);
    is.L = C / is.groups * P;
    const real *const parameter[] = {channel_parameter(call, "gamma", C, R(1.0)),
                                     channel_parameter(call, "beta", C, R(0.0))};
    const real *dy = call_has(call, "dy") ? call_input(call, "dy", is.maps.shape) : NULL;
    real *y = call_output(call, "y", is.maps.shape);
    real *dx = dy ? call_output(call, "dx", is.maps.shape) : NULL;
    real *x_hat = call_scratch(call, N * C * P), *scratch = call_scratch(call, 4 * is.L);
    for (size_t n = 0; n < N; n++) {
        for (size_t g = 0; g < is.groups; g++)
            normalize_group(call, &is, n, g, parameter, x, dy, x_hat, y, dx, scratch);
    }
    if (!dy)
        return;
    size_t block = call_block(call) * P;
    real *dgamma = call_output(call, "dgamma", "C"), *dbeta = call_output(call, "dbeta", "C");
    real *rows = call_scratch(call, N * P * C), *rows_hat = call_scratch(call, N * P * C);
    feature_maps_to_rows(rows, dy, &is.maps);
    feature_maps_to_rows(rows_hat, x_hat, &is.maps);
    for (size_t c = 0; c < C; c++) {
        dgamma[c] = sum_sample_products(N * P, block, &rows[c], C, &rows_hat[c], C);
        dbeta[c] = sum_samples(N * P, block, &rows[c], C);
    }
}

void group_normalization_answer(struct call *call)
{
    static const char *const channels[] = {"contiguous", "strided", NULL};
    int strided = call_choice(call, "group_channels", channels);
    group_normalization_of(call, call_count(call, "groups", 1, 1u << 20), strided);
}
