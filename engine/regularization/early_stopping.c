// SPDX-License-Identifier: MIT
/* Early stopping; definition in reference/regularization/early_stopping.h.
 *
 * How it is distributed: the validation figures are whole on every rank, so every rank takes the
 * same decision at the same epoch and none waits for one that went on. The weights are sharded
 * evenly and each rank keeps and restores its own; nothing crosses the network.
 */
#include "../techniques.h"

#include <string.h>

struct watch {
    bool maximize, exceeded, has_best;
    size_t patience, first, wait, stop_epoch;
    bool stopped;
    long best_epoch;
    scalar min_delta, best;
};

/* Looks at one epoch; returns whether it improved. */
static bool look(struct watch *watch, scalar value, size_t epoch)
{
    const scalar gain = watch->maximize ? value - watch->best : watch->best - value;
    if (!watch->has_best || gain - watch->min_delta > 0) {
        watch->has_best = true;
        watch->best = value;
        watch->best_epoch = (long)epoch;
        watch->wait = 0;
        return true;
    }
    watch->wait++;
    watch->stopped = watch->wait >= watch->patience + (watch->exceeded ? 1 : 0);
    return false;
}

static struct watch watch_read(struct question *q, size_t E)
{
    static const char *const modes[] = {"min", "max", NULL};
    static const char *const limits[] = {"reached", "exceeded", NULL};
    struct watch watch = {.maximize = question_choice(q, "mode", modes) == 1,
                          .exceeded = question_choice(q, "stop_when", limits) == 1,
                          .best_epoch = -1};
    if (question_number_or(q, "patience", 0) != 0)
        watch.patience = question_count(q, "patience", 0, 1 << 20);
    if (question_number_or(q, "start_epoch", 0) != 0)
        watch.first = question_count(q, "start_epoch", 0, E - 1);
    watch.min_delta = scalar_absolute(question_number_or(q, "min_delta", 0));
    watch.has_best = question_has(q, "baseline");
    if (watch.has_best)
        watch.best = question_input(q, "baseline", "")[0];
    return watch;
}

void early_stopping_run(struct question *q)
{
    static const char *const restores[] = {"yes", "no", "when_stopped", NULL};
    enum { BEST, LAST, BEST_WHEN_STOPPED };
    const scalar *validation = question_input(q, "validation", "E");
    question_split_evenly(q, 'P');
    const scalar *weights = question_input(q, "weights", "E[P]");
    const size_t E = question_size(q, 'E'), P = question_part(q, 'P');
    if (E == 0)
        question_refuse(q, "it has no epochs; give at least one");
    struct watch watch = watch_read(q, E);
    scalar *improved = question_output(q, "improved", "E");
    scalar *wait = question_output(q, "wait", "E");
    for (size_t e = 0; e < E && !watch.stopped; e++) {
        watch.stop_epoch = e;
        if (e < watch.first)
            continue;
        improved[e] = look(&watch, validation[e], e) ? 1 : 0;
        wait[e] = (scalar)watch.wait;
    }
    question_output(q, "stop_epoch", "")[0] = (scalar)watch.stop_epoch;
    question_output(q, "best_epoch", "")[0] = (scalar)watch.best_epoch;
    question_output(q, "stopped", "")[0] = watch.stopped ? 1 : 0;
    question_output(q, "best", "")[0] = watch.best;
    const int restore = question_choice(q, "restore", restores);
    const bool keep = restore == LAST || (restore == BEST_WHEN_STOPPED && !watch.stopped);
    const size_t epoch = keep || watch.best_epoch < 0 ? watch.stop_epoch : (size_t)watch.best_epoch;
    memcpy(question_output(q, "restored", "[P]"), weights + epoch * P, P * sizeof *weights);
}
