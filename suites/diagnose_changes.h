// SPDX-License-Identifier: MIT
/* diagnose_changes.h - the mistakes that are made by computing something else: known forks, other
 * values of a convention, other numbers; one or two at once. */
#pragma once

#include "diagnose_match.h"

/* One way to answer something else than is asked. */
struct change {
    int fork;                     /* with code of its own; -1 if not */
    int numerical;                /* that loses digits, so it must be computed as the result was */
    struct request_choice choice; /* name "" if the conventions stay */
    struct request_number number; /* name "" if the numbers stay */
    int number_gone;              /* that number is not stated */
    struct mistake mistake;
};

struct change_list {
    size_t count, room;
    struct change *change;
};

/* The forks of the technique that apply, without twins. */
void changes_of_forks(struct change_list *list, const struct assay_case *test);

/* Every other value of every convention that the cases of the technique know, and every number
 * missing, exchanged, or at a common default; but what is in the list already. */
void changes_of_request(struct change_list *list, const struct assay_case *test);

/* Answers the case with a change, or with two (`second` may be NULL). Returns 0; the caller frees
 * the answer in all cases. 1 when the two cannot be made at once. */
int change_answer(struct answer *answer, const struct assay_case *test, const struct change *first,
                  const struct change *second, int bits);

/* How the two are told at once. */
void change_tell_both(struct mistake *mistake, const struct change *first,
                      const struct change *second);

void change_list_free(struct change_list *list);
