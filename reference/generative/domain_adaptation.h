// SPDX-License-Identifier: MIT
/* Domain adaptation by translation: a classifier of one domain is used in another whose samples are
 * translated first, and how much that helps.
 *
 *     logits(x) = C(x),   predicted(x) = the largest logit, first of equals
 *     source = accuracy of x_source,  before = accuracy of x,  after = accuracy of G(x)
 *     gain = after - before
 *     loss = (1/N) sum_n (log sum_k e^logit[n,k] - logit[n,label])   of G(x), through a frozen C
 *
 * M samples x_source (M,D) with labels_source (M) of the domain C was trained in, N samples x (N,D)
 * with labels (N) of the other; the translator G, gw1, gb1, ..., has D features on both sides,
 * the classifier C, cw1, cb1, ..., K classes; both are perceptrons (named_network.h). Outputs
 * predicted (N) of G(x), source, before, after, gain, right (K, of G(x)), loss and dgw1, dgb1, ...;
 * dloss is 1 unless given.
 *
 * Conventions: average = samples (default): right / all; classes: the mean of the classes' shares,
 *     of those that occur (as adaptation benchmarks report it).
 * Source: Hoffman et al. 2018, section 3 (task loss through a fixed classifier); Zhu et al. 2017;
 *     documents 004 G18, S2 and 000 Q50 (summer and winter; data of another distribution).
 * Edge cases: a class that does not occur has no share. A gain may be negative. Refused: no samples
 *     in either domain, a label that is no class, a translator that leaves the classifier's domain.
 * Order of operations: counts are exact; a share right / all, the mean of classes a chain over
 *     those that occur. The loss as in cross_entropy.h: m + log(sum e^(z - m)) - z[label] as (log
 *     sum) - (z[label] - m), samples in blocks; its gradient ((p - one) dloss) / N.
 */
#pragma once

#include "../call.h"

/* See above. */
void domain_adaptation_answer(struct call *call);
