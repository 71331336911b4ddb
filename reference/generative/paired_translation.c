// SPDX-License-Identifier: MIT
#include "paired_translation.h"

#include "mismatch.h"
#include "named_network.h"

struct translation {
    struct perceptron g, c;
    struct perceptron_batch of_g, of_c;
    struct mismatch_rule rule;
    size_t N, D, E;
    int squares, conditional, residual;
    real lambda, mu, dloss;
    const real *x, *y;
    real *out, *dout; /* (N,E) */
};

static void read(struct call *call, struct translation *is)
{
    static const char *const adversaries[] = {"logistic", "least_squares", NULL};
    static const char *const yes_first[] = {"yes", "no", NULL}, *const no_first[] = {"no", "yes",
                                                                                     NULL};
    is->squares = call_choice(call, "adversary", adversaries) == 1;
    is->conditional = call_choice(call, "conditional", yes_first) == 0;
    is->residual = call_choice(call, "residual", no_first) == 1;
    is->rule = mismatch_read(call);
    is->lambda = call_number_or(call, "lambda", R(100.0));
    is->mu = call_number_or(call, "mu", R(0.0));
    is->dloss = call_has(call, "dloss") ? *call_input(call, "dloss", "") : 1;
    network_read(call, &is->g, "g", 'a');
    network_read(call, &is->c, "c", 'p');
    is->D = network_inputs(&is->g);
    is->E = network_outputs(&is->g);
    call_bind(call, 'E', is->E);
    is->x = call_input(call, "x", "Na");
    is->y = call_input(call, "y", "NE");
    is->N = call_size(call, 'N');
    if (is->N == 0)
        call_fail(call, "input 'x' has no samples, so the mean is 0 / 0");
    if (!(is->lambda >= 0))
        call_fail(call, "number 'lambda' must not be negative");
    if (!(is->mu >= 0))
        call_fail(call, "number 'mu' must not be negative");
    if (network_inputs(&is->c) != is->E + (is->conditional ? is->D : 0))
        call_fail(call, "the critic of 'cw1' does not take what convention 'conditional' gives it");
    if (is->residual && is->D != is->E)
        call_fail(call, "convention 'residual' needs as many features as x has");
    if (is->mu > 0 && (is->D == 0 || is->E % is->D != 0))
        call_fail(call, "number 'mu' needs outputs that are a multiple of the inputs");
}

static void generate(struct call *call, struct translation *is)
{
    const real *g = network_forward(call, &is->g, &is->of_g, is->x, is->N);
    is->out = call_scratch(call, is->N * is->E);
    is->dout = call_scratch(call, is->N * is->E);
    for (size_t i = 0; i < is->N * is->E; i++)
        is->out[i] = is->residual ? is->x[i] + g[i] : g[i];
}

/* The value of one logit's term, and its slope. */
static real term(int squares, real z, real *slope)
{
    real e = real_exp(-real_abs(z)), near = real_log1p(e);
    if (squares) {
        *slope = 2 * (z - 1);
        return (z - 1) * (z - 1);
    }
    *slope = -(z < 0 ? 1 / (1 + e) : e / (1 + e));
    return z < 0 ? real_abs(z) + near : near;
}

/* The critic's opinion; its gradient by out is written to dout. */
static real adversarial(struct call *call, struct translation *is)
{
    size_t N = is->N, D = is->conditional ? is->D : 0, E = is->E, K = network_outputs(&is->c);
    real *seen = call_scratch(call, N * (D + E)), *dseen = call_scratch(call, N * (D + E));
    real *dz = call_scratch(call, N * K), *value = call_scratch(call, N);
    real *one = call_scratch(call, K), W = real_count(N * K);
    for (size_t i = 0; i < N * (D + E); i++) {
        size_t n = i / (D + E), k = i % (D + E);
        seen[i] = k < D ? is->x[n * D + k] : is->out[n * E + k - D];
    }
    const real *z = network_forward(call, &is->c, &is->of_c, seen, N);
    for (size_t n = 0; n < N; n++) {
        for (size_t k = 0; k < K; k++) {
            one[k] = term(is->squares, z[n * K + k], &dz[n * K + k]);
            dz[n * K + k] = dz[n * K + k] * is->dloss / W;
        }
        value[n] = sum_features(K, one, 1);
    }
    network_backward(&is->c, &is->of_c, dseen, dz, seen, N, is->rule.block);
    for (size_t i = 0; i < N * E; i++)
        is->dout[i] = dseen[i / E * (D + E) + D + i % E];
    return sum_samples(N, is->rule.block, value, 1) / W;
}

static real consistency(struct call *call, struct translation *is)
{
    size_t r = is->E / is->D, count = is->N * is->D;
    real *pooled = call_scratch(call, count), *de = call_scratch(call, count);
    for (size_t i = 0; i < count; i++)
        pooled[i] = sum_features(r, &is->out[i * r], 1) / real_count(r);
    real value = mismatch(call, &is->rule, de, pooled, is->x, is->N, is->D, is->dloss * is->mu);
    for (size_t i = 0; i < count * r; i++)
        is->dout[i] = is->dout[i] + de[i / r] / real_count(r);
    return value;
}

void paired_translation_answer(struct call *call)
{
    struct translation is;
    read(call, &is);
    generate(call, &is);
    real opinion = adversarial(call, &is), average = 0;
    real *de = call_scratch(call, is.N * is.E);
    real distance = mismatch(call, &is.rule, de, is.out, is.y, is.N, is.E, is.dloss * is.lambda);
    for (size_t i = 0; i < is.N * is.E; i++)
        is.dout[i] = is.dout[i] + de[i];
    if (is.mu > 0)
        average = *call_output(call, "consistency", "") = consistency(call, &is);
    network_backward(&is.g, &is.of_g, NULL, is.dout, is.x, is.N, is.rule.block);
    *call_output(call, "adversarial", "") = opinion;
    *call_output(call, "reconstruction", "") = distance;
    *call_output(call, "loss", "") = opinion + is.lambda * distance + is.mu * average;
    network_gradients(call, &is.g, "g", 'a', 1, &is.of_g);
}
