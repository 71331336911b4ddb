// SPDX-License-Identifier: MIT
#include "../case_builder.h"

enum { MOST = 12 };

static const struct row {
    struct case_head head;
    size_t C;
    int weights[MOST], memory[MOST], finishing[MOST];
    double copies;
    const char *fallback;
} rows[] = {
    /* clang-format off */
    {{"ladder", "exact", "OPT-21 OPT-22",
      "From more than enough memory down to none: Adam, momentum, gradient descent, nothing.", 0},
     7, {100, 100, 100, 100, 100, 100, 100}, {1000, 401, 399, 301, 299, 201, 199}, {0}, 0, 0},
    {{"just_enough", "exact", "OPT-21 OPT-22",
      "Exactly four, three and two floats a weight: they fit.", 0},
     3, {57, 57, 57}, {228, 171, 114}, {0}, 0, 0},
    {{"finishing", "exact", "OPT-22",
      "The last bit is wanted: momentum though there is memory for Adam.", 0},
     4, {100, 100, 100, 100}, {1000, 350, 250, 150}, {1, 1, 1, 1}, 0, 0},
    {{"mixed", "exact", "OPT-22", "Tasks of all kinds, more than there are ranks.", 0},
     11, {10, 20, 30, 40, 50, 60, 70, 80, 90, 100, 110}, {41, 79, 89, 160, 151, 300, 139, 1000, 270,
      199, 1}, {0, 0, 0, 1, 0, 1, 0, 1, 1, 0, 0}, 0, 0},
    {{"plain", "exact", "OPT-22", "Where memory is short, no states at all: momentum is skipped.",
      0},
     5, {100, 100, 100, 100, 100}, {400, 399, 300, 200, 199}, {0, 0, 0, 0, 0}, 0, "plain"},
    {{"plain_finishing", "exact", "OPT-22",
      "The same where the last bit is wanted: momentum is what was asked for.", 0},
     5, {100, 100, 100, 100, 100}, {400, 399, 300, 299, 199}, {1, 1, 0, 1, 1}, 0, "plain"},
    {{"no_gradients_kept", "exact", "OPT-21 OPT-22",
      "One copy: gradients are used up as they come.", 0},
     5, {100, 100, 100, 100, 100}, {300, 299, 200, 100, 99}, {0}, 1, 0},
    {{"three_copies", "exact", "OPT-21 OPT-22", "Three copies, as mixed precision keeps them.", 0},
     4, {64, 64, 64, 64}, {320, 319, 255, 191}, {0}, 3, 0},
    {{"large", "exact", "OPT-21 OPT-22", "A million weights: products beyond what 20 bits hold.",
      0},
     4, {1000000, 1000000, 1000000, 1048576}, {4000000, 3999999, 2999999, 4194303}, {0}, 0, 0},
    {{"one_task", "exact", "OPT-22", "One task: fewer than ranks.", 0}, 1, {1}, {3}, {0}, 0, 0},
    /* clang-format on */
};

void optimizer_selection_cases(struct case_list *list)
{
    static const struct refusal refusals[] = {
        {"no_weights", "ladder", ELEMENT_SET, "weights", 0, NULL, 2, "Nothing to optimise."},
        {"negative_memory", "ladder", ELEMENT_SET, "memory", -1, NULL, 0, "Less than no memory."},
        {"half_finishing", "finishing", ELEMENT_SET, "finishing", 2, NULL, 1,
         "Neither yes nor no."},
        {"no_copies", "ladder", NUMBER_SET, "copies", 0, NULL, 0, "Weights that are nowhere."},
        {"unknown_fallback", "ladder", CHOICE_SET, "fallback", 0, "sideways", 0,
         "A convention that does not exist."},
        {"short_memory", "ladder", INPUT_SHORTER, "memory", 0, NULL, 0, "A task without memory."},
    };
    for (size_t i = 0; i < sizeof rows / sizeof *rows; i++) {
        const struct row *row = &rows[i];
        struct assay_case *test = case_add(list, &row->head);
        case_integers(test, "weights", DIMS(row->C), row->weights);
        case_integers(test, "memory", DIMS(row->C), row->memory);
        case_integers(test, "finishing", DIMS(row->C), row->finishing);
        if (row->copies != 0)
            case_number(test, "copies", row->copies);
        if (row->fallback)
            case_choice(test, "fallback", row->fallback);
    }
    case_refusals(list, refusals, sizeof refusals / sizeof *refusals);
}
