// SPDX-License-Identifier: MIT
#include "multi_task_loss.h"

struct tasks {
    size_t N, I, T, block;
    const real *x, *w, *t, *s;
    const int *mask;
    int uncertain;
    real h, Z, dloss;
    real *c, *M; /* (T) */
};

static int labelled(const struct tasks *a, size_t n, size_t k)
{
    return !a->mask || a->mask[n * a->T + k];
}

static void read_weights(struct call *call, struct tasks *a)
{
    static const char *const no_yes[] = {"no", "yes", NULL};
    static const char *const halves[] = {"yes", "no", NULL};
    int normalized = call_choice(call, "normalized", no_yes);
    a->h = call_choice(call, "half", halves) ? R(1.0) : R(0.5);
    a->s = a->uncertain ? call_input(call, "s", "T") : NULL;
    const real *weight = NULL;
    if (!a->uncertain && call_has(call, "weight"))
        weight = call_input(call, "weight", "T");
    a->Z = R(1.0);
    for (size_t k = 0; k < a->T; k++) {
        a->c[k] = a->uncertain ? a->h * real_exp(-a->s[k]) : weight ? weight[k] : R(1.0);
        if (!(a->c[k] >= 0))
            call_fail(call, "element %zu of input 'weight' must be at least 0", k);
    }
    if (normalized && !a->uncertain)
        a->Z = sum_features(a->T, a->c, 1);
    if (!(a->Z > 0))
        call_fail(call, "input 'weight' adds to 0");
}

static void read_labels(struct call *call, struct tasks *a)
{
    if (call_has(call, "mask"))
        a->mask = call_integers(call, "mask", "NT", 0, 1);
    for (size_t k = 0; k < a->T; k++) {
        size_t count = 0;
        for (size_t n = 0; n < a->N; n++)
            count += (size_t)labelled(a, n, k);
        if (count == 0)
            call_fail(call, "input 'mask' leaves task %zu without labels: its mean is 0 / 0", k);
        a->M[k] = real_count(count);
    }
}

/* r (N,T), L (T) and the returned loss. */
static real forward(struct call *call, const struct tasks *a, real *r, real *L)
{
    real *square = call_scratch(call, a->N), loss = R(0.0);
    for (size_t k = 0; k < a->T; k++) {
        for (size_t n = 0; n < a->N; n++) {
            real y = sum_products(R(0.0), a->I, &a->x[n * a->I], 1, &a->w[k], a->T);
            real d = r[n * a->T + k] = y - a->t[n * a->T + k];
            square[n] = labelled(a, n, k) ? d * d : R(0.0);
        }
        L[k] = sum_samples(a->N, a->block, square, 1) / a->M[k];
        loss = loss + (a->uncertain ? a->c[k] * L[k] + a->h * a->s[k] : a->c[k] * L[k]);
    }
    return loss / a->Z;
}

/* r (N,T) becomes e. */
static void backward(const struct tasks *a, real *r, real *dx, real *dw)
{
    for (size_t i = 0; i < a->N * a->T; i++) {
        size_t k = i % a->T;
        r[i] = labelled(a, i / a->T, k) ? 2 * a->c[k] * r[i] * a->dloss / a->Z / a->M[k] : R(0.0);
    }
    for (size_t n = 0; n < a->N; n++)
        for (size_t i = 0; i < a->I; i++)
            dx[n * a->I + i] = sum_products(R(0.0), a->T, &r[n * a->T], 1, &a->w[i * a->T], 1);
    for (size_t i = 0; i < a->I; i++)
        for (size_t k = 0; k < a->T; k++)
            dw[i * a->T + k] = sum_sample_products(a->N, a->block, &a->x[i], a->I, &r[k], a->T);
}

void multi_task_loss_answer(struct call *call)
{
    static const char *const weightings[] = {"fixed", "uncertainty", NULL};
    struct tasks a = {.x = call_input(call, "x", "NI"),
                      .w = call_input(call, "w", "IT"),
                      .t = call_input(call, "t", "NT"),
                      .block = call_block(call)};
    a.N = call_size(call, 'N');
    a.I = call_size(call, 'I');
    a.T = call_size(call, 'T');
    if (a.N == 0 || a.T == 0)
        call_fail(call, "input 't' has no elements: its mean is 0 / 0");
    a.uncertain = call_choice(call, "weighting", weightings);
    a.dloss = call_has(call, "dloss") ? *call_input(call, "dloss", "") : R(1.0);
    a.c = call_scratch(call, a.T);
    a.M = call_scratch(call, a.T);
    read_weights(call, &a);
    read_labels(call, &a);
    real *L = call_output(call, "task_loss", "T"), *r = call_scratch(call, a.N * a.T);
    real loss = forward(call, &a, r, L);
    *call_output(call, "loss", "") = loss;
    real *dx = call_output(call, "dx", "NI"), *dw = call_output(call, "dw", "IT");
    backward(&a, r, dx, dw);
    if (!a.uncertain)
        return;
    real *ds = call_output(call, "ds", "T");
    for (size_t k = 0; k < a.T; k++)
        ds[k] = (a.h - a.c[k] * L[k]) * a.dloss;
}
