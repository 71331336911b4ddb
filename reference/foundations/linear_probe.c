// SPDX-License-Identifier: MIT
#include "linear_probe.h"

#include "logistic_regression.h"

static const char names[PROBE_LAYERS][2][3] = {{"a1", "w1"}, {"a2", "w2"}, {"a3", "w3"},
                                               {"a4", "w4"}, {"a5", "w5"}, {"a6", "w6"},
                                               {"a7", "w7"}, {"a8", "w8"}};

struct probe probe_read(struct call *call)
{
    static const char *const targets[] = {"zero_one", "plus_minus", NULL};
    static const char *const biases[] = {"free", "penalised", "none", NULL};
    static const char *const reductions[] = {"sum", "mean", NULL};
    struct probe probe = {.K = call_count(call, "classes", 1, 1 << 16),
                          .ridge = call_number_or(call, "ridge", 0),
                          .block = call_block(call)};
    probe.label = call_integers(call, "labels", "N", 0, (int)probe.K - 1);
    probe.N = call_size(call, 'N');
    for (; probe.L < PROBE_LAYERS && call_has(call, names[probe.L][0]); probe.L++) {
        const char shape[] = {'N', (char)('a' + probe.L), 0};
        probe.a[probe.L] = call_input(call, names[probe.L][0], shape);
        probe.width[probe.L] = call_size(call, shape[1]);
    }
    if (probe.L == 0)
        call_fail(call, "input 'a1' is missing");
    if (probe.N == 0)
        call_fail(call, "'labels' holds no sample");
    if (!(probe.ridge >= 0))
        call_fail(call, "number 'ridge' must not be negative");
    probe.plus_minus = call_choice(call, "targets", targets);
    probe.bias = (enum probe_bias)call_choice(call, "bias", biases);
    probe.mean = call_choice(call, "reduction", reductions);
    call_bind(call, 'K', probe.K);
    call_bind(call, 'L', probe.L);
    return probe;
}

size_t probe_features(const struct probe *probe, size_t layer, real *v)
{
    size_t A = probe->width[layer], V = A + (probe->bias != PROBE_NONE);
    for (size_t n = 0; n < probe->N; n++) {
        for (size_t i = 0; i < A; i++)
            v[n * V + i] = probe->a[layer][n * A + i];
        if (V > A)
            v[n * V + A] = 1;
    }
    return V;
}

void probe_targets(const struct probe *probe, real *t)
{
    real elsewhere = probe->plus_minus ? -1 : 0;
    for (size_t n = 0; n < probe->N; n++) {
        for (size_t k = 0; k < probe->K; k++)
            t[n * probe->K + k] = (int)k == probe->label[n] ? 1 : elsewhere;
    }
}

void probe_outputs(struct call *call, const struct probe *probe, size_t layer, real **w, real **b)
{
    const char shape[] = {(char)('p' + layer), 'K', 0};
    size_t A = probe->width[layer];
    call_bind(call, shape[0], A + (probe->bias != PROBE_NONE));
    *w = call_output(call, names[layer][1], shape);
    *b = probe->bias == PROBE_NONE ? call_scratch(call, probe->K) : *w + A * probe->K;
}

/* The coefficients (V) of class k. */
static void fit_class(struct call *call, const struct probe *probe, size_t k, real *g, real *h,
                      const real *v, size_t V, const real *t)
{
    size_t N = probe->N, A = V - (probe->bias != PROBE_NONE);
    size_t penalised = probe->bias == PROBE_PENALISED ? V : A;
    real ridge = probe->mean ? real_count(N) * probe->ridge : probe->ridge;
    for (size_t i = 0; i < V; i++) {
        g[i] = sum_sample_products(N, probe->block, &v[i], V, &t[k], probe->K);
        for (size_t j = 0; j < V; j++)
            h[i * V + j] = sum_sample_products(N, probe->block, &v[i], V, &v[j], V);
        if (i < penalised)
            h[i * V + i] = h[i * V + i] + ridge;
    }
    if (logistic_regression_solve(g, h, V) != 0)
        call_fail(call, "the activations do not determine a probe; give a larger 'ridge'");
}

/* p (K) of a sample against t; adds what decides. Returns the error; the class goes to `chosen`. */
static real judge(struct call *call, const struct probe *probe, real *chosen, const real *p,
                  const real *t, real *difference)
{
    size_t best = 0;
    for (size_t k = 0; k < probe->K; k++) {
        difference[k] = p[k] - t[k];
        best = p[k] > p[best] ? k : best;
    }
    for (size_t k = 0; k < probe->K; k++) {
        real lead = p[best] - p[k];
        if (k != best)
            call_decisions(call, 1, &lead);
    }
    *chosen = real_count(best);
    return sum_products(0, probe->K, difference, 1, difference, 1);
}

void linear_probe_answer(struct call *call)
{
    struct probe probe = probe_read(call);
    size_t N = probe.N, K = probe.K;
    real *w[PROBE_LAYERS], *b[PROBE_LAYERS];
    real *t = call_scratch(call, N * K), *p = call_scratch(call, K);
    real *difference = call_scratch(call, K), *squares = call_scratch(call, N);
    probe_targets(&probe, t);
    for (size_t l = 0; l < probe.L; l++) {
        size_t A = probe.width[l];
        real *v = call_scratch(call, N * (A + 1)), *g = call_scratch(call, A + 1);
        real *h = call_scratch(call, (A + 1) * (A + 1));
        size_t V = probe_features(&probe, l, v);
        probe_outputs(call, &probe, l, &w[l], &b[l]);
        for (size_t k = 0; k < K; k++) {
            fit_class(call, &probe, k, g, h, v, V, t);
            for (size_t i = 0; i < A; i++)
                w[l][i * K + k] = g[i];
            b[l][k] = V > A ? g[A] : 0;
        }
    }
    real *error = call_output(call, "error", "L");
    real *predicted = call_output_integers(call, "predicted", "LN");
    real *accuracy = call_output(call, "accuracy", "L");
    for (size_t l = 0; l < probe.L; l++) {
        size_t A = probe.width[l], right = 0;
        for (size_t n = 0; n < N; n++) {
            for (size_t k = 0; k < K; k++)
                p[k] = sum_products(b[l][k], A, &probe.a[l][n * A], 1, &w[l][k], K);
            squares[n] = judge(call, &probe, &predicted[l * N + n], p, &t[n * K], difference);
            right += (int)predicted[l * N + n] == probe.label[n];
        }
        error[l] = sum_samples(N, probe.block, squares, 1) / real_count(N * K);
        accuracy[l] = real_count(right) / real_count(N);
    }
}
