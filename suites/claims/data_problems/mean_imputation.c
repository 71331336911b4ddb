// SPDX-License-Identifier: MIT
#include "missing.h"

#include <math.h>

enum { POINTS = 3, CHOSEN = 1, STREAM = 300 };

/* How far the filled training set is from the whole one, as means over the columns with gaps: of
 * the means, in deviations; of the variances, as a share that is lost. */
static void compare(const struct gaps *gaps, const struct split *filled, double *mean_off,
                    double *variance_lost)
{
    const struct samples *train = &gaps->split.train;
    const size_t D = train->features, N = train->count;
    const struct arena mark = lab_borrow(gaps->replica);
    float *whole = lab_floats(gaps->replica, N), *now = lab_floats(gaps->replica, N);
    size_t columns = 0;
    *mean_off = *variance_lost = 0;
    for (size_t d = 0; d < D; d++) {
        size_t count = 0;
        for (size_t n = 0; n < N; n++) {
            whole[n] = train->x[n * D + d];
            now[n] = filled->train.x[n * D + d];
            count += gaps->train[n * D + d];
        }
        if (count == 0)
            continue;
        columns++;
        *mean_off += fabs(lab_mean(now, N) - lab_mean(whole, N)) / sqrt(lab_variance(whole, N));
        *variance_lost += 1 - lab_variance(now, N) / lab_variance(whole, N);
    }
    *mean_off /= (double)columns;
    *variance_lost /= (double)columns;
    lab_return(gaps->replica, mark);
}

void mean_imputation(struct replica *r)
{
    const struct split whole = missing_waves(r);
    const double without_gaps = missing_accuracy(r, &whole);
    for (enum missing_why why = MISSING_BY_CHANCE; why <= MISSING_BY_ITSELF; why++)
        for (size_t i = 0; i < POINTS; i++) {
            const struct gaps gaps = gaps_make(r, &whole, why, r->claim->curve.at[i], STREAM);
            const struct split filled = gaps_fill(&gaps, FILL_MEAN);
            const struct split middle = gaps_fill(&gaps, FILL_MEDIAN);
            const double accuracy = missing_accuracy(r, &filled);
            replica_point(r, 2 * why, i, without_gaps - accuracy);
            replica_point(r, 2 * why + 1, i, without_gaps - missing_accuracy(r, &middle));
            if (why == MISSING_BY_ANOTHER && i == CHOSEN) {
                double mean_off, variance_lost;
                compare(&gaps, &filled, &mean_off, &variance_lost);
                replica_effect(r, 0, mean_off);
                replica_effect(r, 1, variance_lost);
                replica_effect(r, 2, without_gaps - accuracy);
            }
        }
}
