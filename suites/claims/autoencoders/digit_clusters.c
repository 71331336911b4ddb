// SPDX-License-Identifier: MIT
#include "coder.h"

enum { CODE = 2, NEAR = 5, STEPS = 1500, ARMS = 2 };

/* Whether a unit of the code has the same value for all samples. */
static bool is_dead(const float *codes, size_t count)
{
    bool varies[CODE] = {false};
    for (size_t n = 1; n < count; n++)
        for (size_t k = 0; k < CODE; k++)
            varies[k] |= codes[n * CODE + k] != codes[k];
    return !varies[0] || !varies[1];
}

void digit_clusters(struct replica *r)
{
    static const enum network_activation activations[ARMS] = {ACTIVATION_RELU, ACTIVATION_TANH};
    const struct coder_data data = coder_data(r);
    const struct samples *test = &data.split.test;
    double purity[ARMS];
    for (size_t a = 0; a < ARMS; a++) {
        const struct network_plan plan =
            coder_plan(CODE, activations[a], LOSS_BINARY_CROSS_ENTROPY);
        struct network *net = coder_trained(r, &data, &plan, STEPS);
        const float *codes = coder_codes(net, test);
        purity[a] = coder_purity(codes, data.test_label, test->count, CODE, NEAR);
        replica_point(r, a, 0, purity[a]);
        replica_point(r, a, 1, is_dead(codes, test->count));
        network_free(net);
    }
    const struct components *pca = components_of(r, &data.split.train, CODE);
    const float *codes = components_codes(r, pca, test);
    const double linear = coder_purity(codes, data.test_label, test->count, CODE, NEAR);
    replica_point(r, ARMS, 0, linear);
    replica_point(r, ARMS, 1, is_dead(codes, test->count));
    replica_effect(r, 0, purity[0] - linear);
}
