// SPDX-License-Identifier: MIT
/* Cycle consistency; definition in reference/generative/cycle_consistency.h.
 *
 * How it is distributed: both domains are sharded, each by its own blocks; both networks are whole
 * on every rank. What crosses the network: the sums of the losses, and for every use of a network
 * its gradient, a chain over the samples of each canonical block, then the fixed tree.
 */
#include "mismatch.h"
#include "named_network.h"

struct direction {
    struct question *q;
    char letter; /* of the samples */
    const struct network *out, *back;
    const scalar *x;
    scalar lambda;
    struct network_use out_use, back_use, identity_use;
};

static scalar scale_of(struct question *q, const char *name, scalar otherwise)
{
    const scalar value = question_number_or(q, name, otherwise);
    if (!(value >= 0))
        question_refuse(q, "its '%s' is negative; give at least 0", name);
    return value;
}

/* The value of the cycle; runs both networks forwards and backwards. Collective. */
static scalar cycle(struct direction *d, const struct mismatch_rule *rule, scalar dloss)
{
    const size_t rows = question_part(d->q, d->letter), D = network_inputs(d->out);
    scalar *de = question_scratch(d->q, rows * D);
    d->out_use = network_use(d->q, d->out, rows);
    d->back_use = network_use(d->q, d->back, rows);
    const scalar *again = network_forward(&d->back_use, network_forward(&d->out_use, d->x));
    const scalar value = mismatch(d->q, d->letter, rule, de, again, d->x, D, dloss * d->lambda);
    network_backward(&d->out_use, network_backward(&d->back_use, de));
    return value;
}

static scalar identity(struct direction *d, const struct mismatch_rule *rule, scalar dloss,
                       scalar mu)
{
    const size_t rows = question_part(d->q, d->letter), D = network_inputs(d->out);
    scalar *de = question_scratch(d->q, rows * D);
    d->identity_use = network_use(d->q, d->back, rows);
    const scalar *same = network_forward(&d->identity_use, d->x);
    const scalar value = mismatch(d->q, d->letter, rule, de, same, d->x, D, dloss * d->lambda * mu);
    network_backward(&d->identity_use, de);
    return value;
}

void cycle_consistency_run(struct question *q)
{
    const struct mismatch_rule rule = mismatch_read(q);
    const struct network g = network_read(q, "g", 'a'), f = network_read(q, "f", 'p');
    struct direction there = {.q = q, .letter = 'N', .out = &g, .back = &f};
    struct direction home = {.q = q, .letter = 'M', .out = &f, .back = &g};
    there.x = question_input(q, "x", "[N]a");
    home.x = question_input(q, "y", "[M]p");
    if (network_outputs(&g) != network_inputs(&f) || network_outputs(&f) != network_inputs(&g))
        question_refuse(q, "its 'fw1' must lead back from where its 'gw1' leads");
    if (question_size(q, 'N') == 0 || question_size(q, 'M') == 0)
        question_refuse(q, "its '%s' has no samples", question_size(q, 'N') == 0 ? "x" : "y");
    there.lambda = scale_of(q, "lambda_x", 10);
    home.lambda = scale_of(q, "lambda_y", 10);
    const scalar mu = scale_of(q, "mu", 0);
    const scalar dloss = question_has(q, "dloss") ? *question_input(q, "dloss", "") : 1;
    const scalar forward = cycle(&there, &rule, dloss), backward = cycle(&home, &rule, dloss);
    scalar same_x = 0, same_y = 0;
    scalar *of_g = question_scratch(q, g.parameters), *of_f = question_scratch(q, f.parameters);
    question_output(q, "forward_cycle", "")[0] = forward;
    question_output(q, "backward_cycle", "")[0] = backward;
    network_add(q, 'N', &there.out_use, of_g);
    network_add(q, 'M', &home.back_use, of_g);
    network_add(q, 'N', &there.back_use, of_f);
    network_add(q, 'M', &home.out_use, of_f);
    if (mu > 0) {
        if (network_inputs(&g) != network_outputs(&g))
            question_refuse(q, "its 'mu' needs domains of as many features");
        question_output(q, "identity_x", "")[0] = same_x = identity(&there, &rule, dloss, mu);
        question_output(q, "identity_y", "")[0] = same_y = identity(&home, &rule, dloss, mu);
        network_add(q, 'M', &home.identity_use, of_g);
        network_add(q, 'N', &there.identity_use, of_f);
    }
    question_output(q, "loss", "")[0] =
        there.lambda * (forward + mu * same_x) + home.lambda * (backward + mu * same_y);
    network_gradients(q, &g, of_g);
    network_gradients(q, &f, of_f);
}
