// SPDX-License-Identifier: MIT
/* Scores of features; definition in reference/imbalance/feature_ranking.h.
 *
 * How it is distributed: the samples are sharded. Two sums over samples cross the network, of every
 * feature in every class and of the squared distances from the means, each a chain in the canonical
 * blocks and the fixed tree; and the largest values of x and -x, which tell what is constant.
 */
#include "../techniques.h"

struct table {
    size_t N, D, C, K;
    const scalar *x; /* this rank's (n,D) */
    const int *label;
    long long *count;
    bool *constant;
};

static void look(struct question *q, struct table *is)
{
    const size_t rows = question_part(q, 'N');
    is->count = arena_take(question_arena(q), is->C, sizeof *is->count);
    is->constant = arena_take(question_arena(q), is->D, sizeof *is->constant);
    for (size_t n = 0; n < rows; n++)
        is->count[is->label[n]]++;
    reduce_integers(question_team(q), is->count, is->C);
    for (size_t c = 0; c < is->C; c++)
        is->K += is->count[c] > 0;
    if (is->K < 2 || is->N <= is->K)
        question_refuse(q, "its input 'label' has %zu samples of %zu classes", is->N, is->K);
    const scalar *whole = question_input(q, "x", "ND");
    for (size_t d = 0; d < is->D; d++)
        is->constant[d] = true;
    for (size_t i = 0; i < is->N * is->D; i++)
        is->constant[i % is->D] = is->constant[i % is->D] && whole[i] == whole[i % is->D];
}

static void add_totals(struct question *q, const struct table *is, scalar *total)
{
    struct reduction *sum = question_sum(q, 'N', is->C * is->D);
    for (size_t i = 0; i < reduction_pieces(sum); i++) {
        const struct piece piece = reduction_piece(sum, i);
        scalar *leaf = reduction_leaf(sum);
        for (size_t n = piece.first; n < piece.first + piece.count; n++)
            for (size_t d = 0; d < is->D; d++)
                leaf[(size_t)is->label[n] * is->D + d] += is->x[n * is->D + d];
        reduction_push(sum);
    }
    reduction_finish(sum, total);
}

/* within (D) from the means of the classes (C,D). */
static void add_squares(struct question *q, const struct table *is, const scalar *mean,
                        scalar *within)
{
    struct reduction *sum = question_sum(q, 'N', is->D);
    for (size_t i = 0; i < reduction_pieces(sum); i++) {
        const struct piece piece = reduction_piece(sum, i);
        scalar *leaf = reduction_leaf(sum);
        for (size_t n = piece.first; n < piece.first + piece.count; n++)
            for (size_t d = 0; d < is->D; d++) {
                const scalar gap = is->x[n * is->D + d] - mean[(size_t)is->label[n] * is->D + d];
                leaf[d] += gap * gap;
            }
        reduction_push(sum);
    }
    reduction_finish(sum, within);
}

static void anova(struct question *q, const struct table *is, const scalar *total, scalar *score)
{
    const size_t D = is->D;
    scalar *mean = question_scratch(q, is->C * D), *within = question_scratch(q, D);
    for (size_t i = 0; i < is->C * D; i++)
        mean[i] = is->count[i / D] > 0 ? total[i] / (scalar)is->count[i / D] : 0;
    add_squares(q, is, mean, within);
    for (size_t d = 0; d < D; d++) {
        scalar all = 0, between = 0;
        for (size_t c = 0; c < is->C; c++)
            all += total[c * D + d];
        all /= (scalar)is->N;
        for (size_t c = 0; c < is->C; c++) {
            const scalar gap = mean[c * D + d] - all;
            between += (scalar)is->count[c] * (gap * gap);
        }
        if (is->constant[d])
            continue;
        if (!(within[d] > 0))
            question_refuse(q, "feature %zu of its input 'x' is constant in every class", d);
        score[d] = between / (scalar)(is->K - 1) / (within[d] / (scalar)(is->N - is->K));
    }
}

static void chi_squared(const struct table *is, const scalar *total, scalar *score)
{
    const size_t D = is->D;
    for (size_t d = 0; d < D; d++) {
        scalar all = 0;
        for (size_t c = 0; c < is->C; c++)
            all += total[c * D + d];
        for (size_t c = 0; c < is->C && !is->constant[d]; c++) {
            const scalar expected = (scalar)is->count[c] / (scalar)is->N * all;
            const scalar gap = total[c * D + d] - expected;
            if (is->count[c] > 0)
                score[d] += gap * gap / expected;
        }
    }
}

static void order(struct question *q, const struct table *is, const scalar *score)
{
    static const char *const ranks[] = {"ordinal", "minimum", "average", NULL};
    static const char *const ties[] = {"first", "last", NULL};
    const int kind = question_choice(q, "ranks", ranks);
    const bool last_wins = question_choice(q, "ties", ties) == 1;
    const size_t D = is->D, select = question_count_or(q, "select", 1, 1, D);
    scalar *rank = question_output(q, "rank", "D"), *selected = question_output(q, "selected", "D");
    for (size_t d = 0; d < D; d++) {
        size_t above = 0, equal = 0, before = 0;
        for (size_t e = 0; e < D; e++) {
            above += score[e] > score[d];
            equal += score[e] == score[d];
            before += score[e] == score[d] && (last_wins ? e > d : e < d);
        }
        const scalar ways[] = {(scalar)(1 + above + before), (scalar)(1 + above),
                               (scalar)(2 * above + equal + 1) / 2};
        rank[d] = ways[kind];
        selected[d] = above + before < select ? 1 : 0;
    }
}

void feature_ranking_run(struct question *q)
{
    static const char *const methods[] = {"anova", "chi_squared", NULL};
    struct table is = {.C = question_count(q, "classes", 1, 1 << 12)};
    is.x = question_input(q, "x", "[N]D");
    is.label = question_integers(q, "label", "[N]", 0, (int)is.C - 1);
    is.N = question_size(q, 'N');
    is.D = question_size(q, 'D');
    question_bind(q, 'C', is.C);
    const bool by_chi = question_choice(q, "method", methods) == 1;
    const scalar *whole = question_input(q, "x", "ND");
    for (size_t i = 0; by_chi && i < is.N * is.D; i++)
        if (!(whole[i] >= 0))
            question_refuse(q, "element %zu of its input 'x' is negative", i);
    look(q, &is);
    scalar *total = question_output(q, "total", "CD"), *score = question_output(q, "score", "D");
    add_totals(q, &is, total);
    if (by_chi)
        chi_squared(&is, total, score);
    else
        anova(q, &is, total, score);
    order(q, &is, score);
}
