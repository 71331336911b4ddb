// SPDX-License-Identifier: MIT
#include "../activations/elementwise_cases.h"
#include "victim_cases.h"

static const struct row {
    struct case_head head;
    struct victim_setting is;
    size_t S, M;
    const char *settings;
} rows[] = {
    {{"ordinary", "bounded", "ADV-14 ADV-13",
      "Five inputs, 24 noisy copies each; some votes go to other classes.", 0},
     {.N = 5, .D = 3, .H = 4, .K = 3, .block = 2},
     5,
     24,
     "sigma=0.25 alpha=0.0625"},
    {{"much_noise", "bounded", "ADV-14",
      "Noise as large as the box: votes scatter and certificates fail.", 0},
     {.N = 4, .D = 3, .H = 4, .K = 3, .block = 1},
     5,
     20,
     "sigma=1 alpha=0.0625"},
    {{"little_noise", "bounded", "ADV-14",
      "All votes agree: p_lower is alpha^(1/M), and the radius has a ceiling.", 0},
     {.N = 3, .D = 2, .H = 4, .K = 2, .block = 1, .activation = "tanh"},
     3,
     30,
     "sigma=0.03125"},
    {{"two_bounds", "bounded", "ADV-14", "Four classes with two bounds.", 0},
     {.N = 3, .D = 2, .H = 4, .K = 4, .block = 1},
     4,
     36,
     "sigma=0.25 alpha=0.125 form=two"},
    {{"hoeffding", "bounded", "ADV-14", "Hoeffding's bound of the same kind of votes.", 0},
     {.N = 3, .D = 2, .H = 3, .K = 2, .block = 1, .activation = "sigmoid"},
     4,
     40,
     "sigma=0.25 alpha=0.0625 bound=hoeffding"},
    {{"linear", "bounded", "ADV-14",
      "A linear model, whose true radius is the distance from its boundary.", 0},
     {.N = 4, .D = 3, .H = 0, .K = 2, .block = 3},
     3,
     20,
     "sigma=0.5 alpha=0.0625"},
    {{"one_logit", "bounded", "ADV-14", "A model of one logit votes for two classes.", 0},
     {.N = 3, .D = 2, .H = 3, .K = 1, .block = 1, .objective = "binary_cross_entropy"},
     4,
     24,
     "sigma=0.375 alpha=0.0625"},
    {{"wrong_selection", "bounded", "ADV-14",
      "One draw selects, and may select another class than the many that follow.", 0},
     {.N = 6, .D = 2, .H = 4, .K = 2, .block = 4},
     1,
     16,
     "sigma=0.75 alpha=0.125"},
};

static const struct refusal refusals[] = {
    {"no_noise", "little_noise", NUMBER_SET, "sigma", 0, NULL, 0,
     "The same input again and again."},
    {"alpha_zero", "two_bounds", NUMBER_SET, "alpha", 0, NULL, 0,
     "No certificate from votes is certain."},
    {"noise_missing", "little_noise", INPUT_GONE, "noise", 0, NULL, 0, "Nothing to vote with."},
    {"noise_of_fewer_inputs", "little_noise", INPUT_SHORTER, "noise", 0, NULL, 1,
     "An input has no noise."},
    {"selection_missing", "little_noise", INPUT_GONE, "selection_noise", 0, NULL, 0,
     "The class has to be chosen by other votes."},
    {"unknown_bound", "little_noise", CHOICE_SET, "bound", 0, "bayes", 0, "Not defined here."},
};

static const struct case_head head_drawn = {
    "drawn_noise", "statistical", "ADV-14 ADV-13",
    "Any noise: no certificate exceeds the true radius of a linear model, and none is far below.",
    0};

static void fill_drawn(struct assay_case *test)
{
    static const struct victim_setting is = {.N = 6, .D = 2, .K = 2, .block = 4};
    victim_fill(test, &is);
    elementwise_settings(test, "sigma=0.25 alpha=1e-12");
    case_drawn(test, "selection_noise", "normal", DIMS(40, 6, 2));
    case_drawn(test, "noise", "normal", DIMS(800, 6, 2));
    case_law(test, "radius", "certified 0.25 800 1e-12");
}

void randomized_smoothing_cases(struct case_list *list)
{
    for (size_t i = 0; i < sizeof rows / sizeof *rows; i++) {
        const struct row *row = &rows[i];
        struct assay_case *test = case_add(list, &row->head);
        victim_fill(test, &row->is);
        elementwise_settings(test, row->settings);
        case_normal(test, "selection_noise", DIMS(row->S, row->is.N, row->is.D), 0, 1);
        case_normal(test, "noise", DIMS(row->M, row->is.N, row->is.D), 0, 1);
    }
    fill_drawn(case_add(list, &head_drawn));
    case_refusals(list, refusals, sizeof refusals / sizeof *refusals);
}
