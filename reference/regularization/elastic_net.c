// SPDX-License-Identifier: MIT
#include "elastic_net.h"

static real strength(struct call *call, const char *name)
{
    real value = call_number(call, name);
    if (!(value >= 0))
        call_fail(call, "number '%s' must not be negative: it would reward large weights", name);
    return value;
}

struct elastic_net_weights elastic_net_read(struct call *call)
{
    static const char *const forms[] = {"separate", "ratio", NULL};
    if (call_choice(call, "form", forms) == 0)
        return (struct elastic_net_weights){strength(call, "l1"), strength(call, "l2")};
    real lambda = strength(call, "lambda"), ratio = call_number(call, "ratio");
    if (!(ratio >= 0 && ratio <= 1))
        call_fail(call, "number 'ratio' is a share and must lie in 0..1");
    return (struct elastic_net_weights){lambda * ratio, lambda * (1 - ratio) / 2};
}

void elastic_net_answer(struct call *call)
{
    struct elastic_net_weights weights = elastic_net_read(call);
    const real *w = call_input(call, "w", "P");
    size_t P = call_size(call, 'P'), block = call_block(call);
    real dpenalty = call_has(call, "dpenalty") ? *call_input(call, "dpenalty", "") : 1;
    real *dw = call_output(call, "dw", "P"), *magnitude = call_scratch(call, P);
    for (size_t p = 0; p < P; p++) {
        magnitude[p] = real_abs(w[p]);
        dw[p] = (weights.a * l1_penalty_sign(w[p], 0) + 2 * weights.s * w[p]) * dpenalty;
    }
    call_decisions(call, P, w);
    real lasso = weights.a * sum_samples(P, block, magnitude, 1);
    real ridge = weights.s * sum_sample_products(P, block, w, 1, w, 1);
    *call_output(call, "penalty", "") = lasso + ridge;
}
