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

/* Cases of impossible times, copies of the case called `like` but for one thing; then the rows of
 * the technique's own. */
static inline void schedule_refusals(struct case_list *list, const char *like,
                                     const struct refusal *row, size_t rows)
{
    const struct refusal shared[] = {
        {"steps_missing", like, NUMBER_GONE, "steps", .why = "A schedule of unknown length."},
        {"steps_0", like, NUMBER_SET, "steps", 0, .why = "A schedule without a step."},
        {"steps_fractional", like, NUMBER_SET, "steps", 7.5, .why = "Half a step."},
        {"first_negative", like, NUMBER_SET, "first", -1, .why = "A step before the first."},
        {"no_steps_per_epoch", like, NUMBER_SET, "steps_per_epoch", 0,
         .why = "Epochs that never end: the time would be divided by 0."},
        {"counted_from_unknown", like, CHOICE_SET, "counted_from", .choice = "two",
         .why = "A convention that nobody has."},
    };
    case_refusals(list, shared, sizeof shared / sizeof *shared);
    case_refusals(list, row, rows);
}
