// SPDX-License-Identifier: MIT
/* Minibatch standard deviation; definition in reference/generative/minibatch_standard_deviation.h.
 *
 * How it is distributed: samples are sharded by blocks, groups are not: those of one group may be
 * on any ranks. Three sums cross the network, each of one row for every group, to which a sample
 * adds in its own group's row alone: values; squares about the mean; backwards, the gradient of the
 * statistic. Chains over the samples of a canonical block, then the fixed tree over the blocks.
 */
#include "../techniques.h"

#include <string.h>

struct groups {
    struct question *q;
    size_t rows, first, N, C, P, G, M, F, CP, QP, each; /* each: numbers of a statistic */
    bool contiguous;
    scalar divisor, epsilon;
    const scalar *x;
    scalar *centred, *s; /* (rows,C,P), (M,C,P) */
};

/* The group of this rank's sample i. */
static size_t group_of(const struct groups *g, size_t i)
{
    const size_t n = g->first + i;
    return g->contiguous ? n / g->G : n % g->M;
}

/* total (M, width): the sums over each group of rows x (rows, width), or of their squares. */
static void group_sums(const struct groups *g, size_t width, const scalar *x, bool squares,
                       scalar *total)
{
    const struct kernels *kernels = question_team(g->q)->kernels;
    struct reduction *sum = question_sum(g->q, 'N', g->M * width);
    for (size_t k = 0; k < reduction_pieces(sum); k++) {
        const struct piece piece = reduction_piece(sum, k);
        scalar *leaf = reduction_leaf(sum);
        for (size_t n = piece.first; n < piece.first + piece.count; n++) {
            scalar *to = leaf + group_of(g, n) * width;
            const scalar *row = x + n * width;
            if (squares)
                kernels->multiply_add(width, to, row, row);
            for (size_t i = 0; !squares && i < width; i++)
                to[i] += row[i];
        }
        reduction_push(sum);
    }
    reduction_finish(sum, total);
}

static struct groups read_groups(struct question *q)
{
    static const char *const orders[] = {"interleaved", "contiguous", NULL};
    static const char *const variances[] = {"biased", "unbiased", NULL};
    struct groups g = {.q = q, .x = question_input(q, "x", "[N]CP")};
    g.rows = question_part(q, 'N');
    g.first = question_first(q, 'N');
    g.N = question_size(q, 'N');
    g.C = question_size(q, 'C');
    g.P = question_size(q, 'P');
    if (g.N == 0 || g.C == 0 || g.P == 0)
        question_refuse(q, "its 'x' has no elements; give at least one");
    g.G = question_count_or(q, "group_size", 4, 1, 1u << 24);
    g.G = g.G < g.N ? g.G : g.N;
    g.F = question_count_or(q, "features", 1, 1, 1u << 24);
    if (g.N % g.G != 0)
        question_refuse(q, "its 'group_size' does not divide its %zu samples", g.N);
    if (g.C % g.F != 0)
        question_refuse(q, "its 'features' do not divide its %zu channels", g.C);
    g.M = g.N / g.G;
    g.CP = g.C * g.P;
    g.QP = g.CP + g.F * g.P;
    g.each = g.CP / g.F;
    g.contiguous = question_choice(q, "groups", orders) == 1;
    const size_t correction = question_choice(q, "variance", variances) == 1 ? 1 : 0;
    if (g.G == correction)
        question_refuse(q, "its 'variance' is unbiased, which a group of one has not");
    g.divisor = (scalar)(g.G - correction);
    g.epsilon = question_number_or(q, "epsilon", (scalar)1e-8);
    if (!(g.epsilon > 0))
        question_refuse(q, "its 'epsilon' is %g; give more than 0", (double)g.epsilon);
    g.centred = question_scratch(q, g.rows * g.CP);
    g.s = question_scratch(q, g.M * g.CP);
    return g;
}

static void find_deviations(struct groups *g)
{
    scalar *mean = question_scratch(g->q, g->M * g->CP);
    group_sums(g, g->CP, g->x, false, mean);
    for (size_t i = 0; i < g->M * g->CP; i++)
        mean[i] /= (scalar)g->G;
    for (size_t i = 0; i < g->rows * g->CP; i++)
        g->centred[i] = g->x[i] - mean[group_of(g, i / g->CP) * g->CP + i % g->CP];
    group_sums(g, g->CP, g->centred, true, g->s);
    for (size_t i = 0; i < g->M * g->CP; i++)
        g->s[i] = scalar_sqrt(g->s[i] / g->divisor + g->epsilon);
}

static void differentiate(struct groups *g)
{
    const scalar *dy = question_input(g->q, "dy", "[N]QP");
    scalar *dx = question_output(g->q, "dx", "[N]CP");
    scalar *row = question_scratch(g->q, g->rows * g->F);
    scalar *t = question_scratch(g->q, g->M * g->F);
    for (size_t i = 0; i < g->rows * g->F; i++)
        for (size_t p = 0; p < g->P; p++)
            row[i] += dy[i / g->F * g->QP + g->CP + i % g->F * g->P + p];
    group_sums(g, g->F, row, false, t);
    for (size_t i = 0; i < g->M * g->F; i++)
        t[i] /= (scalar)g->each;
    for (size_t i = 0; i < g->rows * g->CP; i++) {
        const size_t n = i / g->CP, at = i % g->CP, m = group_of(g, n);
        const scalar s = g->s[m * g->CP + at];
        dx[i] = dy[n * g->QP + at] + t[m * g->F + at / g->each] * g->centred[i] / (g->divisor * s);
    }
}

void minibatch_standard_deviation_run(struct question *q)
{
    struct groups g = read_groups(q);
    find_deviations(&g);
    question_bind(q, 'M', g.M);
    question_bind(q, 'F', g.F);
    question_bind(q, 'Q', g.C + g.F);
    scalar *statistic = question_output(q, "statistic", "MF");
    scalar *y = question_output(q, "y", "[N]QP");
    for (size_t i = 0; i < g.M * g.CP; i++)
        statistic[i / g.each] += g.s[i];
    for (size_t i = 0; i < g.M * g.F; i++)
        statistic[i] /= (scalar)g.each;
    for (size_t n = 0; n < g.rows; n++) {
        memcpy(y + n * g.QP, g.x + n * g.CP, g.CP * sizeof *y);
        for (size_t k = 0; k < g.F * g.P; k++)
            y[n * g.QP + g.CP + k] = statistic[group_of(&g, n) * g.F + k / g.P];
    }
    if (question_has(q, "dy"))
        differentiate(&g);
}
