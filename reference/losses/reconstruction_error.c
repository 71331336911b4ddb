// SPDX-License-Identifier: MIT
#include "reconstruction_error.h"

enum form { SQUARED, ROOT, ABSOLUTE };

/* e of one sample from its differences r (K), which become de/dy. */
static real sample_error(struct call *call, real *r, real *spare, enum form form, real divisor,
                         size_t K)
{
    if (form == ABSOLUTE) {
        call_decisions(call, K, r);
        for (size_t k = 0; k < K; k++) {
            spare[k] = real_abs(r[k]);
            r[k] = (r[k] > 0 ? R(1.0) : r[k] < 0 ? R(-1.0) : R(0.0)) / divisor;
        }
        return sum_features(K, spare, 1) / divisor;
    }
    real s = sum_products(R(0.0), K, r, 1, r, 1) / divisor, e = form == ROOT ? real_sqrt(s) : s;
    if (form == ROOT)
        call_decisions(call, 1, &s);
    for (size_t k = 0; k < K; k++) {
        if (form == SQUARED)
            r[k] = 2 * r[k] / divisor;
        else
            r[k] = e > 0 ? r[k] / divisor / e : R(0.0);
    }
    return e;
}

void reconstruction_error_answer(struct call *call)
{
    static const char *const forms[] = {"squared", "root", "absolute", NULL};
    static const char *const overs[] = {"mean", "sum", NULL};
    static const char *const reductions[] = {"mean", "sum", NULL};
    const real *y = call_input(call, "y", "NK"), *t = call_input(call, "t", "NK");
    size_t N = call_size(call, 'N'), K = call_size(call, 'K'), normals = 0;
    if (N == 0 || K == 0)
        call_fail(call, "input 'y' has no elements: its mean is 0 / 0");
    const int *normal = NULL;
    if (call_has(call, "normal"))
        normal = call_integers(call, "normal", "N", 0, 1);
    for (size_t n = 0; n < N; n++)
        normals += !normal || normal[n];
    if (normals == 0)
        call_fail(call, "input 'normal' has no 1: there is nothing to learn from");
    enum form form = (enum form)call_choice(call, "error", forms);
    real divisor = call_choice(call, "over", overs) ? R(1.0) : real_count(K);
    real W = call_choice(call, "reduction", reductions) ? R(1.0) : real_count(normals);
    real dloss = call_has(call, "dloss") ? *call_input(call, "dloss", "") : R(1.0);
    real *error = call_output(call, "error", "N"), *dy = call_output(call, "dy", "NK");
    real *counted = call_scratch(call, N), *spare = call_scratch(call, K);
    for (size_t n = 0; n < N; n++) {
        real *slope = &dy[n * K];
        for (size_t k = 0; k < K; k++)
            slope[k] = y[n * K + k] - t[n * K + k];
        error[n] = sample_error(call, slope, spare, form, divisor, K);
        int learnt = !normal || normal[n];
        counted[n] = learnt ? error[n] : R(0.0);
        for (size_t k = 0; k < K; k++)
            slope[k] = learnt ? slope[k] * dloss / W : R(0.0);
    }
    *call_output(call, "loss", "") = sum_samples(N, call_block(call), counted, 1) / W;
}
