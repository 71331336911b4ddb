// SPDX-License-Identifier: MIT
#include "../case_builder.h"

enum { MOST_STARTS = 9 };

/* M starts and their S steps; what is 0 or NULL is not stated. */
static const struct row {
    struct case_head head;
    const char *landscape;
    size_t S;
    double rate, momentum, tilt, condition, radius;
    const char *nesterov;
    size_t M;
    double start[2 * MOST_STARTS];
} rows[] = {
    /* clang-format off */
    {{"double_well", "trajectory", "FND-42",
      "Starts on both sides of the ridge end in different minima.", 0},
     .S = 12, .rate = 0.25, .radius = 0.75, .M = 5,
     .start = {-1.75, 0, -0.5, 1, 0.0625, -1, 0.375, 2, 1.5, 0}},
    {{"on_the_ridge", "exact", "FND-42 FND-43",
      "From x = 0 descent never leaves the maximum, and no side is reached.", 0},
     "double_well", .S = 4, .rate = 0.25, .M = 2, .start = {0, 1, 0, -2}},
    {{"tilted_well", "trajectory", "FND-42",
      "A tilt makes one minimum the deeper one; descent still finds the nearer.", 0},
     "double_well", .S = 12, .rate = 0.2, .tilt = 0.125, .radius = 0.5, .M = 4,
     .start = {-1.25, 0, -0.25, 0, 0.375, 0, 1.125, 0}},
    {{"well_with_momentum", "trajectory", "FND-42 OPT-05",
      "Momentum carries a start over the ridge into the other minimum.", 0},
     "double_well", .S = 16, .rate = 0.1, .momentum = 0.9, .radius = 0.5, .M = 3,
     .start = {-1.875, 0, 0.25, 0, 1.9375, 0}},
    {{"overshooting", "trajectory", "FND-42 OPT-13",
      "A rate so large that the first step jumps into the other well.", 0},
     "double_well", .S = 6, .rate = 0.875, .radius = 0.5, .M = 3,
     .start = {-1.5, 0, 1.4375, 0, 0.5, 1}},
    {{"saddle", "trajectory", "FND-43",
      "From (1, 1e-6): x vanishes, y grows by the same factor each step.", 0},
     "saddle", .S = 40, .rate = 0.5, .radius = 1, .M = 2, .start = {1, 1e-6, -1, -0.001}},
    {{"saddle_with_momentum", "trajectory", "FND-43 OPT-05",
      "The same start leaves the saddle in fewer steps.", 0},
     "saddle", .S = 40, .rate = 0.25, .momentum = 0.5, .M = 2, .start = {1, 1e-6, -1, -0.001}},
    {{"saddle_with_nesterov", "trajectory", "FND-43 OPT-08", "Nesterov's form.", 0},
     "saddle", .S = 20, .rate = 0.25, .momentum = 0.5, .nesterov = "yes", .M = 2,
     .start = {1, 0.001, -1, -0.0625}},
    {{"stuck_on_the_saddle", "exact", "FND-43",
      "From y = 0 descent runs into the saddle and stays: the gradient is 0, there is no minimum.",
      0},
     "saddle", .S = 5, .rate = 0.5, .M = 2, .start = {1, 0, -2, 0}},
    {{"monkey_saddle", "trajectory", "FND-43",
      "A saddle with three ways down, flat to the second order: a plateau.", 0},
     "monkey_saddle", .S = 10, .rate = 0.125, .radius = 0.5, .M = 4,
     .start = {0.5, 0.25, 0.25, -0.375, -0.0625, 0.25, 0.75, 0.5}},
    {{"bowl", "trajectory", "FND-42 NRM-13",
      "Curvatures 1 and 10 at one rate: y swings to and fro while x creeps.", 0},
     "bowl", .S = 10, .rate = 0.15625, .radius = 0.5, .M = 3,
     .start = {1.5, -1.25, -2, 0.75, 0.25, 1}},
    {{"bowl_diverging", "trajectory", "FND-42 GRD-03 OPT-13",
      "A rate above 2 / condition: y grows without end.", 0},
     "bowl", .S = 8, .rate = 0.125, .condition = 20, .radius = 4, .M = 2,
     .start = {1.5, -1.25, -2, 0.75}},
    {{"bowl_momentum", "trajectory", "FND-42 OPT-05 OPT-08",
      "A narrow valley with Nesterov's momentum.", 0},
     "bowl", .S = 12, .rate = 0.0625, .momentum = 0.75, .condition = 8, .radius = 0.375,
     .nesterov = "yes", .M = 3, .start = {1.5, -1.25, -2, 0.75, 0.25, 1}},
    {{"nine_starts", "trajectory", "FND-42 DST-08",
      "More starts than ranks, and not a multiple of them.", 0},
     "double_well", .S = 5, .rate = 0.3, .tilt = -0.0625, .radius = 0.875, .M = 9,
     .start = {-2, 0, -1.5, 1, -1.125, 2, -0.5, 3, -0.25, 4, 0.25, 5, 0.75, 6, 1.25, 7, 1.75, 8}},
    /* clang-format on */
};

/* What the definition refuses. */
static const struct refusal refusals[] = {
    {"landscape_unknown", "saddle", CHOICE_SET, "landscape", 0, "valley",
     .why = "A surface that is not defined here."},
    {"nesterov_unknown", "saddle_with_nesterov", CHOICE_SET, "nesterov", 0, "maybe",
     .why = "Not a convention."},
    {"rate_missing", "saddle", NUMBER_GONE, "rate", .why = "There is no usual rate."},
    {"rate_negative", "bowl", NUMBER_SET, "rate", -0.15625,
     .why = "A negative rate climbs: at the saddle it even looks like convergence."},
    {"condition_zero", "bowl_diverging", NUMBER_SET, "condition", 0,
     .why = "A bowl without curvature is a gutter."},
    {"condition_negative", "bowl_momentum", NUMBER_SET, "condition", -8,
     .why = "A bowl of negative curvature is a saddle."},
    {"radius_negative", "saddle", NUMBER_SET, "radius", -1,
     .why = "Every start would have escaped at once."},
    {"steps_missing", "saddle", NUMBER_GONE, "steps", .why = "There is no usual number."},
    {"no_step", "saddle", NUMBER_SET, "steps", 0, .why = "There would be no path."},
    {"start_missing", "saddle", INPUT_GONE, "start", .why = "Nowhere to begin."},
    {"start_on_a_line", "saddle", INPUT_SHORTER, "start", .element = 1,
     .why = "Starts are points of the plane."},
};

void loss_landscape_descent_cases(struct case_list *list)
{
    for (size_t i = 0; i < sizeof rows / sizeof *rows; i++) {
        const struct row *row = &rows[i];
        struct assay_case *test = case_add(list, &row->head);
        const struct {
            const char *name;
            double value;
        } numbers[] = {{"rate", row->rate},
                       {"momentum", row->momentum},
                       {"tilt", row->tilt},
                       {"condition", row->condition},
                       {"radius", row->radius}};
        case_number(test, "steps", (double)row->S);
        for (size_t k = 0; k < sizeof numbers / sizeof *numbers; k++) {
            if (numbers[k].value != 0)
                case_number(test, numbers[k].name, numbers[k].value);
        }
        if (row->landscape)
            case_choice(test, "landscape", row->landscape);
        if (row->nesterov)
            case_choice(test, "nesterov", row->nesterov);
        case_values(test, "start", DIMS(row->M, 2), row->start);
    }
    case_refusals(list, refusals, sizeof refusals / sizeof *refusals);
}
