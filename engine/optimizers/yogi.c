// SPDX-License-Identifier: MIT
/* Yogi; definition in reference/optimizers/yogi.h.
 *
 * How it is distributed: the parameters and their moments are sharded evenly. Each is updated
 * alone; nothing crosses the network before the results are gathered, and nothing is added over
 * ranks.
 */
#include "optimizer.h"

static void update(const struct moment_step *k)
{
    const scalar beta1 = k->settings->beta1, rest1 = 1 - beta1;
    const scalar rest2 = 1 - k->settings->beta2, epsilon = k->settings->epsilon;
    scalar *restrict w = k->w, *restrict m = k->m, *restrict v = k->v;
    for (size_t i = 0; i < k->count; i++) {
        const scalar h = k->h[i], square = h * h;
        m[i] = beta1 * m[i] + rest1 * h;
        const scalar direction = (scalar)((square > v[i]) - (square < v[i]));
        v[i] = v[i] + direction * (rest2 * square);
        w[i] = w[i] - k->rate * (m[i] / k->c1) / (scalar_sqrt(v[i] / k->c2) + epsilon);
    }
}

void yogi_run(struct question *q)
{
    const struct moment_settings settings = moment_settings_read(q);
    const scalar initial = updates_positive_or(q, "initial", 0);
    moments_run(q, "v", "v_after", initial, &settings, NULL, update);
}
