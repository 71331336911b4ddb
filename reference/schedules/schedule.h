// SPDX-License-Identifier: MIT
/* schedule.h - what the schedules share: which step or epoch it is, and powers of a factor.
 *
 *     time of step t = floor((first + t) / steps_per_epoch) + counted        t = 0 .. T-1
 *
 * Numbers: steps (T), first (0: the steps before, when a run is resumed), steps_per_epoch (1: time
 *     is counted in steps; otherwise in epochs, all steps of which have the same time).
 * Conventions: counted_from = zero (default: the first step or epoch is number 0) or one.
 */
#pragma once

#include "../call.h"

struct schedule {
    size_t T, first, steps_per_epoch, counted;
    real *rate; /* (T) the output */
};

/* Reads the numbers above and makes the output rate (T). */
struct schedule schedule_read(struct call *call);

/* Steps or epochs at step t. */
size_t schedule_time(const struct schedule *schedule, size_t t);

/* base^n by n multiplications, from 1. */
real schedule_power(real base, size_t n);

/* A number that must be above 0, or fails with its name. */
real schedule_positive(struct call *call, const char *name);

/* The larger of a rate and the number `minimum` (0). */
static inline real schedule_at_least(real rate, real minimum)
{
    return rate < minimum ? minimum : rate;
}
