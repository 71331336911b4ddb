// SPDX-License-Identifier: MIT
#include "agreement.h"

#include <math.h>

double agreement(const struct replica *r, const float *a, const float *b, size_t count)
{
    double difference = 0, norm = 0;
    for (size_t i = 0; i < count; i++) {
        const double off = (double)a[i] - (double)b[i];
        difference += off * off;
        norm += (double)a[i] * (double)a[i];
    }
    return difference > 0 || isnan(difference) ? -lab_log10(r, sqrt(difference / norm)) : 8;
}
