// SPDX-License-Identifier: MIT
/* matrix_rows.h - a table of cases of optimizers that update a whole matrix: w (R,C), g (S,R,C). */
#pragma once

#include "optimizer_cases.h"

struct matrix_row {
    struct case_head head;
    size_t S, R, C;
    enum gradient_data data; /* RANDOM, TINY, FALLING or STEADY */
    struct {
        const char *name;
        double value;
    } number[9];
    struct {
        const char *name, *value;
    } choice[4];
    double rate; /* 0: 0.02 */
};

static inline struct assay_case *matrix_row_add(struct case_list *list,
                                                const struct matrix_row *row)
{
    static const double tiny[] = {1e-4, 1e-6, 1e-5};
    static const double pattern[] = {1, 0.5, 2, 0.25};
    struct assay_case *test = case_add(list, &row->head);
    size_t n = row->R * row->C;
    for (size_t i = 0; i < 9 && row->number[i].name; i++)
        case_number(test, row->number[i].name, row->number[i].value);
    for (size_t i = 0; i < 4 && row->choice[i].name; i++)
        case_choice(test, row->choice[i].name, row->choice[i].value);
    case_signed(test, "w", DIMS(row->R, row->C), 0.25, 2);
    case_signed(test, "g", DIMS(row->S, row->R, row->C), 0.25, 2);
    case_constant(test, "rate", DIMS(row->S), row->rate != 0 ? row->rate : 0.02);
    double *g = case_input(test, "g"), *rate = case_input(test, "rate");
    for (size_t i = 0; i < row->S * n; i++) {
        double s = (double)(i / n);
        double factor = row->data == TINY      ? tiny[i % 3]
                        : row->data == FALLING ? 1 / (1 + s * s)
                                               : 1;
        g[i] = row->data == STEADY && i >= n ? g[i - n] : (float)(g[i] * factor);
    }
    for (size_t s = 0; s < row->S; s++)
        rate[s] = (float)(rate[s] * pattern[s % 4]);
    return test;
}
