// SPDX-License-Identifier: MIT
#include "missing.h"

enum { SETS = 2, POINTS = 3, CHOSEN = 1, STREAM = 300 };

void missing_indicator(struct replica *r)
{
    const struct split whole[SETS] = {missing_waves(r), missing_digits(r)};
    for (size_t set = 0; set < SETS; set++)
        for (size_t i = 0; i < POINTS; i++) {
            const struct gaps gaps =
                gaps_make(r, &whole[set], MISSING_BY_ITSELF, r->claim->curve.at[i], STREAM);
            const struct split filled = gaps_fill(&gaps, FILL_MEAN);
            const struct split marked = gaps_mark(&gaps, &filled);
            const double without = missing_accuracy(r, &filled);
            const double with = missing_accuracy(r, &marked);
            replica_point(r, 2 * set, i, without);
            replica_point(r, 2 * set + 1, i, with);
            if (i == CHOSEN)
                replica_effect(r, set, with - without);
        }
}
