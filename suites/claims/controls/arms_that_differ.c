// SPDX-License-Identifier: MIT
#include "pairs.h"

void arms_that_differ(struct replica *r)
{
    replica_effect(r, 0, pairs_verdict(r, 0.3, false) == VERDICT_SUPPORTED);
}
