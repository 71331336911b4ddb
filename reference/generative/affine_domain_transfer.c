// SPDX-License-Identifier: MIT
#include "affine_domain_transfer.h"

struct cloud {
    const char *name;
    const real *x;
    size_t N;
    real *mean, *gap, *covariance; /* (D), (N,D), (D,D) */
};

enum { MOMENTS, CHOLESKY, SYMMETRIC, MONGE };

static struct cloud measure(struct call *call, const char *name, const char *shape, size_t ddof,
                            real ridge)
{
    struct cloud c = {.name = name, .x = call_input(call, name, shape)};
    size_t N = c.N = call_size(call, shape[0]), D = call_size(call, 'D');
    if (N <= ddof)
        call_fail(call, "input '%s' has too few samples for a covariance", name);
    c.mean = call_scratch(call, D);
    c.gap = call_scratch(call, N * D);
    c.covariance = call_scratch(call, D * D);
    for (size_t d = 0; d < D; d++)
        c.mean[d] = sum_samples(N, call_block(call), &c.x[d], D) / real_count(N);
    for (size_t i = 0; i < N * D; i++)
        c.gap[i] = c.x[i] - c.mean[i % D];
    for (size_t i = 0; i < D * D; i++) {
        c.covariance[i] =
            sum_sample_products(N, call_block(call), &c.gap[i / D], D, &c.gap[i % D], D) /
            real_count(N - ddof);
        if (i / D == i % D)
            c.covariance[i] = c.covariance[i] + ridge;
    }
    return c;
}

/* C in place of its lower triangle. */
static void triangle(struct call *call, const struct cloud *cloud, real *l, size_t D)
{
    for (size_t i = 0; i < D; i++) {
        for (size_t j = 0; j <= i; j++) {
            real s = cloud->covariance[i * D + j];
            for (size_t k = 0; k < j; k++)
                s = s - l[i * D + k] * l[j * D + k];
            if (i == j && !(s > 0))
                call_fail(call, "the covariance of input '%s' is not positive", cloud->name);
            l[i * D + j] = i == j ? real_sqrt(s) : s / l[j * D + j];
        }
    }
}

/* a' = L_S L_X^-1. */
static void by_triangles(struct call *call, const struct cloud *x, const struct cloud *s, real *a,
                         size_t D)
{
    real *of_x = call_scratch(call, D * D), *of_s = call_scratch(call, D * D);
    triangle(call, x, of_x, D);
    triangle(call, s, of_s, D);
    for (size_t i = 0; i < D; i++) {
        for (size_t j = D; j-- > 0;) {
            real t = of_s[i * D + j];
            for (size_t k = j + 1; k < D; k++)
                t = t - a[k * D + i] * of_x[k * D + j];
            a[j * D + i] = t / of_x[j * D + j];
        }
    }
}

/* The symmetric root of a covariance of the plane, and its inverse. */
static void root(struct call *call, const char *name, const real *c, real *r, real *inverse)
{
    real square = c[0] * c[3] - c[1] * c[2];
    if (!(square > 0))
        call_fail(call, "the covariance of input '%s' is not positive", name);
    real det = real_sqrt(square), t = real_sqrt(c[0] + c[3] + 2 * det);
    for (size_t i = 0; i < 4; i++)
        r[i] = (c[i] + (i % 3 == 0 ? det : 0)) / t;
    inverse[0] = r[3] / det;
    inverse[1] = -r[1] / det;
    inverse[2] = -r[2] / det;
    inverse[3] = r[0] / det;
}

static void multiply(real *out, const real *a, const real *b)
{
    for (size_t i = 0; i < 4; i++)
        out[i] = sum_products(R(0.0), 2, &a[i / 2 * 2], 1, &b[i % 2], 2);
}

static void by_roots(struct call *call, const struct cloud *x, const struct cloud *s, real *a,
                     int monge)
{
    real of_x[4], whiten[4], of_s[4], spare[4], middle[4];
    root(call, x->name, x->covariance, of_x, whiten);
    root(call, s->name, s->covariance, of_s, spare);
    if (!monge) {
        multiply(a, whiten, of_s);
        return;
    }
    multiply(spare, of_x, s->covariance);
    multiply(middle, spare, of_x);
    root(call, s->name, middle, of_s, spare);
    multiply(spare, whiten, of_s);
    multiply(a, spare, whiten);
}

void affine_domain_transfer_answer(struct call *call)
{
    static const char *const methods[] = {"moments", "cholesky", "symmetric", "monge", NULL};
    static const char *const deviations[] = {"population", "sample", NULL};
    static const char *const centers[] = {"moved", "kept", NULL};
    int method = call_choice(call, "method", methods);
    size_t ddof = (size_t)call_choice(call, "deviation", deviations);
    int kept = call_choice(call, "center", centers) == 1;
    real ridge = call_number_or(call, "ridge", R(0.0));
    if (!(ridge >= 0))
        call_fail(call, "number 'ridge' must not be negative");
    struct cloud x = measure(call, "x", "ND", ddof, ridge);
    struct cloud s = measure(call, "s", "MD", ddof, ridge);
    size_t D = call_size(call, 'D');
    if (method >= SYMMETRIC && D != 2)
        call_fail(call, "convention 'method' is one of the plane alone");
    real *y = call_output(call, "y", "ND"), *a = call_output(call, "A", "DD");
    if (method == MOMENTS) {
        for (size_t i = 0; i < D * D; i += D + 1) {
            if (!(x.covariance[i] > 0))
                call_fail(call, "a feature of input 'x' is constant");
            a[i] = real_sqrt(s.covariance[i] / x.covariance[i]);
        }
    } else if (method == CHOLESKY) {
        by_triangles(call, &x, &s, a, D);
    } else {
        by_roots(call, &x, &s, a, method == MONGE);
    }
    for (size_t i = 0; i < x.N * D; i++)
        y[i] = sum_products(kept ? 0 : s.mean[i % D], D, kept ? &x.x[i / D * D] : &x.gap[i / D * D],
                            1, &a[i % D], D);
}
