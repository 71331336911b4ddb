// SPDX-License-Identifier: MIT
#include "minibatch_discrimination.h"

struct minibatch {
    size_t N, A, B, C, block;
    int excluded;
    real divisor; /* of sums over j */
    const real *x, *T, *bias;
    real *M, *k; /* (N,B,C), (N,N,B) */
};

static void read_minibatch(struct call *call, struct minibatch *m)
{
    static const char *const selves[] = {"included", "excluded", NULL};
    static const char *const reductions[] = {"sum", "mean", NULL};
    m->x = call_input(call, "x", "NA");
    m->T = call_input(call, "T", "ABC");
    m->N = call_size(call, 'N');
    m->A = call_size(call, 'A');
    m->B = call_size(call, 'B');
    m->C = call_size(call, 'C');
    m->bias = call_has(call, "bias") ? call_input(call, "bias", "B") : NULL;
    m->excluded = call_choice(call, "self", selves);
    m->block = call_block(call);
    if (m->N == 0)
        call_fail(call, "input 'x' holds no sample");
    size_t others = m->N - (m->excluded ? 1 : 0);
    int mean = call_choice(call, "reduction", reductions);
    if (mean && others == 0)
        call_fail(call, "convention 'self' is excluded, and there is nobody else to average");
    m->divisor = mean ? real_count(others) : R(1.0);
    m->M = call_scratch(call, m->N * m->B * m->C);
    m->k = call_scratch(call, m->N * m->N * m->B);
}

static void find_kernels(struct call *call, struct minibatch *m)
{
    size_t BC = m->B * m->C;
    real *difference = call_scratch(call, m->C), *distance = call_scratch(call, m->C);
    for (size_t i = 0; i < m->N * BC; i++)
        m->M[i] = sum_products(R(0.0), m->A, m->x + i / BC * m->A, 1, m->T + i % BC, BC);
    for (size_t i = 0; i < m->N * m->N * m->B; i++) {
        size_t b = i % m->B, j = i / m->B % m->N, n = i / m->B / m->N;
        for (size_t c = 0; c < m->C; c++) {
            difference[c] = m->M[n * BC + b * m->C + c] - m->M[j * BC + b * m->C + c];
            distance[c] = real_abs(difference[c]);
        }
        m->k[i] = real_exp(-sum_features(m->C, distance, 1));
        if (n < j)
            call_decisions(call, m->C, difference);
    }
}

/* dM (N,B,C) */
static void pull_apart(const struct minibatch *m, const real *dy, real *dM)
{
    size_t BC = m->B * m->C, Q = m->A + m->B;
    for (size_t i = 0; i < m->N * BC; i++) {
        size_t n = i / BC, b = i % BC / m->C;
        real e = dy[n * Q + m->A + b] / m->divisor;
        for (size_t j = 0; j < m->N; j++) {
            real gap = m->M[i] - m->M[j * BC + i % BC];
            real sign = gap > 0 ? R(1.0) : gap < 0 ? R(-1.0) : R(0.0);
            real both = e + dy[j * Q + m->A + b] / m->divisor;
            dM[i] = dM[i] + -(both * m->k[(n * m->N + j) * m->B + b]) * sign;
        }
    }
}

static void differentiate(struct call *call, struct minibatch *m)
{
    size_t BC = m->B * m->C, Q = m->A + m->B;
    const real *dy = call_input(call, "dy", "NQ");
    real *dx = call_output(call, "dx", "NA"), *dT = call_output(call, "dT", "ABC");
    real *dM = call_scratch(call, m->N * BC);
    pull_apart(m, dy, dM);
    for (size_t i = 0; i < m->N * m->A; i++) {
        size_t n = i / m->A, a = i % m->A;
        dx[i] = sum_products(dy[n * Q + a], BC, dM + n * BC, 1, m->T + a * BC, 1);
    }
    for (size_t i = 0; i < m->A * BC; i++)
        dT[i] = sum_sample_products(m->N, m->block, m->x + i / BC, m->A, dM + i % BC, BC);
    if (!m->bias)
        return;
    real *dbias = call_output(call, "dbias", "B");
    for (size_t b = 0; b < m->B; b++)
        dbias[b] = sum_samples(m->N, m->block, dy + m->A + b, Q);
}

void minibatch_discrimination_answer(struct call *call)
{
    struct minibatch m = {.N = 0};
    read_minibatch(call, &m);
    find_kernels(call, &m);
    size_t Q = m.A + m.B;
    call_bind(call, 'Q', Q);
    real *o = call_output(call, "o", "NB"), *y = call_output(call, "y", "NQ");
    for (size_t i = 0; i < m.N * m.B; i++) {
        size_t n = i / m.B, b = i % m.B;
        for (size_t j = 0; j < m.N; j++)
            if (!m.excluded || j != n)
                o[i] = o[i] + m.k[(n * m.N + j) * m.B + b];
        o[i] = o[i] / m.divisor;
        o[i] = m.bias ? o[i] + m.bias[b] : o[i];
        y[n * Q + m.A + b] = o[i];
    }
    for (size_t i = 0; i < m.N * m.A; i++)
        y[i / m.A * Q + i % m.A] = m.x[i];
    if (call_has(call, "dy"))
        differentiate(call, &m);
}
