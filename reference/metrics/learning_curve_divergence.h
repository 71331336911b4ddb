// SPDX-License-Identifier: MIT
/* Where learning curves part: the epoch from which a network overfits.
 *
 *     s[0] = v[0],  s[e] = b s[e-1] + (1 - b) v[e]            both curves smoothed
 *     gap[e]  = smooth_validation[e] - smooth_training[e]
 *     better  : s_v[e] < best - delta;  then best = s_v[e], best_epoch = e, wait = 0; else wait + 1
 *     stop_epoch = the first e with wait >= patience, else E;  wait[e] after each epoch until then,
 *                  and 0 after it
 *     verdict = 0 none: it never stopped;  1 overfitting: at stop_epoch the smoothed training loss
 *               is below what it was at best_epoch;  2 divergence: both rose
 *
 * R runs of E epochs; training and validation losses (R,E); outputs smooth_training,
 * smooth_validation and gap (R,E), wait (R,E), best (R), best_epoch, stop_epoch, verdict (R), the
 * last three and wait whole.
 *
 * Conventions:
 *   correction = none (default: s[0] = v[0], as pandas with adjust=False) or bias: s[-1] = 0 and
 *     s[e] divided by 1 - b^(e+1), as TensorBoard's smoothing;
 *   threshold = absolute (default: Keras's min_delta) or relative: better below best (1 - delta),
 *     as PyTorch's ReduceLROnPlateau;
 *   patience_counts = reached (default: Keras, wait >= patience) or exceeded (wait > patience,
 *     PyTorch's schedulers).
 * Numbers: smoothing b (0), delta (0), patience (1).
 * Source: documents 000 Q20, 001 Q20, 004 G15; Prechelt 1998 (early stopping, but when?).
 * Edge cases: a validation loss that only falls; equal losses are no improvement. The first epoch
 *     always is. Refused: no epochs, b beyond 0..1 or 1, a negative delta.
 * Order of operations: (b s) + ((1 - b) v), four roundings; b^(e+1) by repeated products; best -
 *     delta, best - best delta. Decisions: (best - delta) - s_v[e] of every epoch up to the stop,
 *     and the change of the training loss.
 */
#pragma once

#include "../call.h"

struct divergence {
    size_t R, E, patience;
    int corrected, relative, exceeded;
    real smoothing, delta;
    const real *training, *validation;
    real *smooth_training, *smooth_validation, *gap, *wait, *best, *best_epoch, *stop_epoch,
        *verdict;
};

/* Inputs and outputs. */
struct divergence learning_curve_divergence_read(struct call *call);

void learning_curve_divergence_answer(struct call *call);
