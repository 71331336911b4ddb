// SPDX-License-Identifier: MIT
/* Gradients through a recurrence; definition in reference/gradients/recurrent_growth.h.
 *
 * How it is distributed: the samples are sharded, w is whole on every rank. What crosses the
 * network, after all steps: the largest |g| of every distance, then the sums of squares of all
 * distances, and the gradients of w of all steps at once.
 */
#include "../techniques.h"

#include <string.h>

struct growth {
    struct question *q;
    bool linear;
    size_t rows, H, T, back;
    const scalar *w;
    scalar *h, *g, *dx; /* (T+1,rows,H) both, g[k] at distance k; (T,rows,H) */
};

static void forward(const struct growth *r, const scalar *h0, const scalar *x)
{
    const struct team *team = question_team(r->q);
    const size_t n = r->rows * r->H;
    memcpy(r->h, h0, n * sizeof *h0);
    for (size_t t = 0; t < r->T; t++) {
        scalar *h = r->h + (t + 1) * n;
        memcpy(h, x + t * n, n * sizeof *x);
        team_product(team, false, false, r->rows, r->H, r->H, h - n, r->H, r->w, r->H, h, r->H);
        if (!r->linear)
            team->kernels->hyperbolic_tangent(n, h, h);
    }
}

static void backward(const struct growth *r)
{
    const size_t n = r->rows * r->H;
    for (size_t k = 0; k < r->back; k++) {
        const size_t t = r->T - 1 - k;
        const scalar *h = r->h + (t + 1) * n, *g = r->g + k * n;
        scalar *dx = r->dx + t * n;
        for (size_t i = 0; i < n; i++)
            dx[i] = r->linear ? g[i] : g[i] * (1 - h[i] * h[i]);
        team_product(question_team(r->q), false, true, r->rows, r->H, r->H, dx, r->H, r->w, r->H,
                     r->g + (k + 1) * n, r->H);
    }
}

static void measure(const struct growth *r, scalar *norm)
{
    const size_t n = r->rows * r->H, distances = r->back + 1;
    scalar *largest = question_scratch(r->q, distances), *row = question_scratch(r->q, r->rows);
    scalar *scaled = question_scratch(r->q, n), *squares = question_scratch(r->q, distances);
    for (size_t i = 0; i < distances * n; i++)
        if (scalar_absolute(r->g[i]) > largest[i / n])
            largest[i / n] = scalar_absolute(r->g[i]);
    reduce_largest(question_team(r->q), largest, distances);
    struct reduction *sum = question_sum(r->q, 'N', distances);
    scalar *all = question_scratch(r->q, distances * r->rows);
    for (size_t k = 0; k < distances; k++) {
        for (size_t i = 0; i < n; i++)
            scaled[i] = largest[k] == 0 ? 0 : r->g[k * n + i] / largest[k];
        team_row_products(question_team(r->q), r->rows, r->H, scaled, scaled, row);
        memcpy(all + k * r->rows, row, r->rows * sizeof *row);
    }
    for (size_t p = 0; p < reduction_pieces(sum); p++) {
        const struct piece piece = reduction_piece(sum, p);
        scalar *leaf = reduction_leaf(sum);
        for (size_t k = 0; k < distances; k++)
            for (size_t i = piece.first; i < piece.first + piece.count; i++)
                leaf[k] += all[k * r->rows + i];
        reduction_push(sum);
    }
    reduction_finish(sum, squares);
    for (size_t k = 0; k < distances; k++)
        norm[k] = largest[k] * scalar_sqrt(squares[k]);
}

static void weights(const struct growth *r, scalar *dw)
{
    const size_t H = r->H, n = r->rows * H, size = H * H;
    struct reduction *sum = question_sum(r->q, 'N', r->back * size);
    scalar *parts = question_scratch(r->q, r->back * size);
    for (size_t p = 0; p < reduction_pieces(sum); p++) {
        const struct piece piece = reduction_piece(sum, p);
        scalar *leaf = reduction_leaf(sum);
        for (size_t k = 0; k < r->back; k++) {
            const size_t at = (r->T - 1 - k) * n + piece.first * H;
            team_product(question_team(r->q), true, false, H, H, piece.count, r->h + at, H,
                         r->dx + at, H, leaf + k * size, H);
        }
        reduction_push(sum);
    }
    reduction_finish(sum, parts);
    for (size_t i = 0; i < r->back * size; i++)
        dw[i % size] += parts[i];
}

void recurrent_growth_run(struct question *q)
{
    static const char *const activations[] = {"tanh", "linear", NULL};
    struct growth r = {.q = q, .linear = question_choice(q, "activation", activations) == 1};
    const scalar *h0 = question_input(q, "h0", "[N]H"), *x = question_input(q, "x", "T[N]H");
    r.w = question_input(q, "w", "HH");
    const scalar *dh = question_input(q, "dh", "[N]H");
    r.rows = question_part(q, 'N');
    r.H = question_size(q, 'H');
    r.T = question_size(q, 'T');
    if (r.T == 0)
        question_refuse(q, "its input 'x' has no steps");
    if (question_size(q, 'N') == 0)
        question_refuse(q, "its input 'h0' has no samples");
    r.back = question_count_or(q, "steps_back", r.T, 1, r.T);
    const bool cut = r.back < r.T;
    const size_t n = r.rows * r.H;
    r.h = question_scratch(q, (r.T + 1) * n);
    r.g = question_scratch(q, (r.T + 1) * n);
    r.dx = question_scratch(q, r.T * n);
    memcpy(r.g, dh, n * sizeof *dh);
    forward(&r, h0, x);
    backward(&r);
    question_bind(q, 'K', r.T + 1);
    memcpy(question_output(q, "h", "[N]H"), r.h + r.T * n, n * sizeof(scalar));
    measure(&r, question_output(q, "norm", "K"));
    memcpy(question_output(q, cut ? "gradient_x" : "dx", "T[N]H"), r.dx, r.T * n * sizeof(scalar));
    scalar *dh0 = question_output(q, cut ? "gradient_h0" : "dh0", "[N]H");
    if (!cut)
        memcpy(dh0, r.g + r.T * n, n * sizeof(scalar));
    weights(&r, question_output(q, cut ? "gradient_w" : "dw", "HH"));
}
