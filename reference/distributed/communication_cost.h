// SPDX-License-Identifier: MIT
/* What an all-reduce costs: steps, messages, bytes and time in the alpha-beta-gamma model.
 *
 *     n bytes on each of P workers; a message of b bytes takes alpha + b beta, b bytes are added up
 *     in b gamma, and workers send at the same time. l = floor(log2 P), Q = 2^l, c = ceil(log2 P),
 *     folded = 1 if P > Q, else 0.
 *
 *     algorithm            steps            messages              bytes sent by all
 *     ring                 2 (P-1)          2 (P-1) P             2 (P-1) n
 *     tree                 2 c              2 (P-1)               2 (P-1) n
 *     recursive_doubling   l + 2 folded     Q l + 2 (P-Q)         (Q l + 2 (P-Q)) n
 *     halving_doubling     2 l + 2 folded   2 Q l + 2 (P-Q)       2 n + 2 (P-Q) n
 *     central              2 (P-1)          2 (P-1)               2 (P-1) n
 *
 *     ring:               time = 2 (P-1) (alpha + n/P beta) + (P-1) n/P gamma
 *     tree:               2 c (alpha + n beta) + c n gamma         (reduce, then broadcast)
 *     recursive_doubling: (l + folded) (alpha + n beta + n gamma) + folded (alpha + n beta)
 *     halving_doubling:   2 l alpha + 2 n/Q beta + (Q-1) n/Q gamma
 *                         + folded (2 (alpha + n beta) + n gamma)
 *     central:            2 (P-1) (alpha + n beta) + (P-1) n gamma  (one worker is the server)
 *     rate = n / time,  bus_rate = rate 2 (P-1) / P;  both 0 where time is 0
 *
 * bytes (M) and workers (M), whole, one row for each all-reduce. Outputs (M): steps, messages
 * (whole), volume, time, rate, bus_rate (NCCL's algbw and busbw).
 *
 * Conventions: algorithm = ring (default), tree, recursive_doubling, halving_doubling
 *     (Rabenseifner) or central (a parameter server). Numbers: alpha, beta, gamma (0), bucket (0:
 *     none; otherwise the bytes go in floor(n / bucket) all-reduces of `bucket` and one of the
 *     rest, one after the other: DistributedDataParallel's bucket_cap_mb).
 * Source: Thakur, Rabenseifner and Gropp 2005, sections 3 and 4; Patarasuk and Yuan 2009; document
 *     000 Q46 (communication overhead, bandwidth, latency).
 * Edge cases: P = 1 costs nothing. n = 0 costs the latencies; in buckets nothing. P that is no
 *     power of two: the P - Q workers beyond it send to a neighbour first and get the result at the
 *     end. Refused: no worker, negative bytes, alpha, beta, gamma or bucket.
 * Order of operations: as written; n/P once; the buckets' all-reduce times its count, plus the
 *     rest's.
 */
#pragma once

#include "../call.h"

enum communication_algorithm { COST_RING, COST_TREE, COST_DOUBLING, COST_HALVING, COST_CENTRAL };

struct communication_cost {
    size_t M, bucket;
    enum communication_algorithm algorithm;
    real alpha, beta, gamma;
    const int *bytes, *workers;
};

/* Of one all-reduce, or of several after each other. */
struct communication {
    size_t steps, messages;
    real volume, time;
};

/* Reads the request. */
void communication_cost_read(struct call *call, struct communication_cost *c);

/* One all-reduce of n bytes over P workers. */
struct communication communication_of(const struct communication_cost *c, real n, size_t P);

void communication_cost_answer(struct call *call);
