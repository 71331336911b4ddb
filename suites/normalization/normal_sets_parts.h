// SPDX-License-Identifier: MIT
/* normal_sets_parts.h - what the twins and forks of layer, group and instance normalisation share:
 * one call taken apart. Each element knows its set and its channel, so a wrong set is a wrong
 * table, and everything is one loop over elements. */
#pragma once

#include "../../reference/normalization/normalization.h"

struct normal_parts {
    struct call *call;
    const char *shape;
    size_t N, C, elements, sets; /* sets: at most as many as elements */
    int *set, *channel;          /* (elements) */
    size_t ddof;
    int has_gradient;
    struct divisor_rule rule;
    const real *x, *dy, *gamma, *beta;
    real *x_hat, *y, *dx;              /* (elements) */
    real *count, *mean, *variance, *s; /* (elements), by set */
    real *dgamma, *dbeta;              /* (C) */
};

/* Changes a call before or after its results; NULL: nothing. */
void normal_parts_run(struct call *call, void (*before)(struct normal_parts *),
                      void (*statistics)(struct normal_parts *),
                      void (*after)(struct normal_parts *));

/* Twin and forks: see normal_sets_forks.c. */
void normal_paper(struct call *call);
void normal_single_pass(struct call *call);
void normal_half_statistics(struct call *call);
void normal_variance_for_deviation(struct call *call);
void normal_over_samples(struct call *call);
void normal_over_whole_sample(struct call *call);
void normal_statistics_held_constant(struct call *call);
void normal_variance_held_constant(struct call *call);
void normal_gamma_after_projection(struct call *call);
void normal_gamma_dropped(struct call *call);
void normal_beta_forgotten(struct call *call);
void normal_gradient_of_gamma_unscaled(struct call *call);
void normal_gradients_averaged(struct call *call);
void normal_last_block_lost(struct call *call);
