// SPDX-License-Identifier: MIT
#include "noisy.h"

enum { POINTS = 4, IMAGES = 200, DRAWS = 8, JUDGED = 2 };

static const double epsilon = 0.1;

/* With noise before the network and without, each under the attack on the network alone (unaware),
 * and under the worse, for each image, of that and the one that averages over the noise (aware). */
struct outcome {
    double unaware, aware;
};

static void try(const struct contest *is, struct network *net, double sigma, struct outcome *behind,
                struct outcome *alone)
{
    const struct front noise = {contest_noise, sigma, DRAWS, NULL};
    const struct samples images = samples_part(&is->test, 0, IMAGES);
    const struct samples attacked = contest_attacked(is, net, &images, epsilon);
    behind->unaware = contest_accuracy_behind(is, net, &noise, &attacked);
    alone->unaware = network_accuracy(net, &attacked);
    behind->aware = contest_robust_behind(is, net, &noise, &images, epsilon, &alone->aware);
}

void randomised_inference(struct replica *r)
{
    const struct contest is = contest_begin(r);
    struct network *net = contest_trained(&is, 0);
    for (size_t i = 0; i < POINTS; i++) {
        const double sigma = r->claim->curve.at[i];
        struct network *noisy = noisy_trained(&is, 0, sigma);
        struct outcome inference, training, plain, unused;
        try(&is, net, sigma, &inference, &plain);
        try(&is, noisy, sigma, &training, &unused);
        const double accuracy[] = {inference.unaware, inference.aware, training.unaware,
                                   training.aware,    plain.unaware,   plain.aware};
        for (size_t arm = 0; arm < 6; arm++)
            replica_point(r, arm, i, accuracy[arm]);
        for (size_t part = 0; part < 4 && i == JUDGED; part++)
            replica_effect(r, part, accuracy[part] - accuracy[4 + part % 2]);
        network_free(noisy);
    }
    network_free(net);
}
