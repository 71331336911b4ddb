// SPDX-License-Identifier: MIT
/* Gradient noise; definition in reference/optimizers/gradient_noise.h.
 *
 * How it is distributed: samples are sharded in canonical blocks for the mean and the variance, and
 * batches in canonical blocks for what is measured; every rank holds all gradients, because a batch
 * may name any of them. Three sums cross the network, each added in the fixed tree over its blocks.
 */
#include "optimizer.h"

struct noise {
    const struct team *team;
    size_t N, P, K, B;
    const scalar *g;    /* (N,P) all */
    const scalar *own;  /* this rank's samples */
    const int *batches; /* this rank's batches */
    scalar *full;
};

static void check_batches(struct question *q, const int *batches, size_t K, size_t B)
{
    for (size_t i = 0; i < K * B; i++)
        for (size_t j = i / B * B; j < i; j++)
            if (batches[i] == batches[j])
                question_refuse(q, "its input 'batches' names sample %d twice in batch %zu",
                                batches[i], i / B);
}

/* What a sum adds for element i of this rank, to leaf (P). */
typedef void (*part)(const struct noise *is, scalar *leaf, size_t i);

static void add_gradient(const struct noise *is, scalar *leaf, size_t n)
{
    for (size_t p = 0; p < is->P; p++)
        leaf[p] = leaf[p] + is->own[n * is->P + p];
}

static void add_square(const struct noise *is, scalar *leaf, size_t n)
{
    for (size_t p = 0; p < is->P; p++) {
        const scalar d = is->own[n * is->P + p] - is->full[p];
        leaf[p] = leaf[p] + d * d;
    }
}

static void add_batch(const struct noise *is, scalar *leaf, size_t k)
{
    for (size_t p = 0; p < is->P; p++) {
        scalar sum = 0;
        for (size_t b = 0; b < is->B; b++)
            sum = sum + is->g[(size_t)is->batches[k * is->B + b] * is->P + p];
        const scalar d = sum / (scalar)is->B - is->full[p];
        leaf[p] = leaf[p] + d * d;
    }
}

static void add_up(const struct noise *is, struct reduction *sum, part add, scalar *total)
{
    for (size_t b = 0; b < reduction_pieces(sum); b++) {
        const struct piece piece = reduction_piece(sum, b);
        scalar *leaf = reduction_leaf(sum);
        for (size_t i = piece.first; i < piece.first + piece.count; i++)
            add(is, leaf, i);
        reduction_push(sum);
    }
    reduction_finish(sum, total);
}

void gradient_noise_run(struct question *q)
{
    static const char *const yes_no[] = {"yes", "no", NULL};
    static const char *const divisors[] = {"population", "sample", NULL};
    struct noise is = {.team = question_team(q), .own = question_input(q, "g", "[N]P")};
    is.g = question_input(q, "g", "MP");
    is.N = question_size(q, 'N');
    is.P = question_size(q, 'P');
    const int *all = question_integers(q, "batches", "AB", 0, (int)is.N - 1);
    is.batches = question_integers(q, "batches", "[K]B", 0, (int)is.N - 1);
    is.K = question_size(q, 'K');
    is.B = question_size(q, 'B');
    const bool replaced = question_choice(q, "replacement", yes_no) == 0;
    const bool of_sample = question_choice(q, "divisor", divisors) == 1;
    if (is.N < 2)
        question_refuse(q, "its input 'g' has a single sample, which does not vary");
    if (!replaced)
        check_batches(q, all, is.K, is.B);
    scalar *variance = question_output(q, "variance", "P");
    scalar *measured = question_output(q, "measured", "P");
    scalar *predicted = question_output(q, "predicted", "P");
    scalar *noise_scale = question_output(q, "noise_scale", ""), noise = 0, signal = 0;
    is.full = question_output(q, "full", "P");
    struct reduction *samples = question_sum(q, 'N', is.P);
    add_up(&is, samples, add_gradient, is.full);
    for (size_t p = 0; p < is.P; p++)
        is.full[p] = is.full[p] / (scalar)is.N;
    add_up(&is, samples, add_square, variance);
    add_up(&is, question_sum(q, 'K', is.P), add_batch, measured);
    for (size_t p = 0; p < is.P; p++) {
        const scalar mean = variance[p] / (scalar)is.N / (scalar)is.B;
        predicted[p] = replaced ? mean : mean * ((scalar)(is.N - is.B) / (scalar)(is.N - 1));
        variance[p] = variance[p] / (scalar)(of_sample ? is.N - 1 : is.N);
        measured[p] = measured[p] / (scalar)is.K;
        noise = noise + variance[p];
        signal = signal + is.full[p] * is.full[p];
    }
    if (!(signal > 0))
        question_refuse(q, "the mean of its input 'g' is 0, and noise needs a signal");
    *noise_scale = noise / signal;
}
