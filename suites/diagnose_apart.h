// SPDX-License-Identifier: MIT
/* diagnose_apart.h - the later stages of the search, in a process of its own.
 *
 * Requests with other conventions and numbers, above all in forks, which check nothing, may crash
 * or never end; that must not be the end of a check. */
#pragma once

#include "diagnose_search.h"

/* Work that is shared by cases, one after the other: each may do `each` units and half of what is
 * left besides. */
struct diagnose_share {
    double each, left;
};
double share_of(const struct diagnose_share *share);
void share_spend(struct diagnose_share *share, double units);

/* Goes on with the searches that have something left to explain, adding to their explanations. One
 * that crashes or does not end stays as it is, and the next one goes on. With ASSAY_READ_IN_PROCESS
 * set in the environment all is done in this process. */
void diagnose_apart(size_t count, struct search search[], struct diagnose_share *share);
