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
    struct request_choice instead; /* name "" if unused */
    struct request_number number;  /* name "" if unused */
};

struct fork_list {
    size_t count;
    const struct fork *fork;
};

/* <stem>_forks of every technique. */
#define TECHNIQUE(family, stem, formula, source) extern const struct fork_list stem##_forks;
#include "protocol/techniques.def"
#undef TECHNIQUE
