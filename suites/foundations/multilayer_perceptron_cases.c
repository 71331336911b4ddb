// SPDX-License-Identifier: MIT
#include "../case_builder.h"

#include <string.h>

enum { MOST_SIZES = 9 };
enum data {
    RANDOM,
    EXACT,     /* small whole numbers; biases odd and all else even, so that no ReLU is at 0 */
    SYMMETRIC, /* two layers, all hidden units alike */
    ZERO,      /* all weights and biases 0 */
    DEAD       /* the first unit of every hidden layer has a bias of -50 */
};

/* N samples through layers of these sizes. What is not stated is the default, or 0. */
struct setting {
    size_t N, size[MOST_SIZES], block;
    const char *activation, *loss;
    enum data data;
    double scale; /* weights are uniform within this; 0.8 when not stated */
    int soft;     /* binary targets between 0 and 1 */
};

#define SQUARED .loss = "mean_squared_error"
#define BINARY  .loss = "binary_cross_entropy"

static const struct row {
    struct case_head head;
    struct setting setting;
} rows[] = {
    {{"relu", "bounded", "FND-11 FND-20 FND-21 FND-22",
      "Two layers whose sizes all differ, ReLU between them, class labels.", 0},
     {.N = 7, .size = {5, 8, 3}, .block = 4}},
    {{"tanh", "bounded", "FND-11 FND-21",
      "The same with tanh: its derivative belongs at the right point.", 0},
     {.N = 7, .size = {5, 8, 3}, .block = 4, .activation = "tanh"}},
    {{"sigmoid", "bounded", "FND-11 FND-21", "The same with the sigmoid.", 0},
     {.N = 7, .size = {5, 8, 3}, .block = 4, .activation = "sigmoid"}},
    {{"regression_relu", "bounded", "FND-16 FND-21",
      "Two linear outputs under the mean squared error: mean over all elements, no half.", 0},
     {.N = 9, .size = {4, 6, 2}, .block = 4, .activation = "relu", SQUARED}},
    {{"regression_tanh", "bounded", "FND-16 FND-21",
      "One linear output; targets that the network does not reach.", 0},
     {.N = 6, .size = {3, 5, 1}, .block = 2, .activation = "tanh", SQUARED}},
    {{"regression_sigmoid", "bounded", "FND-16", "Three outputs behind a layer of sigmoids.", 0},
     {.N = 5, .size = {4, 7, 3}, .block = 2, .activation = "sigmoid", SQUARED}},
    {{"logistic_regression", "bounded", "FND-08 FND-19",
      "No hidden layer: multinomial logistic regression.", 0},
     {.N = 11, .size = {6, 4}, .block = 4}},
    {{"linear_regression", "bounded", "FND-16",
      "No hidden layer and squared errors: linear regression, whose gradient has a closed form.",
      0},
     {.N = 10, .size = {5, 2}, .block = 4, SQUARED}},
    {{"one_sample", "bounded", "FND-11 OPT-03", "A single sample: no mean to get wrong.", 0},
     {.N = 1, .size = {4, 3, 2}, .block = 4, .activation = "tanh"}},
    {{"many_blocks", "bounded", "FND-11 DST-01",
      "45 samples in blocks of 4: a tree of 12 blocks, the last one short, in every gradient.", 0},
     {.N = 45, .size = {3, 4, 2}, .block = 4, .activation = "tanh"}},
    {{"document_004_c2", "bounded", "FND-11 FND-14",
      "The network of document 004 C2, 20-32-16, with two logits instead of one.", 0},
     {.N = 3, .size = {20, 32, 16, 2}, .block = 2, .scale = 0.3}},
    {{"digits", "bounded", "FND-11 FND-15", "A network for 8 x 8 digits, 64-32-10.", 0},
     {.N = 3, .size = {64, 32, 10}, .block = 2, .activation = "tanh", .scale = 0.2}},
    {{"three_layers", "bounded", "FND-14 FND-21",
      "Two hidden layers of different sizes, sigmoid: gradients pass through two derivatives.", 0},
     {.N = 5, .size = {4, 6, 5, 3}, .block = 2, .activation = "sigmoid", .scale = 1.5}},
    {{"eight_layers", "bounded", "FND-14 FND-22 GRD-01",
      "Eight layers of tanh: errors of the first layers are products of seven derivatives.", 0},
     {.N = 4, .size = {3, 4, 5, 4, 3, 5, 4, 3, 2}, .block = 2, .activation = "tanh"}},
    {{"square", "bounded", "FND-11",
      "All layers 4 x 4: shapes cannot reveal a transposed weight, values have to.", 0},
     {.N = 4, .size = {4, 4, 4}, .block = 2, .activation = "tanh"}},
    {{"saturated", "bounded", "FND-11",
      "Logits hundreds apart and saturated units: the softmax must not overflow.", 0},
     {.N = 5, .size = {3, 6, 4}, .block = 2, .activation = "tanh", .scale = 40}},
    {{"dead_units", "bounded", "FND-11",
      "A ReLU that no sample switches on: its gradients are 0 exactly.", 0},
     {.N = 6, .size = {4, 5, 6, 3}, .block = 2, .data = DEAD}},
    {{"equal_weights", "bounded", "INI-13",
      "Labelled: equal weights stay equal, since all units of a layer get the same gradient.", 0},
     {.N = 6, .size = {4, 5, 3}, .block = 2, .activation = "tanh", .data = SYMMETRIC}},
    {{"zero_weights", "bounded", "INI-01 INI-02",
      "Labelled: zero weights pass no gradient back; only the last bias has one.", 0},
     {.N = 6, .size = {4, 5, 3}, .block = 2, .activation = "tanh", .data = ZERO}},
    {{"document_004_c2_binary", "bounded", "FND-11 FND-14 LOS-04",
      "The network of document 004 C2, 20-32-16-1, as it stands there: one logit, two classes.", 0},
     {.N = 5, .size = {20, 32, 16, 1}, .block = 2, BINARY, .scale = 0.3}},
    {{"binary_soft_targets", "bounded", "FND-11 LOS-04",
      "Two logits with targets between 0 and 1: the mean is over samples and outputs.", 0},
     {.N = 9, .size = {4, 6, 2}, .block = 4, .activation = "tanh", BINARY, .soft = 1}},
    {{"binary_saturated", "bounded", "FND-11 LOS-04",
      "Logits of dozens on either side: 1 - p is 0 in any precision, the loss is not infinite.", 0},
     {.N = 8, .size = {3, 5, 1}, .block = 4, .activation = "tanh", BINARY, .scale = 30}},
    {{"exact_regression", "exact", "FND-11 FND-21 DST-02",
      "Whole numbers, ReLU and squared errors over 32 outputs: nothing is rounded.", 0},
     {.N = 16, .size = {3, 5, 2}, .block = 4, SQUARED, .data = EXACT}},
    {{"exact_linear", "exact", "FND-16 DST-02",
      "Linear regression in whole numbers, 32 samples in blocks of 2.", 0},
     {.N = 32, .size = {4, 1}, .block = 2, SQUARED, .data = EXACT}},
};

/* Every hidden unit as the first: the columns of w1 and b1, the rows of w2. */
static void make_units_alike(double *w, double *b, const struct setting *is, size_t l)
{
    size_t I = is->size[l], O = is->size[l + 1];
    for (size_t i = 0; i < I * O; i++)
        w[i] = l == 0 ? w[i / O * O] : w[i % O];
    for (size_t o = 0; l == 0 && o < O; o++)
        b[o] = b[0];
}

/* w1, b1, w2, ... */
static void fill_layer(struct assay_case *test, const struct setting *is, size_t l)
{
    const char w[] = {'w', (char)('1' + l), 0}, b[] = {'b', (char)('1' + l), 0};
    struct dims matrix = DIMS(is->size[l], is->size[l + 1]), vector = DIMS(is->size[l + 1]);
    double scale = is->scale != 0 ? is->scale : 0.8;
    if (is->data == EXACT) {
        case_dyadic(test, w, matrix, -2, 2, 2);
        case_dyadic(test, b, vector, -3, 3, 2);
    } else if (is->data == ZERO) {
        case_constant(test, w, matrix, 0);
        case_constant(test, b, vector, 0);
    } else {
        case_uniform(test, w, matrix, -scale, scale);
        case_uniform(test, b, vector, -scale / 2, scale / 2);
        if (is->data == DEAD && l + 2 < MOST_SIZES && is->size[l + 2])
            case_input(test, b)[0] = -50;
        if (is->data == SYMMETRIC)
            make_units_alike(case_input(test, w), case_input(test, b), is, l);
    }
}

static void fill_data(struct assay_case *test, const struct setting *is)
{
    size_t layers = 1;
    while (layers + 1 < MOST_SIZES && is->size[layers + 1])
        layers++;
    size_t K = is->size[layers];
    if (is->data == EXACT)
        case_dyadic(test, "x", DIMS(is->N, is->size[0]), -3, 3, 1);
    else
        case_uniform(test, "x", DIMS(is->N, is->size[0]), -1.5, 1.5);
    for (size_t l = 0; l < layers; l++)
        fill_layer(test, is, l);
    if (!is->loss)
        case_labels(test, "labels", is->N, (int)K);
    else if (is->data == EXACT)
        case_dyadic(test, "targets", DIMS(is->N, K), -8, 8, 1);
    else if (strcmp(is->loss, "binary_cross_entropy") != 0)
        case_uniform(test, "targets", DIMS(is->N, K), -3, 3);
    else if (is->soft)
        case_uniform(test, "targets", DIMS(is->N, K), 0, 1);
    else
        case_dyadic(test, "targets", DIMS(is->N, K), 0, 1, 1);
}

static const struct refusal impossible[] = {
    /* clang-format off */
    {"label_beyond_the_last", "relu", ELEMENT_SET, "labels", 3, NULL, 6,
     "Class 3 of 0..2 in the last sample: reads the logit of the next one, which is not there."},
    {"label_negative", "relu", ELEMENT_SET, "labels", -1, NULL, 2,
     "-1 is ignored by one library and the last class in another; here it is neither."},
    {"labels_missing", "relu", INPUT_GONE, "labels", 0, NULL, 0,
     "Without labels there is no loss."},
    {"targets_narrow", "regression_relu", INPUT_SHORTER, "targets", 0, NULL, 1,
     "Targets of one output for two: broadcasting them gives a loss that falls."},
    {"layer_between_missing", "three_layers", INPUT_GONE, "w2", 0, NULL, 0,
     "Names that are counted up to the first gap: the third layer would be left out in silence."},
    {"layers_do_not_fit", "three_layers", INPUT_SHORTER, "w2", 0, NULL, 0,
     "Fewer rows than the layer before it has units."},
    {"biases_missing", "tanh", INPUT_GONE, "b1", 0, NULL, 0,
     "Biases of 0 would be a guess."},
    {"activation_unknown", "tanh", CHOICE_SET, "activation", 0, "softsign", 0,
     "A ReLU instead would train as well."},
    {"binary_target_above_one", "binary_soft_targets", ELEMENT_SET, "targets", 2, NULL, 3,
     "A target that is no probability: the loss has no minimum."},
    {"loss_unknown", "regression_tanh", CHOICE_SET, "loss", 0, "absolute_error", 0,
     "Another loss has another gradient."},
    /* clang-format on */
};

void multilayer_perceptron_cases(struct case_list *list)
{
    for (size_t i = 0; i < sizeof rows / sizeof *rows; i++) {
        const struct setting *is = &rows[i].setting;
        struct assay_case *test = case_add(list, &rows[i].head);
        case_number(test, "block", (double)is->block);
        if (is->activation)
            case_choice(test, "activation", is->activation);
        if (is->loss)
            case_choice(test, "loss", is->loss);
        fill_data(test, is);
    }
    case_refusals(list, impossible, sizeof impossible / sizeof *impossible);
}
