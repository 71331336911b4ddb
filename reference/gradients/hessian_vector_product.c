// SPDX-License-Identifier: MIT
#include "hessian_vector_product.h"

#include "../foundations/dense_layer.h"

static void make_room(struct call *call, struct curvature *k)
{
    real **hidden[] = {&k->h, &k->s, &k->rh, &k->gh, &k->gz, &k->rgz};
    real **output[] = {&k->y, &k->ry, &k->g, &k->rg};
    for (size_t i = 0; i < sizeof hidden / sizeof *hidden; i++)
        *hidden[i] = call_scratch(call, k->N * k->H);
    for (size_t i = 0; i < sizeof output / sizeof *output; i++)
        *output[i] = call_scratch(call, k->N * k->K);
    k->slope = call_output(call, "slope", "");
    k->dw1 = call_output(call, "dw1", "DH");
    k->db1 = call_output(call, "db1", "H");
    k->dw2 = call_output(call, "dw2", "HK");
    k->db2 = call_output(call, "db2", "K");
    k->dv1 = call_output(call, "dv1", "DH");
    k->dc1 = call_output(call, "dc1", "H");
    k->dv2 = call_output(call, "dv2", "HK");
    k->dc2 = call_output(call, "dc2", "K");
}

struct curvature curvature_read(struct call *call)
{
    struct curvature k = {.x = call_input(call, "x", "ND"), .t = call_input(call, "t", "NK")};
    k.w1 = call_input(call, "w1", "DH");
    k.b1 = call_input(call, "b1", "H");
    k.w2 = call_input(call, "w2", "HK");
    k.b2 = call_input(call, "b2", "K");
    k.v1 = call_input(call, "v1", "DH");
    k.c1 = call_input(call, "c1", "H");
    k.v2 = call_input(call, "v2", "HK");
    k.c2 = call_input(call, "c2", "K");
    k.dslope = *call_input(call, "dslope", "");
    k.N = call_size(call, 'N');
    k.D = call_size(call, 'D');
    k.H = call_size(call, 'H');
    k.K = call_size(call, 'K');
    k.block = call_block(call);
    if (k.N == 0)
        call_fail(call, "input 'x' has no samples, so the mean is 0 / 0");
    make_room(call, &k);
    return k;
}

void curvature_forward(const struct curvature *k)
{
    dense_layer_forward(k->h, k->x, k->w1, k->b1, k->N, k->D, k->H);
    dense_layer_forward(k->rh, k->x, k->v1, k->c1, k->N, k->D, k->H);
    for (size_t i = 0; i < k->N * k->H; i++) {
        k->h[i] = real_tanh(k->h[i]);
        k->s[i] = 1 - k->h[i] * k->h[i];
        k->rh[i] = k->s[i] * k->rh[i];
    }
    dense_layer_forward(k->y, k->h, k->w2, k->b2, k->N, k->H, k->K);
    dense_layer_forward(k->ry, k->h, k->v2, k->c2, k->N, k->H, k->K);
    for (size_t i = 0; i < k->N * k->K; i++) {
        k->ry[i] = sum_products(k->ry[i], k->H, &k->rh[i / k->K * k->H], 1, &k->w2[i % k->K], k->K);
        k->g[i] = (k->y[i] - k->t[i]) / real_count(k->N);
    }
    real *term = k->rgz; /* (N) of (N,H), not needed yet */
    for (size_t n = 0; n < k->N; n++)
        term[n] = sum_products(R(0.0), k->K, &k->g[n * k->K], 1, &k->ry[n * k->K], 1);
    *k->slope = sum_samples(k->N, k->block, term, 1);
    for (size_t i = 0; i < k->N * k->K; i++) {
        k->rg[i] = k->dslope * k->ry[i] / real_count(k->N);
        k->g[i] = k->dslope * k->g[i];
    }
}

void curvature_backward(const struct curvature *k)
{
    for (size_t i = 0; i < k->N * k->H; i++) {
        size_t from = i / k->H * k->K, unit = i % k->H * k->K;
        real back = sum_products(R(0.0), k->K, &k->rg[from], 1, &k->w2[unit], 1);
        back = sum_products(back, k->K, &k->g[from], 1, &k->v2[unit], 1);
        k->gh[i] = sum_products(R(0.0), k->K, &k->g[from], 1, &k->w2[unit], 1);
        k->gz[i] = k->s[i] * k->gh[i];
        k->rgz[i] = k->s[i] * back - 2 * k->h[i] * k->rh[i] * k->gh[i];
    }
}

void curvature_sums(const struct curvature *k)
{
    dense_layer_backward(NULL, k->dw1, k->db1, k->rgz, k->x, k->w1, k->N, k->D, k->H, k->block);
    dense_layer_backward(NULL, k->dv1, k->dc1, k->gz, k->x, k->w1, k->N, k->D, k->H, k->block);
    dense_layer_backward(NULL, k->dw2, k->db2, k->rg, k->h, k->w2, k->N, k->H, k->K, k->block);
    dense_layer_backward(NULL, k->dv2, k->dc2, k->g, k->h, k->w2, k->N, k->H, k->K, k->block);
    for (size_t i = 0; i < k->H * k->K; i++)
        k->dw2[i] = k->dw2[i] + sum_sample_products(k->N, k->block, &k->rh[i / k->K], k->H,
                                                    &k->g[i % k->K], k->K);
}

void hessian_vector_product_answer(struct call *call)
{
    struct curvature k = curvature_read(call);
    curvature_forward(&k);
    curvature_backward(&k);
    curvature_sums(&k);
}
