// SPDX-License-Identifier: MIT
/* score_loss.h - losses of a discriminator's scores: a term for each score, averaged by batch.
 *
 * How it is distributed: real and generated samples are sharded, each batch by its own blocks. One
 * number a batch crosses the network: within a sample a chain over its scores, then the fixed tree
 * over the blocks. Gradients stay where their samples are. */
#pragma once

#include "../losses/loss.h"

enum score_part { SCORE_OF_REAL, SCORE_OF_FAKE, SCORE_OF_GENERATOR };

/* A batch of scores: n = rows K of them on this rank. */
struct score_batch {
    char letter;
    size_t n, rows, K, all;
    const scalar *z;
    scalar W, *gradient, *value, *sums;
};

struct score_batch score_read(struct question *q, const char *name, const char *gradient,
                              const char *shape, bool summed);
/* The sum of x (rows, K) over all ranks. Collective. */
scalar score_sum(struct question *q, const struct score_batch *batch, const scalar *x);

/* Fills value and slope (n). */
typedef void (*score_term)(const struct question *q, const void *rules, enum score_part part,
                           size_t n, const scalar *z, scalar *value, scalar *slope);
void score_loss_run(struct question *q, score_term term, const void *rules);

bool score_generator(struct question *q);
bool score_summed(struct question *q);
scalar score_factor(struct question *q);
scalar score_upstream(struct question *q);
