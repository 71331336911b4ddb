// SPDX-License-Identifier: MIT
/* distance.h - distances of rows, for the losses of embeddings. */
#pragma once

#include "loss.h"

struct distance_settings {
    bool in_difference, in_sum; /* where epsilon is added */
    scalar epsilon;
};

struct distance_settings distance_settings_read(struct question *q);

/* u (rows, D) = a - b and s (rows), the sums of their squares, of a view's rows. */
void distance_rows(const struct loss_view *view, const struct distance_settings *settings,
                   const scalar *a, const scalar *b, scalar *u, scalar *s);
