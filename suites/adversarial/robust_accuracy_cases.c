// SPDX-License-Identifier: MIT
#include "victim_cases.h"

enum { RADII = 4 };
#define FLAT                                                                                       \
    {                                                                                              \
        .N = 7, .D = 3, .K = 3, .block = 2, .corner = 0.125, .wrong = 1, .strength = 2             \
    }
#define BENT                                                                                       \
    {                                                                                              \
        .N = 5, .D = 3, .H = 4, .K = 3, .block = 2, .corner = 0.125, .wrong = 1, .strength = 6,    \
        .activation = "tanh"                                                                       \
    }

#define HAT                                                                                        \
    {                                                                                              \
        .N = 5, .D = 1, .H = 3, .K = 2, .block = 2                                                 \
    }

static const struct row {
    struct victim_row like;
    double radius[RADII]; /* ends at the first that is below the one before */
} rows[] = {
    {{{"linf", "bounded", "ADV-03 ADV-01", "Four radii, from none to what breaks all.", 0},
      FLAT,
      "steps=3 step=0.5",
      0},
     {0, 0.0625, 0.125, 0.25}},
    {{{"one_step", "bounded", "ADV-02", "The fast gradient method alone.", 0},
      FLAT,
      "steps=1 step=1 attacks=one_step",
      0},
     {0.0625, 0.125, 0.1875}},
    {{{"both", "bounded", "ADV-02 ADV-03",
       "A network that bends: each attack breaks some samples that the other does not.", 0},
      BENT,
      "steps=2 step=0.375 attacks=both",
      0},
     {0.09375, 0.1875, 0.375}},
    {{{"bent_descent", "bounded", "ADV-03", "The same by small steps alone.", 3},
      BENT,
      "steps=2 step=0.375",
      0},
     {0.09375, 0.1875, 0.375}},
    {{{"each", "bounded", "ADV-03", "A narrow band of the other class: a long step jumps over it.",
       0},
      HAT,
      "steps=1 step=1",
      0},
     {0, 0.0625, 0.25}},
    {{{"cumulative", "bounded", "ADV-03",
       "The same band: what the smaller radius broke stays broken.", 0},
      HAT,
      "steps=1 step=1 across=cumulative",
      0},
     {0, 0.0625, 0.25}},
    {{{"attacked", "bounded", "ADV-03",
       "A sample inside of the band is wrong, and a long step corrects it.", 0},
      HAT,
      "steps=1 step=1 wrong=attacked",
      0},
     {0, 0.0625, 0.25}},
    {{{"one_logit", "bounded", "ADV-03", "Logistic regression: margins fall by epsilon |w|_1.", 0},
      {.N = 5, .D = 4, .K = 1, .block = 2, .corner = 0.125, .objective = "binary_cross_entropy"},
      "steps=1 step=1",
      0},
     {0, 0.125, 0.25}},
    {{{"l1", "bounded", "ADV-03", "L1 balls.", 0}, FLAT, "steps=3 step=0.5 norm=l1", 0},
     {0.125, 0.375}},
    {{{"normalised", "bounded", "ADV-03", "Radii in raw units of a model that normalises.", 0},
      {.N = 5, .D = 3, .K = 3, .block = 2, .corner = 0.125, .normalised = 1, .strength = 0.5},
      "steps=2 step=0.5",
      0},
     {0.0625, 0.1875}},
    {{{"many_blocks", "bounded", "ADV-03 DST-02",
       "15 samples in blocks of 2: right ones are counted over all machines.", 0},
      {.N = 15, .D = 2, .K = 2, .block = 2, .corner = 0.09375},
      "steps=1 step=1",
      0},
     {0.0625, 0.125}},
};

static const struct refusal refusals[] = {
    {"radius_negative", "one_logit", ELEMENT_SET, "epsilons", -0.125, .why = "No ball has it."},
    {"radii_descend", "one_logit", ELEMENT_SET, "epsilons", 0.0625, .element = 2,
     .why = "The smallest radius that breaks a sample would not be the first."},
    {"radii_missing", "one_logit", INPUT_GONE, "epsilons", .why = "Robust against what?"},
    {"step_0", "one_logit", NUMBER_SET, "step", 0, .why = "The attack would not move."},
    {"goal_target", "one_logit", CHOICE_SET, "goal", 0, "target",
     .why = "Accuracy knows labels alone."},
    {"unknown_attacks", "one_logit", CHOICE_SET, "attacks", 0, "all", .why = "Which ones?"},
    {"unknown_wrong", "one_logit", CHOICE_SET, "wrong", 0, "left_out", .why = "Not defined."},
    {"unknown_across", "one_logit", CHOICE_SET, "across", 0, "mean", .why = "Not defined."},
};

/* One feature, and a score of class 1 that is a hat from 1/2 to 3/4. */
static void make_hat(struct assay_case *test)
{
    static const double x[] = {0.515625, 0.53125, 0.5625, 0.6875, 0.59375}, b1[] = {-4, -5, -6};
    static const double labels[] = {0, 0, 0, 1, 1}, w2[] = {0, 1, 0, -2, 0, 1}, b2[] = {0.375, 0};
    for (size_t i = 0; i < 6; i++)
        case_input(test, "w2")[i] = w2[i];
    for (size_t i = 0; i < 5; i++) {
        case_input(test, "x")[i] = x[i];
        case_input(test, "labels")[i] = labels[i];
    }
    for (size_t i = 0; i < 3; i++) {
        case_input(test, "w1")[i] = 8;
        case_input(test, "b1")[i] = b1[i];
    }
    case_input(test, "b2")[0] = b2[0];
    case_input(test, "b2")[1] = b2[1];
}

void robust_accuracy_cases(struct case_list *list)
{
    for (size_t i = 0; i < sizeof rows / sizeof *rows; i++) {
        struct assay_case *test = victim_add(list, &rows[i].like);
        if (rows[i].like.setting.D == 1)
            make_hat(test);
        size_t radii = 1;
        while (radii < RADII && rows[i].radius[radii] > rows[i].radius[radii - 1])
            radii++;
        case_values(test, "epsilons", DIMS(radii), rows[i].radius);
    }
    case_refusals(list, refusals, sizeof refusals / sizeof *refusals);
}
