// SPDX-License-Identifier: MIT
#include "../../reference/foundations/artificial_neuron.h"
#include "../fork.h"

/* Everything of one call, already answered rightly; the forks below change one line of it. Without
 * input da the gradients go to scratch memory. */
struct neuron {
    const real *x, *w, *b, *da;
    real *z, *a, *dz, *dx, *dw, *db;
    enum neuron_activation f;
    size_t N, I, block;
};

static void forward(struct neuron *u)
{
    artificial_neuron_forward(u->z, u->a, u->x, u->w, u->b, u->f, u->N, u->I);
}

static void backward(struct neuron *u)
{
    artificial_neuron_backward(u->dz, u->dx, u->dw, u->db, u->da, u->z, u->a, u->x, u->w, u->f,
                               u->N, u->I, u->block);
}

/* dx, dw and db from a dz that a fork has changed: as a linear neuron's. */
static void spread(struct neuron *u)
{
    real *dz = u->dz;
    artificial_neuron_backward(dz, u->dx, u->dw, u->db, dz, u->z, u->a, u->x, u->w, NEURON_IDENTITY,
                               u->N, u->I, u->block);
}

static struct neuron read(struct call *call)
{
    static const char *const activations[] = {"identity", "sigmoid", "tanh", "relu", "step", NULL};
    struct neuron u = {.x = call_input(call, "x", "NI"),
                       .w = call_input(call, "w", "I"),
                       .b = call_input(call, "b", ""),
                       .block = call_block(call)};
    u.f = (enum neuron_activation)call_choice(call, "activation", activations);
    u.N = call_size(call, 'N');
    u.I = call_size(call, 'I');
    u.z = call_output(call, "z", "N");
    u.a = call_output(call, "a", "N");
    int gradients = call_has(call, "da");
    u.da = gradients ? call_input(call, "da", "N") : call_scratch(call, u.N);
    u.dz = gradients ? call_output(call, "dz", "N") : call_scratch(call, u.N);
    u.dx = gradients ? call_output(call, "dx", "NI") : call_scratch(call, u.N * u.I);
    u.dw = gradients ? call_output(call, "dw", "I") : call_scratch(call, u.I);
    u.db = gradients ? call_output(call, "db", "") : call_scratch(call, 1);
    forward(&u);
    backward(&u);
    return u;
}

/* f and its slope, each from z alone, by other formulas than the activations' own files. */
static real value_at(real z, enum neuron_activation f)
{
    real t = real_expm1(-2 * real_abs(z));
    switch (f) {
    case NEURON_SIGMOID:
        return 1 / (1 + real_exp(-z));
    case NEURON_TANH:
        return z < 0 ? t / (t + 2) : -t / (t + 2);
    case NEURON_RELU:
        return (z + real_abs(z)) / 2;
    default:
        return f == NEURON_IDENTITY ? z : z < 0 ? R(0.0) : R(1.0);
    }
}

static real slope_at(real z, enum neuron_activation f)
{
    real e = real_exp(-2 * real_abs(z));
    switch (f) {
    case NEURON_SIGMOID:
        return 1 / (2 + real_exp(z) + real_exp(-z));
    case NEURON_TANH:
        return 4 * e / ((1 + e) * (1 + e));
    case NEURON_RELU:
        return z > 0 ? R(1.0) : R(0.0);
    default:
        return f == NEURON_IDENTITY ? R(1.0) : R(0.0);
    }
}

/* One input after the other, as a column-oriented code adds. */
static void input_by_input(struct call *call)
{
    struct neuron u = read(call);
    for (size_t n = 0; n < u.N; n++)
        u.z[n] = *u.b;
    for (size_t i = 0; i < u.I; i++) {
        for (size_t n = 0; n < u.N; n++)
            u.z[n] = u.z[n] + u.w[i] * u.x[n * u.I + i];
        u.dw[i] = R(0.0);
    }
    *u.db = R(0.0);
    for (size_t n = 0; n < u.N; n++) {
        u.a[n] = value_at(u.z[n], u.f);
        u.dz[n] = slope_at(u.z[n], u.f) * u.da[n];
        *u.db = *u.db + u.dz[n];
        for (size_t i = 0; i < u.I; i++) {
            u.dx[n * u.I + i] = u.w[i] * u.dz[n];
            u.dw[i] = u.dw[i] + u.x[n * u.I + i] * u.dz[n];
        }
    }
}

static void bias_after_activation(struct call *call)
{
    struct neuron u = read(call);
    const real *b = u.b, zero = R(0.0);
    u.b = &zero;
    forward(&u);
    backward(&u);
    *u.db = sum_samples(u.N, u.block, u.da, 1);
    for (size_t n = 0; n < u.N; n++)
        u.a[n] = u.a[n] + *b;
}

static void bias_forgotten(struct call *call)
{
    struct neuron u = read(call);
    const real zero = R(0.0);
    u.b = &zero;
    forward(&u);
    backward(&u);
}

static void bias_is_threshold(struct call *call)
{
    struct neuron u = read(call);
    const real threshold = -*u.b;
    u.b = &threshold;
    forward(&u);
    backward(&u);
    *u.db = -*u.db;
}

static void step_excludes_zero(struct call *call)
{
    struct neuron u = read(call);
    for (size_t n = 0; u.f == NEURON_STEP && n < u.N; n++)
        u.a[n] = u.z[n] > 0 ? R(1.0) : R(0.0);
}

static void step_of_signs(struct call *call)
{
    struct neuron u = read(call);
    for (size_t n = 0; u.f == NEURON_STEP && n < u.N; n++)
        u.a[n] = u.z[n] >= 0 ? R(1.0) : R(-1.0);
}

static void step_passes_gradient(struct call *call)
{
    struct neuron u = read(call);
    for (size_t n = 0; u.f == NEURON_STEP && n < u.N; n++)
        u.dz[n] = u.da[n];
    spread(&u);
}

static void slope_of_relu_at_zero(struct call *call)
{
    struct neuron u = read(call);
    for (size_t n = 0; u.f == NEURON_RELU && n < u.N; n++)
        u.dz[n] = u.z[n] >= 0 ? u.da[n] : R(0.0);
    spread(&u);
}

static void slope_forgotten(struct call *call)
{
    struct neuron u = read(call);
    for (size_t n = 0; n < u.N; n++)
        u.dz[n] = u.da[n];
    spread(&u);
}

static void slope_from_net_input(struct call *call)
{
    struct neuron u = read(call);
    real *a = u.a;
    u.a = u.z;
    backward(&u);
    u.a = a;
}

static void upstream_ignored(struct call *call)
{
    struct neuron u = read(call);
    for (size_t n = 0; n < u.N; n++)
        u.dz[n] = slope_at(u.z[n], u.f);
    spread(&u);
}

static void gradients_averaged(struct call *call)
{
    struct neuron u = read(call);
    for (size_t i = 0; i < u.I; i++)
        u.dw[i] = u.dw[i] / real_count(u.N);
    *u.db = *u.db / real_count(u.N);
}

static void bias_gradient_of_first_sample(struct call *call)
{
    struct neuron u = read(call);
    *u.db = u.dz[0];
}

static void last_block_lost(struct call *call)
{
    struct neuron u = read(call);
    size_t N = (u.N - 1) / u.block * u.block;
    for (size_t i = 0; i < u.I; i++)
        u.dw[i] = sum_sample_products(N, u.block, &u.x[i], u.I, u.dz, 1);
    *u.db = sum_samples(N, u.block, u.dz, 1);
}

static const struct fork table[] = {
    {.info = {"input_by_input", FORK_TWIN, "",
              "Adds one input after the other, and takes activations and slopes from z alone.",
              NULL},
     .answer = input_by_input},
    {.info = {"bias_after_activation", FORK_CONVENTION, "",
              "The bias is added to the output of the activation, as document 001 Q2 has it.",
              NULL},
     .answer = bias_after_activation},
    {.info = {"bias_forgotten", FORK_BUG, "", "The bias is not added.", NULL},
     .answer = bias_forgotten},
    {.info = {"bias_is_threshold", FORK_CONVENTION, "",
              "The bias is a threshold, which is subtracted.", NULL},
     .answer = bias_is_threshold},
    {.info = {"step_excludes_zero", FORK_CONVENTION, "", "The step is 1 for z > 0 only.", NULL},
     .answer = step_excludes_zero},
    {.info = {"step_of_signs", FORK_CONVENTION, "", "The step is -1 or 1 instead of 0 or 1.", NULL},
     .answer = step_of_signs},
    {.info = {"step_passes_gradient", FORK_CONVENTION, "216",
              "The gradient passes the step unchanged, a straight-through estimate.", NULL},
     .answer = step_passes_gradient},
    {.info = {"slope_of_relu_at_zero", FORK_CONVENTION, "7", "The slope of the ReLU at 0 is 1.",
              NULL},
     .answer = slope_of_relu_at_zero},
    {.info = {"slope_forgotten", FORK_BUG, "",
              "The upstream gradient is not multiplied by the slope of the activation.", NULL},
     .answer = slope_forgotten},
    {.info = {"slope_from_net_input", FORK_BUG, "",
              "The slopes a (1 - a) and 1 - a^2 are given the net input z instead of a.", NULL},
     .answer = slope_from_net_input},
    {.info = {"upstream_ignored", FORK_BUG, "", "The upstream gradient is taken to be 1.", NULL},
     .answer = upstream_ignored},
    {.info = {"gradients_averaged", FORK_BUG, "122 171",
              "The gradients of weights and bias are means over samples instead of sums.", NULL},
     .answer = gradients_averaged},
    {.info = {"bias_gradient_of_first_sample", FORK_BUG, "211",
              "The bias gradient is not reduced over the samples.", NULL},
     .answer = bias_gradient_of_first_sample},
    {.info = {"last_block_lost", FORK_BUG, "155",
              "The last block of samples is left out of the gradients.", NULL},
     .answer = last_block_lost},
};

const struct fork_list artificial_neuron_forks = {sizeof table / sizeof *table, table};
