// SPDX-License-Identifier: MIT
#include "normalization.h"

struct feature_maps feature_maps_read(struct call *call, const char *name, const real **value)
{
    static const char *const layouts[] = {"channels_first", "channels_last", NULL};
    struct feature_maps maps = {.P = 1, .channel_step = 1, .shape = "NC"};
    if (call_rank(call, name) == 4) {
        int last = call_choice(call, "layout", layouts);
        maps.shape = last ? "NHWC" : "NCHW";
        *value = call_input(call, name, maps.shape);
        maps.P = call_size(call, 'H') * call_size(call, 'W');
        maps.channel_step = last ? 1 : maps.P;
        maps.position_step = last ? call_size(call, 'C') : 1;
    } else {
        *value = call_input(call, name, maps.shape);
    }
    maps.N = call_size(call, 'N');
    maps.C = call_size(call, 'C');
    if (maps.N * maps.P * maps.C == 0)
        call_fail(call, "input '%s' is empty, so it has no statistics", name);
    return maps;
}

size_t feature_maps_at(const struct feature_maps *maps, size_t n, size_t c, size_t p)
{
    return n * maps->C * maps->P + c * maps->channel_step + p * maps->position_step;
}

void feature_maps_to_rows(real *rows, const real *value, const struct feature_maps *maps)
{
    for (size_t n = 0; n < maps->N; n++) {
        for (size_t p = 0; p < maps->P; p++) {
            for (size_t c = 0; c < maps->C; c++)
                rows[(n * maps->P + p) * maps->C + c] = value[feature_maps_at(maps, n, c, p)];
        }
    }
}

void feature_maps_from_rows(real *value, const real *rows, const struct feature_maps *maps)
{
    for (size_t n = 0; n < maps->N; n++) {
        for (size_t p = 0; p < maps->P; p++) {
            for (size_t c = 0; c < maps->C; c++)
                value[feature_maps_at(maps, n, c, p)] = rows[(n * maps->P + p) * maps->C + c];
        }
    }
}

const real *channel_parameter(struct call *call, const char *name, size_t C, real otherwise)
{
    if (call_has(call, name))
        return call_input(call, name, "C");
    real *value = call_scratch(call, C);
    for (size_t c = 0; c < C; c++)
        value[c] = otherwise;
    return value;
}

struct divisor_rule divisor_rule_read(struct call *call, real default_epsilon)
{
    static const char *const places[] = {"inside_root", "outside_root", NULL};
    struct divisor_rule rule = {.epsilon = call_number_or(call, "epsilon", default_epsilon)};
    rule.outside = call_choice(call, "epsilon_place", places);
    if (!(rule.epsilon >= 0))
        call_fail(call, "number 'epsilon' is negative");
    return rule;
}

real divisor(real v, const struct divisor_rule *rule, real *root)
{
    *root = real_sqrt(rule->outside ? v : v + rule->epsilon);
    return rule->outside ? *root + rule->epsilon : *root;
}

void divisor_demand(struct call *call, real s)
{
    if (s == 0)
        call_fail(call, "number 'epsilon' is 0, and so is what it should keep from dividing by 0");
}

real slope(real centred, real root)
{
    return root > 0 ? centred / root : 0;
}

size_t deviation_rule_read(struct call *call, size_t count)
{
    static const char *const deviations[] = {"population", "sample", NULL};
    size_t ddof = (size_t)call_choice(call, "deviation", deviations);
    if (count <= ddof)
        call_fail(call, "sets of %zu values have no %s deviation: convention 'deviation'", count,
                  deviations[ddof]);
    return ddof;
}

void normal_set_forward(struct normal_set *set, const real *x, size_t n, size_t ddof,
                        const struct divisor_rule *rule)
{
    real root;
    set->mean = sum_features(n, x, 1) / real_count(n);
    for (size_t i = 0; i < n; i++)
        set->x_hat[i] = x[i] - set->mean;
    real squares = sum_products(R(0.0), n, set->x_hat, 1, set->x_hat, 1);
    set->variance = squares / real_count(n - ddof);
    set->s = divisor(set->variance, rule, &root);
    for (size_t i = 0; i < n; i++) {
        set->slope_hat[i] = slope(set->x_hat[i], root);
        set->x_hat[i] = set->x_hat[i] / set->s;
    }
}

void normal_set_backward(real *dx, const real *dx_hat, const struct normal_set *set, size_t n,
                         size_t ddof)
{
    real a = sum_features(n, dx_hat, 1) / real_count(n);
    real b = sum_products(R(0.0), n, dx_hat, 1, set->x_hat, 1) / real_count(n - ddof);
    for (size_t i = 0; i < n; i++)
        dx[i] = (dx_hat[i] - a - set->slope_hat[i] * b) / set->s;
}
