// SPDX-License-Identifier: MIT
#include "gradient_clipping_by_norm.h"

real clipping_measure(enum clipping_norm norm, const real *g, size_t n, size_t block,
                      real *magnitude)
{
    real largest = 0;
    if (norm == CLIPPING_TWO)
        return sum_sample_products(n, block, g, 1, g, 1);
    for (size_t i = 0; i < n; i++) {
        magnitude[i] = real_abs(g[i]);
        largest = magnitude[i] > largest ? magnitude[i] : largest;
    }
    return norm == CLIPPING_ONE ? sum_samples(n, block, magnitude, 1) : largest;
}

real clipping_norm_of(enum clipping_norm norm, real measure)
{
    return norm == CLIPPING_TWO ? real_sqrt(measure) : measure;
}

real clipping_share(real norm, real limit, real epsilon)
{
    real divisor = norm + epsilon;
    return divisor > limit ? limit / divisor : 1;
}

struct clipping clipping_read(struct call *call)
{
    static const char *const scopes[] = {"global", "tensor", NULL};
    static const char *const norms[] = {"two", "one", "infinity", NULL};
    static const char *const names[CLIPPING_TENSORS][2] = {
        {"g1", "clipped1"}, {"g2", "clipped2"}, {"g3", "clipped3"}, {"g4", "clipped4"},
        {"g5", "clipped5"}, {"g6", "clipped6"}, {"g7", "clipped7"}, {"g8", "clipped8"}};
    struct clipping rules = {0};
    rules.by_tensor = call_choice(call, "scope", scopes);
    rules.norm = (enum clipping_norm)call_choice(call, "norm", norms);
    rules.limit = call_number(call, "limit");
    rules.epsilon = call_number_or(call, "epsilon", R(0.0));
    rules.block = call_block(call);
    if (!(rules.limit > 0))
        call_fail(call, "number 'limit' must be above 0");
    if (!(rules.epsilon >= 0))
        call_fail(call, "number 'epsilon' must not be below 0");
    while (rules.K < CLIPPING_TENSORS && call_has(call, names[rules.K][0])) {
        const char shape[] = {(char)('A' + (int)rules.K), 0};
        rules.g[rules.K] = call_input(call, names[rules.K][0], shape);
        rules.size[rules.K] = call_size(call, shape[0]);
        rules.clipped[rules.K] = call_output(call, names[rules.K][1], shape);
        rules.K++;
    }
    if (rules.K == 0)
        call_fail(call, "input 'g1' is missing");
    call_bind(call, 'K', rules.by_tensor ? rules.K : 1);
    rules.norms = call_output(call, "norm", "K");
    return rules;
}

static void shorten(const struct clipping *rules, size_t k, real norm)
{
    real share = clipping_share(norm, rules->limit, rules->epsilon);
    for (size_t i = 0; i < rules->size[k]; i++)
        rules->clipped[k][i] = share * rules->g[k][i];
}

void gradient_clipping_by_norm_answer(struct call *call)
{
    struct clipping rules = clipping_read(call);
    real total = 0;
    for (size_t k = 0; k < rules.K; k++) {
        real *magnitude = call_scratch(call, rules.size[k]);
        real measure =
            clipping_measure(rules.norm, rules.g[k], rules.size[k], rules.block, magnitude);
        if (rules.by_tensor) {
            rules.norms[k] = clipping_norm_of(rules.norm, measure);
            shorten(&rules, k, rules.norms[k]);
        } else if (rules.norm == CLIPPING_INFINITY) {
            total = measure > total ? measure : total;
        } else {
            total = total + measure;
        }
    }
    if (rules.by_tensor)
        return;
    rules.norms[0] = clipping_norm_of(rules.norm, total);
    for (size_t k = 0; k < rules.K; k++)
        shorten(&rules, k, rules.norms[0]);
}
