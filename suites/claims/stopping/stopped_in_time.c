// SPDX-License-Identifier: MIT
#include "history.h"

#include <math.h>

enum { PATIENCE = 10, LOOK = 5 };

void stopped_in_time(struct replica *r)
{
    for (size_t set = 0; set < HISTORY_SETS; set++) {
        const struct history history = history_run(r, (enum history_set)set);
        const struct history_stop stop = history_stop(r, &history, PATIENCE);
        const double last_loss = (double)history.test_loss[HISTORY_EPOCHS - 1];
        const double last_accuracy = (double)history.test_accuracy[HISTORY_EPOCHS - 1];
        for (size_t e = LOOK; e <= HISTORY_EPOCHS; e += LOOK)
            replica_point(r, set, e / LOOK - 1, (double)history.test_loss[e - 1]);
        const double loss = (1 - stop.test_loss / last_loss) / 0.05;
        const double accuracy = (stop.test_accuracy - last_accuracy) / 0.01;
        replica_effect(r, set, fmin(loss, accuracy));
    }
}
