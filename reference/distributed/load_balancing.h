// SPDX-License-Identifier: MIT
/* Which worker does which job, and how even that is.
 *
 *     N jobs of cost[n] >= 0, W workers;  load[w] = sum of the costs of its jobs
 *     longest = max_w load[w],  mean = sum_w load[w] / W
 *     imbalance = longest / mean,  efficiency = mean / longest,  bound = max(mean, max_n cost[n])
 *
 * cost (N). Outputs worker (N, whole), jobs (W, whole), load (W), longest, mean, imbalance,
 * efficiency, bound: no schedule is shorter than bound.
 *
 * Conventions:
 *   schedule = longest_first (default: jobs from the largest cost down, each to the worker with the
 *     smallest load so far; Graham's LPT), greedy (the same in the given order: a queue from which
 *     whoever is idle takes the next; schedule(dynamic)), cyclic (runs of `chunk` jobs in turn;
 *     schedule(static, chunk)) or blocks (runs of N / W jobs, the first N mod W one longer;
 *     schedule(static)).
 *   Equal costs: the job of the smaller index first; equal loads: the worker of the smaller index.
 *   Numbers: workers (W), chunk (1, for cyclic alone).
 * Source: documents 000, 002 and 003 Q46 (load balancing); Graham 1969, theorems 1 and 2.
 * Edge cases: W > N: some workers are idle. W = 1: imbalance 1. Refused: a negative cost, no job,
 *     all costs 0 (nothing to balance), no worker.
 * Order of operations: load[w] is a chain of additions from 0 in the order in which jobs are given;
 *     their sum is the tree of sum.h over single workers.
 */
#pragma once

#include "../call.h"

enum balancing_schedule { LONGEST_FIRST, BALANCING_GREEDY, BALANCING_CYCLIC, BALANCING_BLOCKS };

struct load_balancing {
    size_t N, W, chunk;
    enum balancing_schedule schedule;
    const real *cost;
};

/* Reads the request. */
void load_balancing_read(struct call *call, struct load_balancing *b);

/* The jobs in the order in which they are given away: order (N). */
void load_balancing_order(const struct load_balancing *b, int *order);

/* The measures of load (W), as outputs. */
void load_balancing_write(struct call *call, const struct load_balancing *b, const real *load);

void load_balancing_answer(struct call *call);
