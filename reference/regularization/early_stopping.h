// SPDX-License-Identifier: MIT
/* Early stopping: training ends when the validation figure has not improved for a while.
 *
 *     epoch e improves when  best - v[e] > min_delta   (mode min)
 *                       or   v[e] - best > min_delta   (mode max);   then best = v[e], wait = 0
 *     otherwise wait = wait + 1, and training stops after epoch e when wait >= patience
 *
 * E epochs, P weights; validation (E), weights (E,P): those after each epoch. Epochs count from 0;
 * the first one improves, unless a number baseline stands for `best` at the start.
 *
 * Conventions: mode = min (default) or max. stop_when = reached (default: wait >= patience; Keras,
 *     Lightning, Ignite) or exceeded (wait > patience; as ReduceLROnPlateau counts). restore = yes
 *     (default here and in document 004 C7: the weights of the best epoch), no (those of the last
 *     one; Keras's default), or when_stopped (the best ones only if training was stopped; old
 *     Keras). Numbers patience (0), min_delta (0; its magnitude counts), start_epoch (0: epochs
 *     before it are not looked at).
 * Source: Prechelt 1998; documents 000-003 Q20, 004 T10, T35, G15, C7.
 * Edge cases: a value equal to the best is no improvement. patience 0 stops at the first epoch that
 *     does not improve. When no epoch improved on the baseline, best_epoch is -1, best is the
 *     baseline and the last weights stay. E = 0 is refused. Every comparison is a decision.
 * Order of operations: one difference, then min_delta off it; its sign decides.
 */
#pragma once

#include "../call.h"

struct early_stopping_rules {
    int maximize, exceeded;
    size_t patience, start;
    real min_delta;
    const real *baseline; /* NULL: none */
};

struct early_stopping_state {
    size_t last;  /* the last epoch that was trained */
    int stopped;  /* before the epochs ran out */
    size_t saves; /* how often there was a new best */
    long best_epoch;
    real best;
};

/* How training went. improved (E) receives 1 or 0, distance (E) what decided, wait (E) the counter;
 * entries of epochs that were not looked at stay untouched. */
struct early_stopping_state early_stopping_run(int *improved, real *distance, int *wait,
                                               const real *validation,
                                               const struct early_stopping_rules *rules, size_t E);

/* Inputs validation (E), weights (E,P); outputs, as whole numbers, stop_epoch, best_epoch, stopped,
 * improved (E), wait (E), and best and restored (P). */
void early_stopping_answer(struct call *call);
