// SPDX-License-Identifier: MIT
/* CutMix; definition in reference/augmentation/cutmix.h.
 *
 * How it is distributed: the mixed images are sharded. A partner may be any image, so the batch is
 * whole on every rank, as it is after it was read, and so is the upstream gradient: each rank
 * collects what belongs to its own images. Nothing crosses the network.
 */
#include "../techniques.h"

#include <string.h>

/* What was drawn, and what it means: H x W images, of which box l is exchanged. */
struct cutting {
    size_t C, H, W, size;
    bool each;
    struct frame {
        size_t top, bottom, left, right;
    } * frame;
};

static size_t whole_side(size_t size, scalar lambda)
{
    return (size_t)((scalar)size * scalar_sqrt(1 - lambda));
}

/* From `at` - before to `at` + after, inside of 0..size. */
static void clip(size_t *begin, size_t *end, size_t at, size_t before, size_t after, size_t size)
{
    *begin = at > before ? at - before : 0;
    *end = at + after < size ? at + after : size;
}

static void read_frames(struct question *q, struct cutting *is, size_t L, const scalar *lambda,
                        bool given)
{
    const int *row = question_integers(q, "row", "L", 0, (int)is->H - 1);
    const int *column = question_integers(q, "column", "L", 0, (int)is->W - 1);
    const int *height = given ? question_integers(q, "height", "L", 0, (int)is->H) : NULL;
    const int *width = given ? question_integers(q, "width", "L", 0, (int)is->W) : NULL;
    is->frame = arena_take(question_arena(q), L, sizeof *is->frame);
    for (size_t l = 0; l < L; l++) {
        struct frame *f = &is->frame[l];
        const size_t up = given ? 0 : whole_side(is->H, lambda[l]) / 2;
        const size_t across = given ? 0 : whole_side(is->W, lambda[l]) / 2;
        clip(&f->top, &f->bottom, (size_t)row[l], up, given ? (size_t)height[l] : up, is->H);
        clip(&f->left, &f->right, (size_t)column[l], across, given ? (size_t)width[l] : across,
             is->W);
    }
}

/* Every line of the box of an image: copied from `from`, added, or set to 0 when `from` is NULL. */
static void paste(const struct cutting *is, size_t n, scalar *to, const scalar *from, bool add)
{
    const struct frame *f = &is->frame[is->each ? n : 0];
    for (size_t c = 0; c < is->C; c++)
        for (size_t h = f->top; h < f->bottom; h++)
            for (size_t w = f->left; w < f->right; w++) {
                const size_t i = (c * is->H + h) * is->W + w;
                to[i] = (add ? to[i] : 0) + (from != NULL ? from[i] : 0);
            }
}

static void collect(struct question *q, const struct cutting *is, const int *partner)
{
    const size_t first = question_first(q, 'N'), rows = question_part(q, 'N');
    const scalar *upstream = question_input(q, "dx_mixed", "NCHW");
    scalar *dx = question_output(q, "dx", "[N]CHW");
    memcpy(dx, upstream + first * is->size, rows * is->size * sizeof *dx);
    for (size_t n = 0; n < rows; n++)
        paste(is, first + n, dx + n * is->size, NULL, false);
    for (size_t n = 0; n < question_size(q, 'N'); n++) {
        const size_t to = (size_t)partner[n];
        if (to >= first && to - first < rows)
            paste(is, n, dx + (to - first) * is->size, upstream + n * is->size, true);
    }
}

/* This rank's targets; `share` of the partner's. */
static void mix_target(scalar *mixed, const scalar *t, size_t n, size_t other, size_t K,
                       scalar share)
{
    const scalar rest = 1 - share;
    for (size_t k = 0; k < K; k++)
        mixed[k] = rest * t[n * K + k] + share * t[other * K + k];
}

static const scalar *read_lambda(struct question *q, size_t L)
{
    const scalar *lambda = question_input(q, "lambda", "L");
    for (size_t l = 0; l < L; l++)
        if (!(lambda[l] >= 0 && lambda[l] <= 1))
            question_refuse(q, "its input 'lambda' holds shares; give values from 0 to 1");
    return lambda;
}

void cutmix_run(struct question *q)
{
    static const char *const scopes[] = {"batch", "sample", NULL};
    static const char *const boxes[] = {"lambda", "given", NULL};
    static const char *const weights[] = {"area", "lambda", NULL};
    const scalar *x = question_input(q, "x", "NCHW"), *t = question_input(q, "t", "NK");
    const size_t N = question_size(q, 'N'), K = question_size(q, 'K');
    struct cutting is = {question_size(q, 'C'),
                         question_size(q, 'H'),
                         question_size(q, 'W'),
                         0,
                         question_choice(q, "scope", scopes) == 1,
                         NULL};
    if (N * is.H * is.W == 0)
        question_refuse(q, "its input 'x' has no pixels; give at least one");
    is.size = is.C * is.H * is.W;
    const int *partner = question_integers(q, "partner", "N", 0, (int)N - 1);
    const bool given = question_choice(q, "box", boxes) == 1;
    const bool drawn = question_choice(q, "labels", weights) == 1;
    question_bind(q, 'L', is.each ? N : 1);
    const scalar *lambda = drawn || !given ? read_lambda(q, is.each ? N : 1) : NULL;
    read_frames(q, &is, is.each ? N : 1, lambda, given);
    scalar *area = question_output(q, "area", "[N]");
    scalar *x_mixed = question_output(q, "x_mixed", "[N]CHW");
    scalar *t_mixed = question_output(q, "t_mixed", "[N]K");
    const size_t first = question_first(q, 'N'), rows = question_part(q, 'N');
    memcpy(x_mixed, x + first * is.size, rows * is.size * sizeof *x);
    for (size_t n = 0; n < rows; n++) {
        const size_t at = first + n, other = (size_t)partner[at], l = is.each ? at : 0;
        const struct frame *f = &is.frame[l];
        paste(&is, at, x_mixed + n * is.size, x + other * is.size, false);
        area[n] = (scalar)((f->bottom - f->top) * (f->right - f->left));
        mix_target(t_mixed + n * K, t, at, other, K,
                   drawn ? 1 - lambda[l] : area[n] / (scalar)(is.H * is.W));
    }
    if (question_has(q, "dx_mixed"))
        collect(q, &is, partner);
}
