// SPDX-License-Identifier: MIT
#include "cleaning.h"

struct cleaning cleaning_read(struct call *call)
{
    static const char *const clean[] = {"not_minority", "majority", "not_majority", "all", NULL};
    struct cleaning is = {.classes = classes_read(call), .points = points_read(call)};
    int which = call_choice(call, "clean", clean);
    is.cleans = call_scratch_integers(call, is.classes.C);
    for (int c = 0; c < (int)is.classes.C; c++) {
        const int answers[] = {c != is.classes.smallest, c == is.classes.largest,
                               c != is.classes.largest, 1};
        is.cleans[c] = answers[which];
    }
    return is;
}

void cleaning_report(struct call *call, const struct cleaning *is, const int *removed)
{
    real *flag = call_output_integers(call, "removed", "N");
    real *remaining = call_output_integers(call, "remaining", "C");
    for (size_t n = 0; n < is->points.N; n++) {
        flag[n] = removed[n] ? 1 : 0;
        remaining[is->classes.label[n]] += removed[n] ? 0 : 1;
    }
}
