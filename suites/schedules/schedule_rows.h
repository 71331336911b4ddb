// SPDX-License-Identifier: MIT
/* schedule_rows.h - a table of cases of schedules: a row is its numbers and its conventions. */
#pragma once

#include "../case_builder.h"

struct schedule_row {
    struct case_head head;
    struct {
        const char *name;
        double value;
    } number[10];
    struct {
        const char *name, *value;
    } choice[4];
};

/* Adds the case of one row. */
static inline struct assay_case *schedule_row_add(struct case_list *list,
                                                  const struct schedule_row *row)
{
    struct assay_case *test = case_add(list, &row->head);
    for (size_t i = 0; i < 10 && row->number[i].name; i++)
        case_number(test, row->number[i].name, row->number[i].value);
    for (size_t i = 0; i < 4 && row->choice[i].name; i++)
        case_choice(test, row->choice[i].name, row->choice[i].value);
    return test;
}
