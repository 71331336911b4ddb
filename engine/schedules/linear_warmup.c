// SPDX-License-Identifier: MIT
/* Linear warm-up; definition in reference/schedules/linear_warmup.h.
 *
 * How it is distributed: the steps are sharded evenly. Each rate is computed alone; nothing crosses
 * the network and nothing is added.
 */
#include "schedule.h"

enum after { CONSTANT, LINEAR, INVERSE_ROOT };

/* rate numerator / denominator, with the quotient first. */
static scalar portion(scalar rate, size_t numerator, size_t denominator)
{
    return rate * ((scalar)numerator / (scalar)denominator);
}

void linear_warmup_run(struct question *q)
{
    static const char *const firsts[] = {"zero", "one_over_n", "start_rate", NULL};
    static const char *const afters[] = {"constant", "linear", "inverse_root", NULL};
    const size_t most = (size_t)1 << 24;
    struct schedule schedule = schedule_create(q);
    const int first = question_choice(q, "first_rate", firsts);
    const enum after after = (enum after)question_choice(q, "after", afters);
    const scalar rate = question_number(q, "rate");
    const scalar start = first == 2 ? question_number(q, "start") : 0;
    const size_t W = question_count(q, "warmup", 0, most);
    const size_t total = after == LINEAR ? question_count(q, "total", W + 1, 2 * most) : 0;
    if (after == INVERSE_ROOT && W == 0)
        question_refuse(q, "its number 'warmup' must be above 0 for after = inverse_root");
    for (size_t i = 0; i < schedule.count; i++) {
        const size_t p = schedule_time(&schedule, i);
        scalar *to = &schedule.rate[i];
        if (p < W && first == 2)
            *to = start + portion(rate - start, p, W);
        else if (p < W)
            *to = portion(rate, p + (first == 1), W);
        else if (after == LINEAR)
            *to = portion(rate, total > p ? total - p : 0, total - W);
        else if (after == INVERSE_ROOT)
            *to = rate * scalar_sqrt((scalar)W / (scalar)p);
        else
            *to = rate;
    }
}
