// SPDX-License-Identifier: MIT
#include "activity_penalty.h"

static real strength(struct call *call, const char *name)
{
    real value = call_number_or(call, name, 0);
    if (!(value >= 0))
        call_fail(call, "number '%s' must not be below 0", name);
    return value;
}

struct activity activity_read(struct call *call)
{
    static const char *const divisions[] = {"batch", "nothing", "elements", NULL};
    static const char *const zeros[] = {"zero", "right", "left", NULL};
    static const real slopes[] = {0, 1, -1};
    struct activity r = {.l1 = strength(call, "l1"), .l2 = strength(call, "l2")};
    int divided = call_choice(call, "divided", divisions);
    r.at_zero = slopes[call_choice(call, "at_zero", zeros)];
    r.a = call_input(call, "a", "NC");
    r.N = call_size(call, 'N');
    r.C = call_size(call, 'C');
    r.block = call_block(call);
    if (r.N == 0 || r.C == 0)
        call_fail(call, "input 'a' is empty");
    r.W = divided == 1 ? 1 : divided == 0 ? real_count(r.N) : real_count(r.N * r.C);
    r.dpenalty = call_has(call, "dpenalty") ? *call_input(call, "dpenalty", "") : 1;
    r.penalty = call_output(call, "penalty", "");
    r.da = call_output(call, "da", "NC");
    r.row = call_scratch(call, 2 * r.N);
    if (r.l1 > 0)
        call_decisions(call, r.N * r.C, r.a);
    return r;
}

void activity_penalty_answer(struct call *call)
{
    struct activity r = activity_read(call);
    real *absolute = call_scratch(call, r.C);
    for (size_t n = 0; n < r.N; n++) {
        const real *a = &r.a[n * r.C];
        for (size_t c = 0; c < r.C; c++) {
            real sign = a[c] > 0 ? 1 : a[c] < 0 ? -1 : r.at_zero;
            absolute[c] = real_abs(a[c]);
            r.da[n * r.C + c] = (r.l1 * sign + 2 * r.l2 * a[c]) / r.W * r.dpenalty;
        }
        r.row[n] = sum_features(r.C, absolute, 1);
        r.row[r.N + n] = sum_products(R(0.0), r.C, a, 1, a, 1);
    }
    real sizes = sum_samples(r.N, r.block, r.row, 1);
    real squares = sum_samples(r.N, r.block, &r.row[r.N], 1);
    *r.penalty = (r.l1 * sizes + r.l2 * squares) / r.W;
}
