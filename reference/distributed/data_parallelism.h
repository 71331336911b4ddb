// SPDX-License-Identifier: MIT
/* Data parallelism with gradient accumulation: V replicas of one network, one update for all.
 *
 *     update u takes the rows r = u A .. u A + A - 1 of micro-batches, those there are; all at the
 *     same weights. n_rk = size[r,k] samples, l_rk and g_rk their mean loss and its gradient:
 *     samples:   G = sum n_rk g_rk / sum n_rk      (one large batch, whoever holds what)
 *     replicas:  G = sum g_rk / (A V)
 *     present:   G = sum g_rk / (number of micro-batches that are not empty)
 *     sum:       G = sum g_rk
 *     loss_u = sum n_rk l_rk / sum n_rk
 *     G <- G max_norm / |G| where |G| > max_norm
 *     v <- mu v + (G + decay w),   w <- w - rate_u c v
 *
 * Network, samples and size (R,V) as in replicas.h; rate (U), U = ceil(R / A). Outputs loss (U),
 * w1_after, b1_after, ... (U,...), and with max_norm
 * norm (U): |G| before it is clipped.
 *
 * A sample is what the loss is a mean over: in a language model a token, so that micro-batches are
 * uneven though they hold as many sequences.
 *
 * Conventions: average = samples (default; transformers since 4.46 counts tokens over all
 *     micro-batches, and over processes with average_tokens_across_devices), replicas
 *     (DistributedDataParallel with loss / accumulation steps: a mean of means; an empty
 *     micro-batch counts as 0, as in Join by default), present (Join with
 *     divide_by_initial_world_size = False) or sum (an all-reduce without division).
 *   rate_scaling = none (default, c = 1), linear (c = V, Goyal et al.) or root (c = sqrt V,
 *     Krizhevsky).
 *   Numbers: accumulate (A, 1), momentum (mu, 0), weight_decay (0, once an update), max_norm (0:
 *     none; the norm of the averaged gradient is clipped, not those of its parts).
 * Source: document 000 Q46, 004 T34; Goyal et al. 2017, sections 2.1 and 3; Krizhevsky 2014.
 * Edge cases: equal sizes: samples, replicas and present agree. V = A = 1: plain descent. A short
 *     last group of rows updates too; with replicas it is still divided by A V. Refused: sizes that
 *     do not add up to N, an update without samples, a negative max_norm.
 * Order of operations: replica k adds n_rk g_rk (or g_rk) and n_rk l_rk over its rows in a chain
 *     from 0, then replicas.h; one division; |G|^2 is one chain of fused multiply-adds from 0; the
 *     rate is rate_u c; G (max_norm / |G|).
 */
#pragma once

#include "replicas.h"

enum parallel_average { PARALLEL_SAMPLES, PARALLEL_REPLICAS, PARALLEL_PRESENT, PARALLEL_SUM };

struct data_parallelism {
    struct replicas r;
    enum parallel_average average;
    struct replicas_rules rules;
    size_t A, U;
    real scale;    /* c */
    real max_norm; /* 0: none */
    const real *rate;
};

/* Reads the request. */
void data_parallelism_read(struct call *call, struct data_parallelism *d);

/* The rows first .. end - 1 of update u; samples: how many they hold, present: micro-batches. */
struct parallel_group {
    size_t first, end, samples, present;
};
struct parallel_group data_parallelism_group(const struct data_parallelism *d, size_t u);

/* What the sum over micro-batches is divided by. */
real data_parallelism_divisor(const struct data_parallelism *d, const struct parallel_group *group);

void data_parallelism_answer(struct call *call);
