// SPDX-License-Identifier: MIT
/* Adversarial losses; definition in reference/losses/adversarial_loss.h.
 *
 * How it is distributed: real and generated samples are sharded, each batch by its own blocks. One
 * number a batch crosses the network, the sum of its losses: within a sample a chain over its
 * logits, then the fixed tree over the blocks. Gradients stay where their samples are.
 */
#include "loss.h"

struct batch {
    const char *name, *gradient_name, *shape;
    char letter;
    scalar target, sign, scale;
};

/* values (n) and slopes (n) of the logits z; e is spare. */
static void evaluate(const struct team *team, size_t n, const scalar *z, scalar t, scalar *e,
                     scalar *value, scalar *slope)
{
    for (size_t i = 0; i < n; i++)
        e[i] = -scalar_absolute(z[i]);
    team->kernels->exponential(n, e, e);
    team->kernels->logarithm_one_plus(n, value, e);
    for (size_t i = 0; i < n; i++) {
        const bool below = z[i] < 0;
        const scalar near = value[i], far = scalar_absolute(z[i]) + near;
        const scalar large = 1 / (1 + e[i]), small = e[i] / (1 + e[i]);
        value[i] = t * (below ? far : near) + (1 - t) * (below ? near : far);
        slope[i] = (1 - t) * (below ? small : large) - t * (below ? large : small);
    }
}

/* The mean or sum of a batch; fills its gradient. Collective. */
static scalar batch_loss(struct question *q, const struct batch *batch, bool summed, scalar dloss)
{
    const scalar *z = question_input(q, batch->name, batch->shape);
    const size_t rows = question_part(q, batch->letter), K = question_size(q, 'K');
    const size_t all = question_size(q, batch->letter);
    if (all == 0 || K == 0)
        question_refuse(q, "its '%s' has no elements; give at least one", batch->name);
    const scalar W = summed ? 1 : (scalar)all * (scalar)K;
    scalar *gradient = question_output(q, batch->gradient_name, batch->shape);
    scalar *value = question_scratch(q, rows * K), *sums = question_scratch(q, rows), total;
    evaluate(question_team(q), rows * K, z, batch->target, question_scratch(q, rows * K), value,
             gradient);
    for (size_t i = 0; i < rows * K; i++) {
        sums[i / K] += batch->sign * value[i];
        gradient[i] = batch->sign * gradient[i] * batch->scale * dloss / W;
    }
    loss_sum_rows(q, batch->letter, 1, sums, &total);
    return total / W;
}

void adversarial_loss_run(struct question *q)
{
    static const char *const players[] = {"discriminator", "generator", NULL};
    static const char *const goals[] = {"non_saturating", "minimax", NULL};
    static const char *const reductions[] = {"mean", "sum", NULL};
    static const char *const combinations[] = {"sum", "half", NULL};
    static const char *const sides[] = {"one", "two", NULL};
    const bool generator = question_choice(q, "player", players) == 1;
    const bool minimax = question_choice(q, "goal", goals) == 1;
    const bool summed = question_choice(q, "reduction", reductions) == 1;
    const scalar smoothing = question_number_or(q, "smoothing", 0);
    if (!(smoothing >= 0 && smoothing < 1))
        question_refuse(q, "its 'smoothing' is %g; give at least 0 and less than 1",
                        (double)smoothing);
    const scalar dloss = question_has(q, "dloss") ? *question_input(q, "dloss", "") : 1;
    if (generator) {
        const struct batch fake = {"fake",          "dfake",          "[M]K", 'M',
                                   minimax ? 0 : 1, minimax ? -1 : 1, 1};
        const scalar loss = batch_loss(q, &fake, summed, dloss);
        question_output(q, "loss", "")[0] = loss;
        return;
    }
    const scalar c = question_choice(q, "combine", combinations) == 1 ? (scalar)0.5 : 1;
    const bool both_sides = question_choice(q, "sides", sides) == 1;
    const struct batch real_batch = {"real", "dreal", "[N]K", 'N', 1 - smoothing, 1, c};
    const struct batch fake_batch = {"fake", "dfake", "[M]K", 'M', both_sides ? smoothing : 0,
                                     1,      c};
    const scalar real_loss = batch_loss(q, &real_batch, summed, dloss);
    const scalar fake_loss = batch_loss(q, &fake_batch, summed, dloss);
    question_output(q, "real_loss", "")[0] = real_loss;
    question_output(q, "fake_loss", "")[0] = fake_loss;
    question_output(q, "loss", "")[0] = c * (real_loss + fake_loss);
}
