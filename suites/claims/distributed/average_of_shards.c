// SPDX-License-Identifier: MIT
#include "workers.h"

#include "../../../engine/optimizers/optimizer.h"

#include <math.h>
#include <string.h>

enum { BATCH = 128, STEPS = 100, TRAIN = 1280 };

static const double rate = 0.1;

/* Weights after STEPS steps, each with the average of the gradients of `count` shards of the batch,
 * whose ends are at `end`; a plain one, or one that weighs each shard by its size. */
static void train(struct workers *all, const size_t *end, size_t count, bool is_weighed, float *w)
{
    const size_t P = network_parameters(all->net);
    float *gradient = lab_floats(all->replica, P);
    uint32_t row[BATCH];
    network_start(all->net);
    for (size_t s = 0; s < STEPS; s++) {
        memset(gradient, 0, P * sizeof *gradient);
        for (size_t n = 0; n < BATCH; n++)
            row[n] = (uint32_t)((s * BATCH + n) % TRAIN);
        for (size_t k = 0, first = 0; k < count; first = end[k++])
            workers_add_gradient(all, row + first, end[k] - first,
                                 is_weighed ? (double)(end[k] - first) / BATCH : 1 / (double)count,
                                 0, gradient);
        gradient_descent_step(P, network_parameter(all->net), gradient, (float)rate, 0);
    }
    memcpy(w, network_parameter(all->net), P * sizeof *w);
}

/* Decimal digits to which two vectors of weights agree, by their norms. */
static double digits(const struct replica *r, const float *a, const float *b, size_t P)
{
    double difference = 0, norm = 0;
    for (size_t i = 0; i < P; i++) {
        difference += ((double)a[i] - (double)b[i]) * ((double)a[i] - (double)b[i]);
        norm += (double)a[i] * (double)a[i];
    }
    return difference > 0 ? -lab_log10(r, sqrt(difference / norm)) : 8;
}

void average_of_shards(struct replica *r)
{
    static const size_t whole[] = {BATCH};
    static const size_t equal[] = {16, 32, 48, 64, 80, 96, 112, 128};
    static const size_t unequal[] = {8, 16, 24, 32, 40, 48, 56, 128};
    const struct samples all = samples_digits(r);
    const struct samples data = samples_part(&all, 0, TRAIN);
    const struct network_plan plan = network_plan(data.features, 2, 32, data.classes);
    struct network *net = network_create(r, &plan, BATCH);
    const size_t P = network_parameters(net);
    struct workers workers = workers_create(r, net, &data, 1, SHARDS_MIXED);
    float *one = lab_floats(r, P), *shards = lab_floats(r, P);
    train(&workers, whole, 1, false, one);
    for (size_t i = 0; i < 3; i++) {
        train(&workers, i == 0 ? equal : unequal, 8, i == 2, shards);
        const double agree = digits(r, one, shards, P);
        replica_point(r, 0, i, agree);
        if (i == 0)
            replica_effect(r, 0, agree);
    }
    network_free(net);
}
