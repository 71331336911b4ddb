// SPDX-License-Identifier: MIT
/* defense_forks.h - a second way to compute the network that is defended, for the forks of the
 * defences: sums go backwards without fused multiply-adds, sigmoids and tanh by their
 * definitions. */
#pragma once

#include "../../reference/adversarial/network_outputs.h"
#include "../fork.h"

struct rival_net {
    struct call *call;
    struct perceptron net;
    size_t N, D, K;
    real *a[PERCEPTRON_LAYERS + 1]; /* inputs and outputs of the layers, (N,size[l]) */
};

/* Reads the network and x (N,D). */
static inline const real *rival_read(struct call *call, struct rival_net *is)
{
    is->call = call;
    perceptron_read(call, &is->net);
    const real *x = call_input(call, "x", "Na");
    is->N = call_size(call, 'N');
    is->D = call_size(call, 'a');
    is->K = call_size(call, 'K');
    for (size_t l = 0; l <= is->net.layers; l++)
        is->a[l] = call_scratch(call, is->N * is->net.size[l]);
    return x;
}

static inline real rival_activation(enum perceptron_activation kind, real z)
{
    if (kind == PERCEPTRON_RELU)
        return z > 0 ? z : 0;
    if (kind == PERCEPTRON_TANH)
        return real_tanh(z);
    real e = real_exp(-real_abs(z));
    return z < 0 ? e / (1 + e) : 1 / (1 + e);
}

/* The slope of the activation from its value. */
static inline real rival_slope(enum perceptron_activation kind, real a)
{
    if (kind == PERCEPTRON_RELU)
        return a > 0 ? 1 : 0;
    return kind == PERCEPTRON_TANH ? (1 - a) * (1 + a) : a * (1 - a);
}

/* The logits (N,K) of x (N,D), until the next call. */
static inline const real *rival_logits(struct rival_net *is, const real *x)
{
    for (size_t i = 0; i < is->N * is->D; i++)
        is->a[0][i] = x[i];
    for (size_t l = 0; l < is->net.layers; l++) {
        size_t I = is->net.size[l], O = is->net.size[l + 1];
        for (size_t k = 0; k < is->N * O; k++) {
            real z = 0;
            for (size_t i = I; i-- > 0;)
                z = z + is->a[l][k / O * I + i] * is->net.w[l][i * O + k % O];
            z = z + is->net.b[l][k % O];
            is->a[l + 1][k] = l + 1 < is->net.layers ? rival_activation(is->net.activation, z) : z;
        }
    }
    return is->a[is->net.layers];
}

/* dx (N,D), unless NULL, from dz (N,K) and the last logits; dw and db, unless NULL, are added
 * to. */
static inline void rival_pullback(struct rival_net *is, real *dx, const real *dz, real *const *dw,
                                  real *const *db)
{
    size_t widest = 1;
    for (size_t l = 0; l <= is->net.layers; l++)
        widest = is->net.size[l] > widest ? is->net.size[l] : widest;
    real *up = call_scratch(is->call, widest), *down = call_scratch(is->call, widest);
    for (size_t n = is->N; n-- > 0;) {
        for (size_t k = 0; k < is->K; k++)
            up[k] = dz[n * is->K + k];
        for (size_t l = is->net.layers; l-- > 0;) {
            size_t I = is->net.size[l], O = is->net.size[l + 1];
            for (size_t i = 0; i < I; i++) {
                real a = is->a[l][n * I + i];
                down[i] = 0;
                for (size_t o = O; o-- > 0;)
                    down[i] = down[i] + up[o] * is->net.w[l][i * O + o];
                for (size_t o = 0; dw && o < O; o++)
                    dw[l][i * O + o] = dw[l][i * O + o] + a * up[o];
                if (l > 0)
                    down[i] = down[i] * rival_slope(is->net.activation, a);
            }
            for (size_t o = 0; db && o < O; o++)
                db[l][o] = db[l][o] + up[o];
            real *other = up;
            up = down;
            down = other;
        }
        for (size_t d = 0; dx && d < is->D; d++)
            dx[n * is->D + d] = up[d];
    }
}

/* p (K) of logits z / T (K): each is one over a sum of e^((z_j - z_k) / T). */
static inline void rival_softmax(real *p, const real *z, real T, size_t K)
{
    for (size_t k = 0; k < K; k++) {
        real sum = 0, most = 0;
        for (size_t j = 0; j < K; j++)
            most = (z[j] - z[k]) / T > most ? (z[j] - z[k]) / T : most;
        for (size_t j = K; j-- > 0;)
            sum = sum + real_exp((z[j] - z[k]) / T - most);
        p[k] = real_exp(-most) / sum;
    }
}

/* dz (K) from p and dp (K). */
static inline void rival_softmax_back(real *dz, const real *p, const real *dp, size_t K)
{
    for (size_t k = 0; k < K; k++) {
        dz[k] = 0;
        for (size_t j = K; j-- > 0;)
            dz[k] = dz[k] + p[j] * (dp[k] - dp[j]);
        dz[k] = dz[k] * p[k];
    }
}
