// SPDX-License-Identifier: MIT
/* cleaning.h - which classes may lose samples; definition in reference/imbalance/cleaning.h. */
#pragma once

#include "classes.h"
#include "neighbours.h"

struct cleaning {
    struct classes classes;
    const scalar *x; /* (N,D), whole */
    size_t D;
    bool *cleans; /* (C) */
};

struct cleaning cleaning_read(struct question *q);

/* Outputs from removed (N), which every rank knows. */
void cleaning_store(struct question *q, const struct cleaning *is, const bool *removed);

/* 0 .. N-1. */
size_t *cleaning_everybody(struct question *q, const struct cleaning *is);
