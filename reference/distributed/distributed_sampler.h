// SPDX-License-Identifier: MIT
/* Which worker takes which sample, and what their values average to.
 *
 *     o = order[e], N samples in the order of epoch e, from place `skip` on: n = N - skip are left
 *     pad:   total = ceil(n / W) W places, the i-th of which is o[skip + i mod n]
 *     drop:  total = floor(n / W) W places, the first ones
 *     keep:  total = n places; shards differ by one
 *     interleaved: worker k takes the places k, k + W, k + 2 W, ...
 *     contiguous:  worker k takes the places k Q .. k Q + Q - 1, Q = ceil(total / W), those there
 *         are; with uneven = keep the first n mod W workers have one more than the others
 *     mean[e] = sum of value over the places that count / their number
 *
 * order (E,N), each row a permutation of 0..N-1; value (N). Outputs, whole: index (E,W,Q), -1 where
 * a worker has nothing; count (W); seen (E,N), how often each sample is taken. And mean (E).
 *
 * Conventions: uneven = pad (default; PyTorch's DistributedSampler: samples from the start are
 *     taken again), drop (its drop_last) or keep (Accelerate with even_batches = False).
 *   assignment = interleaved (default; DistributedSampler) or contiguous (sequential samplers, file
 *     shards).
 *   duplicates = counted (default: a mean of all that was gathered) or removed (places from n on do
 *     not count: Accelerate's gather_for_metrics).
 *   Numbers: workers (W), skip (0: samples that an interrupted epoch has seen already, for a
 *     resumed stream).
 * Source: documents 001-003 Q46 (data partitioning), 000 Q32 (streaming); Li et al. 2020.
 * Edge cases: W = 1: the order itself. W > n with pad: samples are taken again and again. Refused:
 *     a row that is no permutation, no worker, drop with n < W, nothing left after skip.
 * Order of operations: the values of one worker are added in a chain from 0, workers in the tree of
 *     sum.h over single workers, then one division.
 */
#pragma once

#include "../call.h"

enum sampler_uneven { SAMPLER_PAD, SAMPLER_DROP, SAMPLER_KEEP };

struct distributed_sampler {
    size_t E, N, W, Q, skip, left, total;
    enum sampler_uneven uneven;
    int contiguous, removed;
    const int *order;
    const real *value;
};

/* Reads the request. */
void distributed_sampler_read(struct call *call, struct distributed_sampler *s);

/* The place that worker k takes as its i-th, i < Q; total for none. */
size_t distributed_sampler_place(const struct distributed_sampler *s, size_t k, size_t i);

void distributed_sampler_answer(struct call *call);
