// SPDX-License-Identifier: MIT
#include "../activations/elementwise_cases.h"
#include "victim_cases.h"

static const struct row {
    struct case_head head;
    struct victim_setting is;
    const char *settings;
} rows[] = {
    {{"ordinary", "trajectory", "ADV-08",
      "The default temperature of 20: slow steps, soft labels near 1/3, small slopes.", 0},
     {.N = 5, .D = 3, .H = 4, .K = 3, .block = 2, .activation = "tanh"},
     "rate=4 steps=3"},
    {{"temperature_five", "trajectory", "ADV-08", "Temperature 5.", 0},
     {.N = 5, .D = 2, .H = 3, .K = 3, .block = 2, .activation = "tanh"},
     "rate=2 steps=3 temperature=5"},
    {{"temperature_one", "trajectory", "ADV-08",
      "Temperature 1: training twice, the second time on the first one's probabilities.", 0},
     {.N = 4, .D = 2, .H = 3, .K = 3, .block = 1, .activation = "sigmoid"},
     "rate=0.5 steps=2 temperature=1"},
    {{"sharpened", "trajectory", "ADV-08", "Temperature 0.5 sharpens the labels instead.", 0},
     {.N = 4, .D = 2, .H = 3, .K = 2, .block = 1, .activation = "tanh", .strength = 0.5},
     "rate=0.25 steps=2 temperature=0.5"},
    {{"squared", "trajectory", "ADV-08", "The loss times T^2, so that steps keep their size.", 0},
     {.N = 4, .D = 2, .H = 3, .K = 3, .block = 3, .activation = "tanh"},
     "rate=0.25 steps=3 temperature=5 scale=squared"},
    {{"goes_on", "trajectory", "ADV-08", "The student starts where the teacher stopped.", 0},
     {.N = 4, .D = 2, .H = 3, .K = 3, .block = 1, .activation = "tanh"},
     "rate=2 steps=2 temperature=4 start=teacher"},
    {{"tested_softened", "trajectory", "ADV-08",
      "A test at temperature 4, which shows the slopes again.", 0},
     {.N = 4, .D = 2, .H = 3, .K = 3, .block = 1, .activation = "tanh"},
     "rate=2 steps=2 temperature=4 test_temperature=4"},
    {{"saturated", "trajectory", "ADV-08",
      "Strong weights: at temperature 1 p is saturated, and slopes are small.", 0},
     {.N = 4, .D = 3, .H = 4, .K = 3, .block = 1, .activation = "tanh", .strength = 4},
     "rate=16 steps=3 temperature=16"},
    {{"rectified", "trajectory", "ADV-08", "ReLUs, some of which are off.", 0},
     {.N = 5, .D = 2, .H = 4, .K = 2, .block = 2},
     "rate=1 steps=2 temperature=4"},
    {{"linear", "trajectory", "ADV-08", "Softmax regression, with a wrong label.", 0},
     {.N = 7, .D = 2, .H = 0, .K = 4, .block = 3, .wrong = 1},
     "rate=4 steps=3 temperature=8"},
    {{"normalised", "trajectory", "ADV-08",
      "A model that normalises its inputs: slopes are in raw units.", 0},
     {.N = 4, .D = 2, .H = 3, .K = 2, .block = 1, .activation = "tanh", .normalised = 1},
     "rate=1 steps=2 temperature=3"},
};

static const struct refusal refusals[] = {
    {"temperature_zero", "sharpened", NUMBER_SET, "temperature", 0, NULL, 0,
     "Logits are divided by it."},
    {"temperature_negative", "sharpened", NUMBER_SET, "temperature", -1, NULL, 0,
     "The least likely class would be the likeliest."},
    {"test_temperature_zero", "tested_softened", NUMBER_SET, "test_temperature", 0, NULL, 0,
     "Logits are divided by it."},
    {"no_steps", "sharpened", NUMBER_SET, "steps", 0, NULL, 0, "Nothing is learned."},
    {"rate_missing", "sharpened", NUMBER_GONE, "rate", 0, NULL, 0, "There is no usual rate."},
    {"label_negative", "sharpened", ELEMENT_SET, "labels", -1, NULL, 1, "There is no such class."},
    {"unknown_start", "sharpened", CHOICE_SET, "start", 0, "random", 0, "Randomness is an input."},
};

void defensive_distillation_cases(struct case_list *list)
{
    for (size_t i = 0; i < sizeof rows / sizeof *rows; i++) {
        struct assay_case *test = case_add(list, &rows[i].head);
        victim_fill(test, &rows[i].is);
        elementwise_settings(test, rows[i].settings);
    }
    case_refusals(list, refusals, sizeof refusals / sizeof *refusals);
}
