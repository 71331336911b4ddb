// SPDX-License-Identifier: MIT
#include "cleaning.h"

enum which { NOT_MINORITY, MAJORITY, NOT_MAJORITY, ALL };

struct cleaning cleaning_read(struct question *q)
{
    static const char *const clean[] = {"not_minority", "majority", "not_majority", "all", NULL};
    struct cleaning is = {.classes = classes_count(q), .x = question_input(q, "x", "ND")};
    const enum which which = (enum which)question_choice(q, "clean", clean);
    is.D = question_size(q, 'D');
    is.cleans = arena_take(question_arena(q), is.classes.C, sizeof *is.cleans);
    for (size_t c = 0; c < is.classes.C; c++) {
        const bool is_largest = c == is.classes.largest;
        is.cleans[c] = which == ALL || (which == MAJORITY && is_largest) ||
                       (which == NOT_MAJORITY && !is_largest) ||
                       (which == NOT_MINORITY && c != is.classes.smallest);
    }
    return is;
}

void cleaning_store(struct question *q, const struct cleaning *is, const bool *removed)
{
    scalar *flag = question_output(q, "removed", "[N]");
    scalar *remaining = question_output(q, "remaining", "C");
    for (size_t i = 0; i < question_part(q, 'N'); i++)
        flag[i] = removed[question_first(q, 'N') + i] ? 1 : 0;
    for (size_t n = 0; n < is->classes.N; n++)
        remaining[is->classes.label[n]] += removed[n] ? 0 : 1;
}

size_t *cleaning_everybody(struct question *q, const struct cleaning *is)
{
    size_t *all = arena_take(question_arena(q), is->classes.N, sizeof *all);
    for (size_t n = 0; n < is->classes.N; n++)
        all[n] = n;
    return all;
}
