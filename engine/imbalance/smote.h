// SPDX-License-Identifier: MIT
/* smote.h - between a sample and its neighbour; what the kinds of SMOTE share. */
#pragma once

#include "classes.h"
#include "neighbours.h"

struct smote {
    struct classes classes;
    size_t D, S, k;
    const scalar *x;     /* (N,D), whole */
    size_t *of;          /* (S) the class of every new sample */
    size_t *base, *pick; /* (S) */
    const scalar *gap;   /* (S) or (S,D) */
    bool per_feature;
};

/* Reads all that smote.h of the reference states, whole on every rank. */
struct smote smote_read(struct question *q);

/* The same in parts: all but the draws; the gaps. */
struct smote smote_plan(struct question *q);
void smote_read_gaps(struct question *q, struct smote *smote);

/* In the place of a source: nothing is made. */
static const size_t smote_nobody = (size_t)-1;

/* Outputs from source and partner (S) of all new samples; S is sharded. */
void smote_store(struct question *q, const struct smote *smote, const size_t *source,
                 const size_t *partner);
