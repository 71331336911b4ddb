// SPDX-License-Identifier: MIT
#include "pairwise_distance.h"

struct distances distances_read(struct call *call)
{
    struct distances k = {.p = call_number_or(call, "p", R(2.0))};
    real epsilon = call_number_or(call, "epsilon", R(0.0));
    if (!(k.p > 0))
        call_fail(call, "number 'p' must be above 0");
    if (!(epsilon >= 0))
        call_fail(call, "number 'epsilon' must not be below 0");
    k.x1 = call_input(call, "x1", "NC");
    k.x2 = call_input(call, "x2", "MC");
    k.dy = call_input(call, "dy", "NM");
    k.N = call_size(call, 'N');
    k.M = call_size(call, 'M');
    k.C = call_size(call, 'C');
    k.block = call_block(call);
    k.y = call_output(call, "y", "NM");
    k.dx1 = call_output(call, "dx1", "NC");
    k.dx2 = call_output(call, "dx2", "MC");
    k.d = call_scratch(call, k.N * k.M * k.C);
    k.s = call_scratch(call, k.N * k.M * k.C);
    for (size_t i = 0; i < k.N * k.M * k.C; i++) {
        size_t c = i % k.C, m = i / k.C % k.M, n = i / k.C / k.M;
        k.d[i] = k.x1[n * k.C + c] - k.x2[m * k.C + c] + epsilon;
    }
    return k;
}

/* |d|^p of every difference, in s, which is not needed before the distance is known. */
static real distance(const struct distances *k, const real *d, real *s)
{
    if (k->p == 2)
        return real_sqrt(sum_products(R(0.0), k->C, d, 1, d, 1));
    for (size_t c = 0; c < k->C; c++) {
        real a = real_abs(d[c]);
        s[c] = k->p == 1 || a == 0 ? a : real_exp(k->p * real_log(a));
    }
    real sum = sum_features(k->C, s, 1);
    return k->p == 1 || sum == 0 ? sum : real_exp(real_log(sum) / k->p);
}

void distances_pair(const struct distances *k, size_t i)
{
    const real *d = &k->d[i * k->C];
    real *s = &k->s[i * k->C], y = k->y[i] = distance(k, d, s);
    for (size_t c = 0; c < k->C; c++) {
        real sign = d[c] > 0 ? R(1.0) : R(-1.0);
        if (d[c] == 0 || y == 0)
            s[c] = 0;
        else if (k->p == 2)
            s[c] = d[c] / y;
        else
            s[c] = k->p == 1 ? sign : sign * real_exp((k->p - 1) * real_log(real_abs(d[c]) / y));
    }
}

void distances_backward(const struct distances *k)
{
    size_t row = k->M * k->C;
    for (size_t n = 0; n < k->N; n++) {
        for (size_t c = 0; c < k->C; c++)
            k->dx1[n * k->C + c] =
                sum_products(R(0.0), k->M, &k->dy[n * k->M], 1, &k->s[n * row + c], k->C);
    }
    for (size_t i = 0; i < row; i++)
        k->dx2[i] = -sum_sample_products(k->N, k->block, &k->dy[i / k->C], k->M, &k->s[i], row);
}

void pairwise_distance_answer(struct call *call)
{
    struct distances k = distances_read(call);
    for (size_t i = 0; i < k.N * k.M; i++)
        distances_pair(&k, i);
    distances_backward(&k);
    call_decisions(call, k.N * k.M, k.y);
    if (k.p <= 1)
        call_decisions(call, k.N * k.M * k.C, k.d);
}
