// SPDX-License-Identifier: MIT
#include "missing.h"

enum { SETS = 2, POINTS = 5, CHOSEN = 2, LEAST = 10, STREAM = 300 };

void dropped_rows(struct replica *r)
{
    const struct split whole[SETS] = {missing_waves(r), missing_digits(r)};
    for (size_t set = 0; set < SETS; set++)
        for (size_t i = 0; i < POINTS; i++) {
            /* As many rows are whole in either set: digits have eight times as many columns. */
            const double columns = (double)whole[set].train.features / 8;
            const double p = r->claim->curve.at[i] / columns;
            const struct gaps gaps = gaps_make(r, &whole[set], MISSING_BY_CHANCE, p, STREAM);
            const struct split filled = gaps_fill(&gaps, FILL_MEAN);
            const struct split kept = gaps_drop(&gaps, &filled);
            if (kept.train.count < LEAST)
                replica_fail(r, "only %zu rows are whole", kept.train.count);
            const double all = missing_accuracy(r, &filled), some = missing_accuracy(r, &kept);
            replica_point(r, 2 * set, i, all);
            replica_point(r, 2 * set + 1, i, some);
            if (i == CHOSEN)
                replica_effect(r, set, all - some);
        }
}
