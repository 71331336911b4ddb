// SPDX-License-Identifier: MIT
/* contradictions.h - what the documents say against each other, or against arithmetic, and the
 * claims whose verdicts tell which side stands. */
#pragma once

#include <stddef.h>

enum { CONTRADICTION_CLAIMS = 4 };

struct contradiction {
    const char *id;                   /* of the catalogue: "X01" */
    const char *one, *one_source;     /* a statement in our own words, and where it stands */
    const char *other, *other_source; /* what is said against it; source "": by nobody else */
    const char *claim[CONTRADICTION_CLAIMS + 1];
    /* Whether support of each of these claims speaks for `one` (otherwise for `other`). */
    int is_for_one[CONTRADICTION_CLAIMS];
};

extern const struct contradiction contradictions[];
extern const size_t contradiction_count;
