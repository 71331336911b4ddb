// SPDX-License-Identifier: MIT
/* The certificate of a smoothed classifier from counts of votes; definition and order of
 * operations: votes.h.
 *
 *     |change of x|_2 < radius[n]  =>  the smoothed classifier says class[n], with probability
 *     1 - alpha of the votes
 *
 * Inputs selection, estimation (N,K): votes of each class for N inputs. Outputs class, p_lower,
 * p_upper, radius, predicted, p_value (N).
 *
 * Conventions: see votes.h.
 * Source: Cohen, Rosenfeld and Kolter 2019, theorem 1 and section 3.2; document 004 T41, 000 Q41.
 * Edge cases: an input may have other numbers of votes than the next one.
 * Order of operations: that of votes.h.
 */
#pragma once

#include "votes.h"

void certified_radius_answer(struct call *call);
