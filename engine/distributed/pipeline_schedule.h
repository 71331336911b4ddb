// SPDX-License-Identifier: MIT
/* pipeline_schedule.h - when each stage of a pipeline does what. */
#pragma once

#include "../techniques.h"

enum pipeline_kind { GPIPE, ALTERNATING, STASHED, VERTICAL };

/* timeline (stages,slots): micro-batch m forwards is m + 1, backwards -(m + 1), nothing 0. */
struct pipeline_schedule {
    enum pipeline_kind kind;
    bool first_first; /* of GPipe: backwards in the order of forwards */
    size_t stages, micro, slots;
    int *timeline;
};

/* Fills slots and timeline from the rest. */
void pipeline_schedule_play(struct question *q, struct pipeline_schedule *schedule);

/* Makes the outputs timeline, bubbles and held. */
void pipeline_schedule_write(struct question *q, const struct pipeline_schedule *schedule);
