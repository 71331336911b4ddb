// SPDX-License-Identifier: MIT
#include "agreement.h"

#include "../lab/ask.h"

#include "../../../engine/optimizers/optimizer.h"

#include <string.h>

enum { HIDDEN = 32, WORKERS = 4, ROUNDS = 25, BATCH = 64, POINTS = 6 };

static const double rate = 0.1;
static const int sizes[WORKERS] = {10, 14, 18, 22}; /* of BATCH samples */

/* What one machine makes of the same batches: w (P). */
static void train_alone(struct network *net, const struct samples *data, float *w)
{
    const size_t P = network_parameters(net);
    network_start(net);
    for (size_t s = 0; s < ROUNDS; s++) {
        const struct samples batch = samples_part(data, s * BATCH, BATCH);
        network_gradient(net, &batch, NULL, BATCH, 0);
        gradient_descent_step(P, network_parameter(net), net->gradient, (float)rate, 0);
    }
    memcpy(w, network_parameter(net), P * sizeof *w);
}

/* The same by a technique: the samples of each batch are shared out among the workers. */
static void train_together(struct network *net, const struct samples *data, const char *technique,
                           float *w)
{
    struct replica *r = net->replica;
    const size_t D = data->features, K = data->classes, N = ROUNDS * BATCH, rounds = ROUNDS;
    int *size = lab_take(r, ROUNDS * WORKERS, sizeof *size);
    int *delay = lab_take(r, ROUNDS * WORKERS, sizeof *delay); /* 0: the server waits for all */
    float *rates = lab_floats(r, ROUNDS);
    for (size_t i = 0; i < ROUNDS * WORKERS; i++)
        size[i] = sizes[i % WORKERS];
    for (size_t i = 0; i < ROUNDS; i++)
        rates[i] = (float)rate;
    network_start(net);
    struct ask *ask = ask_new(r, technique);
    ask_network(ask, net);
    ask_floats(ask, "x", 2, (size_t[]){N, D}, data->x);
    ask_integers(ask, "labels", 1, &N, data->label);
    ask_integers(ask, "size", 2, (size_t[]){ROUNDS, WORKERS}, size);
    ask_floats(ask, "rate", 1, &rounds, rates);
    if (strcmp(technique, "parameter_server") == 0)
        ask_integers(ask, "delay", 2, (size_t[]){ROUNDS, WORKERS}, delay);
    ask_run(ask);
    const char *const name[] = {"w1_after", "b1_after", "w2_after", "b2_after"};
    const size_t count[] = {D * HIDDEN, HIDDEN, HIDDEN * K, K};
    for (size_t i = 0, to = 0; i < sizeof count / sizeof count[0]; to += count[i++])
        memcpy(w + to, ask_output(ask, name[i], ROUNDS * count[i]) + (ROUNDS - 1) * count[i],
               count[i] * sizeof *w);
}

/* Bytes that the busiest device sends and receives in a step with P parameters of four bytes: the
 * server all of them, a member of the ring its share. */
static void count_bytes(struct replica *r, size_t P)
{
    static const char *const algorithm[] = {"central", "ring"};
    static const size_t points = POINTS;
    int bytes[POINTS], workers[POINTS];
    for (size_t i = 0; i < POINTS; i++) {
        bytes[i] = (int)(sizeof(float) * P);
        workers[i] = (int)r->claim->curve.at[i];
    }
    for (size_t k = 0; k < sizeof algorithm / sizeof algorithm[0]; k++) {
        struct ask *ask = ask_new(r, "communication_cost");
        ask_integers(ask, "bytes", 1, &points, bytes);
        ask_integers(ask, "workers", 1, &points, workers);
        ask_choice(ask, "algorithm", algorithm[k]);
        ask_number(ask, "alpha", 0);
        ask_number(ask, "beta", 1);
        ask_run(ask);
        const float *volume = ask_output(ask, "volume", POINTS);
        for (size_t i = 0; i < POINTS; i++)
            replica_point(r, k, i, k == 0 ? (double)volume[i] : 2 * (double)volume[i] / workers[i]);
    }
}

void server_and_aggregation(struct replica *r)
{
    static const char *const techniques[] = {"parameter_server", "data_parallelism"};
    const struct samples all = samples_digits(r);
    const struct samples data = samples_part(&all, 0, ROUNDS * BATCH);
    const struct network_plan plan = network_plan(data.features, 2, HIDDEN, data.classes);
    struct network *net = network_create(r, &plan, BATCH);
    const size_t P = network_parameters(net);
    float *alone = lab_floats(r, P), *together = lab_floats(r, P);
    train_alone(net, &data, alone);
    for (size_t k = 0; k < sizeof techniques / sizeof techniques[0]; k++) {
        train_together(net, &data, techniques[k], together);
        replica_effect(r, k, agreement(r, alone, together, P));
    }
    count_bytes(r, P);
    network_free(net);
}
