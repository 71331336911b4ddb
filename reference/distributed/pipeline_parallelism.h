// SPDX-License-Identifier: MIT
/* Pipeline parallelism: each layer is a stage that lives apart, and micro-batches flow through.
 *
 *     L stages, M micro-batches of size[0..M-1] samples, N in all, in this order (one pass of R
 *     batches: row r of size (R,M) is one batch; replicas.h with M in the place of V)
 *     stage l forwards:  a_l = f(a_{l-1} w_l + b_l);  backwards: dw_l, db_l, da_{l-1}
 *     gpipe, one_forward_one_backward: a batch ends with a flush. All its micro-batches see the
 *         same weights; G = sum_m n_m g_m / sum_m n_m; one update a batch.
 *     pipedream: no flush. Micro-batch i = r M + m passes stage l (from 0) forwards and backwards
 *         at that stage's version max(0, i - (L-1-l)), which is kept for it (weight stashing);
 *         version v is what v updates have made, update i by g_i of micro-batch i alone.
 *     pipedream_vertical: the same at version max(0, i - (L-1)) of every stage (vertical sync).
 *     update: v <- mu v + (G + decay w), w <- w - rate v, w the newest version
 *
 * Network, samples and size as in replicas.h, no micro-batch empty; rate (U): U = R with a flush,
 * else U = R M. Outputs: loss (R,M) of each micro-batch at the weights that it saw; w1_after, ...
 * (U,...); and the schedule of one batch (of the whole pass without flushes): timeline (L,S),
 * whole: in slot s stage l does the forward of micro-batch m: m + 1, its backward: -(m + 1),
 * nothing: 0; bubbles (L): idle slots; held (L): the most micro-batches that a stage keeps between
 * their forward and their backward.
 *
 * Every pass of a micro-batch through a stage, forwards or backwards, takes one slot, and starts as
 * soon as what it needs has ended in an earlier slot and the stage is free, in this order of a
 * stage:
 *     gpipe:  all forwards, then all backwards, the last micro-batch first (torch's GPipe: the
 *         first one first; convention backward_order = last_first (default) or first_first).
 *     others: min(L-1-l, micro-batches) forwards, then a forward and a backward in turn while there
 *         are forwards, then the backwards that are left.
 *
 * Conventions: schedule = gpipe (default; GPipe, torchgpipe), one_forward_one_backward
 *     (PipeDream-flush, Megatron, DeepSpeed: the same numbers, fewer micro-batches held), pipedream
 *     or pipedream_vertical. Numbers: momentum (mu, 0), weight_decay (0).
 * Source: Huang et al. 2019, section 2.2; Narayanan et al. 2019, sections 3.1 to 3.3; document 000
 *     Q46 (model parallelism by layers).
 * Edge cases: one stage: no bubble, and pipedream is serial. Bubbles of a flush: 2 (L - 1) slots a
 *     stage. Refused: an empty micro-batch, a schedule that does not exist.
 * Order of operations: n_m g_m in the tree of sum.h over single micro-batches, then one division;
 *     the rest as in replicas.h.
 */
#pragma once

#include "replicas.h"

enum pipeline_schedule {
    PIPELINE_GPIPE,
    PIPELINE_ALTERNATING,
    PIPELINE_STASHED,
    PIPELINE_VERTICAL
};

struct pipeline {
    struct replicas r; /* V is M */
    struct replicas_rules rules;
    enum pipeline_schedule schedule;
    int first_first;
    size_t U, micro; /* micro-batches between two flushes */
    const real *rate;
};

/* Reads the request. */
void pipeline_read(struct call *call, struct pipeline *p);

/* The passes of stage l in their order: order (2 micro), as in the timeline. */
void pipeline_order(const struct pipeline *p, size_t l, int *order);

/* The version of stage l that micro-batch i sees. */
size_t pipeline_version(const struct pipeline *p, size_t i, size_t l);

/* Where the parameters of stage l begin, and of l = L where they end. */
size_t pipeline_begin(const struct pipeline *p, size_t l);

void pipeline_parallelism_answer(struct call *call);
