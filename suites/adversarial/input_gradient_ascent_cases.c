// SPDX-License-Identifier: MIT
#include "victim_cases.h"

/* What is 0 or NULL is not stated. */
static const struct row {
    struct case_head head;
    struct victim_setting victim;
    double steps, rate, penalty, confidence;
    const char *direction, *goal, *reduction, *box;
} rows[] = {
    {{"raw", "trajectory", "ADV-05",
      "Steps of the gradient's own length; samples stop one by one when they have crossed.", 0},
     {.N = 3, .D = 3, .H = 3, .K = 3, .block = 2, .activation = "tanh"},
     .steps = 5,
     .rate = 0.5},
    {{"unit", "trajectory", "ADV-05",
      "Steps of length 0.15: the distance can be counted, unless the way bends.", 0},
     {.N = 3, .D = 3, .H = 3, .K = 3, .block = 2, .activation = "tanh"},
     .steps = 5,
     .rate = 0.15,
     .direction = "unit"},
    {{"largest", "trajectory", "ADV-05", "One feature moves by the rate, the others by less.", 0},
     {.N = 3, .D = 3, .H = 3, .K = 3, .block = 2, .activation = "tanh"},
     .steps = 5,
     .rate = 0.125,
     .direction = "largest"},
    {{"confident_error", "trajectory", "ADV-05 ADV-01",
      "On beyond the boundary, until the wrong class has a probability of 0.7.", 0},
     {.N = 3, .D = 3, .H = 3, .K = 3, .block = 2, .activation = "tanh"},
     .steps = 5,
     .rate = 0.3,
     .confidence = 0.7,
     .direction = "unit"},
    {{"penalty", "trajectory", "ADV-05", "A pull back to x: smaller changes, more steps.", 0},
     {.N = 3, .D = 3, .H = 3, .K = 3, .block = 2, .activation = "tanh"},
     .steps = 5,
     .rate = 0.5,
     .penalty = 0.25},
    {{"targeted", "trajectory", "ADV-05", "Downhill to a class, with a pull.", 0},
     {.N = 3, .D = 3, .H = 3, .K = 3, .block = 2, .activation = "tanh"},
     .steps = 5,
     .rate = 0.25,
     .penalty = 0.125,
     .direction = "unit",
     .goal = "target"},
    {{"already_across", "trajectory", "ADV-05", "Two wrong labels: no step, no distance, no path.",
      0},
     {.N = 4, .D = 3, .H = 3, .K = 3, .block = 2, .activation = "relu", .wrong = 2},
     .steps = 3,
     .rate = 0.5},
    {{"from_prediction", "trajectory", "ADV-05",
      "Away from the class it has; raw steps of the mean loss are four times smaller.", 0},
     {.N = 4, .D = 3, .H = 3, .K = 3, .block = 2, .activation = "tanh", .wrong = 2},
     .steps = 3,
     .rate = 1.5,
     .goal = "predicted",
     .reduction = "mean"},
    {{"binary", "trajectory", "ADV-05", "One logit, and its own probability.", 0},
     {.N = 3,
      .D = 3,
      .H = 3,
      .K = 1,
      .block = 2,
      .activation = "tanh",
      .objective = "binary_cross_entropy"},
     .steps = 4,
     .rate = 0.25,
     .confidence = 0.6,
     .direction = "unit"},
    {{"margin_at_the_border", "trajectory", "ADV-05",
      "The margin's slope, and features that the box stops: the path is shorter than its steps.",
      0},
     {.N = 3,
      .D = 3,
      .H = 3,
      .K = 3,
      .block = 2,
      .activation = "tanh",
      .corner = 0.375,
      .objective = "logit_margin"},
     .steps = 4,
     .rate = 0.375,
     .confidence = 0.625},
    {{"no_box_normalised", "trajectory", "ADV-05", "Raw units, no box.", 0},
     {.N = 2, .D = 3, .H = 3, .K = 3, .block = 1, .activation = "tanh", .normalised = 1},
     .steps = 4,
     .rate = 0.25,
     .direction = "unit",
     .box = "none"},
    {{"one_step", "trajectory", "ADV-05", "One step of a linear model.", 0},
     {.N = 1, .D = 2, .K = 2},
     .steps = 1,
     .rate = 0.25},
};

static const struct refusal refusals[] = {
    {"rate_zero", "one_step", NUMBER_SET, "rate", 0, .why = "Nothing would move."},
    {"penalty_negative", "one_step", NUMBER_SET, "penalty", -1, .why = "It would drive x away."},
    {"certainty", "one_step", NUMBER_SET, "confidence", 1, .why = "No probability reaches 1."},
    {"no_step", "one_step", NUMBER_SET, "steps", 0, .why = "Nothing to be done."},
    {"label_beyond", "one_step", ELEMENT_SET, "labels", 2, .why = "Of two classes."},
};

void input_gradient_ascent_cases(struct case_list *list)
{
    for (size_t i = 0; i < sizeof rows / sizeof *rows; i++) {
        const struct row *row = &rows[i];
        const char *const numbers[] = {"steps", "rate", "penalty", "confidence"};
        const double values[] = {row->steps, row->rate, row->penalty, row->confidence};
        const char *const names[] = {"direction", "goal", "reduction", "box"};
        const char *const choices[] = {row->direction, row->goal, row->reduction, row->box};
        struct assay_case *test = case_add(list, &row->head);
        for (size_t k = 0; k < sizeof values / sizeof *values; k++)
            if (values[k] != 0)
                case_number(test, numbers[k], values[k]);
        for (size_t k = 0; k < sizeof choices / sizeof *choices; k++)
            if (choices[k])
                case_choice(test, names[k], choices[k]);
        victim_fill(test, &row->victim);
        if (row->goal && row->goal[0] == 't')
            victim_targets(test, "target", &row->victim, 1);
    }
    case_refusals(list, refusals, sizeof refusals / sizeof *refusals);
}
