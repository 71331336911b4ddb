// SPDX-License-Identifier: MIT
/* fork.h - rivals of a technique, implemented on purpose: `suites/<family>/<stem>_forks.c` holds
 * their table. Compiled in every precision, like the reference.
 *
 * A twin is correct: another formula for the same thing. It must agree with the golden to 25 digits
 * in binary128 and pass in every precision. Everything else is wrong for the cases it applies to,
 * and some case must kill it: a bug, a rival convention, or a formula that loses its digits.
 */
#pragma once

#include "../reference/call.h"
#include "numerics.h"

/* One rival: code of its own, or the reference with another convention or number. */
struct fork {
    struct fork_info info;
    void (*answer)(struct call *); /* NULL: the technique itself, with what follows */
    int variant; /* what call_variant() tells `answer`, which may serve many rows */
    struct request_choice instead; /* name "" if unused */
    struct request_number number;  /* name "" if unused */
};

struct fork_list {
    size_t count;
    const struct fork *fork;
};

/* Every technique defines one, named <stem>_forks; numerics.c collects them. Not declared here, so
 * that a new technique does not compile all others again. */
