// SPDX-License-Identifier: MIT
#include "nt_xent.h"

struct pairs {
    size_t N, D;
    int halves;
    real temperature, epsilon;
};

static size_t partner(const struct pairs *a, size_t i)
{
    return a->halves ? (i + a->N / 2) % a->N : i ^ 1;
}

/* u (N,D), and what each row has been divided by. */
static void normalize(struct call *call, const struct pairs *a, const real *z, real *u,
                      real *length, int *short_row)
{
    for (size_t i = 0; i < a->N; i++) {
        const real *row = &z[i * a->D];
        length[i] = real_sqrt(sum_products(R(0.0), a->D, row, 1, row, 1));
        real above = length[i] - a->epsilon;
        call_decisions(call, 1, &above);
        short_row[i] = above < 0;
        length[i] = above < 0 ? a->epsilon : length[i];
        for (size_t d = 0; d < a->D; d++)
            u[i * a->D + d] = row[d] / length[i];
    }
}

/* l[i] and p[i,.] (N), of which p[i,i] is 0, from similarities s (N) of anchor i. */
static real anchor_loss(const struct pairs *a, size_t i, const real *s, real *p)
{
    real m = s[i == 0 ? 1 : 0];
    for (size_t j = 0; j < a->N; j++)
        m = j != i && s[j] > m ? s[j] : m;
    for (size_t j = 0; j < a->N; j++)
        p[j] = j == i ? R(0.0) : real_exp(s[j] - m);
    real sum = sum_features(a->N, p, 1);
    for (size_t j = 0; j < a->N; j++)
        p[j] = p[j] / sum;
    return real_log(sum) - (s[partner(a, i)] - m);
}

/* dz (N,D) from G (N,N), whose diagonal is 0. */
static void backward(struct call *call, const struct pairs *a, const real *G, const real *u,
                     const real *length, const int *short_row, real *dz)
{
    size_t N = a->N, D = a->D;
    real *both = call_scratch(call, N), *du = call_scratch(call, D);
    for (size_t i = 0; i < N; i++) {
        for (size_t j = 0; j < N; j++)
            both[j] = G[i * N + j] + G[j * N + i];
        for (size_t d = 0; d < D; d++)
            du[d] = sum_products(R(0.0), N, both, 1, &u[d], D) / a->temperature;
        real c = sum_products(R(0.0), D, du, 1, &u[i * D], 1);
        c = short_row[i] ? R(0.0) : c;
        for (size_t d = 0; d < D; d++)
            dz[i * D + d] = (du[d] - c * u[i * D + d]) / length[i];
    }
}

static struct pairs read_pairs(struct call *call)
{
    static const char *const layouts[] = {"neighbours", "halves", NULL};
    struct pairs a = {.N = call_size(call, 'N'), .D = call_size(call, 'D')};
    a.halves = call_choice(call, "layout", layouts);
    a.temperature = call_number_or(call, "temperature", R(0.5));
    a.epsilon = call_number_or(call, "epsilon", R(1e-12));
    if (a.N == 0 || a.N % 2 != 0 || a.D == 0)
        call_fail(call, "input 'z' must have an even number of rows, and features");
    if (!(a.temperature > 0))
        call_fail(call, "number 'temperature' must be above 0");
    if (!(a.epsilon > 0))
        call_fail(call, "number 'epsilon' must be above 0");
    return a;
}

void nt_xent_answer(struct call *call)
{
    static const char *const reductions[] = {"mean", "sum", NULL};
    const real *z = call_input(call, "z", "ND");
    struct pairs a = read_pairs(call);
    size_t N = a.N, D = a.D;
    real W = call_choice(call, "reduction", reductions) ? R(1.0) : real_count(N);
    real dloss = call_has(call, "dloss") ? *call_input(call, "dloss", "") : R(1.0);
    real *u = call_scratch(call, N * D), *length = call_scratch(call, N);
    int *short_row = call_scratch_integers(call, N);
    real *s = call_scratch(call, N), *G = call_scratch(call, N * N), *l = call_scratch(call, N);
    normalize(call, &a, z, u, length, short_row);
    for (size_t i = 0; i < N; i++) {
        for (size_t j = 0; j < N; j++)
            s[j] = sum_products(R(0.0), D, &u[i * D], 1, &u[j * D], 1) / a.temperature;
        l[i] = anchor_loss(&a, i, s, &G[i * N]);
        for (size_t j = 0; j < N; j++)
            G[i * N + j] = (G[i * N + j] - (j == partner(&a, i) ? R(1.0) : R(0.0))) * dloss / W;
    }
    *call_output(call, "loss", "") = sum_samples(N, call_block(call), l, 1) / W;
    backward(call, &a, G, u, length, short_row, call_output(call, "dz", "ND"));
}
