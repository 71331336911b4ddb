// SPDX-License-Identifier: MIT
/* Domain adaptation; definition in reference/generative/domain_adaptation.h.
 *
 * How it is distributed: both domains are sharded, translator and classifier are whole on every
 * rank. What crosses the network: whole numbers, of samples and of hits in every class, whose order
 * does not matter; and the loss and the translator's gradient, chains over the samples of each
 * canonical block, then the fixed tree.
 */
#include "../losses/loss.h"
#include "named_network.h"

#include <string.h>

struct domains {
    struct question *q;
    struct network g, c;
    size_t K;
    bool by_class;
};

/* The accuracy over the samples of axis `letter`, of which this rank has rows. Collective. */
static scalar accuracy(const struct domains *is, char letter, const scalar *logits,
                       const int *labels, scalar *predicted, long long *hits)
{
    const size_t K = is->K, rows = question_part(is->q, letter);
    long long *count = arena_take(question_arena(is->q), 2 * K, sizeof *count), all = 0;
    for (size_t n = 0; n < rows; n++) {
        size_t best = 0;
        for (size_t k = 1; k < K; k++)
            best = logits[n * K + k] > logits[n * K + best] ? k : best;
        count[labels[n]]++;
        count[K + (size_t)labels[n]] += (int)best == labels[n];
        if (predicted != NULL)
            predicted[n] = (scalar)best;
    }
    reduce_integers(question_team(is->q), count, 2 * K);
    scalar shares = 0, present = 0;
    for (size_t k = 0; k < K; k++) {
        all += count[K + k];
        if (hits != NULL)
            hits[k] = count[K + k];
        if (count[k] == 0)
            continue;
        shares += (scalar)count[K + k] / (scalar)count[k];
        present += 1;
    }
    return is->by_class ? shares / present : (scalar)all / (scalar)question_size(is->q, letter);
}

/* The mean loss of logits (rows,K) over all samples; fills dz. Collective. */
static scalar task_loss(const struct domains *is, scalar *dz, const scalar *logits,
                        const int *labels, scalar dloss)
{
    const struct kernels *kernels = question_team(is->q)->kernels;
    const size_t K = is->K, rows = question_part(is->q, 'N');
    const scalar N = (scalar)question_size(is->q, 'N');
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
    kernels->exponential(rows * K, dz, dz);
    for (size_t i = 0; i < rows * K; i++)
        sum[i / K] += dz[i];
    for (size_t i = 0; i < rows * K; i++)
        dz[i] = (dz[i] / sum[i / K] - (i % K == (size_t)labels[i / K])) * dloss / N;
    kernels->logarithm(rows, sum, sum);
    for (size_t n = 0; n < rows; n++)
        value[n] = sum[n] - value[n];
    loss_sum_rows(is->q, 'N', 1, value, &total);
    return total / N;
}

static struct domains read(struct question *q)
{
    static const char *const averages[] = {"samples", "classes", NULL};
    struct domains is = {.q = q, .by_class = question_choice(q, "average", averages) == 1};
    is.g = network_read(q, "g", 'a');
    is.c = network_read(q, "c", 'p');
    is.K = network_outputs(&is.c);
    if (network_inputs(&is.g) != network_outputs(&is.g) ||
        network_inputs(&is.g) != network_inputs(&is.c))
        question_refuse(q, "its translator 'gw1' must stay among the features of 'cw1'");
    return is;
}

void domain_adaptation_run(struct question *q)
{
    const struct domains is = read(q);
    const scalar *x = question_input(q, "x", "[N]a"), *from = question_input(q, "x_source", "[M]a");
    question_bind(q, 'K', is.K);
    const int *labels = question_integers(q, "labels", "[N]", 0, (int)is.K - 1);
    const int *known = question_integers(q, "labels_source", "[M]", 0, (int)is.K - 1);
    const scalar dloss = question_has(q, "dloss") ? *question_input(q, "dloss", "") : 1;
    const size_t rows = question_part(q, 'N');
    if (question_size(q, 'N') == 0 || question_size(q, 'M') == 0)
        question_refuse(q, "its '%s' has no samples",
                        question_size(q, 'N') == 0 ? "x" : "x_source");
    const struct network_use home = network_use(q, &is.c, question_part(q, 'M'));
    const struct network_use raw = network_use(q, &is.c, rows), c = network_use(q, &is.c, rows);
    const struct network_use g = network_use(q, &is.g, rows);
    const scalar *z = network_forward(&c, network_forward(&g, x));
    scalar *predicted = question_output(q, "predicted", "[N]");
    scalar *right = question_output(q, "right", "K");
    long long *hits = arena_take(question_arena(q), is.K, sizeof *hits);
    const scalar source = accuracy(&is, 'M', network_forward(&home, from), known, NULL, NULL);
    const scalar before = accuracy(&is, 'N', network_forward(&raw, x), labels, NULL, NULL);
    const scalar after = accuracy(&is, 'N', z, labels, predicted, hits);
    for (size_t k = 0; k < is.K; k++)
        right[k] = (scalar)hits[k];
    question_output(q, "source", "")[0] = source;
    question_output(q, "before", "")[0] = before;
    question_output(q, "after", "")[0] = after;
    question_output(q, "gain", "")[0] = after - before;
    scalar *dz = question_scratch(q, rows * is.K), *total = question_scratch(q, is.g.parameters);
    question_output(q, "loss", "")[0] = task_loss(&is, dz, z, labels, dloss);
    network_backward(&g, network_backward(&c, dz));
    network_add(q, 'N', &g, total);
    network_gradients(q, &is.g, total);
}
