// SPDX-License-Identifier: MIT
#include "trades_loss.h"

struct trades {
    size_t N, K, block;
    int reverse, stopped;
    real beta, W, dloss;
    const int *labels;
};

/* p (K) and log p (K) of logits z (K). */
static void softmax(real *p, real *log_p, const real *z, size_t K)
{
    real m = z[0];
    for (size_t k = 1; k < K; k++)
        m = z[k] > m ? z[k] : m;
    for (size_t k = 0; k < K; k++)
        p[k] = real_exp(z[k] - m);
    real s = sum_features(K, p, 1), log_s = real_log(s);
    for (size_t k = 0; k < K; k++) {
        p[k] = p[k] / s;
        log_p[k] = (z[k] - m) - log_s;
    }
}

static struct trades read(struct call *call, size_t N, size_t K)
{
    static const char *const divergences[] = {"forward", "reverse", NULL};
    static const char *const means[] = {"samples", "elements", "sum", NULL};
    static const char *const cleans[] = {"through", "stopped", NULL};
    struct trades is = {.N = N, .K = K, .block = call_block(call)};
    is.labels = call_integers(call, "labels", "N", 0, (int)K - 1);
    is.beta = call_number(call, "beta");
    is.dloss = call_has(call, "dloss") ? *call_input(call, "dloss", "") : 1;
    is.reverse = call_choice(call, "divergence", divergences);
    is.stopped = call_choice(call, "clean", cleans);
    int mean = call_choice(call, "mean", means);
    is.W = real_count(mean == 0 ? N : mean == 1 ? N * K : 1);
    if (!(is.beta >= 0))
        call_fail(call, "number 'beta' must be at least 0");
    return is;
}

/* One sample: its KL, and gradients dz and da (both K) from probabilities and their logarithms. */
static real sample(const struct trades *is, real *dz, real *da, const real *const p[2],
                   const real *const log_p[2], real *gap, size_t y)
{
    size_t from = is->reverse ? 1 : 0, K = is->K;
    real *inner = is->reverse ? da : dz, *outer = is->reverse ? dz : da;
    for (size_t k = 0; k < K; k++)
        gap[k] = log_p[from][k] - log_p[1 - from][k];
    real kl = sum_products(R(0.0), K, p[from], 1, gap, 1);
    for (size_t k = 0; k < K; k++) {
        inner[k] = is->beta * (p[from][k] * (gap[k] - kl)) / is->W;
        outer[k] = is->beta * (p[1 - from][k] - p[from][k]) / is->W;
    }
    for (size_t k = 0; k < K; k++) {
        real own = (p[0][k] - (k == y ? 1 : 0)) / real_count(is->N);
        dz[k] = is->dloss * (is->stopped ? own : own + dz[k]);
        da[k] = is->dloss * da[k];
    }
    return kl;
}

void trades_loss_answer(struct call *call)
{
    const real *z = call_input(call, "z", "NK"), *a = call_input(call, "z_adversarial", "NK");
    size_t N = call_size(call, 'N'), K = call_size(call, 'K');
    if (N == 0 || K == 0)
        call_fail(call, "input 'z' holds no sample");
    struct trades is = read(call, N, K);
    real *cross_entropy = call_output(call, "cross_entropy", "N");
    real *divergence = call_output(call, "divergence", "N"), *loss = call_output(call, "loss", "");
    real *dz = call_output(call, is.stopped ? "slope" : "dz", "NK");
    real *da = call_output(call, "dz_adversarial", "NK"), *scratch = call_scratch(call, 5 * K);
    real *const p[2] = {scratch, scratch + K}, *const log_p[2] = {&scratch[2 * K], &scratch[3 * K]};
    for (size_t n = 0; n < N; n++) {
        size_t y = (size_t)is.labels[n];
        softmax(p[0], log_p[0], &z[n * K], K);
        softmax(p[1], log_p[1], &a[n * K], K);
        const real *const probability[2] = {p[0], p[1]}, *const logarithm[2] = {log_p[0], log_p[1]};
        cross_entropy[n] = -log_p[0][y];
        divergence[n] =
            sample(&is, &dz[n * K], &da[n * K], probability, logarithm, &scratch[4 * K], y);
    }
    *loss = sum_samples(N, is.block, cross_entropy, 1) / real_count(N) +
            is.beta * (sum_samples(N, is.block, divergence, 1) / is.W);
}
