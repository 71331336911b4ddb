// SPDX-License-Identifier: MIT
#include "../lab/fit.h"

#include <math.h>

enum { TRAIN = 600, HIDDEN = 32, BATCH = 32, EPOCHS = 30, STRENGTHS = 5 };

static const double strengths[STRENGTHS] = {0, 0.001, 0.004, 0.016, 0.064};

struct weights {
    double norm;
    size_t zeros, all;
};

static struct weights weigh(struct network *net)
{
    struct weights found = {0, 0, 0};
    for (size_t l = 0; l < net->plan.layers; l++)
        for (size_t i = net->weight[l]; i < net->bias[l]; i++) {
            const double w = (double)network_parameter(net)[i];
            found.norm += w * w;
            found.zeros += fabs(w) <= 0;
            found.all++;
        }
    found.norm = sqrt(found.norm);
    return found;
}

void shrinking_weights(struct replica *r)
{
    const struct samples digits = samples_digits(r);
    const struct samples train = samples_part(&digits, 0, TRAIN);
    const struct network_plan plan = network_plan(digits.features, 2, HIDDEN, digits.classes);
    struct network *net = network_create(r, &plan, BATCH);
    struct weights found[STRENGTHS];
    double least_fall = 1;
    for (size_t i = 0; i < STRENGTHS; i++) {
        const struct fit_plan how = {
            .rate = 0.1, .decay = strengths[i], .batch = BATCH, .epochs = EPOCHS};
        network_start(net);
        fit_network(net, &train, &how);
        found[i] = weigh(net);
        replica_point(r, 0, i, found[i].norm / found[0].norm);
        replica_point(r, 1, i, (double)found[i].zeros / (double)found[i].all);
        if (i > 0)
            least_fall = fmin(least_fall, 1 - found[i].norm / found[i - 1].norm);
        if (found[i].zeros > 0)
            least_fall = -1;
    }
    network_free(net);
    replica_effect(r, 0, least_fall);
}
