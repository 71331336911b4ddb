// SPDX-License-Identifier: MIT
#include "pairs.h"

void arms_that_are_alike(struct replica *r)
{
    replica_effect(r, 0, pairs_verdict(r, 0, true) == VERDICT_NOT_SHOWN);
}
