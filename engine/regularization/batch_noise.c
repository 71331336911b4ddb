// SPDX-License-Identifier: MIT
/* The noise of batch normalisation; definition in reference/regularization/batch_noise.h.
 *
 * How it is distributed: the batches are sharded, the pool is whole on every rank. Three sums over
 * batches cross the network: of y, of squares around its mean, and the gradient of the whole pool.
 */
#include "../techniques.h"

#include <string.h>

struct noise {
    struct question *q;
    size_t N, C, B, watched, batches;
    scalar epsilon;
    const scalar *x;
    const int *member;
    scalar *y, *all_y, *inverse; /* (batches,C), (batches,B,C), (batches,C) */
};

/* Every rank looks at all batches. */
static void check(struct question *q, size_t watched, bool of_sample)
{
    const size_t M = question_size(q, 'M'), B = question_size(q, 'B');
    const int *all = question_integers(q, "batch", "MB", 0, (int)question_size(q, 'N') - 1);
    if (M < (of_sample ? 2 : 1))
        question_refuse(q, "its input 'batch' has too few batches for a spread");
    for (size_t m = 0; m < M; m++) {
        bool found = false;
        for (size_t k = 0; k < B; k++)
            found = found || (size_t)all[m * B + k] == watched;
        if (!found)
            question_refuse(q, "row %zu of its input 'batch' lacks the sample", m);
    }
}

static void normalize(const struct noise *r, size_t m)
{
    const struct team *team = question_team(r->q);
    scalar *gap = question_scratch(r->q, r->B);
    for (size_t c = 0; c < r->C; c++) {
        scalar mean = 0, squares;
        for (size_t k = 0; k < r->B; k++) {
            gap[k] = r->x[(size_t)r->member[m * r->B + k] * r->C + c];
            mean += gap[k];
        }
        mean /= (scalar)r->B;
        for (size_t k = 0; k < r->B; k++)
            gap[k] -= mean;
        team_row_products(team, 1, r->B, gap, gap, &squares);
        const scalar inverse = 1 / scalar_sqrt(squares / (scalar)r->B + r->epsilon);
        r->inverse[m * r->C + c] = inverse;
        for (size_t k = 0; k < r->B; k++)
            r->all_y[(m * r->B + k) * r->C + c] = gap[k] * inverse;
        r->y[m * r->C + c] = (r->x[r->watched * r->C + c] - mean) * inverse;
    }
}

/* total (C): the sum over batches of y, or of its squares around mean. */
static void add_up(const struct noise *r, const scalar *mean, scalar *total)
{
    struct reduction *sum = question_sum(r->q, 'M', r->C);
    scalar *gap = question_scratch(r->q, r->C);
    for (size_t i = 0; i < reduction_pieces(sum); i++) {
        const struct piece piece = reduction_piece(sum, i);
        scalar *leaf = reduction_leaf(sum);
        for (size_t m = piece.first; m < piece.first + piece.count; m++) {
            for (size_t c = 0; c < r->C; c++)
                gap[c] = r->y[m * r->C + c] - (mean != NULL ? mean[c] : 0);
            if (mean != NULL)
                question_team(r->q)->kernels->multiply_add(r->C, leaf, gap, gap);
            for (size_t c = 0; mean == NULL && c < r->C; c++)
                leaf[c] += gap[c];
        }
        reduction_push(sum);
    }
    reduction_finish(sum, total);
}

/* row (N,C): what batch m adds to dx. */
static void one_batch(const struct noise *r, size_t m, const scalar *dy, scalar *row)
{
    bool met = false;
    memset(row, 0, r->N * r->C * sizeof *row);
    for (size_t k = 0; k < r->B; k++) {
        const size_t n = (size_t)r->member[m * r->B + k];
        const bool self = n == r->watched && !met;
        for (size_t c = 0; c < r->C; c++) {
            const size_t at = m * r->C + c;
            const scalar y = r->all_y[(m * r->B + k) * r->C + c];
            const scalar part = -((1 + y * r->y[at]) / (scalar)r->B);
            row[n * r->C + c] += dy[at] * r->inverse[at] * (self ? 1 + part : part);
        }
        met = met || self;
    }
}

static void backward(const struct noise *r, const scalar *dy, scalar *dx)
{
    const size_t size = r->N * r->C;
    struct reduction *sum = question_sum(r->q, 'M', size);
    scalar *row = question_scratch(r->q, size);
    for (size_t i = 0; i < reduction_pieces(sum); i++) {
        const struct piece piece = reduction_piece(sum, i);
        scalar *leaf = reduction_leaf(sum);
        for (size_t m = piece.first; m < piece.first + piece.count; m++) {
            one_batch(r, m, dy, row);
            for (size_t j = 0; j < size; j++)
                leaf[j] += row[j];
        }
        reduction_push(sum);
    }
    reduction_finish(sum, dx);
}

static void measure(const struct noise *r, bool of_sample)
{
    const size_t M = question_size(r->q, 'M');
    scalar *mean = question_output(r->q, "mean", "C"), noise = 0;
    scalar *variance = question_output(r->q, "variance", "C");
    add_up(r, NULL, mean);
    for (size_t c = 0; c < r->C; c++)
        mean[c] /= (scalar)M;
    add_up(r, mean, variance);
    for (size_t c = 0; c < r->C; c++) {
        variance[c] /= (scalar)(of_sample ? M - 1 : M);
        noise += variance[c];
    }
    question_output(r->q, "noise", "")[0] = noise / (scalar)r->C;
}

void batch_noise_run(struct question *q)
{
    static const char *const spreads[] = {"population", "sample", NULL};
    const bool of_sample = question_choice(q, "spread", spreads) == 1;
    struct noise r = {.q = q, .epsilon = question_number_or(q, "epsilon", (scalar)1e-5)};
    r.x = question_input(q, "x", "NC");
    r.N = question_size(q, 'N');
    r.C = question_size(q, 'C');
    if (r.N == 0 || r.C == 0)
        question_refuse(q, "its input 'x' is empty");
    r.watched = question_count(q, "sample", 0, r.N - 1);
    r.member = question_integers(q, "batch", "[M]B", 0, (int)r.N - 1);
    r.B = question_size(q, 'B');
    r.batches = question_part(q, 'M');
    if (!(r.epsilon > 0))
        question_refuse(q, "its number 'epsilon' must be above 0");
    check(q, r.watched, of_sample);
    r.y = question_output(q, "y", "[M]C");
    r.all_y = question_scratch(q, r.batches * r.B * r.C);
    r.inverse = question_scratch(q, r.batches * r.C);
    for (size_t m = 0; m < r.batches; m++)
        normalize(&r, m);
    measure(&r, of_sample);
    if (question_has(q, "dy"))
        backward(&r, question_input(q, "dy", "[M]C"), question_output(q, "dx", "NC"));
}
