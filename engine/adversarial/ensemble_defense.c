// SPDX-License-Identifier: MIT
/* Ensemble defence; definition in reference/adversarial/ensemble_defense.h.
 *
 * How it is distributed: the samples are sharded, each with the logits of all models. Nothing
 * crosses the network and nothing is added over ranks: models and classes of a sample are added in
 * order.
 */
#include "defense.h"

#include <string.h>

enum { PROBABILITIES, LOGITS, VOTE };
enum { JENSEN_SHANNON, VARIANCE, PAIRWISE, VOTE_ENTROPY };

struct committee {
    const struct team *team;
    size_t M, rows, K;
    int combine, score;
    bool last;
    const scalar *z;
    scalar *own; /* (M,K): logits of one sample */
    scalar *p, *l, *slope, *back;
    scalar *mean, *log_mean, *mean_z, *v, *common;
};

static size_t winner(const scalar *x, size_t n, bool last)
{
    size_t best = 0;
    for (size_t k = 1; k < n; k++)
        if (x[k] > x[best] || (last && x[k] == x[best]))
            best = k;
    return best;
}

static scalar chain(const scalar *x, size_t n, size_t stride)
{
    scalar sum = 0;
    for (size_t i = 0; i < n; i++)
        sum += x[i * stride];
    return sum;
}

static void look(struct committee *is, size_t n)
{
    const size_t M = is->M, K = is->K;
    for (size_t m = 0; m < M; m++)
        memcpy(is->own + m * K, is->z + (m * is->rows + n) * K, K * sizeof *is->z);
    memset(is->v, 0, K * sizeof *is->v);
    for (size_t m = 0; m < M; m++) {
        const scalar *z = is->own + m * K;
        scalar *p = is->p + m * K, *l = is->l + m * K;
        const size_t top = winner(z, K, false);
        for (size_t k = 0; k < K; k++)
            p[k] = l[k] = z[k] - z[top];
        is->team->kernels->exponential(K, p, p);
        const scalar s = chain(p, K, 1);
        scalar log_s = s;
        is->team->kernels->logarithm(1, &log_s, &log_s);
        for (size_t k = 0; k < K; k++) {
            p[k] /= s;
            l[k] -= log_s;
        }
        is->v[top] += 1;
    }
    for (size_t k = 0; k < K; k++) {
        is->mean[k] = chain(is->p + k, M, K) / (scalar)M;
        is->mean_z[k] = chain(is->own + k, M, K) / (scalar)M;
        is->v[k] /= (scalar)M;
    }
    is->team->kernels->logarithm(K, is->log_mean, is->mean);
}

static scalar divergence(const struct committee *is, size_t m, const scalar *log_q)
{
    scalar sum;
    for (size_t k = 0; k < is->K; k++)
        is->common[k] = is->l[m * is->K + k] - log_q[k];
    team_row_products(is->team, 1, is->K, is->p + m * is->K, is->common, &sum);
    return sum;
}

static scalar vote_entropy(const struct committee *is)
{
    scalar sum = 0;
    for (size_t k = 0; k < is->K; k++) {
        scalar log_v = is->v[k];
        if (log_v > 0) {
            is->team->kernels->logarithm(1, &log_v, &log_v);
            team_product(is->team, false, false, 1, 1, 1, is->v + k, 1, &log_v, 1, &sum, 1);
        }
    }
    return -sum;
}

static scalar variance(const struct committee *is)
{
    for (size_t k = 0; k < is->K; k++) {
        scalar squares = 0;
        for (size_t m = 0; m < is->M; m++) {
            const scalar gap = is->p[m * is->K + k] - is->mean[k];
            team_product(is->team, false, false, 1, 1, 1, &gap, 1, &gap, 1, &squares, 1);
        }
        is->common[k] = squares / (scalar)is->M;
    }
    return chain(is->common, is->K, 1) / (scalar)is->K;
}

static scalar disagreement(const struct committee *is)
{
    const scalar M = (scalar)is->M;
    scalar sum = 0;
    if (is->score == VOTE_ENTROPY)
        return vote_entropy(is);
    if (is->score == VARIANCE)
        return variance(is);
    for (size_t m = 0; m < is->M; m++) {
        if (is->score == JENSEN_SHANNON)
            sum += divergence(is, m, is->log_mean);
        for (size_t j = 0; is->score == PAIRWISE && j < is->M; j++)
            if (j != m)
                sum += divergence(is, m, is->l + j * is->K);
    }
    return sum / (is->score == PAIRWISE ? M * (M - 1) : M);
}

/* The slope of the score by p_m[k], i = m K + k. */
static scalar slope_of(const struct committee *is, size_t i)
{
    const size_t K = is->K, k = i % K;
    const scalar M = (scalar)is->M;
    scalar sum = 0;
    if (is->score == VARIANCE)
        return 2 * (is->p[i] - is->mean[k]) / (M * (scalar)K);
    if (is->score == JENSEN_SHANNON)
        return (is->l[i] - is->log_mean[k]) / M;
    if (is->score == VOTE_ENTROPY)
        return 0;
    for (size_t j = 0; j < is->M; j++)
        sum += is->l[i] - is->l[j * K + k];
    return sum / (M * (M - 1));
}

static void differentiate(const struct committee *is, scalar *dz, size_t n, const scalar *p,
                          const scalar *dp, scalar dscore)
{
    const size_t K = is->K;
    const scalar M = (scalar)is->M;
    for (size_t i = 0; i < is->M * K; i++) {
        is->slope[i] = is->combine == PROBABILITIES ? dp[i % K] / M : 0;
        is->slope[i] += slope_of(is, i) * dscore;
    }
    defense_softmax_backward(is->team, is->M, K, is->p, is->slope, is->back);
    memset(is->common, 0, K * sizeof *is->common);
    if (is->combine == LOGITS)
        defense_softmax_backward(is->team, 1, K, p, dp, is->common);
    for (size_t i = 0; i < is->M * K; i++) {
        scalar extra = 0;
        if (is->score == PAIRWISE)
            extra = (is->p[i] * M - chain(is->p + i % K, is->M, K)) / (M * (M - 1)) * dscore;
        dz[(i / K * is->rows + n) * K + i % K] = is->common[i % K] / M + is->back[i] + extra;
    }
}

static struct committee read(struct question *q)
{
    static const char *const combines[] = {"probabilities", "logits", "vote", NULL};
    static const char *const scores[] = {"jensen_shannon", "variance", "pairwise", "vote_entropy",
                                         NULL};
    static const char *const ties[] = {"first", "last", NULL};
    question_split_evenly(q, 'N');
    const scalar *z = question_input(q, "z", "M[N]K");
    struct committee is = {.team = question_team(q),
                           .M = question_size(q, 'M'),
                           .rows = question_part(q, 'N'),
                           .K = question_size(q, 'K'),
                           .combine = question_choice(q, "combine", combines),
                           .score = question_choice(q, "score", scores),
                           .last = question_choice(q, "ties", ties) == 1,
                           .z = z};
    if (is.M == 0 || is.K == 0 || (is.score == PAIRWISE && is.M < 2))
        question_refuse(q, "its input 'z' holds too few models or classes");
    const size_t n = is.M * is.K;
    scalar *space = question_scratch(q, 5 * n + 5 * is.K);
    is.own = space;
    is.p = space + n;
    is.l = space + 2 * n;
    is.slope = space + 3 * n;
    is.back = space + 4 * n;
    is.mean = space + 5 * n;
    is.log_mean = is.mean + is.K;
    is.mean_z = is.mean + 2 * is.K;
    is.v = is.mean + 3 * is.K;
    is.common = is.mean + 4 * is.K;
    return is;
}

void ensemble_defense_run(struct question *q)
{
    struct committee is = read(q);
    const size_t K = is.K;
    const scalar threshold = question_number_or(q, "threshold", (scalar)0.5);
    if (!(threshold >= 0))
        question_refuse(q, "its 'threshold' is below 0, as no score is");
    scalar *p = question_output(q, "p", "[N]K"), *class = question_output(q, "class", "[N]");
    scalar *score = question_output(q, "score", "[N]"), *dz = NULL;
    scalar *flagged = question_output(q, "flagged", "[N]");
    const scalar *dp = question_scratch(q, is.rows * K), *dscore = question_scratch(q, is.rows);
    if (question_has(q, "dp") || question_has(q, "dscore")) {
        dp = question_has(q, "dp") ? question_input(q, "dp", "[N]K") : dp;
        dscore = question_has(q, "dscore") ? question_input(q, "dscore", "[N]") : dscore;
        dz = question_output(q, "dz", "M[N]K");
    }
    for (size_t n = 0; n < is.rows; n++) {
        look(&is, n);
        if (is.combine == LOGITS)
            defense_softmax(is.team, 1, K, is.mean_z, p + n * K);
        else
            memcpy(p + n * K, is.combine == VOTE ? is.v : is.mean, K * sizeof *p);
        class[n] = (scalar)winner(p + n * K, K, is.last && is.combine == VOTE);
        score[n] = disagreement(&is);
        flagged[n] = score[n] > threshold;
        if (dz != NULL)
            differentiate(&is, dz, n, p + n * K, dp + n * K, dscore[n]);
    }
}
