// SPDX-License-Identifier: MIT
#include "multilayer_perceptron.h"

#include "../activations/relu.h"
#include "../activations/sigmoid.h"
#include "../activations/tanh.h"
#include "../losses/mean_squared_error.h"
#include "dense_layer.h"

/* Dimensions of layer l are bound to the letters 'a' + l. */
static const char layer_names[PERCEPTRON_LAYERS][2][3] = {{"w1", "b1"}, {"w2", "b2"}, {"w3", "b3"},
                                                          {"w4", "b4"}, {"w5", "b5"}, {"w6", "b6"},
                                                          {"w7", "b7"}, {"w8", "b8"}};

static const char *const losses[] = {"cross_entropy", "mean_squared_error", "binary_cross_entropy",
                                     NULL};

static real *copy(struct call *call, const real *from, size_t n)
{
    real *to = call_scratch(call, n);
    for (size_t i = 0; i < n; i++)
        to[i] = from[i];
    return to;
}

void perceptron_read(struct call *call, struct perceptron *net)
{
    static const char *const activations[] = {"relu", "tanh", "sigmoid", NULL};
    net->activation = (enum perceptron_activation)call_choice(call, "activation", activations);
    net->binary = call_choice(call, "loss", losses) == 2;
    net->layers = 0;
    for (size_t l = 0; l < PERCEPTRON_LAYERS && call_has(call, layer_names[l][0]); l++) {
        const char shape[] = {(char)('a' + l), (char)('b' + l), 0};
        const real *w = call_input(call, layer_names[l][0], shape);
        const real *b = call_input(call, layer_names[l][1], &shape[1]);
        net->size[l] = call_size(call, shape[0]);
        net->size[l + 1] = call_size(call, shape[1]);
        net->w[l] = copy(call, w, net->size[l] * net->size[l + 1]);
        net->b[l] = copy(call, b, net->size[l + 1]);
        net->layers++;
    }
    if (net->layers == 0)
        call_fail(call, "input 'w1' is missing");
    for (size_t l = net->layers; l < PERCEPTRON_LAYERS; l++) {
        if (call_has(call, layer_names[l][0]))
            call_fail(call, "input '%s' is missing, but '%s' is there", layer_names[net->layers][0],
                      layer_names[l][0]);
    }
    call_bind(call, 'K', net->size[net->layers]);
}

void perceptron_allocate(struct call *call, const struct perceptron *net,
                         struct perceptron_batch *batch, size_t N)
{
    for (size_t l = 0; l < net->layers; l++) {
        size_t I = net->size[l], O = net->size[l + 1];
        batch->z[l] = call_scratch(call, N * O);
        batch->y[l] = batch->a[l] = call_scratch(call, N * O);
        batch->mask[l] = NULL;
        batch->dz[l] = call_scratch(call, N * O);
        batch->da[l] = call_scratch(call, N * O);
        batch->dw[l] = call_scratch(call, I * O);
        batch->db[l] = call_scratch(call, O);
    }
    batch->normalization = NULL;
    batch->loss_n = call_scratch(call, N);
    batch->p = call_scratch(call, N * net->size[net->layers]);
    batch->difference = call_scratch(call, net->size[net->layers]);
}

void perceptron_mask(struct call *call, const struct perceptron *net,
                     struct perceptron_batch *batch, size_t l, const int *mask, size_t N)
{
    batch->mask[l] = mask;
    batch->a[l] = call_scratch(call, N * net->size[l + 1]);
}

static void drop(real *to, const real *from, const int *mask, real scale, size_t n)
{
    for (size_t i = 0; mask && i < n; i++)
        to[i] = mask[i] ? scale * from[i] : 0;
}

void perceptron_activate(enum perceptron_activation f, real *a, const real *z, size_t n)
{
    if (f == PERCEPTRON_RELU)
        relu_forward(a, z, n);
    else if (f == PERCEPTRON_TANH)
        tanh_forward(a, z, n);
    else
        sigmoid_forward(a, z, n);
}

void perceptron_differentiate(enum perceptron_activation f, real *dz, const real *da, const real *z,
                              const real *a, size_t n)
{
    if (f == PERCEPTRON_RELU)
        relu_backward(dz, da, z, n, R(0.0));
    else if (f == PERCEPTRON_TANH)
        tanh_backward(dz, da, a, n);
    else
        sigmoid_backward(dz, da, a, n);
}

void perceptron_forward(const struct perceptron *net, struct perceptron_batch *batch, const real *x,
                        size_t N)
{
    struct hidden_normalization *is = batch->normalization;
    for (size_t l = 0; l < net->layers; l++) {
        size_t I = net->size[l], O = net->size[l + 1];
        int hidden = l + 1 < net->layers, before = hidden && is && is->place == BEFORE_ACTIVATION;
        int after = hidden && is && is->place == AFTER_ACTIVATION;
        dense_layer_forward(before ? is->input[l] : batch->z[l], l == 0 ? x : batch->a[l - 1],
                            net->w[l], net->b[l], N, I, O);
        if (before)
            hidden_normalization_forward(is, l, batch->z[l], N, O);
        if (hidden)
            perceptron_activate(net->activation, after ? is->input[l] : batch->y[l], batch->z[l],
                                N * O);
        if (after)
            hidden_normalization_forward(is, l, batch->y[l], N, O);
        drop(batch->a[l], batch->y[l], batch->mask[l], batch->scale, N * O);
    }
}

/* Binary cross-entropy of the logits z (N,K), and dz. */
static real binary_loss(struct perceptron_batch *batch, real *dz, const real *z, const real *t,
                        size_t N, size_t K, size_t block)
{
    real W = real_count(N * K);
    for (size_t n = 0; n < N; n++) {
        for (size_t i = n * K; i < (n + 1) * K; i++) {
            real e = real_exp(-real_abs(z[i])), l = real_log1p(e), further = real_abs(z[i]) + l;
            real large = 1 / (1 + e), small = e / (1 + e);
            int below = z[i] < 0;
            batch->difference[i - n * K] =
                t[i] * (below ? further : l) + (1 - t[i]) * (below ? l : further);
            dz[i] = ((1 - t[i]) * (below ? small : large) - t[i] * (below ? large : small)) / W;
        }
        batch->loss_n[n] = sum_features(K, batch->difference, 1);
    }
    return sum_samples(N, block, batch->loss_n, 1) / W;
}

real perceptron_loss(const struct perceptron *net, struct perceptron_batch *batch,
                     const int *labels, const real *targets, size_t N, size_t block)
{
    const struct cross_entropy_rules plain = {0};
    const real one = R(1.0);
    size_t last = net->layers - 1, K = net->size[net->layers];
    const real *z = batch->z[last];
    if (net->binary)
        return binary_loss(batch, batch->dz[last], z, targets, N, K, block);
    if (!labels) {
        real W = real_count(N * K);
        mean_squared_error_backward(batch->dz[last], one, z, targets, one, W, N, K);
        return mean_squared_error_forward(z, targets, one, W, N, K, block, batch->loss_n,
                                          batch->difference);
    }
    real W = cross_entropy_forward(batch->loss_n, batch->p, z, labels, &plain, N, K, block);
    cross_entropy_backward(batch->dz[last], &one, batch->p, labels, W, &plain, N, K);
    return sum_samples(N, block, batch->loss_n, 1) / W;
}

void perceptron_backward(const struct perceptron *net, struct perceptron_batch *batch, real *dx,
                         const real *x, size_t N, size_t block)
{
    struct hidden_normalization *is = batch->normalization;
    for (size_t l = net->layers; l-- > 0;) {
        size_t I = net->size[l], O = net->size[l + 1];
        real *da = l == 0 ? dx : batch->da[l - 1];
        dense_layer_backward(da, batch->dw[l], batch->db[l], batch->dz[l],
                             l == 0 ? x : batch->a[l - 1], net->w[l], N, I, O, block);
        if (l == 0)
            continue;
        int after = is && is->place == AFTER_ACTIVATION;
        drop(da, da, batch->mask[l - 1], batch->scale, N * I);
        if (after)
            hidden_normalization_backward(is, l - 1, da, N, I);
        perceptron_differentiate(net->activation, batch->dz[l - 1], da, batch->z[l - 1],
                                 after ? is->input[l - 1] : batch->y[l - 1], N * I);
        if (is && !after)
            hidden_normalization_backward(is, l - 1, batch->dz[l - 1], N, I);
    }
}

static void write(struct call *call, const char *name, const char *shape, const real *value,
                  size_t n)
{
    real *out = call_output(call, name, shape);
    for (size_t i = 0; i < n; i++)
        out[i] = value[i];
}

void multilayer_perceptron_answer(struct call *call)
{
    static const char gradient_names[PERCEPTRON_LAYERS][2][4] = {
        {"dw1", "db1"}, {"dw2", "db2"}, {"dw3", "db3"}, {"dw4", "db4"},
        {"dw5", "db5"}, {"dw6", "db6"}, {"dw7", "db7"}, {"dw8", "db8"}};
    struct perceptron net;
    struct perceptron_batch batch;
    perceptron_read(call, &net);
    const real *x = call_input(call, "x", "Na");
    size_t N = call_size(call, 'N'), K = net.size[net.layers], block = call_block(call);
    perceptron_allocate(call, &net, &batch, N);
    const int *labels = NULL;
    const real *targets = NULL;
    perceptron_target(call, &labels, &targets);
    perceptron_forward(&net, &batch, x, N);
    *call_output(call, "loss", "") = perceptron_loss(&net, &batch, labels, targets, N, block);
    perceptron_backward(&net, &batch, call_output(call, "dx", "Na"), x, N, block);
    write(call, "output", "NK", batch.z[net.layers - 1], N * K);
    for (size_t l = 0; l < net.layers; l++) {
        const char shape[] = {(char)('a' + l), (char)('b' + l), 0};
        size_t I = net.size[l], O = net.size[l + 1];
        write(call, gradient_names[l][0], shape, batch.dw[l], I * O);
        write(call, gradient_names[l][1], &shape[1], batch.db[l], O);
    }
    perceptron_decisions(call, &net, &batch, N);
}

void perceptron_target(struct call *call, const int **labels, const real **targets)
{
    size_t K = call_size(call, 'K');
    const int loss = call_choice(call, "loss", losses);
    if (loss == 0)
        *labels = call_integers(call, "labels", "N", 0, (int)K - 1);
    else
        *targets = call_input(call, "targets", "NK");
    for (size_t i = 0; loss == 2 && i < call_size(call, 'N') * K; i++)
        if (!((*targets)[i] >= 0 && (*targets)[i] - 1 <= R(1e-6)))
            call_fail(call, "element %zu of input 'targets' is not from 0 to 1", i);
    if (call_size(call, 'N') == 0)
        call_fail(call, "the mean loss of no samples 'x' is 0 / 0");
}

void perceptron_decisions(struct call *call, const struct perceptron *net,
                          const struct perceptron_batch *batch, size_t N)
{
    for (size_t l = 0; net->activation == PERCEPTRON_RELU && l + 1 < net->layers; l++)
        call_decisions(call, N * net->size[l + 1], batch->z[l]);
}
