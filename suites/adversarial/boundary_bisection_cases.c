// SPDX-License-Identifier: MIT
#include "victim_cases.h"

/* What is 0 or NULL is not stated. Starts are the samples after the next, that many times. */
static const struct row {
    struct case_head head;
    struct victim_setting victim;
    double steps;
    const char *way, *begin, *goal, *box;
    size_t shift;
} rows[] = {
    {{"straight", "trajectory", "ADV-05",
      "Six halvings between two samples: both sides of the boundary.", 0},
     {.N = 5, .D = 4, .H = 4, .K = 3, .block = 2, .activation = "tanh"},
     .steps = 6,
     .shift = 1},
    {{"shrinking", "trajectory", "ADV-05", "A cube around x shrinks: features leave it in turn.",
      0},
     {.N = 5, .D = 4, .H = 4, .K = 3, .block = 2, .activation = "tanh"},
     .steps = 6,
     .way = "shrinking",
     .shift = 1},
    {{"from_zero", "trajectory", "ADV-05", "x is tried first; one label is wrong.", 0},
     {.N = 4, .D = 4, .H = 4, .K = 3, .block = 2, .activation = "tanh", .wrong = 1},
     .steps = 6,
     .begin = "zero",
     .shift = 1},
    {{"shrinking_from_zero", "trajectory", "ADV-05", "The same in a cube.", 0},
     {.N = 4, .D = 4, .H = 4, .K = 3, .block = 2, .activation = "tanh", .wrong = 1},
     .steps = 5,
     .way = "shrinking",
     .begin = "zero",
     .shift = 1},
    {{"targeted", "trajectory", "ADV-05",
      "The start's class is the target; a third class may lie between.", 0},
     {.N = 6, .D = 4, .H = 4, .K = 3, .block = 4, .activation = "tanh"},
     .steps = 5,
     .goal = "target",
     .shift = 1},
    {{"same_class", "trajectory", "ADV-05",
      "Starts of the own class: nothing succeeds, and upper stays 1.", 0},
     {.N = 6, .D = 3, .H = 4, .K = 3, .block = 4, .activation = "relu"},
     .steps = 4,
     .shift = 3},
    {{"no_box", "trajectory", "ADV-05", "Without a box.", 0},
     {.N = 3, .D = 3, .H = 4, .K = 3, .block = 2, .activation = "sigmoid", .strength = 3},
     .steps = 5,
     .box = "none",
     .shift = 1},
    {{"binary_normalised", "trajectory", "ADV-05", "One logit, distances in raw units.", 0},
     {.N = 3,
      .D = 3,
      .H = 4,
      .K = 1,
      .block = 2,
      .activation = "tanh",
      .objective = "binary_cross_entropy",
      .normalised = 1},
     .steps = 5,
     .shift = 1},
    {{"many_samples", "trajectory", "ADV-05 DST-01", "13 samples in blocks of 2.", 0},
     {.N = 13, .D = 2, .K = 2, .block = 2},
     .steps = 4,
     .shift = 1},
    {{"two_samples", "trajectory", "ADV-05", "A linear model, each sample the start of the other.",
      0},
     {.N = 2, .D = 2, .K = 2, .block = 1},
     .steps = 3,
     .shift = 1},
};

static const struct refusal refusals[] = {
    {"start_outside", "two_samples", ELEMENT_SET, "start", 1.5, .element = 3,
     .why = "A start that no input can be."},
    {"start_missing", "two_samples", INPUT_GONE, "start", .why = "No way without an end."},
    {"start_narrow", "two_samples", INPUT_SHORTER, "start", .element = 1,
     .why = "A feature without an end."},
    {"no_step", "two_samples", NUMBER_SET, "steps", 0, .why = "Nothing is tried."},
    {"way_unknown", "two_samples", CHOICE_SET, "way", 0, "curved", .why = "Not a way."},
};

void boundary_bisection_cases(struct case_list *list)
{
    for (size_t i = 0; i < sizeof rows / sizeof *rows; i++) {
        const struct row *row = &rows[i];
        const char *const names[] = {"way", "begin", "goal", "box"};
        const char *const choices[] = {row->way, row->begin, row->goal, row->box};
        size_t N = row->victim.N, D = row->victim.D;
        struct assay_case *test = case_add(list, &row->head);
        case_number(test, "steps", row->steps);
        for (size_t k = 0; k < sizeof choices / sizeof *choices; k++)
            if (choices[k])
                case_choice(test, names[k], choices[k]);
        victim_fill(test, &row->victim);
        if (row->goal)
            victim_targets(test, "target", &row->victim, 1);
        case_constant(test, "start", DIMS(N, D), 0);
        for (size_t k = 0; k < N * D; k++)
            case_input(test, "start")[k] = case_input(test, "x")[(k + row->shift * D) % (N * D)];
    }
    case_refusals(list, refusals, sizeof refusals / sizeof *refusals);
}
