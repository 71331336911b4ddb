// SPDX-License-Identifier: MIT
#include "../../reference/foundations/dense_layer.h"
#include "../../reference/foundations/multilayer_perceptron.h"
#include "../fork.h"

enum mistake {
    DERIVATIVE_AT_OUTPUT,
    OUTPUT_FORMULA_OF_INPUT,
    DERIVATIVE_FORGOTTEN,
    GRADIENT_FROM_Z,
    BIAS_OF_FIRST_SAMPLE,
    GRADIENT_SUMMED,
    LAST_BLOCK_LOST,
    MEAN_OF_SUMS,
    HALF_OF_SQUARES,
    SOFTMAX_TWICE,
    SOFTMAX_DIAGONAL,
    SIGMOID_TWICE,
    SLOPE_OF_SIGMOID_KEPT,
    HIDDEN_NOT_ACTIVATED,
    BIASES_FORGOTTEN,
    WEIGHTS_TRANSPOSED_BACK
};

/* Everything of one call. */
struct question {
    struct perceptron net;
    struct perceptron_batch batch;
    const real *x, *targets;
    const int *labels;
    size_t N, K, block;
    real *loss, *dx, *dz; /* dz: of the outputs */
    const real *output;
};

static struct question read(struct call *call)
{
    struct question q = {0};
    perceptron_read(call, &q.net);
    q.x = call_input(call, "x", "Na");
    q.N = call_size(call, 'N');
    q.K = call_size(call, 'K');
    q.block = call_block(call);
    perceptron_allocate(call, &q.net, &q.batch, q.N);
    perceptron_target(call, &q.labels, &q.targets);
    q.loss = call_output(call, "loss", "");
    q.dx = call_output(call, "dx", "Na");
    q.dz = q.batch.dz[q.net.layers - 1];
    q.output = q.batch.z[q.net.layers - 1];
    return q;
}

static void write(struct call *call, const char *name, const char *shape, const real *value,
                  size_t n)
{
    real *out = call_output(call, name, shape);
    for (size_t i = 0; i < n; i++)
        out[i] = value[i];
}

static void write_all(struct call *call, const struct question *q)
{
    static const char names[PERCEPTRON_LAYERS][2][4] = {
        {"dw1", "db1"}, {"dw2", "db2"}, {"dw3", "db3"}, {"dw4", "db4"},
        {"dw5", "db5"}, {"dw6", "db6"}, {"dw7", "db7"}, {"dw8", "db8"}};
    write(call, "output", "NK", q->output, q->N * q->K);
    for (size_t l = 0; l < q->net.layers; l++) {
        const char shape[] = {(char)('a' + l), (char)('b' + l), 0};
        size_t I = q->net.size[l], O = q->net.size[l + 1];
        write(call, names[l][0], shape, q->batch.dw[l], I * O);
        write(call, names[l][1], &shape[1], q->batch.db[l], O);
    }
}

static real activation(enum perceptron_activation f, real z)
{
    if (f == PERCEPTRON_RELU)
        return z > 0 ? z : 0;
    return f == PERCEPTRON_TANH ? real_tanh(z) : 1 / (1 + real_exp(-z));
}

/* f'(z), from z and a = f(z). */
static real derivative(enum perceptron_activation f, real z, real a)
{
    if (f == PERCEPTRON_RELU)
        return z > 0 ? 1 : 0;
    return f == PERCEPTRON_TANH ? (1 - a) * (1 + a) : a * (1 - a);
}

/* The twin: one sample n after the other, spread forward and back by outer products. */
static void forward_sample(struct question *q, size_t n)
{
    for (size_t l = 0; l < q->net.layers; l++) {
        size_t I = q->net.size[l], O = q->net.size[l + 1];
        const real *in = l ? &q->batch.a[l - 1][n * I] : &q->x[n * I];
        real *z = &q->batch.z[l][n * O], *a = &q->batch.a[l][n * O];
        for (size_t i = 0; i < I; i++) {
            for (size_t o = 0; o < O; o++)
                z[o] += in[i] * q->net.w[l][i * O + o];
        }
        for (size_t o = 0; o < O; o++) {
            z[o] += q->net.b[l][o];
            a[o] = activation(q->net.activation, z[o]);
        }
    }
}

/* ln(1 + e^z). */
static real softplus(real z)
{
    return z > 0 ? z + real_log1p(real_exp(-z)) : real_log1p(real_exp(z));
}

/* Binary cross-entropy from both probabilities and their logarithms, since 1 - p forgets a small
 * one. */
static real binary_loss(struct question *q, size_t n)
{
    real loss = 0;
    for (size_t i = n * q->K; i < (n + 1) * q->K; i++) {
        const real z = q->output[i], t = q->targets[i];
        loss += t * softplus(-z) + (1 - t) * softplus(z);
        q->dz[i] = (1 - t) / (1 + real_exp(-z)) - t / (1 + real_exp(z));
    }
    return loss;
}

/* The loss of sample n, W-fold, and its gradient. */
static real sample_loss(struct question *q, size_t n)
{
    const real *z = &q->output[n * q->K];
    real *dz = &q->dz[n * q->K], loss = 0, s = 0, m = z[0];
    if (q->net.binary)
        return binary_loss(q, n);
    for (size_t k = 0; !q->labels && k < q->K; k++) {
        real difference = z[k] - q->targets[n * q->K + k];
        loss += difference * difference;
        dz[k] = 2 * difference;
    }
    if (!q->labels)
        return loss;
    for (size_t k = 0; k < q->K; k++)
        m = z[k] > m ? z[k] : m;
    for (size_t k = 0; k < q->K; k++)
        s += real_exp(z[k] - m);
    for (size_t k = 0; k < q->K; k++)
        dz[k] = real_exp(z[k] - m) / s - (k == (size_t)q->labels[n] ? 1 : 0);
    return real_log(s) + (m - z[q->labels[n]]);
}

static void backward_sample(struct question *q, size_t n, real W)
{
    for (size_t l = q->net.layers; l-- > 0;) {
        size_t I = q->net.size[l], O = q->net.size[l + 1];
        const real *in = l ? &q->batch.a[l - 1][n * I] : &q->x[n * I];
        const real *dz = &q->batch.dz[l][n * O];
        for (size_t o = 0; o < O; o++)
            q->batch.db[l][o] += dz[o] / W;
        for (size_t i = 0; i < I; i++) {
            real sum = 0;
            for (size_t o = 0; o < O; o++) {
                q->batch.dw[l][i * O + o] += in[i] * (dz[o] / W);
                sum += q->net.w[l][i * O + o] * dz[o];
            }
            if (l)
                q->batch.dz[l - 1][n * I + i] =
                    sum * derivative(q->net.activation, q->batch.z[l - 1][n * I + i], in[i]);
            else
                q->dx[n * I + i] = sum / W;
        }
    }
}

static void sample_by_sample(struct call *call)
{
    struct question q = read(call);
    real W = real_count(q.labels ? q.N : q.N * q.K);
    for (size_t n = 0; n < q.N; n++) {
        forward_sample(&q, n);
        *q.loss += sample_loss(&q, n) / W;
        backward_sample(&q, n, W);
    }
    write_all(call, &q);
}

/* The network as it is, but for a mistake on the way forward. */
static void forward(struct question *q, enum mistake mistake)
{
    for (size_t l = 0; l < q->net.layers; l++) {
        size_t O = q->net.size[l + 1];
        for (size_t o = 0; mistake == BIASES_FORGOTTEN && o < O; o++)
            q->net.b[l][o] = 0;
    }
    perceptron_forward(&q->net, &q->batch, q->x, q->N);
    for (size_t l = 0; mistake == HIDDEN_NOT_ACTIVATED && l + 1 < q->net.layers; l++) {
        size_t I = q->net.size[l + 1], O = q->net.size[l + 2];
        for (size_t i = 0; i < q->N * I; i++)
            q->batch.a[l][i] = q->batch.z[l][i];
        dense_layer_forward(q->batch.z[l + 1], q->batch.a[l], q->net.w[l + 1], q->net.b[l + 1],
                            q->N, I, O);
    }
}

static void wrong_class_loss(struct question *q, enum mistake mistake)
{
    struct perceptron_batch probabilities = q->batch;
    real N = real_count(q->N);
    if (mistake == SOFTMAX_TWICE) {
        probabilities.z[q->net.layers - 1] = q->batch.p;
        *q->loss = perceptron_loss(&q->net, &probabilities, q->labels, NULL, q->N, q->block);
        return;
    }
    for (size_t n = 0; n < q->N; n++) {
        for (size_t k = 0; k < q->K; k++) {
            real t = k == (size_t)q->labels[n] ? 1 : 0, *p = &q->batch.p[n * q->K];
            q->dz[n * q->K + k] = t * (p[k] - 1) / N;
        }
    }
}

/* The loss of the network's probabilities as if they were logits; or a gradient that has passed the
 * sigmoid once more. */
static void wrong_binary_loss(struct question *q, enum mistake mistake)
{
    struct perceptron_batch probabilities = q->batch;
    for (size_t i = 0; i < q->N * q->K; i++) {
        real p = 1 / (1 + real_exp(-q->output[i]));
        q->batch.p[i] = p;
        if (mistake == SLOPE_OF_SIGMOID_KEPT)
            q->dz[i] = q->dz[i] * p * (1 - p);
    }
    probabilities.z[q->net.layers - 1] = q->batch.p;
    if (mistake == SIGMOID_TWICE)
        *q->loss = perceptron_loss(&q->net, &probabilities, NULL, q->targets, q->N, q->block);
}

static void wrong_loss(struct question *q, enum mistake mistake)
{
    real factor = 1;
    if (mistake == MEAN_OF_SUMS && !q->labels)
        factor = real_count(q->K);
    if (mistake == HALF_OF_SQUARES && !q->labels && !q->net.binary)
        factor = R(0.5);
    *q->loss = *q->loss * factor;
    if (mistake == GRADIENT_SUMMED)
        factor = real_count(q->N);
    for (size_t i = 0; i < q->N * q->K; i++)
        q->dz[i] = q->dz[i] * factor;
    if (q->labels && (mistake == SOFTMAX_TWICE || mistake == SOFTMAX_DIAGONAL))
        wrong_class_loss(q, mistake);
    if (q->net.binary && (mistake == SIGMOID_TWICE || mistake == SLOPE_OF_SIGMOID_KEPT))
        wrong_binary_loss(q, mistake);
}

static real wrong_derivative(enum perceptron_activation f, real z, real a, enum mistake mistake)
{
    switch (mistake) {
    case DERIVATIVE_AT_OUTPUT:
        return derivative(f, a, activation(f, a));
    case OUTPUT_FORMULA_OF_INPUT:
        return derivative(f, z, z);
    case DERIVATIVE_FORGOTTEN:
    case HIDDEN_NOT_ACTIVATED:
        return 1;
    default:
        return derivative(f, z, a);
    }
}

/* Layer l: da, dw, db from dz, with a mistake in one of them. */
static void backward_layer(struct question *q, size_t l, real *da, enum mistake mistake)
{
    size_t I = q->net.size[l], O = q->net.size[l + 1], N = q->N;
    const real *in = l ? q->batch.a[l - 1] : q->x, *dz = q->batch.dz[l];
    real *dw = q->batch.dw[l], *db = q->batch.db[l];
    if (mistake == GRADIENT_FROM_Z && l)
        in = q->batch.z[l - 1];
    dense_layer_backward(da, dw, db, dz, in, q->net.w[l], N, I, O, q->block);
    if (mistake == LAST_BLOCK_LOST)
        dense_layer_backward(NULL, dw, db, dz, in, q->net.w[l], (N - 1) / q->block * q->block, I, O,
                             q->block);
    for (size_t o = 0; o < O && mistake == BIAS_OF_FIRST_SAMPLE; o++)
        db[o] = dz[o];
    for (size_t i = 0; i < N * I && I == O && mistake == WEIGHTS_TRANSPOSED_BACK; i++)
        da[i] = sum_products(0, O, &dz[i / I * O], 1, &q->net.w[l][i % I], O);
}

static void run(struct call *call, enum mistake mistake)
{
    struct question q = read(call);
    forward(&q, mistake);
    *q.loss = perceptron_loss(&q.net, &q.batch, q.labels, q.targets, q.N, q.block);
    wrong_loss(&q, mistake);
    for (size_t l = q.net.layers; l-- > 0;) {
        real *da = l ? q.batch.da[l - 1] : q.dx;
        backward_layer(&q, l, da, mistake);
        for (size_t i = 0; l && i < q.N * q.net.size[l]; i++)
            q.batch.dz[l - 1][i] = da[i] * wrong_derivative(q.net.activation, q.batch.z[l - 1][i],
                                                            q.batch.a[l - 1][i], mistake);
    }
    write_all(call, &q);
}

static void derivative_at_output(struct call *call)
{
    run(call, DERIVATIVE_AT_OUTPUT);
}

static void output_formula_of_input(struct call *call)
{
    run(call, OUTPUT_FORMULA_OF_INPUT);
}

static void derivative_forgotten(struct call *call)
{
    run(call, DERIVATIVE_FORGOTTEN);
}

static void gradient_from_z(struct call *call)
{
    run(call, GRADIENT_FROM_Z);
}

static void bias_of_first_sample(struct call *call)
{
    run(call, BIAS_OF_FIRST_SAMPLE);
}

static void gradient_summed(struct call *call)
{
    run(call, GRADIENT_SUMMED);
}

static void last_block_lost(struct call *call)
{
    run(call, LAST_BLOCK_LOST);
}

static void mean_of_sums(struct call *call)
{
    run(call, MEAN_OF_SUMS);
}

static void half_of_squares(struct call *call)
{
    run(call, HALF_OF_SQUARES);
}

static void softmax_twice(struct call *call)
{
    run(call, SOFTMAX_TWICE);
}

static void softmax_diagonal(struct call *call)
{
    run(call, SOFTMAX_DIAGONAL);
}

static void sigmoid_twice(struct call *call)
{
    run(call, SIGMOID_TWICE);
}

static void slope_of_sigmoid_kept(struct call *call)
{
    run(call, SLOPE_OF_SIGMOID_KEPT);
}

static void hidden_not_activated(struct call *call)
{
    run(call, HIDDEN_NOT_ACTIVATED);
}

static void biases_forgotten(struct call *call)
{
    run(call, BIASES_FORGOTTEN);
}

static void weights_transposed_back(struct call *call)
{
    run(call, WEIGHTS_TRANSPOSED_BACK);
}

static const struct fork table[] = {
    {.info =
         {"sample_by_sample", FORK_TWIN, "",
          "One sample after the other, by outer products, divided by the number of samples last.",
          NULL},
     .answer = sample_by_sample},
    {.info = {"derivative_at_output", FORK_BUG, "",
              "The derivative of the activation is taken at a instead of z.", NULL},
     .answer = derivative_at_output},
    {.info = {"output_formula_of_input", FORK_BUG, "",
              "The formula of the derivative in terms of a, as a (1 - a), is given z.", NULL},
     .answer = output_formula_of_input},
    {.info = {"derivative_forgotten", FORK_BUG, "", "The gradient passes activations unchanged.",
              NULL},
     .answer = derivative_forgotten},
    {.info = {"gradient_from_z", FORK_BUG, "218",
              "The weight gradient uses z of the layer before, overwritten in place, instead of a.",
              NULL},
     .answer = gradient_from_z},
    {.info = {"bias_of_first_sample", FORK_BUG, "211",
              "The broadcast bias is not reduced over the batch in the backward pass.", NULL},
     .answer = bias_of_first_sample},
    {.info = {"gradient_summed", FORK_CONVENTION, "33 122",
              "The gradient is that of the summed loss, the loss is the mean.", NULL},
     .answer = gradient_summed},
    {.info = {"last_block_lost", FORK_BUG, "155",
              "The short last block of samples is left out of the gradients.", NULL},
     .answer = last_block_lost},
    {.info = {"mean_of_sums", FORK_CONVENTION, "44",
              "Squared errors are summed over outputs and averaged over samples.", NULL},
     .answer = mean_of_sums},
    {.info = {"half_of_squares", FORK_CONVENTION, "44",
              "The squared error has a factor of one half.", NULL},
     .answer = half_of_squares},
    {.info = {"softmax_twice", FORK_BUG, "26",
              "Probabilities are given to a loss that expects logits.", NULL},
     .answer = softmax_twice},
    {.info = {"softmax_diagonal", FORK_BUG, "18",
              "The softmax is differentiated as if its outputs did not depend on each other.",
              NULL},
     .answer = softmax_diagonal},
    {.info = {"sigmoid_twice", FORK_BUG, "",
              "The binary loss takes probabilities for logits: a second sigmoid.", NULL},
     .answer = sigmoid_twice},
    {.info = {"slope_of_sigmoid_kept", FORK_BUG, "",
              "The binary gradient p - t is multiplied by the slope of the sigmoid again.", NULL},
     .answer = slope_of_sigmoid_kept},
    {.info = {"hidden_not_activated", FORK_BUG, "",
              "There is no activation: the network is linear.", NULL},
     .answer = hidden_not_activated},
    {.info = {"biases_forgotten", FORK_BUG, "", "No bias is added.", NULL},
     .answer = biases_forgotten},
    {.info = {"weights_transposed_back", FORK_BUG, "",
              "The gradient goes back through a layer by the weight instead of its transpose.",
              NULL},
     .answer = weights_transposed_back},
    {.info = {"always_relu", FORK_BUG, "", "The hidden layers have ReLUs, whatever is asked for.",
              NULL},
     .instead = {"activation", "relu"}},
    {.info = {"always_tanh", FORK_BUG, "", "The hidden layers have tanh, whatever is asked for.",
              NULL},
     .instead = {"activation", "tanh"}},
    {.info = {"always_sigmoid", FORK_BUG, "",
              "The hidden layers have sigmoids, whatever is asked for.", NULL},
     .instead = {"activation", "sigmoid"}},
};

const struct fork_list multilayer_perceptron_forks = {sizeof table / sizeof *table, table};
