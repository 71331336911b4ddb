// SPDX-License-Identifier: MIT
#include "depth.h"

#include <string.h>

struct depth depth_read(struct question *q)
{
    static const char *const names[] = {"tanh", "relu", "sigmoid", NULL};
    static const struct operation *const curves[] = {&tanh_operation, &relu_operation,
                                                     &sigmoid_operation};
    static const char *const norms[] = {"none", "batch", "layer", NULL};
    struct depth d = {.q = q,
                      .f = curves[question_choice(q, "activation", names)],
                      .norm = (enum depth_norm)question_choice(q, "normalization", norms),
                      .epsilon = question_number_or(q, "epsilon", (scalar)0x1p-17)};
    if (!(d.epsilon > 0))
        question_refuse(q, "its number 'epsilon' must be above 0");
    const scalar *x = question_input(q, "x", "[N]D"), *first = question_input(q, "w1", "DH");
    const scalar *rest = question_input(q, "w", "KHH");
    d.N = question_size(q, 'N');
    d.rows = question_part(q, 'N');
    d.D = question_size(q, 'D');
    d.H = question_size(q, 'H');
    d.layers = question_size(q, 'K') + 1;
    if (d.layers > DEPTH_LAYERS)
        question_refuse(q, "its input 'w' has more than %d layers", DEPTH_LAYERS - 1);
    if (d.N == 0)
        question_refuse(q, "its input 'x' has no samples");
    const size_t all = depth_place(&d, d.layers);
    d.x = question_scratch(q, d.rows * d.D);
    memcpy(d.x, x, d.rows * d.D * sizeof *x);
    d.w = question_scratch(q, all);
    d.dw = question_scratch(q, all);
    memcpy(d.w, first, d.D * d.H * sizeof *first);
    memcpy(d.w + d.D * d.H, rest, (all - d.D * d.H) * sizeof *rest);
    for (size_t l = 0; l < d.layers; l++) {
        d.v[l] = question_scratch(q, d.rows * d.H);
        d.a[l] = question_scratch(q, d.rows * d.H);
        d.inverse[l] = question_scratch(q, d.norm == DEPTH_BATCH ? d.H : d.rows);
    }
    d.da = question_scratch(q, d.rows * d.H);
    d.dv = question_scratch(q, d.rows * d.H);
    d.dx = question_scratch(q, d.rows * d.D);
    d.mean = question_scratch(q, d.H);
    d.slope = question_scratch(q, d.H);
    return d;
}

size_t depth_place(const struct depth *d, size_t l)
{
    return l == 0 ? 0 : d->D * d->H + (l - 1) * d->H * d->H;
}

size_t depth_count(const struct depth *d, size_t l)
{
    return depth_place(d, l + 1) - depth_place(d, l);
}

/* total (H): over all samples the sum of x, or of a x. */
static void over_samples(const struct depth *d, const scalar *a, const scalar *x, scalar *total)
{
    const size_t H = d->H;
    struct reduction *sum = question_sum(d->q, 'N', H);
    for (size_t k = 0; k < reduction_pieces(sum); k++) {
        const struct piece piece = reduction_piece(sum, k);
        scalar *leaf = reduction_leaf(sum);
        for (size_t n = piece.first; n < piece.first + piece.count; n++) {
            if (a != NULL)
                question_team(d->q)->kernels->multiply_add(H, leaf, a + n * H, x + n * H);
            for (size_t h = 0; a == NULL && h < H; h++)
                leaf[h] += x[n * H + h];
        }
        reduction_push(sum);
    }
    reduction_finish(sum, total);
}

static void normalize_batch(const struct depth *d, scalar *v, scalar *inverse)
{
    const size_t H = d->H, count = d->rows * H;
    over_samples(d, NULL, v, d->mean);
    for (size_t i = 0; i < count; i++)
        v[i] -= d->mean[i % H] / (scalar)d->N;
    over_samples(d, v, v, inverse);
    for (size_t h = 0; h < H; h++)
        inverse[h] = 1 / scalar_sqrt(inverse[h] / (scalar)d->N + d->epsilon);
    for (size_t i = 0; i < count; i++)
        v[i] *= inverse[i % H];
}

static scalar sum_of(const scalar *x, size_t n)
{
    scalar sum = 0;
    for (size_t i = 0; i < n; i++)
        sum += x[i];
    return sum;
}

static void normalize_layer(const struct depth *d, scalar *v, scalar *inverse)
{
    const size_t H = d->H;
    for (size_t n = 0; n < d->rows; n++) {
        const scalar mean = sum_of(v + n * H, H) / (scalar)H;
        for (size_t h = 0; h < H; h++)
            v[n * H + h] -= mean;
    }
    team_row_products(question_team(d->q), d->rows, H, v, v, inverse);
    for (size_t n = 0; n < d->rows; n++)
        inverse[n] = 1 / scalar_sqrt(inverse[n] / (scalar)H + d->epsilon);
    for (size_t i = 0; i < d->rows * H; i++)
        v[i] *= inverse[i / H];
}

/* One use of the activation, without a tape. */
static void bend(const struct depth *d, size_t l, const scalar *da)
{
    struct tensor in = {.columns = d->H, .value = d->v[l]};
    struct tensor out = {.columns = d->H, .value = d->a[l]};
    struct node node = {.operation = d->f, .input = {&in}, .output = &out, .dx = {d->dv}};
    if (da == NULL) {
        d->f->forward(question_team(d->q), &node, d->rows);
        return;
    }
    if (da != d->da)
        memcpy(d->da, da, d->rows * d->H * sizeof *da);
    out.gradient = d->da;
    d->f->backward(question_team(d->q), &node, d->rows);
}

void depth_forward(const struct depth *d)
{
    const struct team *team = question_team(d->q);
    const size_t H = d->H;
    for (size_t l = 0; l < d->layers; l++) {
        const size_t I = l == 0 ? d->D : H;
        memset(d->v[l], 0, d->rows * H * sizeof(scalar));
        team_product(team, false, false, d->rows, H, I, l == 0 ? d->x : d->a[l - 1], I,
                     d->w + depth_place(d, l), H, d->v[l], H);
        if (d->norm == DEPTH_BATCH)
            normalize_batch(d, d->v[l], d->inverse[l]);
        if (d->norm == DEPTH_LAYER)
            normalize_layer(d, d->v[l], d->inverse[l]);
        bend(d, l, NULL);
    }
}

static void backward_batch(const struct depth *d, size_t l)
{
    const size_t H = d->H;
    over_samples(d, NULL, d->dv, d->mean);
    over_samples(d, d->dv, d->v[l], d->slope);
    for (size_t i = 0; i < d->rows * H; i++)
        d->dv[i] = (d->dv[i] - d->mean[i % H] / (scalar)d->N -
                    d->v[l][i] * (d->slope[i % H] / (scalar)d->N)) *
                   d->inverse[l][i % H];
}

static void backward_layer(const struct depth *d, size_t l)
{
    const size_t H = d->H;
    for (size_t n = 0; n < d->rows; n++) {
        scalar *dv = d->dv + n * H, slope;
        const scalar *v = d->v[l] + n * H, mean = sum_of(dv, H) / (scalar)H;
        team_row_products(question_team(d->q), 1, H, dv, v, &slope);
        slope /= (scalar)H;
        for (size_t h = 0; h < H; h++)
            dv[h] = (dv[h] - mean - v[h] * slope) * d->inverse[l][n];
    }
}

/* dw of layer l over all samples. */
static void weights_gradient(const struct depth *d, size_t l)
{
    const size_t H = d->H, I = l == 0 ? d->D : H;
    const scalar *a = l == 0 ? d->x : d->a[l - 1];
    struct reduction *sum = question_sum(d->q, 'N', I * H);
    for (size_t k = 0; k < reduction_pieces(sum); k++) {
        const struct piece piece = reduction_piece(sum, k);
        team_product(question_team(d->q), true, false, I, H, piece.count, a + piece.first * I, I,
                     d->dv + piece.first * H, H, reduction_leaf(sum), H);
        reduction_push(sum);
    }
    reduction_finish(sum, d->dw + depth_place(d, l));
}

void depth_backward(const struct depth *d, const scalar *dy)
{
    const size_t H = d->H;
    for (size_t l = d->layers; l-- > 0;) {
        const size_t I = l == 0 ? d->D : H;
        scalar *back = l == 0 ? d->dx : d->da;
        bend(d, l, l + 1 == d->layers ? dy : d->da);
        if (d->norm == DEPTH_BATCH)
            backward_batch(d, l);
        if (d->norm == DEPTH_LAYER)
            backward_layer(d, l);
        weights_gradient(d, l);
        memset(back, 0, d->rows * I * sizeof *back);
        team_product(question_team(d->q), false, true, d->rows, I, H, d->dv, H,
                     d->w + depth_place(d, l), H, back, I);
    }
}
