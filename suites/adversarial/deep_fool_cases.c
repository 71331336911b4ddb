// SPDX-License-Identifier: MIT
#include "victim_cases.h"

static const struct row {
    struct case_head head;
    struct victim_setting victim;
    double steps, overshoot, offset, classes;
    const char *norm, *value, *own, *overshoots, *box;
} rows[] = {
    {{"authors", "trajectory", "ADV-05",
      "The overshoot multiplies the whole way at every step, and decides when to stop.", 0},
     {.N = 3, .D = 4, .H = 4, .K = 3, .block = 2, .activation = "tanh"},
     .steps = 4},
    {{"linear", "trajectory", "ADV-05",
      "A linear model is fooled in one step, by (1 + overshoot) |f| / |w|.", 0},
     {.N = 3, .D = 4, .K = 3, .block = 2},
     .steps = 3,
     .overshoot = 0.125},
    {{"l_infinity", "trajectory", "ADV-05", "Signs of slopes, and the sum of their sizes.", 3},
     {.N = 3, .D = 4, .H = 4, .K = 3, .block = 2, .activation = "tanh"},
     .steps = 4,
     .norm = "l_infinity"},
    {{"paper", "trajectory", "ADV-05", "Overshoot at the end alone.", 8},
     {.N = 3, .D = 4, .H = 4, .K = 3, .block = 2, .activation = "tanh"},
     .steps = 3,
     .overshoot = 0.0625,
     .overshoots = "end"},
    {{"per_step", "trajectory", "ADV-05", "Overshoot of every step by itself.", 0},
     {.N = 3, .D = 4, .H = 4, .K = 3, .block = 2, .activation = "tanh"},
     .steps = 4,
     .overshoot = 0.0625,
     .overshoots = "step"},
    {{"already_wrong", "trajectory", "ADV-05",
      "Two labels that the model misses: these samples come back as they are, after 0 steps.", 0},
     {.N = 4, .D = 4, .H = 4, .K = 3, .block = 2, .activation = "tanh", .wrong = 2},
     .steps = 4,
     .own = "label"},
    {{"two_of_four_classes", "trajectory", "ADV-05",
      "Only the second largest class is a candidate, though another one is nearer.", 2},
     {.N = 6, .D = 4, .K = 4, .block = 4, .corner = 0.125},
     .steps = 3,
     .classes = 2},
    {{"three_of_five_classes", "trajectory", "ADV-05",
      "Candidates are chosen once, at x, and not by the order of their names.", 1},
     {.N = 4, .D = 4, .H = 5, .K = 5, .block = 4, .activation = "sigmoid", .strength = 2},
     .steps = 4,
     .classes = 3},
    {{"offset", "trajectory", "ADV-05", "A little more than the distance at each step.", 0},
     {.N = 3, .D = 4, .H = 5, .K = 3, .block = 2, .activation = "tanh"},
     .steps = 4,
     .offset = 0.03125},
    {{"probabilities", "trajectory", "ADV-05",
      "Slopes of the softmax: the nearest plane of probabilities is elsewhere.", 0},
     {.N = 3, .D = 4, .H = 4, .K = 3, .block = 2, .activation = "tanh"},
     .steps = 4,
     .value = "probabilities"},
    {{"relu", "trajectory", "ADV-05", "A model of planes.", 0},
     {.N = 3, .D = 4, .H = 4, .K = 3, .block = 2, .activation = "relu"},
     .steps = 4},
    {{"box_in_the_way", "trajectory", "ADV-05",
      "Corners next to the border of the box: the shortest way is cut off.", 0},
     {.N = 3, .D = 4, .H = 4, .K = 3, .block = 2, .activation = "tanh", .corner = 0.375},
     .steps = 4,
     .norm = "l1"},
    {{"no_box", "trajectory", "ADV-05", "The same without a box.", 0},
     {.N = 3, .D = 4, .H = 4, .K = 3, .block = 2, .activation = "tanh", .corner = 0.375},
     .steps = 4,
     .norm = "l1",
     .box = "none"},
    {{"normalised", "trajectory", "ADV-05",
      "Mean and deviation belong to the model: the distance is in raw units.", 2},
     {.N = 4, .D = 4, .H = 4, .K = 3, .block = 2, .activation = "tanh", .normalised = 1},
     .steps = 4},
    {{"one_step", "trajectory", "ADV-05", "The smallest.", 0},
     {.N = 1, .D = 2, .K = 2},
     .steps = 1,
     .own = "label"},
};

static const struct refusal refusals[] = {
    {"overshoot_negative", "one_step", NUMBER_SET, "overshoot", -0.5,
     .why = "It would stop before the boundary."},
    {"no_step", "one_step", NUMBER_SET, "steps", 0, .why = "No iterate at all."},
    {"one_class", "one_step", NUMBER_SET, "classes", 1, .why = "The own class is no candidate."},
    {"too_many_classes", "one_step", NUMBER_SET, "classes", 3, .why = "Of two."},
    {"label_beyond", "one_step", ELEMENT_SET, "labels", 2, .why = "Of classes 0 and 1."},
    {"outside_of_the_box", "one_step", ELEMENT_SET, "x", 1.5, .why = "x is in no box of 0 to 1."},
};

void deep_fool_cases(struct case_list *list)
{
    for (size_t i = 0; i < sizeof rows / sizeof *rows; i++) {
        const struct row *row = &rows[i];
        const char *const numbers[] = {"steps", "overshoot", "offset", "classes"};
        const double values[] = {row->steps, row->overshoot, row->offset, row->classes};
        const char *const names[] = {"norm", "value", "own", "overshoots", "box"};
        const char *const choices[] = {row->norm, row->value, row->own, row->overshoots, row->box};
        struct assay_case *test = case_add(list, &row->head);
        for (size_t k = 0; k < 4; k++)
            if (values[k] != 0)
                case_number(test, numbers[k], values[k]);
        for (size_t k = 0; k < 5; k++)
            if (choices[k])
                case_choice(test, names[k], choices[k]);
        victim_fill(test, &row->victim);
    }
    case_refusals(list, refusals, sizeof refusals / sizeof *refusals);
}
