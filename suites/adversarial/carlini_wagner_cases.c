// SPDX-License-Identifier: MIT
#include "victim_cases.h"

/* What is 0 or NULL is not stated. */
static const struct row {
    struct case_head head;
    struct victim_setting victim;
    double steps, searches, constant, rate;
    double kappa, growth, beta1, beta2, epsilon, smooth, every, low, high;
    const char *goal, *anchor, *abort, *last, *epsilon_place;
    int first_wrong; /* the first label is of another class */
    double shift;    /* of all logits, by the last biases */
} rows[] = {
    {{"untargeted", "trajectory", "ADV-04",
      "Two searches: what succeeded with one constant is tried with half of it.", 0},
     {.N = 3, .D = 3, .H = 4, .K = 3, .block = 1, .activation = "tanh"},
     .steps = 4,
     .searches = 2,
     .constant = 1,
     .rate = 0.25},
    {{"targeted", "trajectory", "ADV-04", "A class is given: the roles of the logits change.", 2},
     {.N = 2, .D = 2, .H = 3, .K = 3, .block = 1, .activation = "tanh"},
     .steps = 3,
     .searches = 2,
     .constant = 2,
     .rate = 0.375,
     .goal = "target"},
    {{"confidence", "trajectory", "ADV-04",
      "kappa: the hinge rests only when the other class leads by it, and only then is it a "
      "success.",
      0},
     {.N = 2, .D = 2, .H = 3, .K = 3, .block = 1, .activation = "tanh"},
     .steps = 4,
     .searches = 1,
     .constant = 1,
     .rate = 0.375,
     .kappa = 0.25},
    {{"all_logits_negative", "trajectory", "ADV-04",
      "All logits below 0: the largest other one must not become 0 by a mask.", 0},
     {.N = 2, .D = 2, .H = 3, .K = 3, .block = 1, .activation = "tanh"},
     .steps = 4,
     .searches = 1,
     .constant = 1,
     .rate = 0.25,
     .shift = -8},
    {{"constants_grow", "trajectory", "ADV-04",
      "Small constants fail, and each sample's own grows until it is bounded.", 1},
     {.N = 2, .D = 2, .H = 3, .K = 3, .block = 1, .activation = "tanh"},
     .steps = 3,
     .searches = 4,
     .constant = 0.25,
     .rate = 0.25,
     .growth = 6},
    {{"last_upper", "trajectory", "ADV-04", "The last search uses a constant known to work.", 1},
     {.N = 2, .D = 2, .H = 3, .K = 2, .block = 1, .activation = "tanh"},
     .steps = 3,
     .searches = 3,
     .constant = 1,
     .rate = 0.5,
     .last = "upper"},
    {{"distance_to_input", "trajectory", "ADV-04",
      "The distance is from x itself, though the variable starts a quarter towards the middle.", 0},
     {.N = 2, .D = 2, .H = 3, .K = 3, .block = 1, .activation = "tanh"},
     .steps = 3,
     .searches = 1,
     .constant = 1,
     .rate = 0.25,
     .smooth = 0.75,
     .anchor = "input"},
    {{"aborted", "trajectory", "ADV-04 DST-02",
      "The objectives of all samples together stop falling, and everybody stops; the first sample "
      "has a wrong label, succeeds at once and rests.",
      0},
     {.N = 5, .D = 2, .H = 3, .K = 2, .block = 1, .activation = "tanh"},
     .steps = 4,
     .searches = 1,
     .constant = 1,
     .rate = 0.75,
     .abort = "batch",
     .every = 1,
     .first_wrong = 1},
    {{"checked_every_second", "trajectory", "ADV-04",
      "The check looks at every second step alone, so that one more is judged.", 0},
     {.N = 2, .D = 2, .H = 3, .K = 2, .block = 1, .activation = "tanh"},
     .steps = 5,
     .searches = 1,
     .constant = 1,
     .rate = 0.75,
     .abort = "batch",
     .every = 2},
    {{"raw_epsilon", "trajectory", "ADV-04", "A large epsilon, added to the root of raw moments.",
      0},
     {.N = 2, .D = 2, .H = 3, .K = 3, .block = 1, .activation = "tanh"},
     .steps = 4,
     .searches = 1,
     .constant = 1,
     .rate = 0.25,
     .epsilon = 0.0625,
     .epsilon_place = "raw"},
    {{"other_moments", "trajectory", "ADV-04",
      "Betas and epsilon of their own; the distance is from where the variable starts.", 0},
     {.N = 2, .D = 2, .H = 3, .K = 3, .block = 1, .activation = "tanh"},
     .steps = 4,
     .searches = 1,
     .constant = 1,
     .rate = 0.25,
     .epsilon = 0.0625,
     .smooth = 0.75,
     .beta1 = 0.5,
     .beta2 = 0.75},
    {{"wide_box", "trajectory", "ADV-04", "A box from -1/2 to 2: middle and half are not 1/2.", 0},
     {.N = 2, .D = 2, .H = 3, .K = 3, .block = 1, .activation = "sigmoid", .strength = 3},
     .steps = 3,
     .searches = 1,
     .constant = 1,
     .rate = 0.125,
     .low = -0.5,
     .high = 2},
    {{"linear_normalised", "trajectory", "ADV-04",
      "Raw units, no hidden layer, and away from the prediction, not from a wrong label.", 0},
     {.N = 2, .D = 3, .K = 3, .block = 1, .normalised = 1, .wrong = 1},
     .steps = 3,
     .searches = 1,
     .constant = 1,
     .rate = 0.25,
     .goal = "predicted"},
    {{"one_step", "trajectory", "ADV-04",
      "One step judges the start alone: no success, and x comes back.", 0},
     {.N = 1, .D = 2, .K = 2},
     .steps = 1,
     .searches = 1},
};

static const struct refusal refusals[] = {
    {"kappa_negative", "one_step", NUMBER_SET, "kappa", -1,
     .why = "What succeeds would still be of its class."},
    {"constant_zero", "one_step", NUMBER_SET, "constant", 0, .why = "0 stays 0 however it grows."},
    {"growth_one", "one_step", NUMBER_SET, "growth", 1, .why = "The constant would not grow."},
    {"beta_one", "one_step", NUMBER_SET, "beta2", 1, .why = "0 / 0 in the first correction."},
    {"box_none", "one_step", CHOICE_SET, "box", 0, "none", .why = "tanh needs a range."},
};

void carlini_wagner_cases(struct case_list *list)
{
    for (size_t i = 0; i < sizeof rows / sizeof *rows; i++) {
        const struct row *row = &rows[i];
        const char *const numbers[] = {"steps",  "searches", "constant", "rate",    "kappa",
                                       "growth", "beta1",    "beta2",    "epsilon", "smooth",
                                       "every",  "low",      "high"};
        const double values[] = {row->steps,   row->searches, row->constant, row->rate,
                                 row->kappa,   row->growth,   row->beta1,    row->beta2,
                                 row->epsilon, row->smooth,   row->every,    row->low,
                                 row->high};
        const char *const names[] = {"goal", "anchor", "abort", "last", "epsilon_place"};
        const char *const choices[] = {row->goal, row->anchor, row->abort, row->last,
                                       row->epsilon_place};
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
        if (row->first_wrong)
            case_input(test, "labels")[0] = 1;
        for (size_t k = 0; row->shift != 0 && k < row->victim.K; k++)
            case_input(test, "b2")[k] = (float)(case_input(test, "b2")[k] + row->shift);
    }
    case_refusals(list, refusals, sizeof refusals / sizeof *refusals);
}
