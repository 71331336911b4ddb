// SPDX-License-Identifier: MIT
/* Perplexity; definition in reference/losses/perplexity.h.
 *
 * How it is distributed: the sequences are sharded, and a sequence is never split. One vector of
 * two numbers crosses the network, the sums over sequences of their entropies and, for averages
 * over sequences, of their perplexities: within a sequence a chain over its tokens, then the fixed
 * tree over the blocks. How many tokens count is known to every rank, whole numbers of the labels.
 */
#include "loss.h"

struct tokens {
    size_t rows, T, C, counted, sequences; /* of all ranks: counted, sequences */
    const int *labels;
    scalar *p;    /* (rows,T,C) */
    scalar *sums; /* (rows,2): entropy and perplexity of a sequence, as they are summed */
    scalar *W;    /* (rows): tokens that count */
};

/* p and the sums of q of this rank's sequences. */
static void forward(struct question *q, struct tokens *a, const scalar *z)
{
    const struct team *team = question_team(q);
    const size_t tokens = a->rows * a->T, C = a->C;
    scalar *s = question_scratch(q, tokens), *own = question_scratch(q, tokens);
    for (size_t i = 0; i < tokens; i++) {
        const scalar *row = z + i * C;
        scalar largest = row[0];
        for (size_t k = 1; k < C; k++)
            largest = row[k] > largest ? row[k] : largest;
        for (size_t k = 0; k < C; k++)
            a->p[i * C + k] = row[k] - largest;
        own[i] = a->labels[i] >= 0 ? row[a->labels[i]] - largest : 0;
    }
    team->kernels->exponential(tokens * C, a->p, a->p);
    for (size_t i = 0; i < tokens * C; i++)
        s[i / C] += a->p[i];
    for (size_t i = 0; i < tokens * C; i++)
        a->p[i] /= s[i / C];
    team->kernels->logarithm(tokens, s, s);
    for (size_t i = 0; i < tokens; i++) {
        a->sums[2 * (i / a->T)] += a->labels[i] >= 0 ? s[i] - own[i] : 0;
        a->W[i / a->T] += a->labels[i] >= 0 ? 1 : 0;
    }
}

/* All ranks look at all labels. */
static void count(struct question *q, struct tokens *a)
{
    const int *all = question_integers(q, "labels", "NT", -1, (int)a->C - 1);
    for (size_t n = 0; n < question_size(q, 'N'); n++) {
        const size_t before = a->counted;
        for (size_t t = 0; t < a->T; t++)
            a->counted += all[n * a->T + t] >= 0;
        a->sequences += a->counted > before;
    }
    if (a->counted == 0)
        question_refuse(q, "its 'labels' have no token that counts; give one");
    a->labels = question_integers(q, "labels", "[N]T", -1, (int)a->C - 1);
}

static void by_sequences(struct question *q, const struct tokens *a)
{
    for (size_t n = 0; n < a->rows; n++) {
        scalar *sums = a->sums + 2 * n;
        sums[0] = a->W[n] > 0 ? sums[0] / a->W[n] : 0;
        question_team(q)->kernels->exponential(1, &sums[1], &sums[0]);
        sums[1] = a->W[n] > 0 ? sums[1] : 0;
    }
}

void perplexity_run(struct question *q)
{
    static const char *const averages[] = {"tokens", "sequences", NULL};
    static const char *const units[] = {"nats", "bits", NULL};
    const bool sequences = question_choice(q, "average", averages) == 1;
    const bool bits = question_choice(q, "unit", units) == 1;
    const scalar *z = question_input(q, "z", "[N]TC");
    struct tokens a = {0};
    a.rows = question_part(q, 'N');
    a.T = question_size(q, 'T');
    a.C = question_size(q, 'C');
    if (a.C == 0)
        question_refuse(q, "its 'z' has no classes; give at least one");
    count(q, &a);
    a.p = question_scratch(q, a.rows * a.T * a.C);
    a.sums = question_scratch(q, 2 * a.rows);
    a.W = question_scratch(q, a.rows);
    forward(q, &a, z);
    if (sequences)
        by_sequences(q, &a);
    const scalar upstream = *question_input(q, "dperplexity", "");
    const scalar W = (scalar)a.counted, S = sequences ? (scalar)a.sequences : 1;
    scalar total[2];
    loss_sum_rows(q, 'N', 2, a.sums, total);
    total[0] /= sequences ? S : W;
    total[1] /= S;
    if (!sequences)
        question_team(q)->kernels->exponential(1, &total[1], &total[0]);
    question_output(q, "perplexity", "")[0] = total[1];
    question_output(q, "entropy", "")[0] =
        bits ? total[0] / (scalar)0.693147180559945309417232121458176568 : total[0];
    scalar *dz = question_output(q, "dz", "[N]TC");
    for (size_t i = 0; i < a.rows * a.T * a.C; i++) {
        const size_t token = i / a.C, n = token / a.T;
        const scalar one = a.labels[token] == (int)(i % a.C) ? 1 : 0;
        const scalar scale = upstream * (sequences ? a.sums[2 * n + 1] : total[1]);
        if (a.labels[token] >= 0)
            dz[i] = scale * (a.p[i] - one) / (sequences ? a.W[n] : W) / S;
    }
}
