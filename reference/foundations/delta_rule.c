// SPDX-License-Identifier: MIT
#include "delta_rule.h"

static real error_of(const struct delta_rule *rule, size_t n, const real *w, real b)
{
    return sum_products(b, rule->D, &rule->x[n * rule->D], 1, w, 1) - rule->t[n];
}

static void epoch_by_samples(real *w, real *b, real *error, const struct delta_rule *rule)
{
    for (size_t n = 0; n < rule->N; n++) {
        error[n] = error_of(rule, n, w, *b);
        real step = rule->rate * (rule->factor * error[n]);
        for (size_t d = 0; d < rule->D; d++)
            w[d] = w[d] - step * rule->x[n * rule->D + d];
        *b = *b - step;
    }
}

/* rate times the gradient that belongs to a sum over samples. */
static real batch_step(const struct delta_rule *rule, real sum)
{
    real g = rule->update == DELTA_BATCH_MEAN ? sum / real_count(rule->N) : sum;
    return rule->rate * (rule->factor * g);
}

static void epoch_by_batch(real *w, real *b, real *error, const struct delta_rule *rule)
{
    size_t N = rule->N, D = rule->D;
    for (size_t n = 0; n < N; n++)
        error[n] = error_of(rule, n, w, *b);
    for (size_t d = 0; d < D; d++)
        w[d] =
            w[d] - batch_step(rule, sum_sample_products(N, rule->block, error, 1, &rule->x[d], D));
    *b = *b - batch_step(rule, sum_samples(N, rule->block, error, 1));
}

void delta_rule_epoch(real *w, real *b, real *error, const struct delta_rule *rule)
{
    if (rule->update == DELTA_SAMPLE)
        epoch_by_samples(w, b, error, rule);
    else
        epoch_by_batch(w, b, error, rule);
}

void delta_rule_answer(struct call *call)
{
    static const char *const updates[] = {"sample", "batch_mean", "batch_sum", NULL};
    static const char *const gradients[] = {"error", "squared", NULL};
    struct delta_rule rule = {.x = call_input(call, "x", "ND"), .t = call_input(call, "t", "N")};
    size_t N = rule.N = call_size(call, 'N'), D = rule.D = call_size(call, 'D');
    if (N == 0)
        call_fail(call, "input 'x' has no samples; the mean over them is 0 / 0");
    rule.block = call_block(call);
    rule.update = (enum delta_update)call_choice(call, "update", updates);
    rule.factor = call_choice(call, "gradient", gradients) == 1 ? 2 : 1;
    rule.rate = call_number_or(call, "rate", R(0.01));
    if (!(rule.rate >= 0))
        call_fail(call, "number 'rate' must not be negative: it would climb");
    size_t E = call_count(call, "epochs", 1, 1 << 20);
    call_bind(call, 'E', E);
    real *w = call_scratch(call, D), *error = call_scratch(call, N);
    real b = call_has(call, "b") ? *call_input(call, "b", "") : 0;
    for (size_t d = 0; d < D; d++)
        w[d] = call_has(call, "w") ? call_input(call, "w", "D")[d] : 0;
    real *w_after = call_output(call, "w_after", "ED"),
         *b_after = call_output(call, "b_after", "E");
    real *squared = call_output(call, "squared_error", "E");
    for (size_t e = 0; e < E; e++) {
        delta_rule_epoch(w, &b, error, &rule);
        squared[e] = sum_sample_products(N, rule.block, error, 1, error, 1) / real_count(N);
        b_after[e] = b;
        for (size_t d = 0; d < D; d++)
            w_after[e * D + d] = w[d];
    }
}
