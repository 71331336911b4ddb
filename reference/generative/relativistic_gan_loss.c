// SPDX-License-Identifier: MIT
#include "relativistic_gan_loss.h"

#include "score_loss.h"

enum kind { STANDARD, LEAST_SQUARES, HINGE };

static real penalty(enum kind kind, real z, real v, real *slope)
{
    if (kind == LEAST_SQUARES) {
        *slope = 2 * (z - v);
        return (z - v) * (z - v);
    }
    if (kind == HINGE) {
        real u = 1 - v * z;
        *slope = u > 0 ? -v : R(0.0);
        return u > 0 ? u : R(0.0);
    }
    real x = -v * z, e = real_exp(-real_abs(x));
    *slope = -v * (x < 0 ? e / (1 + e) : 1 / (1 + e));
    return (x > 0 ? x : R(0.0)) + real_log1p(e);
}

/* The mean (or sum) of the penalties of the scores z (N,K); batch->dz becomes the slopes. */
static real batch_loss(struct call *call, struct score_batch *batch, const real *z, enum kind kind,
                       real v, real scale)
{
    size_t n = batch->N * batch->K;
    real *value = call_scratch(call, n), *distance = call_scratch(call, n), slope;
    for (size_t i = 0; i < n; i++) {
        value[i] = penalty(kind, z[i], v, &slope);
        batch->dz[i] = slope * scale / batch->W;
        distance[i] = 1 - v * z[i];
    }
    if (kind == HINGE)
        call_decisions(call, n, distance);
    return score_sum(call, batch, value) / batch->W;
}

/* batch->z minus `mean`. */
static real *shifted(struct call *call, const struct score_batch *batch, real mean)
{
    real *z = call_scratch(call, batch->N * batch->K);
    for (size_t i = 0; i < batch->N * batch->K; i++)
        z[i] = batch->z[i] - mean;
    return z;
}

static void pull_back(struct score_batch *batch, real sum)
{
    size_t n = batch->N * batch->K;
    real share = sum / real_count(n);
    for (size_t i = 0; i < n; i++)
        batch->dz[i] = batch->dz[i] - share;
}

static real average(struct call *call, struct score_batch *x, struct score_batch *y, enum kind kind,
                    real v, real dloss)
{
    real c = score_factor(call);
    real mean_x = score_sum(call, x, x->z) / real_count(x->N * x->K);
    real mean_y = score_sum(call, y, y->z) / real_count(y->N * y->K);
    real of_real = batch_loss(call, x, shifted(call, x, mean_y), kind, v, c * dloss);
    real of_fake = batch_loss(call, y, shifted(call, y, mean_x), kind, -v, c * dloss);
    real sum_x = score_sum(call, x, x->dz), sum_y = score_sum(call, y, y->dz);
    pull_back(x, sum_y);
    pull_back(y, sum_x);
    *call_output(call, "real_loss", "") = of_real;
    *call_output(call, "fake_loss", "") = of_fake;
    return c * (of_real + of_fake);
}

static real paired(struct call *call, struct score_batch *x, struct score_batch *y, enum kind kind,
                   real v, real dloss)
{
    size_t n = x->N * x->K;
    real *u = call_scratch(call, n);
    if (x->N != y->N)
        call_fail(call, "input 'fake' has %zu samples, 'real' %zu: they cannot be paired", y->N,
                  x->N);
    for (size_t i = 0; i < n; i++)
        u[i] = x->z[i] - y->z[i];
    real loss = batch_loss(call, x, u, kind, v, dloss);
    for (size_t i = 0; i < n; i++)
        y->dz[i] = -x->dz[i];
    return loss;
}

void relativistic_gan_loss_answer(struct call *call)
{
    static const char *const forms[] = {"average", "paired", NULL};
    static const char *const kinds[] = {"standard", "least_squares", "hinge", NULL};
    int summed = score_summed(call), pairs = call_choice(call, "form", forms);
    enum kind kind = (enum kind)call_choice(call, "loss_kind", kinds);
    real v = score_generator(call) ? R(-1.0) : R(1.0), dloss = score_upstream(call);
    struct score_batch x = score_read(call, "real", "dreal", "NK", summed);
    struct score_batch y = score_read(call, "fake", "dfake", "MK", summed);
    real loss = (pairs ? paired : average)(call, &x, &y, kind, v, dloss);
    *call_output(call, "loss", "") = loss;
}
