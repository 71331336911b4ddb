// SPDX-License-Identifier: MIT
#include "../case_builder.h"

#include <math.h>
#include <stdio.h>

enum { MOST_SIZES = 9 };
enum start { GLOROT, HE };

/* N samples through layers of these sizes; weights are uniform as Glorot or He have it, times gain.
 */
struct setting {
    size_t N, size[MOST_SIZES], block;
    const char *activation;
    enum start start;
    double gain;
    int squares, with_biases;
};

static const struct row {
    struct case_head head;
    struct setting setting;
} rows[] = {
    /* clang-format off */
    {{"sigmoid_8", "bounded", "GRD-01 GRD-09",
      "Eight layers of sigmoids under Glorot's weights: the first has 1e-4 of the last's gradient.",
       0},
     {.N = 6, .size = {5, 6, 6, 6, 6, 6, 6, 6, 4}, .block = 2, .activation = "sigmoid", .gain = 1}},
    {{"tanh_8", "bounded", "GRD-01 GRD-09", "The same with tanh: the gradient mostly survives.", 0},
     {.N = 6, .size = {5, 6, 6, 6, 6, 6, 6, 6, 4}, .block = 2, .activation = "tanh", .gain = 1}},
    {{"relu_8", "bounded", "GRD-09 GRD-10", "ReLU under He's weights: slopes of 1.", 0},
     {.N = 3, .size = {5, 8, 8, 8, 8, 8, 8, 8, 4}, .block = 2, .activation = "relu", .start = HE,
      .gain = 1}},
    {{"tanh_small", "bounded", "GRD-01",
      "Weights at a third of Glorot's: vanishing without saturation.", 0},
     {.N = 5, .size = {4, 6, 6, 6, 6, 6, 3}, .block = 2, .activation = "tanh", .gain = 0.33}},
    {{"relu_exploding", "bounded", "GRD-03",
      "Twice He's weights: all gradients are in the thousands, so the ratio alone hides it.", 0},
     {.N = 3, .size = {5, 8, 8, 8, 8, 8, 3}, .block = 1, .activation = "relu", .start = HE,
      .gain = 2,
      .squares = 1}},
    {{"sigmoid_large", "bounded", "GRD-01 GRD-03", "Eight times Glorot's weights: saturation.", 0},
     {.N = 5, .size = {4, 7, 7, 7, 3}, .block = 2, .activation = "sigmoid", .gain = 8,
      .squares = 1}},
    {{"sigmoid_2", "bounded", "GRD-01", "Two layers: as shallow as a deep network gets.", 0},
     {.N = 7, .size = {5, 6, 3}, .block = 2, .activation = "sigmoid", .gain = 1}},
    {{"sigmoid_4", "bounded", "GRD-01", "Four layers of different widths.", 0},
     {.N = 9, .size = {5, 9, 7, 4, 3}, .block = 2, .activation = "sigmoid", .gain = 1}},
    {{"with_biases", "bounded", "GRD-01", "The biases of a layer belong to its norm.", 0},
     {.N = 5, .size = {4, 6, 5, 6, 3}, .block = 2, .activation = "tanh", .gain = 1,
      .with_biases = 1}},
    {{"relu_with_biases", "bounded", "GRD-10", "The same for ReLU and squared errors.", 0},
     {.N = 4, .size = {4, 6, 5, 2}, .block = 2, .activation = "relu", .start = HE, .gain = 1,
      .with_biases = 1, .squares = 1}},
    {{"one_layer", "bounded", "GRD-01", "A single layer: its ratio is 1.", 0},
     {.N = 5, .size = {6, 3}, .block = 2, .activation = "tanh", .gain = 1}},
    {{"one_sample", "bounded", "GRD-01", "One sample: the norm of a product of two vectors.", 0},
     {.N = 1, .size = {4, 5, 5, 3}, .block = 4, .activation = "sigmoid", .gain = 1}},
    {{"many_blocks", "bounded", "GRD-01 DST-08",
      "35 samples in blocks of 2: 18 blocks, the last of them short.", 0},
     {.N = 35, .size = {4, 6, 5, 3}, .block = 2, .activation = "tanh", .gain = 1}},
    /* clang-format on */
};

static void fill_layers(struct assay_case *test, const struct setting *is)
{
    for (size_t l = 0; l + 1 < MOST_SIZES && is->size[l + 1]; l++) {
        char w[8], b[8];
        size_t I = is->size[l], O = is->size[l + 1];
        double limit = is->gain * sqrt(6 / (double)(is->start == HE ? I : I + O));
        snprintf(w, sizeof w, "w%d", (int)l + 1);
        snprintf(b, sizeof b, "b%d", (int)l + 1);
        case_uniform(test, w, DIMS(I, O), -limit, limit);
        case_uniform(test, b, DIMS(O), -0.1, 0.3);
    }
}

static const struct refusal refusals[] = {
    {"unknown_activation", "tanh_8", CHOICE_SET, "activation", 0, "cosine", 0,
     "There is no such activation."},
    {"unknown_of", "with_biases", CHOICE_SET, "of", 0, "biases", 0, "There is no such norm."},
    {"label_beyond", "sigmoid_2", ELEMENT_SET, "labels", 3, "", 1, "There are classes 0 to 2."},
    {"label_negative", "sigmoid_2", ELEMENT_SET, "labels", -1, "", 1, "There are classes 0 to 2."},
    {"wrong_width", "sigmoid_2", INPUT_SHORTER, "w2", 0, "", 0,
     "A layer takes what the last one gives."},
    {"no_layer", "one_layer", INPUT_GONE, "w1", 0, "", 0, "A network has a layer."},
};

void gradient_norms_cases(struct case_list *list)
{
    for (size_t i = 0; i < sizeof rows / sizeof *rows; i++) {
        const struct setting *is = &rows[i].setting;
        struct assay_case *test = case_add(list, &rows[i].head);
        size_t last = 0;
        while (last + 1 < MOST_SIZES && is->size[last + 1])
            last++;
        case_number(test, "block", (double)is->block);
        case_choice(test, "activation", is->activation);
        if (is->with_biases)
            case_choice(test, "of", "layer");
        case_uniform(test, "x", DIMS(is->N, is->size[0]), -2, 2);
        fill_layers(test, is);
        if (is->squares) {
            case_choice(test, "loss", "mean_squared_error");
            case_uniform(test, "targets", DIMS(is->N, is->size[last]), -2, 2);
        } else {
            case_labels(test, "labels", is->N, (int)is->size[last]);
        }
    }
    case_refusals(list, refusals, sizeof refusals / sizeof *refusals);
}
