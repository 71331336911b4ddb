// SPDX-License-Identifier: MIT
#include "coder.h"

enum { SIZES = 3, NEAR = 5, STEPS = 1500 };

void code_and_components(struct replica *r)
{
    const struct coder_data data = coder_data(r);
    const struct samples *test = &data.split.test;
    for (size_t i = 0; i < SIZES; i++) {
        const size_t code = (size_t)r->claim->curve.at[i];
        const struct network_plan plan = coder_plan(code, ACTIVATION_TANH, LOSS_SQUARED_ERROR);
        struct network *net = coder_trained(r, &data, &plan, STEPS);
        const struct components *pca = components_of(r, &data.split.train, code);
        const double error = coder_error(test, coder_rebuilt(net, test));
        const double linear_error = coder_error(test, components_rebuilt(r, pca, test));
        const double purity =
            coder_purity(coder_codes(net, test), data.test_label, test->count, code, NEAR);
        const double linear_purity =
            coder_purity(components_codes(r, pca, test), data.test_label, test->count, code, NEAR);
        replica_point(r, 0, i, error);
        replica_point(r, 1, i, linear_error);
        replica_effect(r, 2 * i, 1 - error / linear_error);
        replica_effect(r, 2 * i + 1, purity - linear_purity);
        network_free(net);
    }
}
