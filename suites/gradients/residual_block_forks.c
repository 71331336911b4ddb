// SPDX-License-Identifier: MIT
#include "../../reference/gradients/residual_block.h"
#include "../fork.h"

/* The slope of f, from the input. */
static real slope(enum curve f, real x)
{
    real e = real_exp(-real_abs(x));
    if (f == CURVE_RELU)
        return x > 0 ? R(1.0) : R(0.0);
    if (f == CURVE_SIGMOID)
        return e / ((1 + e) * (1 + e));
    return 4 * e * e / ((1 + e * e) * (1 + e * e));
}

/* Row n of x's gradient through the whole Jacobian of the branch, and the outer products that this
 * sample adds to the gradients of the weights. */
static void through_sample(const struct residual *b, size_t n)
{
    size_t D = b->D, H = b->H;
    for (size_t i = 0; i < D; i++) {
        real sum = b->ds[n * D + i];
        real outer = b->order == RESIDUAL_PRE ? slope(b->f, b->x[n * D + i]) : 1;
        for (size_t d = 0; d < D; d++) {
            real entry = 0; /* d r_d / d x_i */
            for (size_t h = 0; h < H; h++)
                entry += b->w1[i * H + h] * slope(b->f, b->z[n * H + h]) * b->w2[h * D + d];
            sum += b->ds[n * D + d] * b->scale * outer * entry;
        }
        b->dx[n * D + i] = sum;
    }
    for (size_t h = 0; h < H; h++) {
        real back = 0;
        for (size_t d = 0; d < D; d++) {
            back += b->w2[h * D + d] * b->ds[n * D + d];
            b->dw2[h * D + d] += b->scale * b->ds[n * D + d] * b->h[n * H + h];
        }
        back *= b->scale * slope(b->f, b->z[n * H + h]);
        for (size_t i = 0; i < D; i++)
            b->dw1[i * H + h] += back * b->u[n * D + i];
        b->db1[h] += back;
    }
}

static void jacobian(struct call *call)
{
    struct residual b = residual_read(call);
    residual_forward(&b);
    for (size_t i = 0; i < b.N * b.D; i++) {
        b.ds[i] = b.dy[i] * (b.order == RESIDUAL_POST ? slope(b.f, b.s[i]) : 1);
        b.db2[i % b.D] += b.scale * b.ds[i];
    }
    for (size_t n = 0; n < b.N; n++)
        through_sample(&b, n);
}

enum mistake {
    SHORTCUT_LOST,
    BRANCH_LOST,
    SHORTCUT_TWICE,
    UPSTREAM_ON_SHORTCUT,
    NO_SHORTCUT_FORWARD,
    BOTH_SCALED,
    SCALE_FORWARD_ONLY,
    MEAN_OF_SAMPLES,
    UPSTREAM_IGNORED
};

static void change_element(const struct residual *b, enum mistake mistake, size_t i)
{
    if (mistake == SHORTCUT_LOST)
        b->dx[i] = b->du[i];
    else if (mistake == BRANCH_LOST)
        b->dx[i] = b->ds[i];
    else if (mistake == SHORTCUT_TWICE)
        b->dx[i] = b->dx[i] + b->ds[i];
    else if (mistake == UPSTREAM_ON_SHORTCUT)
        b->dx[i] = b->dy[i] + b->du[i];
    else if (mistake == UPSTREAM_IGNORED)
        b->dx[i] = 1 + b->du[i];
    else if (mistake == NO_SHORTCUT_FORWARD)
        b->y[i] = b->scale * b->r[i];
    else if (mistake == BOTH_SCALED)
        b->y[i] = b->scale * (b->x[i] + b->r[i]);
}

static void wrong(struct call *call)
{
    struct residual b = residual_read(call);
    enum mistake mistake = (enum mistake)call_variant(call);
    residual_forward(&b);
    if (mistake == SCALE_FORWARD_ONLY)
        b.scale = 1;
    residual_backward(&b);
    for (size_t i = 0; i < b.N * b.D; i++)
        change_element(&b, mistake, i);
    for (size_t i = 0; mistake == MEAN_OF_SAMPLES && i < b.D * b.H; i++) {
        b.dw1[i] = b.dw1[i] / real_count(b.N);
        b.dw2[i] = b.dw2[i] / real_count(b.N);
    }
}

/* Weights of the second layer from a hidden layer before its activation. */
static void activation_skipped(struct call *call)
{
    struct residual b = residual_read(call);
    residual_forward(&b);
    residual_backward(&b);
    for (size_t h = 0; h < b.H; h++) {
        for (size_t d = 0; d < b.D; d++)
            b.dw2[h * b.D + d] = sum_sample_products(b.N, b.block, &b.z[h], b.H, &b.dr[d], b.D);
    }
}

/* The samples of the last block add nothing to the gradients of the weights. */
static void last_block_lost(struct call *call)
{
    struct residual b = residual_read(call);
    residual_forward(&b);
    residual_backward(&b);
    size_t N = (b.N - 1) / b.block * b.block;
    for (size_t d = 0; d < b.D; d++)
        b.db2[d] = sum_samples(N, b.block, &b.dr[d], b.D);
}

static const struct fork table[] = {
    {.info = {"jacobian", FORK_TWIN, "", "Through the Jacobian of the branch, sample by sample.",
              NULL},
     .answer = jacobian},
    {.info = {"shortcut_lost", FORK_BUG, "", "The gradient of the shortcut is lost.", NULL},
     .answer = wrong,
     .variant = SHORTCUT_LOST},
    {.info = {"branch_lost", FORK_BUG, "", "Only the shortcut has a gradient.", NULL},
     .answer = wrong,
     .variant = BRANCH_LOST},
    {.info = {"shortcut_twice", FORK_BUG, "", "The shortcut is added twice.", NULL},
     .answer = wrong,
     .variant = SHORTCUT_TWICE},
    {.info = {"upstream_on_shortcut", FORK_BUG, "",
              "The activation after the addition has no slope on the shortcut.", NULL},
     .answer = wrong,
     .variant = UPSTREAM_ON_SHORTCUT},
    {.info = {"upstream_ignored", FORK_BUG, "", "The shortcut brings 1 instead of the upstream.",
              NULL},
     .answer = wrong,
     .variant = UPSTREAM_IGNORED},
    {.info = {"no_shortcut_forward", FORK_BUG, "", "Forward, the shortcut is not added.", NULL},
     .answer = wrong,
     .variant = NO_SHORTCUT_FORWARD},
    {.info = {"both_scaled", FORK_CONVENTION, "", "The scale is on the whole sum.", NULL},
     .answer = wrong,
     .variant = BOTH_SCALED},
    {.info = {"scale_forward_only", FORK_BUG, "", "The scale is forgotten backwards.", NULL},
     .answer = wrong,
     .variant = SCALE_FORWARD_ONLY},
    {.info = {"mean_of_samples", FORK_CONVENTION, "", "Gradients of weights are means.", NULL},
     .answer = wrong,
     .variant = MEAN_OF_SAMPLES},
    {.info = {"activation_skipped", FORK_BUG, "",
              "The second layer's gradient has the hidden layer before its activation.", NULL},
     .answer = activation_skipped},
    {.info = {"last_block_lost", FORK_BUG, "", "The last block is not in the sums.", NULL},
     .answer = last_block_lost},
    {.info = {"scale_ignored", FORK_BUG, "", "The branch is not scaled.", NULL},
     .number = {"scale", 1}},
    {.info = {"always_post", FORK_CONVENTION, "", "The activation follows the addition.", NULL},
     .instead = {"order", "post"}},
    {.info = {"always_pre", FORK_CONVENTION, "", "The activation precedes each layer.", NULL},
     .instead = {"order", "pre"}},
    {.info = {"always_plain", FORK_CONVENTION, "", "No activation outside of the branch.", NULL},
     .instead = {"order", "plain"}},
};

const struct fork_list residual_block_forks = {sizeof table / sizeof *table, table};
