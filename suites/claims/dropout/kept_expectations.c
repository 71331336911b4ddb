// SPDX-License-Identifier: MIT
#include "masks.h"

enum { MASKS = 20000, CURVE_MASKS = 4000, PLACES = 9, NEXT = 64 };
enum { STREAM = 20, CURVE_STREAM = 30, WEIGHT_STREAM = 12 };

/* The mean over rows of the sum over the next layer's rectified units. */
static double feed(const float *y, size_t rows, const float *w)
{
    double sum = 0;
    for (size_t n = 0; n < rows; n++)
        for (size_t k = 0; k < NEXT; k++) {
            double z = 0;
            for (size_t i = 0; i < MASKS_UNITS; i++)
                z += (double)y[n * MASKS_UNITS + i] * (double)w[i * NEXT + k];
            sum += z > 0 ? z : 0;
        }
    return sum / (double)rows;
}

void kept_expectations(struct replica *r)
{
    static const double rates[] = {0.2, 0.5};
    const float *unit = masks_units(r);
    float *w = lab_floats(r, MASKS_UNITS * NEXT);
    lab_normal(r, WEIGHT_STREAM, w, MASKS_UNITS * NEXT);
    for (size_t part = 0; part < 2; part++) {
        const struct arena kept = lab_borrow(r);
        const struct masked masked =
            masks_drop(r, unit, rates[part], MASKS, "inverted", STREAM + part);
        replica_effect(r, part, masks_agreement(&masked, masked.inference));
        lab_return(r, kept);
    }
    for (size_t i = 0; i < PLACES; i++) {
        const double p = claim_place(r->claim, i);
        const struct arena kept = lab_borrow(r);
        const struct masked masked =
            masks_drop(r, unit, p, CURVE_MASKS, "inverted", CURVE_STREAM + i);
        replica_point(r, 0, i, masked.training / masked.inference);
        replica_point(r, 1, i, feed(masked.y, CURVE_MASKS, w) / feed(unit, 1, w));
        lab_return(r, kept);
    }
}
