// SPDX-License-Identifier: MIT
/* diagnose_search.h - the stages in which mistakes are looked for, for one case. */
#pragma once

#include "diagnose_changes.h"

/* A change and what it answers, kept for the third stage. */
struct run {
    const struct change *change;
    struct answer answer;
    int usable;
    double error; /* how far the result is from it, in units of how far it is from the golden */
};

/* The mistakes that have explained other cases of the technique, by their keys: tried first. */
enum { LESSONS = 32 };
struct lessons {
    size_t count;
    char key[LESSONS][MATCH_TEXT];
};

struct search {
    struct diagnosing *d;
    struct lessons *lessons;
    struct change_list changes;
    size_t runs;
    struct run *run;
    double limit; /* of the work of this process, in the stage at hand */
};

/* Accidents, however many; then known forks, within so many units of work (work.h). `declared` is
 * the number of bits of the result's precision. */
void search_first_stage(struct search *search, double units, int declared);

/* Whether there is something left to explain. */
int search_goes_on(const struct search *search);

/* Other conventions and numbers, then two mistakes at once, within so many units of work. */
void search_later_stages(struct search *search, double units);

/* Where the outputs are wrong that nothing has explained. */
void search_places(struct search *search);

void search_free(struct search *search);

/* Whether the explanation says what was done, rather than a fitted number or a place. */
int explains_what(const struct explanation *e);
