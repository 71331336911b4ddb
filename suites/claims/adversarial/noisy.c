// SPDX-License-Identifier: MIT
#include "noisy.h"

enum { TRAINING_DRAWS = 20000 };

static void add_noise(struct fit *fit, struct samples *batch)
{
    struct replica *r = fit->net->replica;
    const double *sigma = fit->plan->context;
    const size_t n = batch->count * batch->features;
    const struct arena mark = lab_borrow(r);
    float *normal = lab_floats(r, n);
    lab_normal(r, TRAINING_DRAWS + fit->step, normal, n);
    for (size_t i = 0; i < n; i++)
        batch->x[i] += (float)*sigma * normal[i];
    lab_return(r, mark);
}

struct network *noisy_trained(const struct contest *is, uint64_t stream, double sigma)
{
    struct network *net = contest_network(is, stream);
    struct fit_plan plan = contest_plan();
    plan.alter_batch = add_noise;
    plan.context = &sigma;
    contest_fit(is, net, &plan);
    return net;
}
