// SPDX-License-Identifier: MIT
/* Measures of a regression; definition in reference/metrics/regression_metrics.h.
 *
 * How it is distributed: the samples are sharded. Two sums cross the network: the weights with the
 * weighted |e|, e^2, e and t of every target, then the squared deviations of t and e from their
 * means. Medians and largest errors need no arithmetic: every rank holds all samples and selects.
 */
#include "../techniques.h"

#include <stdlib.h>

enum { ABSOLUTE, SQUARED, ERRORS, TARGETS, FIRST_PARTS, SECOND_PARTS = 2 };

struct study {
    struct question *q;
    size_t N, K, rows;
    bool by_variance, root_of_mean, zero, lower, weighted;
    const scalar *y, *t; /* all samples */
    scalar *w, *part;    /* (N); of this rank (rows, parts of K) */
};

/* total: sum of the weights if `weights`, then of w part, over all samples. */
static void sum_parts(const struct study *s, size_t width, bool weights, scalar *total)
{
    struct reduction *sum = question_sum(s->q, 'N', width + (weights ? 1 : 0));
    const scalar *w = s->w + question_first(s->q, 'N');
    for (size_t i = 0; i < reduction_pieces(sum); i++) {
        const struct piece piece = reduction_piece(sum, i);
        scalar *leaf = reduction_leaf(sum);
        for (size_t n = piece.first; n < piece.first + piece.count; n++) {
            question_team(s->q)->kernels->scale_add(width, leaf, w[n], s->part + n * width);
            if (weights)
                leaf[width] += w[n];
        }
        reduction_push(sum);
    }
    reduction_finish(sum, total);
}

static void fill_first(const struct study *s)
{
    const size_t K = s->K, first = question_first(s->q, 'N');
    for (size_t n = 0; n < s->rows; n++) {
        scalar *part = s->part + n * FIRST_PARTS * K;
        for (size_t k = 0; k < K; k++) {
            const scalar t = s->t[(first + n) * K + k], e = t - s->y[(first + n) * K + k];
            part[ABSOLUTE * K + k] = scalar_absolute(e);
            part[SQUARED * K + k] = e * e;
            part[ERRORS * K + k] = e;
            part[TARGETS * K + k] = t;
        }
    }
}

/* mean (2 K): of the targets, then of the errors. */
static void fill_second(const struct study *s, const scalar *mean)
{
    const size_t K = s->K, first = question_first(s->q, 'N');
    for (size_t n = 0; n < s->rows; n++)
        for (size_t k = 0; k < K; k++) {
            const scalar t = s->t[(first + n) * K + k], e = t - s->y[(first + n) * K + k];
            const scalar of_t = t - mean[k], of_e = e - mean[K + k];
            s->part[n * SECOND_PARTS * K + k] = of_t * of_t;
            s->part[n * SECOND_PARTS * K + K + k] = of_e * of_e;
        }
}

struct error {
    scalar size, weight;
    size_t place;
};

static int by_size(const void *left, const void *right)
{
    const struct error *a = left, *b = right;
    if (a->size != b->size)
        return a->size < b->size ? -1 : 1;
    return a->place < b->place ? -1 : 1;
}

static scalar median(const struct study *s, const struct error *error, scalar W)
{
    const scalar low = error[(s->N - 1) / 2].size, high = error[s->N / 2].size;
    if (!s->weighted)
        return s->lower ? low : (low + high) / 2;
    scalar reached = 0;
    size_t i = 0;
    for (; i + 1 < s->N; i++) {
        reached += error[i].weight;
        if (reached >= W / 2)
            break;
    }
    return error[i].size;
}

static void select_errors(const struct study *s, scalar W, scalar *middle, scalar *largest)
{
    struct error *error = arena_take(question_arena(s->q), s->N, sizeof *error);
    for (size_t k = 0; k < s->K; k++) {
        for (size_t n = 0; n < s->N; n++) {
            const size_t at = n * s->K + k;
            error[n] = (struct error){scalar_absolute(s->t[at] - s->y[at]), s->w[n], n};
        }
        qsort(error, s->N, sizeof *error, by_size);
        middle[k] = median(s, error, W);
        largest[k] = error[s->N - 1].size;
    }
}

static scalar explained_share(const struct study *s, scalar part, scalar total)
{
    if (total == 0)
        return part == 0 && !s->zero ? 1 : 0;
    return 1 - part / total;
}

static scalar average(const struct study *s, const scalar *of, const scalar *weights)
{
    scalar sum = 0, all = 0;
    for (size_t k = 0; weights && k < s->K; k++)
        all += weights[k];
    if (all != 0) {
        team_product(question_team(s->q), false, false, 1, 1, s->K, weights, s->K, of, 1, &sum, 1);
        return sum / all;
    }
    for (size_t k = 0; k < s->K; k++)
        sum += of[k];
    return sum / (scalar)s->K;
}

static struct study read_study(struct question *q)
{
    static const char *const averages[] = {"uniform", "variance_weighted", NULL};
    static const char *const roots[] = {"mean_of_roots", "root_of_mean", NULL};
    static const char *const constants[] = {"finite", "zero", NULL};
    static const char *const medians[] = {"middle", "lower", NULL};
    struct study s = {.q = q,
                      .by_variance = question_choice(q, "average", averages) == 1,
                      .root_of_mean = question_choice(q, "rmse", roots) == 1,
                      .zero = question_choice(q, "constant", constants) == 1,
                      .lower = question_choice(q, "median", medians) == 1,
                      .weighted = question_has(q, "weight")};
    question_input(q, "y", "[N]K");
    s.y = question_input(q, "y", "NK");
    s.N = question_size(q, 'N');
    s.K = question_size(q, 'K');
    s.rows = question_part(q, 'N');
    if (s.N == 0 || s.K == 0)
        question_refuse(q, "its input 'y' is empty");
    s.t = question_input(q, "t", "NK");
    const scalar *given = s.weighted ? question_input(q, "weight", "N") : NULL;
    s.w = question_scratch(q, s.N);
    for (size_t n = 0; n < s.N; n++) {
        s.w[n] = given ? given[n] : 1;
        if (!(s.w[n] >= 0))
            question_refuse(q, "its input 'weight' is negative for sample %zu", n);
    }
    s.part = question_scratch(q, s.rows * FIRST_PARTS * s.K);
    return s;
}

void regression_metrics_run(struct question *q)
{
    struct study s = read_study(q);
    const size_t K = s.K;
    scalar *mae = question_output(q, "mae", "K"), *mse = question_output(q, "mse", "K");
    scalar *rmse = question_output(q, "rmse", "K"),
           *r_squared = question_output(q, "r_squared", "K");
    scalar *explained = question_output(q, "explained_variance", "K");
    scalar *middle = question_output(q, "median_absolute_error", "K");
    scalar *largest = question_output(q, "max_error", "K");
    scalar *sums = question_scratch(q, FIRST_PARTS * K + 1), *mean = question_scratch(q, 2 * K);
    scalar *scatter = question_scratch(q, SECOND_PARTS * K);
    fill_first(&s);
    sum_parts(&s, FIRST_PARTS * K, true, sums);
    const scalar W = sums[FIRST_PARTS * K];
    if (!(W > 0))
        question_refuse(q, "its input 'weight' adds up to 0");
    for (size_t k = 0; k < K; k++) {
        mae[k] = sums[ABSOLUTE * K + k] / W;
        mse[k] = sums[SQUARED * K + k] / W;
        rmse[k] = scalar_sqrt(mse[k]);
        mean[k] = sums[TARGETS * K + k] / W;
        mean[K + k] = sums[ERRORS * K + k] / W;
    }
    fill_second(&s, mean);
    sum_parts(&s, SECOND_PARTS * K, false, scatter);
    for (size_t k = 0; k < K; k++) {
        r_squared[k] = explained_share(&s, sums[SQUARED * K + k], scatter[k]);
        explained[k] = explained_share(&s, scatter[K + k], scatter[k]);
    }
    select_errors(&s, W, middle, largest);
    const scalar *weights = s.by_variance ? scatter : NULL;
    *question_output(q, "mean_mae", "") = average(&s, mae, NULL);
    scalar mean_mse = *question_output(q, "mean_mse", "") = average(&s, mse, NULL);
    *question_output(q, "mean_rmse", "") =
        s.root_of_mean ? scalar_sqrt(mean_mse) : average(&s, rmse, NULL);
    *question_output(q, "mean_r_squared", "") = average(&s, r_squared, weights);
    *question_output(q, "mean_explained_variance", "") = average(&s, explained, weights);
}
