// SPDX-License-Identifier: MIT
/* Randomized smoothing: the class that a model gives most often to a noisy input, with a radius in
 * which no change of the input can alter that.
 *
 *     votes[n,k]        = the number of m with class(x[n] + sigma noise[m,n]) = k
 *     select_votes[n,k] = the same over selection_noise
 *     class, p_lower, p_upper, radius, predicted, p_value (N): what they certify, see votes.h
 *
 * x (N,D) and the model: victim.h, whose box noise may leave; selection_noise (S,N,D), noise
 * (M,N,D): standard normal deviates, which are inputs so that everybody counts the same votes.
 * select_votes, votes (N,K); a model of one logit has K = 2 classes.
 *
 * Conventions: those of votes.h, and the model's.
 * Source: Cohen, Rosenfeld and Kolter 2019, sections 3.1 and 3.2; Lecuyer et al. 2019; document 004
 *     T41; document 000 Q41.
 * Edge cases: equal logits vote for the smaller class. Refused: sigma = 0, no noise, one logit
 *     that is no binary model's.
 * Order of operations: sigma noise, then x + it; the model's own; votes are whole numbers.
 */
#pragma once

#include "victim.h"
#include "votes.h"

void randomized_smoothing_answer(struct call *call);
