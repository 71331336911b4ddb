// SPDX-License-Identifier: MIT
/* victim.h - the attacked model on a tape of its own, without a loss: the attacker's slopes of the
 * logits are put in by hand. Definition in reference/adversarial/victim.h.
 *
 * Samples are sharded; every rank holds the model. Logits, losses and input gradients of a sample
 * need nothing from other ranks. The sizes of the layers have the letters A (inputs), B, ..., the
 * samples N, the logits K. */
#pragma once

#include "../foundations/perceptron_case.h"

enum victim_objective { VICTIM_CROSS_ENTROPY, VICTIM_BINARY, VICTIM_MARGIN };
enum victim_goal { VICTIM_LABELS, VICTIM_TARGET, VICTIM_PREDICTED };

struct victim {
    const struct team *team;
    struct perceptron net;          /* its tape has no loss */
    size_t N, rows, D, K;           /* rows: this rank's samples */
    const scalar *x;                /* (rows,D), raw */
    const scalar *mean, *deviation; /* (D), or NULL both */
    enum victim_objective objective;
    enum victim_goal goal; /* after victim_read_goal */
    const int *answer;     /* (rows) */
    bool boxed;
    scalar low, high, W;
    scalar *dz; /* (rows,K) */
    scalar *e;  /* (rows,K): exponentials */
    scalar *l;  /* (rows): logarithms */
};

/* Reads everything but the goal. The result lives as long as the question; so do copies. */
struct victim *victim_read(struct question *q);

/* Reads the goal, and labels or target, into victim->answer; predicts if it has to. */
void victim_read_goal(struct question *q, struct victim *victim);

/* The logits (rows,K) of raw inputs x (rows,D), which stay until the next call. */
const scalar *victim_logits(struct victim *victim, const scalar *x);

/* loss (rows), not divided by W, and dz (rows,K), divided by it, from logits z and classes. */
void victim_loss(const struct victim *victim, scalar *loss, scalar *dz, const scalar *z,
                 const int *classes);

/* dx (rows,D), in raw units: the vector-Jacobian product of dz (rows,K) with the last logits. May
 * be called again for other dz. Afterwards tape_sum() of net.tape adds the parameters' gradients.
 */
void victim_pullback(struct victim *victim, scalar *dx, const scalar *dz);

/* All three: loss (rows) and dx (rows,D) of raw inputs x (rows,D), for victim->answer. */
void victim_gradient(struct victim *victim, scalar *loss, scalar *dx, const scalar *x);

/* The class of each sample; equal logits go to the smaller one. */
void victim_predict(const struct victim *victim, int *predicted, const scalar *z);

/* The probability of the predicted class, (rows). */
void victim_confidence(const struct victim *victim, scalar *confidence, const scalar *z);

/* x (n numbers) into the box, if there is one. */
void victim_clip(const struct victim *victim, scalar *x, size_t n);
