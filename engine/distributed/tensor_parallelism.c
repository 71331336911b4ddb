// SPDX-License-Identifier: MIT
/* Tensor parallelism; definition in reference/distributed/tensor_parallelism.h.
 *
 * How it is distributed: the parts of the layers are dealt to the ranks in contiguous ranges; each
 * rank computes with its columns and rows of the weights alone, for all samples. Two sums of
 * partial products cross the network, one forwards and one backwards (y and dx, or z and da), in
 * the fixed tree over parts; at the end the parts of the results come together.
 */
#include "../operations.h"
#include "../techniques.h"

#include <string.h>

/* Where the results of all parts lie in one vector that is collected. */
struct places {
    size_t dw1, db1, dw2, db2, length; /* before dw1: z, or y and then dx */
};

struct settings {
    struct question *q;
    struct team alone;
    size_t N, D, H, K, T, block;
    bool row_column;
    const struct operation *activation; /* NULL: linear */
    const scalar *x, *w1, *b1, *w2, *b2, *dy;
    size_t *part, *part2; /* (T+1) where each begins; part2 for row_column alone */
    struct reduction *forwards, *backwards, *collection;
    struct places at;
};

static size_t *read_parts(struct question *q, const char *name, size_t total)
{
    const int *part = question_integers(q, name, "T", 0, 1 << 20);
    const size_t T = question_size(q, 'T');
    size_t *begin = arena_take(question_arena(q), T + 1, sizeof *begin);
    for (size_t t = 0; t < T; t++)
        begin[t + 1] = begin[t] + (size_t)part[t];
    if (T == 0 || begin[T] != total)
        question_refuse(q, "its input '%s' adds up to %zu, not to %zu", name, begin[T], total);
    question_integers(q, name, "[T]", 0, 1 << 20); /* deals the parts out */
    return begin;
}

static void read_settings(struct question *q, struct settings *s)
{
    static const char *const splits[] = {"column_row", "row_column", NULL};
    static const char *const activations[] = {"tanh", "relu", "sigmoid", "linear", NULL};
    static const struct operation *const operations[] = {&tanh_operation, &relu_operation,
                                                         &sigmoid_operation, NULL};
    memset(s, 0, sizeof *s);
    s->q = q;
    s->alone = *question_team(q);
    s->alone.comm = MPI_COMM_SELF;
    s->alone.rank = 0;
    s->alone.ranks = 1;
    s->row_column = question_choice(q, "split", splits) == 1;
    s->activation = operations[question_choice(q, "activation", activations)];
    s->x = question_input(q, "x", "ND");
    s->w1 = question_input(q, "w1", "DH");
    s->b1 = question_input(q, "b1", "H");
    s->w2 = question_input(q, "w2", "HK");
    s->b2 = question_input(q, "b2", "K");
    s->dy = question_input(q, "dy", "NK");
    s->N = question_size(q, 'N');
    s->D = question_size(q, 'D');
    s->H = question_size(q, 'H');
    s->K = question_size(q, 'K');
    s->block = question_block(q);
    question_split_evenly(q, 'T');
    s->part = read_parts(q, "part", s->row_column ? s->D : s->H);
    s->part2 = s->row_column ? read_parts(q, "part2", s->K) : NULL;
    s->T = question_size(q, 'T');
}

/* The sums over parts, and the vector in which all results meet. */
static void plan(struct settings *s)
{
    struct places *at = &s->at;
    at->dw1 = s->row_column ? s->N * (s->K + s->D) : s->N * s->H;
    at->db1 = at->dw1 + s->D * s->H;
    at->dw2 = at->db1 + s->H;
    at->db2 = at->dw2 + s->H * s->K;
    at->length = at->db2 + s->K;
    s->forwards = question_sum(s->q, 'T', s->N * (s->row_column ? s->H : s->K));
    s->backwards = question_sum(s->q, 'T', s->N * (s->row_column ? s->H : s->D));
    s->collection = question_sum(s->q, 'T', at->length);
}

static void add_bias(scalar *y, const scalar *b, size_t N, size_t O, bool before)
{
    for (size_t n = 0; n < N; n++)
        for (size_t o = 0; o < O; o++)
            y[n * O + o] = before ? b[o] : y[n * O + o] + b[o];
}

/* a = f(z) of n numbers; and dz = da f'(z). */
static void activate(const struct settings *s, scalar *a, scalar *z, size_t n)
{
    struct tensor in = {.columns = 1, .value = z}, out = {.columns = 1, .value = a};
    const struct node node = {.operation = s->activation, .input = {&in}, .output = &out};
    if (s->activation == NULL)
        memcpy(a, z, n * sizeof *a);
    else
        s->activation->forward(&s->alone, &node, n);
}

static void differentiate(const struct settings *s, scalar *dz, scalar *da, scalar *z, scalar *a,
                          size_t n)
{
    struct tensor in = {.columns = 1, .value = z};
    struct tensor out = {.columns = 1, .value = a, .gradient = da};
    const struct node node = {
        .operation = s->activation, .input = {&in}, .output = &out, .dx = {dz}};
    if (s->activation == NULL)
        memcpy(dz, da, n * sizeof *dz);
    else
        s->activation->backward(&s->alone, &node, n);
}

/* dw (I,O), rows of it ldw apart, and db (O), unless NULL, from columns of x (N) and dz (N). */
static void weights(struct settings *s, scalar *dw, size_t ldw, scalar *db, const scalar *x,
                    size_t ldx, size_t I, const scalar *dz, size_t ldz, size_t O)
{
    struct arena *arena = question_arena(s->q);
    const struct layout layout = layout_create(arena, s->N, s->block, 1);
    struct reduction *sum = reduction_create(arena, &s->alone, &layout, (I + 1) * O);
    scalar *total = question_scratch(s->q, (I + 1) * O);
    if (O == 0)
        return;
    for (size_t i = 0; i < reduction_pieces(sum); i++) {
        const struct piece piece = reduction_piece(sum, i);
        scalar *leaf = reduction_leaf(sum);
        const scalar *dz_here = dz + piece.first * ldz;
        if (I > 0)
            team_product(&s->alone, true, false, I, O, piece.count, x + piece.first * ldx, ldx,
                         dz_here, ldz, leaf, O);
        for (size_t n = 0; n < piece.count; n++)
            for (size_t o = 0; o < O; o++)
                leaf[I * O + o] += dz_here[n * ldz + o];
        reduction_push(sum);
    }
    reduction_finish(sum, total);
    for (size_t i = 0; i < I; i++)
        memcpy(dw + i * ldw, total + i * O, O * sizeof *dw);
    if (db != NULL)
        memcpy(db, total + I * O, O * sizeof *db);
}

/* total (N,O) = the sum over parts of x (N,I)[:, part] times rows `part` of w (I,O); transposed: of
 * columns `part` of w (O,I). The columns of x begin at `from`. */
static void product_in_parts(struct settings *s, struct reduction *sum, scalar *total,
                             const size_t *part, const scalar *x, size_t ldx, size_t from,
                             const scalar *w, bool transposed, size_t ldw, size_t O)
{
    const size_t first = question_first(s->q, 'T');
    for (size_t i = 0; i < reduction_pieces(sum); i++) {
        const struct piece piece = reduction_piece(sum, i);
        scalar *leaf = reduction_leaf(sum);
        for (size_t t = first + piece.first; t < first + piece.first + piece.count; t++) {
            const size_t begin = part[t], count = part[t + 1] - begin;
            if (count > 0)
                team_product(&s->alone, false, transposed, s->N, O, count, x + begin - from, ldx,
                             w + (transposed ? begin : begin * ldw), ldw, leaf, O);
        }
        reduction_push(sum);
    }
    reduction_finish(sum, total);
}

/* What one rank has of the hidden units, in arrays (N,h): column_row. */
static scalar *column_row(struct settings *s, scalar *y, scalar *dx)
{
    struct question *q = s->q;
    const size_t N = s->N, D = s->D, H = s->H, K = s->K, first = question_first(q, 'T');
    const size_t lo = s->part[first], h = s->part[first + question_part(q, 'T')] - lo;
    scalar *z = question_scratch(q, N * h), *a = question_scratch(q, N * h);
    scalar *da = question_scratch(q, N * h), *dz = question_scratch(q, N * h);
    add_bias(z, s->b1 + lo, N, h, true);
    if (h > 0)
        team_product(&s->alone, false, false, N, h, D, s->x, D, s->w1 + lo, H, z, h);
    activate(s, a, z, N * h);
    product_in_parts(s, s->forwards, y, s->part, a, h, lo, s->w2, false, K, K);
    add_bias(y, s->b2, N, K, false);
    if (h > 0)
        team_product(&s->alone, false, true, N, h, K, s->dy, K, s->w2 + lo * K, K, da, h);
    differentiate(s, dz, da, z, a, N * h);
    product_in_parts(s, s->backwards, dx, s->part, dz, h, lo, s->w1, true, H, D);
    for (size_t i = 0; i < reduction_pieces(s->collection); i++) {
        const struct piece piece = reduction_piece(s->collection, i);
        scalar *leaf = reduction_leaf(s->collection);
        const size_t begin = s->part[first + piece.first];
        const size_t count = s->part[first + piece.first + piece.count] - begin, c = begin - lo;
        for (size_t n = 0; n < N; n++)
            memcpy(leaf + n * H + begin, z + n * h + c, count * sizeof *z);
        weights(s, leaf + s->at.dw1 + begin, H, leaf + s->at.db1 + begin, s->x, D, D, dz + c, h,
                count);
        weights(s, leaf + s->at.dw2 + begin * K, K, NULL, a + c, h, count, s->dy, K, K);
        reduction_push(s->collection);
    }
    scalar *all = question_scratch(q, s->at.length);
    reduction_finish(s->collection, all);
    weights(s, NULL, 0, all + s->at.db2, s->x, D, 0, s->dy, K, K);
    memcpy(question_output(q, "z", "NH"), all, N * H * sizeof *z);
    return all;
}

/* Hidden units are whole on every rank: row_column. */
static scalar *row_column(struct settings *s, scalar *y, scalar *dx)
{
    struct question *q = s->q;
    const size_t N = s->N, D = s->D, H = s->H, K = s->K, first = question_first(q, 'T');
    scalar *z = question_output(q, "z", "NH"), *a = question_scratch(q, N * H);
    scalar *da = question_scratch(q, N * H), *dz = question_scratch(q, N * H);
    product_in_parts(s, s->forwards, z, s->part, s->x, D, 0, s->w1, false, H, H);
    add_bias(z, s->b1, N, H, false);
    activate(s, a, z, N * H);
    product_in_parts(s, s->backwards, da, s->part2, s->dy, K, 0, s->w2, true, K, H);
    differentiate(s, dz, da, z, a, N * H);
    for (size_t i = 0; i < reduction_pieces(s->collection); i++) {
        const struct piece piece = reduction_piece(s->collection, i);
        const size_t t = first + piece.first, d = s->part[t], k = s->part2[t];
        const size_t rows = s->part[t + piece.count] - d, columns = s->part2[t + piece.count] - k;
        scalar *leaf = reduction_leaf(s->collection), *right = leaf + N * K;
        for (size_t n = 0; n < N; n++)
            memcpy(leaf + n * K + k, s->b2 + k, columns * sizeof *y);
        if (columns > 0)
            team_product(&s->alone, false, false, N, columns, H, a, H, s->w2 + k, K, leaf + k, K);
        if (rows > 0)
            team_product(&s->alone, false, true, N, rows, H, dz, H, s->w1 + d * H, H, right + d, D);
        weights(s, leaf + s->at.dw1 + d * H, H, NULL, s->x + d, D, rows, dz, H, H);
        weights(s, leaf + s->at.dw2 + k, K, leaf + s->at.db2 + k, a, H, H, s->dy + k, K, columns);
        reduction_push(s->collection);
    }
    scalar *all = question_scratch(q, s->at.length);
    reduction_finish(s->collection, all);
    weights(s, NULL, 0, all + s->at.db1, s->x, D, 0, dz, H, H);
    memcpy(y, all, N * K * sizeof *y);
    memcpy(dx, all + N * K, N * D * sizeof *dx);
    return all;
}

void tensor_parallelism_run(struct question *q)
{
    struct settings s;
    read_settings(q, &s);
    plan(&s);
    scalar *y = question_output(q, "y", "NK"), *dx = question_output(q, "dx", "ND");
    const scalar *all = s.row_column ? row_column(&s, y, dx) : column_row(&s, y, dx);
    memcpy(question_output(q, "dw1", "DH"), all + s.at.dw1, s.D * s.H * sizeof *all);
    memcpy(question_output(q, "db1", "H"), all + s.at.db1, s.H * sizeof *all);
    memcpy(question_output(q, "dw2", "HK"), all + s.at.dw2, s.H * s.K * sizeof *all);
    memcpy(question_output(q, "db2", "K"), all + s.at.db2, s.K * sizeof *all);
}
