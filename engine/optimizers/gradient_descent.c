// SPDX-License-Identifier: MIT
/* Gradient descent; definition in reference/optimizers/gradient_descent.h.
 *
 * How it is distributed: the parameters are sharded evenly. Each is updated alone; nothing crosses
 * the network before the results are gathered, and nothing is added over ranks.
 */
#include "optimizer.h"

#include <string.h>

void gradient_descent_step(size_t count, scalar *w, const scalar *g, scalar rate, scalar decay)
{
    for (size_t i = 0; i < count; i++)
        w[i] = w[i] - rate * decayed_gradient(g[i], decay, w[i]);
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
