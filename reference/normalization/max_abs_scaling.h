// SPDX-License-Identifier: MIT
/* Maximum absolute scaling: each feature to [-1, 1], zeros staying zeros.
 *
 *     largest[d] = max_n |x[n,d]|,   z[n,d] = x[n,d] / largest[d]
 *
 * N training samples, D features; x (N,D). The largest values belong to x alone; other data x_new
 * (M,D) is scaled by them into z_new, and may leave the range.
 *
 * Conventions: scope = feature (scikit-learn's MaxAbsScaler; default) or all: one value for the
 *     whole array, as for peak normalisation of recordings; largest (D) then repeats it. clip = no
 *     (default) or yes: z_new is held in [-1, 1].
 * Source: documents 000, 002, 003 Q14 (scaling of inputs); scikit-learn's MaxAbsScaler.
 * Edge cases: a feature of zeros has largest 0 and is divided by 1. N = 0 is refused.
 * Order of operations: one division. Extremes are exact in any order.
 */
#pragma once

#include "../call.h"

enum max_abs_scope { MAX_ABS_FEATURE, MAX_ABS_ALL };

struct max_abs_rule {
    enum max_abs_scope scope;
    int clip;
};
struct max_abs_rule max_abs_rule_read(struct call *call);

/* largest (D) of x (N,D). */
void max_abs_scaling_fit(real *largest, const real *x, size_t N, size_t D,
                         enum max_abs_scope scope);

/* z (N,D) of x (N,D). */
void max_abs_scaling_apply(real *z, const real *x, const real *largest, size_t N, size_t D,
                           int clip);

/* Inputs x, optionally x_new; outputs largest, z, and z_new. */
void max_abs_scaling_answer(struct call *call);
