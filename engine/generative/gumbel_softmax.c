// SPDX-License-Identifier: MIT
/* Gumbel softmax; definition in reference/generative/gumbel_softmax.h.
 *
 * How it is distributed: sequences are sharded, the embedding is whole on every rank. Samples and
 * their gradients need nothing from others. The embedding's gradient crosses the network: a chain
 * over the places of the sequences of each canonical block, then the fixed tree over the blocks.
 */
#include "../techniques.h"

#include <string.h>

struct sample {
    struct question *q;
    const struct team *team;
    size_t places, L, K, E; /* places of this rank: its sequences times L */
    bool hard;
    scalar temperature;
    const scalar *z, *e;
    scalar *a, *s, *y;
};

static const char shape[] = "[N]LK";

static void add_noise(struct sample *is)
{
    static const char *const kinds[] = {"uniform", "gumbel", NULL};
    const bool given = question_choice(is->q, "noise", kinds) == 1;
    const scalar *noise = question_input(is->q, given ? "g" : "u", shape);
    const size_t count = is->places * is->K;
    scalar *a = is->a = question_scratch(is->q, count), outside = 0;
    for (size_t i = 0; i < count; i++) {
        a[i] = noise[i];
        if (!given && !(noise[i] > 0 && noise[i] < 1))
            outside = 1;
    }
    reduce_largest(is->team, &outside, 1);
    if (outside != 0)
        question_refuse(is->q, "its 'u' has an element that is not between 0 and 1");
    for (int twice = 0; !given && twice < 2; twice++) {
        is->team->kernels->logarithm(count, a, a);
        for (size_t i = 0; i < count; i++)
            a[i] = -a[i];
    }
    for (size_t i = 0; i < count; i++)
        a[i] = is->z[i] + a[i];
}

static void forward(struct sample *is)
{
    const size_t K = is->K, count = is->places * K;
    scalar *index = question_output(is->q, "index", "[N]L");
    is->y = question_output(is->q, "y", shape);
    is->s = question_scratch(is->q, count);
    for (size_t i = 0; i < is->places; i++) {
        const scalar *a = is->a + i * K;
        size_t best = 0;
        for (size_t k = 1; k < K; k++)
            best = a[k] > a[best] ? k : best;
        index[i] = (scalar)best;
        for (size_t k = 0; k < K; k++)
            is->s[i * K + k] = -(a[best] - a[k]) / is->temperature;
    }
    is->team->kernels->exponential(count, is->s, is->s);
    for (size_t i = 0; i < is->places; i++) {
        scalar *s = is->s + i * K, sum = 0;
        for (size_t k = 0; k < K; k++)
            sum += s[k];
        for (size_t k = 0; k < K; k++) {
            s[k] /= sum;
            is->y[i * K + k] = s[k];
            if (is->hard)
                is->y[i * K + k] = (scalar)k == index[i] ? 1 : 0;
        }
    }
    if (is->e != NULL)
        team_product(is->team, false, false, is->places, is->E, K, is->y, K, is->e, is->E,
                     question_output(is->q, "v", "[N]LE"), is->E);
}

static void embedding_gradient(const struct sample *is, const scalar *dv)
{
    const size_t K = is->K, E = is->E;
    struct reduction *sum = question_sum(is->q, 'N', K * E);
    for (size_t i = 0; i < reduction_pieces(sum); i++) {
        const struct piece piece = reduction_piece(sum, i);
        const size_t first = piece.first * is->L;
        team_product(is->team, true, false, K, E, piece.count * is->L, is->y + first * K, K,
                     dv + first * E, E, reduction_leaf(sum), E);
        reduction_push(sum);
    }
    reduction_finish(sum, question_output(is->q, "de", "KE"));
}

static void backward(const struct sample *is)
{
    const size_t K = is->K, E = is->E, count = is->places * K;
    scalar *dz = question_output(is->q, is->hard ? "estimate" : "dz", shape);
    scalar *ds = question_scratch(is->q, count), *mean = question_scratch(is->q, is->places);
    memcpy(ds, question_input(is->q, "dy", shape), count * sizeof *ds);
    if (is->e != NULL) {
        const scalar *dv = question_input(is->q, "dv", "[N]LE");
        team_product(is->team, false, true, is->places, K, E, dv, E, is->e, E, ds, K);
        embedding_gradient(is, dv);
    }
    team_row_products(is->team, is->places, K, is->s, ds, mean);
    for (size_t i = 0; i < count; i++)
        dz[i] = is->s[i] / is->temperature * (ds[i] - mean[i / K]);
}

void gumbel_softmax_run(struct question *q)
{
    static const char *const answers[] = {"no", "yes", NULL};
    struct sample is = {.q = q, .team = question_team(q), .z = question_input(q, "z", shape)};
    is.hard = question_choice(q, "hard", answers) == 1;
    is.temperature = question_number_or(q, "temperature", 1);
    is.L = question_size(q, 'L');
    is.K = question_size(q, 'K');
    is.places = question_part(q, 'N') * is.L;
    if (is.K == 0)
        question_refuse(q, "its 'z' has no categories to choose from");
    if (!(is.temperature > 0))
        question_refuse(q, "its 'temperature' must be above 0");
    if (question_has(q, "e")) {
        is.e = question_input(q, "e", "KE");
        is.E = question_size(q, 'E');
    }
    add_noise(&is);
    forward(&is);
    if (question_has(q, "dy"))
        backward(&is);
}
