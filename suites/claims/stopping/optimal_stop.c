// SPDX-License-Identifier: MIT
#include "history.h"

#include <math.h>

enum { PATIENCE = 10, PLACES = 7 };

static const double near = 1.05, most_epochs = 0.9 * HISTORY_EPOCHS;

static double least(const float *x)
{
    double best = (double)x[0];
    for (size_t e = 1; e < HISTORY_EPOCHS; e++)
        best = fmin(best, (double)x[e]);
    return best;
}

void optimal_stop(struct replica *r)
{
    for (size_t set = 0; set < HISTORY_SETS; set++) {
        const struct history history = history_run(r, (enum history_set)set);
        const double best = least(history.spoiled_loss);
        const struct history_stop stop = history_stop(r, &history, PATIENCE);
        const double trained = (double)(stop.last_epoch + 1);
        replica_effect(r, set, stop.spoiled_loss <= near * best && trained <= most_epochs);
        for (size_t i = 0; i < PLACES; i++) {
            const size_t patience = (size_t)claim_place(r->claim, i);
            const struct history_stop at = history_stop(r, &history, patience);
            replica_point(r, set, i, at.spoiled_loss / best - 1);
            replica_point(r, HISTORY_SETS + set, i, (double)(at.last_epoch + 1) / HISTORY_EPOCHS);
        }
    }
}
