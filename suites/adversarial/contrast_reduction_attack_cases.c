// SPDX-License-Identifier: MIT
#include "victim_cases.h"

/* What is 0 or NULL is not stated. */
static const struct row {
    struct case_head head;
    struct victim_setting victim;
    double steps, middle, epsilon, low, high;
    const char *search, *begin, *goal;
    int grey; /* the first sample is the middle itself */
} rows[] = {
    {{"bisection", "trajectory", "ADV-05",
      "Six halvings from x itself; the far side of the boundary is the answer.", 0},
     {.N = 5, .D = 4, .H = 4, .K = 3, .block = 2, .activation = "tanh"},
     .steps = 6,
     .middle = 0.75},
    {{"linear", "trajectory", "ADV-05", "Eighths of the way, the first that succeeds.", 0},
     {.N = 5, .D = 4, .H = 4, .K = 3, .block = 2, .activation = "tanh"},
     .steps = 8,
     .middle = 0.75,
     .search = "linear"},
    {{"budget", "bounded", "ADV-05", "As far as a length of 0.3 goes.", 0},
     {.N = 5, .D = 4, .H = 4, .K = 3, .block = 2, .activation = "tanh"},
     .middle = 0.75,
     .epsilon = 0.3,
     .search = "budget"},
    {{"budget_left_over", "bounded", "ADV-05", "More than the way is long: it ends at grey.", 0},
     {.N = 3, .D = 4, .H = 4, .K = 3, .block = 2, .activation = "relu"},
     .middle = 0.25,
     .epsilon = 8,
     .search = "budget"},
    {{"from_half", "trajectory", "ADV-05", "Six halvings from the middle of the way.", 0},
     {.N = 4, .D = 4, .H = 4, .K = 3, .block = 2, .activation = "tanh"},
     .steps = 6,
     .middle = 0.75,
     .begin = "half"},
    {{"wide_interval", "trajectory", "ADV-05",
      "An interval from -1/4 to 2: its ends must not change places.", 0},
     {.N = 4, .D = 4, .H = 4, .K = 2, .block = 2, .activation = "tanh"},
     .steps = 5,
     .middle = 0.125,
     .low = -0.25,
     .high = 2},
    {{"targeted", "trajectory", "ADV-05",
      "Grey must be of the target's class: for some samples it is not.", 0},
     {.N = 6, .D = 4, .H = 4, .K = 3, .block = 4, .activation = "tanh"},
     .steps = 5,
     .middle = 0.75,
     .goal = "target"},
    {{"wrong_labels", "trajectory", "ADV-05", "Wrong at x: a blend of 0, found at once.", 0},
     {.N = 4, .D = 4, .H = 4, .K = 3, .block = 2, .activation = "tanh", .wrong = 2},
     .steps = 5,
     .middle = 0.75},
    {{"grey_already", "bounded", "ADV-05",
      "Labelled: a sample that is the grey itself has no way to go; 0 / 0 must not spread.", 0},
     {.N = 3, .D = 4, .H = 4, .K = 3, .block = 2, .activation = "tanh"},
     .middle = 0.75,
     .epsilon = 0.25,
     .search = "budget",
     .grey = 1},
    {{"grey_at_end", "trajectory", "ADV-05", "middle = 1: everything becomes white.", 0},
     {.N = 4, .D = 3, .K = 2, .block = 2},
     .steps = 5,
     .middle = 1,
     .search = "linear"},
    {{"one_step", "trajectory", "ADV-05", "One try of x itself.", 0},
     {.N = 1, .D = 2, .K = 2},
     .steps = 1,
     .middle = 0.875},
};

static const struct refusal refusals[] = {
    {"middle_outside", "one_step", NUMBER_SET, "middle", 1.5,
     .why = "Grey outside of its interval."},
    {"epsilon_negative", "one_step", NUMBER_SET, "epsilon", -1, .why = "More contrast, not less."},
    {"no_step", "one_step", NUMBER_SET, "steps", 0, .why = "Nothing is tried."},
    {"ends_swapped", "one_step", NUMBER_SET, "low", 2, .why = "The lower end above the upper."},
    {"label_beyond", "one_step", ELEMENT_SET, "labels", 2, .why = "Of two classes."},
};

void contrast_reduction_attack_cases(struct case_list *list)
{
    for (size_t i = 0; i < sizeof rows / sizeof *rows; i++) {
        const struct row *row = &rows[i];
        const char *const numbers[] = {"steps", "middle", "epsilon", "low", "high"};
        const double values[] = {row->steps, row->middle, row->epsilon, row->low, row->high};
        const char *const names[] = {"search", "begin", "goal"};
        const char *const choices[] = {row->search, row->begin, row->goal};
        struct assay_case *test = case_add(list, &row->head);
        for (size_t k = 0; k < sizeof values / sizeof *values; k++)
            if (values[k] != 0)
                case_number(test, numbers[k], values[k]);
        for (size_t k = 0; k < sizeof choices / sizeof *choices; k++)
            if (choices[k])
                case_choice(test, names[k], choices[k]);
        victim_fill(test, &row->victim);
        if (row->goal)
            victim_targets(test, "target", &row->victim, 1);
        for (size_t d = 0; d < row->victim.D && row->grey; d++)
            case_input(test, "x")[d] = row->middle;
    }
    case_refusals(list, refusals, sizeof refusals / sizeof *refusals);
}
