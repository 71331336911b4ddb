// SPDX-License-Identifier: MIT
#include "instance_normalization.h"

void instance_normalization_answer(struct call *call)
{
    if (call_rank(call, "x") != 4)
        call_fail(call, "input 'x' has no positions; it must be (N,C,H,W) or (N,H,W,C)");
    group_normalization_of(call, 0, 0);
}
