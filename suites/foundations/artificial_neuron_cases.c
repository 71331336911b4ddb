// SPDX-License-Identifier: MIT
#include "../case_builder.h"

/* What fills x and w: uniform in [-1, 1); w smaller, for long chains; x with a net input far from
 * 0; whole numbers; or the points of a boundary. */
enum data { UNIFORM, LONG, SATURATED, WHOLE, BOUNDARY, AND_GATE };

/* N samples of I inputs, in blocks of `block` samples. */
static const struct row {
    struct case_head head;
    const char *activation; /* NULL: not stated */
    size_t N, I, block;
    enum data data;
    double bias;
    int forward_only;
} rows[] = {
    /* clang-format off */
    {{"identity", "bounded", "FND-01 FND-02 FND-03 FND-09 ACT-08",
      "Three inputs and the identity: the net input and its gradients, nothing else.", 0},
     .activation = "identity", .N = 7, .I = 3, .block = 2, .bias = 0.75},
    {{"unstated", "bounded", "FND-03 FND-09 ACT-08",
      "Without a stated activation the neuron is linear.", 0},
     .N = 5, .I = 4, .block = 2, .bias = -0.5},
    {{"sigmoid", "bounded", "FND-01 FND-02 FND-07 FND-17 FND-18",
      "Three inputs and a sigmoid: logistic regression.", 0},
     .activation = "sigmoid", .N = 7, .I = 3, .block = 2, .bias = -0.75},
    {{"tanh", "bounded", "FND-01 FND-02 FND-22", "Three inputs and a tanh.", 0},
     .activation = "tanh", .N = 7, .I = 3, .block = 2, .bias = 0.5},
    {{"relu", "bounded", "FND-01 FND-02 ACT-04",
      "Three inputs and a ReLU, with net inputs of both signs.", 0},
     .activation = "relu", .N = 7, .I = 3, .block = 2, .bias = 0.25},
    {{"step", "bounded", "FND-01 FND-05 ACT-09",
      "Three inputs and a step, whose gradient is 0: what a threshold cannot learn by.", 0},
     .activation = "step", .N = 9, .I = 3, .block = 2, .bias = 0.25},
    {{"one_of_each", "bounded", "FND-01", "One sample, one input: a = f(w x + b).", 0},
     .activation = "sigmoid", .N = 1, .I = 1, .block = 4, .bias = 0.375},
    {{"one_input", "bounded", "FND-02 FND-04", "One weight and a bias for 11 samples.", 0},
     .activation = "tanh", .N = 11, .I = 1, .block = 2, .bias = -0.375},
    {{"no_bias_effect", "bounded", "FND-02",
      "A bias of 0: the value is that without a bias, its gradient is not 0.", 0},
     .activation = "tanh", .N = 6, .I = 5, .block = 4, .bias = 0},
    {{"square", "bounded", "FND-03",
      "As many samples as inputs: summing over the wrong axis keeps the shape.", 0},
     .activation = "sigmoid", .N = 6, .I = 6, .block = 4, .bias = 0.5},
    {{"wide", "bounded", "FND-03", "37 inputs, which no vector width divides.", 0},
     .activation = "tanh", .N = 3, .I = 37, .block = 2, .data = LONG, .bias = 0.25},
    {{"long_chain", "bounded", "FND-03",
      "257 inputs, a chain: the bound has to grow with the chain, not with luck.", 0},
     .activation = "sigmoid", .N = 2, .I = 257, .block = 2, .data = LONG, .bias = 0.25},
    {{"many_samples", "bounded", "FND-01 DST-01 DST-08",
      "67 samples in blocks of 8: a tree of 9 blocks, the last of them short.", 0},
     .activation = "sigmoid", .N = 67, .I = 4, .block = 8, .bias = 0.5},
    {{"many_blocks", "bounded", "FND-01 DST-01 DST-02",
      "16 blocks of 2 samples: more blocks than ranks, in every distribution over up to 8.", 0},
     .activation = "relu", .N = 31, .I = 3, .block = 2, .bias = 0.25},
    {{"digits_like", "bounded", "FND-01", "A realistic size: 16 samples of 64 inputs.", 0},
     .activation = "tanh", .N = 16, .I = 64, .block = 2, .data = LONG, .bias = -0.25},
    {{"saturated", "bounded", "FND-01 ACT-11",
      "Some net inputs of +-30 and more: their gradients vanish, the others' do not.", 0},
     .activation = "sigmoid", .N = 9, .I = 2, .block = 2, .data = SATURATED, .bias = 0.5},
    {{"saturated_tanh", "bounded", "FND-01 ACT-11", "The same with a tanh.", 0},
     .activation = "tanh", .N = 9, .I = 2, .block = 2, .data = SATURATED, .bias = 0.5},
    {{"exact_identity", "exact", "FND-03 DST-02",
      "Whole numbers in 13 blocks: a sample that is lost or counted twice cannot hide.", 0},
     .activation = "identity", .N = 50, .I = 3, .block = 4, .data = WHOLE, .bias = 3},
    {{"exact_relu", "exact", "FND-01 ACT-04 ACT-10",
      "Whole numbers and a ReLU; some net inputs are exactly 0, where the slope is 0.", 0},
     .activation = "relu", .N = 50, .I = 3, .block = 4, .data = WHOLE, .bias = -2},
    {{"exact_step", "exact", "FND-05 ACT-09",
      "Points on both sides of a boundary and on it, where the step is 1.", 0},
     .activation = "step", .N = 12, .I = 2, .block = 2, .data = BOUNDARY, .bias = -2},
    {{"and_gate", "exact", "FND-05",
      "The perceptron of the logical and: weights 1, bias -1.5.", 0},
     .activation = "step", .N = 4, .I = 2, .block = 1, .data = AND_GATE, .bias = -1.5},
    {{"forward_only", "bounded", "FND-01 FND-20",
      "Without an upstream gradient only z and a are outputs.", 0},
     .activation = "sigmoid", .N = 5, .I = 4, .block = 2, .bias = 0.5, .forward_only = 1},
    /* clang-format on */
};

/* With weights (1.5, -2) and bias 0.5: fewer than half of the net inputs are large. */
static const double saturated[] = {20,  -1, 0.5, 0.25, -18, 2,    0.75, 1,  -0.5,
                                   0.5, 0,  0.5, 30.5, -20, 1.25, 1.5,  -1, -0.75};
static const double saturated_weights[] = {1.5, -2};
/* With weights (1, 2) and bias -2 the net input is 0 for every third point. */
static const double boundary[] = {2, 0,  3,   1, -1, 0, 0,  1, 4, 0,   -4, 2,
                                  4, -1, 0.5, 1, 1,  0, -2, 2, 2, 0.5, 1,  0.25};
static const double boundary_weights[] = {1, 2};
static const double and_gate[] = {0, 0, 0, 1, 1, 0, 1, 1};
static const double and_gate_weights[] = {1, 1};

static void fill(struct assay_case *test, const struct row *row)
{
    static const double *const points[] = {NULL, NULL, saturated, NULL, boundary, and_gate};
    static const double *const weights[] = {
        NULL, NULL, saturated_weights, NULL, boundary_weights, and_gate_weights};
    struct dims x = DIMS(row->N, row->I), w = DIMS(row->I);
    if (row->data == WHOLE) {
        case_dyadic(test, "x", x, -8, 8, 1);
        case_values(test, "w", w, (const double[]){2, -3, 5});
    } else if (points[row->data]) {
        case_values(test, "x", x, points[row->data]);
        case_values(test, "w", w, weights[row->data]);
    } else {
        double width = row->data == LONG ? 3 / (2 + (double)row->I / 16) : 1.5;
        case_uniform(test, "x", x, -1, 1);
        case_signed(test, "w", w, 0.25 * width, width);
    }
    case_constant(test, "b", SCALAR, row->bias);
}

static const struct refusal impossible[] = {
    /* clang-format off */
    {"activation_unknown", "sigmoid", CHOICE_SET, "activation", 0, "softsign", 0,
     "The identity instead would train, only worse."},
    {"weights_short", "identity", INPUT_SHORTER, "w", 0, NULL, 0,
     "A weight too few: the last input would be multiplied with what lies behind."},
    {"bias_missing", "sigmoid", INPUT_GONE, "b", 0, NULL, 0,
     "A bias of 0 would be a guess."},
    {"samples_missing", "sigmoid", INPUT_GONE, "x", 0, NULL, 0,
     "There is nothing to answer to."},
    {"upstream_short", "tanh", INPUT_SHORTER, "da", 0, NULL, 0,
     "The last sample has no gradient."},
    /* clang-format on */
};

void artificial_neuron_cases(struct case_list *list)
{
    for (size_t i = 0; i < sizeof rows / sizeof *rows; i++) {
        const struct row *row = &rows[i];
        struct assay_case *test = case_add(list, &row->head);
        case_number(test, "block", (double)row->block);
        if (row->activation)
            case_choice(test, "activation", row->activation);
        fill(test, row);
        if (row->forward_only)
            continue;
        if (row->data == WHOLE)
            case_dyadic(test, "da", DIMS(row->N), -4, 4, 0.5);
        else
            case_signed(test, "da", DIMS(row->N), 0.5, 1.5);
    }
    case_refusals(list, impossible, sizeof impossible / sizeof *impossible);
}
