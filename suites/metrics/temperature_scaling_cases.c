// SPDX-License-Identifier: MIT
#include "../case_builder.h"

static const struct row {
    struct case_head head;
    size_t N, K, block;
    double scale; /* of the logits: large ones are too sure */
    int steps;
    const char *method;
    double temperature, rate;
} rows[] = {
    {{"overconfident", "trajectory", "",
      "Logits four times too large, from a temperature above the best.", 0},
     .N = 23,
     .K = 4,
     .block = 4,
     .scale = 4,
     .temperature = 6},
    {{"underconfident", "trajectory", "", "Logits too small: the temperature falls below 1.", 0},
     .N = 23,
     .K = 3,
     .block = 4,
     .scale = 0.5},
    {{"two_classes", "trajectory", "", "Two logits a sample, four steps.", 0},
     .N = 17,
     .K = 2,
     .block = 4,
     .scale = 1.5,
     .steps = 4,
     .temperature = 4},
    {{"many_blocks", "trajectory", "", "21 blocks of 2, the last of 1: three sums in each step.",
      0},
     .N = 41,
     .K = 3,
     .block = 2,
     .scale = 2,
     .steps = 3,
     .temperature = 5},
    {{"started_elsewhere", "trajectory", "", "From a temperature of 3.", 0},
     .N = 19,
     .K = 5,
     .block = 4,
     .scale = 3,
     .temperature = 3,
     .steps = 4},
    {{"one_step", "trajectory", "", "One step of Newton is not the optimum.", 0},
     .N = 11,
     .K = 3,
     .block = 4,
     .scale = 2,
     .steps = 1,
     .temperature = 4},
    {{"gradient", "trajectory", "", "Descent along the temperature itself.", 0},
     .N = 23,
     .K = 4,
     .block = 4,
     .scale = 3,
     .method = "gradient",
     .rate = 0.5},
    {{"gradient_cold", "trajectory", "",
      "From a temperature of 1/2, where the square of 1/T matters.", 0},
     .N = 23,
     .K = 3,
     .block = 4,
     .scale = 1,
     .method = "gradient",
     .rate = 0.0625,
     .temperature = 0.5},
    {{"log_gradient", "trajectory", "", "Descent along its logarithm.", 0},
     .N = 23,
     .K = 4,
     .block = 4,
     .scale = 3,
     .method = "log_gradient",
     .rate = 0.5},
    {{"large_logits", "trajectory", "",
      "Logits around 100: without the largest one subtracted they overflow.", 0},
     .N = 13,
     .K = 3,
     .block = 4,
     .scale = 40,
     .method = "log_gradient",
     .rate = 0.03125,
     .steps = 3},
};

static const struct refusal refusals[] = {
    {"temperature_zero", "one_step", NUMBER_SET, "temperature", 0, NULL, 0, "Divided by 0."},
    {"temperature_negative", "one_step", NUMBER_SET, "temperature", -1, NULL, 0,
     "The order of the classes would turn around."},
    {"steps_zero", "one_step", NUMBER_SET, "steps", 0, NULL, 0, "Nothing is fitted."},
    {"label_too_large", "one_step", ELEMENT_SET, "labels", 3, NULL, 2, "There are three classes."},
    {"labels_short", "one_step", INPUT_SHORTER, "labels", 0, NULL, 0, "Logits without a label."},
    {"method_unknown", "one_step", CHOICE_SET, "method", 0, "bisection", 0,
     "There is no such method."},
    {"rate_missing", "gradient", NUMBER_GONE, "rate", 0, NULL, 0, "How far to go is not known."},
    {"rate_zero", "gradient", NUMBER_SET, "rate", 0, NULL, 0, "Nothing would move."},
};

void temperature_scaling_cases(struct case_list *list)
{
    for (size_t i = 0; i < sizeof rows / sizeof *rows; i++) {
        const struct row *row = &rows[i];
        struct assay_case *test = case_add(list, &row->head);
        case_number(test, "block", (double)row->block);
        case_labels(test, "labels", row->N, (int)row->K);
        case_normal(test, "logits", DIMS(row->N, row->K), 0, 1);
        double *z = case_input(test, "logits"), *label = case_input(test, "labels");
        for (size_t n = 0; n < row->N; n++) {
            z[n * row->K + (size_t)label[n]] += n % 4 != 1 ? 1 : -0.5;
            for (size_t k = 0; k < row->K; k++)
                z[n * row->K + k] = (float)(row->scale * z[n * row->K + k]);
        }
        if (row->steps > 0)
            case_number(test, "steps", row->steps);
        if (row->method)
            case_choice(test, "method", row->method);
        if (row->temperature > 0)
            case_number(test, "temperature", row->temperature);
        if (row->rate > 0)
            case_number(test, "rate", row->rate);
    }
    case_refusals(list, refusals, sizeof refusals / sizeof *refusals);
}
