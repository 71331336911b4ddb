// SPDX-License-Identifier: MIT
/* Lookahead; definition in reference/optimizers/lookahead_optimizer.h.
 *
 * How it is distributed: fast and slow weights and velocities are sharded evenly. Each parameter is
 * updated alone; nothing crosses the network before the results are gathered, and nothing is added
 * over ranks.
 */
#include "optimizer.h"

enum velocity { KEEP, RESET, PULL };

/* One step towards the slow weights, or the last velocity: both take alpha of the way. */
static void pull_back(size_t count, scalar *slow, scalar *fast, scalar alpha)
{
    for (size_t i = 0; i < count; i++) {
        slow[i] = slow[i] + alpha * (fast[i] - slow[i]);
        fast[i] = slow[i];
    }
}

void lookahead_optimizer_run(struct question *q)
{
    static const char *const velocities[] = {"keep", "reset", "pull", NULL};
    struct updates updates = updates_read(q);
    const size_t P = updates.P;
    const enum velocity velocity = (enum velocity)question_choice(q, "velocity", velocities);
    const struct momentum_settings settings = {.form = RATE_OUTSIDE,
                                               .mu = updates_share(q, "momentum"),
                                               .decay = question_number_or(q, "weight_decay", 0)};
    const scalar alpha = question_number(q, "alpha");
    if (!(alpha > 0 && alpha <= 1))
        question_refuse(q, "its number 'alpha' must be above 0 and at most 1");
    const size_t every = question_count(q, "every", 1, 1000000), first = updates_first_step(q);
    scalar *slow = updates_state(q, question_has(q, "slow") ? "slow" : "w");
    scalar *v = updates_state(q, "velocity_before"), *last = updates_state(q, "last");
    scalar *w_after = question_output(q, "w_after", "S[P]");
    scalar *slow_after = question_output(q, "slow_after", "S[P]");
    scalar *v_after = question_output(q, "v_after", "S[P]");
    for (size_t s = 0; s < updates.S; s++) {
        momentum_step(P, updates.w, v, updates.g + s * P, updates.rate[s], &settings, true);
        if ((first + s) % every == 0) {
            pull_back(P, slow, updates.w, alpha);
            if (velocity == PULL)
                pull_back(P, last, v, alpha);
            for (size_t i = 0; i < P && velocity == RESET; i++)
                v[i] = 0;
        }
        updates_keep(&updates, w_after, s, updates.w);
        updates_keep(&updates, slow_after, s, slow);
        updates_keep(&updates, v_after, s, v);
    }
}
