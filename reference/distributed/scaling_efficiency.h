// SPDX-License-Identifier: MIT
/* Speed-up and efficiency of parallel runs, and the laws that they are held against.
 *
 *     run m took time[m] on processors[m]; the first one is the baseline; q = processors /
 *     baseline's
 *     strong (the same work):           speedup = time[0] / time[m]
 *     weak (work grows with processors): speedup = q time[0] / time[m]
 *     efficiency = speedup / q,  cost = processors time
 *     serial = (1 / speedup - 1 / q) / (1 - 1 / q)       (Karp and Flatt), 0 where q = 1
 *     amdahl = 1 / (f + (1 - f) / q),  gustafson = f + (1 - f) q     for the serial fraction f
 *     fitted = sum_m (1 / speedup - 1 / q) (1 - 1 / q) / sum_m (1 - 1 / q)^2:  the f for which
 *         1 / amdahl is nearest to 1 / speedup, least squares; 0 where all q are 1
 *
 * processors (M), whole, and time (M). Outputs (M): speedup, efficiency, cost, serial, amdahl,
 * gustafson; fitted.
 *
 * Conventions: scaling = strong (default) or weak. Number: serial_fraction (f, in [0, 1]).
 * Source: Amdahl 1967; Gustafson 1988; Karp and Flatt 1990; document 000 Q46 (scalability).
 * Edge cases: the baseline has speed-up 1 and efficiency 1. More than q: superlinear, serial below
 *     0. Refused: no run, no processor, a time that is not above 0, f outside of [0, 1].
 * Order of operations: q is rounded once; 1 / speedup and 1 / q are rounded before they are used;
 *     the two sums of fitted over runs in blocks of `block` runs, then the tree (sum.h), of
 *     products.
 */
#pragma once

#include "../call.h"

struct scaling_efficiency {
    size_t M, block;
    int weak;
    real f;
    const int *processors;
    const real *time;
};

/* Reads the request. */
void scaling_efficiency_read(struct call *call, struct scaling_efficiency *s);

void scaling_efficiency_answer(struct call *call);
