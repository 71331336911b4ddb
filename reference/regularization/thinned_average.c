// SPDX-License-Identifier: MIT
#include "thinned_average.h"

enum { MOST_INPUTS = 12 };

void thinned_average_weights(real *weight, struct survival survival, size_t I)
{
    for (size_t m = 0; m < (size_t)1 << I; m++) {
        weight[m] = 1;
        for (size_t i = 0; i < I; i++)
            weight[m] = weight[m] * (m >> i & 1 ? survival.keep : survival.rate);
    }
}

void thinned_average_logits(real *z, const real *term, const real *w, const real *b, size_t I,
                            size_t O)
{
    for (size_t o = 0; o < O; o++)
        z[o] = sum_products(b[o], I, term, 1, &w[o], O);
}

static void softmax(real *y, real *log_y, const real *z, size_t O)
{
    real largest = z[0];
    for (size_t o = 1; o < O; o++)
        largest = z[o] > largest ? z[o] : largest;
    for (size_t o = 0; o < O; o++)
        y[o] = real_exp(z[o] - largest);
    real total = sum_features(O, y, 1);
    for (size_t o = 0; o < O; o++) {
        y[o] = y[o] / total;
        if (log_y)
            log_y[o] = z[o] - largest - real_log(total);
    }
}

void thinned_average_activate(real *y, real *log_y, const real *z,
                              enum thinned_activation activation, size_t O)
{
    if (activation == THINNED_SOFTMAX) {
        softmax(y, log_y, z, O);
        return;
    }
    for (size_t o = 0; o < O; o++) {
        real e = activation == THINNED_SIGMOID ? real_exp(-real_abs(z[o])) : 0;
        if (activation == THINNED_SIGMOID)
            y[o] = (z[o] < 0 ? e : 1) / (1 + e);
        else if (activation == THINNED_TANH)
            y[o] = real_tanh(z[o]);
        else
            y[o] = activation == THINNED_RELU && z[o] < 0 ? 0 : z[o];
    }
}

/* The layer of one call; y, log_y (M,O) hold all networks' outputs for one sample. */
struct layer {
    const real *x, *w, *b, *weight;
    real *term, *z, *y, *log_y;
    size_t I, O, M, block;
    enum thinned_activation activation;
};

static void one_sample(struct call *call, const struct layer *l, size_t n, real *average,
                       real *geometric)
{
    size_t O = l->O;
    for (size_t m = 0; m < l->M; m++) {
        for (size_t i = 0; i < l->I; i++)
            l->term[i] = m >> i & 1 ? l->x[n * l->I + i] : 0;
        thinned_average_logits(l->z, l->term, l->w, l->b, l->I, O);
        thinned_average_activate(&l->y[m * O], &l->log_y[m * O], l->z, l->activation, O);
        if (l->activation == THINNED_RELU && l->weight[m] > 0)
            call_decisions(call, O, l->z);
    }
    for (size_t o = 0; o < O; o++) {
        average[o] = sum_sample_products(l->M, l->block, l->weight, 1, &l->y[o], O);
        l->z[o] = sum_sample_products(l->M, l->block, l->weight, 1, &l->log_y[o], O);
    }
    if (geometric)
        softmax(geometric, NULL, l->z, O);
}

void thinned_average_answer(struct call *call)
{
    static const char *const activations[] = {"identity", "sigmoid", "tanh",
                                              "relu",     "softmax", NULL};
    struct survival survival = survival_read(call);
    struct layer l = {.x = call_input(call, "x", "NI"), .w = call_input(call, "w", "IO")};
    l.b = call_input(call, "b", "O");
    size_t N = call_size(call, 'N'), I = call_size(call, 'I'), O = call_size(call, 'O');
    if (I > MOST_INPUTS || O == 0)
        call_fail(call, "%zu inputs and %zu outputs; at most %d and at least 1 are possible", I, O,
                  MOST_INPUTS);
    l.I = I;
    l.O = O;
    l.M = (size_t)1 << I;
    l.block = call_block(call);
    l.activation = (enum thinned_activation)call_choice(call, "activation", activations);
    call_bind(call, 'M', l.M);
    real *weight = call_output(call, "weight", "M"), *average = call_output(call, "average", "NO");
    real *scaled = call_output(call, "scaled", "NO"), *geometric = NULL;
    if (l.activation == THINNED_SOFTMAX)
        geometric = call_output(call, "geometric", "NO");
    thinned_average_weights(weight, survival, I);
    l.weight = weight;
    l.term = call_scratch(call, I);
    l.z = call_scratch(call, O);
    l.y = call_scratch(call, l.M * O);
    l.log_y = call_scratch(call, l.M * O);
    for (size_t n = 0; n < N; n++) {
        one_sample(call, &l, n, &average[n * O], geometric ? &geometric[n * O] : NULL);
        for (size_t i = 0; i < I; i++)
            l.term[i] = survival.keep * l.x[n * I + i];
        thinned_average_logits(l.z, l.term, l.w, l.b, I, O);
        thinned_average_activate(&scaled[n * O], NULL, l.z, l.activation, O);
        if (l.activation == THINNED_RELU)
            call_decisions(call, O, l.z);
    }
}
