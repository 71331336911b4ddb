// SPDX-License-Identifier: MIT
#include "../case_builder.h"

/* H = 0: logistic. What is NULL or 0 is not stated. */
static const struct row {
    struct case_head head;
    const char *estimate, *reduction, *error, *curvature;
    double l2, shift, rate, scale, miss; /* of the weights; of the targets from 0 */
    size_t N, D, H, S, block;
} rows[] = {
    /* clang-format off */
    {{"logistic", "trajectory", "FND-44", "The Hessian of log loss: five steps towards its top.",
      0},
     NULL, NULL, NULL, NULL, 0, 0, 0, 1, 0, 11, 4, 0, 5, 4},
    {{"logistic_norm", "trajectory", "FND-44",
      "The norm as the estimate, above the Rayleigh quotient on its way.", 0},
     "norm", "mean", NULL, NULL, 0, 0, 0, 1, 0, 9, 5, 0, 4, 2},
    {{"logistic_sum", "trajectory", "FND-44", "Summed losses, with l2 beside them.", 0},
     NULL, "sum", NULL, NULL, 0.75, 0, 0, 1, 0, 9, 3, 0, 4, 2},
    {{"logistic_flat", "trajectory", "FND-44",
      "Weights eight times as large: probabilities near 0 and 1, hardly any curvature.", 0},
     NULL, NULL, NULL, NULL, 0, 0, 0, 8, 0, 10, 3, 0, 4, 4},
    {{"logistic_shift", "trajectory", "FND-44", "A shift that is taken off again.", 0},
     NULL, NULL, NULL, NULL, 0.125, 0.5, 0, 1, 0, 9, 3, 0, 4, 2},
    {{"one_sample", "trajectory", "FND-44",
      "A Hessian of rank 1: after one step the direction stays and nothing is left over.", 0},
     NULL, NULL, NULL, NULL, 0, 0, 0, 1, 0, 1, 3, 0, 1, 2},
    {{"one_weight", "trajectory", "FND-44", "One weight: the eigenvalue is the curvature itself.",
      0},
     NULL, NULL, NULL, NULL, 0, 0, 0, 1, 0, 1, 1, 0, 1, 2},
    {{"network", "trajectory", "FND-44", "A hidden layer of three tanh units and their residuals.",
      0},
     NULL, NULL, NULL, NULL, 0, 0, 0, 1, 1, 9, 2, 3, 5, 4},
    {{"network_norm", "trajectory", "FND-44", "The same kind by norms, with l2 and shift.", 0},
     "norm", "sum", NULL, "hessian", 0.5, 0.75, 0, 1, 1, 7, 3, 2, 4, 2},
    {{"half_squared", "trajectory", "FND-44", "Half the squared error has half the curvature.", 0},
     "rayleigh", NULL, "half_squared", NULL, 0, 0, 0, 1, 1, 8, 2, 2, 4, 2},
    {{"gauss_newton", "trajectory", "FND-44",
      "Large residuals, but the curvature of the outputs alone.", 0},
     NULL, NULL, NULL, "gauss_newton", 0, 0, 0, 1, 3, 8, 2, 3, 4, 4},
    {{"negative_curvature", "trajectory", "FND-44 FND-43",
      "Targets far off: an eigenvalue below 0 is the largest in magnitude and wins.", 1},
     NULL, NULL, NULL, NULL, 0, 0, 0, 1, 16, 7, 2, 2, 6, 2},
    {{"shifted_above_it", "trajectory", "FND-44 FND-43",
      "Such a loss with a shift: the largest eigenvalue instead.", 5},
     NULL, NULL, NULL, NULL, 0, 12, 0, 1, 16, 7, 2, 2, 6, 2},
    {{"flat_minimum", "trajectory", "FND-44",
      "Small weights near their targets: flat enough for a rate of 1/8.", 0},
     NULL, NULL, NULL, NULL, 0, 0, 0.125, 0.25, 0.25, 8, 2, 2, 6, 4},
    {{"sharp_minimum", "trajectory", "FND-44",
      "Inputs to six units, weights of 2: sharper than a rate of 1/4 bears.", 0},
     NULL, NULL, NULL, NULL, 0, 0, 0.25, 2, 0.25, 8, 2, 6, 6, 4},
    {{"many_blocks", "trajectory", "FND-44 DST-01 DST-02",
      "29 samples in blocks of 4: products of one rank's samples would show.", 0},
     NULL, NULL, NULL, NULL, 0.0625, 0, 0, 1, 1, 29, 2, 2, 3, 4},
    {{"one_unit", "trajectory", "FND-44", "One feature, one unit: four parameters.", 0},
     NULL, NULL, NULL, NULL, 0, 0, 0, 1, 1, 5, 1, 1, 3, 2},
    /* clang-format on */
};

static const struct refusal refusals[] = {
    {"start_short", "one_sample", INPUT_SHORTER, "start", .why = "A weight without a direction."},
    {"start_missing", "one_unit", INPUT_GONE, "start", .why = "Nowhere to begin."},
    {"start_of_0", "one_weight", ELEMENT_SET, "start", 0, .why = "0 / 0 has no direction."},
    {"flat_plane", "one_weight", ELEMENT_SET, "x", 0, .why = "H v is 0 and has no direction."},
    {"no_step", "one_weight", NUMBER_SET, "steps", 0, .why = "There is no estimate."},
    {"rate_of_0", "one_weight", NUMBER_SET, "rate", 0, .why = "2 / 0."},
    {"l2_negative", "one_weight", NUMBER_SET, "l2", -1, .why = "It would reward large weights."},
    {"no_sample", "one_weight", INPUT_SHORTER, "x", .why = "A mean of nothing."},
    {"model_unknown", "one_weight", CHOICE_SET, "model", 0, "tree", .why = "It has no Hessian."},
    {"curvature_unknown", "one_unit", CHOICE_SET, "curvature", 0, "fisher",
     .why = "No such matrix is defined."},
};

static void fill(struct assay_case *test, const struct row *row)
{
    size_t N = row->N, D = row->D, H = row->H;
    size_t P = H ? D * H + 2 * H + 1 : D;
    case_signed(test, "start", DIMS(P), 0.25, 1.25);
    case_normal(test, "x", DIMS(N, D), 0.25, 1);
    if (H == 0) {
        case_signed(test, "w", DIMS(P), 0.5 * row->scale, row->scale);
        return;
    }
    case_signed(test, "w1", DIMS(D, H), 0.5 * row->scale, row->scale);
    case_uniform(test, "b1", DIMS(H), -0.5, 0.5);
    case_signed(test, "w2", DIMS(H), 0.5 * row->scale, row->scale);
    case_uniform(test, "b2", SCALAR, 0.125, 0.5);
    case_uniform(test, "t", DIMS(N), 0.5 * row->miss, row->miss);
}

void sharpness_cases(struct case_list *list)
{
    for (size_t i = 0; i < sizeof rows / sizeof *rows; i++) {
        const struct row *row = &rows[i];
        const char *const names[] = {"estimate", "reduction", "error", "curvature"};
        const char *const choices[] = {row->estimate, row->reduction, row->error, row->curvature};
        const char *const numbers[] = {"l2", "shift", "rate"};
        const double values[] = {row->l2, row->shift, row->rate};
        struct assay_case *test = case_add(list, &row->head);
        case_number(test, "block", (double)row->block);
        case_number(test, "steps", (double)row->S);
        for (size_t c = 0; c < 3; c++) {
            if (values[c] != 0)
                case_number(test, numbers[c], values[c]);
        }
        if (row->H)
            case_choice(test, "model", "network");
        for (size_t c = 0; c < 4; c++) {
            if (choices[c])
                case_choice(test, names[c], choices[c]);
        }
        fill(test, row);
    }
    case_refusals(list, refusals, sizeof refusals / sizeof *refusals);
}
