// SPDX-License-Identifier: MIT
/* Weight normalisation; definition in reference/normalization/weight_normalization.h.
 *
 * How it is distributed: the samples are sharded; every rank holds v, g and b, and works out w, dv
 * and dg for itself, all alike. dw and db cross the network as in a dense layer; with start data,
 * so do the sums of t and of its squares about the mean: a chain over the samples of a canonical
 * block, then the fixed tree.
 */
#include "../operations.h"
#include "../techniques.h"

#include <string.h>

enum axis { OUTPUT, INPUT, WHOLE };

/* Directions and gradients are kept set by set: (groups, length). */
struct sets {
    struct question *q;
    enum axis axis;
    size_t I, O, groups, length;
    scalar *u, *norm;
};

/* packed (groups, length) from stored (I,O), and back. */
static void pack(const struct sets *s, scalar *packed, const scalar *stored)
{
    for (size_t i = 0; i < s->I; i++)
        for (size_t o = 0; o < s->O; o++)
            packed[s->axis == OUTPUT ? o * s->I + i : i * s->O + o] = stored[i * s->O + o];
}

static void unpack(const struct sets *s, scalar *stored, const scalar *packed)
{
    for (size_t i = 0; i < s->I; i++)
        for (size_t o = 0; o < s->O; o++)
            stored[i * s->O + o] = packed[s->axis == OUTPUT ? o * s->I + i : i * s->O + o];
}

static struct sets find_directions(struct question *q, const scalar *v, enum axis axis)
{
    struct sets s = {.q = q, .axis = axis, .I = question_size(q, 'I'), .O = question_size(q, 'O')};
    s.groups = axis == OUTPUT ? s.O : axis == INPUT ? s.I : 1;
    s.length = axis == OUTPUT ? s.I : axis == INPUT ? s.O : s.I * s.O;
    s.u = question_scratch(q, s.I * s.O);
    s.norm = question_scratch(q, s.groups);
    pack(&s, s.u, v);
    team_row_products(question_team(q), s.groups, s.length, s.u, s.u, s.norm);
    for (size_t k = 0; k < s.groups; k++) {
        s.norm[k] = scalar_sqrt(s.norm[k]);
        if (!(s.norm[k] > 0))
            question_refuse(q, "its input 'v' has weights of norm 0; they have no direction");
        for (size_t i = 0; i < s.length; i++)
            s.u[k * s.length + i] /= s.norm[k];
    }
    return s;
}

/* w (I,O). */
static void lengthen(const struct sets *s, const scalar *g, scalar *w)
{
    scalar *packed = question_scratch(s->q, s->I * s->O);
    for (size_t k = 0; k < s->groups; k++)
        for (size_t i = 0; i < s->length; i++)
            packed[k * s->length + i] = g[k] * s->u[k * s->length + i];
    unpack(s, w, packed);
}

/* total (O) of a, or of a squared. */
static void sum_units(const struct sets *s, const scalar *a, bool squared, scalar *total)
{
    struct reduction *sum = question_sum(s->q, 'N', s->O);
    for (size_t i = 0; i < reduction_pieces(sum); i++) {
        struct piece piece = reduction_piece(sum, i);
        scalar *leaf = reduction_leaf(sum);
        for (size_t n = piece.first; n < piece.first + piece.count; n++) {
            const scalar *row = a + n * s->O;
            if (squared)
                question_team(s->q)->kernels->multiply_add(s->O, leaf, row, row);
            for (size_t o = 0; o < s->O && !squared; o++)
                leaf[o] += row[o];
        }
        reduction_push(sum);
    }
    reduction_finish(sum, total);
}

/* g and b (O) of the first batch. */
static void start(const struct sets *s, const scalar *x, scalar epsilon, scalar *g, scalar *b)
{
    const size_t O = s->O, rows = question_part(s->q, 'N');
    const scalar N = (scalar)question_size(s->q, 'N');
    scalar *t = question_scratch(s->q, rows * O), *u = question_scratch(s->q, s->I * O);
    scalar *mean = question_scratch(s->q, O);
    unpack(s, u, s->u);
    team_product(question_team(s->q), false, false, rows, O, s->I, x, s->I, u, O, t, O);
    sum_units(s, t, false, mean);
    for (size_t o = 0; o < O; o++)
        mean[o] /= N;
    for (size_t i = 0; i < rows * O; i++)
        t[i] -= mean[i % O];
    sum_units(s, t, true, g);
    for (size_t o = 0; o < O; o++) {
        const scalar deviation = scalar_sqrt(g[o] / N + epsilon);
        if (!(deviation > 0))
            question_refuse(s->q, "its number 'epsilon' is 0, and a unit does not vary over 'x'");
        g[o] = 1 / deviation;
        b[o] = -(mean[o] * g[o]);
    }
}

static void check_start(struct question *q, enum axis axis, scalar epsilon)
{
    if (axis != OUTPUT)
        question_refuse(q, "its convention 'axis' must be output with start data");
    if (!(epsilon >= 0))
        question_refuse(q, "its number 'epsilon' is %g; it must not be negative", (double)epsilon);
    if (question_size(q, 'N') == 0)
        question_refuse(q, "its input 'x' has no samples; give at least one");
    if (question_has(q, "dy"))
        question_refuse(q, "its input 'dy' is given; with start data there are no gradients");
}

/* dv and dg from dw (I,O). */
static void differentiate(const struct sets *s, const scalar *g, const scalar *dw, scalar *dv,
                          scalar *dg)
{
    scalar *packed = question_scratch(s->q, s->I * s->O);
    pack(s, packed, dw);
    team_row_products(question_team(s->q), s->groups, s->length, packed, s->u, dg);
    for (size_t k = 0; k < s->groups; k++) {
        const scalar factor = g[k] / s->norm[k];
        for (size_t i = k * s->length; i < (k + 1) * s->length; i++)
            packed[i] = factor * (packed[i] - dg[k] * s->u[i]);
    }
    unpack(s, dv, packed);
}

/* y, and the layer's gradients when dy is there: dw (I,O) then db (O) in *total. */
static void run_layer(const struct sets *s, const scalar *x, const scalar *w, const scalar *b,
                      const scalar *dy, scalar **total)
{
    const size_t rows = question_part(s->q, 'N'), weights = s->I * s->O;
    struct tape *tape = tape_create(question_arena(s->q), question_team(s->q), rows);
    struct tensor *in = tape_tensor(tape, s->I, true);
    struct tensor *out = tape_record(tape, &(struct use){.operation = &dense_layer_operation,
                                                         .input = {in},
                                                         .columns = s->O,
                                                         .parameters = weights + s->O,
                                                         .sums = weights + s->O});
    tape_ready(tape);
    memcpy(in->value, x, rows * s->I * sizeof *x);
    memcpy(tape->parameter, w, weights * sizeof *w);
    memcpy(tape->parameter + weights, b, s->O * sizeof *b);
    tape_forward(tape, rows);
    memcpy(question_output(s->q, "y", "[N]O"), out->value, rows * s->O * sizeof *x);
    if (dy == NULL)
        return;
    memcpy(out->gradient, dy, rows * s->O * sizeof *dy);
    out->has_gradient = true;
    tape_backward(tape, rows);
    struct reduction *over_samples = question_sum(s->q, 'N', tape->sums);
    *total = question_scratch(s->q, tape->sums);
    tape_sum(tape, over_samples);
    reduction_finish(over_samples, *total);
    memcpy(question_output(s->q, "dx", "[N]I"), in->gradient, rows * s->I * sizeof *x);
}

void weight_normalization_run(struct question *q)
{
    static const char *const axes[] = {"output", "input", "whole", NULL};
    static const char *const starts[] = {"given", "data", NULL};
    static const char *const shapes[] = {"O", "I", ""};
    const scalar *x = question_input(q, "x", "[N]I"), *v = question_input(q, "v", "IO");
    const enum axis axis = (enum axis)question_choice(q, "axis", axes);
    const bool from_data = question_choice(q, "start", starts) == 1;
    const scalar epsilon = question_number_or(q, "epsilon", 0);
    const scalar *g, *b, *dy = NULL;
    if (from_data)
        check_start(q, axis, epsilon);
    const struct sets s = find_directions(q, v, axis);
    if (from_data) {
        scalar *length = question_output(q, "g", "O"), *shift = question_output(q, "b", "O");
        start(&s, x, epsilon, length, shift);
        g = length;
        b = shift;
    } else {
        g = question_input(q, "g", shapes[axis]);
        b = question_has(q, "b") ? question_input(q, "b", "O") : question_scratch(q, s.O);
        dy = question_has(q, "dy") ? question_input(q, "dy", "[N]O") : NULL;
    }
    scalar *w = question_output(q, "w", "IO"), *total = NULL;
    lengthen(&s, g, w);
    run_layer(&s, x, w, b, dy, &total);
    if (dy == NULL)
        return;
    differentiate(&s, g, total, question_output(q, "dv", "IO"),
                  question_output(q, "dg", shapes[axis]));
    memcpy(question_output(q, "db", "O"), total + s.I * s.O, s.O * sizeof *total);
}
