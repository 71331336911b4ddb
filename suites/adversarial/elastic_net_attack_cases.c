// SPDX-License-Identifier: MIT
#include "victim_cases.h"

/* What is 0 or NULL is not stated; c is uniform between strength and twice it. */
static const struct row {
    struct case_head head;
    struct victim_setting victim;
    double steps, strength, rate, beta, kappa;
    const char *descent, *rule, *momentum, *threshold, *decay, *goal, *box;
} rows[] = {
    {{"fista", "trajectory", "ADV-04",
      "Slopes at y, successes at x: both are kept, and features below beta do not move.", 0},
     {.N = 2, .D = 4, .H = 3, .K = 3, .block = 1, .activation = "tanh"},
     .steps = 4,
     .strength = 1,
     .rate = 0.25,
     .beta = 0.0625},
    {{"ista", "trajectory", "ADV-04", "The same without inertia.", 0},
     {.N = 2, .D = 4, .H = 3, .K = 3, .block = 1, .activation = "tanh"},
     .steps = 4,
     .strength = 1,
     .rate = 0.25,
     .beta = 0.0625,
     .descent = "ista"},
    {{"momentum_from_one", "trajectory", "ADV-04", "Inertia of 1/4 at once.", 0},
     {.N = 2, .D = 3, .H = 3, .K = 3, .block = 1, .activation = "tanh"},
     .steps = 4,
     .strength = 1,
     .rate = 0.1875,
     .beta = 0.03125,
     .momentum = "from_one"},
    {{"by_l1", "trajectory", "ADV-04",
      "The sum of changes decides which success is kept, not their squares.", 0},
     {.N = 3, .D = 3, .H = 3, .K = 3, .block = 1, .activation = "tanh"},
     .steps = 5,
     .strength = 1,
     .rate = 0.5,
     .beta = 0.0625,
     .rule = "l1"},
    {{"large_beta", "trajectory", "ADV-04",
      "Under the elastic net a large beta counts changes more than squares.", 2},
     {.N = 2, .D = 3, .H = 3, .K = 3, .block = 1, .activation = "tanh"},
     .steps = 5,
     .strength = 4,
     .rate = 0.25,
     .beta = 0.25},
    {{"proximal", "trajectory", "ADV-04", "A threshold that shrinks with the rate.", 0},
     {.N = 2, .D = 3, .H = 3, .K = 3, .block = 1, .activation = "tanh"},
     .steps = 4,
     .strength = 1,
     .rate = 0.25,
     .beta = 0.25,
     .threshold = "rate_beta"},
    {{"constant_rate", "trajectory", "ADV-04", "No decay of the rate.", 0},
     {.N = 2, .D = 3, .H = 3, .K = 3, .block = 1, .activation = "tanh"},
     .steps = 3,
     .strength = 1,
     .rate = 0.25,
     .beta = 0.0625,
     .decay = "none"},
    {{"targeted", "trajectory", "ADV-04", "Towards a class.", 0},
     {.N = 2, .D = 3, .H = 3, .K = 3, .block = 1, .activation = "tanh"},
     .steps = 4,
     .strength = 1,
     .rate = 0.25,
     .beta = 0.03125,
     .goal = "target"},
    {{"confidence", "trajectory", "ADV-04", "A success must lead by kappa.", 1},
     {.N = 2, .D = 3, .H = 3, .K = 3, .block = 1, .activation = "tanh"},
     .steps = 5,
     .strength = 2,
     .rate = 0.375,
     .beta = 0.03125,
     .kappa = 0.25},
    {{"at_the_border", "trajectory", "ADV-04",
      "Corners next to the border: x is cut after shrinking, y may lie outside.", 5},
     {.N = 2, .D = 3, .H = 3, .K = 3, .block = 1, .activation = "tanh", .corner = 0.375},
     .steps = 4,
     .strength = 4,
     .rate = 0.5,
     .beta = 0.03125},
    {{"no_box", "trajectory", "ADV-04", "The same without a box, and ReLU.", 0},
     {.N = 2, .D = 3, .H = 3, .K = 3, .block = 1, .activation = "relu", .corner = 0.375},
     .steps = 4,
     .strength = 4,
     .rate = 0.5,
     .beta = 0.03125,
     .box = "none"},
    {{"one_step", "trajectory", "ADV-04", "One step, too short: x comes back.", 0},
     {.N = 1, .D = 2, .K = 2},
     .steps = 1,
     .strength = 0.125,
     .rate = 0.125},
};

static const struct refusal refusals[] = {
    {"beta_negative", "one_step", NUMBER_SET, "beta", -1, .why = "Changes would be rewarded."},
    {"rate_zero", "one_step", NUMBER_SET, "rate", 0, .why = "Nothing would move."},
    {"kappa_negative", "one_step", NUMBER_SET, "kappa", -1, .why = "A success of the own class."},
    {"c_negative", "one_step", ELEMENT_SET, "c", -1, .why = "The attack would be a help."},
};

void elastic_net_attack_cases(struct case_list *list)
{
    for (size_t i = 0; i < sizeof rows / sizeof *rows; i++) {
        const struct row *row = &rows[i];
        const char *const numbers[] = {"steps", "rate", "beta", "kappa"};
        const double values[] = {row->steps, row->rate, row->beta, row->kappa};
        const char *const names[] = {"descent", "rule", "momentum", "threshold",
                                     "decay",   "goal", "box"};
        const char *const choices[] = {row->descent, row->rule, row->momentum, row->threshold,
                                       row->decay,   row->goal, row->box};
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
        case_uniform(test, "c", DIMS(row->victim.N), row->strength, 2 * row->strength);
    }
    case_refusals(list, refusals, sizeof refusals / sizeof *refusals);
}
