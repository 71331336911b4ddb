// SPDX-License-Identifier: MIT
/* jacobian_forks.h - logits of one sample of the attacked model and all their derivatives, carried
 * forwards through the layers as one matrix: nothing is propagated back. For twins of attacks that
 * combine logits. */
#pragma once

#include "../../reference/adversarial/victim.h"

struct jacobian {
    struct victim victim;   /* a copy: those that hold this are returned by value */
    real *z, *of;           /* (K), (K,D): of the last sample */
    real *a, *next;         /* (widest) */
    real *slope, *upstream; /* (widest,D) */
};

struct jacobian jacobian_create(struct call *call, const struct victim *victim);

/* Fills z and of at x (D), in raw units. */
void jacobian_fill(struct jacobian *is, const real *x);

/* dx (D) = sum over k of dz[k] of[k,:], from the last class to the first. */
void jacobian_combine(const struct jacobian *is, real *dx, const real *dz);

/* The largest logit's class; the first of equals. */
size_t jacobian_class(const struct jacobian *is);
