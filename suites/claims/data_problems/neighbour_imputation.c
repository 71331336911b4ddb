// SPDX-License-Identifier: MIT
#include "missing.h"

#include <math.h>

enum { SETS = 2, POINTS = 3, CHOSEN = 1, STREAM = 300 };

/* The root of the mean square error of what was put into the gaps of the test set, in deviations
 * of their columns, over all gaps. */
static double error_of(const struct gaps *gaps, const struct split *filled)
{
    const struct samples *test = &gaps->split.test;
    const size_t D = test->features, N = test->count;
    const struct arena mark = lab_borrow(gaps->replica);
    float *whole = lab_floats(gaps->replica, N);
    double sum = 0;
    size_t count = 0;
    for (size_t d = 0; d < D; d++) {
        for (size_t n = 0; n < N; n++)
            whole[n] = test->x[n * D + d];
        const double variance = lab_variance(whole, N);
        for (size_t n = 0; n < N && variance > 0; n++) {
            const double off = (double)filled->test.x[n * D + d] - (double)whole[n];
            sum += gaps->test[n * D + d] ? off * off / variance : 0;
            count += gaps->test[n * D + d];
        }
    }
    lab_return(gaps->replica, mark);
    return sqrt(sum / (double)count);
}

void neighbour_imputation(struct replica *r)
{
    const struct split whole[SETS] = {missing_waves(r), missing_digits(r)};
    for (size_t set = 0; set < SETS; set++)
        for (size_t i = 0; i < POINTS; i++) {
            const struct gaps gaps =
                gaps_make(r, &whole[set], MISSING_BY_CHANCE, r->claim->curve.at[i], STREAM);
            const struct split mean = gaps_fill(&gaps, FILL_MEAN);
            const struct split near = gaps_fill(&gaps, FILL_NEIGHBOURS);
            const double with_mean = missing_accuracy(r, &mean);
            const double with_near = missing_accuracy(r, &near);
            replica_point(r, 2 * set, i, with_mean);
            replica_point(r, 2 * set + 1, i, with_near);
            if (i == CHOSEN) {
                replica_effect(r, 2 * set, 1 - error_of(&gaps, &near) / error_of(&gaps, &mean));
                replica_effect(r, 2 * set + 1, with_near - with_mean);
            }
        }
}
