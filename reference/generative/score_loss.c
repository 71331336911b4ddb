// SPDX-License-Identifier: MIT
#include "score_loss.h"

struct score_batch score_read(struct call *call, const char *name, const char *gradient,
                              const char *shape, int summed)
{
    struct score_batch batch = {.z = call_input(call, name, shape)};
    batch.N = call_size(call, shape[0]);
    batch.K = call_size(call, 'K');
    if (batch.N == 0 || batch.K == 0)
        call_fail(call, "input '%s' has no elements: its mean is 0 / 0", name);
    batch.W = summed ? R(1.0) : real_count(batch.N) * real_count(batch.K);
    batch.dz = call_output(call, gradient, shape);
    batch.sum = call_scratch(call, batch.N);
    return batch;
}

real score_sum(struct call *call, struct score_batch *batch, const real *x)
{
    for (size_t n = 0; n < batch->N; n++)
        batch->sum[n] = sum_features(batch->K, x + n * batch->K, 1);
    return sum_samples(batch->N, call_block(call), batch->sum, 1);
}

int score_generator(struct call *call)
{
    static const char *const players[] = {"discriminator", "generator", NULL};
    return call_choice(call, "player", players);
}

int score_summed(struct call *call)
{
    static const char *const reductions[] = {"mean", "sum", NULL};
    return call_choice(call, "reduction", reductions);
}

real score_factor(struct call *call)
{
    static const char *const combinations[] = {"sum", "half", NULL};
    return call_choice(call, "combine", combinations) ? R(0.5) : R(1.0);
}

real score_upstream(struct call *call)
{
    return call_has(call, "dloss") ? *call_input(call, "dloss", "") : R(1.0);
}

static real batch_loss(struct call *call, struct score_batch *batch, score_term term,
                       const void *rules, enum score_part part, real scale)
{
    size_t n = batch->N * batch->K;
    real *value = call_scratch(call, n), slope;
    for (size_t i = 0; i < n; i++) {
        value[i] = term(rules, part, batch->z[i], &slope);
        batch->dz[i] = slope * scale / batch->W;
    }
    return score_sum(call, batch, value) / batch->W;
}

void score_loss_answer(struct call *call, score_term term, const void *rules)
{
    int summed = score_summed(call), generator = score_generator(call);
    real dloss = score_upstream(call), c = score_factor(call), loss;
    if (generator) {
        struct score_batch fake = score_read(call, "fake", "dfake", "MK", summed);
        loss = batch_loss(call, &fake, term, rules, SCORE_OF_GENERATOR, dloss);
    } else {
        struct score_batch x = score_read(call, "real", "dreal", "NK", summed);
        real of_real = batch_loss(call, &x, term, rules, SCORE_OF_REAL, c * dloss);
        struct score_batch fake = score_read(call, "fake", "dfake", "MK", summed);
        real of_fake = batch_loss(call, &fake, term, rules, SCORE_OF_FAKE, c * dloss);
        *call_output(call, "real_loss", "") = of_real;
        *call_output(call, "fake_loss", "") = of_fake;
        loss = c * (of_real + of_fake);
    }
    *call_output(call, "loss", "") = loss;
}
