// SPDX-License-Identifier: MIT
/* replicas.h - virtual replicas of one network: what techniques about them share. Definition in
 * reference/distributed/replicas.h.
 *
 * The V replicas are dealt to the ranks in contiguous ranges, whatever the number of ranks; each
 * lives on one rank alone, which computes its gradients without anybody else. What replicas add up
 * crosses the network in the fixed tree over single replicas.
 */
#pragma once

#include "../foundations/perceptron_case.h"
#include "../techniques.h"

struct replicas {
    struct question *q;
    struct team alone; /* this rank and nobody else */
    struct perceptron *net;
    size_t N, P, R, V, block;
    size_t first_here, here; /* the replicas of this rank */
    const scalar *x, *targets;
    const int *labels, *size; /* size (R,V) */
    size_t *first;            /* (R,V) the first sample of each micro-batch */
};

/* Reads the network, the samples and their sizes, which are at least `least`. */
void replicas_read(struct question *q, struct replicas *r, int least);

/* The parameters that the case states (P), a copy. */
scalar *replicas_start(const struct replicas *r);

/* Returns the mean loss and fills g (P) for `count` > 0 samples from `first` at w (P). */
scalar replicas_gradient(struct replicas *r, const scalar *w, size_t first, size_t count,
                         scalar *g);
scalar replicas_row_gradient(struct replicas *r, const scalar *w, size_t row, size_t k, scalar *g);

/* total (length), on every rank, of value (here,length) of this rank's replicas. Collective. */
void replicas_sum(struct reduction *sum, scalar *total, const scalar *value, size_t length);

/* The rank that has the single element k of a layout; and its values to everybody, collective. */
int replicas_owner(const struct layout *layout, size_t k);
void replicas_share(const struct team *team, const struct layout *layout, size_t k, scalar *values,
                    size_t count);

struct replicas_rules {
    scalar mu, decay;
};
struct replicas_rules replicas_rules_read(struct question *q);
void replicas_step(const struct replicas_rules *rules, scalar *w, scalar *v, const scalar *g,
                   scalar rate, size_t P);
