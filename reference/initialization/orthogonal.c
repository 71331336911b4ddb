// SPDX-License-Identifier: MIT
#include "orthogonal.h"

/* Reflects column a (stride n) of rows k .. m-1 at the plane orthogonal to v (m - k). */
static void reflect(real *a, const real *v, real vv, size_t count, size_t n)
{
    real factor = 2 * sum_products(R(0.0), count, v, 1, a, n) / vv;
    for (size_t i = 0; i < count; i++)
        a[i * n] = a[i * n] - factor * v[i];
}

/* v (count) of the column that starts at a. */
static real reflector(real *v, const real *a, size_t count, size_t n)
{
    for (size_t i = 0; i < count; i++)
        v[i] = a[i * n];
    return sum_products(R(0.0), count, v, 1, v, 1);
}

int householder_factor(real *q, real *sign, real *head, real *a, real *scratch, size_t m, size_t n)
{
    for (size_t k = 0; k < n; k++) {
        real *column = &a[k * n + k];
        real norm = real_sqrt(reflector(scratch, column, m - k, n));
        if (!(norm > 0))
            return 0;
        head[k] = column[0];
        sign[k] = column[0] < 0 ? 1 : -1;
        column[0] = column[0] < 0 ? column[0] - norm : column[0] + norm;
        real vv = reflector(scratch, column, m - k, n);
        for (size_t j = k + 1; j < n; j++)
            reflect(&a[k * n + j], scratch, vv, m - k, n);
    }
    for (size_t i = 0; i < m * n; i++)
        q[i] = i / n == i % n ? 1 : 0;
    for (size_t k = n; k-- > 0;) {
        real vv = reflector(scratch, &a[k * n + k], m - k, n);
        for (size_t j = 0; j < n; j++)
            reflect(&q[k * n + j], scratch, vv, m - k, n);
    }
    return 1;
}

void orthogonal_answer(struct call *call)
{
    static const char *const signs[] = {"fixed", "raw", NULL};
    const char *shape = call_rank(call, "deviate") == 2 ? "IO" : "HWIO";
    const real *u = call_input(call, "deviate", shape);
    size_t rows = call_size(call, 'I'), columns = call_size(call, 'O');
    if (shape[0] == 'H')
        rows *= call_size(call, 'H') * call_size(call, 'W');
    int wide = columns > rows, raw = call_choice(call, "sign", signs);
    size_t m = wide ? columns : rows, n = wide ? rows : columns;
    real gain = call_number_or(call, "gain", R(1.0));
    if (!(gain > 0))
        call_fail(call, "number 'gain' must be above 0");
    real *a = call_scratch(call, m * n), *q = call_scratch(call, m * n);
    real *sign = call_scratch(call, n), *head = call_scratch(call, n);
    if (m * n == 0)
        call_fail(call, "input 'deviate' is empty");
    for (size_t i = 0; i < m * n; i++)
        a[i] = wide ? u[i % n * m + i / n] : u[i];
    if (!householder_factor(q, sign, head, a, call_scratch(call, m), m, n))
        call_fail(call, "input 'deviate' has not full rank");
    if (raw)
        call_decisions(call, n, head);
    real *w = call_output(call, "w", shape);
    for (size_t i = 0; i < m * n; i++)
        w[wide ? i % n * m + i / n : i] = gain * (raw || sign[i % n] > 0 ? q[i] : -q[i]);
}
