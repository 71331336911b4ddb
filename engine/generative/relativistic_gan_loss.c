// SPDX-License-Identifier: MIT
/* Relativistic GAN losses; definition in reference/generative/relativistic_gan_loss.h.
 *
 * How it is distributed: real and generated samples are sharded, each batch by its own blocks; the
 * pairs of paired scores are on the same rank. Three sums a batch cross the network one after the
 * other: its scores, for the mean; its losses; its slopes, which go back through that mean.
 */
#include "score_loss.h"

#include <string.h>

enum kind { STANDARD, LEAST_SQUARES, HINGE };

struct rules {
    enum kind kind;
    scalar scale; /* of the gradients */
};

/* values and slopes (n) of the scores z, where v is what is wanted of them; e is spare. */
static void standard(const struct team *team, size_t n, const scalar *z, scalar v, scalar *e,
                     scalar *value, scalar *slope)
{
    for (size_t i = 0; i < n; i++)
        e[i] = -scalar_absolute(z[i]);
    team->kernels->exponential(n, e, e);
    team->kernels->logarithm_one_plus(n, value, e);
    for (size_t i = 0; i < n; i++) {
        const scalar x = -v * z[i];
        const scalar large = 1 / (1 + e[i]), small = e[i] / (1 + e[i]);
        value[i] = (x > 0 ? x : 0) + value[i];
        slope[i] = -v * (x < 0 ? small : large);
    }
}

static void penalize(const struct team *team, const struct rules *rules, size_t n, const scalar *z,
                     scalar v, scalar *e, scalar *value, scalar *slope)
{
    if (rules->kind == STANDARD) {
        standard(team, n, z, v, e, value, slope);
        return;
    }
    for (size_t i = 0; i < n; i++) {
        const scalar d = z[i] - v, u = 1 - v * z[i];
        const bool squares = rules->kind == LEAST_SQUARES, inside = u > 0;
        value[i] = squares ? d * d : inside ? u : 0;
        slope[i] = squares ? 2 * d : inside ? -v : 0;
    }
}

static scalar batch_loss(struct question *q, const struct rules *rules,
                         const struct score_batch *batch, const scalar *z, scalar v)
{
    penalize(question_team(q), rules, batch->n, z, v, question_scratch(q, batch->n), batch->value,
             batch->gradient);
    for (size_t i = 0; i < batch->n; i++)
        batch->gradient[i] = batch->gradient[i] * rules->scale / batch->W;
    return score_sum(q, batch, batch->value) / batch->W;
}

static scalar count_of(const struct score_batch *batch)
{
    return (scalar)(batch->all * batch->K);
}

static scalar *shifted(struct question *q, const struct score_batch *batch, scalar mean)
{
    scalar *z = question_scratch(q, batch->n);
    for (size_t i = 0; i < batch->n; i++)
        z[i] = batch->z[i] - mean;
    return z;
}

static scalar average(struct question *q, struct rules *rules, const struct score_batch *real,
                      const struct score_batch *fake, scalar v)
{
    const scalar c = score_factor(q);
    const scalar mean_real = score_sum(q, real, real->z) / count_of(real);
    const scalar mean_fake = score_sum(q, fake, fake->z) / count_of(fake);
    rules->scale = c * rules->scale;
    const scalar of_real = batch_loss(q, rules, real, shifted(q, real, mean_fake), v);
    const scalar of_fake = batch_loss(q, rules, fake, shifted(q, fake, mean_real), -v);
    const scalar through_real = score_sum(q, fake, fake->gradient) / count_of(real);
    const scalar through_fake = score_sum(q, real, real->gradient) / count_of(fake);
    for (size_t i = 0; i < real->n; i++)
        real->gradient[i] -= through_real;
    for (size_t i = 0; i < fake->n; i++)
        fake->gradient[i] -= through_fake;
    question_output(q, "real_loss", "")[0] = of_real;
    question_output(q, "fake_loss", "")[0] = of_fake;
    return c * (of_real + of_fake);
}

static scalar paired(struct question *q, const struct rules *rules, const struct score_batch *real,
                     const struct score_batch *fake, scalar v)
{
    if (real->all != fake->all)
        question_refuse(q, "its 'fake' has %zu samples, its 'real' %zu; give as many", fake->all,
                        real->all);
    scalar *u = question_scratch(q, real->n);
    for (size_t i = 0; i < real->n; i++)
        u[i] = real->z[i] - fake->z[i];
    const scalar loss = batch_loss(q, rules, real, u, v);
    for (size_t i = 0; i < real->n; i++)
        fake->gradient[i] = -real->gradient[i];
    return loss;
}

void relativistic_gan_loss_run(struct question *q)
{
    static const char *const forms[] = {"average", "paired", NULL};
    static const char *const kinds[] = {"standard", "least_squares", "hinge", NULL};
    struct rules rules = {(enum kind)question_choice(q, "loss_kind", kinds), score_upstream(q)};
    const bool summed = score_summed(q);
    const scalar v = score_generator(q) ? -1 : 1;
    const struct score_batch real = score_read(q, "real", "dreal", "[N]K", summed);
    const struct score_batch fake = score_read(q, "fake", "dfake", "[M]K", summed);
    const bool pairs = question_choice(q, "form", forms) == 1;
    const scalar loss =
        pairs ? paired(q, &rules, &real, &fake, v) : average(q, &rules, &real, &fake, v);
    question_output(q, "loss", "")[0] = loss;
}
