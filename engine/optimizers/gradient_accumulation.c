// SPDX-License-Identifier: MIT
/* Gradient accumulation; definition in reference/optimizers/gradient_accumulation.h.
 *
 * How it is distributed: the samples are sharded over the ranks in canonical blocks that know
 * nothing of micro-batches. The sums of all micro-batches cross the network together, once, added
 * per block and in the fixed tree. Every rank then combines them and moves its copy of the weights.
 */
#include "optimizer.h"

#include <string.h>

enum average { SAMPLES, EQUAL, SUM_OF_MEANS, SUM };

struct settings {
    enum average average;
    bool counts_present, drops;
    size_t P, K, S, every;
    const int *size;
    scalar decay;
};

static struct settings read_settings(struct question *q, size_t N)
{
    static const char *const averages[] = {"samples", "equal", "sum_of_means", "sum", NULL};
    static const char *const counts[] = {"stated", "present", NULL};
    static const char *const lasts[] = {"step", "drop", NULL};
    const int *size = question_integers(q, "size", "K", 1, 1 << 20); /* binds K */
    struct settings settings = {
        .size = size,
        .average = (enum average)question_choice(q, "average", averages),
        .counts_present = question_choice(q, "count", counts) == 1,
        .drops = question_choice(q, "last", lasts) == 1,
        .P = question_size(q, 'P'),
        .K = question_size(q, 'K'),
        .every = 1,
        .decay = question_number_or(q, "weight_decay", 0),
    };
    if (question_number_or(q, "every", 1) != 1)
        settings.every = question_count(q, "every", 1, 1 << 20);
    size_t total = 0;
    for (size_t k = 0; k < settings.K; k++)
        total += (size_t)settings.size[k];
    if (total != N)
        question_refuse(q, "its input 'size' says %zu samples, but there are %zu", total, N);
    settings.S = settings.K / settings.every;
    if (!settings.drops && settings.S * settings.every < settings.K)
        settings.S++;
    if (settings.S == 0)
        question_refuse(q, "its number 'every' is above the number of micro-batches");
    return settings;
}

/* sum (K,P), on every rank. */
static void add_samples(struct question *q, scalar *sum, const scalar *g,
                        const struct settings *settings)
{
    const size_t P = settings->P, first = question_first(q, 'N');
    struct reduction *reduction = question_sum(q, 'N', settings->K * P);
    size_t k = 0, end = (size_t)settings->size[0]; /* of the micro-batch of the present sample */
    for (size_t b = 0; b < reduction_pieces(reduction); b++) {
        const struct piece piece = reduction_piece(reduction, b);
        scalar *leaf = reduction_leaf(reduction);
        for (size_t n = piece.first; n < piece.first + piece.count; n++) {
            while (first + n >= end)
                end += (size_t)settings->size[++k];
            for (size_t p = 0; p < P; p++)
                leaf[k * P + p] = leaf[k * P + p] + g[n * P + p];
        }
        reduction_push(reduction);
    }
    reduction_finish(reduction, sum);
}

static void combine(scalar *G, const scalar *sum, size_t u, const struct settings *settings)
{
    const size_t P = settings->P, first = u * settings->every;
    const bool of_means = settings->average == EQUAL || settings->average == SUM_OF_MEANS;
    size_t k = first, samples = 0;
    for (; k < settings->K && k < first + settings->every; k++) {
        const scalar own = of_means ? (scalar)settings->size[k] : 1;
        samples += (size_t)settings->size[k];
        for (size_t p = 0; p < P; p++)
            G[p] = G[p] + sum[k * P + p] / own;
    }
    size_t divisor = settings->counts_present ? k - first : settings->every;
    if (settings->average == SAMPLES)
        divisor = samples;
    else if (settings->average != EQUAL)
        divisor = 1;
    for (size_t p = 0; p < P; p++)
        G[p] = G[p] / (scalar)divisor;
}

void gradient_accumulation_run(struct question *q)
{
    const scalar *g = question_input(q, "g", "[N]P");
    const struct settings settings = read_settings(q, question_size(q, 'N'));
    const size_t P = settings.P;
    question_bind(q, 'S', settings.S);
    const scalar *rate = question_input(q, "rate", "S"), *start = question_input(q, "w", "P");
    scalar *w = question_scratch(q, P), *sum = question_scratch(q, settings.K * P);
    scalar *w_after = question_output(q, "w_after", "SP");
    scalar *gradient = question_output(q, "gradient", "SP");
    memcpy(w, start, P * sizeof *w);
    add_samples(q, sum, g, &settings);
    for (size_t u = 0; u < settings.S; u++) {
        scalar *G = gradient + u * P;
        combine(G, sum, u, &settings);
        for (size_t p = 0; p < P; p++)
            w[p] = w[p] - rate[u] * decayed_gradient(G[p], settings.decay, w[p]);
        memcpy(w_after + u * P, w, P * sizeof *w);
    }
}
