// SPDX-License-Identifier: MIT
#include "masks.h"

enum { MASKS = 20000, CURVE_MASKS = 4000, PLACES = 9, STREAM = 20, CURVE_STREAM = 30 };

void scaled_inference(struct replica *r)
{
    static const double rates[] = {0.2, 0.25, 0.5};
    const float *unit = masks_units(r);
    for (size_t part = 0; part < 3; part++) {
        const double p = rates[part];
        const struct arena kept = lab_borrow(r);
        const struct masked masked = masks_drop(r, unit, p, MASKS, "classic", STREAM + part);
        replica_effect(r, part, masks_agreement(&masked, p * masked.before));
        lab_return(r, kept);
    }
    for (size_t i = 0; i < PLACES; i++) {
        const double p = claim_place(r->claim, i);
        const struct arena kept = lab_borrow(r);
        const struct masked masked =
            masks_drop(r, unit, p, CURVE_MASKS, "classic", CURVE_STREAM + i);
        replica_point(r, 0, i, masked.training / masked.before);
        replica_point(r, 1, i, p);
        replica_point(r, 2, i, masked.inference / masked.before);
        lab_return(r, kept);
    }
}
