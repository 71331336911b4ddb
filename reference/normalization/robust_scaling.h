// SPDX-License-Identifier: MIT
/* Robust scaling: by the median and the range between two quantiles, which outliers do not move.
 *
 *     z[n,d] = (x[n,d] - center[d]) / scale[d]
 *     center[d] = median of x[:,d],   scale[d] = (Q(high) - Q(low)) / unit, or 1 where that is 0
 *
 * N training samples, D features; x (N,D). With the column in ascending order v[0 .. N-1], position
 * h of a quantile and i = floor(h), g = h - i:
 *
 *     Q(q) = v[i] + g (v[i+1] - v[i])
 *     linear    h = (N - 1) q
 *     weibull   h = (N + 1) q - 1, held in [0, N - 1]
 *     hazen     h = N q - 1/2, held in [0, N - 1]
 *     lower, higher, midpoint   h as for linear, then v[i], v[ceil(h)], or g = 1/2 where g > 0
 *
 * The median is the mean of the two middle values for an even N, whatever the interpolation. Center
 * and scale belong to x alone; other data x_new (M,D) is scaled by them into z_new.
 *
 * Conventions: interpolation = linear (scikit-learn, NumPy's default, R's type 7, Excel's INC;
 *     default), weibull (R's type 6, Excel's EXC, SPSS, SciPy's mquantiles of old), hazen (type 5,
 *     MATLAB), lower, higher, midpoint (NumPy's methods). centering and scaling = yes (default) or
 *     no (center 0, scale 1). Numbers low = 0.25, high = 0.75 as fractions; unit = 1 (1.349 makes
 *     the scale the deviation of normal data: scikit-learn's unit_variance).
 * Source: documents 000-003 Q14; Hyndman and Fan 1996; scikit-learn's RobustScaler.
 * Edge cases: a range of 0 gives scale 1. Refused: N = 0; low < 0, high > 1, high <= low; unit <=
 * 0.
 *     Where lower, higher or midpoint choose, the distance of h to the next whole number is a
 *     decision; at a whole number all three are v[h].
 * Order of operations: N - 1 (N + 1, N) is exact, h rounds; v[i] + g (v[i+1] - v[i]); median
 *     (a + b) / 2; scale (Q - Q) / unit; z (x - center) / scale. Nothing is added over samples.
 */
#pragma once

#include "../call.h"

enum quantile_kind { Q_LINEAR, Q_WEIBULL, Q_HAZEN, Q_LOWER, Q_HIGHER, Q_MIDPOINT };

struct robust_rule {
    enum quantile_kind kind;
    int uncentred, unscaled;
    real low, high, unit;
};

/* The numbers and conventions of a call. */
struct robust_rule robust_rule_read(struct call *call);

/* Position of quantile q among N ordered values: the place, or two and the weight of the second. */
struct quantile_place {
    size_t below, above;
    real weight;
};
struct quantile_place quantile_place(size_t N, real q, enum quantile_kind kind);

/* v (N) in ascending order, in place. */
void ascending(real *v, size_t N);

/* Q of ordered values v (N). */
real quantile(const real *v, size_t N, real q, enum quantile_kind kind);

/* Median of ordered values v (N). */
real median(const real *v, size_t N);

/* center and scale (D) of x (N,D); v (N) is scratch. */
void robust_scaling_fit(real *center, real *scale, real *v, const real *x, size_t N, size_t D,
                        const struct robust_rule *rule);

/* z (N,D) of x (N,D). */
void robust_scaling_apply(real *z, const real *x, const real *center, const real *scale, size_t N,
                          size_t D);

/* Inputs x, optionally x_new; outputs center, scale, z, and z_new. */
void robust_scaling_answer(struct call *call);
