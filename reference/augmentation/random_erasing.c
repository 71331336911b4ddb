// SPDX-License-Identifier: MIT
#include "random_erasing.h"

enum { LARGEST = 1 << 20 };

static int inside(int at, int begin, int length)
{
    return at >= begin && at < begin + length;
}

void random_erasing_answer(struct call *call)
{
    static const char *const anchors[] = {"corner", "centre", NULL};
    const real *x = call_input(call, "x", "NCHW");
    size_t N = call_size(call, 'N'), C = call_size(call, 'C');
    size_t H = call_size(call, 'H'), W = call_size(call, 'W');
    const int *row = call_integers(call, "row", "N", 0, (int)H - 1);
    const int *column = call_integers(call, "column", "N", 0, (int)W - 1);
    const int *height = call_integers(call, "height", "N", 0, LARGEST);
    const int *width = call_integers(call, "width", "N", 0, LARGEST);
    real fill = call_number_or(call, "fill", 0);
    int centre = call_choice(call, "anchor", anchors);
    real *area = call_output_integers(call, "area", "N"), *y = call_output(call, "y", "NCHW");
    const real *dy = call_has(call, "dy") ? call_input(call, "dy", "NCHW") : NULL;
    real *dx = dy ? call_output(call, "dx", "NCHW") : NULL;
    for (size_t i = 0; i < N * C * H * W; i++) {
        size_t n = i / W / H / C;
        int top = centre ? row[n] - height[n] / 2 : row[n];
        int left = centre ? column[n] - width[n] / 2 : column[n];
        int erased =
            inside((int)(i / W % H), top, height[n]) && inside((int)(i % W), left, width[n]);
        y[i] = erased ? fill : x[i];
        if (dy)
            dx[i] = erased ? 0 : dy[i];
        area[n] += erased && i / W / H % C == 0;
    }
}
