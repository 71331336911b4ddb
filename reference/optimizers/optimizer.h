// SPDX-License-Identifier: MIT
/* optimizer.h - what the optimizers share: a start, S gradients, S rates (gradient_descent.h). */
#pragma once

#include "../call.h"

struct updates {
    size_t S, P;      /* steps, parameters */
    real *w;          /* (P) the parameters, to be updated in place */
    const real *g;    /* (S,P), negated already when the convention maximize is yes */
    const real *rate; /* (S) */
};

/* Reads inputs w, g, rate and the convention maximize. */
struct updates updates_read(struct call *call);

/* Optimizer state (P): a copy of the input of that name, or zeros. */
real *updates_state(struct call *call, const char *name);

/* Row s of `after` (S,P) = the present value (P). */
void updates_record(real *after, const real *now, size_t s, size_t P);

/* g + decay w, and just g when decay is 0. */
static inline real decayed_gradient(real g, real decay, real w)
{
    return decay != 0 ? g + decay * w : g;
}
