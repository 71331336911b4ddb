// SPDX-License-Identifier: MIT
/* Edited nearest neighbours: samples are left out whose neighbours do not agree with their class.
 *
 *     stays[n] = all of the k nearest samples of n have its label              vote = all
 *                its label is the most frequent one among them                  vote = mode
 *     removed[n] = not stays[n], and the class of n may lose samples
 *
 * Round r judges all samples that are left at its beginning, by those, and takes out at once who
 * does not stay; at most `rounds` rounds, and with a fixed neighbourhood none after one that took
 * nobody. A round that would have fewer than k + 1 samples does not take place. Inputs, outputs
 * removed and remaining, which classes may lose samples (clean): cleaning.h. Numbers neighbours k
 * (3), rounds (1). Output removed_in (N): the round, from 1, or 0.
 *
 * Conventions: vote as above; all is imbalanced-learn's default, mode Wilson's rule. modes =
 *     smallest (default: of the most frequent labels the smallest one counts, as SciPy's mode has
 *     it) or own (its own label, if it is among them). neighbourhood = fixed (default: k in every
 *     round: repeated editing with rounds > 1) or growing (r neighbours in round r: Tomek's
 *     all-k-NN; then rounds = k). Ties of distances and duplicates: neighbours.h.
 * Source: Wilson 1972, section II; Tomek 1976b. imbalanced-learn's repeated editing also stops once
 *     a class has become smaller than the smallest one was, and which one is the smallest it
 *     decides anew in every round; here the classes are those of the beginning.
 * Edge cases: the samples of the classes that may not lose any judge, but are not judged. Refused:
 *     k above the number of samples less one.
 * Order of operations: neighbours.h; whole numbers.
 */
#pragma once

#include "cleaning.h"

enum vote { VOTE_ALL, VOTE_MODE };

struct editing {
    struct cleaning cleaning;
    size_t k, rounds;
    enum vote vote;
    int own_mode, grows;
};

struct editing editing_read(struct call *call);

/* Whether sample n stays when it has `near` (k) neighbours. */
int editing_stays(struct call *call, const struct editing *is, size_t n, const int *near, size_t k);

/* removed_in (N) from removed_in of the rounds before; returns how many were taken out in round r.
 * */
size_t editing_round(struct call *call, const struct editing *is, size_t r, int *removed_in);

/* Inputs and outputs as above. */
void edited_nearest_neighbours_answer(struct call *call);
