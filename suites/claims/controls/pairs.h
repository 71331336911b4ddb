// SPDX-License-Identifier: MIT
/* pairs.h - a whole experiment inside of a replica. */
#pragma once

#include "../lab/fit.h"
#include "../verdict.h"

/* How two arms are compared, and in what the second one differs. */
struct pairs_plan {
    enum claim_rule rule;
    double size;
    size_t pairs;
    double noise;   /* the share of its labels that is flipped */
    double planted; /* added to what the first arm is better by */
    bool is_other;  /* it has another start and order */
};

/* The verdict of pairs of trainings on moons, first arm less second in test accuracy. */
enum verdict pairs_verdict(struct replica *r, const struct pairs_plan *plan);
