// SPDX-License-Identifier: MIT
/* Minibatch discrimination; definition in reference/generative/minibatch_discrimination.h.
 *
 * How it is distributed: every sample meets every other. All ranks hold all samples and project
 * them alike; each rank then has the rows of its own samples, against all: their o, and their
 * gradients. What crosses the network, in one sum: the gradients of T and of the bias; chains over
 * the samples of a canonical block, then the fixed tree over the blocks.
 */
#include "../techniques.h"

#include <string.h>

struct minibatch {
    struct question *q;
    const struct team *team;
    size_t rows, first, N, A, B, C, BC, Q;
    bool excluded;
    scalar divisor;
    const scalar *x, *T, *bias; /* x: all samples */
    scalar *M, *k;              /* (N,B,C), (rows,N,B) */
};

static struct minibatch read_minibatch(struct question *q)
{
    static const char *const selves[] = {"included", "excluded", NULL};
    static const char *const reductions[] = {"sum", "mean", NULL};
    struct minibatch m = {.q = q, .team = question_team(q), .x = question_input(q, "x", "NA")};
    m.T = question_input(q, "T", "ABC");
    m.N = question_size(q, 'N');
    m.A = question_size(q, 'A');
    m.B = question_size(q, 'B');
    m.C = question_size(q, 'C');
    m.BC = m.B * m.C;
    m.Q = m.A + m.B;
    m.bias = question_has(q, "bias") ? question_input(q, "bias", "B") : NULL;
    m.excluded = question_choice(q, "self", selves) == 1;
    if (m.N == 0)
        question_refuse(q, "its 'x' holds no sample; give at least one");
    const size_t others = m.N - (m.excluded ? 1 : 0);
    const bool mean = question_choice(q, "reduction", reductions) == 1;
    if (mean && others == 0)
        question_refuse(q, "its convention 'self' is excluded, and there is nobody else");
    m.divisor = mean ? (scalar)others : 1;
    question_input(q, "x", "[N]A"); /* shards the samples */
    m.rows = question_part(q, 'N');
    m.first = question_first(q, 'N');
    m.M = question_scratch(q, m.N * m.BC);
    m.k = question_scratch(q, m.rows * m.N * m.B);
    return m;
}

/* k of this rank's samples against all. */
static void find_kernels(struct minibatch *m)
{
    team_product(m->team, false, false, m->N, m->BC, m->A, m->x, m->A, m->T, m->BC, m->M, m->BC);
    for (size_t i = 0; i < m->rows; i++)
        for (size_t j = 0; j < m->N; j++)
            for (size_t k = 0; k < m->BC; k++) {
                const scalar gap = m->M[(m->first + i) * m->BC + k] - m->M[j * m->BC + k];
                m->k[(i * m->N + j) * m->B + k / m->C] += scalar_absolute(gap);
            }
    for (size_t i = 0; i < m->rows * m->N * m->B; i++)
        m->k[i] = -m->k[i];
    m->team->kernels->exponential(m->rows * m->N * m->B, m->k, m->k);
}

/* dM (rows,B,C) of this rank's samples. */
static void pull_apart(const struct minibatch *m, const scalar *dy, scalar *dM)
{
    for (size_t i = 0; i < m->rows; i++) {
        const size_t n = m->first + i;
        for (size_t j = 0; j < m->N; j++)
            for (size_t k = 0; k < m->BC; k++) {
                const size_t b = k / m->C;
                const scalar gap = m->M[n * m->BC + k] - m->M[j * m->BC + k];
                const scalar below = gap < 0 ? -1 : 0, sign = gap > 0 ? 1 : below;
                const scalar both =
                    dy[n * m->Q + m->A + b] / m->divisor + dy[j * m->Q + m->A + b] / m->divisor;
                dM[i * m->BC + k] += -(both * m->k[(i * m->N + j) * m->B + b]) * sign;
            }
    }
}

/* total (A,B,C) and (B): dT and dbias. */
static void sum_parameters(const struct minibatch *m, const scalar *dM, const scalar *dy,
                           scalar *total)
{
    const size_t ABC = m->A * m->BC;
    struct reduction *sum = question_sum(m->q, 'N', ABC + m->B);
    for (size_t p = 0; p < reduction_pieces(sum); p++) {
        const struct piece piece = reduction_piece(sum, p);
        scalar *leaf = reduction_leaf(sum);
        const size_t n = m->first + piece.first;
        team_product(m->team, true, false, m->A, m->BC, piece.count, m->x + n * m->A, m->A,
                     dM + piece.first * m->BC, m->BC, leaf, m->BC);
        for (size_t i = 0; i < piece.count; i++)
            for (size_t b = 0; b < m->B; b++)
                leaf[ABC + b] += dy[(n + i) * m->Q + m->A + b];
        reduction_push(sum);
    }
    reduction_finish(sum, total);
}

static void differentiate(const struct minibatch *m)
{
    struct question *q = m->q;
    const size_t ABC = m->A * m->BC;
    const scalar *dy = question_input(q, "dy", "NQ");
    scalar *dx = question_output(q, "dx", "[N]A"), *dT = question_output(q, "dT", "ABC");
    scalar *dM = question_scratch(q, m->rows * m->BC), *total = question_scratch(q, ABC + m->B);
    pull_apart(m, dy, dM);
    for (size_t i = 0; i < m->rows; i++)
        memcpy(dx + i * m->A, dy + (m->first + i) * m->Q, m->A * sizeof *dx);
    team_product(m->team, false, true, m->rows, m->A, m->BC, dM, m->BC, m->T, m->BC, dx, m->A);
    sum_parameters(m, dM, dy, total);
    memcpy(dT, total, ABC * sizeof *dT);
    if (m->bias != NULL)
        memcpy(question_output(q, "dbias", "B"), total + ABC, m->B * sizeof *total);
}

void minibatch_discrimination_run(struct question *q)
{
    struct minibatch m = read_minibatch(q);
    find_kernels(&m);
    question_bind(q, 'Q', m.Q);
    scalar *o = question_output(q, "o", "[N]B"), *y = question_output(q, "y", "[N]Q");
    for (size_t i = 0; i < m.rows; i++) {
        memcpy(y + i * m.Q, m.x + (m.first + i) * m.A, m.A * sizeof *y);
        for (size_t b = 0; b < m.B; b++) {
            scalar sum = 0;
            for (size_t j = 0; j < m.N; j++)
                if (!m.excluded || j != m.first + i)
                    sum += m.k[(i * m.N + j) * m.B + b];
            sum /= m.divisor;
            o[i * m.B + b] = m.bias != NULL ? sum + m.bias[b] : sum;
            y[i * m.Q + m.A + b] = o[i * m.B + b];
        }
    }
    if (question_has(q, "dy"))
        differentiate(&m);
}
