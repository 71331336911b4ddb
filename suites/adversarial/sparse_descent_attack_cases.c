// SPDX-License-Identifier: MIT
#include "victim_cases.h"

/* What is 0 or NULL is not stated. */
static const struct row {
    struct case_head head;
    struct victim_setting victim;
    double steps, features, rate, epsilon;
    const char *ball, *outward, *goal, *box;
} rows[] = {
    {{"two_features", "trajectory", "", "Two features a step share the rate, in the ball.", 0},
     {.N = 3, .D = 5, .H = 4, .K = 3, .block = 2, .activation = "tanh"},
     .steps = 4,
     .features = 2,
     .rate = 0.375,
     .epsilon = 0.75},
    {{"one_feature", "trajectory", "", "The steepest feature alone.", 0},
     {.N = 3, .D = 4, .H = 4, .K = 3, .block = 2, .activation = "tanh"},
     .steps = 3,
     .rate = 0.25,
     .epsilon = 0.5},
    {{"rescaled", "trajectory", "", "Scaled into the ball: no feature comes back to 0.", 0},
     {.N = 3, .D = 5, .H = 4, .K = 3, .block = 2, .activation = "tanh"},
     .steps = 4,
     .features = 2,
     .rate = 0.375,
     .epsilon = 0.75,
     .ball = "rescaled"},
    {{"wide_ball", "trajectory", "", "A ball that is never met, without a box.", 0},
     {.N = 2, .D = 4, .H = 4, .K = 3, .block = 1, .activation = "tanh"},
     .steps = 3,
     .features = 3,
     .rate = 0.75,
     .box = "none"},
    {{"outward_dropped", "trajectory", "", "Features at the end of the box are not chosen again.",
      0},
     {.N = 3, .D = 4, .H = 4, .K = 3, .block = 2, .activation = "tanh", .corner = 0.375},
     .steps = 4,
     .features = 2,
     .rate = 1.5,
     .epsilon = 2.5,
     .outward = "dropped"},
    {{"outward_kept", "trajectory", "", "The same: they are, and nothing comes of it.", 0},
     {.N = 3, .D = 4, .H = 4, .K = 3, .block = 2, .activation = "tanh", .corner = 0.375},
     .steps = 4,
     .features = 2,
     .rate = 1.5,
     .epsilon = 2.5},
    {{"targeted", "trajectory", "", "Down the loss of a target.", 0},
     {.N = 3, .D = 4, .H = 4, .K = 3, .block = 2, .activation = "relu"},
     .steps = 3,
     .features = 2,
     .rate = 0.375,
     .epsilon = 0.625,
     .goal = "target"},
    {{"margin_normalised", "trajectory", "", "The margin's slope in raw units.", 0},
     {.N = 2,
      .D = 4,
      .H = 4,
      .K = 3,
      .block = 1,
      .activation = "tanh",
      .objective = "logit_margin",
      .normalised = 1},
     .steps = 3,
     .features = 2,
     .rate = 0.25,
     .epsilon = 0.375},
    {{"all_features", "trajectory", "", "One step of a linear model, all features.", 0},
     {.N = 1, .D = 2, .K = 2},
     .steps = 1,
     .features = 2,
     .rate = 0.25,
     .epsilon = 0.125},
};

static const struct refusal refusals[] = {
    {"too_many_features", "all_features", NUMBER_SET, "features", 3, .why = "Of two."},
    {"rate_zero", "all_features", NUMBER_SET, "rate", 0, .why = "Nothing would move."},
    {"epsilon_zero", "all_features", NUMBER_SET, "epsilon", 0, .why = "Nothing may move."},
    {"no_step", "all_features", NUMBER_SET, "steps", 0, .why = "Nothing to be done."},
    {"ball_unknown", "all_features", CHOICE_SET, "ball", 0, "cube", .why = "Not a ball in L1."},
};

void sparse_descent_attack_cases(struct case_list *list)
{
    for (size_t i = 0; i < sizeof rows / sizeof *rows; i++) {
        const struct row *row = &rows[i];
        const char *const numbers[] = {"steps", "features", "rate", "epsilon"};
        const double values[] = {row->steps, row->features, row->rate, row->epsilon};
        const char *const names[] = {"ball", "outward", "goal", "box"};
        const char *const choices[] = {row->ball, row->outward, row->goal, row->box};
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
    }
    case_refusals(list, refusals, sizeof refusals / sizeof *refusals);
}
