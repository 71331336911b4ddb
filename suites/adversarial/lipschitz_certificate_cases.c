// SPDX-License-Identifier: MIT
#include "../activations/elementwise_cases.h"
#include "victim_cases.h"

static const struct row {
    struct case_head head;
    struct victim_setting is;
    const char *settings;
    size_t start; /* length of the start of the power iteration; 0: none */
} rows[] = {
    {{"ordinary", "bounded", "ADV-13", "Five steps of power iteration for each of two layers.", 0},
     {.N = 5, .D = 3, .H = 4, .K = 3, .block = 2},
     "epsilon=0.0625 steps=5",
     4},
    {{"difference", "bounded", "ADV-13",
      "The two columns of the last layer that compete: larger radii.", 0},
     {.N = 5, .D = 3, .H = 4, .K = 3, .block = 2},
     "epsilon=0.09375 steps=5 pair=difference",
     4},
    {{"one_step", "bounded", "ADV-13",
      "One step: an estimate below the norm, from a longer start than any layer needs.", 0},
     {.N = 4, .D = 2, .H = 3, .K = 2, .block = 1, .activation = "tanh"},
     "epsilon=0.125 steps=1",
     6},
    {{"frobenius", "bounded", "ADV-13", "The root of all squares: smaller radii.", 0},
     {.N = 4, .D = 3, .H = 4, .K = 3, .block = 1, .activation = "tanh"},
     "epsilon=0.03125 norm=frobenius",
     0},
    {{"maximum", "bounded", "ADV-13", "Radii in the maximum norm: two logits move.", 0},
     {.N = 4, .D = 3, .H = 4, .K = 3, .block = 1, .activation = "tanh"},
     "epsilon=0.015625 norm=maximum",
     0},
    {{"maximum_difference", "bounded", "ADV-13",
      "The same with the columns that compete, by their absolute sum.", 0},
     {.N = 4, .D = 2, .H = 3, .K = 3, .block = 3, .wrong = 1},
     "epsilon=0.03125 norm=maximum pair=difference",
     0},
    {{"sigmoid", "bounded", "ADV-13", "Sigmoids, whose slope is at most 1/4.", 0},
     {.N = 4, .D = 2, .H = 3, .K = 3, .block = 1, .activation = "sigmoid"},
     "epsilon=0.125 steps=3",
     3},
    {{"linear", "bounded", "ADV-13",
      "A linear model with the columns that compete: the exact distance from the boundary.", 0},
     {.N = 4, .D = 3, .H = 0, .K = 3, .block = 1},
     "epsilon=0.25 steps=4 pair=difference",
     3},
    {{"normalised", "bounded", "ADV-13",
      "A model that normalises: its smallest deviation belongs to the constant.", 0},
     {.N = 4, .D = 3, .H = 3, .K = 2, .block = 1, .activation = "tanh", .normalised = 1},
     "epsilon=0.03125 steps=3",
     3},
    {{"wrong_labels", "bounded", "ADV-13",
      "Wrong labels have negative margins and are never certified.", 0},
     {.N = 7, .D = 2, .H = 3, .K = 3, .block = 2, .wrong = 3},
     "epsilon=0 steps=4",
     3},
    {{"frobenius_difference", "bounded", "ADV-13",
      "The other norm in front of the columns that compete.", 0},
     {.N = 3, .D = 2, .H = 3, .K = 4, .block = 1, .activation = "sigmoid"},
     "epsilon=0.125 norm=frobenius pair=difference",
     0},
};

static const struct refusal refusals[] = {
    {"radius_negative", "one_step", NUMBER_SET, "epsilon", -1, NULL, 0, "No radius is negative."},
    {"no_steps", "one_step", NUMBER_SET, "steps", 0, NULL, 0, "No estimate of the norm."},
    {"steps_missing", "one_step", NUMBER_GONE, "steps", 0, NULL, 0, "How many?"},
    {"start_missing", "one_step", INPUT_GONE, "start", 0, NULL, 0, "Starts are inputs."},
    {"start_short", "sigmoid", INPUT_SHORTER, "start", 0, NULL, 0, "A layer is wider."},
    {"label_too_large", "one_step", ELEMENT_SET, "labels", 2, NULL, 0, "There is no such class."},
    {"unknown_norm", "one_step", CHOICE_SET, "norm", 0, "nuclear", 0, "Not defined here."},
};

void lipschitz_certificate_cases(struct case_list *list)
{
    for (size_t i = 0; i < sizeof rows / sizeof *rows; i++) {
        const struct row *row = &rows[i];
        struct assay_case *test = case_add(list, &row->head);
        victim_fill(test, &row->is);
        elementwise_settings(test, row->settings);
        if (row->start > 0)
            case_signed(test, "start", DIMS(row->start), 0.5, 2);
        case_signed(test, "dradius", DIMS(row->is.N), 0.5, 2);
    }
    case_refusals(list, refusals, sizeof refusals / sizeof *refusals);
}
