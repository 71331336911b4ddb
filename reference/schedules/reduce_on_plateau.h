// SPDX-License-Identifier: MIT
/* Reduce on plateau: the rate falls when a monitored value has stopped improving.
 *
 *   after each epoch e with the value m_e:
 *     during a cooldown, one epoch of it is over
 *     if m_e is better than best:           best = m_e, wait = 0
 *     else if the cooldown lets it count:   wait = wait + 1, and when the patience is used up:
 *         rate = max(rate factor, minimum), wait = 0, and a cooldown of `cooldown` epochs begins
 *     better: m_e < best - min_delta                (min, absolute)
 *             m_e < best - min_delta |best|         (min, relative); > and + for mode = max
 *
 * E epochs; metric (E), rate (E), best (E). The first value is always better.
 *
 * Conventions: mode = min (default), max. threshold = absolute (default: Keras's min_delta) or
 * relative (PyTorch's default; it means best (1 - threshold), the same for positive values).
 *     patience_is = reached (default: Keras reduces when wait = patience) or exceeded (PyTorch:
 * when wait > patience, one epoch later). cooldown_end = counted (default: Keras counts the last
 * epoch of a cooldown as a bad one) or skipped (PyTorch does not). recorded = after (default: the
 * rate once the epoch was judged) or during (the rate that the epoch was trained with). Numbers:
 * rate, factor, patience, min_delta (0), cooldown (0), minimum (0).
 * Source: document 004 C7 (factor 0.2, patience 5, minimum 1e-6); Keras and PyTorch documentation.
 * Edge cases: patience 0 is patience 1 where it is reached. A value just at the threshold is not
 *     better. PyTorch's eps, which suppresses tiny changes of the rate, is not modelled. Refused: a
 *     factor outside (0, 1), as Keras and PyTorch do; a min_delta below 0 (Keras takes its absolute
 *     value).
 * Order of operations: target = best -+ min_delta, or best -+ min_delta |best|; one product for
 *     each reduction. Every comparison with the target is certified.
 */
#pragma once

#include "../call.h"

struct plateau {
    int maximise, relative, exceeded, skipped, during;
    real rate, factor, min_delta, minimum;
    size_t patience, cooldown;
};

/* What a value must be better than. */
real plateau_target(const struct plateau *rules, real best);

struct plateau plateau_read(struct call *call);

/* Input metric (E); outputs rate and best (E). */
void reduce_on_plateau_answer(struct call *call);
