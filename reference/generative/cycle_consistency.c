// SPDX-License-Identifier: MIT
#include "cycle_consistency.h"

#include "mismatch.h"
#include "named_network.h"

struct direction {
    const struct perceptron *out, *back;
    struct perceptron_batch *out_use, *back_use, *identity_use; /* the last is of `back` */
    const real *x;
    size_t N;
    real lambda;
};

static real scale_of(struct call *call, const char *name, real otherwise)
{
    real value = call_number_or(call, name, otherwise);
    if (!(value >= 0))
        call_fail(call, "number '%s' must not be negative", name);
    return value;
}

/* back(out(x)) - x, backwards through both networks. */
static real cycle(struct call *call, const struct direction *d, const struct mismatch_rule *rule,
                  real dloss)
{
    size_t D = network_inputs(d->out), E = network_outputs(d->out);
    real *de = call_scratch(call, d->N * D), *dmiddle = call_scratch(call, d->N * E);
    const real *middle = network_forward(call, d->out, d->out_use, d->x, d->N);
    const real *again = network_forward(call, d->back, d->back_use, middle, d->N);
    real value = mismatch(call, rule, de, again, d->x, d->N, D, dloss * d->lambda);
    network_backward(d->back, d->back_use, dmiddle, de, middle, d->N, rule->block);
    network_backward(d->out, d->out_use, NULL, dmiddle, d->x, d->N, rule->block);
    return value;
}

static real identity(struct call *call, const struct direction *d, const struct mismatch_rule *rule,
                     real dloss, real mu)
{
    size_t D = network_inputs(d->out);
    real *de = call_scratch(call, d->N * D);
    const real *same = network_forward(call, d->back, d->identity_use, d->x, d->N);
    real value = mismatch(call, rule, de, same, d->x, d->N, D, dloss * d->lambda * mu);
    network_backward(d->back, d->identity_use, NULL, de, d->x, d->N, rule->block);
    return value;
}

void cycle_consistency_answer(struct call *call)
{
    struct perceptron g, f;
    struct perceptron_batch of_g[3], of_f[3];
    struct mismatch_rule rule = mismatch_read(call);
    network_read(call, &g, "g", 'a');
    network_read(call, &f, "f", 'p');
    struct direction there = {&g, &f, &of_g[0], &of_f[0], &of_f[2], NULL, 0, 0};
    struct direction home = {&f, &g, &of_f[1], &of_g[1], &of_g[2], NULL, 0, 0};
    there.x = call_input(call, "x", "Na");
    home.x = call_input(call, "y", "Mp");
    there.N = call_size(call, 'N');
    home.N = call_size(call, 'M');
    if (network_outputs(&g) != network_inputs(&f) || network_outputs(&f) != network_inputs(&g))
        call_fail(call, "the network of 'fw1' must lead back from where that of 'gw1' leads");
    if (there.N == 0 || home.N == 0)
        call_fail(call, "input '%s' has no samples", there.N == 0 ? "x" : "y");
    there.lambda = scale_of(call, "lambda_x", R(10.0));
    home.lambda = scale_of(call, "lambda_y", R(10.0));
    real mu = scale_of(call, "mu", R(0.0));
    real dloss = call_has(call, "dloss") ? *call_input(call, "dloss", "") : 1;
    real *forward = call_output(call, "forward_cycle", "");
    real *backward = call_output(call, "backward_cycle", "");
    real *loss = call_output(call, "loss", ""), same_x = 0, same_y = 0;
    *forward = cycle(call, &there, &rule, dloss);
    *backward = cycle(call, &home, &rule, dloss);
    if (mu > 0) {
        if (network_inputs(&g) != network_outputs(&g))
            call_fail(call, "number 'mu' needs domains of as many features");
        same_x = *call_output(call, "identity_x", "") = identity(call, &there, &rule, dloss, mu);
        same_y = *call_output(call, "identity_y", "") = identity(call, &home, &rule, dloss, mu);
    }
    *loss = there.lambda * (*forward + mu * same_x) + home.lambda * (*backward + mu * same_y);
    network_gradients(call, &g, "g", 'a', mu > 0 ? 3 : 2, of_g);
    network_gradients(call, &f, "f", 'p', mu > 0 ? 3 : 2, of_f);
}
