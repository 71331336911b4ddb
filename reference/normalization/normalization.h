// SPDX-License-Identifier: MIT
/* normalization.h - what the normalisations of layers share: how samples lie in memory, and one set
 * of values brought to mean 0 and deviation 1. Shapes as in documents 003 Q16 and 004 G3. */
#pragma once

#include "../call.h"

/* N samples of C channels with P positions each: (N,C) with P = 1, or (N,C,H,W) with P = H W
 * (layout channels_first, the default), or (N,H,W,C) (channels_last). */
struct feature_maps {
    size_t N, C, P;
    size_t channel_step, position_step; /* distances in memory */
    const char *shape;
};

/* Reads input `name`, and the convention `layout` when it has four axes. */
struct feature_maps feature_maps_read(struct call *call, const char *name, const real **value);

/* Where position p of channel c of sample n lies. */
size_t feature_maps_at(const struct feature_maps *maps, size_t n, size_t c, size_t p);

/* rows (N P, C) from maps in their own layout, and back. */
void feature_maps_to_rows(real *rows, const real *value, const struct feature_maps *maps);
void feature_maps_from_rows(real *value, const real *rows, const struct feature_maps *maps);

/* An input (C), or `otherwise` everywhere when it is not stated. */
const real *channel_parameter(struct call *call, const char *name, size_t C, real otherwise);

/* Convention `epsilon_place` = inside_root (default) or outside_root; number epsilon, >= 0. */
struct divisor_rule {
    real epsilon;
    int outside;
};
struct divisor_rule divisor_rule_read(struct call *call, real default_epsilon);

/* s = sqrt(v + epsilon) or sqrt(v) + epsilon, and *root = sqrt(v + epsilon) or sqrt(v): the root
 * whose derivative is 1 / (2 root). */
real divisor(real v, const struct divisor_rule *rule, real *root);

/* Refuses a divisor of 0: an epsilon of 0 where the spread is 0. */
void divisor_demand(struct call *call, real s);

/* centred / root; 0 where the root is 0, at which the norm has no derivative. */
real slope(real centred, real root);

/* Convention `deviation`: population (default, returns 0) or sample (returns 1, which is refused
 * for sets of one value). `count` values in a set. */
size_t deviation_rule_read(struct call *call, size_t count);

/* One set of n values to mean 0 and deviation 1, and what its gradient needs. */
struct normal_set {
    real *x_hat, *slope_hat; /* (n): (x - mean) / s, and (x - mean) / root */
    real mean, variance, s;
};

/* set from x (n): mean, (x - mean), the sum of squares over (n - ddof), s. */
void normal_set_forward(struct normal_set *set, const real *x, size_t n, size_t ddof,
                        const struct divisor_rule *rule);

/* dx = (dx_hat - sum dx_hat / n - slope_hat sum(dx_hat x_hat) / (n - ddof)) / s. */
void normal_set_backward(real *dx, const real *dx_hat, const struct normal_set *set, size_t n,
                         size_t ddof);
