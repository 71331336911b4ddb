// SPDX-License-Identifier: MIT
/* Inception score; definition in reference/generative/inception_score.h.
 *
 * How it is distributed: every rank holds all predictions; the samples of each split are sharded by
 * a layout of its own. Two sums cross the network for each split: the marginal, then the
 * information of the samples.
 */
#include "../techniques.h"

struct judge {
    struct question *q;
    size_t C;
    bool entropies;
    const scalar *p, *log_p; /* (N,C) */
};

/* log (n) of p, 0 where p is 0. */
static void logarithms(struct question *q, scalar *log, const scalar *p, size_t n)
{
    for (size_t i = 0; i < n; i++)
        log[i] = p[i] > 0 ? p[i] : 1;
    question_team(q)->kernels->logarithm(n, log, log);
}

static scalar dot(const struct judge *j, const scalar *a, const scalar *b)
{
    scalar sum = 0;
    team_product(question_team(j->q), false, false, 1, 1, j->C, a, j->C, b, 1, &sum, 1);
    return sum;
}

/* total: q (C) if `information` is NULL, else their sum; of this rank's samples from `at`. */
static void add(struct reduction *sum, const struct judge *j, size_t at, const scalar *information,
                scalar *total)
{
    for (size_t i = 0; i < reduction_pieces(sum); i++) {
        const struct piece piece = reduction_piece(sum, i);
        scalar *leaf = reduction_leaf(sum);
        for (size_t n = piece.first; n < piece.first + piece.count; n++) {
            if (information != NULL)
                leaf[0] += information[n];
            for (size_t c = 0; information == NULL && c < j->C; c++)
                leaf[c] += j->p[(at + n) * j->C + c];
        }
        reduction_push(sum);
    }
    reduction_finish(sum, total);
}

/* The score of `count` samples from `first`; q (C) their marginal. */
static scalar score_split(const struct judge *j, size_t first, size_t count, scalar *q)
{
    const struct team *team = question_team(j->q);
    struct arena *arena = question_arena(j->q);
    struct layout *layout = arena_take(arena, 1, sizeof *layout);
    *layout = layout_create(arena, count, question_block(j->q), team->ranks);
    const size_t rows = layout_count(layout, team->rank);
    const size_t at = first + layout_first(layout, team->rank), C = j->C;
    scalar *log_q = question_scratch(j->q, C), *gap = question_scratch(j->q, C);
    scalar *information = question_scratch(j->q, rows + 1), mean;
    add(reduction_create(arena, team, layout, C), j, at, NULL, q);
    for (size_t c = 0; c < C; c++)
        q[c] /= (scalar)count;
    logarithms(j->q, log_q, q, C);
    for (size_t n = 0; n < rows; n++) {
        const scalar *p = j->p + (at + n) * C, *log_p = j->log_p + (at + n) * C;
        for (size_t c = 0; c < C; c++)
            gap[c] = j->entropies ? log_p[c] : p[c] > 0 ? log_p[c] - log_q[c] : 0;
        information[n] = dot(j, p, gap);
    }
    add(reduction_create(arena, team, layout, 1), j, at, information, &mean);
    mean /= (scalar)count;
    if (j->entropies)
        mean = -dot(j, q, log_q) + mean;
    team->kernels->exponential(1, &mean, &mean);
    return mean;
}

static void softmax(struct question *q, scalar *p, const scalar *z, size_t C)
{
    scalar largest = z[0], sum = 0;
    for (size_t c = 1; c < C; c++)
        largest = z[c] > largest ? z[c] : largest;
    for (size_t c = 0; c < C; c++)
        p[c] = z[c] - largest;
    question_team(q)->kernels->exponential(C, p, p);
    for (size_t c = 0; c < C; c++)
        sum += p[c];
    for (size_t c = 0; c < C; c++)
        p[c] /= sum;
}

void inception_score_run(struct question *q)
{
    static const char *const forms[] = {"divergence", "entropies", NULL};
    struct judge j = {.q = q, .entropies = question_choice(q, "form", forms) == 1};
    const bool logits = question_has(q, "z");
    const scalar *given = question_input(q, logits ? "z" : "p", "NC");
    const size_t N = question_size(q, 'N'), C = j.C = question_size(q, 'C');
    if (N == 0 || C == 0)
        question_refuse(q, "its input '%s' is empty", logits ? "z" : "p");
    const size_t S = question_count_or(q, "splits", 1, 1, N);
    const size_t ddof = question_count_or(q, "ddof", 0, 0, S - 1);
    scalar *p = question_scratch(q, N * C), *log_p = question_scratch(q, N * C);
    for (size_t i = 0; i < N * C; i++) {
        if (!logits && !(given[i] >= 0))
            question_refuse(q, "its input 'p' has a negative probability");
        p[i] = given[i];
    }
    for (size_t n = 0; logits && n < N; n++)
        softmax(q, p + n * C, given + n * C, C);
    logarithms(q, log_p, p, N * C);
    j.p = p;
    j.log_p = log_p;
    question_bind(q, 'S', S);
    scalar *score = question_output(q, "score", "S"), *mean = question_output(q, "mean", "");
    scalar *deviation = question_output(q, "deviation", ""), squares = 0;
    scalar *marginal = question_output(q, "marginal", "SC");
    for (size_t s = 0; s < S; s++) {
        const size_t first = s * N / S;
        score[s] = score_split(&j, first, (s + 1) * N / S - first, marginal + s * C);
        *mean += score[s];
    }
    *mean /= (scalar)S;
    for (size_t s = 0; s < S; s++)
        squares += (score[s] - *mean) * (score[s] - *mean);
    *deviation = scalar_sqrt(squares / (scalar)(S - ddof));
}
