// SPDX-License-Identifier: MIT
#include "named_network.h"

enum { NAME = 16 };

/* "gw1", or "dgw1" for its gradient. */
static const char *layer_name(char name[NAME], const char *start, const char *prefix, char kind,
                              size_t l)
{
    size_t at = 0;
    while (*start)
        name[at++] = *start++;
    while (*prefix && at < NAME - 4)
        name[at++] = *prefix++;
    name[at++] = kind;
    name[at++] = (char)('1' + l);
    name[at] = 0;
    return name;
}

void network_read(struct call *call, struct perceptron *net, const char *prefix, char first)
{
    static const char *const activations[] = {"relu", "tanh", "sigmoid", NULL};
    char name[NAME];
    net->activation = (enum perceptron_activation)call_choice(call, "activation", activations);
    net->binary = 0;
    net->layers = 0;
    for (size_t l = 0; l < PERCEPTRON_LAYERS; l++) {
        const char shape[] = {(char)(first + (char)l), (char)(first + (char)l + 1), 0};
        if (!call_has(call, layer_name(name, "", prefix, 'w', l)))
            break;
        const real *w = call_input(call, name, shape);
        const real *b = call_input(call, layer_name(name, "", prefix, 'b', l), &shape[1]);
        size_t I = net->size[l] = call_size(call, shape[0]);
        size_t O = net->size[l + 1] = call_size(call, shape[1]);
        net->w[l] = call_scratch(call, I * O);
        net->b[l] = call_scratch(call, O);
        for (size_t i = 0; i < I * O; i++)
            net->w[l][i] = w[i];
        for (size_t o = 0; o < O; o++)
            net->b[l][o] = b[o];
        net->layers++;
    }
    if (net->layers == 0)
        call_fail(call, "input '%s' is missing", layer_name(name, "", prefix, 'w', 0));
}

size_t network_inputs(const struct perceptron *net)
{
    return net->size[0];
}

size_t network_outputs(const struct perceptron *net)
{
    return net->size[net->layers];
}

const real *network_forward(struct call *call, const struct perceptron *net,
                            struct perceptron_batch *batch, const real *x, size_t N)
{
    perceptron_allocate(call, net, batch, N);
    perceptron_forward(net, batch, x, N);
    perceptron_decisions(call, net, batch, N);
    return batch->z[net->layers - 1];
}

void network_backward(const struct perceptron *net, struct perceptron_batch *batch, real *dx,
                      const real *dy, const real *x, size_t N, size_t block)
{
    for (size_t i = 0; i < N * network_outputs(net); i++)
        batch->dz[net->layers - 1][i] = dy[i];
    perceptron_backward(net, batch, dx, x, N, block);
}

static void write_sum(real *to, const real *from, size_t n)
{
    for (size_t i = 0; i < n; i++)
        to[i] = to[i] + from[i];
}

void network_gradients(struct call *call, const struct perceptron *net, const char *prefix,
                       char first, size_t count, const struct perceptron_batch *uses)
{
    network_directions(call, net, "d", prefix, first, count, uses);
}

void network_directions(struct call *call, const struct perceptron *net, const char *start,
                        const char *prefix, char first, size_t count,
                        const struct perceptron_batch *uses)
{
    for (size_t l = 0; l < net->layers; l++) {
        const char shape[] = {(char)(first + (char)l), (char)(first + (char)l + 1), 0};
        size_t I = net->size[l], O = net->size[l + 1];
        char *w = (char *)call_scratch_integers(call, NAME), *b = w + NAME; /* outlive this */
        real *dw = call_output(call, layer_name(w, start, prefix, 'w', l), shape);
        real *db = call_output(call, layer_name(b, start, prefix, 'b', l), &shape[1]);
        for (size_t k = 0; k < count; k++) {
            write_sum(dw, uses[k].dw[l], I * O);
            write_sum(db, uses[k].db[l], O);
        }
    }
}
