// SPDX-License-Identifier: MIT
#include "net_forks.h"

#include <stdio.h>
#include <string.h>

enum { NAME = 48 };

static const char *name_of(struct call *call, const char *before, const struct net *net, size_t i,
                           const char *after)
{
    char *name = (char *)call_scratch_integers(call, NAME / sizeof(int));
    snprintf(name, NAME, "%s%s_%c%zu%s", before, net->name, i % 2 ? 'b' : 'w', i / 2 + 1, after);
    return name;
}

/* Letters of parameter tensor i. */
static const char *letters_of(char letters[4], const struct net *net, size_t i, char steps)
{
    char from = (char)(net->letter + (char)(i / 2));
    int n = steps ? 1 : 0;
    letters[0] = steps;
    if (i % 2 == 0)
        letters[n++] = from;
    letters[n++] = (char)(from + 1);
    letters[n] = 0;
    return letters;
}

struct net net_read(struct call *call, const char *name, char letter)
{
    static const char *const activations[] = {"relu", "tanh", "sigmoid", NULL};
    struct net net = {.name = name, .letter = letter};
    char choice[NAME], letters[4];
    snprintf(choice, NAME, "%s_activation", name);
    net.activation = (enum net_activation)call_choice(call, choice, activations);
    while (net.layers < NET_LAYERS && call_has(call, name_of(call, "", &net, 2 * net.layers, "")))
        net.layers++;
    const real *from[2 * NET_LAYERS];
    for (size_t i = 0; i < 2 * net.layers; i++) {
        from[i] = call_input(call, name_of(call, "", &net, i, ""), letters_of(letters, &net, i, 0));
        size_t O = call_size(call, (char)(letter + (char)(i / 2) + 1));
        size_t I = call_size(call, (char)(letter + (char)(i / 2)));
        net.size[i / 2] = I;
        net.size[i / 2 + 1] = O;
        net.place[i + 1] = net.place[i] + (i % 2 ? O : I * O);
    }
    if (net.layers == 0)
        call_fail(call, "no network");
    net.P = net.place[2 * net.layers];
    net.p = call_scratch(call, net.P);
    for (size_t i = 0; i < 2 * net.layers; i++)
        for (size_t k = net.place[i]; k < net.place[i + 1]; k++)
            net.p[k] = from[i][k - net.place[i]];
    for (size_t l = 0; l <= net.layers; l++)
        net.units += net.size[l];
    net.delta = call_scratch(call, net.units);
    return net;
}

size_t net_outputs(const struct net *net)
{
    return net->size[net->layers];
}

static real activate(const struct net *net, size_t layer, real z)
{
    if (layer + 1 == net->layers)
        return net->squashed == 1 ? real_tanh(z) : net->squashed == 2 && z < 0 ? R(0.0) : z;
    if (net->activation == NET_RELU)
        return z > 0 ? z : R(0.0);
    if (net->activation == NET_TANH)
        return real_tanh(z);
    if (z < 0)
        return real_exp(z) / (1 + real_exp(z));
    return 1 / (1 + real_exp(-z));
}

static real slope(const struct net *net, size_t layer, real a)
{
    if (layer + 1 == net->layers) {
        if (net->squashed == 2)
            return a > 0 ? R(1.0) : R(0.0);
        return net->squashed && !net->squash_not_back ? (1 - a) * (1 + a) : R(1.0);
    }
    if (net->skip_slopes)
        return R(1.0);
    if (net->activation == NET_RELU)
        return a > 0 ? R(1.0) : R(0.0);
    return net->activation == NET_TANH ? (1 - a) * (1 + a) : a * (1 - a);
}

const real *net_forward(const struct net *net, const real *x, real *a)
{
    for (size_t i = 0; i < net->size[0]; i++)
        a[i] = x[i];
    for (size_t l = 0; l < net->layers; l++) {
        size_t I = net->size[l], O = net->size[l + 1];
        const real *w = net->p + net->place[2 * l], *b = net->p + net->place[2 * l + 1];
        for (size_t o = 0; o < O; o++) {
            real z = 0;
            for (size_t i = I; i-- > 0;)
                z = z + w[i * O + o] * a[i];
            a[I + o] = activate(net, l, z + b[o]);
        }
        a += I;
    }
    return a;
}

void net_backward(const struct net *net, const real *a, const real *dy, real *g, real *dx)
{
    real *delta = net->delta + net->units;
    const real *y = a + net->units;
    for (size_t l = net->layers; l-- > 0;) {
        size_t I = net->size[l], O = net->size[l + 1];
        const real *above = delta, *w = net->p + net->place[2 * l];
        y -= O;
        delta -= O;
        for (size_t o = 0; o < O; o++) {
            real up = 0;
            if (l + 1 == net->layers)
                up = dy[o];
            else
                for (size_t k = net->size[l + 2]; k-- > 0;)
                    up = up + net->p[net->place[2 * l + 2] + o * net->size[l + 2] + k] * above[k];
            delta[o] = up * slope(net, l, y[o]);
            for (size_t i = 0; g && i < I; i++)
                g[net->place[2 * l] + i * O + o] += delta[o] * (y - I)[i];
            if (g)
                g[net->place[2 * l + 1] + o] += delta[o];
        }
        for (size_t i = 0; dx && l == 0 && i < I; i++) {
            dx[i] = 0;
            for (size_t o = O; o-- > 0;)
                dx[i] = dx[i] + w[i * O + o] * delta[o];
        }
    }
}

void net_make_outputs(struct call *call, struct net *net, const char *before, const char *after,
                      char steps)
{
    char letters[4];
    for (size_t i = 0; i < 2 * net->layers; i++)
        net->after[i] = call_output(call, name_of(call, before, net, i, after),
                                    letters_of(letters, net, i, steps));
}

void net_fill_outputs(struct net *net, const real *from, size_t row)
{
    for (size_t i = 0; i < 2 * net->layers; i++) {
        size_t n = net->place[i + 1] - net->place[i];
        for (size_t k = 0; k < n; k++)
            net->after[i][row * n + k] = from[net->place[i] + k];
    }
}
