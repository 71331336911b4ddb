// SPDX-License-Identifier: MIT
#include "victim_cases.h"

/* What is 0 or NULL is not stated. */
static const struct row {
    struct case_head head;
    struct victim_setting victim;
    size_t T, S;
    double delta, epsilon, rate, beta1, beta2;
    const char *update, *estimate, *goal, *box;
    int normal; /* directions of a normal law, in place of signs */
} rows[] = {
    {{"adam", "trajectory", "", "Three directions a step, moments kept from step to step.", 0},
     {.N = 3,
      .D = 3,
      .H = 4,
      .K = 3,
      .block = 2,
      .activation = "tanh",
      .objective = "logit_margin"},
     .T = 3,
     .S = 3,
     .delta = 0.0625,
     .rate = 0.125},
    {{"plain", "trajectory", "", "The estimate itself.", 0},
     {.N = 3, .D = 3, .H = 4, .K = 3, .block = 2, .activation = "tanh"},
     .T = 3,
     .S = 2,
     .delta = 0.0625,
     .rate = 0.25,
     .update = "plain"},
    {{"sign", "trajectory", "", "Signs of the estimate.", 0},
     {.N = 3, .D = 3, .H = 4, .K = 3, .block = 2, .activation = "tanh"},
     .T = 3,
     .S = 3,
     .delta = 0.125,
     .rate = 0.0625,
     .update = "sign"},
    {{"normal_directions", "trajectory", "",
      "Directions that are not signs: multiplied and divided by is not the same.", 0},
     {.N = 3, .D = 3, .H = 4, .K = 3, .block = 2, .activation = "tanh"},
     .T = 2,
     .S = 3,
     .delta = 0.0625,
     .rate = 0.0625,
     .update = "plain",
     .normal = 1},
    {{"divided", "trajectory", "", "The same divided by.", 0},
     {.N = 3, .D = 3, .H = 4, .K = 3, .block = 2, .activation = "tanh"},
     .T = 2,
     .S = 3,
     .delta = 0.0625,
     .rate = 0.015625,
     .update = "plain",
     .estimate = "divided",
     .normal = 1},
    {{"narrow_cube", "trajectory", "", "A cube of 0.1 around x, met at every step.", 0},
     {.N = 2, .D = 3, .H = 4, .K = 3, .block = 1, .activation = "tanh"},
     .T = 3,
     .S = 2,
     .delta = 0.0625,
     .epsilon = 0.1,
     .rate = 0.0625},
    {{"at_the_border", "trajectory", "",
      "The box cuts x, but not the places where the model is asked.", 0},
     {.N = 2, .D = 3, .H = 4, .K = 3, .block = 1, .activation = "tanh", .corner = 0.375},
     .T = 3,
     .S = 2,
     .delta = 0.25,
     .rate = 0.125},
    {{"targeted", "trajectory", "", "Down the loss of a target, without a box.", 0},
     {.N = 2, .D = 3, .H = 4, .K = 3, .block = 1, .activation = "tanh"},
     .T = 3,
     .S = 2,
     .delta = 0.0625,
     .rate = 0.125,
     .goal = "target",
     .box = "none"},
    {{"other_moments", "trajectory", "", "Betas and all other numbers of their own.", 0},
     {.N = 2, .D = 3, .H = 4, .K = 3, .block = 1, .activation = "relu"},
     .T = 3,
     .S = 2,
     .delta = 0.03125,
     .epsilon = 0.5,
     .rate = 0.125,
     .beta1 = 0.5,
     .beta2 = 0.75},
    {{"binary", "trajectory", "", "One logit, raw units.", 0},
     {.N = 3,
      .D = 3,
      .H = 4,
      .K = 1,
      .block = 2,
      .activation = "tanh",
      .objective = "binary_cross_entropy",
      .normalised = 1},
     .T = 2,
     .S = 2,
     .delta = 0.0625,
     .rate = 0.125},
    {{"one_direction", "trajectory", "", "The smallest.", 0},
     {.N = 1, .D = 2, .K = 2},
     .T = 1,
     .S = 1,
     .delta = 0.125},
};

static const struct refusal refusals[] = {
    {"delta_zero", "one_direction", NUMBER_SET, "delta", 0, .why = "0 / 0."},
    {"epsilon_zero", "one_direction", NUMBER_SET, "epsilon", 0, .why = "Nothing may move."},
    {"beta_one", "one_direction", NUMBER_SET, "beta1", 1, .why = "0 / 0 in the correction."},
    {"no_direction", "one_direction", INPUT_SHORTER, "directions", .element = 1,
     .why = "An estimate of nothing."},
    {"directions_missing", "one_direction", INPUT_GONE, "directions", .why = "Where to?"},
};

void simultaneous_perturbation_attack_cases(struct case_list *list)
{
    for (size_t i = 0; i < sizeof rows / sizeof *rows; i++) {
        const struct row *row = &rows[i];
        const char *const numbers[] = {"delta", "epsilon", "rate", "beta1", "beta2"};
        const double values[] = {row->delta, row->epsilon, row->rate, row->beta1, row->beta2};
        const char *const names[] = {"update", "estimate", "goal", "box"};
        const char *const choices[] = {row->update, row->estimate, row->goal, row->box};
        struct dims directions = DIMS(row->T, row->S, row->victim.N, row->victim.D);
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
        case_signed(test, "directions", directions, row->normal ? 0.5 : 1, row->normal ? 1.5 : 1);
    }
    case_refusals(list, refusals, sizeof refusals / sizeof *refusals);
}
