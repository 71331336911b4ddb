// SPDX-License-Identifier: MIT
/* Lion; definition in reference/optimizers/lion.h.
 *
 * How it is distributed: the parameters and their moments are sharded evenly. Each is updated
 * alone; nothing crosses the network before the results are gathered, and nothing is added over
 * ranks.
 */
#include "optimizer.h"

struct settings {
    scalar beta1, beta2, decay;
};

static void step(size_t count, scalar *restrict w, scalar *restrict m, const scalar *restrict g,
                 scalar rate, const struct settings *settings)
{
    const scalar beta1 = settings->beta1, rest1 = 1 - beta1;
    const scalar beta2 = settings->beta2, rest2 = 1 - beta2;
    const scalar share = rate * settings->decay;
    for (size_t i = 0; i < count; i++) {
        const scalar c = beta1 * m[i] + rest1 * g[i];
        const scalar sign = (scalar)((c > 0) - (c < 0));
        w[i] = w[i] - share * w[i];
        w[i] = w[i] - rate * sign;
        m[i] = beta2 * m[i] + rest2 * g[i];
    }
}

void lion_run(struct question *q)
{
    struct updates updates = updates_read(q);
    const struct settings settings = {updates_share(q, "beta1"), updates_share(q, "beta2"),
                                      updates_positive_or(q, "weight_decay", 0)};
    const size_t P = updates.P;
    scalar *m = updates_state(q, "m");
    scalar *w_after = question_output(q, "w_after", "S[P]");
    scalar *m_after = question_output(q, "m_after", "S[P]");
    for (size_t s = 0; s < updates.S; s++) {
        step(P, updates.w, m, updates.g + s * P, updates.rate[s], &settings);
        updates_keep(&updates, w_after, s, updates.w);
        updates_keep(&updates, m_after, s, m);
    }
}
