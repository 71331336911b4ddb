// SPDX-License-Identifier: MIT
/* roc_auc.h - the area of one problem of two classes without weights; for who times it, too. */
#pragma once

#include "keys.h"

/* The area of this rank's samples score[n stride], n < rows, together with all other ranks': label
 * `positive` against `negative`, or against all others if that is -1. *defined: whether both were
 * there; 0 if not. *samples: how many took part. Collective. */
scalar roc_auc_area(const struct team *team, struct arena *arena, size_t rows, const scalar *score,
                    size_t stride, const int *label, int positive, int negative, bool *defined,
                    size_t *samples);
