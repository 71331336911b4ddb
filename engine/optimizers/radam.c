// SPDX-License-Identifier: MIT
/* RAdam; definition in reference/optimizers/radam.h.
 *
 * How it is distributed: the parameters and their moments are sharded evenly. Each is updated
 * alone; nothing crosses the network before the results are gathered, and nothing is added over
 * ranks. Every rank finds the same rectification from the number of the step.
 */
#include "optimizer.h"

struct settings {
    scalar threshold;
    bool before_correction, skips;
    size_t first;
    scalar *rectification; /* (S) the output, one step after the other */
};

/* The rectification of step t, 0 where there is none. */
static scalar rectify(scalar beta2, size_t t, scalar threshold)
{
    const scalar power = updates_power(beta2, t), limit = 2 / (1 - beta2) - 1;
    const scalar length = limit - 2 * (scalar)t * power / (1 - power);
    if (!(length > threshold))
        return 0;
    const scalar numerator = (length - 4) * (length - 2) * limit;
    return scalar_sqrt(numerator / ((limit - 4) * (limit - 2) * length));
}

static void update(const struct moment_step *k)
{
    const struct settings *own = k->own;
    const scalar beta1 = k->settings->beta1, rest1 = 1 - beta1;
    const scalar beta2 = k->settings->beta2, rest2 = 1 - beta2, epsilon = k->settings->epsilon;
    const scalar r = rectify(beta2, k->t, own->threshold), root_c2 = scalar_sqrt(k->c2);
    scalar *restrict w = k->w, *restrict m = k->m, *restrict v = k->v;
    own->rectification[k->t - own->first] = r;
    for (size_t i = 0; i < k->count; i++) {
        m[i] = beta1 * m[i] + rest1 * k->h[i];
        v[i] = beta2 * v[i] + rest2 * k->h[i] * k->h[i];
    }
    if (r == 0) {
        for (size_t i = 0; !own->skips && i < k->count; i++)
            w[i] = w[i] - k->rate * (m[i] / k->c1);
        return;
    }
    const scalar rate = k->rate * r;
    for (size_t i = 0; i < k->count; i++) {
        if (own->before_correction)
            w[i] = w[i] - rate * (m[i] / k->c1) * root_c2 / (scalar_sqrt(v[i]) + epsilon);
        else
            w[i] = w[i] - rate * (m[i] / k->c1) / (scalar_sqrt(v[i] / k->c2) + epsilon);
    }
}

void radam_run(struct question *q)
{
    static const char *const placements[] = {"after_correction", "before_correction", NULL};
    static const char *const otherwise[] = {"momentum", "skip", NULL};
    const struct moment_settings settings = moment_settings_read(q);
    struct settings own = {
        .threshold = question_number_or(q, "threshold", 5),
        .before_correction = question_choice(q, "epsilon_placement", placements) == 1,
        .skips = question_choice(q, "unrectified", otherwise) == 1,
        .first = updates_first_step(q),
    };
    if (!(own.threshold >= 4))
        question_refuse(q, "its number 'threshold' is below 4, where nothing can be rectified");
    question_split_evenly(q, 'P');
    question_input(q, "g", "S[P]"); /* binds the steps that the rates must fit */
    question_input(q, "rate", "S");
    own.rectification = question_output(q, "rectification", "S");
    moments_run(q, "v", "v_after", 0, &settings, &own, update);
}
