// SPDX-License-Identifier: MIT
/* DropConnect; definition in reference/regularization/drop_connect.h.
 *
 * How it is distributed: the samples are sharded, and masks per sample with them; a mask for the
 * whole batch, weights and biases are whole on every rank. The gradients of weights and biases
 * cross the network in one sum.
 */
#include "mask.h"

#include <string.h>

struct connections {
    struct question *q;
    size_t rows, I, O;
    const scalar *x, *w, *b;
    const int *kept;
    size_t stride; /* of kept, from sample to sample */
    scalar scale;
};

/* y (rows,O) += x v, or (rows,I) += x v' on the way back. */
static void product(const struct connections *r, const scalar *x, const scalar *v, size_t rows,
                    bool back, scalar *y)
{
    const size_t in = back ? r->O : r->I, out = back ? r->I : r->O;
    team_product(question_team(r->q), false, back, rows, out, in, x, in, v, r->O, y, out);
}

static void one_sample(const struct connections *r, size_t n, const scalar *dy, scalar *v,
                       scalar *y, scalar *dx)
{
    const int *kept = r->kept + n * r->stride;
    for (size_t i = 0; i < r->I * r->O; i++)
        v[i] = kept[i] != 0 ? r->scale * r->w[i] : 0;
    memcpy(y + n * r->O, r->b, r->O * sizeof *y);
    product(r, r->x + n * r->I, v, 1, false, y + n * r->O);
    if (dy != NULL)
        product(r, dy + n * r->O, v, 1, true, dx + n * r->I);
}

static void weights(const struct connections *r, const scalar *dy, scalar *dw, scalar *db)
{
    const size_t size = r->I * r->O;
    struct reduction *sum = question_sum(r->q, 'N', size + r->O);
    scalar *total = question_scratch(r->q, size + r->O);
    for (size_t k = 0; k < reduction_pieces(sum); k++) {
        const struct piece piece = reduction_piece(sum, k);
        scalar *leaf = reduction_leaf(sum);
        for (size_t n = piece.first; n < piece.first + piece.count; n++) {
            const int *kept = r->kept + n * r->stride;
            for (size_t i = 0; i < size; i++)
                if (kept[i] != 0)
                    leaf[i] += r->scale * r->x[n * r->I + i / r->O] * dy[n * r->O + i % r->O];
            for (size_t o = 0; o < r->O; o++)
                leaf[size + o] += dy[n * r->O + o];
        }
        reduction_push(sum);
    }
    reduction_finish(sum, total);
    memcpy(dw, total, size * sizeof *dw);
    memcpy(db, total + size, r->O * sizeof *db);
}

void drop_connect_run(struct question *q)
{
    static const char *const scopes[] = {"sample", "batch", NULL};
    static const char *const scalings[] = {"inverted", "inference", NULL};
    const struct survival survival = survival_read(q);
    const bool batch = question_choice(q, "scope", scopes) == 1;
    const bool late = question_choice(q, "scaling", scalings) == 1;
    const scalar inverse = survival.keep > 0 ? 1 / survival.keep : 0;
    struct connections r = {.q = q, .scale = late ? 1 : inverse};
    r.x = question_input(q, "x", "[N]I");
    r.w = question_input(q, "w", "IO");
    r.b = question_input(q, "b", "O");
    r.rows = question_part(q, 'N');
    r.I = question_size(q, 'I');
    r.O = question_size(q, 'O');
    r.kept = mask_read(q, survival, batch ? "IO" : "[N]IO");
    r.stride = batch ? 0 : r.I * r.O;
    const bool learns = question_has(q, "dy");
    const scalar *dy = learns ? question_input(q, "dy", "[N]O") : NULL;
    scalar *v = question_scratch(q, r.I * r.O), *y = question_output(q, "y", "[N]O");
    scalar *dx = learns ? question_output(q, "dx", "[N]I") : NULL;
    for (size_t n = 0; n < r.rows; n++)
        one_sample(&r, n, dy, v, y, dx);
    if (learns)
        weights(&r, dy, question_output(q, "dw", "IO"), question_output(q, "db", "O"));
    for (size_t i = 0; i < r.I * r.O; i++)
        v[i] = (late ? survival.keep : 1) * r.w[i];
    scalar *mean = question_output(q, "y_inference", "[N]O");
    for (size_t i = 0; i < r.rows * r.O; i++)
        mean[i] = r.b[i % r.O];
    product(&r, r.x, v, r.rows, false, mean);
}
