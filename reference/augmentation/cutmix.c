// SPDX-License-Identifier: MIT
#include "cutmix.h"

struct box {
    int top, bottom, left, right; /* kept as four whole numbers a box */
};

/* floor(size sqrt(1 - lambda)). */
static int side(struct call *call, size_t size, real lambda)
{
    real length = real_count(size) * real_sqrt(1 - lambda);
    int whole = 0;
    while (whole < (int)size && real_count((size_t)whole + 1) <= length)
        whole++;
    real distance[2] = {length - real_count((size_t)whole), real_count((size_t)whole + 1) - length};
    call_decisions(call, 2, distance);
    return whole;
}

static int least(int a, int b)
{
    return a < b ? a : b;
}

static int cut_below(int at)
{
    return at > 0 ? at : 0;
}

static void find_boxes(struct call *call, struct box *box, size_t L, int given, const real *lambda)
{
    size_t H = call_size(call, 'H'), W = call_size(call, 'W');
    const int *row = call_integers(call, "row", "L", 0, (int)H - 1);
    const int *column = call_integers(call, "column", "L", 0, (int)W - 1);
    const int *height = given ? call_integers(call, "height", "L", 0, (int)H) : NULL;
    const int *width = given ? call_integers(call, "width", "L", 0, (int)W) : NULL;
    for (size_t l = 0; l < L; l++) {
        int half_h = given ? 0 : side(call, H, lambda[l]) / 2;
        int half_w = given ? 0 : side(call, W, lambda[l]) / 2;
        box[l].top = cut_below(row[l] - half_h);
        box[l].bottom = least(row[l] + (given ? height[l] : half_h), (int)H);
        box[l].left = cut_below(column[l] - half_w);
        box[l].right = least(column[l] + (given ? width[l] : half_w), (int)W);
    }
}

/* Whether pixel i of an image of width W is pasted. */
static int pasted(const struct box *box, size_t i, size_t W)
{
    int h = (int)(i / W), w = (int)(i % W);
    return h >= box->top && h < box->bottom && w >= box->left && w < box->right;
}

struct batch {
    size_t N, C, H, W;
    const int *partner;
    const struct box *box; /* (N), or the same for all */
    int each;
};

static void mix(const struct batch *is, real *mixed, const real *x)
{
    size_t pixels = is->H * is->W, size = is->C * pixels;
    for (size_t n = 0; n < is->N; n++)
        for (size_t i = 0; i < size; i++) {
            int other = pasted(&is->box[is->each ? n : 0], i % pixels, is->W);
            mixed[n * size + i] = x[(other ? (size_t)is->partner[n] : n) * size + i];
        }
}

static void mix_back(const struct batch *is, real *dx, const real *upstream)
{
    size_t pixels = is->H * is->W, size = is->C * pixels;
    for (int other = 0; other < 2; other++)
        for (size_t n = 0; n < is->N; n++)
            for (size_t i = 0; i < size; i++)
                if (pasted(&is->box[is->each ? n : 0], i % pixels, is->W) == other)
                    dx[(other ? (size_t)is->partner[n] : n) * size + i] += upstream[n * size + i];
}

void cutmix_answer(struct call *call)
{
    static const char *const scopes[] = {"batch", "sample", NULL};
    static const char *const boxes[] = {"lambda", "given", NULL};
    static const char *const weights[] = {"area", "lambda", NULL};
    const real *x = call_input(call, "x", "NCHW"), *t = call_input(call, "t", "NK");
    struct batch is = {.N = call_size(call, 'N'), .C = call_size(call, 'C')};
    is.H = call_size(call, 'H');
    is.W = call_size(call, 'W');
    if (is.N * is.H * is.W == 0)
        call_fail(call, "input 'x' has no pixels to be mixed");
    is.partner = call_integers(call, "partner", "N", 0, (int)is.N - 1);
    is.each = call_choice(call, "scope", scopes);
    int given = call_choice(call, "box", boxes), drawn = call_choice(call, "labels", weights);
    size_t L = is.each ? is.N : 1, K = call_size(call, 'K');
    call_bind(call, 'L', L);
    const real *lambda = drawn || !given ? call_input(call, "lambda", "L") : NULL;
    for (size_t l = 0; lambda && l < L; l++)
        if (!(lambda[l] >= 0 && lambda[l] <= 1))
            call_fail(call, "input 'lambda' is a share and must lie in 0..1");
    struct box *box = (struct box *)call_scratch_integers(call, 4 * L);
    find_boxes(call, box, L, given, lambda);
    is.box = box;
    real *area = call_output_integers(call, "area", "N");
    mix(&is, call_output(call, "x_mixed", "NCHW"), x);
    real *t_mixed = call_output(call, "t_mixed", "NK");
    for (size_t n = 0; n < is.N; n++) {
        size_t l = is.each ? n : 0, other = (size_t)is.partner[n];
        area[n] = (real)((box[l].bottom - box[l].top) * (box[l].right - box[l].left));
        real share = drawn ? 1 - lambda[l] : area[n] / real_count(is.H * is.W);
        for (size_t k = 0; k < K; k++)
            t_mixed[n * K + k] = (1 - share) * t[n * K + k] + share * t[other * K + k];
    }
    if (call_has(call, "dx_mixed")) {
        const real *upstream = call_input(call, "dx_mixed", "NCHW");
        mix_back(&is, call_output(call, "dx", "NCHW"), upstream);
    }
}
