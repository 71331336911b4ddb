// SPDX-License-Identifier: MIT
#include "agreement.h"

#include "../lab/ask.h"

#include "../../../engine/optimizers/optimizer.h"

#include <string.h>

enum { HIDDEN = 32, BATCH = 64, STEPS = 50, DEVICES_MOST = 8, POINTS = 5, SPLITS = 2 };

static const double rate = 0.1;
static const char *const splits[SPLITS] = {"column_row", "row_column"};

/* part (devices): how many of `all` each has, as even as whole numbers allow. */
static void share(size_t all, size_t devices, int *part)
{
    for (size_t t = 0; t < devices; t++)
        part[t] = (int)((t + 1) * all / devices - t * all / devices);
}

/* The two layers of the network on `devices` devices, for x (BATCH,D) and dy (BATCH,K). */
static struct ask *ask_layers(struct network *net, const float *x, const float *dy,
                              const char *split, size_t devices)
{
    const size_t D = net->plan.inputs, K = net->plan.units[1];
    const bool is_by_rows = strcmp(split, "row_column") == 0;
    int part[DEVICES_MOST], part2[DEVICES_MOST];
    struct ask *ask = ask_new(net->replica, "tensor_parallelism");
    ask_network(ask, net);
    ask_floats(ask, "x", 2, (size_t[]){BATCH, D}, x);
    ask_floats(ask, "dy", 2, (size_t[]){BATCH, K}, dy);
    ask_choice(ask, "split", split);
    share(is_by_rows ? D : HIDDEN, devices, part);
    share(K, devices, part2);
    ask_integers(ask, "part", 1, &devices, part);
    if (is_by_rows)
        ask_integers(ask, "part2", 1, &devices, part2);
    ask_run(ask);
    return ask;
}

/* dy (BATCH,K) of the mean cross-entropy of y. */
static const float *slope(struct replica *r, const float *y, const int *label, size_t K)
{
    static const size_t batch = BATCH;
    struct ask *ask = ask_new(r, "cross_entropy");
    ask_floats(ask, "z", 2, (size_t[]){BATCH, K}, y);
    ask_integers(ask, "labels", 1, &batch, label);
    ask_run(ask);
    return ask_output(ask, "dz", BATCH * K);
}

/* The gradient of the batch, as the devices have it, in the order of the parameters. */
static void divided_gradient(struct network *net, const struct samples *batch, const char *split,
                             size_t devices, float *gradient)
{
    struct replica *r = net->replica;
    const size_t D = net->plan.inputs, K = net->plan.units[1];
    const float *dy = lab_floats(r, BATCH * K); /* 0: forward alone is wanted */
    const struct ask *forward = ask_layers(net, batch->x, dy, split, devices);
    dy = slope(r, ask_output(forward, "y", BATCH * K), batch->label, K);
    const struct ask *both = ask_layers(net, batch->x, dy, split, devices);
    memcpy(gradient + net->weight[0], ask_output(both, "dw1", D * HIDDEN),
           D * HIDDEN * sizeof *gradient);
    memcpy(gradient + net->bias[0], ask_output(both, "db1", HIDDEN), HIDDEN * sizeof *gradient);
    memcpy(gradient + net->weight[1], ask_output(both, "dw2", HIDDEN * K),
           HIDDEN * K * sizeof *gradient);
    memcpy(gradient + net->bias[1], ask_output(both, "db2", K), K * sizeof *gradient);
}

/* Weights w (P) after STEPS steps; no split: of the network as it is, on one device. */
static void train(struct network *net, const struct samples *data, const char *split,
                  size_t devices, float *w)
{
    const size_t P = network_parameters(net);
    float *gradient = lab_floats(net->replica, P);
    network_start(net);
    for (size_t s = 0; s < STEPS; s++) {
        const size_t first = s * BATCH % (data->count - BATCH);
        const struct samples batch = samples_part(data, first, BATCH);
        const struct arena mark = lab_borrow(net->replica);
        if (split != NULL) {
            divided_gradient(net, &batch, split, devices, gradient);
        } else {
            network_gradient(net, &batch, NULL, BATCH, 0);
            memcpy(gradient, net->gradient, P * sizeof *gradient);
        }
        lab_return(net->replica, mark);
        gradient_descent_step(P, network_parameter(net), gradient, (float)rate, 0);
    }
    memcpy(w, network_parameter(net), P * sizeof *w);
}

void divided_layers(struct replica *r)
{
    const struct samples data = samples_digits(r);
    const struct network_plan plan = network_plan(data.features, 2, HIDDEN, data.classes);
    struct network *net = network_create(r, &plan, BATCH);
    const size_t P = network_parameters(net);
    float *serial = lab_floats(r, P), *divided = lab_floats(r, P);
    train(net, &data, NULL, 1, serial);
    for (size_t k = 0; k < SPLITS; k++) {
        double fewest = 8;
        for (size_t i = 0; i < POINTS; i++) {
            const size_t devices = (size_t)r->claim->curve.at[i];
            train(net, &data, splits[k], devices, divided);
            const double agree = agreement(r, serial, divided, P);
            replica_point(r, k, i, agree);
            fewest = devices > 1 && !(agree >= fewest) ? agree : fewest;
        }
        replica_effect(r, k, fewest);
    }
    network_free(net);
}
