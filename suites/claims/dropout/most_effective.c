// SPDX-License-Identifier: MIT
#include "regularizers.h"

enum { TRAIN = 200, SETS = 2, RIVALS = 3 };

void most_effective(struct replica *r)
{
    static const enum regularizer rivals[RIVALS] = {REGULARIZER_L2, REGULARIZER_L1,
                                                    REGULARIZER_STOPPING};
    for (size_t set = 0; set < SETS; set++) {
        const struct split split = split_digits(r, TRAIN, set == 0 ? 0 : 0.2);
        double test[REGULARIZERS];
        for (size_t i = 0; i < REGULARIZERS; i++) {
            test[i] = regularizer_fit(r, &split, (enum regularizer)i).test;
            replica_point(r, i, set, test[i]);
        }
        for (size_t i = 0; i < RIVALS; i++)
            replica_effect(r, RIVALS * set + i, test[REGULARIZER_DROPOUT] - test[rivals[i]]);
    }
}
