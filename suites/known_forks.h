// SPDX-License-Identifier: MIT
/* known_forks.h - which forks of which techniques implement which entries of the catalogue of known
 * bugs and rival conventions (known_forks.def).
 *
 * An entry is implemented when a fork names its number, excluded when the catalogue says why nobody
 * can implement it, and open otherwise. `assay kill` shows that what is implemented is caught. */
#pragma once

#include <stddef.h>

struct known_fork_use {
    const char *technique, *fork;
};

struct known_fork {
    int number;
    const char *group, *title;
    const char *nobody; /* "" or a reason */
    size_t uses;
    struct known_fork_use *use;
};

struct known_forks {
    size_t count;
    struct known_fork *entry; /* by number */
    size_t implemented, excluded;
    char unknown
        [320]; /* a sentence when a fork names a number that is not there, or an entry is both
                          implemented and excluded */
};

/* Reads the fork tables of all techniques. Ends the program when there is no memory. */
void known_forks_collect(struct known_forks *known);

void known_forks_free(struct known_forks *known);
