// SPDX-License-Identifier: MIT
/* Gradient descent; definition in reference/optimizers/gradient_descent.h.
 *
 * How it is distributed: the parameters are sharded evenly. Each is updated alone; nothing crosses
 * the network before the results are gathered, and nothing is added over ranks.
 */
#include "../threads.h"
#include "optimizer.h"

#include <string.h>

struct step {
    scalar *w;
    const scalar *g;
    scalar rate, decay;
};

WIDE_VECTORS
static void step_range(const void *context, size_t first, size_t count)
{
    const struct step *step = context;
    const scalar rate = step->rate, decay = step->decay, *g = step->g + first;
    scalar *w = step->w + first;
    for (size_t i = 0; i < count; i++)
        w[i] = w[i] - rate * decayed_gradient(g[i], decay, w[i]);
}

void gradient_descent_step(size_t count, scalar *w, const scalar *g, scalar rate, scalar decay)
{
    const struct step step = {w, g, rate, decay};
    threads_range(count, COST_OF_ARITHMETIC, step_range, &step);
}

void gradient_descent_run(struct question *q)
{
    struct updates updates = updates_read(q);
    const scalar decay = updates_positive_or(q, "weight_decay", 0);
    scalar *after = question_output(q, "w_after", "S[P]");
    for (size_t s = 0, P = updates.P; s < updates.S; s++) {
        gradient_descent_step(P, updates.w, updates.g + s * P, updates.rate[s], decay);
        memcpy(after + s * P, updates.w, P * sizeof *after);
    }
}
