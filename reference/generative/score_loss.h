// SPDX-License-Identifier: MIT
/* score_loss.h - what losses of a discriminator's scores share: a term for each score, averaged by
 * batch. Used by least_squares_gan_loss and hinge_gan_loss; its batches by
 * relativistic_gan_loss. */
#pragma once

#include "../call.h"

enum score_part { SCORE_OF_REAL, SCORE_OF_FAKE, SCORE_OF_GENERATOR };

/* One batch of scores (N,K); W is N K for a mean, 1 for a sum. */
struct score_batch {
    size_t N, K;
    const real *z;
    real W, *dz;     /* dz: the output for the gradient */
    real *row, *sum; /* scratch (K), (N) */
};

struct score_batch score_read(struct call *call, const char *name, const char *gradient,
                              const char *shape, int summed);

/* The sum over all of x (N,K): a chain over the scores of a sample, then over samples. */
real score_sum(struct call *call, struct score_batch *batch, const real *x);

/* The loss of a score z in its part, and its slope. */
typedef real (*score_term)(const void *rules, enum score_part part, real z, real *slope);

/* Inputs real (N,K), fake (M,K), dloss; conventions player, combine, reduction; outputs real_loss,
 * fake_loss (of the discriminator), loss and gradients. */
void score_loss_answer(struct call *call, score_term term, const void *rules);

/* Whether the convention player is the generator; the upstream gradient, 1 without dloss; the
 * factor of the convention combine. */
int score_generator(struct call *call);
real score_upstream(struct call *call);
real score_factor(struct call *call);
int score_summed(struct call *call);
