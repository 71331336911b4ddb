// SPDX-License-Identifier: MIT
#include "victim_cases.h"

/* What is 0 or NULL is not stated. */
static const struct row {
    struct case_head head;
    struct victim_setting victim;
    double theta, gamma;
    const char *features, *value, *used, *map;
    int target; /* so many classes behind the label */
} rows[] = {
    {{"pairs_up", "trajectory", "",
      "Pairs of features rise to the border: that pair whose slopes have the largest product.", 0},
     {.N = 3, .D = 6, .H = 4, .K = 3, .block = 2, .activation = "tanh"},
     .theta = 0.375,
     .target = 1},
    {{"pairs_down", "trajectory", "", "Pairs fall: the signs of both slopes turn.", 0},
     {.N = 3, .D = 6, .H = 4, .K = 3, .block = 2, .activation = "tanh"},
     .theta = -0.375,
     .target = 1},
    {{"single_up", "trajectory", "", "One feature at a time, by the paper's own map.", 0},
     {.N = 3, .D = 5, .H = 4, .K = 3, .block = 2, .activation = "tanh"},
     .theta = 0.375,
     .features = "single",
     .target = 2},
    {{"single_down", "trajectory", "", "One feature down.", 0},
     {.N = 2, .D = 5, .H = 4, .K = 3, .block = 1, .activation = "tanh"},
     .theta = -0.25,
     .features = "single",
     .target = 1},
    {{"until_saturated", "trajectory", "",
      "Features are changed again until they are at the border.", 0},
     {.N = 2, .D = 6, .H = 4, .K = 3, .block = 1, .activation = "tanh"},
     .theta = 0.125,
     .used = "until_saturated",
     .target = 1},
    {{"single_until_saturated", "trajectory", "", "The same for one feature.", 0},
     {.N = 2, .D = 5, .H = 4, .K = 3, .block = 1, .activation = "tanh"},
     .theta = 0.1875,
     .features = "single",
     .used = "until_saturated",
     .target = 1},
    {{"probabilities", "trajectory", "", "Slopes of probabilities order pairs in another way.", 0},
     {.N = 3, .D = 6, .H = 4, .K = 3, .block = 2, .activation = "tanh"},
     .theta = 0.375,
     .value = "probabilities",
     .target = 1},
    {{"target_alone", "trajectory", "",
      "The target's slope alone orders pairs, and also those that lower others too little.", 0},
     {.N = 3, .D = 6, .H = 4, .K = 3, .block = 2, .activation = "tanh"},
     .theta = 0.25,
     .used = "until_saturated",
     .map = "target",
     .target = 1},
    {{"target_alone_down", "trajectory", "", "The same downwards, one feature at a time.", 0},
     {.N = 2, .D = 5, .H = 4, .K = 3, .block = 1, .activation = "tanh"},
     .theta = -0.25,
     .features = "single",
     .map = "target",
     .target = 1},
    {{"two_fifths", "trajectory", "", "A budget of two features in five: one pair.", 0},
     {.N = 2, .D = 5, .H = 4, .K = 3, .block = 1, .activation = "tanh"},
     .theta = 0.25,
     .gamma = 0.5,
     .target = 1},
    {{"full_theta", "trajectory", "", "theta of 1 is not stated: straight to the border.", 0},
     {.N = 2, .D = 6, .H = 4, .K = 3, .block = 1, .activation = "sigmoid", .strength = 3},
     .target = 1},
    {{"target_is_class", "trajectory", "", "Already there: nothing is done.", 0},
     {.N = 2, .D = 4, .H = 4, .K = 3, .block = 1, .activation = "relu"},
     .theta = 0.25,
     .target = 3},
    {{"normalised", "trajectory", "", "Slopes in raw units: deviations order them anew.", 0},
     {.N = 3, .D = 6, .H = 4, .K = 2, .block = 2, .activation = "tanh", .normalised = 1},
     .theta = 0.375,
     .target = 1},
    {{"two_features", "trajectory", "", "The only pair.", 0},
     {.N = 1, .D = 2, .K = 2},
     .theta = 0.5,
     .target = 1},
};

static const struct refusal refusals[] = {
    {"theta_zero", "two_features", NUMBER_SET, "theta", 0, .why = "No feature would change."},
    {"gamma_above_one", "two_features", NUMBER_SET, "gamma", 1.5, .why = "More than all features."},
    {"no_budget", "two_features", NUMBER_SET, "gamma", 0.25, .why = "Half a feature is no pair."},
    {"target_beyond", "two_features", ELEMENT_SET, "target", 2, .why = "Of two classes."},
    {"target_missing", "two_features", INPUT_GONE, "target", .why = "Towards which class?"},
    {"box_none", "two_features", CHOICE_SET, "box", 0, "none", .why = "Features end at a box."},
};

void jacobian_saliency_attack_cases(struct case_list *list)
{
    for (size_t i = 0; i < sizeof rows / sizeof *rows; i++) {
        const struct row *row = &rows[i];
        const char *const names[] = {"features", "value", "used", "map"};
        const char *const choices[] = {row->features, row->value, row->used, row->map};
        struct assay_case *test = case_add(list, &row->head);
        if (row->theta != 0)
            case_number(test, "theta", row->theta);
        if (row->gamma != 0)
            case_number(test, "gamma", row->gamma);
        for (size_t k = 0; k < sizeof choices / sizeof *choices; k++)
            if (choices[k])
                case_choice(test, names[k], choices[k]);
        victim_fill(test, &row->victim);
        victim_targets(test, "target", &row->victim, row->target);
    }
    case_refusals(list, refusals, sizeof refusals / sizeof *refusals);
}
