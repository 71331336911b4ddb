// SPDX-License-Identifier: MIT
/* The concordance index: how often predictions order what happened, as the area under the ROC curve
 * does for two classes.
 *
 *     index = (concordant + tied / 2) / (concordant + discordant + tied)
 *
 * over the comparable pairs (i, j): event[i] = 1, and time[i] < time[j], so that i is known to have
 * come first. A pair is concordant when score[i] > score[j], tied when they are equal. time, score
 * (N), event (N) of 0 and 1, where 0 says that nothing had happened until then (censored); all 1 if
 * missing, which makes it an index for any real target.
 *
 * Conventions:
 * - direction: risk (default; a higher score means an earlier event: scikit-survival) or time (a
 *   higher score means a later one: lifelines, and targets of regression).
 * - same_time (of an event and a censored sample): comparable (default; the censored one came
 *   later: scikit-survival, lifelines) or skipped (Harrell 1982). Two events at one time are no
 *   pair.
 * - ties: half (default), or excluded from the denominator too (Goodman and Kruskal's form).
 * Source: Harrell et al. 1982; document 004 G8 (AUC, of which this is the general case).
 * Edge cases: no samples, no comparable pair (or only ties, when they are excluded) are refused.
 * Order of operations: counts; (2 concordant + tied) / (2 (all)), each an integer.
 */
#pragma once

#include "../call.h"

/* Outputs concordance_index, and concordant, discordant, tied (whole numbers). */
void concordance_index_answer(struct call *call);
