// SPDX-License-Identifier: MIT
#include "dual_forks.h"

struct dual dual_sum(struct dual a, struct dual b)
{
    return (struct dual){a.v + b.v, a.t + b.t};
}

struct dual dual_product(struct dual a, struct dual b)
{
    return (struct dual){a.v * b.v, a.v * b.t + a.t * b.v};
}

size_t dual_weights(const struct perceptron *net)
{
    size_t count = 0;
    for (size_t l = 0; l < net->layers; l++)
        count += (net->size[l] + 1) * net->size[l + 1];
    return count;
}

struct dual dual_weight(const struct perceptron *net, size_t l, int bias, size_t i, size_t chosen)
{
    size_t at = i;
    for (size_t k = 0; k < l; k++)
        at += (net->size[k] + 1) * net->size[k + 1];
    if (bias)
        at += net->size[l] * net->size[l + 1];
    return (struct dual){bias ? net->b[l][i] : net->w[l][i], at == chosen};
}

struct dual dual_activate(enum perceptron_activation f, struct dual z, struct dual *slope)
{
    struct dual a = z;
    if (f == PERCEPTRON_RELU) {
        *slope = (struct dual){z.v > 0, 0};
        return dual_product(*slope, z);
    }
    if (f == PERCEPTRON_TANH) {
        a.v = real_tanh(z.v);
        a.t = (1 - a.v) * (1 + a.v) * z.t;
        *slope = (struct dual){(1 - a.v) * (1 + a.v), -2 * a.v * a.t};
    } else {
        a.v = (1 + real_tanh(z.v / 2)) / 2;
        a.t = (1 - a.v) * a.v * z.t;
        *slope = (struct dual){(1 - a.v) * a.v, (1 - 2 * a.v) * a.t};
    }
    return a;
}

void dual_forward(const struct perceptron *net, size_t chosen, struct dual *y, const struct dual *x)
{
    struct dual a[DUAL_WIDEST], z[DUAL_WIDEST], slope;
    for (size_t i = 0; i < net->size[0] && i < DUAL_WIDEST; i++)
        a[i] = x[i];
    for (size_t l = 0; l < net->layers; l++) {
        size_t I = net->size[l], O = net->size[l + 1];
        for (size_t o = 0; o < O && o < DUAL_WIDEST; o++) {
            z[o] = dual_weight(net, l, 1, o, chosen);
            for (size_t i = I; i-- > 0;)
                z[o] = dual_sum(z[o], dual_product(a[i % DUAL_WIDEST],
                                                   dual_weight(net, l, 0, i * O + o, chosen)));
        }
        for (size_t o = 0; o < O && o < DUAL_WIDEST; o++)
            a[o] = l + 1 < net->layers ? dual_activate(net->activation, z[o], &slope) : z[o];
    }
    for (size_t o = 0; o < net->size[net->layers] && o < DUAL_WIDEST; o++)
        y[o] = a[o];
}

void dual_gradient(struct call *call, const struct perceptron *net, struct perceptron_batch *sums,
                   real (*derivative)(const void *context, const struct perceptron *net,
                                      size_t chosen),
                   const void *context)
{
    size_t chosen = 0;
    perceptron_allocate(call, net, sums, 0);
    for (size_t l = 0; l < net->layers; l++) {
        for (size_t i = 0; i < net->size[l] * net->size[l + 1]; i++)
            sums->dw[l][i] = derivative(context, net, chosen++);
        for (size_t o = 0; o < net->size[l + 1]; o++)
            sums->db[l][o] = derivative(context, net, chosen++);
    }
}
