// SPDX-License-Identifier: MIT
/* victim_forks.h - the attacked model by another way, for twins: tangents of all features go
 * forward with each sample, so nothing is propagated back; and a tape of mistakes at the clip. */
#pragma once

#include "../../reference/adversarial/victim.h"

struct tangents {
    struct victim *victim;
    real *a, *next;   /* (widest) */
    real *t, *t_next; /* (D,widest) */
    real *z;          /* (N,K), of the last call */
};

struct tangents tangents_create(struct call *call, struct victim *victim);

/* loss (N) and gradient (N,D) at x (N,D) for classes (N), as victim_gradient; fills z. */
void tangents_gradient(struct tangents *is, real *loss, real *gradient, const real *x,
                       const int *classes);

/* z (N,K) alone. */
const real *tangents_logits(struct tangents *is, const real *x);

/* The predicted class of sample n of z. */
int tangents_class(const struct tangents *is, size_t n);
