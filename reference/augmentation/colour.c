// SPDX-License-Identifier: MIT
#include "colour.h"

struct colour colour_read(struct call *call)
{
    static const char *const clips[] = {"yes", "no", NULL};
    struct colour is = {.x = call_input(call, "x", "NCHW")};
    is.factor = call_input(call, "factor", "N");
    is.N = call_size(call, 'N');
    is.C = call_size(call, 'C');
    is.pixels = call_size(call, 'H') * call_size(call, 'W');
    is.clip = call_choice(call, "clip", clips) == 0;
    is.low = call_number_or(call, "low", R(0.0));
    is.high = call_number_or(call, "high", R(1.0));
    if (!(is.low < is.high))
        call_fail(call, "number 'high' must be above 'low', or every pixel is clipped");
    if (is.C * is.pixels == 0)
        call_fail(call, "input 'x' has images without pixels");
    is.y = call_output(call, "y", "NCHW");
    if (call_has(call, "dy")) {
        is.dy = call_input(call, "dy", "NCHW");
        is.dx = call_output(call, "dx", "NCHW");
    } else {
        is.dy = call_scratch(call, is.N * is.C * is.pixels);
        is.dx = call_scratch(call, is.N * is.C * is.pixels);
    }
    return is;
}

void colour_store(struct call *call, const struct colour *is, size_t i, real v, real *passed)
{
    is->y[i] = v;
    *passed = is->dy[i];
    if (!is->clip)
        return;
    real distance[2] = {v - is->low, is->high - v};
    call_decisions(call, 2, distance);
    if (!(distance[0] > 0 && distance[1] > 0)) {
        is->y[i] = distance[0] > 0 ? is->high : is->low;
        *passed = 0;
    }
}
