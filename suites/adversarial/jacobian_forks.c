// SPDX-License-Identifier: MIT
#include "jacobian_forks.h"

struct jacobian jacobian_create(struct call *call, const struct victim *victim)
{
    size_t widest = 1;
    for (size_t l = 0; l <= victim->net.layers; l++)
        widest = victim->net.size[l] > widest ? victim->net.size[l] : widest;
    return (struct jacobian){.victim = *victim,
                             .z = call_scratch(call, victim->K),
                             .of = call_scratch(call, victim->K * victim->D),
                             .a = call_scratch(call, widest),
                             .next = call_scratch(call, widest),
                             .slope = call_scratch(call, widest * victim->D),
                             .upstream = call_scratch(call, widest * victim->D)};
}

/* f(z), and f'(z). */
static real activate(enum perceptron_activation f, real z, real *derivative)
{
    real e = real_exp(-real_abs(z)), large = 1 / (1 + e), small = e / (1 + e);
    real tanh = real_tanh(z);
    *derivative = z > 0 ? 1 : 0;
    if (f == PERCEPTRON_RELU)
        return z > 0 ? z : 0;
    *derivative = f == PERCEPTRON_TANH ? (1 - tanh) * (1 + tanh) : large * small;
    return f == PERCEPTRON_TANH ? tanh : z < 0 ? small : large;
}

static void pass(struct jacobian *is, size_t l)
{
    const struct perceptron *net = &is->victim.net;
    size_t I = net->size[l], O = net->size[l + 1], D = is->victim.D;
    for (size_t o = 0; o < O; o++) {
        const real *w = &net->w[l][o];
        real z = 0, derivative = 1;
        for (size_t i = I; i-- > 0;)
            z = z + is->a[i] * w[i * O];
        is->next[o] = z + net->b[l][o];
        if (l + 1 < net->layers)
            is->next[o] = activate(net->activation, is->next[o], &derivative);
        for (size_t d = 0; d < D; d++) {
            real slope = 0;
            for (size_t i = I; i-- > 0;)
                slope = slope + w[i * O] * is->upstream[i * D + d];
            is->slope[o * D + d] = derivative * slope;
        }
    }
}

void jacobian_fill(struct jacobian *is, const real *x)
{
    const struct victim *victim = &is->victim;
    size_t D = victim->D, K = victim->K;
    for (size_t i = 0; i < D * D; i++)
        is->upstream[i] = 0;
    for (size_t d = 0; d < D; d++) {
        real scale = victim->mean ? victim->deviation[d] : 1;
        is->a[d] = (x[d] - (victim->mean ? victim->mean[d] : 0)) / scale;
        is->upstream[d * D + d] = 1 / scale;
    }
    for (size_t l = 0; l < victim->net.layers; l++) {
        pass(is, l);
        real *a = is->a, *upstream = is->upstream;
        is->a = is->next;
        is->next = a;
        is->upstream = is->slope;
        is->slope = upstream;
    }
    for (size_t i = 0; i < K * D; i++)
        is->of[i] = is->upstream[i];
    for (size_t k = 0; k < K; k++)
        is->z[k] = is->a[k];
}

void jacobian_combine(const struct jacobian *is, real *dx, const real *dz)
{
    size_t D = is->victim.D, K = is->victim.K;
    for (size_t d = 0; d < D; d++) {
        dx[d] = 0;
        for (size_t k = K; k-- > 0;)
            dx[d] = dx[d] + dz[k] * is->of[k * D + d];
    }
}

size_t jacobian_class(const struct jacobian *is)
{
    size_t best = 0;
    for (size_t k = 1; k < is->victim.K; k++)
        best = is->z[k] > is->z[best] ? k : best;
    return best;
}
