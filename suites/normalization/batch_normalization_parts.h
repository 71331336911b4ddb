// SPDX-License-Identifier: MIT
/* batch_normalization_parts.h - what the twins and forks of batch normalisation share: one call
 * taken apart, computed by the paper's formulas in plain loops. */
#pragma once

#include "../../reference/normalization/batch_normalization.h"

/* One call in rows (M,C), with the right statistics. A fork changes them before `finish`, or what
 * finish made after it. */
struct parts {
    struct call *call;
    struct feature_maps maps;
    size_t M, C, block;
    int inference, has_gradient, has_running;
    struct divisor_rule rule;
    struct running_rule running;
    const real *gamma, *beta, *old_mean, *old_variance;
    real *x, *dy, *x_hat, *y, *dx;     /* (M,C) */
    real *mean, *variance, *s;         /* used */
    real *fresh_mean, *fresh_variance; /* for the running statistics */
    real *batch_mean, *batch_variance, *mean_after, *variance_after, *dgamma, *dbeta;
};

/* Reads a call; the statistics are right. */
struct parts parts_read(struct call *call);

/* Everything from mean, variance and the fresh statistics. */
void parts_finish(struct parts *t);

/* dx through x_hat, variance and mean one after the other, as the paper has it. */
void parts_chain_rule(struct parts *t);

/* Outputs in the order of the technique. */
void parts_write(struct parts *t);
