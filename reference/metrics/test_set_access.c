// SPDX-License-Identifier: MIT
#include "test_set_access.h"

struct access_log test_set_access_read(struct call *call)
{
    static const char *const accesses[] = {"ledger", "thresholdout", NULL};
    static const char *const ends[] = {"silent", "train", NULL};
    struct access_log l = {.thresholdout = call_choice(call, "access", accesses),
                           .train_when_spent = call_choice(call, "when_spent", ends),
                           .budget = call_count_or(call, "budget", 1, 0, 1 << 20),
                           .threshold = call_number_or(call, "threshold", R(0.04)),
                           .scale = call_number_or(call, "scale", R(0.01)),
                           .train = call_input(call, "train", "Q")};
    l.Q = call_size(call, 'Q');
    if (l.Q == 0)
        call_fail(call, "input 'train' has no questions");
    l.test = call_input(call, "test", "Q");
    if (!(l.threshold >= 0))
        call_fail(call, "number 'threshold' is negative");
    if (!(l.scale >= 0))
        call_fail(call, "number 'scale' is negative");
    if (l.thresholdout) {
        call_bind(call, 'G', l.Q + 1);
        l.a = call_input(call, "a", "Q");
        l.x = call_input(call, "x", "Q");
        l.g = call_input(call, "g", "G");
    }
    l.answer = call_output(call, "answer", "Q");
    l.bias = call_output(call, "bias", "Q");
    l.used = call_output_integers(call, "used", "Q");
    l.left = call_output_integers(call, "left", "Q");
    l.first_reuse = call_output_integers(call, "first_reuse", "");
    l.uses = call_output_integers(call, "uses", "");
    return l;
}

void test_set_access_answer(struct call *call)
{
    struct access_log l = test_set_access_read(call);
    size_t left = l.budget, uses = 0;
    real border = l.thresholdout ? l.threshold + 2 * l.scale * l.g[0] : R(0.0);
    *l.first_reuse = real_count(l.Q);
    for (size_t q = 0; q < l.Q; q++) {
        int asks = left > 0;
        l.answer[q] = left > 0 || l.train_when_spent ? l.train[q] : R(0.0);
        if (asks && l.thresholdout) {
            real beyond = real_abs(l.test[q] - l.train[q]) - (border + 4 * l.scale * l.a[q]);
            call_decisions(call, 1, &beyond);
            asks = beyond > 0;
        }
        if (asks) {
            l.answer[q] = l.thresholdout ? l.test[q] + l.scale * l.x[q] : l.test[q];
            border = l.thresholdout ? l.threshold + 2 * l.scale * l.g[q + 1] : border;
            left--;
            if (++uses == 2)
                *l.first_reuse = real_count(q);
        }
        l.used[q] = (real)asks;
        l.left[q] = real_count(left);
        l.bias[q] = l.answer[q] - l.train[q];
    }
    *l.uses = real_count(uses);
}
