// SPDX-License-Identifier: MIT
/* Orthogonality penalty; definition in reference/regularization/orthogonal_penalty.h.
 *
 * How it is distributed: the rows of w are sharded, and every rank has the whole of it as well. The
 * products of columns cross the network in one sum; those of rows are made where the row is, and
 * only their squares and their largest one cross.
 */
#include "penalty.h"

struct orthogonality {
    struct question *q;
    bool columns, rows, off_diagonal;
    size_t R, C, part, first;
    const scalar *mine, *whole; /* (part,C), (R,C) */
    scalar *G, *H;              /* (C,C), (part,R) */
};

static scalar gap(const struct orthogonality *r, scalar product, bool diagonal)
{
    if (!diagonal)
        return product;
    return r->off_diagonal ? 0 : product - 1;
}

static void column_products(const struct orthogonality *r)
{
    const size_t C = r->C;
    struct reduction *sum = question_sum(r->q, 'R', C * C);
    for (size_t k = 0; k < reduction_pieces(sum); k++) {
        const struct piece piece = reduction_piece(sum, k);
        const scalar *w = r->mine + piece.first * C;
        team_product(question_team(r->q), true, false, C, C, piece.count, w, C, w, C,
                     reduction_leaf(sum), C);
        reduction_push(sum);
    }
    reduction_finish(sum, r->G);
    for (size_t i = 0; i < C * C; i++)
        r->G[i] = gap(r, r->G[i], i / C == i % C);
}

/* Returns the sum of squares of H over all rows. */
static scalar row_products(const struct orthogonality *r)
{
    const struct team *team = question_team(r->q);
    scalar *row = question_scratch(r->q, r->part), total;
    team_product(team, false, true, r->part, r->R, r->C, r->mine, r->C, r->whole, r->C, r->H, r->R);
    for (size_t i = 0; i < r->part * r->R; i++)
        r->H[i] = gap(r, r->H[i], r->first + i / r->R == i % r->R);
    team_row_products(team, r->part, r->R, r->H, r->H, row);
    struct reduction *sum = question_sum(r->q, 'R', 1);
    for (size_t k = 0; k < reduction_pieces(sum); k++) {
        const struct piece piece = reduction_piece(sum, k);
        scalar *leaf = reduction_leaf(sum);
        for (size_t i = piece.first; i < piece.first + piece.count; i++)
            leaf[0] += row[i];
        reduction_push(sum);
    }
    reduction_finish(sum, &total);
    return total;
}

static scalar largest(const struct orthogonality *r)
{
    scalar most = 0;
    for (size_t i = 0; i < r->C * r->C; i++)
        if (scalar_absolute(r->G[i]) > most)
            most = scalar_absolute(r->G[i]);
    for (size_t i = 0; i < r->part * r->R; i++)
        if (scalar_absolute(r->H[i]) > most)
            most = scalar_absolute(r->H[i]);
    reduce_largest(question_team(r->q), &most, 1);
    return most;
}

void orthogonal_penalty_run(struct question *q)
{
    static const char *const sides[] = {"columns", "rows", "both", NULL};
    static const char *const diagonals[] = {"included", "excluded", NULL};
    static const char *const halves[] = {"no", "yes", NULL};
    const int side = question_choice(q, "sides", sides);
    struct orthogonality r = {.q = q, .columns = side != 1, .rows = side != 0};
    r.off_diagonal = question_choice(q, "diagonal", diagonals) == 1;
    const scalar f = question_choice(q, "half", halves) == 1 ? (scalar)0.5 : 1;
    const scalar factor = f * penalty_strength(q, "lambda"), dpenalty = penalty_upstream(q);
    r.mine = question_input(q, "w", "[R]C");
    r.whole = question_input(q, "w", "RC");
    const size_t R = r.R = question_size(q, 'R'), C = r.C = question_size(q, 'C');
    const size_t part = r.part = question_part(q, 'R');
    const struct team *team = question_team(q);
    r.first = question_first(q, 'R');
    if (R == 0 || C == 0)
        question_refuse(q, "its input 'w' is empty");
    r.G = question_scratch(q, C * C);
    r.H = question_scratch(q, part * R);
    scalar squares, others = 0;
    if (r.columns)
        column_products(&r);
    team_row_products(team, 1, C * C, r.G, r.G, &squares);
    if (r.rows)
        others = row_products(&r);
    question_output(q, "penalty", "")[0] = factor * (squares + others);
    question_output(q, "orthonormality", "")[0] = largest(&r);
    scalar *dw = question_output(q, "dw", "[R]C"), *more = question_scratch(q, part * C);
    team_product(team, false, false, part, C, C, r.mine, C, r.G, C, dw, C);
    team_product(team, false, false, part, C, R, r.H, R, r.whole, C, more, C);
    for (size_t i = 0; i < part * C; i++)
        dw[i] = 4 * factor * (dw[i] + more[i]) * dpenalty;
}
