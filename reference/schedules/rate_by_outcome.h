// SPDX-License-Identifier: MIT
/* Rate by outcome: start at 0.01, more when nothing is learned, less when the loss diverges.
 *
 *   after each epoch e > 0 with the loss l_e, against the reference r:
 *     diverging, l_e > r + divergence |r|:   rate = max(rate lower, minimum), wait = 0
 *     learning,  l_e < r - min_gain |r|:     wait = 0
 *     neither:  wait = wait + 1; when it is `patience`: rate = min(rate raise, top), wait = 0
 *   the second phase, fine-tuning, begins with epoch F: rate = fine_tuning_rate before it, wait =
 *   0,
 *     and l_F is judged by nothing and is the first reference.
 *
 * E epochs; loss (E), rate (E: once the epoch was judged), verdict (E: 1 raised, -1 lowered, 0 left
 * alone; a rate that is at its limit already is raised or lowered all the same). The first loss is
 * judged by nothing.
 *
 * Conventions: against = previous (default: r is the loss before) or best (the lowest so far of
 * this
 *     phase). fine_tuning = capped (default: top is fine_tuning_rate from F on, since what was
 *     learned must not be washed away) or free (top is maximum in both phases). Numbers: rate,
 *     raise, lower, patience, divergence (0), min_gain (0), minimum (0), maximum (top),
 *     fine_tuning_from (F; 0: there is one phase), fine_tuning_rate (when F is above 0).
 * Source: documents 001 Q22 (the rule, without numbers but the first 0.01), 004 G7 and C9 (a low
 *     rate for fine-tuning).
 * Edge cases: a loss just at one of the two thresholds is on the side of `neither`. Refused: a rate
 *     or fine_tuning_rate that is not above 0, raise of 1 or less, lower outside (0, 1), a negative
 *     divergence or min_gain, patience 0, a maximum below the minimum.
 * Order of operations: one product and one sum for each threshold; one product for each change of
 *     the rate. Every comparison of losses is certified.
 */
#pragma once

#include "../call.h"

struct outcome_rules {
    int best, free;
    real rate, raise, lower, divergence, min_gain, minimum, maximum, fine_tuning_rate;
    size_t patience, fine_tuning_from;
};

struct outcome_rules outcome_read(struct call *call);

/* Where diverging begins, and where learning ends. */
real outcome_upper(const struct outcome_rules *rules, real reference);
real outcome_lower(const struct outcome_rules *rules, real reference);

/* Input loss (E); outputs rate (E) and verdict (E). */
void rate_by_outcome_answer(struct call *call);
