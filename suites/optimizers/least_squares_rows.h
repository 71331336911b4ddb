// SPDX-License-Identifier: MIT
/* least_squares_rows.h - a table of cases of optimizers that minimise a least-squares loss. */
#pragma once

#include "optimizer_cases.h"

struct least_squares_row {
    struct case_head head;
    size_t S, N, P;
    struct {
        const char *name;
        double value;
    } number[8];
    struct {
        const char *name, *value;
    } choice[4];
    double rate; /* 0: 0.1 */
    int whole;   /* whole numbers, for exact cases */
};

static inline struct assay_case *least_squares_row_add(struct case_list *list,
                                                       const struct least_squares_row *row)
{
    static const double pattern[] = {1, 0.5, 2, 0.25};
    struct assay_case *test = case_add(list, &row->head);
    for (size_t i = 0; i < 8 && row->number[i].name; i++)
        case_number(test, row->number[i].name, row->number[i].value);
    for (size_t i = 0; i < 4 && row->choice[i].name; i++)
        case_choice(test, row->choice[i].name, row->choice[i].value);
    if (row->whole) {
        case_dyadic(test, "x", DIMS(row->N, row->P), -2, 2, 1);
        case_dyadic(test, "y", DIMS(row->N), -4, 4, 1);
        case_dyadic(test, "w", DIMS(row->P), -2, 2, 1);
    } else {
        case_signed(test, "x", DIMS(row->N, row->P), 0.25, 1.5);
        case_signed(test, "y", DIMS(row->N), 0.5, 3);
        case_signed(test, "w", DIMS(row->P), 0.25, 2);
    }
    case_constant(test, "rate", DIMS(row->S), row->rate != 0 ? row->rate : 0.1);
    double *rate = case_input(test, "rate");
    for (size_t s = 0; s < row->S && !row->whole; s++)
        rate[s] = (float)(rate[s] * pattern[s % 4]);
    return test;
}
