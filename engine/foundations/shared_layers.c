// SPDX-License-Identifier: MIT
/* Shared layers; definition in reference/foundations/shared_layers.h.
 *
 * How it is distributed: the samples of both inputs are sharded, each for itself; every rank holds
 * all weights. Two sums cross the network, one for each input: the gradients of the shared layer,
 * and behind those of the first input the decoder's. Every rank adds the two afterwards, first plus
 * second.
 */
#include "../techniques.h"

#include <string.h>

struct layer {
    const struct team *team;
    const scalar *w, *b;
    size_t I, H;
};

/* y (rows,O) = b + x (rows,I) w. */
static void affine(const struct team *team, scalar *y, const scalar *x, const scalar *w,
                   const scalar *b, size_t rows, size_t I, size_t O)
{
    for (size_t n = 0; n < rows; n++)
        memcpy(y + n * O, b, O * sizeof *y);
    team_product(team, false, false, rows, O, I, x, I, w, O, y, O);
}

/* Adds x' dy and the sum of dy over the samples of a piece: (I,O), then (O). */
static void add_gradients(const struct team *team, scalar *leaf, const scalar *x, const scalar *dy,
                          struct piece piece, size_t I, size_t O)
{
    dy += piece.first * O;
    team_product(team, true, false, I, O, piece.count, x + piece.first * I, I, dy, O, leaf, O);
    for (size_t i = 0; i < piece.count * O; i++)
        leaf[I * O + i % O] += dy[i];
}

static void encode(const struct layer *layer, scalar *a, const scalar *x, size_t rows)
{
    affine(layer->team, a, x, layer->w, layer->b, rows, layer->I, layer->H);
    layer->team->kernels->hyperbolic_tangent(rows * layer->H, a, a);
}

/* dz in place of da; dx. */
static void back(const struct layer *layer, scalar *dx, scalar *da, const scalar *a, size_t rows)
{
    for (size_t i = 0; i < rows * layer->H; i++)
        da[i] *= 1 - a[i] * a[i];
    team_product(layer->team, false, true, rows, layer->I, layer->H, da, layer->H, layer->w,
                 layer->H, dx, layer->I);
}

/* The decoder's weights (H,O). */
static const scalar *read_decoder(struct question *q, const struct layer *layer, bool tied)
{
    if (!tied)
        return question_input(q, "v", "HO");
    if (question_has(q, "v"))
        question_refuse(q, "its convention 'tied' is yes, but it has an input 'v'");
    question_bind(q, 'O', layer->I);
    scalar *v = question_scratch(q, layer->I * layer->H);
    for (size_t i = 0; i < layer->I; i++)
        for (size_t h = 0; h < layer->H; h++)
            v[h * layer->I + i] = layer->w[i * layer->H + h];
    return v;
}

/* The first input: writes its outputs; returns dw, db, dv, dc in a row, whole on every rank. */
static const scalar *first_input(struct question *q, const struct layer *layer, const scalar *v,
                                 const scalar *x)
{
    const size_t rows = question_part(q, 'N'), I = layer->I, H = layer->H;
    const size_t O = question_size(q, 'O'), own = I * H + H;
    const scalar *c = question_input(q, "c", "O"), *dy = question_input(q, "doutput", "[N]O");
    scalar *code = question_output(q, "code", "[N]H"), *da = question_scratch(q, rows * H);
    scalar *total = question_scratch(q, own + H * O + O);
    encode(layer, code, x, rows);
    affine(layer->team, question_output(q, "output", "[N]O"), code, v, c, rows, H, O);
    memcpy(da, question_input(q, "dcode", "[N]H"), rows * H * sizeof *da);
    team_product(layer->team, false, true, rows, H, O, dy, O, v, O, da, H);
    back(layer, question_output(q, "dx", "[N]I"), da, code, rows);
    struct reduction *sum = question_sum(q, 'N', own + H * O + O);
    for (size_t i = 0; i < reduction_pieces(sum); i++) {
        const struct piece piece = reduction_piece(sum, i);
        scalar *leaf = reduction_leaf(sum);
        add_gradients(layer->team, leaf, x, da, piece, I, H);
        add_gradients(layer->team, leaf + own, code, dy, piece, H, O);
        reduction_push(sum);
    }
    reduction_finish(sum, total);
    return total;
}

static const scalar *second_input(struct question *q, const struct layer *layer, const scalar *s)
{
    const size_t rows = question_part(q, 'M'), own = layer->I * layer->H + layer->H;
    scalar *a = question_output(q, "second", "[M]H"), *da = question_scratch(q, rows * layer->H);
    scalar *total = question_scratch(q, own);
    encode(layer, a, s, rows);
    memcpy(da, question_input(q, "dsecond", "[M]H"), rows * layer->H * sizeof *da);
    back(layer, question_output(q, "ds", "[M]I"), da, a, rows);
    struct reduction *sum = question_sum(q, 'M', own);
    for (size_t i = 0; i < reduction_pieces(sum); i++) {
        add_gradients(layer->team, reduction_leaf(sum), s, da, reduction_piece(sum, i), layer->I,
                      layer->H);
        reduction_push(sum);
    }
    reduction_finish(sum, total);
    return total;
}

void shared_layers_run(struct question *q)
{
    static const char *const no_yes[] = {"no", "yes", NULL};
    const bool tied = question_choice(q, "tied", no_yes) == 1;
    struct layer layer = {question_team(q), question_input(q, "w", "IH"),
                          question_input(q, "b", "H"), 0, 0};
    const size_t I = layer.I = question_size(q, 'I'), H = layer.H = question_size(q, 'H');
    const scalar *x = question_input(q, "x", "[N]I"), *s = question_input(q, "s", "[M]I");
    if (question_size(q, 'N') == 0 || question_size(q, 'M') == 0)
        question_refuse(q, "its input '%s' holds no sample", question_size(q, 'N') ? "s" : "x");
    const scalar *v = read_decoder(q, &layer, tied);
    const scalar *first = first_input(q, &layer, v, x), *second = second_input(q, &layer, s);
    const size_t O = question_size(q, 'O');
    const scalar *dv = first + I * H + H;
    scalar *dw = question_output(q, "dw", "IH"), *db = question_output(q, "db", "H");
    for (size_t i = 0; i < I * H; i++) {
        dw[i] = first[i] + second[i];
        if (tied)
            dw[i] += dv[i % H * O + i / H];
    }
    for (size_t h = 0; h < H; h++)
        db[h] = first[I * H + h] + second[I * H + h];
    memcpy(question_output(q, "dc", "O"), dv + H * O, O * sizeof *dv);
    if (!tied)
        memcpy(question_output(q, "dv", "HO"), dv, H * O * sizeof *dv);
}
