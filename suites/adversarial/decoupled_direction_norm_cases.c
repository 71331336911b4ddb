// SPDX-License-Identifier: MIT
#include "victim_cases.h"

/* What is 0 or NULL is not stated. */
static const struct row {
    struct case_head head;
    struct victim_setting victim;
    double steps, norm, gamma, rate, last, levels;
    const char *cap, *quantised, *anneal, *goal, *box;
} rows[] = {
    {{"untargeted", "trajectory", "ADV-05",
      "Five steps: norms shrink after a success and grow after a failure, rates anneal.", 0},
     {.N = 3, .D = 4, .H = 4, .K = 3, .block = 2, .activation = "tanh"},
     .steps = 5,
     .norm = 0.5,
     .gamma = 0.25},
    {{"targeted", "trajectory", "ADV-05", "Downhill, until the class is the target.", 0},
     {.N = 3, .D = 3, .H = 4, .K = 3, .block = 2, .activation = "tanh"},
     .steps = 4,
     .norm = 0.75,
     .gamma = 0.25,
     .goal = "target"},
    {{"defaults_of_norm", "trajectory", "ADV-05",
      "norm, gamma and the end of the rates are not stated.", 0},
     {.N = 2, .D = 3, .H = 4, .K = 3, .block = 1, .activation = "tanh"},
     .steps = 4},
    {{"slow_rates", "trajectory", "ADV-05", "Rates from 1/8 to 1/16.", 0},
     {.N = 2, .D = 3, .H = 4, .K = 3, .block = 1, .activation = "tanh"},
     .steps = 5,
     .norm = 0.5,
     .gamma = 0.125,
     .rate = 0.125,
     .last = 0.0625},
    {{"constant_rate", "trajectory", "ADV-05", "No annealing.", 0},
     {.N = 2, .D = 3, .H = 4, .K = 3, .block = 1, .activation = "tanh"},
     .steps = 4,
     .norm = 0.5,
     .gamma = 0.25,
     .rate = 0.25,
     .anneal = "none"},
    {{"quantised", "trajectory", "ADV-05", "Nine levels after every step.", 0},
     {.N = 3, .D = 3, .H = 4, .K = 3, .block = 2, .activation = "tanh"},
     .steps = 4,
     .norm = 0.625,
     .gamma = 0.25,
     .levels = 9,
     .quantised = "every"},
    {{"quantised_at_the_end", "trajectory", "ADV-05", "Six levels of the best alone.", 0},
     {.N = 2, .D = 3, .H = 4, .K = 3, .block = 1, .activation = "tanh"},
     .steps = 4,
     .norm = 0.75,
     .gamma = 0.125,
     .levels = 6,
     .quantised = "end"},
    {{"capped", "trajectory", "ADV-05",
      "A norm beyond the farthest corner is cut; uncut it would take long to come back.", 0},
     {.N = 2, .D = 3, .H = 4, .K = 3, .block = 1, .activation = "tanh"},
     .steps = 2,
     .norm = 4,
     .gamma = 0.25,
     .cap = "worst"},
    {{"uncapped", "trajectory", "ADV-05", "The same uncut: the box alone holds x.", 0},
     {.N = 2, .D = 3, .H = 4, .K = 3, .block = 1, .activation = "tanh"},
     .steps = 2,
     .norm = 4,
     .gamma = 0.25},
    {{"wrong_label", "trajectory", "ADV-05",
      "A label that is wrong at x: the change of 0 succeeds, and nothing is smaller.", 0},
     {.N = 3, .D = 3, .H = 4, .K = 3, .block = 2, .activation = "relu", .wrong = 1},
     .steps = 3,
     .norm = 0.5,
     .gamma = 0.25},
    {{"binary_normalised", "trajectory", "ADV-05", "One logit, and distances in raw units.", 0},
     {.N = 3,
      .D = 3,
      .H = 4,
      .K = 1,
      .block = 2,
      .activation = "tanh",
      .objective = "binary_cross_entropy",
      .normalised = 1},
     .steps = 4,
     .norm = 0.5,
     .gamma = 0.25},
    {{"no_box", "trajectory", "ADV-05", "Without a box the change has length e exactly.", 0},
     {.N = 2, .D = 3, .K = 3, .block = 1, .corner = 0.375},
     .steps = 3,
     .norm = 1.5,
     .gamma = 0.25,
     .box = "none"},
    {{"one_step", "trajectory", "ADV-05", "The only step judges x itself.", 0},
     {.N = 1, .D = 2, .K = 2},
     .steps = 1},
};

static const struct refusal refusals[] = {
    {"gamma_one", "one_step", NUMBER_SET, "gamma", 1, .why = "A norm of 0 after a success."},
    {"norm_zero", "one_step", NUMBER_SET, "norm", 0, .why = "No factor makes it larger."},
    {"rate_zero", "one_step", NUMBER_SET, "rate", 0, .why = "Nothing would move."},
    {"one_level", "one_step", NUMBER_SET, "levels", 1, .why = "0 / 0."},
    {"no_step", "one_step", NUMBER_SET, "steps", 0, .why = "Nothing is judged."},
};

void decoupled_direction_norm_cases(struct case_list *list)
{
    for (size_t i = 0; i < sizeof rows / sizeof *rows; i++) {
        const struct row *row = &rows[i];
        const char *const numbers[] = {"steps", "norm", "gamma", "rate", "last", "levels"};
        const double values[] = {row->steps, row->norm, row->gamma,
                                 row->rate,  row->last, row->levels};
        const char *const names[] = {"cap", "quantised", "anneal", "goal", "box"};
        const char *const choices[] = {row->cap, row->quantised, row->anneal, row->goal, row->box};
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
