// SPDX-License-Identifier: MIT
/* Where batch normalization stands; definition in
 * reference/normalization/batch_normalization_placement.h.
 *
 * How it is distributed: the samples are sharded; weights, scale and shift are whole on every rank.
 * Four sums cross the network, each a chain over the samples of a canonical block, then the fixed
 * tree: the values, the squares about their mean, backwards dv x_hat with dv, and at last dw with
 * db. The statistics are those of all ranks' samples together.
 */
#include "normalization.h"

#include <string.h>

struct place {
    struct question *q;
    size_t N, rows, I, O;
    bool after, bent; /* bent: tanh; else ReLU */
    const scalar *x, *w, *gamma, *beta;
    scalar *z, *v, *hat, *divisor; /* z: the product; v: what came out of the first of the two */
};

/* total (O) over all samples of x, or of a x. */
static void sum_rows(const struct place *p, const scalar *a, const scalar *x, scalar *total)
{
    struct reduction *sum = question_sum(p->q, 'N', p->O);
    const struct kernels *kernels = question_team(p->q)->kernels;
    for (size_t i = 0; i < reduction_pieces(sum); i++) {
        struct piece piece = reduction_piece(sum, i);
        scalar *leaf = reduction_leaf(sum);
        for (size_t n = piece.first; n < piece.first + piece.count; n++) {
            if (a != NULL)
                kernels->multiply_add(p->O, leaf, a + n * p->O, x + n * p->O);
            for (size_t o = 0; o < p->O && a == NULL; o++)
                leaf[o] += x[n * p->O + o];
        }
        reduction_push(sum);
    }
    reduction_finish(sum, total);
}

static void bend(const struct place *p, scalar *y, const scalar *v)
{
    size_t count = p->rows * p->O;
    if (p->bent)
        question_team(p->q)->kernels->hyperbolic_tangent(count, y, v);
    for (size_t i = 0; i < count && !p->bent; i++)
        y[i] = v[i] > 0 ? v[i] : 0;
}

/* du = dy f'(v), y = f(v). */
static void unbend(const struct place *p, scalar *du, const scalar *dy, const scalar *v,
                   const scalar *y)
{
    for (size_t i = 0; i < p->rows * p->O; i++) {
        scalar slope = p->bent ? (1 - y[i]) * (1 + y[i]) : v[i] > 0 ? (scalar)1 : (scalar)0;
        du[i] = dy[i] * slope;
    }
}

static void normalize(struct place *p, scalar *y, const scalar *v)
{
    size_t O = p->O, count = p->rows * O;
    scalar *mean = question_scratch(p->q, O), *squares = question_scratch(p->q, O), root;
    struct smoothing smoothing = {question_number_or(p->q, "epsilon", (scalar)1e-5), false};
    p->hat = question_scratch(p->q, count);
    p->divisor = question_scratch(p->q, O);
    sum_rows(p, NULL, v, mean);
    for (size_t i = 0; i < count; i++)
        p->hat[i] = v[i] - mean[i % O] / (scalar)p->N;
    sum_rows(p, p->hat, p->hat, squares);
    for (size_t o = 0; o < O; o++)
        p->divisor[o] = smoothing_divisor(&smoothing, squares[o] / (scalar)p->N, &root);
    for (size_t i = 0; i < count; i++) {
        p->hat[i] = p->hat[i] / p->divisor[i % O];
        y[i] = p->gamma[i % O] * p->hat[i] + p->beta[i % O];
    }
}

static void normalize_backward(const struct place *p, scalar *dv, const scalar *dy)
{
    scalar *dgamma = question_output(p->q, "dgamma", "O");
    scalar *dbeta = question_output(p->q, "dbeta", "O"), N = (scalar)p->N;
    sum_rows(p, dy, p->hat, dgamma);
    sum_rows(p, NULL, dy, dbeta);
    for (size_t i = 0; i < p->rows * p->O; i++) {
        size_t o = i % p->O;
        dv[i] = p->gamma[o] / p->divisor[o] * (dy[i] - dbeta[o] / N - p->hat[i] * (dgamma[o] / N));
    }
}

static void dense_backward(const struct place *p, const scalar *dz)
{
    size_t I = p->I, O = p->O;
    const struct team *team = question_team(p->q);
    scalar *dx = question_output(p->q, "dx", "[N]I"), *total = question_scratch(p->q, (I + 1) * O);
    struct reduction *sum = question_sum(p->q, 'N', (I + 1) * O);
    team_product(team, false, true, p->rows, I, O, dz, O, p->w, O, dx, I);
    for (size_t i = 0; i < reduction_pieces(sum); i++) {
        struct piece piece = reduction_piece(sum, i);
        scalar *leaf = reduction_leaf(sum);
        team_product(team, true, false, I, O, piece.count, p->x + piece.first * I, I,
                     dz + piece.first * O, O, leaf, O);
        for (size_t k = piece.first * O; k < (piece.first + piece.count) * O; k++)
            leaf[I * O + k % O] += dz[k];
        reduction_push(sum);
    }
    reduction_finish(sum, total);
    memcpy(question_output(p->q, "dw", "IO"), total, I * O * sizeof *total);
    if (question_has(p->q, "b"))
        memcpy(question_output(p->q, "db", "O"), total + I * O, O * sizeof *total);
}

static void backward(const struct place *p, const scalar *y)
{
    const scalar *dy = question_input(p->q, "dy", "[N]O");
    scalar *between = question_scratch(p->q, p->rows * p->O);
    scalar *dz = question_scratch(p->q, p->rows * p->O);
    if (p->after) {
        normalize_backward(p, between, dy);
        unbend(p, dz, between, p->z, p->v);
    } else {
        unbend(p, between, dy, p->v, y);
        normalize_backward(p, dz, between);
    }
    dense_backward(p, dz);
}

static struct place read_place(struct question *q)
{
    static const char *const placements[] = {"before_activation", "after_activation", NULL};
    static const char *const activations[] = {"relu", "tanh", NULL};
    struct place p = {.q = q, .x = question_input(q, "x", "[N]I")};
    p.w = question_input(q, "w", "IO");
    p.N = question_size(q, 'N');
    p.rows = question_part(q, 'N');
    p.I = question_size(q, 'I');
    p.O = question_size(q, 'O');
    p.after = question_choice(q, "placement", placements) == 1;
    p.bent = question_choice(q, "activation", activations) == 1;
    scalar *one = question_scratch(q, p.O);
    for (size_t o = 0; o < p.O; o++)
        one[o] = 1;
    p.gamma = question_has(q, "gamma") ? question_input(q, "gamma", "O") : one;
    p.beta = question_has(q, "beta") ? question_input(q, "beta", "O") : question_scratch(q, p.O);
    if (p.N < 2)
        question_refuse(q, "its input 'x' has %zu samples; statistics of a batch need two", p.N);
    if (question_has(q, "b") && !p.after)
        question_refuse(q, "its input 'b' has no effect before a normalization; leave it out");
    if (!(question_number_or(q, "epsilon", 1) > 0))
        question_refuse(q, "its number 'epsilon' must be above 0");
    return p;
}

void batch_normalization_placement_run(struct question *q)
{
    struct place p = read_place(q);
    p.z = question_scratch(q, p.rows * p.O);
    p.v = question_scratch(q, p.rows * p.O);
    if (question_has(q, "b")) {
        const scalar *b = question_input(q, "b", "O");
        for (size_t i = 0; i < p.rows * p.O; i++)
            p.z[i] = b[i % p.O];
    }
    team_product(question_team(q), false, false, p.rows, p.O, p.I, p.x, p.I, p.w, p.O, p.z, p.O);
    scalar *y = question_output(q, "y", "[N]O");
    if (p.after) {
        bend(&p, p.v, p.z);
        normalize(&p, y, p.v);
    } else {
        normalize(&p, p.v, p.z);
        bend(&p, y, p.v);
    }
    if (question_has(q, "dy"))
        backward(&p, y);
}
