// SPDX-License-Identifier: MIT
#include "../../reference/regularization/orthogonal_penalty.h"
#include "../fork.h"

enum mistake {
    NONE,
    WRONG_SIDE,
    ONE_NOT_SUBTRACTED,
    NORM_NOT_SQUARED,
    SIZES_NOT_SQUARES,
    EACH_PAIR_ONCE,
    GRADIENT_OF_TWO,
    GRADIENT_OF_ONE,
    GRADIENT_WITHOUT_ONE,
    UPSTREAM_IGNORED,
    MEAN_OF_SQUARES,
    LARGEST_SIGNED,
    LAST_BLOCK_LOST
};

struct sums {
    enum mistake mistake;
    const struct orthogonality *r;
    real squares, largest, sizes;
};

/* The product of two columns, or of two rows, from the last element, less 1 on the diagonal. */
static real gap(const struct sums *s, int columns, size_t i, size_t j)
{
    const struct orthogonality *r = s->r;
    size_t R = r->R, C = r->C, n = columns ? R : C;
    if (i == j && r->off_diagonal)
        return 0;
    if (s->mistake == LAST_BLOCK_LOST && columns && R > r->block)
        n = R / r->block * r->block;
    real product = i == j && s->mistake != ONE_NOT_SUBTRACTED ? -1 : 0;
    for (size_t k = n; k-- > 0;)
        product += columns ? r->w[k * C + i] * r->w[k * C + j] : r->w[i * C + k] * r->w[j * C + k];
    return product;
}

/* What the pair i, j of columns or rows adds: each is pulled along the other. */
static void add_pair(struct sums *s, int columns, size_t i, size_t j)
{
    const struct orthogonality *r = s->r;
    size_t C = r->C;
    real g = gap(s, columns, i, j), pull = g;
    real size = s->mistake == LARGEST_SIGNED ? g : real_abs(g);
    s->squares += s->mistake == EACH_PAIR_ONCE && j > i ? 0 : g * g;
    s->sizes += real_abs(g);
    s->largest = size > s->largest ? size : s->largest;
    if (s->mistake == GRADIENT_WITHOUT_ONE && i == j && !r->off_diagonal)
        pull = g + 1;
    for (size_t k = 0; k < (columns ? r->R : C); k++) {
        if (columns)
            r->dw[k * C + i] += pull * r->w[k * C + j];
        else
            r->dw[i * C + k] += pull * r->w[j * C + k];
    }
}

static void finish(const struct sums *s)
{
    const struct orthogonality *r = s->r;
    real four = s->mistake == GRADIENT_OF_TWO ? 2 : s->mistake == GRADIENT_OF_ONE ? 1 : 4;
    real dpenalty = s->mistake == UPSTREAM_IGNORED ? 1 : r->dpenalty, cost = s->squares;
    if (s->mistake == NORM_NOT_SQUARED)
        cost = real_sqrt(cost);
    if (s->mistake == SIZES_NOT_SQUARES)
        cost = s->sizes;
    if (s->mistake == MEAN_OF_SQUARES)
        cost = cost / real_count(r->C * r->C);
    *r->penalty = r->factor * cost;
    *r->orthonormality = s->largest;
    for (size_t i = 0; i < r->R * r->C; i++)
        r->dw[i] = dpenalty * r->factor * four * r->dw[i];
}

static void run(struct call *call)
{
    struct orthogonality r = orthogonality_read(call);
    struct sums s = {.mistake = (enum mistake)call_variant(call), .r = &r};
    int swapped = s.mistake == WRONG_SIDE && r.columns != r.rows;
    if (r.rows != swapped)
        for (size_t i = r.R * r.R; i-- > 0;)
            add_pair(&s, 0, i / r.R, i % r.R);
    if (r.columns != swapped)
        for (size_t i = r.C * r.C; i-- > 0;)
            add_pair(&s, 1, i / r.C, i % r.C);
    finish(&s);
}

/* clang-format off */
static const struct fork table[] = {
    {.info = {"pairs", FORK_TWIN, "",
     "Pair by pair of rows, then of columns, each pulled along the other.", NULL},
     .answer = run},
    {.info = {"always_columns", FORK_CONVENTION, "", "The columns are penalised.", NULL},
     .instead = {"sides", "columns"}},
    {.info = {"always_both", FORK_CONVENTION, "", "Both sides are penalised.", NULL},
     .instead = {"sides", "both"}},
    {.info = {"with_half", FORK_CONVENTION, "55", "Half of the squares.", NULL},
     .instead = {"half", "yes"}},
    {.info = {"without_half", FORK_CONVENTION, "55", "The whole squares.", NULL},
     .instead = {"half", "no"}},
    {.info = {"diagonal_included", FORK_CONVENTION, "", "Lengths are pulled to 1.", NULL},
     .instead = {"diagonal", "included"}},
    {.info = {"diagonal_excluded", FORK_CONVENTION, "", "Lengths are free.", NULL},
     .instead = {"diagonal", "excluded"}},
    {.info = {"wrong_side", FORK_BUG, "", "Rows for columns, columns for rows.", NULL},
     .answer = run, .variant = WRONG_SIDE},
    {.info = {"one_not_subtracted", FORK_BUG, "", "w'w itself is pulled to 0.", NULL},
     .answer = run, .variant = ONE_NOT_SUBTRACTED},
    {.info = {"norm_not_squared", FORK_CONVENTION, "", "The norm of w'w - 1, not its square.",
     NULL},
     .answer = run, .variant = NORM_NOT_SQUARED},
    {.info = {"sizes_not_squares", FORK_CONVENTION, "", "The sum of sizes, not of squares.", NULL},
     .answer = run, .variant = SIZES_NOT_SQUARES},
    {.info = {"each_pair_once", FORK_CONVENTION, "", "Pairs are counted once, not twice.", NULL},
     .answer = run, .variant = EACH_PAIR_ONCE},
    {.info = {"gradient_of_two", FORK_BUG, "55",
     "The gradient has a 2 where w occurs twice in a square.", NULL},
     .answer = run, .variant = GRADIENT_OF_TWO},
    {.info = {"gradient_of_one", FORK_BUG, "55", "The gradient has no factor.", NULL},
     .answer = run, .variant = GRADIENT_OF_ONE},
    {.info = {"gradient_without_one", FORK_BUG, "", "The gradient is that of w'w.", NULL},
     .answer = run, .variant = GRADIENT_WITHOUT_ONE},
    {.info = {"upstream_ignored", FORK_BUG, "", "The upstream gradient is taken for 1.", NULL},
     .answer = run, .variant = UPSTREAM_IGNORED},
    {.info = {"mean_of_squares", FORK_CONVENTION, "", "The mean square of w'w - 1.", NULL},
     .answer = run, .variant = MEAN_OF_SQUARES},
    {.info = {"largest_signed", FORK_BUG, "", "The largest element, not the largest size.", NULL},
     .answer = run, .variant = LARGEST_SIGNED},
    {.info = {"last_block_lost", FORK_BUG, "", "A short last block is left out of the products.",
     NULL},
     .answer = run, .variant = LAST_BLOCK_LOST},
};
/* clang-format on */

const struct fork_list orthogonal_penalty_forks = {sizeof table / sizeof *table, table};
