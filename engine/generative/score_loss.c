// SPDX-License-Identifier: MIT
#include "score_loss.h"

#include <string.h>

struct score_batch score_read(struct question *q, const char *name, const char *gradient,
                              const char *shape, bool summed)
{
    struct score_batch batch = {.letter = shape[1], .z = question_input(q, name, shape)};
    batch.rows = question_part(q, batch.letter);
    batch.K = question_size(q, 'K');
    batch.all = question_size(q, batch.letter);
    batch.n = batch.rows * batch.K;
    if (batch.all == 0 || batch.K == 0)
        question_refuse(q, "its '%s' has no elements; give at least one", name);
    batch.W = summed ? 1 : (scalar)batch.all * (scalar)batch.K;
    batch.gradient = question_output(q, gradient, shape);
    batch.value = question_scratch(q, batch.n);
    batch.sums = question_scratch(q, batch.rows);
    return batch;
}

scalar score_sum(struct question *q, const struct score_batch *batch, const scalar *x)
{
    scalar total;
    memset(batch->sums, 0, batch->rows * sizeof *batch->sums);
    for (size_t i = 0; i < batch->n; i++)
        batch->sums[i / batch->K] += x[i];
    loss_sum_rows(q, batch->letter, 1, batch->sums, &total);
    return total;
}

bool score_generator(struct question *q)
{
    static const char *const players[] = {"discriminator", "generator", NULL};
    return question_choice(q, "player", players) == 1;
}

bool score_summed(struct question *q)
{
    static const char *const reductions[] = {"mean", "sum", NULL};
    return question_choice(q, "reduction", reductions) == 1;
}

scalar score_factor(struct question *q)
{
    static const char *const combinations[] = {"sum", "half", NULL};
    return question_choice(q, "combine", combinations) == 1 ? (scalar)0.5 : 1;
}

scalar score_upstream(struct question *q)
{
    return question_has(q, "dloss") ? *question_input(q, "dloss", "") : 1;
}

static scalar batch_loss(struct question *q, const struct score_batch *batch, score_term term,
                         const void *rules, enum score_part part, scalar scale)
{
    term(q, rules, part, batch->n, batch->z, batch->value, batch->gradient);
    for (size_t i = 0; i < batch->n; i++)
        batch->gradient[i] = batch->gradient[i] * scale / batch->W;
    return score_sum(q, batch, batch->value) / batch->W;
}

void score_loss_run(struct question *q, score_term term, const void *rules)
{
    const bool summed = score_summed(q), generator = score_generator(q);
    const scalar dloss = score_upstream(q), c = score_factor(q);
    scalar loss;
    if (generator) {
        const struct score_batch fake = score_read(q, "fake", "dfake", "[M]K", summed);
        loss = batch_loss(q, &fake, term, rules, SCORE_OF_GENERATOR, dloss);
    } else {
        const struct score_batch real = score_read(q, "real", "dreal", "[N]K", summed);
        const struct score_batch fake = score_read(q, "fake", "dfake", "[M]K", summed);
        const scalar of_real = batch_loss(q, &real, term, rules, SCORE_OF_REAL, c * dloss);
        const scalar of_fake = batch_loss(q, &fake, term, rules, SCORE_OF_FAKE, c * dloss);
        question_output(q, "real_loss", "")[0] = of_real;
        question_output(q, "fake_loss", "")[0] = of_fake;
        loss = c * (of_real + of_fake);
    }
    question_output(q, "loss", "")[0] = loss;
}
