// SPDX-License-Identifier: MIT
#include "artificial_neuron.h"

#include "../activations/relu.h"
#include "../activations/sigmoid.h"
#include "../activations/tanh.h"

static void activate(real *a, const real *z, enum neuron_activation f, size_t N)
{
    switch (f) {
    case NEURON_SIGMOID:
        sigmoid_forward(a, z, N);
        break;
    case NEURON_TANH:
        tanh_forward(a, z, N);
        break;
    case NEURON_RELU:
        relu_forward(a, z, N);
        break;
    default:
        for (size_t n = 0; n < N; n++)
            a[n] = f == NEURON_STEP ? (z[n] >= 0 ? R(1.0) : R(0.0)) : z[n];
    }
}

void artificial_neuron_forward(real *z, real *a, const real *x, const real *w, const real *b,
                               enum neuron_activation f, size_t N, size_t I)
{
    for (size_t n = 0; n < N; n++)
        z[n] = sum_products(*b, I, &x[n * I], 1, w, 1);
    activate(a, z, f, N);
}

static void differentiate(real *dz, const real *da, const real *z, const real *a,
                          enum neuron_activation f, size_t N)
{
    switch (f) {
    case NEURON_SIGMOID:
        sigmoid_backward(dz, da, a, N);
        break;
    case NEURON_TANH:
        tanh_backward(dz, da, a, N);
        break;
    case NEURON_RELU:
        relu_backward(dz, da, z, N, R(0.0));
        break;
    default:
        for (size_t n = 0; n < N; n++)
            dz[n] = f == NEURON_STEP ? 0 : da[n];
    }
}

void artificial_neuron_backward(real *dz, real *dx, real *dw, real *db, const real *da,
                                const real *z, const real *a, const real *x, const real *w,
                                enum neuron_activation f, size_t N, size_t I, size_t block)
{
    differentiate(dz, da, z, a, f, N);
    for (size_t n = 0; n < N; n++) {
        for (size_t i = 0; i < I; i++)
            dx[n * I + i] = dz[n] * w[i];
    }
    for (size_t i = 0; i < I; i++)
        dw[i] = sum_sample_products(N, block, &x[i], I, dz, 1);
    *db = sum_samples(N, block, dz, 1);
}

void artificial_neuron_answer(struct call *call)
{
    static const char *const activations[] = {"identity", "sigmoid", "tanh", "relu", "step", NULL};
    enum neuron_activation f = (enum neuron_activation)call_choice(call, "activation", activations);
    const real *x = call_input(call, "x", "NI");
    const real *w = call_input(call, "w", "I");
    const real *b = call_input(call, "b", "");
    size_t N = call_size(call, 'N'), I = call_size(call, 'I');
    real *z = call_output(call, "z", "N");
    real *a = call_output(call, "a", "N");
    artificial_neuron_forward(z, a, x, w, b, f, N, I);
    if (f == NEURON_RELU || f == NEURON_STEP)
        call_decisions(call, N, z);
    if (!call_has(call, "da"))
        return;
    const real *da = call_input(call, "da", "N");
    real *dz = call_output(call, "dz", "N");
    real *dx = call_output(call, "dx", "NI");
    real *dw = call_output(call, "dw", "I");
    real *db = call_output(call, "db", "");
    artificial_neuron_backward(dz, dx, dw, db, da, z, a, x, w, f, N, I, call_block(call));
}
