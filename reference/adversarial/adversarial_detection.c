// SPDX-License-Identifier: MIT
#include "adversarial_detection.h"

struct detector {
    struct call *call;
    size_t N, M, D, K, block;
    const real *f, *r, *dscore;
    const int *labels, *predicted;
    real *mean, *factor; /* (K,D), (D,D) */
    real B, *score, *df;
};

static void find_means(struct detector *is)
{
    real *own = call_scratch(is->call, is->M), *count = call_scratch(is->call, is->M);
    for (size_t c = 0; c < is->K; c++) {
        for (size_t m = 0; m < is->M; m++)
            count[m] = is->labels[m] == (int)c ? R(1.0) : R(0.0);
        real members = sum_samples(is->M, is->block, count, 1);
        if (!(members > 0))
            call_fail(is->call, "input 'labels' has no sample of class %zu", c);
        for (size_t d = 0; d < is->D; d++) {
            for (size_t m = 0; m < is->M; m++)
                own[m] = count[m] > 0 ? is->r[m * is->D + d] : R(0.0);
            is->mean[c * is->D + d] = sum_samples(is->M, is->block, own, 1) / members;
        }
    }
}

/* The Cholesky factor of the covariance. */
static void find_factor(struct detector *is, real W, real ridge)
{
    size_t D = is->D;
    real *h = call_scratch(is->call, is->M * D), *l = is->factor;
    for (size_t i = 0; i < is->M * D; i++)
        h[i] = is->r[i] - is->mean[(size_t)is->labels[i / D] * D + i % D];
    for (size_t i = 0; i < D; i++) {
        for (size_t j = 0; j <= i; j++) {
            real C = sum_sample_products(is->M, is->block, h + i, D, h + j, D) / W;
            C = i == j ? C + ridge : C;
            real rest = C - sum_products(R(0.0), j, l + i * D, 1, l + j * D, 1);
            if (i == j && !(rest > 0))
                call_fail(is->call, "input 'r' has a covariance that is not positive");
            l[i * D + j] = i == j ? real_sqrt(rest) : rest / l[j * D + j];
        }
    }
}

/* v = factor^-1 g, both (D); in place. */
static void solve(const struct detector *is, real *g)
{
    size_t D = is->D;
    for (size_t i = 0; i < D; i++)
        g[i] =
            (g[i] - sum_products(R(0.0), i, is->factor + i * D, 1, g, 1)) / is->factor[i * D + i];
}

static void solve_transposed(const struct detector *is, real *v)
{
    size_t D = is->D;
    for (size_t i = D; i-- > 0;)
        v[i] = (v[i] -
                sum_products(R(0.0), D - 1 - i, is->factor + (i + 1) * D + i, D, v + i + 1, 1)) /
               is->factor[i * D + i];
}

static void mahalanobis(struct detector *is, real *nearest)
{
    size_t D = is->D;
    real *v = call_scratch(is->call, D), *best = call_scratch(is->call, D);
    for (size_t n = 0; n < is->N; n++) {
        for (size_t c = 0; c < is->K; c++) {
            for (size_t d = 0; d < D; d++)
                v[d] = is->f[n * D + d] - is->mean[c * D + d];
            solve(is, v);
            real score = sum_products(R(0.0), D, v, 1, v, 1), gap = score - is->score[n];
            call_decisions(is->call, c > 0, &gap);
            if (c > 0 && !(score < is->score[n]))
                continue;
            is->score[n] = score;
            nearest[n] = real_count(c);
            for (size_t d = 0; d < D; d++)
                best[d] = v[d];
        }
        if (!is->df)
            continue;
        solve_transposed(is, best);
        for (size_t d = 0; d < D; d++)
            is->df[n * D + d] = 2 * best[d] * is->dscore[n];
    }
}

static void density(struct detector *is)
{
    size_t D = is->D;
    real *e = call_scratch(is->call, is->M), *gap = call_scratch(is->call, D);
    for (size_t n = 0; n < is->N; n++) {
        size_t members = 0;
        real most = 0;
        for (size_t m = 0; m < is->M; m++) {
            if (is->labels[m] != is->predicted[n])
                continue;
            for (size_t d = 0; d < D; d++)
                gap[d] = is->f[n * D + d] - is->r[m * D + d];
            e[m] = -sum_products(R(0.0), D, gap, 1, gap, 1) / is->B;
            most = members == 0 || e[m] > most ? e[m] : most;
            members++;
        }
        real *share = call_scratch(is->call, members + 1);
        for (size_t m = 0, k = 0; m < is->M; m++)
            if (is->labels[m] == is->predicted[n])
                share[k++] = real_exp(e[m] - most);
        real sum = sum_features(members, share, 1);
        is->score[n] = -(real_log(sum / real_count(members)) + most);
        for (size_t m = 0, k = 0; is->df && m < is->M; m++) {
            if (is->labels[m] != is->predicted[n])
                continue;
            real weight = share[k++] / sum * (2 / is->B);
            for (size_t d = 0; d < D; d++)
                is->df[n * D + d] =
                    real_fma(weight, is->f[n * D + d] - is->r[m * D + d], is->df[n * D + d]);
        }
        for (size_t d = 0; is->df && d < D; d++)
            is->df[n * D + d] = is->df[n * D + d] * is->dscore[n];
    }
}

static struct detector read(struct call *call)
{
    struct detector is = {.call = call, .f = call_input(call, "f", "ND")};
    is.r = call_input(call, "r", "MD");
    is.N = call_size(call, 'N');
    is.M = call_size(call, 'M');
    is.D = call_size(call, 'D');
    is.K = call_count(call, "classes", 1, 1024);
    is.block = call_block(call);
    is.labels = call_integers(call, "labels", "M", 0, (int)is.K - 1);
    is.mean = call_scratch(call, is.K * is.D);
    find_means(&is);
    is.score = call_output(call, "score", "N");
    if (call_has(call, "dscore")) {
        is.dscore = call_input(call, "dscore", "N");
        is.df = call_output(call, "df", "ND");
    }
    return is;
}

void adversarial_detection_answer(struct call *call)
{
    static const char *const methods[] = {"mahalanobis", "kernel_density", NULL};
    static const char *const divisors[] = {"samples", "classes", NULL};
    static const char *const kernels[] = {"squared", "halved", NULL};
    struct detector is = read(call);
    real threshold = call_number(call, "threshold");
    if (call_choice(call, "method", methods) == 0) {
        real W = real_count(is.M), ridge = call_number_or(call, "ridge", R(0.0));
        W = call_choice(call, "divisor", divisors) ? W - real_count(is.K) : W;
        if (!(ridge >= 0))
            call_fail(call, "number 'ridge' must be at least 0");
        if (!(W > 0))
            call_fail(call, "input 'r' has no more samples than classes");
        is.factor = call_output(call, "factor", "DD");
        find_factor(&is, W, ridge);
        mahalanobis(&is, call_output_integers(call, "nearest", "N"));
    } else {
        real sigma = call_number(call, "sigma");
        if (!(sigma > 0))
            call_fail(call, "number 'sigma' must be above 0");
        is.predicted = call_integers(call, "predicted", "N", 0, (int)is.K - 1);
        is.B = sigma * sigma * (call_choice(call, "kernel", kernels) ? R(2.0) : R(1.0));
        density(&is);
    }
    real *detected = call_output_integers(call, "detected", "N");
    for (size_t n = 0; n < is.N; n++) {
        real distance = is.score[n] - threshold;
        call_decisions(call, 1, &distance);
        detected[n] = distance > 0;
    }
}
