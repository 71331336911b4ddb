// SPDX-License-Identifier: MIT
/* noise_schedule.h - what is left of the data after t steps of a diffusion; conventions in
 * reference/generative/noise_schedule.h. Every rank computes all of it alike. */
#pragma once

#include "../techniques.h"

enum diffusion_target { TARGET_EPSILON, TARGET_SAMPLE, TARGET_V };

struct noise_schedule {
    size_t T;
    bool stretched;
    scalar *beta, *abar; /* (T) */
};

struct noise_schedule noise_schedule_read(struct question *q);
enum diffusion_target diffusion_target_read(struct question *q);
