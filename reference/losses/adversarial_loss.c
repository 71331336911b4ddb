// SPDX-License-Identifier: MIT
#include "adversarial_loss.h"

/* One batch of logits, and what it is told. */
struct batch {
    const char *name, *gradient_name, *shape;
    real target, sign, scale;
};

/* b(z,t) and its derivative. */
static real cross_entropy_of_logit(real z, real t, real *slope)
{
    real e = real_exp(-real_abs(z)), l = real_log1p(e);
    real large = 1 / (1 + e), small = e / (1 + e);
    real u = z < 0 ? real_abs(z) + l : l, v = z < 0 ? l : real_abs(z) + l;
    *slope = (1 - t) * (z < 0 ? small : large) - t * (z < 0 ? large : small);
    return t * u + (1 - t) * v;
}

/* The mean (or sum) of one batch; writes its gradient. */
static real batch_loss(struct call *call, const struct batch *batch, int summed, real dloss)
{
    const real *z = call_input(call, batch->name, batch->shape);
    size_t N = call_size(call, batch->shape[0]), K = call_size(call, 'K');
    if (N == 0 || K == 0)
        call_fail(call, "input '%s' has no elements: its mean is 0 / 0", batch->name);
    real W = summed ? R(1.0) : real_count(N) * real_count(K);
    real *value = call_scratch(call, K), *value_n = call_scratch(call, N);
    real *gradient = call_output(call, batch->gradient_name, batch->shape);
    for (size_t n = 0; n < N; n++) {
        for (size_t k = 0; k < K; k++) {
            real slope, b = cross_entropy_of_logit(z[n * K + k], batch->target, &slope);
            value[k] = batch->sign * b;
            gradient[n * K + k] = batch->sign * slope * batch->scale * dloss / W;
        }
        value_n[n] = sum_features(K, value, 1);
    }
    return sum_samples(N, call_block(call), value_n, 1) / W;
}

static void discriminator(struct call *call, real smoothing, int summed, real dloss)
{
    static const char *const combinations[] = {"sum", "half", NULL};
    static const char *const sides[] = {"one", "two", NULL};
    real c = call_choice(call, "combine", combinations) ? R(0.5) : R(1.0);
    int both_sides = call_choice(call, "sides", sides);
    const struct batch real_batch = {"real", "dreal", "NK", 1 - smoothing, R(1.0), c};
    const struct batch fake_batch = {"fake", "dfake", "MK", both_sides ? smoothing : R(0.0),
                                     R(1.0), c};
    real R_part = batch_loss(call, &real_batch, summed, dloss);
    real F_part = batch_loss(call, &fake_batch, summed, dloss);
    *call_output(call, "real_loss", "") = R_part;
    *call_output(call, "fake_loss", "") = F_part;
    *call_output(call, "loss", "") = c * (R_part + F_part);
}

void adversarial_loss_answer(struct call *call)
{
    static const char *const players[] = {"discriminator", "generator", NULL};
    static const char *const goals[] = {"non_saturating", "minimax", NULL};
    static const char *const reductions[] = {"mean", "sum", NULL};
    int generator = call_choice(call, "player", players),
        minimax = call_choice(call, "goal", goals);
    int summed = call_choice(call, "reduction", reductions);
    real smoothing = call_number_or(call, "smoothing", R(0.0));
    if (!(smoothing >= 0 && smoothing < 1))
        call_fail(call, "number 'smoothing' must be at least 0 and below 1");
    real dloss = call_has(call, "dloss") ? *call_input(call, "dloss", "") : R(1.0);
    if (!generator) {
        discriminator(call, smoothing, summed, dloss);
        return;
    }
    const struct batch fake = {
        "fake", "dfake", "MK", minimax ? R(0.0) : R(1.0), minimax ? R(-1.0) : R(1.0), R(1.0)};
    real loss = batch_loss(call, &fake, summed, dloss);
    *call_output(call, "loss", "") = loss;
}
