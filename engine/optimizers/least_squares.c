// SPDX-License-Identifier: MIT
#include "least_squares.h"

#include <string.h>

static size_t workers(struct question *q)
{
    return question_number_or(q, "workers", 1) == 1 ? 1 : question_count(q, "workers", 1, 1024);
}

struct least_squares least_squares_read(struct question *q)
{
    static const char *const assignments[] = {"contiguous", "round_robin", NULL};
    struct least_squares f = {.team = question_team(q), .x = question_input(q, "x", "[N]P")};
    f.y = question_input(q, "y", "[N]");
    f.N = question_size(q, 'N');
    f.n = question_part(q, 'N');
    f.P = question_size(q, 'P');
    f.W = workers(q);
    if (f.W > f.N)
        question_refuse(q, "its number 'workers' exceeds the number of samples");
    const bool round_robin = question_choice(q, "assignment", assignments) == 1;
    f.worker = arena_take(question_arena(q), f.n + f.W, sizeof *f.worker);
    f.count = f.worker + f.n;
    memset(f.worker, 0, (f.n + f.W) * sizeof *f.worker);
    for (size_t n = 0, k = 0, first = question_first(q, 'N'); n < f.N; n++) {
        while (n >= (k + 1) * f.N / f.W)
            k++;
        const size_t owner = round_robin ? n % f.W : k;
        f.count[owner]++;
        if (n >= first && n < first + f.n)
            f.worker[n - first] = owner;
    }
    f.reduction = question_sum(q, 'N', f.W * f.P + 1);
    f.total = question_scratch(q, f.W * f.P + 1);
    return f;
}

/* x_n w - y_n as one fused chain. */
static scalar residual(const struct least_squares *f, size_t n, const scalar *w)
{
    scalar z = 0;
    f->team->kernels->matrix_product(false, false, 1, 1, f->P, f->x + n * f->P, f->P, w, 1, &z, 1);
    return z - f->y[n];
}

scalar least_squares_sums(struct least_squares *f, scalar *sum, const scalar *w, size_t stride)
{
    const size_t P = f->P, all = f->W * P;
    for (size_t b = 0; b < reduction_pieces(f->reduction); b++) {
        const struct piece piece = reduction_piece(f->reduction, b);
        scalar *leaf = reduction_leaf(f->reduction);
        for (size_t n = piece.first; n < piece.first + piece.count; n++) {
            const scalar r = residual(f, n, w + f->worker[n] * stride);
            scalar *own = leaf + f->worker[n] * P;
            for (size_t p = 0; p < P; p++)
                own[p] = own[p] + r * f->x[n * P + p];
            leaf[all] = leaf[all] + r * r;
        }
        reduction_push(f->reduction);
    }
    reduction_finish(f->reduction, f->total);
    memcpy(sum, f->total, all * sizeof *sum);
    return f->total[all] / (scalar)(2 * f->N);
}
