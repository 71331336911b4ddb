// SPDX-License-Identifier: MIT
/* orders.h - measuring when told to, so that several programs can be timed in turn on the same
 * cores: rank 0 reads orders from stdin, one in a line, and prints an answer in a line to each.
 * While nothing is ordered all ranks sleep. */
#pragma once

#include "team.h"

struct order {
    char what[16];
    size_t count;
};

/* The next order, the same on every rank: a word and a whole number from 1 ("step 100"), or the
 * number alone, which is the word `word`. Returns 1, 0 at the end of stdin, or -1 after one
 * sentence. Collective. */
int orders_next(const struct team *team, const char *word, struct order *order);

/* Rank 0 answers with seconds. */
void orders_answer(const struct team *team, double seconds);

/* Rank 0 answers with `count` numbers, and ends the line if `ends`. */
void orders_answer_numbers(const struct team *team, const scalar *value, size_t count, bool ends);

/* Says that an order is not known here. Returns -1. */
int orders_refuse(const struct order *order, const char *known);
