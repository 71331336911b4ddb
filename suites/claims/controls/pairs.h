// SPDX-License-Identifier: MIT
/* pairs.h - a whole experiment inside of a replica. */
#pragma once

#include "../lab/fit.h"
#include "../verdict.h"

/* The verdict of 20 pairs of trainings on moons, first arm less second in test accuracy. The second
 * arm has the share `noise` of its labels flipped, and, if `is_other`, another start and order. */
enum verdict pairs_verdict(struct replica *r, double noise, bool is_other);
