// SPDX-License-Identifier: MIT
#include "pairs.h"

void arms_that_differ(struct replica *r)
{
    const struct pairs_plan plan = {.rule = RULE_ABOVE, .size = 0.01, .pairs = 20, .noise = 0.3};
    replica_effect(r, 0, pairs_verdict(r, &plan) == VERDICT_SUPPORTED);
}
