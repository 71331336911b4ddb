// SPDX-License-Identifier: MIT
/* kink.h - what frameworks disagree about where an activation has a kink: its derivative there. */
#pragma once

#include "../call.h"

/* The convention derivative_at_zero of a call: left (the default), right, or the mean of both. */
real kink_at_zero(struct call *call, real left, real right);

/* The convention derivative_at_bounds of a clipped activation: outside (the default), inside, or
 * the mean of both. */
enum kink_bounds { KINK_OUTSIDE, KINK_INSIDE, KINK_MEAN };
enum kink_bounds kink_at_bounds(struct call *call);
real kink_between(enum kink_bounds bounds, real outside, real inside);
