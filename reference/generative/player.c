// SPDX-License-Identifier: MIT
#include "player.h"

#include "../activations/relu.h"
#include "../activations/tanh.h"

#include <stdio.h>

enum { NAME = 48 };

const char *player_name(struct call *call, const char *before, const struct player *player,
                        char kind, size_t layer, const char *after)
{
    char *name = (char *)call_scratch_integers(call, NAME / sizeof(int));
    snprintf(name, NAME, "%s%s_%c%zu%s", before, player->name, kind, layer + 1, after);
    return name;
}

struct player_shape player_shape(const struct player *player, char kind, size_t layer, char steps)
{
    char from = (char)(player->letter + (char)layer), to = (char)(from + 1);
    struct player_shape shape = {{0}};
    size_t i = 0;
    if (steps)
        shape.letters[i++] = steps;
    if (kind == 'w')
        shape.letters[i++] = from;
    shape.letters[i] = to;
    return shape;
}

/* Input `name` of a layer, which must be there, and its size. */
static const real *parameter(struct call *call, const struct player *player, char kind,
                             size_t layer)
{
    struct player_shape shape = player_shape(player, kind, layer, 0);
    return call_input(call, player_name(call, "", player, kind, layer, ""), shape.letters);
}

static void copy(real *to, const real *from, size_t n)
{
    for (size_t i = 0; i < n; i++)
        to[i] = from[i];
}

/* Layers behind one that is missing are a mistake. */
static void check_gap(struct call *call, const struct player *player)
{
    const char *missing = player_name(call, "", player, 'w', player->net.layers, "");
    for (size_t i = 2 * player->net.layers; i < 2 * PERCEPTRON_LAYERS; i++) {
        const char *name = player_name(call, "", player, i % 2 ? 'b' : 'w', i / 2, "");
        if (call_has(call, name))
            call_fail(call, "input '%s' is missing, but '%s' is there", missing, name);
    }
}

void player_read(struct call *call, struct player *player, const char *name, char letter)
{
    static const char *const activations[] = {"relu", "tanh", "sigmoid", NULL};
    char choice[NAME];
    *player = (struct player){.name = name, .letter = letter};
    struct perceptron *net = &player->net;
    snprintf(choice, NAME, "%s_activation", name);
    net->activation = (enum perceptron_activation)call_choice(call, choice, activations);
    do {
        size_t l = net->layers++;
        parameter(call, player, 'w', l);
        parameter(call, player, 'b', l);
        net->size[l] = call_size(call, (char)(letter + (char)l));
        net->size[l + 1] = call_size(call, (char)(letter + (char)l + 1));
        player->P += (net->size[l] + 1) * net->size[l + 1];
    } while (net->layers < PERCEPTRON_LAYERS &&
             call_has(call, player_name(call, "", player, 'w', net->layers, "")));
    check_gap(call, player);
    player->value = call_scratch(call, player->P);
    real *to = player->value;
    for (size_t l = 0; l < net->layers; l++) {
        size_t O = net->size[l + 1], IO = net->size[l] * O;
        net->w[l] = to;
        net->b[l] = to + IO;
        copy(net->w[l], parameter(call, player, 'w', l), IO);
        copy(net->b[l], parameter(call, player, 'b', l), O);
        to += IO + O;
    }
}

void player_allocate(struct call *call, struct player *player, size_t N)
{
    struct perceptron *net = &player->net;
    perceptron_allocate(call, net, &player->space, N);
    player->gradient = call_scratch(call, player->P);
    player->output = call_scratch(call, N * player_outputs(player));
    for (size_t l = 0; l < net->layers; l++) {
        player->space.dw[l] = player->gradient + (net->w[l] - player->value);
        player->space.db[l] = player->gradient + (net->b[l] - player->value);
    }
}

size_t player_inputs(const struct player *player)
{
    return player->net.size[0];
}

size_t player_outputs(const struct player *player)
{
    return player->net.size[player->net.layers];
}

const real *player_forward(struct player *player, const real *x, size_t N)
{
    const real *z = player->space.z[player->net.layers - 1];
    size_t n = N * player_outputs(player);
    player->x = x;
    player->N = N;
    perceptron_forward(&player->net, &player->space, x, N);
    if (player->squashed == PLAYER_TANH)
        tanh_forward(player->output, z, n);
    else if (player->squashed == PLAYER_RELU)
        relu_forward(player->output, z, n);
    else
        copy(player->output, z, n);
    return player->output;
}

void player_decisions(struct call *call, const struct player *player)
{
    perceptron_decisions(call, &player->net, &player->space, player->N);
    if (player->squashed == PLAYER_RELU)
        call_decisions(call, player->N * player_outputs(player),
                       player->space.z[player->net.layers - 1]);
}

void player_backward(struct player *player, const real *doutput, real *dx, size_t block)
{
    real *dz = player->space.dz[player->net.layers - 1];
    size_t n = player->N * player_outputs(player);
    if (player->squashed == PLAYER_TANH)
        tanh_backward(dz, doutput, player->output, n);
    else if (player->squashed == PLAYER_RELU)
        relu_backward(dz, doutput, player->space.z[player->net.layers - 1], n, R(0.0));
    else
        copy(dz, doutput, n);
    perceptron_backward(&player->net, &player->space, dx, player->x, player->N, block);
}

void player_gradient_outputs(struct call *call, const struct player *player)
{
    const struct perceptron *net = &player->net;
    for (size_t i = 0; i < 2 * net->layers; i++) {
        char kind = i % 2 ? 'b' : 'w';
        size_t l = i / 2, count = i % 2 ? net->size[l + 1] : net->size[l] * net->size[l + 1];
        const real *from = i % 2 ? player->space.db[l] : player->space.dw[l];
        real *to = call_output(call, player_name(call, "d", player, kind, l, ""),
                               player_shape(player, kind, l, 0).letters);
        copy(to, from, count);
    }
}
