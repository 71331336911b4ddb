// SPDX-License-Identifier: MIT
#include "../dropout/regularizers.h"

enum { SETS = 3, RIVALS = 4 };

static struct split take(struct replica *r, size_t set, bool is_double)
{
    static const size_t sizes[SETS] = {100, 400, 100};
    const size_t size = sizes[set] * (is_double ? 2 : 1);
    return set == 2 ? split_moons(r, size, 0.3, 0) : split_digits(r, size, 0);
}

void more_data(struct replica *r)
{
    static const enum regularizer rivals[RIVALS] = {REGULARIZER_DROPOUT, REGULARIZER_L2,
                                                    REGULARIZER_STOPPING, REGULARIZER_AUGMENTATION};
    for (size_t set = 0; set < SETS; set++) {
        const struct split small = take(r, set, false), large = take(r, set, true);
        const double doubled = regularizer_fit(r, &large, REGULARIZER_NONE).test;
        struct outcome best = {.validation = -1};
        replica_point(r, 0, set, regularizer_fit(r, &small, REGULARIZER_NONE).test);
        replica_point(r, 1, set, doubled);
        for (size_t i = 0; i < RIVALS; i++) {
            const struct outcome now = regularizer_fit(r, &small, rivals[i]);
            replica_point(r, 2 + i, set, now.test);
            if (now.validation > best.validation)
                best = now;
        }
        replica_effect(r, set, doubled - best.test);
    }
}
