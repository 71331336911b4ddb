// SPDX-License-Identifier: MIT
#include "victim_cases.h"

static const struct row {
    struct case_head head;
    struct victim_setting victim;
    double remove, epsilon;
    const char *sensitivity, *scope, *fill, *ties, *goal, *reduction;
    int equal; /* a linear model in whole numbers, two features of equal sensitivity */
} rows[] = {
    {{"mean_gradient", "bounded", "ADV-19",
      "The two features with the largest mean |gradient| go, for all samples alike.", 0},
     {.N = 7, .D = 5, .H = 4, .K = 3, .block = 2, .activation = "tanh"},
     .remove = 2,
     .epsilon = 0.25},
    {{"squared", "bounded", "ADV-19", "Mean squares order features in another way.", 2},
     {.N = 6, .D = 5, .H = 4, .K = 3, .block = 4, .activation = "tanh"},
     .remove = 2,
     .sensitivity = "squared"},
    {{"loss_rise", "bounded", "ADV-19",
      "How much one step in one feature raises the loss, cut by the box.", 0},
     {.N = 6, .D = 4, .H = 4, .K = 3, .block = 4, .activation = "tanh", .corner = 0.375},
     .remove = 1,
     .epsilon = 0.25,
     .sensitivity = "loss_rise"},
    {{"per_sample", "bounded", "ADV-19", "Each sample loses features of its own.", 0},
     {.N = 5, .D = 5, .H = 4, .K = 3, .block = 2, .activation = "tanh"},
     .remove = 2,
     .epsilon = 0.25,
     .scope = "sample"},
    {{"loss_rise_per_sample", "bounded", "ADV-19", "The same by losses.", 0},
     {.N = 4, .D = 4, .H = 4, .K = 2, .block = 1, .activation = "sigmoid", .strength = 3},
     .remove = 2,
     .epsilon = 0.25,
     .scope = "sample",
     .sensitivity = "loss_rise"},
    {{"filled_by_mean", "bounded", "ADV-19 DST-02",
      "Means over the samples of all ranks in place of what is removed.", 0},
     {.N = 7, .D = 4, .H = 4, .K = 3, .block = 2, .activation = "tanh"},
     .remove = 3,
     .epsilon = 0.25,
     .fill = "mean"},
    {{"filled_by_middle", "bounded", "ADV-19", "The middle of the box says nothing.", 0},
     {.N = 5, .D = 4, .H = 4, .K = 3, .block = 2, .activation = "relu"},
     .remove = 2,
     .fill = "middle"},
    {{"binary", "bounded", "ADV-19", "One logit.", 0},
     {.N = 6,
      .D = 4,
      .H = 4,
      .K = 1,
      .block = 4,
      .activation = "tanh",
      .objective = "binary_cross_entropy"},
     .remove = 1,
     .epsilon = 0.25},
    {{"wrong_labels", "bounded", "ADV-19",
      "Losses of the predictions, accuracies of the labels, two of which are wrong.", 0},
     {.N = 6, .D = 4, .H = 4, .K = 3, .block = 4, .activation = "tanh", .wrong = 2},
     .remove = 2,
     .epsilon = 0.25,
     .goal = "predicted"},
    {{"mean_loss_normalised", "bounded", "ADV-19",
      "Gradients of the mean loss in raw units: N times smaller, the same choice.", 0},
     {.N = 5, .D = 4, .H = 4, .K = 3, .block = 2, .activation = "tanh", .normalised = 1},
     .remove = 2,
     .reduction = "mean"},
    {{"nothing_removed", "bounded", "ADV-19", "All are kept.", 0},
     {.N = 3, .D = 3, .K = 3, .block = 2},
     .remove = 0},
    {{"equal_first", "exact", "ADV-19",
      "Labelled: two features are equally sensitive, and the first of them goes.", 0},
     {.N = 2, .D = 4, .K = 2, .block = 1, .objective = "logit_margin"},
     .remove = 1,
     .ties = "first",
     .equal = 1},
    {{"equal_last", "exact", "ADV-19", "Labelled: the last of them goes.", 0},
     {.N = 2, .D = 4, .K = 2, .block = 1, .objective = "logit_margin"},
     .remove = 1,
     .ties = "last",
     .equal = 1},
};

static const struct refusal refusals[] = {
    {"too_many", "equal_first", NUMBER_SET, "remove", 5, .why = "There are four features."},
    {"epsilon_negative", "equal_first", NUMBER_SET, "epsilon", -1,
     .why = "An attack that lowers the loss is none."},
    {"labels_missing", "equal_first", INPUT_GONE, "labels", .why = "No accuracy without labels."},
    {"fill_unknown", "equal_first", CHOICE_SET, "fill", 0, "noise", .why = "Not a fill."},
};

/* w1 and x in multiples of 1/4 and 1/8; features 1 and 2 have margins' slopes of 3 and -3. */
static void make_equal(struct assay_case *test)
{
    static const double w[] = {1, -1, 2, -1, -1.5, 1.5, 0.5, 1},
                        x[] = {0.875, 0.75, 0.25, 0.5, 0.125, 0.25, 0.75, 0.25};
    for (size_t i = 0; i < 8; i++) {
        case_input(test, "w1")[i] = w[i];
        case_input(test, "x")[i] = x[i];
    }
    case_input(test, "b1")[0] = -0.5;
    case_input(test, "b1")[1] = 0.25;
}

void feature_sensitivity_masking_cases(struct case_list *list)
{
    for (size_t i = 0; i < sizeof rows / sizeof *rows; i++) {
        const struct row *row = &rows[i];
        const char *const names[] = {"sensitivity", "scope", "fill", "ties", "goal", "reduction"};
        const char *const choices[] = {row->sensitivity, row->scope, row->fill,
                                       row->ties,        row->goal,  row->reduction};
        struct assay_case *test = case_add(list, &row->head);
        case_number(test, "remove", row->remove);
        if (row->epsilon != 0)
            case_number(test, "epsilon", row->epsilon);
        for (size_t k = 0; k < sizeof choices / sizeof *choices; k++)
            if (choices[k])
                case_choice(test, names[k], choices[k]);
        victim_fill(test, &row->victim);
        if (row->equal)
            make_equal(test);
    }
    case_refusals(list, refusals, sizeof refusals / sizeof *refusals);
}
