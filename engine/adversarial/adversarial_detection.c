// SPDX-License-Identifier: MIT
/* Detection of adversarial inputs; definition in reference/adversarial/adversarial_detection.h.
 *
 * How it is distributed: the inputs are sharded, and for means and covariance the reference samples
 * too: their sums cross the network, chains over the samples of each canonical block, then the
 * fixed tree over the blocks. Every rank factorises the covariance. For densities every rank holds
 * all reference samples, and nothing else crosses the network.
 */
#include "../techniques.h"

#include <string.h>

struct detector {
    struct question *q;
    const struct team *team;
    size_t rows, D, K;
    const scalar *f, *dscore;
    scalar *mean, *factor, *score, *df;
    scalar B;
};

/* Sums over the reference samples of `length` numbers each. */
static void total_of(struct question *q, size_t length,
                     void (*add)(const struct detector *, const scalar *, int, scalar *),
                     const struct detector *is, const scalar *r, const int *labels, scalar *total)
{
    struct reduction *sum = question_sum(q, 'M', length);
    for (size_t i = 0; i < reduction_pieces(sum); i++) {
        const struct piece piece = reduction_piece(sum, i);
        scalar *leaf = reduction_leaf(sum);
        for (size_t m = piece.first; m < piece.first + piece.count; m++)
            add(is, r + m * is->D, labels[m], leaf);
        reduction_push(sum);
    }
    reduction_finish(sum, total);
}

static void add_mean(const struct detector *is, const scalar *r, int label, scalar *leaf)
{
    leaf[is->K * is->D + (size_t)label] += 1;
    for (size_t d = 0; d < is->D; d++)
        leaf[(size_t)label * is->D + d] += r[d];
}

static void add_product(const struct detector *is, const scalar *r, int label, scalar *leaf)
{
    const size_t D = is->D;
    const scalar *mean = is->mean + (size_t)label * D;
    for (size_t i = 0; i < D; i++) {
        const scalar h = r[i] - mean[i];
        for (size_t j = 0; j <= i; j++) {
            const scalar g = r[j] - mean[j];
            team_product(is->team, false, false, 1, 1, 1, &h, 1, &g, 1, leaf + i * D + j, 1);
        }
    }
}

static void find_means(struct detector *is, const scalar *r, const int *labels)
{
    const size_t n = is->K * is->D;
    scalar *total = question_scratch(is->q, n + is->K);
    total_of(is->q, n + is->K, add_mean, is, r, labels, total);
    for (size_t i = 0; i < n; i++) {
        const scalar members = total[n + i / is->D];
        if (!(members > 0))
            question_refuse(is->q, "its 'labels' have no sample of class %zu", i / is->D);
        is->mean[i] = total[i] / members;
    }
}

static scalar dot(const struct detector *is, size_t n, const scalar *x, size_t stride,
                  const scalar *y)
{
    scalar sum = 0;
    for (size_t i = 0; i < n; i++)
        team_product(is->team, false, false, 1, 1, 1, x + i * stride, 1, y + i, 1, &sum, 1);
    return sum;
}

static void find_factor(struct detector *is, const scalar *r, const int *labels, scalar W,
                        scalar ridge)
{
    const size_t D = is->D;
    scalar *C = question_scratch(is->q, D * D), *l = is->factor;
    total_of(is->q, D * D, add_product, is, r, labels, C);
    for (size_t i = 0; i < D; i++) {
        for (size_t j = 0; j <= i; j++) {
            const scalar own = C[i * D + j] / W + (i == j ? ridge : 0);
            const scalar rest = own - dot(is, j, l + i * D, 1, l + j * D);
            if (i == j && !(rest > 0))
                question_refuse(is->q, "its input 'r' has a covariance that is not positive");
            l[i * D + j] = i == j ? scalar_sqrt(rest) : rest / l[j * D + j];
        }
    }
}

static void mahalanobis(struct detector *is, scalar *nearest)
{
    const size_t D = is->D;
    const scalar *l = is->factor;
    scalar *v = question_scratch(is->q, D), *best = question_scratch(is->q, D);
    for (size_t n = 0; n < is->rows; n++) {
        for (size_t c = 0; c < is->K; c++) {
            for (size_t i = 0; i < D; i++)
                v[i] = is->f[n * D + i] - is->mean[c * D + i];
            for (size_t i = 0; i < D; i++)
                v[i] = (v[i] - dot(is, i, l + i * D, 1, v)) / l[i * D + i];
            const scalar score = dot(is, D, v, 1, v);
            if (c > 0 && !(score < is->score[n]))
                continue;
            is->score[n] = score;
            nearest[n] = (scalar)c;
            memcpy(best, v, D * sizeof *v);
        }
        if (is->df == NULL)
            continue;
        for (size_t i = D; i-- > 0;)
            best[i] =
                (best[i] - dot(is, D - 1 - i, l + (i + 1) * D + i, D, best + i + 1)) / l[i * D + i];
        for (size_t i = 0; i < D; i++)
            is->df[n * D + i] = 2 * best[i] * is->dscore[n];
    }
}

/* The density of input n among the samples r (members,D) of its class. */
static void density(const struct detector *is, size_t n, const scalar *r, size_t members, scalar *e)
{
    const size_t D = is->D;
    const scalar *f = is->f + n * D;
    scalar most = 0, sum = 0;
    for (size_t m = 0; m < members; m++) {
        scalar d = 0;
        for (size_t i = 0; i < D; i++) {
            const scalar gap = f[i] - r[m * D + i];
            team_product(is->team, false, false, 1, 1, 1, &gap, 1, &gap, 1, &d, 1);
        }
        e[m] = -d / is->B;
        most = m == 0 || e[m] > most ? e[m] : most;
    }
    for (size_t m = 0; m < members; m++)
        e[m] -= most;
    is->team->kernels->exponential(members, e, e);
    for (size_t m = 0; m < members; m++)
        sum += e[m];
    scalar mean = sum / (scalar)members;
    is->team->kernels->logarithm(1, &mean, &mean);
    is->score[n] = -(mean + most);
    if (is->df == NULL)
        return;
    for (size_t i = 0; i < D; i++) {
        scalar slope = 0;
        for (size_t m = 0; m < members; m++) {
            const scalar weight = e[m] / sum * (2 / is->B), gap = f[i] - r[m * D + i];
            team_product(is->team, false, false, 1, 1, 1, &weight, 1, &gap, 1, &slope, 1);
        }
        is->df[n * D + i] = slope * is->dscore[n];
    }
}

static void run_mahalanobis(struct detector *is)
{
    static const char *const divisors[] = {"samples", "classes", NULL};
    struct question *q = is->q;
    const scalar *r = question_input(q, "r", "[M]D");
    const int *labels = question_integers(q, "labels", "[M]", 0, (int)is->K - 1);
    const scalar M = (scalar)question_size(q, 'M'), ridge = question_number_or(q, "ridge", 0);
    const scalar W = question_choice(q, "divisor", divisors) == 1 ? M - (scalar)is->K : M;
    if (!(ridge >= 0))
        question_refuse(q, "its 'ridge' is %g; give at least 0", (double)ridge);
    find_means(is, r, labels);
    if (!(W > 0))
        question_refuse(q, "its input 'r' has no more samples than classes");
    is->factor = question_output(q, "factor", "DE");
    find_factor(is, r, labels, W, ridge);
    mahalanobis(is, question_output(q, "nearest", "[N]"));
}

static void run_density(struct detector *is)
{
    static const char *const kernels[] = {"squared", "halved", NULL};
    struct question *q = is->q;
    const scalar *r = question_input(q, "r", "MD");
    const int *labels = question_integers(q, "labels", "M", 0, (int)is->K - 1);
    const int *predicted = question_integers(q, "predicted", "[N]", 0, (int)is->K - 1);
    const scalar sigma = question_number(q, "sigma");
    const size_t M = question_size(q, 'M');
    if (!(sigma > 0))
        question_refuse(q, "its 'sigma' is %g; give a number above 0", (double)sigma);
    is->B = sigma * sigma * (question_choice(q, "kernel", kernels) == 1 ? 2 : 1);
    scalar *sorted = question_scratch(q, M * is->D), *e = question_scratch(q, M);
    size_t *first = arena_take(question_arena(q), is->K + 1, sizeof *first);
    for (size_t c = 0; c < is->K; c++) {
        first[c + 1] = first[c];
        for (size_t m = 0; m < M; m++)
            if (labels[m] == (int)c)
                memcpy(sorted + first[c + 1]++ * is->D, r + m * is->D, is->D * sizeof *r);
        if (first[c + 1] == first[c])
            question_refuse(q, "its 'labels' have no sample of class %zu", c);
    }
    for (size_t n = 0; n < is->rows; n++) {
        const size_t c = (size_t)predicted[n];
        density(is, n, sorted + first[c] * is->D, first[c + 1] - first[c], e);
    }
}

void adversarial_detection_run(struct question *q)
{
    static const char *const methods[] = {"mahalanobis", "kernel_density", NULL};
    struct detector is = {.q = q, .team = question_team(q), .f = question_input(q, "f", "[N]D")};
    is.rows = question_part(q, 'N');
    is.D = question_size(q, 'D');
    is.K = question_count(q, "classes", 1, 1024);
    question_bind(q, 'E', is.D);
    is.mean = question_scratch(q, is.K * is.D);
    is.score = question_output(q, "score", "[N]");
    if (question_has(q, "dscore")) {
        is.dscore = question_input(q, "dscore", "[N]");
        is.df = question_output(q, "df", "[N]D");
    }
    const scalar threshold = question_number(q, "threshold");
    if (question_choice(q, "method", methods) == 0)
        run_mahalanobis(&is);
    else
        run_density(&is);
    scalar *detected = question_output(q, "detected", "[N]");
    for (size_t n = 0; n < is.rows; n++)
        detected[n] = is.score[n] > threshold;
}
