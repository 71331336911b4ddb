// SPDX-License-Identifier: MIT
#include "channel_mean_subtraction.h"

static const real *read_mean(struct call *call, size_t C, int kept)
{
    if (call_has(call, "mean"))
        return call_input(call, "mean", "C");
    if (C != 3)
        call_fail(call, "input 'mean' is missing, and is known for 3 channels only, not %zu", C);
    real *mean = call_scratch(call, 3);
    mean[kept ? 2 : 0] = R(103.939);
    mean[1] = R(116.779);
    mean[kept ? 0 : 2] = R(123.68);
    return mean;
}

static const real *read_deviation(struct call *call, size_t C)
{
    if (!call_has(call, "deviation")) {
        real *one = call_scratch(call, C);
        for (size_t c = 0; c < C; c++)
            one[c] = 1;
        return one;
    }
    const real *deviation = call_input(call, "deviation", "C");
    for (size_t c = 0; c < C; c++) {
        if (!(deviation[c] > 0))
            call_fail(call, "element %zu of input 'deviation' must be positive", c);
    }
    return deviation;
}

void channel_mean_subtraction_answer(struct call *call)
{
    static const char *const orders[] = {"reversed", "kept", NULL};
    static const char *const layouts[] = {"channels_last", "channels_first", NULL};
    const char *shape = call_choice(call, "layout", layouts) == 1 ? "NCHW" : "NHWC";
    int kept = call_choice(call, "channels", orders);
    const real *x = call_input(call, "x", shape);
    size_t N = call_size(call, 'N'), C = call_size(call, 'C');
    size_t P = call_size(call, 'H') * call_size(call, 'W');
    const real *mean = read_mean(call, C, kept), *deviation = read_deviation(call, C);
    real divisor = call_number_or(call, "divisor", R(1.0));
    if (divisor == 0)
        call_fail(call, "number 'divisor' is 0");
    real *y = call_output(call, "y", shape);
    const real *dy = call_has(call, "dy") ? call_input(call, "dy", shape) : NULL;
    real *dx = dy ? call_output(call, "dx", shape) : NULL;
    size_t channel_step = shape[1] == 'C' ? P : 1, position_step = shape[1] == 'C' ? 1 : C;
    for (size_t n = 0; n < N; n++) {
        for (size_t c = 0; c < C; c++) {
            size_t k = kept ? c : C - 1 - c;
            for (size_t p = 0; p < P; p++) {
                size_t to = n * C * P + c * channel_step + p * position_step;
                size_t from = n * C * P + k * channel_step + p * position_step;
                y[to] = (x[from] / divisor - mean[c]) / deviation[c];
                if (dy)
                    dx[from] = dy[to] / deviation[c] / divisor;
            }
        }
    }
}
