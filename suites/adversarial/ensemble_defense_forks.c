// SPDX-License-Identifier: MIT
#include "defense_forks.h"

enum mistake {
    NONE,
    SUM_OF_MODELS,
    FIRST_MODEL,
    PRODUCT_NOT_NORMALISED,
    UNBIASED,
    VARIANCE_OF_LOGITS,
    VARIANCE_SUMMED,
    OVER_CLASSES,
    BITS,
    REVERSED,
    ENTROPY_OF_MEAN,
    UNORDERED_PAIRS,
    PAIRS_WITH_SELF,
    VOTE_ENTROPY_NORMALISED,
    FLAGGED_BELOW,
    MEAN_DETACHED,
    LOGARITHM_FORGOTTEN,
    NOT_AVERAGED_BACK,
    SCORE_GRADIENT_LOST
};

struct rival {
    enum mistake mistake;
    size_t M, N, K;
    int combine, score, last;
    const real *z;
    real *p, *l, *mean, *v;
};

/* Probabilities and their logarithms of sample n, without subtracting a common maximum. */
static void look(struct rival *is, size_t n)
{
    size_t M = is->M, K = is->K;
    for (size_t k = 0; k < K; k++)
        is->mean[k] = is->v[k] = 0;
    for (size_t m = M; m-- > 0;) {
        const real *z = is->z + (m * is->N + n) * K;
        size_t top = 0;
        rival_softmax(is->p + m * K, z, R(1.0), K);
        for (size_t k = 0; k < K; k++)
            top = z[k] > z[top] ? k : top;
        real rest = 0;
        for (size_t k = K; k-- > 0;)
            rest = rest + (k == top ? 0 : real_exp(z[k] - z[top]));
        for (size_t k = 0; k < K; k++) {
            is->l[m * K + k] = (z[k] - z[top]) - real_log1p(rest);
            is->mean[k] = is->mean[k] + is->p[m * K + k] / real_count(M);
        }
        is->v[top] = is->v[top] + 1;
    }
    for (size_t k = 0; k < K; k++)
        is->v[k] = is->v[k] / real_count(M);
}

static void combine(const struct rival *is, real *p, size_t n, real *scratch)
{
    size_t M = is->M, K = is->K;
    for (size_t k = 0; k < K; k++) {
        scratch[k] = 0;
        for (size_t m = M; m-- > 0;)
            scratch[k] = scratch[k] + is->z[(m * is->N + n) * K + k];
        p[k] = is->combine == 2 ? is->v[k] : is->mean[k];
        if (is->mistake == SUM_OF_MODELS)
            p[k] = p[k] * real_count(M);
        if (is->mistake == FIRST_MODEL && is->combine == 0)
            p[k] = is->p[k];
    }
    if (is->combine == 1)
        rival_softmax(p, scratch, is->mistake == PRODUCT_NOT_NORMALISED ? 1 : real_count(M), K);
}

/* The score: as differences of entropies and cross-entropies. */
static real score_of(const struct rival *is)
{
    size_t M = is->M, K = is->K;
    real sum = 0, models = real_count(M), unit = is->mistake == BITS ? real_log(R(2.0)) : 1;
    if (is->score == 1) {
        for (size_t i = M * K; i-- > 0;) {
            real gap = is->mistake == OVER_CLASSES         ? is->p[i] - 1 / real_count(K)
                       : is->mistake == VARIANCE_OF_LOGITS ? is->l[i] - is->l[i % K]
                                                           : is->p[i] - is->mean[i % K];
            sum = sum + gap * gap;
        }
        real share = is->mistake == UNBIASED && M > 1 ? models - 1 : models;
        return sum / share / (is->mistake == VARIANCE_SUMMED ? 1 : real_count(K));
    }
    if (is->score == 3) {
        for (size_t k = K; k-- > 0;)
            sum = sum - (is->v[k] > 0 ? is->v[k] * real_log(is->v[k]) : 0);
        return sum / unit / (is->mistake == VOTE_ENTROPY_NORMALISED ? real_log(real_count(K)) : 1);
    }
    for (size_t m = M; m-- > 0;) {
        for (size_t k = K; k-- > 0;) {
            real p = is->p[m * K + k], l = is->l[m * K + k], q = is->mean[k], log_q = real_log(q);
            if (is->score == 0 && is->mistake == ENTROPY_OF_MEAN)
                sum = sum - p * log_q;
            else if (is->score == 0)
                sum = sum + (is->mistake == REVERSED ? q * (log_q - l) : p * (l - log_q));
            for (size_t j = 0; is->score == 2 && j < M; j++) {
                real other = is->l[j * K + k];
                sum = sum + p * (l - other);
            }
        }
    }
    if (is->score == 0)
        return sum / models / unit;
    real pairs = is->mistake == PAIRS_WITH_SELF ? models * models : models * (models - 1);
    return sum / unit / (is->mistake == UNORDERED_PAIRS ? pairs / 2 : pairs);
}

/* d of the score by the logits of model m, class k: sums over all classes. */
static real score_slope(const struct rival *is, size_t m, size_t k)
{
    size_t M = is->M, K = is->K;
    real sum = 0, models = real_count(M), p_k = is->p[m * K + k];
    for (size_t c = K; c-- > 0;) {
        real p = is->p[m * K + c], jacobian = p * ((c == k ? 1 : 0) - p_k), slope = 0;
        if (is->score == 1)
            slope = 2 * (p - is->mean[c]) / models / real_count(K) *
                    (is->mistake == MEAN_DETACHED ? 1 - 1 / models : 1);
        if (is->score == 0)
            slope = (is->l[m * K + c] -
                     (is->mistake == LOGARITHM_FORGOTTEN ? 0 : real_log(is->mean[c]))) /
                    models;
        for (size_t j = 0; is->score == 2 && j < M; j++)
            slope = slope + (is->l[m * K + c] - is->l[j * K + c]) / (models * (models - 1));
        sum = sum + jacobian * slope;
    }
    for (size_t j = 0; is->score == 2 && j < M; j++)
        sum =
            sum +
            (is->mistake == MEAN_DETACHED ? 0 : (p_k - is->p[j * K + k]) / (models * (models - 1)));
    return is->score == 3 || is->mistake == SCORE_GRADIENT_LOST ? 0 : sum;
}

static void differentiate(const struct rival *is, real *dz, size_t n, const real *p, const real *dp,
                          real dscore)
{
    size_t M = is->M, K = is->K;
    real models = is->mistake == NOT_AVERAGED_BACK ? 1 : real_count(M);
    for (size_t i = 0; i < M * K; i++) {
        size_t m = i / K, k = i % K;
        const real *from = is->combine == 1 ? p : is->p + m * K;
        real sum = 0;
        for (size_t c = K; c-- > 0 && is->combine != 2;)
            sum = sum + from[c] * (dp[k] - dp[c]);
        dz[(m * is->N + n) * K + k] =
            from[k] * sum / models + (dscore == 0 ? 0 : dscore * score_slope(is, m, k));
    }
}

static struct rival read(struct call *call)
{
    static const char *const combines[] = {"probabilities", "logits", "vote", NULL};
    static const char *const scores[] = {"jensen_shannon", "variance", "pairwise", "vote_entropy",
                                         NULL};
    static const char *const ties[] = {"first", "last", NULL};
    const real *z = call_input(call, "z", "MNK");
    size_t M = call_size(call, 'M'), K = call_size(call, 'K');
    return (struct rival){.mistake = (enum mistake)call_variant(call),
                          .M = M,
                          .N = call_size(call, 'N'),
                          .K = K,
                          .combine = call_choice(call, "combine", combines),
                          .score = call_choice(call, "score", scores),
                          .last = call_choice(call, "ties", ties),
                          .z = z,
                          .p = call_scratch(call, M * K),
                          .l = call_scratch(call, M * K),
                          .mean = call_scratch(call, K),
                          .v = call_scratch(call, K)};
}

static void by_jacobians(struct call *call)
{
    struct rival is = read(call);
    size_t K = is.K;
    real threshold = call_number_or(call, "threshold", R(0.5));
    real *p = call_output(call, "p", "NK"), *class = call_output_integers(call, "class", "N");
    real *score = call_output(call, "score", "N"), *dz = NULL;
    real *flagged = call_output_integers(call, "flagged", "N"), *scratch = call_scratch(call, K);
    const real *dp = call_scratch(call, is.N * K), *dscore = call_scratch(call, is.N);
    dp = call_has(call, "dp") ? call_input(call, "dp", "NK") : dp;
    dscore = call_has(call, "dscore") ? call_input(call, "dscore", "N") : dscore;
    if (call_has(call, "dp") || call_has(call, "dscore"))
        dz = call_output(call, "dz", "MNK");
    for (size_t n = 0; n < is.N; n++) {
        size_t best = 0;
        look(&is, n);
        combine(&is, p + n * K, n, scratch);
        for (size_t k = 1; k < K; k++) {
            real gap = p[n * K + k] - p[n * K + best];
            best = gap > 0 || (gap == 0 && is.last && is.combine == 2) ? k : best;
        }
        class[n] = real_count(best);
        score[n] = score_of(&is);
        flagged[n] = is.mistake == FLAGGED_BELOW ? score[n] < threshold : score[n] > threshold;
        if (dz)
            differentiate(&is, dz, n, p + n * K, dp + n * K, dscore[n]);
    }
}

static const struct fork table[] = {
    {.info = {"by_jacobians", FORK_TWIN, "",
              "Full Jacobians of the softmax, models backwards, all pairs with themselves.", NULL},
     .answer = by_jacobians},
    {.info = {"sum_of_models", FORK_BUG, "", "The sum of the models, not their mean.", NULL},
     .answer = by_jacobians,
     .variant = SUM_OF_MODELS},
    {.info = {"first_model", FORK_BUG, "", "The first model decides.", NULL},
     .answer = by_jacobians,
     .variant = FIRST_MODEL},
    {.info = {"product", FORK_CONVENTION, "",
              "The product of the probabilities: logits are added, not averaged.", NULL},
     .answer = by_jacobians,
     .variant = PRODUCT_NOT_NORMALISED},
    {.info = {"probabilities_always", FORK_CONVENTION, "",
              "Mean probabilities whatever is asked for.", NULL},
     .instead = {"combine", "probabilities"}},
    {.info = {"logits_always", FORK_CONVENTION, "", "Mean logits whatever is asked for.", NULL},
     .instead = {"combine", "logits"}},
    {.info = {"vote_always", FORK_CONVENTION, "", "Votes whatever is asked for.", NULL},
     .instead = {"combine", "vote"}},
    {.info = {"unbiased", FORK_CONVENTION, "271", "The variance is divided by M - 1.", NULL},
     .answer = by_jacobians,
     .variant = UNBIASED},
    {.info = {"variance_of_logits", FORK_BUG, "",
              "Logarithms of probabilities, from those of the first model.", NULL},
     .answer = by_jacobians,
     .variant = VARIANCE_OF_LOGITS},
    {.info = {"variance_summed", FORK_CONVENTION, "", "The sum over the classes.", NULL},
     .answer = by_jacobians,
     .variant = VARIANCE_SUMMED},
    {.info = {"over_classes", FORK_BUG, "", "The variance over classes, not over models.", NULL},
     .answer = by_jacobians,
     .variant = OVER_CLASSES},
    {.info = {"bits", FORK_CONVENTION, "", "Logarithms of base 2.", NULL},
     .answer = by_jacobians,
     .variant = BITS},
    {.info = {"divergence_reversed", FORK_BUG, "38", "The divergence of the mean from each model.",
              NULL},
     .answer = by_jacobians,
     .variant = REVERSED},
    {.info = {"entropy_of_mean", FORK_CONVENTION, "",
              "The entropy of the mean alone: high for a doubtful input on which all agree.", NULL},
     .answer = by_jacobians,
     .variant = ENTROPY_OF_MEAN},
    {.info = {"unordered_pairs", FORK_BUG, "", "Divided by the number of unordered pairs.", NULL},
     .answer = by_jacobians,
     .variant = UNORDERED_PAIRS},
    {.info = {"pairs_with_self", FORK_CONVENTION, "", "Divided by M^2.", NULL},
     .answer = by_jacobians,
     .variant = PAIRS_WITH_SELF},
    {.info = {"vote_entropy_normalised", FORK_CONVENTION, "",
              "The entropy is divided by the logarithm of K.", NULL},
     .answer = by_jacobians,
     .variant = VOTE_ENTROPY_NORMALISED},
    {.info = {"flagged_below", FORK_BUG, "", "Agreement is flagged.", NULL},
     .answer = by_jacobians,
     .variant = FLAGGED_BELOW},
    {.info = {"mean_detached", FORK_BUG, "", "The other models' part of the gradient is left out.",
              NULL},
     .answer = by_jacobians,
     .variant = MEAN_DETACHED},
    {.info = {"logarithm_forgotten", FORK_BUG, "",
              "The gradient of the mean's entropy is left out.", NULL},
     .answer = by_jacobians,
     .variant = LOGARITHM_FORGOTTEN},
    {.info = {"not_averaged_back", FORK_BUG, "", "Each model gets the whole gradient.", NULL},
     .answer = by_jacobians,
     .variant = NOT_AVERAGED_BACK},
    {.info = {"score_gradient_lost", FORK_BUG, "", "The score has no gradient.", NULL},
     .answer = by_jacobians,
     .variant = SCORE_GRADIENT_LOST},
    {.info = {"ties_first_always", FORK_CONVENTION, "221", "Equal votes go to the first class.",
              NULL},
     .instead = {"ties", "first"}},
    {.info = {"ties_last_always", FORK_CONVENTION, "221", "Equal votes go to the last class.",
              NULL},
     .instead = {"ties", "last"}},
    {.info = {"variance_always", FORK_CONVENTION, "", "The variance whatever is asked for.", NULL},
     .instead = {"score", "variance"}},
    {.info = {"jensen_shannon_always", FORK_CONVENTION, "",
              "The information whatever is asked for.", NULL},
     .instead = {"score", "jensen_shannon"}},
};

const struct fork_list ensemble_defense_forks = {sizeof table / sizeof *table, table};
