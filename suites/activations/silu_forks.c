// SPDX-License-Identifier: MIT
#include "../../reference/activations/silu.h"
#include "elementwise_forks.h"

/* Everything of one call, already answered rightly; the forks below change one line of it. */
struct swish {
    struct values v;
    real beta, *s, *c, *term, *dbeta;
    size_t N, C, block;
};

static struct swish read(struct call *call)
{
    struct swish w = {.v = read_values(call)};
    w.N = call_size(call, 'N');
    w.C = call_size(call, 'C');
    w.block = call_block(call);
    w.beta = call_has(call, "beta") ? *call_input(call, "beta", "") : R(1.0);
    w.dbeta = call_has(call, "beta") && call_has(call, "dy") ? call_output(call, "dbeta", "")
                                                             : call_scratch(call, 1);
    w.s = call_scratch(call, w.v.n);
    w.c = call_scratch(call, w.v.n);
    w.term = call_scratch(call, w.v.n);
    silu_gates(w.s, w.c, w.v.x, w.beta, w.v.n);
    silu_forward(w.v.y, w.v.x, w.s, w.v.n);
    silu_backward(w.v.dx, w.v.dy, w.v.x, w.s, w.c, w.beta, w.v.n);
    *w.dbeta = silu_beta_gradient(w.term, w.v.dy, w.v.x, w.s, w.c, w.N, w.C, w.block);
    return w;
}

/* The sigmoid through tanh where that does not cancel, e^t / (1 + e^t) to the left of it. */
static real gate(real t)
{
    return t > -1 ? (1 + real_tanh(t / 2)) / 2 : real_exp(t) / (1 + real_exp(t));
}

/* The product rule, term by term, and dbeta through y in one chain over everything. */
static void product_rule(struct call *call)
{
    struct swish w = read(call);
    real total = R(0.0);
    for (size_t i = 0; i < w.v.n; i++) {
        real x = w.v.x[i], t = w.beta * x;
        w.v.y[i] = x * gate(t);
        w.v.dx[i] = w.v.dy[i] * gate(t) + w.v.dy[i] * (w.beta * w.v.y[i]) * gate(-t);
        total = total + w.v.dy[i] * w.v.y[i] * (x * gate(-t));
    }
    *w.dbeta = total;
}

static void with_beta(struct call *call, real beta)
{
    struct swish w = read(call);
    silu_gates(w.s, w.c, w.v.x, beta, w.v.n);
    silu_forward(w.v.y, w.v.x, w.s, w.v.n);
    silu_backward(w.v.dx, w.v.dy, w.v.x, w.s, w.c, beta, w.v.n);
    *w.dbeta = silu_beta_gradient(w.term, w.v.dy, w.v.x, w.s, w.c, w.N, w.C, w.block);
}

static void beta_fixed(struct call *call)
{
    with_beta(call, R(1.0));
}

static void quick_gelu(struct call *call)
{
    with_beta(call, R(1.702));
}

static void beta_not_learnt(struct call *call)
{
    *read(call).dbeta = R(0.0);
}

static void beta_gradient_averaged(struct call *call)
{
    struct swish w = read(call);
    *w.dbeta = *w.dbeta / real_count(w.N);
}

static void beta_gradient_of_gate(struct call *call)
{
    struct swish w = read(call);
    *w.dbeta = R(0.0);
    for (size_t i = 0; i < w.v.n; i++)
        *w.dbeta = *w.dbeta + w.v.dy[i] * w.v.x[i] * w.s[i] * w.c[i];
}

static void last_block_lost(struct call *call)
{
    struct swish w = read(call);
    size_t N = (w.N - 1) / w.block * w.block;
    *w.dbeta = silu_beta_gradient(w.term, w.v.dy, w.v.x, w.s, w.c, N, w.C, w.block);
}

static void hard_swish(struct call *call)
{
    struct swish w = read(call);
    for (size_t i = 0; i < w.v.n; i++) {
        real t = w.beta * w.v.x[i], gate = t < -3 ? 0 : t > 3 ? 1 : (t + 3) / 6;
        w.v.y[i] = w.v.x[i] * gate;
        w.v.dx[i] = w.v.dy[i] * (gate > 0 && gate < 1 ? (2 * t + 3) / 6 : gate);
    }
}

static void gate_detached(struct call *call)
{
    struct swish w = read(call);
    for (size_t i = 0; i < w.v.n; i++)
        w.v.dx[i] = w.v.dy[i] * w.s[i];
}

static void slope_without_beta(struct call *call)
{
    struct swish w = read(call);
    silu_backward(w.v.dx, w.v.dy, w.v.x, w.s, w.c, R(1.0), w.v.n);
}

static void slope_of_sigmoid(struct call *call)
{
    struct swish w = read(call);
    for (size_t i = 0; i < w.v.n; i++)
        w.v.dx[i] = w.v.dy[i] * w.s[i] * w.c[i];
}

static void quotient_of_exponentials(struct call *call)
{
    struct swish w = read(call);
    for (size_t i = 0; i < w.v.n; i++) {
        real e = real_exp(w.beta * w.v.x[i]);
        w.v.y[i] = w.v.x[i] * (e / (1 + e));
    }
}

static void upstream_ignored(struct call *call)
{
    struct swish w = read(call);
    for (size_t i = 0; i < w.v.n; i++)
        w.v.dx[i] = w.s[i] * (1 + w.beta * w.v.x[i] * w.c[i]);
}

static const struct fork table[] = {
    {.info = {"product_rule", FORK_TWIN, "",
              "A gate through tanh, the product rule, and dbeta in one chain through y.", NULL},
     .answer = product_rule},
    {.info = {"beta_fixed", FORK_CONVENTION, "21", "beta is 1, whatever it is.", NULL},
     .answer = beta_fixed},
    {.info = {"quick_gelu", FORK_CONVENTION, "2", "beta is 1.702: the quick GELU.", NULL},
     .answer = quick_gelu},
    {.info = {"beta_not_learnt", FORK_BUG, "21", "The gradient of beta is 0.", NULL},
     .answer = beta_not_learnt},
    {.info = {"beta_gradient_averaged", FORK_BUG, "21",
              "The gradient of beta is averaged over the samples.", NULL},
     .answer = beta_gradient_averaged},
    {.info = {"beta_gradient_of_gate", FORK_BUG, "21",
              "The gradient of beta lacks one factor x: that of the gate alone.", NULL},
     .answer = beta_gradient_of_gate},
    {.info = {"last_block_lost", FORK_BUG, "155",
              "The last block of samples is left out of the gradient of beta.", NULL},
     .answer = last_block_lost},
    {.info = {"hard_swish", FORK_CONVENTION, "21", "x relu6(t + 3) / 6 takes its place.", NULL},
     .answer = hard_swish},
    {.info = {"gate_detached", FORK_BUG, "", "The gate passes no gradient.", NULL},
     .answer = gate_detached},
    {.info = {"slope_without_beta", FORK_BUG, "", "The backward pass takes x for beta x.", NULL},
     .answer = slope_without_beta},
    {.info = {"slope_of_sigmoid", FORK_BUG, "", "The slope is that of the sigmoid.", NULL},
     .answer = slope_of_sigmoid},
    {.info = {"quotient_of_exponentials", FORK_NUMERICAL, "14",
              "The gate is e^t / (1 + e^t), infinity over infinity for large t.", NULL},
     .answer = quotient_of_exponentials},
    {.info = {"upstream_ignored", FORK_BUG, "",
              "The gradient is the slope itself, not multiplied by the upstream gradient.", NULL},
     .answer = upstream_ignored},
};

const struct fork_list silu_forks = {sizeof table / sizeof *table, table};
