// SPDX-License-Identifier: MIT
/* Inverse square root; definition in reference/schedules/inverse_square_root.h.
 *
 * How it is distributed: the steps are sharded evenly. Each rate is computed alone; nothing crosses
 * the network and nothing is added.
 */
#include "schedule.h"

enum form { NOAM, SCALED, SHIFTED };

void inverse_square_root_run(struct question *q)
{
    static const char *const forms[] = {"noam", "scaled", "shifted", NULL};
    const size_t most = (size_t)1 << 24;
    const struct schedule schedule = schedule_create(q);
    const enum form form = (enum form)question_choice(q, "form", forms);
    const size_t W = question_count(q, "warmup", 1, most);
    const scalar warmup = (scalar)W;
    scalar rate = question_number(q, "rate");
    size_t scale = W;
    if (form == SHIFTED && question_number_or(q, "scale", warmup) != warmup)
        scale = question_count(q, "scale", 1, most);
    if (form == NOAM)
        rate = rate / scalar_sqrt(schedule_positive(q, "width"));
    const scalar slope = form == NOAM ? warmup * scalar_sqrt(warmup) : warmup;
    for (size_t i = 0; i < schedule.count; i++) {
        const size_t n = schedule_time(&schedule, i);
        scalar *to = &schedule.rate[i];
        if (n < W)
            *to = rate * ((scalar)n / slope);
        else if (form == NOAM)
            *to = rate * (1 / scalar_sqrt((scalar)n));
        else if (form == SCALED)
            *to = rate * scalar_sqrt(warmup / (scalar)n);
        else
            *to = rate / scalar_sqrt((scalar)(n - W + scale) / (scalar)scale);
    }
}
