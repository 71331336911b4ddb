// SPDX-License-Identifier: MIT
/* score_cases.h - cases of losses of scores, and requests that all of them must refuse. */
#pragma once

#include "../case_builder.h"

enum { SCORE_STATED = 5 };

/* N real (0: none) and M generated samples of K scores, uniform within `size` of `level` for the
 * real ones and of -level for the others; multiples of `step` unless that is 0. */
struct score_row {
    struct case_head head;
    size_t N, M, K, block;
    const char *choice[SCORE_STATED][2];
    struct {
        const char *name;
        double value;
    } number[SCORE_STATED];
    double size, level, step, dloss; /* dloss 0: not stated */
};

void score_add(struct case_list *list, const struct score_row *row, size_t rows);

/* Requests like the case `like`, which has scores of both. */
void score_refusals(struct case_list *list, const char *like);
