// SPDX-License-Identifier: MIT
/* Adadelta; definition in reference/optimizers/adadelta.h.
 *
 * How it is distributed: the parameters and their two averages are sharded evenly. Each is updated
 * alone; nothing crosses the network before the results are gathered, and nothing is added over
 * ranks.
 */
#include "optimizer.h"

/* This rank's averages: of squared gradients, of squared steps. */
struct averages {
    scalar *gradients, *steps;
};

static void step(size_t count, scalar *restrict w, const struct averages *averages,
                 const scalar *restrict h, scalar rate, scalar rho, scalar epsilon)
{
    const scalar rest = 1 - rho;
    scalar *restrict gradients = averages->gradients, *restrict steps = averages->steps;
    for (size_t i = 0; i < count; i++) {
        gradients[i] = rho * gradients[i] + rest * h[i] * h[i];
        scalar ratio = scalar_sqrt(steps[i] + epsilon) / scalar_sqrt(gradients[i] + epsilon);
        scalar d = ratio * h[i];
        steps[i] = rho * steps[i] + rest * d * d;
        w[i] = w[i] - rate * d;
    }
}

void adadelta_run(struct question *q)
{
    struct updates updates = updates_read(q);
    const size_t P = updates.P;
    const scalar rho = updates_share(q, "rho"), epsilon = updates_positive(q, "epsilon");
    const struct decay_settings decay = decay_read(q);
    if (epsilon == 0)
        question_refuse(q, "with the number 'epsilon' = 0 no parameter would ever move");
    const struct averages averages = {updates_state(q, "v"), updates_state(q, "u")};
    scalar *h = question_scratch(q, P);
    scalar *w_after = question_output(q, "w_after", "S[P]");
    scalar *v_after = question_output(q, "v_after", "S[P]");
    scalar *u_after = question_output(q, "u_after", "S[P]");
    for (size_t s = 0; s < updates.S; s++) {
        decay_step(&decay, P, h, updates.w, updates.g + s * P, updates.rate[s]);
        step(P, updates.w, &averages, h, updates.rate[s], rho, epsilon);
        updates_keep(&updates, w_after, s, updates.w);
        updates_keep(&updates, v_after, s, averages.gradients);
        updates_keep(&updates, u_after, s, averages.steps);
    }
}
