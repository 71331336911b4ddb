// SPDX-License-Identifier: MIT
#include "kink.h"

real kink_at_zero(struct call *call, real left, real right)
{
    static const char *const options[] = {"left", "right", "mean", NULL};
    const real derivative[] = {left, right, (right + left) / 2};
    return derivative[call_choice(call, "derivative_at_zero", options)];
}

enum kink_bounds kink_at_bounds(struct call *call)
{
    static const char *const options[] = {"outside", "inside", "mean", NULL};
    return (enum kink_bounds)call_choice(call, "derivative_at_bounds", options);
}

real kink_between(enum kink_bounds bounds, real outside, real inside)
{
    if (bounds == KINK_MEAN)
        return (inside + outside) / 2;
    return bounds == KINK_INSIDE ? inside : outside;
}
