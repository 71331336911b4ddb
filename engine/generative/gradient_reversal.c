// SPDX-License-Identifier: MIT
/* Gradient reversal; definition in reference/generative/gradient_reversal.h.
 *
 * How it is distributed: both domains are sharded, each by its own blocks; the three networks are
 * whole on every rank. What crosses the network: the sums of three losses and the gradients of
 * every use of a network, chains over the samples of each canonical block, then the fixed tree.
 */
#include "../losses/loss.h"
#include "named_network.h"

#include <string.h>

struct reversal {
    struct question *q;
    const struct kernels *kernels;
    struct network f, c, h;
    size_t W, K;
    bool joint, weighted;
    scalar lambda;
};

/* One domain: its features, what leads back to them, and the uses of F and H. */
struct domain {
    char letter;
    size_t rows;
    struct network_use f, h;
    const scalar *a;
    scalar *da;
};

static scalar read_lambda(struct question *q)
{
    static const char *const schedules[] = {"fixed", "annealed", NULL};
    const bool annealed = question_choice(q, "schedule", schedules) == 1;
    const char *name = annealed ? "gamma" : "lambda";
    const scalar value = question_number_or(q, name, annealed ? 10 : 1);
    if (!(value >= 0))
        question_refuse(q, "its '%s' is negative; give at least 0", name);
    if (!annealed)
        return value;
    const scalar progress = question_number(q, "progress");
    if (!(progress >= 0 && progress <= 1))
        question_refuse(q, "its 'progress' is %g; give 0 to 1", (double)progress);
    scalar e = -value * progress;
    question_team(q)->kernels->exponential(1, &e, &e);
    return 2 / (1 + e) - 1;
}

/* The domain's loss divided by W; fills da, reversed, and adds to H's gradient. Collective. */
static scalar critic_pass(const struct reversal *is, struct domain *d, bool target, scalar W,
                          scalar *of_h)
{
    const size_t rows = d->rows;
    d->h = network_use(is->q, &is->h, rows);
    const scalar *z = network_forward(&d->h, d->a);
    scalar *value = question_scratch(is->q, rows), *dz = question_scratch(is->q, rows), sum;
    for (size_t n = 0; n < rows; n++)
        dz[n] = -scalar_absolute(z[n]);
    is->kernels->exponential(rows, dz, dz);
    is->kernels->logarithm_one_plus(rows, value, dz);
    for (size_t n = 0; n < rows; n++) {
        const bool below = z[n] < 0;
        const scalar large = 1 / (1 + dz[n]), small = dz[n] / (1 + dz[n]);
        if (below == target)
            value[n] = scalar_absolute(z[n]) + value[n];
        dz[n] = (target ? -(below ? large : small) : below ? small : large) / W;
    }
    const scalar *back = network_backward(&d->h, dz);
    for (size_t i = 0; i < rows * is->W; i++)
        d->da[i] = -is->lambda * back[i];
    scalar *part = question_scratch(is->q, is->h.parameters);
    network_add(is->q, d->letter, &d->h, part);
    for (size_t i = 0; i < is->h.parameters; i++)
        of_h[i] += is->weighted ? is->lambda * part[i] : part[i];
    loss_sum_rows(is->q, d->letter, 1, value, &sum);
    return sum / W;
}

/* The mean cross-entropy of logits (rows,K) over the source; fills dz. Collective. */
static scalar label_loss(const struct reversal *is, const scalar *logits, const int *labels,
                         scalar *dz)
{
    const size_t K = is->K, rows = question_part(is->q, 'M');
    const scalar M = (scalar)question_size(is->q, 'M');
    scalar *sum = question_scratch(is->q, rows), *value = question_scratch(is->q, rows), total;
    for (size_t n = 0; n < rows; n++) {
        const scalar *z = logits + n * K;
        scalar top = z[0];
        for (size_t k = 1; k < K; k++)
            top = z[k] > top ? z[k] : top;
        for (size_t k = 0; k < K; k++)
            dz[n * K + k] = z[k] - top;
        value[n] = dz[n * K + (size_t)labels[n]];
    }
    is->kernels->exponential(rows * K, dz, dz);
    for (size_t i = 0; i < rows * K; i++)
        sum[i / K] += dz[i];
    for (size_t i = 0; i < rows * K; i++)
        dz[i] = (dz[i] / sum[i / K] - (i % K == (size_t)labels[i / K])) / M;
    is->kernels->logarithm(rows, sum, sum);
    for (size_t n = 0; n < rows; n++)
        value[n] = sum[n] - value[n];
    loss_sum_rows(is->q, 'M', 1, value, &total);
    return total / M;
}

static struct reversal read(struct question *q)
{
    static const char *const domains[] = {"separate", "joint", NULL};
    static const char *const critics[] = {"plain", "weighted", NULL};
    struct reversal is = {.q = q, .kernels = question_team(q)->kernels};
    is.joint = question_choice(q, "domains", domains) == 1;
    is.weighted = question_choice(q, "critic", critics) == 1;
    is.lambda = read_lambda(q);
    is.f = network_read(q, "f", 'a');
    is.c = network_read(q, "c", 'j');
    is.h = network_read(q, "h", 's');
    is.W = network_outputs(&is.f);
    is.K = network_outputs(&is.c);
    if (network_inputs(&is.c) != is.W || network_inputs(&is.h) != is.W)
        question_refuse(q, "its 'cw1' and 'hw1' must take what its 'fw1' and so on give");
    if (network_outputs(&is.h) != 1)
        question_refuse(q, "its critic 'hw1' must give one logit");
    return is;
}

static struct domain enter(const struct reversal *is, char letter, const scalar *x)
{
    struct domain d = {.letter = letter, .rows = question_part(is->q, letter)};
    d.f = network_use(is->q, &is->f, d.rows);
    d.a = network_forward(&d.f, x);
    d.da = question_scratch(is->q, d.rows * is->W);
    return d;
}

void gradient_reversal_run(struct question *q)
{
    const struct reversal is = read(q);
    const scalar *from = question_input(q, "x_source", "[M]a"), *x = question_input(q, "x", "[N]a");
    const int *labels = question_integers(q, "labels", "[M]", 0, (int)is.K - 1);
    const size_t M = question_size(q, 'M'), N = question_size(q, 'N');
    if (M == 0 || N == 0)
        question_refuse(q, "its '%s' has no samples", M == 0 ? "x_source" : "x");
    struct domain source = enter(&is, 'M', from), target = enter(&is, 'N', x);
    scalar *of_f = question_scratch(q, is.f.parameters),
           *of_c = question_scratch(q, is.c.parameters);
    scalar *of_h = question_scratch(q, is.h.parameters);
    const scalar first = critic_pass(&is, &source, false, (scalar)(is.joint ? N + M : M), of_h);
    const scalar domain =
        first + critic_pass(&is, &target, true, (scalar)(is.joint ? N + M : N), of_h);
    const struct network_use c = network_use(q, &is.c, source.rows);
    scalar *dz = question_scratch(q, source.rows * is.K);
    const scalar label = label_loss(&is, network_forward(&c, source.a), labels, dz);
    const scalar *dc = network_backward(&c, dz);
    for (size_t i = 0; i < source.rows * is.W; i++)
        source.da[i] = dc[i] + source.da[i];
    network_add(q, 'M', &c, of_c);
    network_backward(&source.f, source.da);
    network_backward(&target.f, target.da);
    network_add(q, 'M', &source.f, of_f);
    network_add(q, 'N', &target.f, of_f);
    question_output(q, "factor", "")[0] = is.lambda;
    question_output(q, "label_loss", "")[0] = label;
    question_output(q, "domain_loss", "")[0] = domain;
    question_output(q, "loss", "")[0] = is.weighted ? label + is.lambda * domain : label + domain;
    network_gradients(q, &is.c, of_c);
    network_gradients(q, &is.h, of_h);
    network_directions(q, &is.f, "reversed_", of_f);
}
