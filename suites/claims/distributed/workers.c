// SPDX-License-Identifier: MIT
#include "workers.h"

#include "../../../engine/optimizers/optimizer.h"

#include <string.h>

enum { SHARD_STREAM = 3000, PASSES = 10000 };

struct workers workers_create(struct replica *r, struct network *net, const struct samples *samples,
                              size_t count, enum shards shards)
{
    struct workers workers = {.replica = r, .net = net, .samples = samples, .count = count};
    uint32_t *order = lab_take(r, samples->count, sizeof *order);
    size_t to = 0;
    for (size_t k = 0; shards == SHARDS_SORTED && k < samples->classes; k++)
        for (size_t n = 0; n < samples->count; n++)
            if (samples->label[n] == (int)k)
                order[to++] = (uint32_t)n;
    for (size_t w = 0; w < count; w++) {
        const size_t first = w * samples->count / count, end = (w + 1) * samples->count / count;
        workers.row[w] = lab_take(r, end - first, sizeof *workers.row[w]);
        for (size_t n = 0; n < end - first; n++)
            workers.row[w][n] = shards == SHARDS_SORTED
                                    ? order[first + n]
                                    : (uint32_t)((n * count + w) % samples->count);
        workers.rows[w] = end - first;
    }
    return workers;
}

void workers_batch(struct workers *workers, size_t worker, size_t step, size_t batch, uint32_t *row)
{
    const size_t all = workers->rows[worker], per_pass = all / batch;
    uint32_t *order = lab_take(workers->replica, all, sizeof *order);
    lab_shuffle(workers->replica, SHARD_STREAM + worker * PASSES + step / per_pass, order, all);
    for (size_t n = 0; n < batch; n++)
        row[n] = workers->row[worker][order[step % per_pass * batch + n]];
}

double workers_add_gradient(struct workers *workers, const uint32_t *row, size_t count,
                            double weight, uint64_t mask, float *gradient)
{
    const double loss = network_gradient(workers->net, workers->samples, row, count, mask);
    for (size_t i = 0; i < network_parameters(workers->net); i++)
        gradient[i] += (float)weight * workers->net->gradient[i];
    return loss;
}

void workers_average(struct workers *workers, size_t steps, size_t every, size_t batch, double rate)
{
    const size_t P = network_parameters(workers->net);
    float *w = network_parameter(workers->net), *sum = lab_floats(workers->replica, P);
    float *start = lab_floats(workers->replica, P);
    uint32_t *row = lab_take(workers->replica, batch, sizeof *row);
    for (size_t first = 0; first < steps; first += every) {
        memcpy(start, w, P * sizeof *w);
        memset(sum, 0, P * sizeof *sum);
        for (size_t k = 0; k < workers->count; k++) {
            memcpy(w, start, P * sizeof *w);
            for (size_t s = first; s < first + every && s < steps; s++) {
                workers_batch(workers, k, s, batch, row);
                network_gradient(workers->net, workers->samples, row, batch, s);
                gradient_descent_step(P, w, workers->net->gradient, (float)rate, 0);
            }
            for (size_t i = 0; i < P; i++)
                sum[i] += w[i];
        }
        for (size_t i = 0; i < P; i++)
            w[i] = sum[i] / (float)workers->count;
    }
}
