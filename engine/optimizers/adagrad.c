// SPDX-License-Identifier: MIT
/* Adagrad; definition in reference/optimizers/adagrad.h.
 *
 * How it is distributed: the parameters and their accumulators are sharded evenly. Each is updated
 * alone; nothing crosses the network before the results are gathered, and nothing is added over
 * ranks.
 */
#include "optimizer.h"

static struct adagrad_settings read_settings(struct question *q)
{
    static const char *const placements[] = {"inside_root", "outside_root", NULL};
    static const char *const counts[] = {"zero", "one", NULL};
    return (struct adagrad_settings){
        .outside = question_choice(q, "epsilon_placement", placements) == 1,
        .from_one = question_choice(q, "rate_decay_from", counts) == 1,
        .epsilon = updates_positive(q, "epsilon"),
        .initial = updates_positive_or(q, "initial_accumulator", 0),
        .rate_decay = updates_positive_or(q, "rate_decay", 0),
        .decay = decay_read(q),
    };
}

/* w and the accumulator from h, at rate r. */
void adagrad_step(size_t count, scalar *restrict w, scalar *restrict sum, const scalar *restrict h,
                  scalar r, const struct adagrad_settings *settings)
{
    const scalar under = settings->outside ? 0 : settings->epsilon;
    const scalar beside = settings->outside ? settings->epsilon : 0;
    for (size_t i = 0; i < count; i++) {
        sum[i] = sum[i] + h[i] * h[i];
        w[i] = w[i] - r * h[i] / (scalar_sqrt(sum[i] + under) + beside);
    }
}

void adagrad_run(struct question *q)
{
    struct updates updates = updates_read(q);
    struct adagrad_settings settings = read_settings(q);
    size_t first = updates_first_step(q);
    scalar *sum = updates_state_or(q, "accumulator", settings.initial);
    scalar *h = question_scratch(q, updates.P);
    scalar *w_after = question_output(q, "w_after", "S[P]");
    scalar *sum_after = question_output(q, "accumulator_after", "S[P]");
    for (size_t s = 0; s < updates.S; s++) {
        const scalar passed = (scalar)(first + s - (settings.from_one ? 0 : 1));
        const scalar r = updates.rate[s] / (1 + settings.rate_decay * passed);
        decay_step(&settings.decay, updates.P, h, updates.w, updates.g + s * updates.P, r);
        adagrad_step(updates.P, updates.w, sum, h, r, &settings);
        updates_keep(&updates, w_after, s, updates.w);
        updates_keep(&updates, sum_after, s, sum);
    }
}
