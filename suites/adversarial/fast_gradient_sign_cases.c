// SPDX-License-Identifier: MIT
#include "victim_cases.h"

/* A model that is certain of two samples near the corners of a box of many features. */
#define PANDA                                                                                      \
    {                                                                                              \
        .N = 2, .D = 40, .K = 1, .block = 1, .strength = 0.75, .objective = "binary_cross_entropy" \
    }
#define SMALL                                                                                      \
    {                                                                                              \
        .N = 4, .D = 3, .H = 5, .K = 3, .block = 2, .wrong = 1                                     \
    }
#define FLAT                                                                                       \
    {                                                                                              \
        .N = 4, .D = 4, .K = 3, .block = 2, .wrong = 1                                             \
    }
#define CERTAIN                                                                                    \
    {                                                                                              \
        .N = 2, .D = 4, .K = 1, .block = 2, .strength = 32, .objective = "binary_cross_entropy"    \
    }

static const struct victim_row rows[] = {
    {{"linf", "bounded", "ADV-01 ADV-02",
      "The method itself: every feature moves by epsilon, the loss rises.", 0},
     SMALL,
     "epsilon=0.0625",
     0},
    {{"linear", "bounded", "ADV-02",
      "Logistic regression: the logit moves by epsilon times the sum of |w|, no more and no less.",
      0},
     {.N = 4, .D = 6, .K = 1, .block = 2, .objective = "binary_cross_entropy"},
     "epsilon=0.125",
     0},
    {{"panda", "bounded", "ADV-06",
      "40 features that move by a half: from one class at 99 % to the other at 99 %.", 0},
     PANDA,
     "epsilon=0.5 box=none",
     0},
    {{"target", "bounded", "ADV-02",
      "Down the loss of a class that it should become: neither the label nor upwards.", 0},
     FLAT,
     "epsilon=0.0625 goal=target",
     1},
    {{"predicted", "bounded", "ADV-02",
      "Two labels are wrong: the model's own classes give other gradients there.", 0},
     {.N = 4, .D = 3, .H = 5, .K = 3, .block = 2, .wrong = 2},
     "epsilon=0.0625 goal=predicted",
     0},
    {{"l2", "bounded", "ADV-02", "The whole gradient, of length epsilon for each sample alone.", 0},
     SMALL,
     "epsilon=0.25 norm=l2 tiny=0.03125",
     0},
    {{"l2_mean_added", "bounded", "ADV-02",
      "Mean loss and a floor that is added: the batch size shortens the step.", 0},
     FLAT,
     "epsilon=0.25 norm=l2 reduction=mean floor=added tiny=0.25",
     0},
    {{"l1_whole", "bounded", "ADV-02", "L1: all features share epsilon as their gradients do.", 0},
     FLAT,
     "epsilon=0.5 norm=l1",
     0},
    {{"certain_norm", "bounded", "ADV-02",
      "Gradients of 1e-6 and less under a floor of 1e-3: the step all but vanishes.", 0},
     CERTAIN,
     "epsilon=0.0625 norm=l2 floor=norm tiny=1e-3 box=none",
     0},
    {{"certain_squares", "bounded", "ADV-02",
      "A floor of 1e-12 under the root is one of 1e-6: a part of the step.", 0},
     CERTAIN,
     "epsilon=0.0625 norm=l2 floor=squares tiny=1e-12 box=none",
     0},
    {{"certain_added", "bounded", "ADV-02", "1e-7 is added: another part of it.", 0},
     CERTAIN,
     "epsilon=0.0625 norm=l2 floor=added tiny=1e-7",
     0},
    {{"epsilon_0", "bounded", "ADV-02", "A radius of 0 leaves everything as it is.", 0},
     {.N = 2, .D = 3, .K = 2, .block = 2},
     "epsilon=0",
     0},
    {{"bytes", "bounded", "ADV-02", "Epsilon 16 of 255.", 0}, FLAT, "epsilon=16 units=bytes", 0},
    {{"normalised_l2", "bounded", "ADV-02",
      "L2 sees each feature's deviation in the gradient, which signs would hide.", 0},
     {.N = 3, .D = 4, .K = 3, .block = 2, .normalised = 1, .strength = 0.5},
     "epsilon=0.25 norm=l2",
     0},
    {{"at_faces", "bounded", "ADV-02",
      "Samples near the faces of their box: some features cannot move that far.", 0},
     {.N = 4, .D = 3, .H = 5, .K = 3, .block = 2, .corner = 0.375},
     "epsilon=0.125",
     0},
    {{"many_blocks", "bounded", "ADV-02 DST-01",
      "11 samples in blocks of 2, mean loss: more parts than one machine has.", 0},
     {.N = 11, .D = 2, .H = 3, .K = 2, .block = 2},
     "epsilon=0.0625 norm=l2 reduction=mean",
     0},
};

/* Inputs that no unit sees, and gradients that are equal: linear models with chosen weights. */
static const struct tie {
    struct case_head head;
    const char *states;
    double w1[6]; /* (3,2) */
} ties[] = {
    {{"dead_zero", "exact", "ADV-02", "Labelled: an input without weights stays where it is.", 0},
     "epsilon=0.0625 objective=logit_margin",
     {1, -1, 0, 0, -0.5, 0.25}},
    {{"dead_plus", "exact", "ADV-02", "Labelled: the sign of 0 is 1, so such an input moves.", 0},
     "epsilon=0.0625 objective=logit_margin zero_sign=plus",
     {1, -1, 0, 0, -0.5, 0.25}},
    {{"all_dead", "exact", "ADV-02", "Labelled: a gradient of zeros has no direction in L2.", 0},
     "epsilon=0.0625 objective=logit_margin norm=l2 floor=none",
     {0.5, 0.5, 1, 1, -1, -1}},
    {{"equal_first", "exact", "ADV-02", "Labelled: of two equal gradients the first gets all.", 0},
     "epsilon=0.125 objective=logit_margin norm=l1 l1_step=largest",
     {0.25, 0, 1, -1, -1, 1}},
    {{"equal_shared", "exact", "ADV-02", "Labelled: two equal gradients share epsilon.", 0},
     "epsilon=0.125 objective=logit_margin norm=l1 l1_step=shared",
     {0.25, 0, 1, -1, -1, 1}},
};

static void add_tie(struct case_list *list, const struct tie *tie)
{
    static const double x[] = {0.5, 0.25, 0.625, 0.75, 0.5, 0.375}, b1[] = {0.125, -0.25};
    static const int labels[] = {0, 1};
    struct assay_case *test = case_add(list, &tie->head);
    victim_state(test, tie->states);
    case_number(test, "block", 1);
    case_values(test, "x", DIMS(2, 3), x);
    case_values(test, "w1", DIMS(3, 2), tie->w1);
    case_values(test, "b1", DIMS(2), b1);
    case_integers(test, "labels", DIMS(2), labels);
}

static const struct refusal refusals[] = {
    {"epsilon_negative", "epsilon_0", NUMBER_SET, "epsilon", -0.125,
     .why = "A step the other way is another goal, not a radius."},
    {"epsilon_missing", "epsilon_0", NUMBER_GONE, "epsilon", .why = "There is no usual radius."},
    {"outside_of_the_box", "epsilon_0", ELEMENT_SET, "x", 1.5, .element = 5,
     .why = "Clipping it would be a perturbation that epsilon does not allow."},
    {"no_derivative", "epsilon_0", CHOICE_SET, "activation", 0, "step",
     .why = "Steps have no gradient to follow."},
    {"box_upside_down", "epsilon_0", NUMBER_SET, "low", 1, .why = "Nothing lies from 1 to 1."},
    {"label_beyond", "epsilon_0", ELEMENT_SET, "labels", 2, .why = "There are two classes."},
    {"labels_missing", "epsilon_0", INPUT_GONE, "labels",
     .why = "Predicted classes instead are another goal."},
    {"target_missing", "target", INPUT_GONE, "target", .why = "A target has to be chosen."},
    {"tiny_0", "epsilon_0", NUMBER_SET, "tiny", 0, .why = "It is no floor."},
    {"deviation_0", "normalised_l2", ELEMENT_SET, "deviation", 0, .why = "x / 0."},
    {"one_logit_for_two", "linear", CHOICE_SET, "objective", 0, "logit_margin",
     .why = "A single logit has no rival."},
    {"squares_of_l1", "l1_whole", CHOICE_SET, "floor", 0, "squares", .why = "L1 has no squares."},
};

void fast_gradient_sign_cases(struct case_list *list)
{
    for (size_t i = 0; i < sizeof rows / sizeof *rows; i++)
        victim_add(list, &rows[i]);
    for (size_t i = 0; i < sizeof ties / sizeof *ties; i++)
        add_tie(list, &ties[i]);
    case_refusals(list, refusals, sizeof refusals / sizeof *refusals);
}
