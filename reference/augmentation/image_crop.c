// SPDX-License-Identifier: MIT
#include "image_crop.h"

enum { LARGEST = 1 << 12 };

static void check(struct call *call, const int *at, size_t N, size_t window, size_t padded,
                  const char *name)
{
    for (size_t n = 0; n < N; n++)
        if ((size_t)at[n] + window > padded)
            call_fail(call, "input '%s' places window %zu beyond the padded image", name, n);
}

void image_crop_answer(struct call *call)
{
    const real *x = call_input(call, "x", "NCHW");
    struct window is = {call_size(call, 'N'),
                        call_size(call, 'C'),
                        call_size(call, 'H'),
                        call_size(call, 'W'),
                        0,
                        0,
                        border_read(call),
                        0};
    is.P = call_count(call, "height", 1, LARGEST);
    is.Q = call_count(call, "width", 1, LARGEST);
    is.fill = call_number_or(call, "fill", R(0.0));
    size_t padding = call_count_or(call, "padding", 0, 0, LARGEST);
    const int *row = call_integers(call, "row", "N", 0, LARGEST);
    const int *column = call_integers(call, "column", "N", 0, LARGEST);
    check(call, row, is.N, is.P, is.H + 2 * padding, "row");
    check(call, column, is.N, is.Q, is.W + 2 * padding, "column");
    call_bind(call, 'P', is.P);
    call_bind(call, 'Q', is.Q);
    int *top = call_scratch_integers(call, is.N), *left = call_scratch_integers(call, is.N);
    for (size_t n = 0; n < is.N; n++) {
        top[n] = row[n] - (int)padding;
        left[n] = column[n] - (int)padding;
    }
    window_look(call_output(call, "y", "NCPQ"), x, &is, top, left);
    if (call_has(call, "dy")) {
        const real *dy = call_input(call, "dy", "NCPQ");
        window_return(call_output(call, "dx", "NCHW"), dy, &is, top, left);
    }
}
