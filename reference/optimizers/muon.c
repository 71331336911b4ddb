// SPDX-License-Identifier: MIT
#include "muon.h"
#include "optimizer.h"

enum { SCALE_ROWS, SCALE_MATCH_RMS, SCALE_NONE };

struct muon_rules muon_rules_read(struct call *call)
{
    static const char *const forms[] = {"sum", "average", NULL};
    static const char *const yes_no[] = {"yes", "no", NULL};
    static const char *const epsilons[] = {"added", "clamped", NULL};
    static const char *const scales[] = {"rows", "match_rms", "none", NULL};
    struct muon_rules rules = {0};
    rules.average = call_choice(call, "form", forms);
    rules.nesterov = call_choice(call, "nesterov", yes_no) == 0;
    rules.clamped = call_choice(call, "epsilon_form", epsilons);
    rules.scale = call_choice(call, "scale", scales);
    rules.momentum = updates_share(call, "momentum");
    rules.epsilon = updates_positive(call, "epsilon");
    rules.iterations = call_count(call, "iterations", 0, 100);
    rules.a = call_number_or(call, "a", R(3.4445));
    rules.b = call_number_or(call, "b", R(-4.775));
    rules.c = call_number_or(call, "c", R(2.0315));
    rules.decay = call_number_or(call, "weight_decay", R(0.0));
    rules.M = call_size(call, 'M');
    rules.N = call_size(call, 'N');
    rules.block = call_block(call);
    return rules;
}

/* |U|. */
static real norm(const real *U, real *sums, const struct muon_rules *rules)
{
    size_t M = rules->M, N = rules->N, tall = M > N;
    size_t L = tall ? M : N, K = tall ? N : M;
    for (size_t l = 0; l < L; l++) {
        sums[l] = 0;
        for (size_t k = 0; k < K; k++) {
            real u = tall ? U[l * N + k] : U[k * N + l];
            sums[l] = sums[l] + u * u;
        }
    }
    return real_sqrt(sum_samples(L, rules->block, sums, 1));
}

/* X <- a X + (b A + c A A) X; next (M,N), A, P (K,K). */
static void iterate(real *X, real *next, real *A, real *P, const struct muon_rules *rules)
{
    size_t M = rules->M, N = rules->N, tall = M > N, K = tall ? N : M, L = tall ? M : N;
    size_t k_stride = tall ? 1 : N, l_stride = tall ? N : 1;
    for (size_t i = 0; i < K; i++)
        for (size_t j = 0; j < K; j++)
            A[i * K + j] = sum_sample_products(L, rules->block, &X[i * k_stride], l_stride,
                                               &X[j * k_stride], l_stride);
    for (size_t i = 0; i < K; i++)
        for (size_t j = 0; j < K; j++)
            P[i * K + j] = sum_products(0, K, &A[i * K], 1, &A[j], K);
    for (size_t i = 0; i < K * K; i++)
        P[i] = rules->b * A[i] + rules->c * P[i];
    for (size_t i = 0; i < K; i++)
        for (size_t l = 0; l < L; l++) {
            size_t at = i * k_stride + l * l_stride;
            real moved = sum_products(0, K, &P[i * K], 1, &X[l * l_stride], k_stride);
            next[at] = rules->a * X[at] + moved;
        }
    updates_record(X, next, 0, M * N);
}

void muon_orthogonalise(real *X, const real *U, real *scratch, const struct muon_rules *rules)
{
    size_t n = rules->M * rules->N, K = rules->M > rules->N ? rules->N : rules->M;
    real *next = scratch, *A = scratch + n, *P = A + K * K;
    real length = norm(U, next, rules);
    if (!rules->clamped)
        length = length + rules->epsilon;
    else if (length < rules->epsilon)
        length = rules->epsilon;
    for (size_t i = 0; i < n; i++)
        X[i] = U[i] / length;
    for (size_t i = 0; i < rules->iterations; i++)
        iterate(X, next, A, P, rules);
}

real muon_scale(const struct muon_rules *rules)
{
    real M = real_count(rules->M), N = real_count(rules->N);
    if (rules->scale == SCALE_MATCH_RMS)
        return R(0.2) * real_sqrt(M > N ? M : N);
    return rules->scale == SCALE_ROWS && M > N ? real_sqrt(M / N) : R(1.0);
}

void muon_answer(struct call *call)
{
    static const char *const maximize[] = {"no", "yes", NULL};
    const real *g = call_input(call, "g", "SMN"), *rate = call_input(call, "rate", "S");
    struct muon_rules rules = muon_rules_read(call);
    size_t n = rules.M * rules.N, K = rules.M > rules.N ? rules.N : rules.M;
    real *w = call_scratch(call, n), *B = call_scratch(call, n), *U = call_scratch(call, n);
    real *scratch = call_scratch(call, n + 3 * K * K);
    updates_record(w, call_input(call, "w", "MN"), 0, n);
    if (call_has(call, "momentum_buffer"))
        updates_record(B, call_input(call, "momentum_buffer", "MN"), 0, n);
    real sign = call_choice(call, "maximize", maximize) ? R(-1.0) : R(1.0);
    real share = rules.average ? 1 - rules.momentum : 1, scale = muon_scale(&rules);
    real *w_after = call_output(call, "w_after", "SMN");
    real *buffer_after = call_output(call, "buffer_after", "SMN");
    real *direction = call_output(call, "direction", "SMN");
    for (size_t s = 0; s < call_size(call, 'S'); s++) {
        for (size_t i = 0; i < n; i++) {
            real h = share * (sign * g[s * n + i]);
            B[i] = rules.momentum * B[i] + h;
            U[i] = rules.nesterov ? h + rules.momentum * B[i] : B[i];
        }
        muon_orthogonalise(&direction[s * n], U, scratch, &rules);
        for (size_t i = 0; i < n; i++) {
            if (rules.decay != 0)
                w[i] = w[i] - rate[s] * rules.decay * w[i];
            w[i] = w[i] - rate[s] * scale * direction[s * n + i];
        }
        updates_record(w_after, w, s, n);
        updates_record(buffer_after, B, s, n);
    }
}
