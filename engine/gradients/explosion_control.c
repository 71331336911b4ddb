// SPDX-License-Identifier: MIT
/* Rates and penalties against explosion; definition in reference/gradients/explosion_control.h.
 *
 * How it is distributed: as in depth.h; the loss crosses the network as well. All ranks make the
 * same steps on the same weights.
 */
#include "depth.h"

#include <string.h>

struct control {
    scalar rate, decay, penalty;
    size_t steps;
    scalar *loss, *norm, *size, *update;
};

static struct control read_control(struct question *q)
{
    struct control c = {question_number(q, "rate"),
                        question_number_or(q, "decay", 0),
                        question_number_or(q, "penalty", 0),
                        0,
                        NULL,
                        NULL,
                        NULL,
                        NULL};
    if (!(c.rate >= 0))
        question_refuse(q, "its number 'rate' must not be below 0");
    if (!(c.decay >= 0))
        question_refuse(q, "its number 'decay' must not be below 0");
    if (!(c.penalty >= 0))
        question_refuse(q, "its number 'penalty' must not be below 0");
    c.steps = question_count(q, "steps", 1, 1000);
    question_bind(q, 'T', c.steps);
    c.loss = question_output(q, "loss", "T");
    c.norm = question_output(q, "norm", "T");
    c.size = question_output(q, "size", "T");
    c.update = question_output(q, "update", "T");
    return c;
}

/* dy (rows, H) becomes the gradient of the loss, which is returned; row (rows) is spare. */
static scalar loss_of(const struct depth *d, const scalar *targets, scalar *dy, scalar *row)
{
    const size_t H = d->H;
    const scalar *y = d->a[d->layers - 1];
    scalar total;
    for (size_t i = 0; i < d->rows * H; i++)
        dy[i] = y[i] - targets[i];
    team_row_products(question_team(d->q), d->rows, H, dy, dy, row);
    struct reduction *sum = question_sum(d->q, 'N', 1);
    for (size_t k = 0; k < reduction_pieces(sum); k++) {
        const struct piece piece = reduction_piece(sum, k);
        scalar *leaf = reduction_leaf(sum);
        for (size_t n = piece.first; n < piece.first + piece.count; n++)
            leaf[0] += row[n];
        reduction_push(sum);
    }
    reduction_finish(sum, &total);
    for (size_t i = 0; i < d->rows * H; i++)
        dy[i] /= (scalar)d->N;
    return total / (2 * (scalar)d->N);
}

static scalar length(const struct depth *d, const scalar *x)
{
    scalar squares;
    team_row_products(question_team(d->q), 1, depth_place(d, d->layers), x, x, &squares);
    return scalar_sqrt(squares);
}

void explosion_control_run(struct question *q)
{
    const struct depth d = depth_read(q);
    const struct control c = read_control(q);
    const scalar *targets = question_input(q, "targets", "[N]H");
    const size_t first = d.D * d.H, all = depth_place(&d, d.layers);
    scalar *dy = question_scratch(q, d.rows * d.H), *row = question_scratch(q, d.rows);
    for (size_t t = 0; t < c.steps; t++) {
        depth_forward(&d);
        c.loss[t] = loss_of(&d, targets, dy, row);
        depth_backward(&d, dy);
        c.norm[t] = length(&d, d.dw);
        c.size[t] = length(&d, d.w);
        const scalar rate = c.rate / (1 + c.decay * (scalar)t);
        for (size_t i = 0; i < all; i++) {
            d.dw[i] = rate * (d.dw[i] + c.penalty * d.w[i]);
            d.w[i] -= d.dw[i];
        }
        c.update[t] = length(&d, d.dw);
    }
    memcpy(question_output(q, "w1_end", "DH"), d.w, first * sizeof(scalar));
    memcpy(question_output(q, "w_end", "KHH"), d.w + first, (all - first) * sizeof(scalar));
}
