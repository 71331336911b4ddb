// SPDX-License-Identifier: MIT
/* Stopping a run; definition in reference/optimizers/convergence_stop.h.
 *
 * How it is distributed: not at all. The losses are few and each decision needs the one before, so
 * every rank decides alike; that is what keeps ranks from stopping at different epochs.
 */
#include "optimizer.h"

static bool is_still(scalar loss, scalar before, scalar tolerance, bool of_best, bool relative)
{
    const scalar gain = of_best ? before - loss : scalar_absolute(before - loss);
    return gain - (relative ? tolerance * scalar_absolute(before) : tolerance) <= 0;
}

static size_t count_or(struct question *q, const char *name, size_t otherwise, size_t most)
{
    if (question_number_or(q, name, (scalar)otherwise) == (scalar)otherwise)
        return otherwise;
    return question_count(q, name, 1, most);
}

void convergence_stop_run(struct question *q)
{
    static const char *const compared[] = {"previous", "best", NULL};
    static const char *const thresholds[] = {"absolute", "relative", NULL};
    const scalar *loss = question_input(q, "loss", "E");
    const size_t E = question_size(q, 'E');
    const bool of_best = question_choice(q, "compared", compared) == 1;
    const bool relative = question_choice(q, "threshold", thresholds) == 1;
    const scalar tolerance = updates_positive(q, "tolerance");
    const size_t patience = count_or(q, "patience", 1, 1u << 20);
    const size_t epochs = count_or(q, "epochs", E, E);
    scalar *still = question_output(q, "still", "E"), *last = question_output(q, "last", "");
    scalar *converged = question_output(q, "converged", "");
    scalar before = loss[0];
    size_t in_a_row = 0, e = 0;
    while (e + 1 < epochs && in_a_row < patience) {
        const scalar now = loss[++e];
        const bool rests = is_still(now, before, tolerance, of_best, relative);
        in_a_row = rests ? in_a_row + 1 : 0;
        still[e] = rests;
        if (!of_best || now <= before)
            before = now;
    }
    *last = (scalar)e;
    *converged = in_a_row >= patience;
}
