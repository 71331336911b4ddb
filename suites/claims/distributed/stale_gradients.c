// SPDX-License-Identifier: MIT
#include "workers.h"

#include "../../../engine/optimizers/optimizer.h"

#include <string.h>

enum { TRAIN = 1200, BATCH = 32, STEPS = 600, POINTS = 6, CHOSEN = 4, MOST = 17, RATES = 8 };

static const size_t staleness[POINTS] = {0, 1, 2, 4, 8, 16};
static const double rates[RATES] = {0.01, 0.02, 0.05, 0.1, 0.2, 0.5, 1, 2};

enum { SMALL = 1, LARGE = 4 }; /* the rates that have lines of their own */

/* Training loss after STEPS steps, each with the gradient at the weights of `age` steps before. */
static double loss(struct replica *r, struct network *net, const struct samples *train, size_t age,
                   double rate)
{
    const size_t P = network_parameters(net);
    const struct arena mark = lab_borrow(r);
    struct workers workers = workers_create(r, net, train, 1, SHARDS_MIXED);
    float *w = network_parameter(net), *now = lab_floats(r, P);
    float *past = lab_floats(r, MOST * P), *gradient = lab_floats(r, P);
    uint32_t row[BATCH];
    network_start(net);
    memcpy(now, w, P * sizeof *w);
    for (size_t s = 0; s < STEPS; s++) {
        memcpy(past + s % MOST * P, now, P * sizeof *w);
        memcpy(w, past + (s > age ? s - age : 0) % MOST * P, P * sizeof *w);
        memset(gradient, 0, P * sizeof *gradient);
        workers_batch(&workers, 0, s, BATCH, row);
        workers_add_gradient(&workers, row, BATCH, 1, s, gradient);
        gradient_descent_step(P, now, gradient, (float)rate, 0);
    }
    memcpy(w, now, P * sizeof *w);
    lab_return(r, mark);
    const double end = network_loss(net, train);
    return end < 1e6 ? end : 1e6; /* also of no number */
}

void stale_gradients(struct replica *r)
{
    const struct samples all = samples_digits(r);
    const struct samples train = samples_part(&all, 0, TRAIN);
    const struct network_plan plan = network_plan(all.features, 2, 32, all.classes);
    struct network *net = network_create(r, &plan, 256);
    double fresh = 0, stale = 0;
    for (size_t i = 0; i < POINTS; i++) {
        double best = 1e6;
        for (size_t k = 0; k < RATES; k++) {
            const double end = loss(r, net, &train, staleness[i], rates[k]);
            best = end < best ? end : best;
            if (k == SMALL || k == LARGE)
                replica_point(r, k == SMALL ? 1 : 2, i, end);
        }
        replica_point(r, 0, i, best);
        fresh = i == 0 ? best : fresh;
        stale = i == CHOSEN ? best : stale;
    }
    replica_effect(r, 0, lab_log10(r, stale / fresh));
    network_free(net);
}
