// SPDX-License-Identifier: MIT
#include "ensemble_defense.h"

#include "../activations/softmax.h"

enum combine { PROBABILITIES, LOGITS, VOTE };
enum score { JENSEN_SHANNON, VARIANCE, PAIRWISE, VOTE_ENTROPY };

struct ensemble {
    struct call *call;
    size_t M, N, K;
    enum combine combine;
    enum score score;
    int last;
    const real *z;
    /* Of one sample: probabilities and their logarithms (M,K), means (K), shares of votes (K). */
    real *p, *l, *mean, *log_mean, *mean_z, *v;
    real *across; /* (M) or (K) numbers to be added */
};

static size_t largest(const real *x, size_t n, int last)
{
    size_t best = 0;
    for (size_t k = 1; k < n; k++)
        best = last ? (x[k] >= x[best] ? k : best) : (x[k] > x[best] ? k : best);
    return best;
}

/* The gaps between the largest of x and the others. */
static void decide(struct call *call, const real *x, size_t n)
{
    size_t best = largest(x, n, 0);
    for (size_t k = 0; k < n; k++) {
        real gap = x[best] - x[k];
        call_decisions(call, k != best, &gap);
    }
}

static const real *logits(const struct ensemble *is, size_t m, size_t n)
{
    return is->z + (m * is->N + n) * is->K;
}

/* Everything about sample n. */
static void look(struct ensemble *is, size_t n)
{
    size_t M = is->M, K = is->K;
    for (size_t k = 0; k < K; k++)
        is->v[k] = R(0.0);
    for (size_t m = 0; m < M; m++) {
        const real *z = logits(is, m, n);
        real *p = is->p + m * K, *l = is->l + m * K;
        size_t top = largest(z, K, 0);
        softmax_forward(p, z, 1, K);
        for (size_t k = 0; k < K; k++)
            is->across[k] = real_exp(z[k] - z[top]);
        real log_s = real_log(sum_features(K, is->across, 1));
        for (size_t k = 0; k < K; k++)
            l[k] = z[k] - z[top] - log_s;
        is->v[top] = is->v[top] + 1;
        if (is->combine == VOTE || is->score == VOTE_ENTROPY)
            decide(is->call, z, K);
    }
    for (size_t k = 0; k < K; k++) {
        is->mean[k] = sum_features(M, is->p + k, K) / real_count(M);
        is->log_mean[k] = real_log(is->mean[k]);
        is->mean_z[k] = sum_features(M, logits(is, 0, n) + k, is->N * K) / real_count(M);
        is->v[k] = is->v[k] / real_count(M);
    }
}

static real divergence(const struct ensemble *is, size_t m, const real *log_q)
{
    const real *p = is->p + m * is->K, *l = is->l + m * is->K;
    real sum = R(0.0);
    for (size_t k = 0; k < is->K; k++)
        sum = real_fma(p[k], l[k] - log_q[k], sum);
    return sum;
}

static real disagreement(struct ensemble *is)
{
    size_t M = is->M, K = is->K;
    real models = real_count(M), sum = R(0.0);
    if (is->score == VOTE_ENTROPY) {
        for (size_t k = 0; k < K; k++)
            sum = is->v[k] > 0 ? real_fma(is->v[k], real_log(is->v[k]), sum) : sum;
        return -sum;
    }
    if (is->score == VARIANCE) {
        for (size_t k = 0; k < K; k++) {
            real squares = R(0.0);
            for (size_t m = 0; m < M; m++) {
                real gap = is->p[m * K + k] - is->mean[k];
                squares = real_fma(gap, gap, squares);
            }
            is->across[k] = squares / models;
        }
        return sum_features(K, is->across, 1) / real_count(K);
    }
    for (size_t m = 0; m < M; m++) {
        for (size_t j = 0; is->score == PAIRWISE && j < M; j++)
            sum = j == m ? sum : sum + divergence(is, m, is->l + j * K);
        if (is->score == JENSEN_SHANNON)
            sum = sum + divergence(is, m, is->log_mean);
    }
    return sum / (is->score == PAIRWISE ? models * (models - 1) : models);
}

/* dp (M,K) of the score, added. */
static void add_score_slope(const struct ensemble *is, real *dp, real dscore)
{
    size_t M = is->M, K = is->K;
    real models = real_count(M);
    for (size_t i = 0; i < M * K; i++) {
        real slope = R(0.0), gap = is->p[i] - is->mean[i % K];
        if (is->score == VARIANCE)
            slope = 2 * gap / (models * real_count(K));
        if (is->score == JENSEN_SHANNON)
            slope = (is->l[i] - is->log_mean[i % K]) / models;
        if (is->score == PAIRWISE) {
            for (size_t j = 0; j < M; j++)
                slope = slope + (is->l[i] - is->l[j * K + i % K]);
            slope = slope / (models * (models - 1));
        }
        dp[i] = dp[i] + slope * dscore;
    }
}

/* dz of sample n, from dp (K) and dscore; each may be 0. */
static void differentiate(struct ensemble *is, real *dz, size_t n, const real *p, const real *dp,
                          real dscore)
{
    size_t M = is->M, K = is->K;
    real models = real_count(M);
    real *slope = call_scratch(is->call, M * K), *back = call_scratch(is->call, M * K);
    real *common = call_scratch(is->call, K);
    for (size_t i = 0; i < M * K && is->combine == PROBABILITIES; i++)
        slope[i] = dp[i % K] / models;
    add_score_slope(is, slope, dscore);
    softmax_backward(back, slope, is->p, M, K);
    if (is->combine == LOGITS)
        softmax_backward(common, dp, p, 1, K);
    for (size_t i = 0; i < M * K; i++) {
        real sum = sum_features(M, is->p + i % K, K);
        real extra = is->score == PAIRWISE
                         ? (is->p[i] * models - sum) / (models * (models - 1)) * dscore
                         : R(0.0);
        dz[(i / K * is->N + n) * K + i % K] = common[i % K] / models + back[i] + extra;
    }
}

static struct ensemble read(struct call *call)
{
    static const char *const combines[] = {"probabilities", "logits", "vote", NULL};
    static const char *const scores[] = {"jensen_shannon", "variance", "pairwise", "vote_entropy",
                                         NULL};
    static const char *const ties[] = {"first", "last", NULL};
    const real *z = call_input(call, "z", "MNK");
    struct ensemble is = {.call = call,
                          .M = call_size(call, 'M'),
                          .N = call_size(call, 'N'),
                          .K = call_size(call, 'K'),
                          .combine = (enum combine)call_choice(call, "combine", combines),
                          .score = (enum score)call_choice(call, "score", scores),
                          .last = call_choice(call, "ties", ties),
                          .z = z};
    if (is.M == 0 || is.K == 0 || (is.score == PAIRWISE && is.M < 2))
        call_fail(call, "input 'z' holds too few models or classes");
    is.p = call_scratch(call, is.M * is.K);
    is.l = call_scratch(call, is.M * is.K);
    is.mean = call_scratch(call, is.K);
    is.log_mean = call_scratch(call, is.K);
    is.mean_z = call_scratch(call, is.K);
    is.v = call_scratch(call, is.K);
    is.across = call_scratch(call, is.K);
    return is;
}

void ensemble_defense_answer(struct call *call)
{
    struct ensemble is = read(call);
    size_t K = is.K;
    real threshold = call_number_or(call, "threshold", R(0.5));
    if (!(threshold >= 0))
        call_fail(call, "number 'threshold' must be at least 0");
    real *p = call_output(call, "p", "NK"), *class = call_output_integers(call, "class", "N");
    real *score = call_output(call, "score", "N");
    real *flagged = call_output_integers(call, "flagged", "N"), *dz = NULL;
    const real *dp = call_scratch(call, is.N * K), *dscore = call_scratch(call, is.N);
    if (call_has(call, "dp") || call_has(call, "dscore")) {
        dp = call_has(call, "dp") ? call_input(call, "dp", "NK") : dp;
        dscore = call_has(call, "dscore") ? call_input(call, "dscore", "N") : dscore;
        dz = call_output(call, "dz", "MNK");
    }
    for (size_t n = 0; n < is.N; n++) {
        look(&is, n);
        if (is.combine == LOGITS)
            softmax_forward(p + n * K, is.mean_z, 1, K);
        for (size_t k = 0; is.combine != LOGITS && k < K; k++)
            p[n * K + k] = is.combine == VOTE ? is.v[k] : is.mean[k];
        if (is.combine != VOTE)
            decide(call, p + n * K, K);
        class[n] = real_count(largest(p + n * K, K, is.last && is.combine == VOTE));
        score[n] = disagreement(&is);
        real distance = score[n] - threshold;
        call_decisions(call, 1, &distance);
        flagged[n] = distance > 0;
        if (dz)
            differentiate(&is, dz, n, p + n * K, dp + n * K, dscore[n]);
    }
}
