// SPDX-License-Identifier: MIT
/* Paired translation; definition in reference/generative/paired_translation.h.
 *
 * How it is distributed: pairs are sharded; generator and critic are whole on every rank. What
 * crosses the network: the sums of the three terms, and the generator's gradient, chains over the
 * samples of each canonical block, then the fixed tree. The critic is frozen and has no sums.
 */
#include "../losses/loss.h"
#include "mismatch.h"
#include "named_network.h"

#include <string.h>

struct translation {
    struct question *q;
    struct network g, c;
    struct mismatch_rule rule;
    size_t N, rows, D, E;
    bool squares, conditional, residual;
    scalar lambda, mu, dloss;
    const scalar *x, *y;
    scalar *out, *dout;
};

static bool second(struct question *q, const char *name, const char *one, const char *other)
{
    const char *const options[] = {one, other, NULL};
    return question_choice(q, name, options) == 1;
}

static scalar weight_of(struct question *q, const char *name, scalar otherwise)
{
    const scalar value = question_number_or(q, name, otherwise);
    if (!(value >= 0))
        question_refuse(q, "its '%s' is negative; give at least 0", name);
    return value;
}

static void read(struct question *q, struct translation *is)
{
    is->squares = second(q, "adversary", "logistic", "least_squares");
    is->conditional = !second(q, "conditional", "yes", "no");
    is->residual = second(q, "residual", "no", "yes");
    is->rule = mismatch_read(q);
    is->lambda = weight_of(q, "lambda", 100);
    is->mu = weight_of(q, "mu", 0);
    is->dloss = question_has(q, "dloss") ? *question_input(q, "dloss", "") : 1;
    is->g = network_read(q, "g", 'a');
    is->c = network_read(q, "c", 'p');
    is->D = network_inputs(&is->g);
    is->E = network_outputs(&is->g);
    question_bind(q, 'E', is->E);
    is->x = question_input(q, "x", "[N]a");
    is->y = question_input(q, "y", "[N]E");
    is->N = question_size(q, 'N');
    is->rows = question_part(q, 'N');
    if (is->N == 0)
        question_refuse(q, "its input 'x' has no samples, so the mean is 0 / 0");
    if (network_inputs(&is->c) != is->E + (is->conditional ? is->D : 0))
        question_refuse(q, "its 'cw1' does not take what its 'conditional' gives the critic");
    if (is->residual && is->D != is->E)
        question_refuse(q, "its 'residual' is yes, but its inputs and outputs differ in number");
    if (is->mu > 0 && (is->D == 0 || is->E % is->D != 0))
        question_refuse(q, "its 'mu' needs outputs that are a multiple of the inputs");
    is->out = question_scratch(q, is->rows * is->E);
    is->dout = question_scratch(q, is->rows * is->E);
}

/* value and slope of n logits. */
static void terms(const struct translation *is, size_t n, const scalar *z, scalar *value,
                  scalar *slope)
{
    const struct kernels *kernels = question_team(is->q)->kernels;
    for (size_t i = 0; i < n; i++)
        slope[i] = -scalar_absolute(z[i]);
    kernels->exponential(n, slope, slope);
    kernels->logarithm_one_plus(n, value, slope);
    for (size_t i = 0; i < n; i++) {
        const scalar e = slope[i], off = z[i] - 1;
        slope[i] = -(z[i] < 0 ? 1 / (1 + e) : e / (1 + e));
        if (z[i] < 0)
            value[i] += scalar_absolute(z[i]);
        if (is->squares) {
            slope[i] = 2 * off;
            value[i] = off * off;
        }
    }
}

/* Writes dout; returns the mean opinion. Collective. */
static scalar adversarial(const struct translation *is)
{
    const size_t D = is->conditional ? is->D : 0, E = is->E, K = network_outputs(&is->c);
    const struct network_use critic = network_use(is->q, &is->c, is->rows);
    scalar *seen = question_scratch(is->q, is->rows * (D + E)), total;
    scalar *value = question_scratch(is->q, is->rows * K);
    scalar *dz = question_scratch(is->q, is->rows * K), *row = question_scratch(is->q, is->rows);
    const scalar W = (scalar)(is->N * K);
    for (size_t n = 0; n < is->rows; n++) {
        memcpy(seen + n * (D + E), is->x + n * D, D * sizeof *seen);
        memcpy(seen + n * (D + E) + D, is->out + n * E, E * sizeof *seen);
    }
    terms(is, is->rows * K, network_forward(&critic, seen), value, dz);
    for (size_t i = 0; i < is->rows * K; i++) {
        row[i / K] += value[i];
        dz[i] = dz[i] * is->dloss / W;
    }
    const scalar *dseen = network_backward(&critic, dz);
    for (size_t n = 0; n < is->rows; n++)
        memcpy(is->dout + n * E, dseen + n * (D + E) + D, E * sizeof *seen);
    loss_sum_rows(is->q, 'N', 1, row, &total);
    return total / W;
}

/* Adds to dout; returns the value. Collective. */
static scalar reconstruction(const struct translation *is)
{
    const size_t count = is->rows * is->E;
    scalar *de = question_scratch(is->q, count);
    const scalar value =
        mismatch(is->q, 'N', &is->rule, de, is->out, is->y, is->E, is->dloss * is->lambda);
    for (size_t i = 0; i < count; i++)
        is->dout[i] += de[i];
    return value;
}

static scalar consistency(const struct translation *is)
{
    const size_t r = is->E / is->D, count = is->rows * is->D;
    scalar *pooled = question_scratch(is->q, count), *de = question_scratch(is->q, count);
    for (size_t i = 0; i < count * r; i++)
        pooled[i / r] += is->out[i];
    for (size_t i = 0; i < count; i++)
        pooled[i] /= (scalar)r;
    const scalar value =
        mismatch(is->q, 'N', &is->rule, de, pooled, is->x, is->D, is->dloss * is->mu);
    for (size_t i = 0; i < count * r; i++)
        is->dout[i] += de[i / r] / (scalar)r;
    return value;
}

void paired_translation_run(struct question *q)
{
    struct translation is = {.q = q};
    read(q, &is);
    const struct network_use generator = network_use(q, &is.g, is.rows);
    const scalar *g = network_forward(&generator, is.x);
    for (size_t i = 0; i < is.rows * is.E; i++)
        is.out[i] = is.residual ? is.x[i] + g[i] : g[i];
    const scalar opinion = adversarial(&is), distance = reconstruction(&is);
    scalar average = 0, *total = question_scratch(q, is.g.parameters);
    if (is.mu > 0)
        question_output(q, "consistency", "")[0] = average = consistency(&is);
    network_backward(&generator, is.dout);
    network_add(q, 'N', &generator, total);
    question_output(q, "adversarial", "")[0] = opinion;
    question_output(q, "reconstruction", "")[0] = distance;
    question_output(q, "loss", "")[0] = opinion + is.lambda * distance + is.mu * average;
    network_gradients(q, &is.g, total);
}
