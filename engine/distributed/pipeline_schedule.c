// SPDX-License-Identifier: MIT
/* A schedule is the longest way through what waits for what: sweeps over all passes move each
 * behind what it needs, until nothing moves any more. */
#include "pipeline_schedule.h"

#include <stdlib.h>

struct passes {
    size_t count;               /* of one stage */
    int *pass;                  /* (stages,count) in the order of each stage */
    size_t *forward, *backward; /* (stages,micro) the slot of each, as far as is known */
};

static void order_passes(const struct pipeline_schedule *schedule, size_t stage, int *pass)
{
    const size_t M = schedule->micro, behind = schedule->stages - 1 - stage;
    for (size_t i = 0, f = 0, b = 0; i < 2 * M; i++) {
        if (f < M && (schedule->kind == GPIPE || f - b <= behind))
            pass[i] = (int)++f;
        else if (schedule->kind == GPIPE && !schedule->first_first)
            pass[i] = -(int)(M - b++);
        else
            pass[i] = -(int)++b;
    }
}

/* The first slot in which this pass can be, given where all others are now. */
static size_t earliest(const struct pipeline_schedule *schedule, const struct passes *all,
                       size_t stage, size_t i)
{
    const size_t M = schedule->micro;
    const int *pass = all->pass + stage * all->count;
    const size_t m = (size_t)abs(pass[i]) - 1;
    size_t after = 0, before = 0; /* one more than the slot of what comes before */
    if (i > 0) {
        const size_t last = (size_t)abs(pass[i - 1]) - 1;
        after = 1 + (pass[i - 1] > 0 ? all->forward : all->backward)[stage * M + last];
    }
    if (pass[i] > 0 && stage > 0)
        before = 1 + all->forward[(stage - 1) * M + m];
    else if (pass[i] < 0 && stage + 1 < schedule->stages)
        before = 1 + all->backward[(stage + 1) * M + m];
    return after > before ? after : before;
}

/* One sweep; whether anything has moved. */
static bool sweep(const struct pipeline_schedule *schedule, const struct passes *all)
{
    bool moved = false;
    for (size_t stage = 0; stage < schedule->stages; stage++)
        for (size_t i = 0; i < all->count; i++) {
            const int pass = all->pass[stage * all->count + i];
            size_t *slot = (pass > 0 ? all->forward : all->backward) + stage * schedule->micro +
                           (size_t)abs(pass) - 1;
            const size_t now = earliest(schedule, all, stage, i);
            moved = moved || now > *slot;
            *slot = now;
        }
    return moved;
}

void pipeline_schedule_play(struct question *q, struct pipeline_schedule *schedule)
{
    struct arena *arena = question_arena(q);
    const size_t L = schedule->stages, M = schedule->micro;
    struct passes all = {.count = 2 * M,
                         .pass = arena_take(arena, L * 2 * M, sizeof(int)),
                         .forward = arena_take(arena, L * M, sizeof(size_t)),
                         .backward = arena_take(arena, L * M, sizeof(size_t))};
    for (size_t stage = 0; stage < L; stage++)
        order_passes(schedule, stage, all.pass + stage * all.count);
    while (sweep(schedule, &all))
        ;
    schedule->slots = 0;
    for (size_t i = 0; i < L * M; i++)
        if (all.backward[i] + 1 > schedule->slots)
            schedule->slots = all.backward[i] + 1;
    schedule->timeline = arena_take(arena, L * schedule->slots, sizeof(int));
    for (size_t i = 0; i < L * M; i++) {
        int *row = schedule->timeline + i / M * schedule->slots;
        row[all.forward[i]] = (int)(i % M) + 1;
        row[all.backward[i]] = -(int)(i % M) - 1;
    }
}

void pipeline_schedule_write(struct question *q, const struct pipeline_schedule *schedule)
{
    question_bind(q, 'S', schedule->slots);
    scalar *timeline = question_output(q, "timeline", "LS");
    scalar *bubbles = question_output(q, "bubbles", "L"), *held = question_output(q, "held", "L");
    for (size_t i = 0; i < schedule->stages * schedule->slots; i++)
        timeline[i] = (scalar)schedule->timeline[i];
    for (size_t stage = 0; stage < schedule->stages; stage++) {
        long most = 0, now = 0, idle = (long)schedule->slots - 2 * (long)schedule->micro;
        for (size_t s = 0; s < schedule->slots; s++) {
            const int pass = schedule->timeline[stage * schedule->slots + s];
            now += (pass > 0) - (pass < 0);
            most = now > most ? now : most;
        }
        bubbles[stage] = (scalar)idle;
        held[stage] = (scalar)most;
    }
}
