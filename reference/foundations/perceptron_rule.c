// SPDX-License-Identifier: MIT
#include "perceptron_rule.h"

#include <limits.h>

int perceptron_rule_step(real z, const struct perceptron_rule *rule)
{
    return z > 0 || (z == 0 && rule->fires_at_zero) ? 1 : rule->low;
}

size_t perceptron_rule_epoch(real *w, real *b, real *net, const int *order,
                             const struct perceptron_rule *rule)
{
    size_t mistakes = 0;
    for (size_t i = 0; i < rule->N; i++) {
        size_t n = (size_t)order[i];
        const real *x = &rule->x[n * rule->D];
        net[i] = sum_products(*b, rule->D, x, 1, w, 1);
        int wrong = rule->target[n] - perceptron_rule_step(net[i], rule);
        if (wrong == 0)
            continue;
        real update = rule->rate * (real)wrong;
        for (size_t d = 0; d < rule->D; d++)
            w[d] = w[d] + update * x[d];
        *b = *b + update;
        mistakes++;
    }
    return mistakes;
}

void perceptron_rule_predict(real *predicted, real *net, const real *w, real b,
                             const struct perceptron_rule *rule)
{
    for (size_t n = 0; n < rule->N; n++) {
        net[n] = sum_products(b, rule->D, &rule->x[n * rule->D], 1, w, 1);
        predicted[n] = (real)perceptron_rule_step(net[n], rule);
    }
}

static struct perceptron_rule read_rule(struct call *call)
{
    static const char *const targets[] = {"zero_one", "signed", NULL};
    static const char *const at_zero[] = {"one", "low", NULL};
    struct perceptron_rule rule = {.x = call_input(call, "x", "ND")};
    rule.N = call_size(call, 'N');
    rule.D = call_size(call, 'D');
    const int *labels = call_integers(call, "labels", "N", -1, 1);
    int *target = call_scratch_integers(call, rule.N);
    rule.low = call_choice(call, "targets", targets) == 1 ? -1 : 0;
    rule.fires_at_zero = call_choice(call, "at_zero", at_zero) == 0;
    rule.rate = call_number_or(call, "rate", R(0.01));
    if (!(rule.rate >= 0))
        call_fail(call, "number 'rate' must not be negative: it would turn corrections around");
    for (size_t n = 0; n < rule.N; n++)
        target[n] = labels[n] > 0 ? 1 : rule.low;
    rule.target = target;
    return rule;
}

/* (E,N): the input, checked, or 0..N-1 for every epoch. */
static const int *read_order(struct call *call, size_t E, size_t N)
{
    int *given = call_scratch_integers(call, E * N), *seen = call_scratch_integers(call, N);
    const int *input = NULL;
    if (call_has(call, "order"))
        input = call_integers(call, "order", "EN", 0, N > INT_MAX ? INT_MAX : (int)N - 1);
    for (size_t i = 0; i < E * N; i++) {
        given[i] = input ? input[i] : (int)(i % N);
        if (seen[given[i]] != (int)(i / N))
            call_fail(call, "input 'order' must hold every sample once in each row");
        seen[given[i]]++;
    }
    return given;
}

void perceptron_rule_answer(struct call *call)
{
    struct perceptron_rule rule = read_rule(call);
    size_t E = call_count(call, "epochs", 1, 1 << 20), N = rule.N, D = rule.D;
    call_bind(call, 'E', E);
    const int *order = read_order(call, E, N);
    real *w = call_scratch(call, D), *net = call_scratch(call, N);
    real b = call_has(call, "b") ? *call_input(call, "b", "") : 0;
    for (size_t d = 0; d < D; d++)
        w[d] = call_has(call, "w") ? call_input(call, "w", "D")[d] : 0;
    real *w_after = call_output(call, "w_after", "ED"),
         *b_after = call_output(call, "b_after", "E");
    real *mistakes = call_output_integers(call, "mistakes", "E");
    for (size_t e = 0; e < E; e++) {
        mistakes[e] = real_count(perceptron_rule_epoch(w, &b, net, &order[e * N], &rule));
        call_decisions(call, N, net);
        for (size_t d = 0; d < D; d++)
            w_after[e * D + d] = w[d];
        b_after[e] = b;
    }
    perceptron_rule_predict(call_output_integers(call, "predicted", "N"), net, w, b, &rule);
    call_decisions(call, N, net);
}
