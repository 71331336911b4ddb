// SPDX-License-Identifier: MIT
/* numerics.h - the reference and all forks, as one table for each precision.
 *
 * The same sources are compiled three times, linked into one object each, and only the table below
 * stays visible; so one program holds all precisions without renaming anything.
 */
#pragma once

#include "../reference/request.h"

enum fork_kind { FORK_TWIN, FORK_BUG, FORK_CONVENTION, FORK_NUMERICAL };

struct fork_info {
    const char *name; /* lower case, words joined by _: "no_bias_correction" */
    enum fork_kind kind;
    const char *catalogue;     /* entries of the catalogue of forks, "85 86"; may be empty */
    const char *what;          /* one sentence: what it does differently */
    const char *spared_in_f32; /* NULL, or why binary32 rounding provably hides it */
};

struct numerics {
    const char *precision; /* "f32", "f64" or "f128" */
    int bits;              /* of the significand: 24, 53, 113 */

    /* Answers a request for `technique`, or for fork number `fork` of it (-1: the technique).
     * Returns 0; 1 when the fork does not apply to this request, which it would answer as the
     * technique does; or 2 with answer->error set. The caller frees the answer in all cases. */
    int (*answer)(const char *technique, int fork, const struct request *request,
                  const struct manner *manner, struct answer *answer);

    /* The number of forks of a technique, or -1 when it is unknown; and what one of them is. */
    int (*forks)(const char *technique);
    const struct fork_info *(*fork)(const char *technique, int fork);

    /* What a fork puts in place of the request's own, each with the name "" if nothing; returns
     * whether it also has code of its own. */
    int (*replaces)(const char *technique, int fork, struct request_choice *choice,
                    struct request_number *number);
};

extern const struct numerics numerics_f32, numerics_f64, numerics_f128;
