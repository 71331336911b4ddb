// SPDX-License-Identifier: MIT
#include "../fork.h"

enum mistake {
    NONE,
    ROOT,
    HALVED,
    IDENTITY,
    DIAGONAL,
    OWN_MEAN_ONLY,
    LARGEST,
    NO_RIDGE,
    SIGN,
    NOT_INVERTED,
    GRADIENT_ONCE,
    ALL_CLASSES,
    SUM_NOT_MEAN,
    NOT_LOGARITHM,
    DISTANCE_NOT_SQUARED,
    GRADIENT_UNWEIGHTED,
    DETECTED_BELOW,
    UPSTREAM_IGNORED,
    LAST_REFERENCE_LOST,
    DIRECT_SUM
};

struct rival {
    struct call *call;
    enum mistake mistake;
    size_t N, M, D, K;
    const real *f, *r, *dscore;
    const int *labels, *predicted;
    real *inverse, *mean, *score, *df; /* (D,D), (K,D) */
};

static void find_means(struct rival *is)
{
    for (size_t c = 0; c < is->K; c++) {
        real members = 0;
        for (size_t m = is->M; m-- > 0;) {
            if (is->labels[m] != (int)c && is->mistake != OWN_MEAN_ONLY)
                continue;
            members = members + 1;
            for (size_t d = 0; d < is->D; d++)
                is->mean[c * is->D + d] = is->mean[c * is->D + d] + is->r[m * is->D + d];
        }
        for (size_t d = 0; d < is->D; d++)
            is->mean[c * is->D + d] = is->mean[c * is->D + d] / members;
    }
}

/* The covariance (D,D). */
static real *covariance(const struct rival *is, real W, real ridge)
{
    size_t D = is->D, M = is->M - (is->mistake == LAST_REFERENCE_LOST);
    real *C = call_scratch(is->call, D * D);
    for (size_t i = 0; i < D * D; i++) {
        for (size_t m = M; m-- > 0;) {
            const real *mean = is->mean + (size_t)is->labels[m] * D, *r = is->r + m * D;
            C[i] = C[i] + (r[i / D] - mean[i / D]) * (r[i % D] - mean[i % D]);
        }
        C[i] = C[i] / W + (i / D == i % D && is->mistake != NO_RIDGE ? ridge : 0);
        if (is->mistake == IDENTITY || (is->mistake == DIAGONAL && i / D != i % D))
            C[i] = i / D == i % D ? 1 : 0;
    }
    return C;
}

/* C = L d L' with ones on the diagonal of L, and the inverse of L in `inverse` (rows), d on C's. */
static void decompose(struct rival *is, real *C)
{
    size_t D = is->D;
    real *L = call_scratch(is->call, D * D);
    for (size_t j = 0; j < D; j++) {
        for (size_t i = j; i < D; i++) {
            L[i * D + j] = C[i * D + j] / C[j * D + j];
            is->inverse[i * D + j] = i == j ? 1 : 0;
        }
        for (size_t i = j + 1; i < D; i++)
            for (size_t k = j + 1; k <= i; k++)
                C[i * D + k] = C[i * D + k] - L[i * D + j] * L[k * D + j] * C[j * D + j];
    }
    real *factor = call_output(is->call, "factor", "DD");
    for (size_t i = 0; i < D; i++)
        for (size_t j = 0; j <= i; j++)
            factor[i * D + j] = L[i * D + j] * real_sqrt(C[j * D + j]);
    for (size_t j = 0; j < D; j++)
        for (size_t i = j + 1; i < D; i++)
            for (size_t k = j; k < i; k++)
                is->inverse[i * D + j] =
                    is->inverse[i * D + j] - L[i * D + k] * is->inverse[k * D + j];
}

static void mahalanobis(struct rival *is, const real *C, real *nearest)
{
    size_t D = is->D;
    real *v = call_scratch(is->call, D);
    for (size_t n = 0; n < is->N; n++) {
        for (size_t c = 0; c < is->K; c++) {
            real score = 0;
            for (size_t i = D; i-- > 0;) {
                v[i] = 0;
                for (size_t k = 0; k <= i; k++)
                    v[i] = v[i] + is->inverse[i * D + k] * (is->f[n * D + k] - is->mean[c * D + k]);
                real d = C[i * D + i];
                score = score + (is->mistake == NOT_INVERTED ? v[i] * v[i] * d : v[i] * v[i] / d);
            }
            score = is->mistake == ROOT ? real_sqrt(score) : score;
            score = is->mistake == HALVED ? score / 2 : is->mistake == SIGN ? -score : score;
            int better = is->mistake == LARGEST ? score > is->score[n] : score < is->score[n];
            if (c > 0 && !better)
                continue;
            is->score[n] = score;
            nearest[n] = real_count(c);
            for (size_t i = 0; is->df && i < D; i++) {
                real sum = 0;
                for (size_t k = D; k-- > i;)
                    sum = sum + is->inverse[k * D + i] * v[k] / C[k * D + k];
                is->df[n * D + i] = is->mistake == GRADIENT_ONCE ? sum : 2 * sum;
            }
        }
    }
}

static void density(struct rival *is, real B)
{
    size_t D = is->D, M = is->M - (is->mistake == LAST_REFERENCE_LOST);
    for (size_t n = 0; n < is->N; n++) {
        real nearest = 0, sum = 0, members = 0;
        for (int pass = 0; pass < 2; pass++) {
            for (size_t m = M; m-- > 0;) {
                int own = is->labels[m] == is->predicted[n] || is->mistake == ALL_CLASSES;
                real d = 0;
                for (size_t i = D; i-- > 0;) {
                    real gap = is->r[m * D + i] - is->f[n * D + i];
                    d = d + gap * gap;
                }
                d = is->mistake == DISTANCE_NOT_SQUARED ? real_sqrt(d) : d;
                if (!own)
                    continue;
                if (pass == 0) {
                    nearest = members == 0 || d < nearest ? d : nearest;
                    members = members + 1;
                    continue;
                }
                real shift = is->mistake == DIRECT_SUM ? 0 : nearest;
                real e = real_exp((shift - d) / B);
                sum = sum + e;
                for (size_t i = 0; is->df && i < D; i++)
                    is->df[n * D + i] =
                        is->df[n * D + i] + (is->mistake == GRADIENT_UNWEIGHTED ? 1 : e) *
                                                (is->f[n * D + i] - is->r[m * D + i]);
            }
        }
        real shift = is->mistake == DIRECT_SUM ? 0 : nearest;
        is->score[n] = shift / B - real_log(is->mistake == SUM_NOT_MEAN ? sum : sum / members);
        if (is->mistake == NOT_LOGARITHM)
            is->score[n] = -real_exp(-is->score[n]);
        for (size_t i = 0; is->df && i < D; i++)
            is->df[n * D + i] = is->df[n * D + i] * 2 / B / sum;
    }
}

static struct rival read(struct call *call)
{
    struct rival is = {.call = call, .mistake = (enum mistake)call_variant(call)};
    is.f = call_input(call, "f", "ND");
    is.r = call_input(call, "r", "MD");
    is.N = call_size(call, 'N');
    is.M = call_size(call, 'M');
    is.D = call_size(call, 'D');
    is.K = call_count(call, "classes", 1, 1024);
    is.labels = call_integers(call, "labels", "M", 0, (int)is.K - 1);
    is.mean = call_scratch(call, is.K * is.D);
    is.inverse = call_scratch(call, is.D * is.D);
    is.score = call_output(call, "score", "N");
    if (call_has(call, "dscore")) {
        is.dscore = call_input(call, "dscore", "N");
        is.df = call_output(call, "df", "ND");
    }
    return is;
}

static void decomposed(struct call *call)
{
    static const char *const methods[] = {"mahalanobis", "kernel_density", NULL};
    static const char *const divisors[] = {"samples", "classes", NULL};
    static const char *const kernels[] = {"squared", "halved", NULL};
    struct rival is = read(call);
    real threshold = call_number(call, "threshold");
    if (call_choice(call, "method", methods) == 0) {
        real W = real_count(is.M);
        W = call_choice(call, "divisor", divisors) ? W - real_count(is.K) : W;
        find_means(&is);
        real *C = covariance(&is, W, call_number_or(call, "ridge", R(0.0)));
        decompose(&is, C);
        mahalanobis(&is, C, call_output_integers(call, "nearest", "N"));
    } else {
        real sigma = call_number(call, "sigma");
        is.predicted = call_integers(call, "predicted", "N", 0, (int)is.K - 1);
        density(&is, (call_choice(call, "kernel", kernels) ? 2 : 1) * (sigma * sigma));
    }
    real *detected = call_output_integers(call, "detected", "N");
    for (size_t n = 0; n < is.N; n++) {
        int above = is.score[n] > threshold;
        detected[n] = above != (is.mistake == DETECTED_BELOW) ? 1 : 0;
        for (size_t d = 0; is.df && d < is.D; d++)
            is.df[n * is.D + d] =
                is.df[n * is.D + d] * (is.mistake == UPSTREAM_IGNORED ? 1 : is.dscore[n]);
    }
}

#define ROW(name_, kind_, catalogue_, what_, variant_)                                             \
    {                                                                                              \
        .info = {name_, kind_, catalogue_, what_, NULL}, .answer = decomposed, .variant = variant_ \
    }
static const struct fork table[] = {
    ROW("decomposed", FORK_TWIN, "",
        "A decomposition without roots and its inverse; the nearest sample taken out.", NONE),
    ROW("root", FORK_CONVENTION, "", "The distance, not its square.", ROOT),
    ROW("halved", FORK_CONVENTION, "", "Half the square, as in the normal density.", HALVED),
    ROW("identity", FORK_BUG, "", "Euclidean distances.", IDENTITY),
    ROW("diagonal", FORK_CONVENTION, "", "Variances without covariances.", DIAGONAL),
    ROW("one_mean", FORK_BUG, "", "The mean of all classes.", OWN_MEAN_ONLY),
    ROW("largest", FORK_BUG, "", "The class that is furthest away.", LARGEST),
    ROW("no_ridge", FORK_BUG, "", "The ridge is left out.", NO_RIDGE),
    ROW("sign", FORK_CONVENTION, "", "The confidence, which is its negative.", SIGN),
    ROW("not_inverted", FORK_BUG, "", "Variances multiply instead of divide.", NOT_INVERTED),
    ROW("gradient_once", FORK_BUG, "", "The gradient without the 2.", GRADIENT_ONCE),
    ROW("all_classes", FORK_BUG, "", "The density of all classes together.", ALL_CLASSES),
    ROW("sum_not_mean", FORK_CONVENTION, "", "The sum over the class.", SUM_NOT_MEAN),
    ROW("not_logarithm", FORK_CONVENTION, "", "The density itself.", NOT_LOGARITHM),
    ROW("distance_not_squared", FORK_BUG, "", "The kernel of the distance itself.",
        DISTANCE_NOT_SQUARED),
    ROW("gradient_unweighted", FORK_BUG, "", "All samples pull alike.", GRADIENT_UNWEIGHTED),
    ROW("detected_below", FORK_BUG, "", "What is near is detected.", DETECTED_BELOW),
    ROW("upstream_ignored", FORK_BUG, "", "The upstream gradient is taken to be 1.",
        UPSTREAM_IGNORED),
    ROW("last_reference_lost", FORK_BUG, "155", "The last reference sample is left out.",
        LAST_REFERENCE_LOST),
    ROW("direct_sum", FORK_NUMERICAL, "15", "The logarithm of a sum that has become 0.",
        DIRECT_SUM),
    {.info = {"samples_always", FORK_CONVENTION, "271", "Divided by the samples.", NULL},
     .instead = {"divisor", "samples"}},
    {.info = {"classes_always", FORK_CONVENTION, "271", "Divided by samples less classes.", NULL},
     .instead = {"divisor", "classes"}},
    {.info = {"squared_always", FORK_CONVENTION, "", "B is sigma^2.", NULL},
     .instead = {"kernel", "squared"}},
    {.info = {"halved_always", FORK_CONVENTION, "", "B is 2 sigma^2.", NULL},
     .instead = {"kernel", "halved"}},
};

const struct fork_list adversarial_detection_forks = {sizeof table / sizeof *table, table};
