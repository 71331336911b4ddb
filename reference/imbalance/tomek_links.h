// SPDX-License-Identifier: MIT
/* Tomek links: pairs of samples of different classes that are each other's nearest neighbour. Their
 * members lie at the border between the classes or are noise, and are left out.
 *
 *     nearest[n] = the sample nearest to n, of all others
 *     link[n]    = nearest[n] where nearest[nearest[n]] = n and the two labels differ, else -1
 *     removed[n] = link[n] >= 0 and the class of n may lose samples
 *
 * Inputs, outputs removed and remaining, and which classes may lose samples (convention clean; by
 * default all but the smallest, so that of a link the sample of the larger class goes): cleaning.h.
 * Outputs nearest and link (N) too.
 *
 * Conventions: ties and duplicates, neighbours.h. With clean = all both samples of a link go, as
 *     Tomek does when he cleans; with not_minority and three classes both may go.
 * Source: Tomek 1976, section II; Batista, Prati and Monard 2004, section 4.2.
 * Edge cases: a data set of one sample has no neighbours and is refused. A sample is in at most one
 *     link.
 * Order of operations: neighbours.h; whole numbers.
 */
#pragma once

#include "cleaning.h"

/* nearest and link (N). */
void tomek_links_find(struct call *call, const struct cleaning *is, int *nearest, int *link);

/* Inputs and outputs as above. */
void tomek_links_answer(struct call *call);
