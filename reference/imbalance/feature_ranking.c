// SPDX-License-Identifier: MIT
#include "feature_ranking.h"

struct ranking feature_ranking_read(struct call *call)
{
    static const char *const methods[] = {"anova", "chi_squared", NULL};
    static const char *const ranks[] = {"ordinal", "minimum", "average", NULL};
    static const char *const ties[] = {"first", "last", NULL};
    struct ranking is = {.C = call_count(call, "classes", 1, 1 << 12)};
    is.x = call_input(call, "x", "ND");
    is.label = call_integers(call, "label", "N", 0, (int)is.C - 1);
    is.N = call_size(call, 'N');
    is.D = call_size(call, 'D');
    is.block = call_block(call);
    is.by_chi = call_choice(call, "method", methods);
    is.ranks = call_choice(call, "ranks", ranks);
    is.last_wins = call_choice(call, "ties", ties);
    is.select = call_count_or(call, "select", 1, 1, is.D);
    is.count = call_scratch_integers(call, is.C);
    call_bind(call, 'C', is.C);
    for (size_t n = 0; n < is.N; n++)
        is.K += is.count[is.label[n]]++ == 0;
    if (is.K < 2 || is.N <= is.K)
        call_fail(call, "input 'label' has %zu samples of %zu classes", is.N, is.K);
    for (size_t i = 0; is.by_chi && i < is.N * is.D; i++) {
        if (!(is.x[i] >= 0))
            call_fail(call, "input 'x' must not be negative for the chi-squared score");
    }
    is.total = call_output(call, "total", "CD");
    is.score = call_output(call, "score", "D");
    is.rank = call_output(call, "rank", "D");
    is.selected = call_output_integers(call, "selected", "D");
    return is;
}

int ranking_is_constant(const struct ranking *is, size_t d)
{
    for (size_t n = 1; n < is->N; n++) {
        if (is->x[n * is->D + d] != is->x[d])
            return 0;
    }
    return 1;
}

static real anova(struct call *call, const struct ranking *is, size_t d, real *part)
{
    real all = sum_features(is->C, &is->total[d], is->D), between = 0;
    real mean = all / real_count(is->N), *own = call_scratch(call, is->C);
    for (size_t c = 0; c < is->C; c++) {
        if (is->count[c] == 0)
            continue;
        own[c] = is->total[c * is->D + d] / (real)is->count[c];
        real gap = own[c] - mean;
        between = between + (real)is->count[c] * (gap * gap);
    }
    for (size_t n = 0; n < is->N; n++) {
        real gap = is->x[n * is->D + d] - own[is->label[n]];
        part[n] = gap * gap;
    }
    real within = sum_samples(is->N, is->block, part, 1);
    if (!(within > 0))
        call_fail(call, "input 'x': feature %zu is constant in every class", d);
    return between / real_count(is->K - 1) / (within / real_count(is->N - is->K));
}

static real chi_squared(const struct ranking *is, size_t d)
{
    real all = sum_features(is->C, &is->total[d], is->D), score = 0;
    for (size_t c = 0; c < is->C; c++) {
        if (is->count[c] == 0)
            continue;
        real expected = (real)is->count[c] / real_count(is->N) * all;
        real gap = is->total[c * is->D + d] - expected;
        score = score + gap * gap / expected;
    }
    return score;
}

void ranking_score(struct call *call, const struct ranking *is)
{
    real *part = call_scratch(call, is->N);
    for (size_t i = 0; i < is->C * is->D; i++) {
        for (size_t n = 0; n < is->N; n++)
            part[n] = (size_t)is->label[n] == i / is->D ? is->x[n * is->D + i % is->D] : 0;
        is->total[i] = sum_samples(is->N, is->block, part, 1);
    }
    for (size_t d = 0; d < is->D; d++) {
        if (!ranking_is_constant(is, d))
            is->score[d] = is->by_chi ? chi_squared(is, d) : anova(call, is, d, part);
    }
}

void ranking_order(struct call *call, const struct ranking *is)
{
    for (size_t d = 0; d < is->D; d++) {
        size_t above = 0, equal = 0, before = 0;
        for (size_t e = 0; e < is->D; e++) {
            real gap = is->score[d] - is->score[e];
            if (e < d)
                call_decisions(call, 1, &gap);
            above += gap < 0;
            equal += gap == 0;
            before += gap == 0 && (is->last_wins ? e > d : e < d);
        }
        is->rank[d] = real_count(1 + above + before);
        is->selected[d] = above + before < is->select;
        if (is->ranks == 1)
            is->rank[d] = real_count(1 + above);
        if (is->ranks == 2)
            is->rank[d] = real_count(2 * above + equal + 1) / 2;
    }
}

void feature_ranking_answer(struct call *call)
{
    struct ranking is = feature_ranking_read(call);
    ranking_score(call, &is);
    ranking_order(call, &is);
}
