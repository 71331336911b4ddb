// SPDX-License-Identifier: MIT
/* replicas.h - what techniques about replicas of one network share: a perceptron
 * (multilayer_perceptron.h), samples in rows of micro-batches, and who takes which.
 *
 * x (N,D), labels (N) or targets (N,K), parameters w1, b1, w2, ...; size (R,V): in row r replica k
 * takes the next size[r,k] samples, row after row, replica after replica, until all N are taken.
 *     l_rk, g_rk = mean loss of these samples and its gradient, P numbers in the order w1, b1, ...
 *
 * Order of operations: g_rk as in multilayer_perceptron.h, in blocks of `block` samples counted
 *     from the first one of the micro-batch; sums over replicas in the tree of sum.h over single
 *     replicas.
 */
#pragma once

#include "../call.h"
#include "../foundations/multilayer_perceptron.h"

struct replicas {
    struct perceptron net;
    struct perceptron_batch space;
    struct call *call;
    size_t N, P, R, V, block;
    const real *x, *targets;
    const int *labels, *size; /* size (R,V) */
    const int *first;         /* (R,V) the first sample of each micro-batch */
};

/* Reads all of that; sizes are at least `least`. */
void replicas_read(struct call *call, struct replicas *r, int least);

/* The parameters that the case states (P), a copy. */
real *replicas_start(const struct replicas *r);

/* Returns l and fills g (P) for samples first .. first + count - 1, count above 0, at w (P). */
real replicas_gradient(struct replicas *r, real *w, size_t first, size_t count, real *g);

/* The same for a micro-batch that is not empty. */
real replicas_row_gradient(struct replicas *r, real *w, size_t row, size_t k, real *g);

/* Sum over replicas of value (V,P): total (P). */
void replicas_sum(real *total, const real *value, size_t V, size_t P);

/* A step of momentum: v <- mu v + (g + decay w), w <- w - rate v. */
struct replicas_rules {
    real mu, decay;
};
struct replicas_rules replicas_rules_read(struct call *call); /* momentum (0), weight_decay (0) */
void replicas_step(const struct replicas_rules *rules, real *w, real *v, const real *g, real rate,
                   size_t P);

/* Outputs w1_after, b1_after, ... with the leading axis of `letter`; and row i of them from w. */
struct replicas_record {
    real *after[2 * PERCEPTRON_LAYERS];
    size_t count[2 * PERCEPTRON_LAYERS];
};
struct replicas_record replicas_record_make(const struct replicas *r, char letter);
void replicas_record_row(const struct replicas *r, const struct replicas_record *record, size_t i,
                         const real *w);
