// SPDX-License-Identifier: MIT
#include "bit_depth.h"

static real rounded(struct call *call, real v, enum bit_rounding rounding)
{
    long below = (long)v;
    real over = v - (real)below - R(0.5), distance[2] = {real_abs(over), R(0.5) - real_abs(over)};
    if (rounding == BIT_DOWN) {
        call_decisions(call, distance[1] != 0, &distance[1]);
        return (real)below;
    }
    call_decisions(call, 1, distance);
    int up = over > 0 || (over == 0 && (rounding == BIT_HALF_AWAY || below % 2 == 1));
    return (real)(below + up);
}

real bit_depth_reduce(struct call *call, const struct bit_depth *is, real x)
{
    real width = is->high - is->low;
    return rounded(call, (x - is->low) / width * is->steps, is->rounding) / is->steps * width +
           is->low;
}
