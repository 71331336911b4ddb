// SPDX-License-Identifier: MIT
#include "history.h"

#include "../lab/ask.h"

enum { PATIENCE = 10, LOOK = 5, LAST = 20 };

static const double point = 0.01;

/* The alarm: whether the validation loss rises while the training loss falls. */
static bool has_parted(struct replica *r, const struct history *history)
{
    const size_t dim[] = {1, HISTORY_EPOCHS};
    struct ask *ask = ask_new(r, "learning_curve_divergence");
    ask_floats(ask, "training", 2, dim, history->train_loss);
    ask_floats(ask, "validation", 2, dim, history->validation_loss);
    ask_number(ask, "patience", PATIENCE);
    ask_run(ask);
    return *ask_output(ask, "verdict", 1) == 1;
}

void rising_loss(struct replica *r)
{
    for (size_t set = 0; set < HISTORY_SETS; set++) {
        const struct history history = history_run(r, (enum history_set)set);
        const float *accuracy = history.test_accuracy;
        const struct history_stop stop = history_stop(r, &history, PATIENCE);
        const double later = lab_mean(accuracy + HISTORY_EPOCHS - LAST, LAST);
        const double change = later - stop.test_accuracy; /* since the loss was least */
        replica_effect(r, set, has_parted(r, &history) ? change < point : change > -point);
        for (size_t e = LOOK; e <= HISTORY_EPOCHS; e += LOOK) {
            replica_point(r, set, e / LOOK - 1,
                          (double)(history.validation_loss[e - 1] / history.validation_loss[0]));
            replica_point(r, HISTORY_SETS + set, e / LOOK - 1, (double)accuracy[e - 1]);
        }
    }
}
