// SPDX-License-Identifier: MIT
#include "image_rotation.h"

#define RADIANS_PER_DEGREE R(0.0174532925199432957692369076848861)

struct turn {
    real sine, cosine, centre_row, centre_column;
};

static struct turn turn_of(real angle, int radians, int clockwise)
{
    static const int quarter_sine[] = {0, 1, 0, -1};
    long quarters = (long)(angle / 90);
    struct turn turn = {0, 0, 0, 0};
    if (!radians && (real)(quarters * 90) == angle) {
        turn.sine = (real)quarter_sine[(quarters % 4 + 4) % 4];
        turn.cosine = (real)quarter_sine[(quarters % 4 + 5) % 4];
    } else {
        real theta = radians ? angle : angle * RADIANS_PER_DEGREE;
        turn.sine = real_sin(theta);
        turn.cosine = real_cos(theta);
    }
    if (clockwise)
        turn.sine = -turn.sine;
    return turn;
}

static void position(const struct turn *is, size_t h, size_t w, real *row, real *column)
{
    real down = real_count(h) - is->centre_row, across = real_count(w) - is->centre_column;
    *row = is->centre_row + (is->sine * across + is->cosine * down);
    *column = is->centre_column + (is->cosine * across - is->sine * down);
}

static const real *angles_read(struct call *call, int radians)
{
    const real *angle = call_input(call, "angle", "N");
    for (size_t n = 0; n < call_size(call, 'N'); n++)
        if (!(real_abs(angle[n]) <= (radians ? 7 : 360)))
            call_fail(call, "input 'angle' has an element beyond one turn in its units");
    return angle;
}

void image_rotation_answer(struct call *call)
{
    static const char *const units[] = {"degrees", "radians", NULL};
    static const char *const directions[] = {"counterclockwise", "clockwise", NULL};
    static const char *const centres[] = {"pixels", "corner", NULL};
    int radians = call_choice(call, "units", units);
    int clockwise = call_choice(call, "direction", directions);
    real off = call_choice(call, "centre", centres) ? 0 : 1;
    const real *x = call_input(call, "x", "NCHW"), *dy = NULL;
    size_t planes = call_size(call, 'N') * call_size(call, 'C'), C = call_size(call, 'C');
    size_t H = call_size(call, 'H'), W = call_size(call, 'W');
    const real *angle = angles_read(call, radians);
    struct sampling sampling = sampling_read(call, H, W);
    real *y = call_output(call, "y", "NCHW"), *dx = NULL;
    if (call_has(call, "dy")) {
        dy = call_input(call, "dy", "NCHW");
        dx = call_output(call, "dx", "NCHW");
    }
    for (size_t i = 0; i < planes * H * W; i++) {
        size_t plane = i / W / H;
        struct turn turn = turn_of(angle[plane / C], radians, clockwise);
        real row, column;
        turn.centre_row = (real_count(H) - off) / 2;
        turn.centre_column = (real_count(W) - off) / 2;
        position(&turn, i / W % H, i % W, &row, &column);
        y[i] = sampling_value(call, &sampling, x + plane * H * W, row, column);
        if (dy)
            sampling_return(&sampling, dx + plane * H * W, dy[i], row, column);
    }
}
