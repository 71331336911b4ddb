// SPDX-License-Identifier: MIT
#include "pairs.h"

void arms_that_hardly_differ(struct replica *r)
{
    const struct pairs_plan plan = {
        .rule = RULE_EQUIVALENT, .size = 0.03, .pairs = 40, .planted = 0.02, .is_other = true};
    replica_effect(r, 0, pairs_verdict(r, &plan) == VERDICT_SUPPORTED);
}
