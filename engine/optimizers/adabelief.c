// SPDX-License-Identifier: MIT
/* AdaBelief; definition in reference/optimizers/adabelief.h.
 *
 * How it is distributed: the parameters and their moments are sharded evenly. Each is updated
 * alone; nothing crosses the network before the results are gathered, and nothing is added over
 * ranks.
 */
#include "optimizer.h"

struct roots {
    scalar kept, used; /* added to the state; added under the root */
};

static void update(const struct moment_step *k)
{
    const struct roots *roots = k->own;
    const scalar beta1 = k->settings->beta1, rest1 = 1 - beta1;
    const scalar beta2 = k->settings->beta2, rest2 = 1 - beta2;
    scalar *restrict w = k->w, *restrict m = k->m, *restrict s = k->v;
    for (size_t i = 0; i < k->count; i++) {
        m[i] = beta1 * m[i] + rest1 * k->h[i];
        const scalar surprise = k->h[i] - m[i];
        s[i] = beta2 * s[i] + rest2 * surprise * surprise;
        s[i] = s[i] + roots->kept;
        const scalar root = scalar_sqrt(s[i] / k->c2 + roots->used);
        w[i] = w[i] - k->rate * (m[i] / k->c1) / (root + k->settings->epsilon);
    }
}

void adabelief_run(struct question *q)
{
    static const char *const placements[] = {"in_state", "at_use", NULL};
    const struct moment_settings settings = moment_settings_read(q);
    const scalar root = updates_positive(q, "epsilon_root");
    const bool at_use = question_choice(q, "root_placement", placements) == 1;
    const struct roots roots = {at_use ? 0 : root, at_use ? root : 0};
    moments_run(q, "s", "s_after", 0, &settings, &roots, update);
}
