// SPDX-License-Identifier: MIT
#include "image_translation.h"

enum { LARGEST = 1 << 12 };

void image_translation_answer(struct call *call)
{
    static const char *const signs[] = {"contents", "window", NULL};
    const real *x = call_input(call, "x", "NCHW");
    struct window is = {call_size(call, 'N'), call_size(call, 'C'),
                        call_size(call, 'H'), call_size(call, 'W'),
                        call_size(call, 'H'), call_size(call, 'W'),
                        border_read(call),    call_number_or(call, "fill", R(0.0))};
    const int *down = call_integers(call, "down", "N", -LARGEST, LARGEST);
    const int *right = call_integers(call, "right", "N", -LARGEST, LARGEST);
    int sign = call_choice(call, "sign", signs) ? 1 : -1;
    if (is.H * is.W == 0)
        call_fail(call, "input 'x' has images without pixels");
    int *top = call_scratch_integers(call, is.N), *left = call_scratch_integers(call, is.N);
    for (size_t n = 0; n < is.N; n++) {
        top[n] = sign * down[n];
        left[n] = sign * right[n];
    }
    window_look(call_output(call, "y", "NCHW"), x, &is, top, left);
    if (call_has(call, "dy")) {
        const real *dy = call_input(call, "dy", "NCHW");
        window_return(call_output(call, "dx", "NCHW"), dy, &is, top, left);
    }
}
