// SPDX-License-Identifier: MIT
/* Learning curve; definition in reference/foundations/learning_curve.h.
 *
 * How it is distributed: every rank holds all samples, and for each size owns some blocks of the
 * first n. For ridge one sum over them crosses the network, of all products of features and of
 * features with y, and every rank solves the same small system. Test points are sharded; points are
 * predicted where they are owned, and their losses summed over blocks.
 */
#include "../techniques.h"

#include <string.h>

enum learner { NEAREST, RIDGE };
enum intercept { FREE, PENALISED, NO_INTERCEPT };

/* This rank's part of some points. */
struct points {
    size_t all, rows;
    const scalar *x, *y;
    const struct layout *layout; /* of samples only */
    struct reduction *losses;
};

struct study {
    const struct team *team;
    struct arena *arena;
    size_t D, W; /* W: features and the 1 after them */
    bool manhattan, mean_penalty, zero_one;
    enum intercept intercept;
    scalar l2;
    const scalar *x, *y;       /* all samples */
    scalar *extended;          /* (N,W) */
    scalar *v, *total;         /* (W); h (W,W), then the right side (W) */
    scalar *step, *far, *loss; /* (N,D), (N), (points) */
};

static scalar chain(const struct study *s, scalar start, size_t n, const scalar *a, size_t stride,
                    const scalar *b)
{
    if (n > 0)
        team_product(s->team, true, false, 1, 1, n, a, stride, b, 1, &start, 1);
    return start;
}

/* total: h and the right side, over the first samples. */
static void add_products(const struct study *s, const struct points *seen)
{
    const size_t W = s->W, first = (size_t)(seen->y - s->y);
    struct reduction *sum = reduction_create(s->arena, s->team, seen->layout, W * W + W);
    for (size_t i = 0; i < reduction_pieces(sum); i++) {
        const struct piece piece = reduction_piece(sum, i);
        const scalar *x = s->extended + (first + piece.first) * W;
        scalar *leaf = reduction_leaf(sum);
        team_product(s->team, true, false, W, W, piece.count, x, W, x, W, leaf, W);
        team_product(s->team, true, false, W, 1, piece.count, x, W, seen->y + piece.first, 1,
                     leaf + W * W, 1);
        reduction_push(sum);
    }
    reduction_finish(sum, s->total);
}

/* v from total; false when h is not positive definite: on all ranks alike. */
static bool solve(const struct study *s, size_t K)
{
    const size_t W = s->W;
    scalar *h = s->total, *v = s->v;
    memcpy(v, h + W * W, K * sizeof *v);
    for (size_t i = 0; i < K; i++)
        for (size_t j = 0; j <= i; j++) {
            scalar rest = -chain(s, -h[i * W + j], j, h + i * W, 1, h + j * W);
            if (i == j && !(rest > 0))
                return false;
            h[i * W + j] = i == j ? scalar_sqrt(rest) : rest / h[j * W + j];
        }
    for (size_t i = 0; i < K; i++)
        v[i] = -chain(s, -v[i], i, h + i * W, 1, v) / h[i * W + i];
    for (size_t i = K; i-- > 0;)
        v[i] = -chain(s, -v[i], K - 1 - i, h + (i + 1) * W + i, W, v + i + 1) / h[i * W + i];
    return true;
}

static void fit(struct question *q, const struct study *s, const struct points *seen)
{
    const size_t K = s->intercept == NO_INTERCEPT ? s->D : s->W;
    const scalar l2 = s->mean_penalty ? s->l2 * (scalar)seen->all : s->l2;
    add_products(s, seen);
    for (size_t i = 0; i < (s->intercept == FREE ? s->D : K); i++)
        s->total[i * s->W + i] = s->total[i * s->W + i] + l2;
    s->v[s->D] = 0;
    if (!solve(s, K))
        question_refuse(q, "%zu of its samples do not determine the weights; give a number 'l2'",
                        seen->all);
}

/* y of the sample nearest to a among the first n. */
static scalar nearest(const struct study *s, size_t n, const scalar *a)
{
    size_t D = s->D, best = 0;
    for (size_t i = 0; i < n; i++) {
        s->far[i] = 0;
        for (size_t d = 0; d < D; d++) {
            s->step[i * D + d] = a[d] - s->x[i * D + d];
            s->far[i] += scalar_absolute(s->step[i * D + d]);
        }
    }
    if (!s->manhattan)
        team_row_products(s->team, n, D, s->step, s->step, s->far);
    for (size_t i = 1; i < n; i++)
        best = s->far[i] < s->far[best] ? i : best;
    return s->y[best];
}

/* The mean loss of a learner of the first n samples. Collective. */
static scalar mean_loss(const struct study *s, enum learner learner, size_t n,
                        const struct points *at)
{
    scalar sum;
    for (size_t m = 0; m < at->rows; m++) {
        const scalar *a = at->x + m * s->D;
        scalar f = learner == RIDGE ? chain(s, s->v[s->D], s->D, a, 1, s->v) : nearest(s, n, a);
        bool above = learner == RIDGE ? f >= 0 : f > 0;
        f = f - at->y[m];
        s->loss[m] = s->zero_one ? (scalar)(above != (at->y[m] > 0)) : f * f;
    }
    for (size_t i = 0; i < reduction_pieces(at->losses); i++) {
        const struct piece piece = reduction_piece(at->losses, i);
        scalar *leaf = reduction_leaf(at->losses);
        for (size_t m = piece.first; m < piece.first + piece.count; m++)
            leaf[0] += s->loss[m];
        reduction_push(at->losses);
    }
    reduction_finish(at->losses, &sum);
    return sum / (scalar)at->all;
}

static struct study read_study(struct question *q)
{
    static const char *const distances[] = {"euclidean", "manhattan", NULL};
    static const char *const penalties[] = {"sum", "mean", NULL};
    static const char *const intercepts[] = {"free", "penalised", "none", NULL};
    static const char *const measures[] = {"squared", "zero_one", NULL};
    struct study s = {.team = question_team(q), .arena = question_arena(q)};
    s.manhattan = question_choice(q, "distance", distances) == 1;
    s.mean_penalty = question_choice(q, "penalty", penalties) == 1;
    s.intercept = (enum intercept)question_choice(q, "intercept", intercepts);
    s.zero_one = question_choice(q, "measure", measures) == 1;
    s.l2 = question_number_or(q, "l2", 0);
    if (!(s.l2 >= 0))
        question_refuse(q, "its number 'l2' is negative and would reward large weights");
    s.x = question_input(q, "x", "ND");
    s.y = question_input(q, "y", "N");
    size_t N = question_size(q, 'N'), D = s.D = question_size(q, 'D'), W = s.W = D + 1;
    s.extended = question_scratch(q, N * W);
    for (size_t n = 0; n < N; n++) {
        memcpy(s.extended + n * W, s.x + n * D, D * sizeof *s.x);
        s.extended[n * W + D] = 1;
    }
    s.v = question_scratch(q, W);
    s.total = question_scratch(q, W * W + W);
    s.step = question_scratch(q, N * D);
    s.far = question_scratch(q, N);
    return s;
}

static void check_sizes(struct question *q, const struct study *s, const int *sizes, bool fits)
{
    const size_t weights = s->intercept == NO_INTERCEPT ? s->D : s->W, K = question_size(q, 'K');
    if (question_size(q, 'M') == 0)
        question_refuse(q, "its input 'test_x' has no points; give at least one");
    if (K == 0)
        question_refuse(q, "its input 'sizes' is empty");
    for (size_t k = 1; k < K; k++)
        if (sizes[k] <= sizes[k - 1])
            question_refuse(q, "element %zu of its input 'sizes' does not rise", k);
    if (fits && s->l2 == 0 && (size_t)sizes[0] < weights)
        question_refuse(q, "element 0 of its input 'sizes' is below the number of weights");
}

/* The first n samples, as this rank owns them. */
static struct points first_samples(struct question *q, const struct study *s, size_t n)
{
    struct layout *layout = arena_take(s->arena, 1, sizeof *layout);
    *layout = layout_create(s->arena, n, question_block(q), s->team->ranks);
    const size_t first = layout_first(layout, s->team->rank);
    return (struct points){.all = n,
                           .rows = layout_count(layout, s->team->rank),
                           .x = s->x + first * s->D,
                           .y = s->y + first,
                           .layout = layout,
                           .losses = reduction_create(s->arena, s->team, layout, 1)};
}

static void judge(struct question *q, const scalar *error, const scalar *others)
{
    scalar *advantage = question_output(q, "advantage", "K");
    const size_t K = question_size(q, 'K');
    size_t overtakes = K;
    for (size_t k = K; k-- > 0;) {
        advantage[k] = others[k] - error[k];
        overtakes = advantage[k] > 0 ? k : overtakes;
    }
    question_output(q, "overtakes", "")[0] = (scalar)overtakes;
}

void learning_curve_run(struct question *q)
{
    static const char *const learners[] = {"nearest_neighbour", "ridge", NULL};
    static const char *const rivals[] = {"nobody", "nearest_neighbour", "ridge", NULL};
    const enum learner learner = (enum learner)question_choice(q, "learner", learners);
    const int rival = question_choice(q, "against", rivals) - 1;
    const bool fits = learner == RIDGE || rival == RIDGE;
    struct study s = read_study(q);
    struct points test = {.x = question_input(q, "test_x", "[M]D"),
                          .y = question_input(q, "test_y", "[M]")};
    const int *sizes = question_integers(q, "sizes", "K", 1, (int)question_size(q, 'N'));
    check_sizes(q, &s, sizes, fits);
    test.all = question_size(q, 'M');
    test.rows = question_part(q, 'M');
    test.losses = question_sum(q, 'M', 1);
    const size_t N = question_size(q, 'N'), K = question_size(q, 'K');
    s.loss = question_scratch(q, N > test.rows ? N : test.rows);
    scalar *error = question_output(q, "error", "K"), *others = question_scratch(q, K);
    scalar *training = question_output(q, "training_error", "K");
    scalar *gap = question_output(q, "gap", "K");
    for (size_t k = 0; k < K; k++) {
        const size_t n = (size_t)sizes[k];
        const struct points seen = first_samples(q, &s, n);
        if (fits)
            fit(q, &s, &seen);
        error[k] = mean_loss(&s, learner, n, &test);
        training[k] = mean_loss(&s, learner, n, &seen);
        gap[k] = error[k] - training[k];
        if (rival >= 0)
            others[k] = mean_loss(&s, (enum learner)rival, n, &test);
    }
    if (rival >= 0)
        judge(q, error, others);
}
