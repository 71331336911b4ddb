// SPDX-License-Identifier: MIT
/* schedule.h - what the schedules share: this rank's steps, and when they are.
 *
 * A rate depends on its step alone, so the steps are sharded evenly and nothing crosses the network
 * before the rates are gathered.
 */
#pragma once

#include "../techniques.h"

struct schedule {
    size_t begin, count; /* this rank's steps, counted from the start of training */
    size_t steps_per_epoch, counted;
    scalar *rate; /* (count) the output */
    scalar minimum;
};

/* Numbers steps, first, steps_per_epoch, minimum; convention counted_from; output rate. */
struct schedule schedule_create(struct question *q);

/* The time of this rank's step i, in steps or epochs. */
size_t schedule_time(const struct schedule *schedule, size_t i);

/* A number above 0. */
scalar schedule_positive(struct question *q, const char *name);

/* Powers of a base with exponents that never fall: one multiplication for each step up. */
struct rising_power {
    scalar base, value;
    size_t exponent;
};
scalar rising_power_at(struct rising_power *power, size_t exponent);

/* Raises every rate below the minimum to it. */
void schedule_limit(const struct schedule *schedule);
