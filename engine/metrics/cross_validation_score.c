// SPDX-License-Identifier: MIT
/* Cross-validated scores; definition in reference/metrics/cross_validation_score.h.
 *
 * How it is distributed: the samples are sharded. One sum crosses the network: the losses of every
 * model in every fold, and of every model in all. Every rank then finds the same scores and choice.
 */
#include "../techniques.h"

struct study {
    size_t N, M, K;
    bool larger, last;
    const scalar *mean;
};

/* By how much model m is worse than model `than`. */
static scalar worse(const struct study *s, size_t m, size_t than)
{
    return s->larger ? s->mean[than] - s->mean[m] : s->mean[m] - s->mean[than];
}

static size_t find_best(const struct study *s)
{
    size_t best = 0;
    for (size_t m = 1; m < s->M; m++) {
        const scalar rise = worse(s, m, best);
        if (rise < 0 || (s->last && rise == 0))
            best = m;
    }
    return best;
}

/* total (M (K + 1)): for each model its folds, then all. */
static void sum_losses(struct question *q, const struct study *s, const scalar *loss,
                       const int *fold, scalar *total)
{
    struct reduction *sum = question_sum(q, 'N', s->M * (s->K + 1));
    for (size_t i = 0; i < reduction_pieces(sum); i++) {
        const struct piece piece = reduction_piece(sum, i);
        scalar *leaf = reduction_leaf(sum);
        for (size_t n = piece.first; n < piece.first + piece.count; n++)
            for (size_t m = 0; m < s->M; m++) {
                leaf[m * (s->K + 1) + (size_t)fold[n]] += loss[n * s->M + m];
                leaf[m * (s->K + 1) + s->K] += loss[n * s->M + m];
            }
        reduction_push(sum);
    }
    reduction_finish(sum, total);
}

static const int *count_folds(struct question *q, const int *fold, size_t N, size_t K)
{
    int *count = arena_take(question_arena(q), K, sizeof *count);
    for (size_t n = 0; n < N; n++)
        count[fold[n]]++;
    for (size_t k = 0; k < K; k++)
        if (count[k] == 0)
            question_refuse(q, "its input 'fold' leaves fold %zu empty", k);
    return count;
}

void cross_validation_score_run(struct question *q)
{
    static const char *const aggregates[] = {"folds", "pooled", NULL};
    static const char *const betters[] = {"smaller", "larger", NULL};
    static const char *const rules[] = {"best", "one_standard_error", NULL};
    static const char *const ties[] = {"first", "last", NULL};
    const bool pooled = question_choice(q, "aggregate", aggregates) == 1;
    struct study s = {.larger = question_choice(q, "better", betters) == 1,
                      .last = question_choice(q, "ties", ties) == 1};
    const bool one_error = question_choice(q, "rule", rules) == 1;
    const scalar *loss = question_input(q, "loss", "[N]M");
    s.N = question_size(q, 'N');
    s.M = question_size(q, 'M');
    const size_t M = s.M, K = s.K = question_count(q, "folds", 2, 1024);
    const size_t ddof = question_count_or(q, "ddof", 0, 0, K - 1);
    const int *count = count_folds(q, question_integers(q, "fold", "N", 0, (int)K - 1), s.N, K);
    if (M == 0)
        question_refuse(q, "its input 'loss' is of no model");
    question_bind(q, 'K', K);
    scalar *score = question_output(q, "score", "MK"), *mean = question_output(q, "mean", "M");
    scalar *deviation = question_output(q, "deviation", "M");
    scalar *error = question_output(q, "standard_error", "M");
    scalar *total = question_scratch(q, M * (K + 1));
    sum_losses(q, &s, loss, question_integers(q, "fold", "[N]", 0, (int)K - 1), total);
    for (size_t m = 0; m < M; m++) {
        scalar sum = 0, squares = 0;
        for (size_t k = 0; k < K; k++)
            sum += score[m * K + k] = total[m * (K + 1) + k] / (scalar)count[k];
        const scalar center = sum / (scalar)K;
        for (size_t k = 0; k < K; k++) {
            const scalar gap = score[m * K + k] - center;
            squares += gap * gap;
        }
        deviation[m] = scalar_sqrt(squares / (scalar)(K - ddof));
        error[m] = deviation[m] / scalar_sqrt((scalar)K);
        mean[m] = pooled ? total[m * (K + 1) + K] / (scalar)s.N : center;
    }
    s.mean = mean;
    const size_t best = find_best(&s);
    size_t selected = one_error ? 0 : best;
    while (selected != best && !(error[best] - worse(&s, selected, best) >= 0))
        selected++;
    *question_output(q, "best", "") = (scalar)best;
    *question_output(q, "selected", "") = (scalar)selected;
}
