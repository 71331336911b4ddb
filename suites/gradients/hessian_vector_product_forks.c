// SPDX-License-Identifier: MIT
#include "../../reference/gradients/hessian_vector_product.h"
#include "../fork.h"

/* Backwards through the forward pass of the slope: the adjoints of h and of R{h} = s R{z}, sample
 * by sample, with s from exponentials. */
static void adjoints(const struct curvature *k, size_t n, size_t i)
{
    real z = k->b1[i], change = k->c1[i], of_rh = 0, of_h = 0;
    for (size_t d = 0; d < k->D; d++) {
        z += k->x[n * k->D + d] * k->w1[d * k->H + i];
        change += k->x[n * k->D + d] * k->v1[d * k->H + i];
    }
    real e = real_exp(-2 * real_abs(z)), s = 4 * e / ((1 + e) * (1 + e));
    real h = z < 0 ? (e - 1) / (1 + e) : (1 - e) / (1 + e);
    for (size_t o = 0; o < k->K; o++) {
        real g = k->g[n * k->K + o], rg = k->rg[n * k->K + o];
        of_rh += g * k->w2[i * k->K + o];
        of_h += g * k->v2[i * k->K + o] + rg * k->w2[i * k->K + o];
        k->dw2[i * k->K + o] += h * rg + s * change * g;
        k->dv2[i * k->K + o] += h * g;
    }
    of_h -= 2 * h * change * of_rh;
    for (size_t d = 0; d < k->D; d++) {
        k->dw1[d * k->H + i] += k->x[n * k->D + d] * (of_h * s);
        k->dv1[d * k->H + i] += k->x[n * k->D + d] * (of_rh * s);
    }
    k->db1[i] += of_h * s;
    k->dc1[i] += of_rh * s;
}

static void reverse_over_forward(struct call *call)
{
    struct curvature k = curvature_read(call);
    curvature_forward(&k);
    for (size_t i = 0; i < k.N * k.H; i++)
        adjoints(&k, i / k.H, i % k.H);
    for (size_t i = 0; i < k.N * k.K; i++) {
        k.db2[i % k.K] += k.rg[i];
        k.dc2[i % k.K] += k.g[i];
    }
}

enum mistake {
    GAUSS_NEWTON,
    BEND_LOST,
    BEND_SIGN,
    MOVED_WEIGHTS_LOST,
    MOVED_UNITS_LOST,
    BIASES_BACKWARD,
    UPSTREAM_IGNORED,
    SUM,
    NO_HALF,
    GRADIENT,
    LAST_BLOCK_LOST
};

static void wrong_backward(const struct curvature *k, enum mistake mistake)
{
    for (size_t i = 0; i < k->N * k->H; i++) {
        size_t from = i / k->H * k->K, unit = i % k->H * k->K;
        real bend = 2 * k->h[i] * k->rh[i] * k->gh[i];
        real moved = sum_products(R(0.0), k->K, &k->g[from], 1, &k->v2[unit], 1);
        if (mistake == GAUSS_NEWTON || mistake == BEND_LOST)
            k->rgz[i] += bend;
        if (mistake == BEND_SIGN)
            k->rgz[i] += 2 * bend;
        if (mistake == GAUSS_NEWTON || mistake == MOVED_WEIGHTS_LOST)
            k->rgz[i] -= k->s[i] * moved;
        if (mistake == GAUSS_NEWTON || mistake == MOVED_UNITS_LOST)
            k->rh[i] = 0;
        if (mistake == BIASES_BACKWARD)
            k->rgz[i] -= k->s[i] * k->c1[i % k->H];
        if (mistake == GRADIENT)
            k->rgz[i] = k->gz[i];
    }
}

static void wrong(struct call *call)
{
    struct curvature k = curvature_read(call);
    enum mistake mistake = (enum mistake)call_variant(call);
    if (mistake == UPSTREAM_IGNORED)
        k.dslope = 1;
    curvature_forward(&k);
    real factor = mistake == SUM ? real_count(k.N) : mistake == NO_HALF ? R(2.0) : R(1.0);
    for (size_t i = 0; i < k.N * k.K; i++) {
        k.g[i] *= factor;
        k.rg[i] *= factor;
    }
    *k.slope *= factor;
    curvature_backward(&k);
    wrong_backward(&k, mistake);
    if (mistake == LAST_BLOCK_LOST)
        k.N = (k.N - 1) / k.block * k.block;
    curvature_sums(&k);
}

/* The difference of two gradients, a step of r along the vector apart. */
static void difference(struct call *call)
{
    struct curvature k = curvature_read(call), there = k;
    const real r = R(0x1p-12);
    const real *w[] = {k.w1, k.b1, k.w2, k.b2}, *v[] = {k.v1, k.c1, k.v2, k.c2};
    real *dw[] = {k.dw1, k.db1, k.dw2, k.db2}, *dv[] = {k.dv1, k.dc1, k.dv2, k.dc2}, *moved[4];
    const size_t count[] = {k.D * k.H, k.H, k.H * k.K, k.K};
    for (size_t i = 0; i < 4; i++) {
        moved[i] = call_scratch(call, count[i]);
        for (size_t j = 0; j < count[i]; j++)
            moved[i][j] = w[i][j] + r * v[i][j];
    }
    there.w1 = moved[0];
    there.b1 = moved[1];
    there.w2 = moved[2];
    there.b2 = moved[3];
    curvature_forward(&there);
    curvature_backward(&there);
    curvature_sums(&there);
    for (size_t i = 0; i < 4; i++) {
        for (size_t j = 0; j < count[i]; j++)
            moved[i][j] = dv[i][j];
    }
    curvature_forward(&k);
    curvature_backward(&k);
    curvature_sums(&k);
    for (size_t i = 0; i < 4; i++) {
        for (size_t j = 0; j < count[i]; j++)
            dw[i][j] = (moved[i][j] - dv[i][j]) / r;
    }
}

static const struct fork table[] = {
    {.info = {"reverse_over_forward", FORK_TWIN, "", "The adjoints of the forward change.", NULL},
     .answer = reverse_over_forward},
    {.info = {"difference", FORK_NUMERICAL, "", "The difference of two gradients.", NULL},
     .answer = difference},
    {.info = {"gauss_newton", FORK_CONVENTION, "", "The Gauss-Newton matrix.", NULL},
     .answer = wrong,
     .variant = GAUSS_NEWTON},
    {.info = {"bend_lost", FORK_BUG, "", "The second derivative of tanh is left out.", NULL},
     .answer = wrong,
     .variant = BEND_LOST},
    {.info = {"bend_sign", FORK_BUG, "", "The second derivative of tanh has the wrong sign.", NULL},
     .answer = wrong,
     .variant = BEND_SIGN},
    {.info = {"moved_weights_lost", FORK_BUG, "", "Backwards, the weights stand still.", NULL},
     .answer = wrong,
     .variant = MOVED_WEIGHTS_LOST},
    {.info = {"moved_units_lost", FORK_BUG, "", "Hidden units stand still in dw2.", NULL},
     .answer = wrong,
     .variant = MOVED_UNITS_LOST},
    {.info = {"biases_in_backward", FORK_BUG, "", "The biases' change goes backwards too.", NULL},
     .answer = wrong,
     .variant = BIASES_BACKWARD},
    {.info = {"upstream_ignored", FORK_BUG, "", "The upstream is 1.", NULL},
     .answer = wrong,
     .variant = UPSTREAM_IGNORED},
    {.info = {"sum", FORK_CONVENTION, "", "The loss is a sum over samples.", NULL},
     .answer = wrong,
     .variant = SUM},
    {.info = {"no_half", FORK_CONVENTION, "", "The loss lacks the factor 1/2.", NULL},
     .answer = wrong,
     .variant = NO_HALF},
    {.info = {"gradient", FORK_BUG, "", "The gradient in place of the product.", NULL},
     .answer = wrong,
     .variant = GRADIENT},
    {.info = {"last_block_lost", FORK_BUG, "", "The last block is not in the sums.", NULL},
     .answer = wrong,
     .variant = LAST_BLOCK_LOST},
};

const struct fork_list hessian_vector_product_forks = {sizeof table / sizeof *table, table};
