// SPDX-License-Identifier: MIT
/* Hessian-vector product; definition in reference/gradients/hessian_vector_product.h.
 *
 * How it is distributed: the samples are sharded; every rank holds all weights and the vector. Both
 * passes and their changes along the vector touch each sample alone. The products and the slope
 * cross the network together: chains over the samples of each canonical block, then the fixed tree.
 */
#include "../techniques.h"

#include <string.h>

struct pass {
    const struct kernels *kernels;
    size_t rows, D, H, K;
    const scalar *x, *w2, *v2;
    scalar *h, *s, *rh, *gz, *rgz; /* (rows,H) */
    scalar *g, *rg, *product;      /* (rows,K); product (rows): e R{y} */
};

/* out (rows,O) = bias + a (rows,I) w (I,O). */
static void layer(const struct pass *k, scalar *out, const scalar *a, const scalar *w,
                  const scalar *bias, size_t I, size_t O)
{
    for (size_t n = 0; n < k->rows; n++)
        memcpy(out + n * O, bias, O * sizeof *out);
    k->kernels->matrix_product(false, false, k->rows, O, I, a, I, w, O, out, O);
}

static void forward(struct question *q, struct pass *k)
{
    const scalar *t = question_input(q, "t", "[N]K"), N = (scalar)question_size(q, 'N');
    const scalar dslope = *question_input(q, "dslope", "");
    layer(k, k->h, k->x, question_input(q, "w1", "DH"), question_input(q, "b1", "H"), k->D, k->H);
    layer(k, k->rh, k->x, question_input(q, "v1", "DH"), question_input(q, "c1", "H"), k->D, k->H);
    k->kernels->hyperbolic_tangent(k->rows * k->H, k->h, k->h);
    for (size_t i = 0; i < k->rows * k->H; i++) {
        k->s[i] = 1 - k->h[i] * k->h[i];
        k->rh[i] *= k->s[i];
    }
    layer(k, k->g, k->h, k->w2, question_input(q, "b2", "K"), k->H, k->K);
    layer(k, k->rg, k->h, k->v2, question_input(q, "c2", "K"), k->H, k->K);
    k->kernels->matrix_product(false, false, k->rows, k->K, k->H, k->rh, k->H, k->w2, k->K, k->rg,
                               k->K);
    for (size_t i = 0; i < k->rows * k->K; i++)
        k->g[i] = (k->g[i] - t[i]) / N;
    team_row_products(question_team(q), k->rows, k->K, k->g, k->rg, k->product);
    for (size_t i = 0; i < k->rows * k->K; i++) {
        k->rg[i] = dslope * k->rg[i] / N;
        k->g[i] *= dslope;
    }
}

static void backward(const struct pass *k)
{
    const size_t rows = k->rows, H = k->H, K = k->K;
    k->kernels->matrix_product(false, true, rows, H, K, k->rg, K, k->w2, K, k->rgz, H);
    k->kernels->matrix_product(false, true, rows, H, K, k->g, K, k->v2, K, k->rgz, H);
    k->kernels->matrix_product(false, true, rows, H, K, k->g, K, k->w2, K, k->gz, H);
    for (size_t i = 0; i < rows * H; i++) {
        k->rgz[i] = k->s[i] * k->rgz[i] - 2 * k->h[i] * k->rh[i] * k->gz[i];
        k->gz[i] *= k->s[i];
    }
}

/* Adds left^T right of one piece to *leaf, and moves it on; left NULL: the sum of right. */
static void add(const struct pass *k, scalar **leaf, struct piece piece, const scalar *left,
                size_t I, const scalar *right, size_t O)
{
    right += piece.first * O;
    if (left != NULL)
        k->kernels->matrix_product(true, false, I, O, piece.count, left + piece.first * I, I, right,
                                   O, *leaf, O);
    for (size_t i = 0; left == NULL && i < piece.count * O; i++)
        (*leaf)[i % O] += right[i];
    *leaf += I * O;
}

static void add_piece(const struct pass *k, struct piece piece, scalar *leaf)
{
    add(k, &leaf, piece, k->x, k->D, k->rgz, k->H);
    add(k, &leaf, piece, NULL, 1, k->rgz, k->H);
    add(k, &leaf, piece, k->h, k->H, k->rg, k->K);
    add(k, &leaf, piece, NULL, 1, k->rg, k->K);
    add(k, &leaf, piece, k->x, k->D, k->gz, k->H);
    add(k, &leaf, piece, NULL, 1, k->gz, k->H);
    add(k, &leaf, piece, k->h, k->H, k->g, k->K);
    add(k, &leaf, piece, NULL, 1, k->g, k->K);
    add(k, &leaf, piece, k->rh, k->H, k->g, k->K);
    add(k, &leaf, piece, NULL, 1, k->product, 1);
}

static void answers(struct question *q, const struct pass *k, const scalar *total)
{
    static const struct {
        const char *name, *shape;
    } output[] = {{"dw1", "DH"}, {"db1", "H"}, {"dw2", "HK"}, {"db2", "K"},
                  {"dv1", "DH"}, {"dc1", "H"}, {"dv2", "HK"}, {"dc2", "K"}};
    const size_t count[] = {k->D * k->H, k->H, k->H * k->K, k->K};
    const scalar *second = total;
    for (size_t i = 0; i < 8; i++)
        second += count[i % 4];
    question_output(q, "slope", "")[0] = second[count[2]];
    for (size_t i = 0; i < 8; total += count[i++ % 4]) {
        scalar *out = question_output(q, output[i].name, output[i].shape);
        memcpy(out, total, count[i % 4] * sizeof *out);
        for (size_t j = 0; i == 2 && j < count[2]; j++)
            out[j] += second[j];
    }
}

void hessian_vector_product_run(struct question *q)
{
    struct pass k = {.kernels = question_team(q)->kernels, .x = question_input(q, "x", "[N]D")};
    if (question_size(q, 'N') == 0)
        question_refuse(q, "its input 'x' has no samples, so the mean is 0 / 0");
    question_input(q, "w1", "DH");
    k.w2 = question_input(q, "w2", "HK");
    k.v2 = question_input(q, "v2", "HK");
    k.rows = question_part(q, 'N');
    k.D = question_size(q, 'D');
    k.H = question_size(q, 'H');
    k.K = question_size(q, 'K');
    scalar **hidden[] = {&k.h, &k.s, &k.rh, &k.gz, &k.rgz}, **output[] = {&k.g, &k.rg};
    for (size_t i = 0; i < sizeof hidden / sizeof *hidden; i++)
        *hidden[i] = question_scratch(q, k.rows * k.H);
    for (size_t i = 0; i < sizeof output / sizeof *output; i++)
        *output[i] = question_scratch(q, k.rows * k.K);
    k.product = question_scratch(q, k.rows);
    forward(q, &k);
    backward(&k);
    const size_t length = 2 * (k.D * k.H + k.H + k.H * k.K + k.K) + k.H * k.K + 1;
    struct reduction *sum = question_sum(q, 'N', length);
    for (size_t i = 0; i < reduction_pieces(sum); i++) {
        add_piece(&k, reduction_piece(sum, i), reduction_leaf(sum));
        reduction_push(sum);
    }
    scalar *total = question_scratch(q, length);
    reduction_finish(sum, total);
    answers(q, &k, total);
}
