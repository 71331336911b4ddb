// SPDX-License-Identifier: MIT
#include "../lab/ask.h"

enum { OPTIMIZERS = 6, STATES = 2, NUMBERS = 3, BATCH = 32, STREAM = 100, ADAM = 5 };

/* What one step is asked with, and what it gives back to be kept for the next one. */
static const struct kind {
    const char *technique, *number[NUMBERS], *state[STATES];
} kinds[OPTIMIZERS] = {
    {"gradient_descent", {NULL}, {NULL}},
    {"momentum", {"momentum"}, {"v_after"}},
    {"adagrad", {"epsilon"}, {"accumulator_after"}},
    {"rmsprop", {"rho", "epsilon"}, {"v_after"}},
    {"adadelta", {"rho", "epsilon"}, {"v_after", "u_after"}},
    {"adam", {"beta1", "beta2", "epsilon"}, {"m_after", "v_after"}},
};

/* Numbers that the optimizer keeps beside P weights and their gradient: those it hands on. */
static size_t kept(struct replica *r, const struct kind *kind, const float *w, size_t P)
{
    const float rate = 0.01f;
    size_t count = 0;
    struct ask *ask = ask_new(r, kind->technique);
    ask_floats(ask, "w", 1, (size_t[]){P}, w);
    ask_floats(ask, "g", 2, (size_t[]){1, P}, w);
    ask_floats(ask, "rate", 1, (size_t[]){1}, &rate);
    for (size_t i = 0; i < NUMBERS && kind->number[i] != NULL; i++)
        ask_number(ask, kind->number[i], kind->number[i][0] == 'e' ? 1e-8 : 0.9);
    ask_run(ask);
    for (size_t i = 0; i < STATES && kind->state[i] != NULL; i++) {
        ask_output(ask, kind->state[i], P); /* ends the program if it is of another size */
        count += P;
    }
    return count;
}

/* What the activations of a batch take, forwards and backwards. */
static size_t activations(const struct network *net)
{
    size_t columns = net->plan.inputs;
    for (size_t l = 0; l < net->plan.layers; l++)
        columns += 2 * net->plan.units[l]; /* before and after the activation */
    return 2 * BATCH * columns;
}

void memory_of_adam(struct replica *r)
{
    const size_t layers = 2 + lab_below(r, STREAM, 0, 4);
    const size_t width = (size_t)16 << lab_below(r, STREAM, 1, 5);
    const struct network_plan plan = network_plan(64, layers, width, 10);
    struct network *net = network_create(r, &plan, BATCH);
    const size_t P = network_parameters(net);
    double own[OPTIMIZERS];
    for (size_t k = 0; k < OPTIMIZERS; k++) {
        const size_t numbers = 2 * P + kept(r, &kinds[k], network_parameter(net), P);
        own[k] = (double)numbers / (double)P;
        replica_point(r, 0, k, own[k]);
        replica_point(r, 1, k, (double)(numbers + activations(net)) / (double)P);
    }
    network_free(net);
    replica_effect(r, 0, lab_median(r, own, ADAM) - own[ADAM]); /* Adam is the last one */
}
