// SPDX-License-Identifier: MIT
#include "color_jitter.h"

enum { BRIGHTNESS, CONTRAST, SATURATION, OPERATIONS };

static const real weight[3] = {R(0.299), R(0.587), R(0.114)};

/* One image of 3 planes; keep (OPERATIONS, 3 pixels) says what was not clipped after each step. */
struct jitter {
    size_t pixels;
    int clip_each;
    const int *order;
    real factor[OPERATIONS];
    int *keep;
    real *grey; /* (pixels) */
};

static void change(struct call *call, const struct jitter *is, real *x, size_t step)
{
    int operation = is->order[step], clipped = is->clip_each || step == OPERATIONS - 1;
    real factor = is->factor[operation], mean = 0;
    for (size_t i = 0; i < is->pixels; i++)
        is->grey[i] = sum_products(0, 3, weight, 1, x + i, is->pixels);
    mean = sum_features(is->pixels, is->grey, 1) / real_count(is->pixels);
    for (size_t i = 0; i < 3 * is->pixels; i++) {
        real v = factor * x[i];
        if (operation == CONTRAST)
            v = v + (1 - factor) * mean;
        if (operation == SATURATION)
            v = v + (1 - factor) * is->grey[i % is->pixels];
        real distance[2] = {v, 1 - v};
        int keep = !clipped || (distance[0] > 0 && distance[1] > 0);
        if (clipped)
            call_decisions(call, 2, distance);
        is->keep[step * 3 * is->pixels + i] = keep;
        x[i] = keep ? v : distance[0] > 0 ? 1 : 0;
    }
}

/* p (3,pixels): dy becomes dx. */
static void change_back(const struct jitter *is, real *p, size_t step)
{
    int operation = is->order[step];
    real factor = is->factor[operation];
    for (size_t i = 0; i < 3 * is->pixels; i++)
        p[i] = is->keep[step * 3 * is->pixels + i] ? p[i] : 0;
    real all = (1 - factor) * sum_features(3 * is->pixels, p, 1) / real_count(is->pixels);
    for (size_t i = 0; i < is->pixels; i++) {
        real three = (1 - factor) * sum_features(3, p + i, is->pixels);
        for (size_t c = 0; c < 3; c++) {
            real *to = p + c * is->pixels + i;
            *to = factor * *to;
            if (operation != BRIGHTNESS)
                *to = *to + weight[c] * (operation == CONTRAST ? all : three);
        }
    }
}

static const real *read_factors(struct call *call, const char *name)
{
    const real *factor = call_input(call, name, "N");
    for (size_t n = 0; n < call_size(call, 'N'); n++)
        if (!(factor[n] >= 0))
            call_fail(call, "input '%s' has a negative element", name);
    return factor;
}

void color_jitter_answer(struct call *call)
{
    static const char *const clips[] = {"each", "last", NULL};
    const real *x = call_input(call, "x", "NCHW");
    size_t N = call_size(call, 'N');
    struct jitter is = {.pixels = call_size(call, 'H') * call_size(call, 'W')};
    is.clip_each = call_choice(call, "clip", clips) == 0;
    if (call_size(call, 'C') != 3 || is.pixels == 0)
        call_fail(call, "input 'x' must have three channels of pixels");
    call_bind(call, 'O', OPERATIONS);
    const int *order = call_integers(call, "order", "NO", 0, OPERATIONS - 1);
    const real *factor[] = {read_factors(call, "brightness"), read_factors(call, "contrast"),
                            read_factors(call, "saturation")};
    size_t size = 3 * is.pixels;
    is.keep = call_scratch_integers(call, OPERATIONS * size);
    is.grey = call_scratch(call, is.pixels);
    real *y = call_output(call, "y", "NCHW");
    const real *dy = call_has(call, "dy") ? call_input(call, "dy", "NCHW") : NULL;
    real *dx = dy ? call_output(call, "dx", "NCHW") : NULL;
    for (size_t n = 0; n < N; n++) {
        is.order = order + n * OPERATIONS;
        if (is.order[0] == is.order[1] || is.order[1] == is.order[2] || is.order[2] == is.order[0])
            call_fail(call, "input 'order' repeats an operation");
        for (size_t k = 0; k < OPERATIONS; k++)
            is.factor[k] = factor[k][n];
        for (size_t i = 0; i < size; i++)
            y[n * size + i] = x[n * size + i];
        for (size_t step = 0; step < OPERATIONS; step++)
            change(call, &is, y + n * size, step);
        for (size_t i = 0; dy && i < size; i++)
            dx[n * size + i] = dy[n * size + i];
        for (size_t step = OPERATIONS; dy && step-- > 0;)
            change_back(&is, dx + n * size, step);
    }
}
