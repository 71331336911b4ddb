// SPDX-License-Identifier: MIT
#include "image_zoom.h"

enum coordinates { HALF_PIXEL, ALIGN_CORNERS, ASYMMETRIC };

static real position(enum coordinates coordinates, size_t p, size_t P, size_t H)
{
    real scale = real_count(H) / real_count(P);
    if (coordinates == ASYMMETRIC)
        return real_count(p) * scale;
    if (coordinates == ALIGN_CORNERS)
        return P == 1 ? 0 : real_count(p) * (real_count(H - 1) / real_count(P - 1));
    return (real_count(p) + R(0.5)) * scale - R(0.5);
}

void image_zoom_answer(struct call *call)
{
    static const char *const names[] = {"half_pixel", "align_corners", "asymmetric", NULL};
    enum coordinates coordinates = (enum coordinates)call_choice(call, "coordinates", names);
    const real *x = call_input(call, "x", "NCHW"), *dy = NULL;
    size_t planes = call_size(call, 'N') * call_size(call, 'C');
    size_t H = call_size(call, 'H'), W = call_size(call, 'W');
    size_t P = call_count(call, "height", 1, 4096), Q = call_count(call, "width", 1, 4096);
    if (H * W == 0)
        call_fail(call, "input 'x' has images without pixels");
    call_bind(call, 'P', P);
    call_bind(call, 'Q', Q);
    struct sampling sampling = sampling_read(call, H, W);
    sampling.border = BORDER_EDGE;
    real *y = call_output(call, "y", "NCPQ"), *dx = NULL;
    if (call_has(call, "dy")) {
        dy = call_input(call, "dy", "NCPQ");
        dx = call_output(call, "dx", "NCHW");
    }
    for (size_t i = 0; i < planes * P * Q; i++) {
        size_t from = i / Q / P * H * W;
        real row = position(coordinates, i / Q % P, P, H);
        real column = position(coordinates, i % Q, Q, W);
        y[i] = sampling_value(call, &sampling, x + from, row, column);
        if (dy)
            sampling_return(&sampling, dx + from, dy[i], row, column);
    }
}
