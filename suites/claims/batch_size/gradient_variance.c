// SPDX-License-Identifier: MIT
#include "batches.h"

enum { TRAIN = 1000, SIZES = 5, DRAWS = 100, EPOCHS = 5 };
enum { ROWS = 10 }; /* streams: one for each batch size */

static const size_t sizes[SIZES] = {1, 4, 16, 64, 256};

/* The sum over all parameters of the variance of the gradient of DRAWS random batches. */
static double variance(struct network *net, const struct samples *train, size_t i)
{
    struct replica *r = net->replica;
    const size_t P = network_parameters(net);
    double *sum = lab_take(r, P, sizeof *sum), *squares = lab_take(r, P, sizeof *squares);
    uint32_t *row = lab_take(r, sizes[i], sizeof *row);
    for (size_t draw = 0; draw < DRAWS; draw++) {
        for (size_t n = 0; n < sizes[i]; n++)
            row[n] = (uint32_t)lab_below(r, ROWS + i, draw * sizes[i] + n, train->count);
        network_gradient(net, train, row, sizes[i], 0);
        for (size_t p = 0; p < P; p++) {
            sum[p] += (double)net->gradient[p];
            squares[p] += (double)net->gradient[p] * (double)net->gradient[p];
        }
    }
    double total = 0;
    for (size_t p = 0; p < P; p++)
        total += (squares[p] - sum[p] * sum[p] / DRAWS) / (DRAWS - 1);
    return total;
}

static void measure(struct network *net, const struct samples *train, size_t part)
{
    struct replica *r = net->replica;
    double of[SIZES];
    for (size_t i = 0; i < SIZES; i++) {
        of[i] = variance(net, train, i);
        replica_point(r, part, i, of[i]);
    }
    const double decades = lab_log10(r, (double)sizes[SIZES - 1] / (double)sizes[0]);
    replica_effect(r, part, lab_log10(r, of[0] / of[SIZES - 1]) / decades - 1);
}

void gradient_variance(struct replica *r)
{
    const struct samples digits = samples_digits(r);
    const struct samples train = samples_part(&digits, 0, TRAIN);
    const struct fit_plan plan = {.rate = 0.1, .batch = 32, .epochs = EPOCHS};
    struct network *net = batch_network(r);
    measure(net, &train, 0);
    fit_network(net, &train, &plan);
    measure(net, &train, 1);
    network_free(net);
}
