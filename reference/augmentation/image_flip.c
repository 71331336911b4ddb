// SPDX-License-Identifier: MIT
#include "image_flip.h"

struct images {
    size_t N, C, H, W;
    int last;                         /* channels last */
    const int *horizontal, *vertical; /* (N) or NULL */
};

static size_t place(const struct images *is, size_t n, size_t c, size_t h, size_t w)
{
    if (is->last)
        return ((n * is->H + h) * is->W + w) * is->C + c;
    return ((n * is->C + c) * is->H + h) * is->W + w;
}

static void flip(real *y, const real *x, const struct images *is)
{
    for (size_t n = 0; n < is->N; n++) {
        int across = is->horizontal && is->horizontal[n], down = is->vertical && is->vertical[n];
        for (size_t c = 0; c < is->C; c++) {
            for (size_t h = 0; h < is->H; h++) {
                for (size_t w = 0; w < is->W; w++)
                    y[place(is, n, c, h, w)] =
                        x[place(is, n, c, down ? is->H - 1 - h : h, across ? is->W - 1 - w : w)];
            }
        }
    }
}

void image_flip_answer(struct call *call)
{
    static const char *const channels[] = {"first", "last", NULL};
    struct images is = {.last = call_choice(call, "channels", channels)};
    const char *shape = is.last ? "NHWC" : "NCHW";
    const real *x = call_input(call, "x", shape);
    is.N = call_size(call, 'N');
    is.C = call_size(call, 'C');
    is.H = call_size(call, 'H');
    is.W = call_size(call, 'W');
    if (call_has(call, "flip_horizontal"))
        is.horizontal = call_integers(call, "flip_horizontal", "N", 0, 1);
    if (call_has(call, "flip_vertical"))
        is.vertical = call_integers(call, "flip_vertical", "N", 0, 1);
    flip(call_output(call, "y", shape), x, &is);
    if (call_has(call, "dy"))
        flip(call_output(call, "dx", shape), call_input(call, "dy", shape), &is);
}
