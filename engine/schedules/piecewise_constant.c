// SPDX-License-Identifier: MIT
/* Piecewise constant rate; definition in reference/schedules/piecewise_constant.h.
 *
 * How it is distributed: the steps are sharded evenly; every rank holds the boundaries and their
 * rates. A rank passes the boundaries before its first step in order, so a product of factors is
 * rounded as on a single rank. Nothing crosses the network and nothing is added.
 */
#include "schedule.h"

void piecewise_constant_run(struct question *q)
{
    static const char *const forms[] = {"rates", "factors", NULL};
    static const char *const boundary[] = {"at", "after", NULL};
    struct schedule schedule = schedule_create(q);
    const int *boundaries = question_integers(q, "boundaries", "B", 0, 1 << 30);
    const size_t B = question_size(q, 'B');
    for (size_t b = 0; b + 1 < B; b++)
        if (boundaries[b + 1] <= boundaries[b])
            question_refuse(q, "its input 'boundaries' does not rise at element %zu", b + 1);
    const size_t late = question_choice(q, "boundary", boundary) == 1;
    const bool by_factors = question_choice(q, "form", forms) == 1;
    question_bind(q, 'R', B + 1);
    const scalar *values =
        by_factors ? question_input(q, "factors", "B") : question_input(q, "rates", "R");
    scalar rate = by_factors ? question_number(q, "rate") : values[0];
    size_t passed = 0;
    for (size_t i = 0; i < schedule.count; i++) {
        const size_t n = schedule_time(&schedule, i);
        for (; passed < B && n >= (size_t)boundaries[passed] + late; passed++)
            rate = by_factors ? rate * values[passed] : values[passed + 1];
        schedule.rate[i] = rate;
    }
}
