// SPDX-License-Identifier: MIT
/* Batch normalization of padded sequences; definition in
 * reference/normalization/masked_normalization.h.
 *
 * How it is distributed: the sequences are sharded, and the statistics are those of all ranks'
 * positions that count. Three sums cross the network, each a chain over the positions of a
 * canonical block of sequences, then the fixed tree: the values, their squares about the mean, and
 * backwards u x_hat with u. How many positions count is known to every rank from the whole mask.
 */
#include "normalization.h"

enum what { VALUES, SQUARES, PRODUCTS };

struct sequences {
    struct question *q;
    size_t T, C, rows; /* rows: positions of this rank */
    bool zero;
    scalar count, *hat, *divisor, *u, *total;
    const scalar *x, *gamma, *beta;
    const int *mask; /* of this rank */
};

/* total (C): sum of x or of hat^2 over what counts; (2 C): of u hat and of u over everything. */
static void sum_up(const struct sequences *s, enum what what)
{
    size_t C = s->C, length = what == PRODUCTS ? 2 * C : C;
    const struct kernels *kernels = question_team(s->q)->kernels;
    struct reduction *sum = question_sum(s->q, 'N', length);
    for (size_t i = 0; i < reduction_pieces(sum); i++) {
        struct piece piece = reduction_piece(sum, i);
        scalar *leaf = reduction_leaf(sum);
        for (size_t r = piece.first * s->T; r < (piece.first + piece.count) * s->T; r++) {
            const scalar *hat = s->hat + r * C, *u = s->u + r * C;
            if (what == SQUARES && s->mask[r] == 1)
                kernels->multiply_add(C, leaf, hat, hat);
            if (what == PRODUCTS)
                kernels->multiply_add(C, leaf, u, hat);
            for (size_t c = 0; c < C && what == VALUES && s->mask[r] == 1; c++)
                leaf[c] += s->x[r * C + c];
            for (size_t c = 0; c < C && what == PRODUCTS; c++)
                leaf[C + c] += u[c];
        }
        reduction_push(sum);
    }
    reduction_finish(sum, s->total);
}

static struct sequences read_sequences(struct question *q)
{
    static const char *const rules[] = {"normalized", "zero", NULL};
    struct sequences s = {.q = q, .x = question_input(q, "x", "[N]TC")};
    const int *whole = question_integers(q, "mask", "NT", 0, 1);
    s.T = question_size(q, 'T');
    s.C = question_size(q, 'C');
    s.rows = question_part(q, 'N') * s.T;
    s.zero = question_choice(q, "masked", rules) == 1;
    s.mask = whole + question_first(q, 'N') * s.T;
    for (size_t r = 0; r < question_size(q, 'N') * s.T; r++)
        s.count += (scalar)whole[r];
    if (!(s.count > 0))
        question_refuse(q, "its input 'mask' leaves no position; let one count");
    s.gamma = maps_parameter(q, "gamma", 1);
    s.beta = maps_parameter(q, "beta", 0);
    s.hat = question_scratch(q, s.rows * s.C);
    s.u = question_scratch(q, s.rows * s.C);
    s.divisor = question_scratch(q, s.C);
    s.total = question_scratch(q, 2 * s.C);
    return s;
}

static void normalize(const struct sequences *s, scalar *y)
{
    scalar *mean = question_output(s->q, "mean", "C");
    scalar *variance = question_output(s->q, "variance", "C");
    scalar epsilon = question_number_or(s->q, "epsilon", (scalar)1e-3);
    if (!(epsilon > 0))
        question_refuse(s->q, "its number 'epsilon' must be above 0");
    sum_up(s, VALUES);
    for (size_t c = 0; c < s->C; c++)
        mean[c] = s->total[c] / s->count;
    for (size_t i = 0; i < s->rows * s->C; i++)
        s->hat[i] = s->x[i] - mean[i % s->C];
    sum_up(s, SQUARES);
    for (size_t c = 0; c < s->C; c++) {
        variance[c] = s->total[c] / s->count;
        s->divisor[c] = scalar_sqrt(variance[c] + epsilon);
    }
    for (size_t i = 0; i < s->rows * s->C; i++) {
        size_t c = i % s->C;
        s->hat[i] /= s->divisor[c];
        y[i] = s->gamma[c] * s->hat[i] + s->beta[c];
        if (s->zero && s->mask[i / s->C] == 0)
            y[i] = 0;
    }
}

static void differentiate(const struct sequences *s)
{
    const scalar *dy = question_input(s->q, "dy", "[N]TC");
    scalar *dx = question_output(s->q, "dx", "[N]TC");
    scalar *dgamma = question_output(s->q, "dgamma", "C");
    scalar *dbeta = question_output(s->q, "dbeta", "C");
    for (size_t i = 0; i < s->rows * s->C; i++)
        s->u[i] = s->zero ? (scalar)s->mask[i / s->C] * dy[i] : dy[i];
    sum_up(s, PRODUCTS);
    for (size_t c = 0; c < s->C; c++) {
        dgamma[c] = s->total[c];
        dbeta[c] = s->total[s->C + c];
    }
    for (size_t i = 0; i < s->rows * s->C; i++) {
        size_t c = i % s->C;
        scalar m = (scalar)s->mask[i / s->C];
        scalar a = m * (dbeta[c] / s->count), b = m * (dgamma[c] / s->count);
        dx[i] = s->gamma[c] / s->divisor[c] * (s->u[i] - a - s->hat[i] * b);
    }
}

void masked_normalization_run(struct question *q)
{
    struct sequences s = read_sequences(q);
    normalize(&s, question_output(q, "y", "[N]TC"));
    if (question_has(q, "dy"))
        differentiate(&s);
}
