// SPDX-License-Identifier: MIT
/* Agreement of workers on one checkpoint: a vote over its ids.
 *
 *     in round r worker w names vote[r,w], the id (a step) of the checkpoint it would go on from,
 *     or -1: it does not answer;  votes(i) = how many name i, A = how many answer, W = all
 *     winner[r] = the id that wins, or -1: no agreement;  support[r] = votes(winner), 0 without one
 *     answers[r] = A;  minority (R,W) = 1 where a worker answers, there is a winner and the worker
 *     names another: it has to load the winner's state
 *
 * vote (R,W), whole. Outputs, whole: winner (R), support (R), answers (R), minority (R,W).
 *
 * Conventions:
 *   rule = majority (default: more than half: 2 votes(i) > all), plurality (the most votes), quorum
 *     (votes(i) >= quorum; of several such ids the one with the most votes) or minimum (the
 *     smallest id that is named, when at least `quorum` workers answer: the newest checkpoint that
 *     all have, when each keeps the older ones; the rule of restarts that need every shard).
 *   counted = all (default of majority: absent workers count in W, as in Raft and Paxos, so that
 *     two halves of a split network cannot both agree) or present (all = A).
 *   ties (of plurality and quorum) = newest (default: the largest id), oldest or none (no winner).
 *   Number: quorum (1..W; rules quorum and minimum).
 * Source: Lamport 1998; Ongaro and Ousterhout 2014, section 5.2; document 000 Q46 (consensus, named
 *     in passing: this vote is its computable core).
 * Edge cases: nobody answers: no agreement. W even: half of the votes is no majority. Refused: a
 *     vote below -1, a quorum above W or of 0, no worker.
 * Order of operations: whole numbers only.
 */
#pragma once

#include "../call.h"

enum consensus_rule {
    CONSENSUS_MAJORITY,
    CONSENSUS_PLURALITY,
    CONSENSUS_QUORUM,
    CONSENSUS_MINIMUM
};
enum consensus_ties { TIES_NEWEST, TIES_OLDEST, TIES_NONE };

struct majority_consensus {
    size_t R, W, quorum;
    enum consensus_rule rule;
    enum consensus_ties ties;
    int of_present;
    const int *vote;
};

/* Reads the request. */
void majority_consensus_read(struct call *call, struct majority_consensus *c);

/* How many of the votes (W) name `id`. */
size_t majority_consensus_votes(const struct majority_consensus *c, const int *vote, int id);

void majority_consensus_answer(struct call *call);
