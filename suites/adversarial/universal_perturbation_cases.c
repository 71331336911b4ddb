// SPDX-License-Identifier: MIT
#include "victim_cases.h"

#define FLAT                                                                                       \
    {                                                                                              \
        .N = 6, .D = 4, .K = 3, .block = 2, .strength = 2, .corner = 0.125                         \
    }
#define BENT                                                                                       \
    {                                                                                              \
        .N = 6, .D = 4, .H = 4, .K = 3, .block = 4, .activation = "tanh", .strength = 2,           \
        .corner = 0.125                                                                            \
    }

static const struct row {
    struct victim_row like;
    double start; /* the largest element; 0: no start */
} rows[] = {
    {{{"linf", "trajectory", "ADV-01 ADV-03", "One perturbation for six samples of three classes.",
       0},
      BENT,
      "epsilon=0.1875 alpha=0.0625 steps=4",
      0},
     0},
    {{{"l2", "trajectory", "ADV-01 ADV-03", "In the L2 ball: the summed gradient's own direction.",
       0},
      BENT,
      "epsilon=0.375 alpha=0.25 steps=3 norm=l2",
      0},
     0},
    {{{"l1", "trajectory", "ADV-03", "In the L1 ball, from a random start.", 0},
      FLAT,
      "epsilon=0.5 alpha=0.375 steps=3 norm=l1",
      0},
     0.25},
    {{{"start", "trajectory", "ADV-03", "A start outside of the ball.", 0},
      FLAT,
      "epsilon=0.25 alpha=0.125 steps=2 norm=l2",
      0},
     0.5},
    {{{"target", "trajectory", "ADV-03", "All samples towards classes of their own.", 0},
      FLAT,
      "epsilon=0.25 alpha=0.125 steps=3 norm=l2 goal=target",
      1},
     0},
    {{{"signs", "trajectory", "ADV-03", "Each sample's own direction counts alike.", 0},
      BENT,
      "epsilon=0.375 alpha=0.125 steps=3 norm=l2 over=signs",
      0},
     0},
    {{{"cap", "trajectory", "ADV-03", "Samples of a loss above the cap do not drive the rest.", 0},
      FLAT,
      "epsilon=0.5 alpha=0.1875 steps=4 norm=l2 cap=1",
      0},
     0},
    {{{"at_faces", "trajectory", "ADV-03", "The box cuts the inputs, not the perturbation.", 0},
      {.N = 4, .D = 3, .K = 3, .block = 2, .corner = 0.375, .strength = 2},
      "epsilon=0.5 alpha=0.375 steps=3 norm=l2",
      0},
     0},
    {{{"mean_floor", "trajectory", "ADV-03", "Mean loss and an added floor.", 0},
      FLAT,
      "epsilon=0.25 alpha=0.25 steps=2 norm=l2 reduction=mean floor=added tiny=0.125",
      0},
     0},
    {{{"sum_floor", "trajectory", "ADV-03", "Summed loss and the same floor.", 0},
      FLAT,
      "epsilon=0.25 alpha=0.25 steps=2 norm=l2 floor=added tiny=0.125",
      0},
     0},
    {{{"normalised", "trajectory", "ADV-03", "A perturbation of raw units, 32 of 255.", 0},
      {.N = 4, .D = 3, .K = 3, .block = 2, .normalised = 1, .strength = 0.5},
      "epsilon=32 alpha=16 units=bytes steps=3 norm=l2",
      0},
     0},
    {{{"many_blocks", "trajectory", "ADV-03 DST-01 DST-02",
       "13 samples in blocks of 2: gradients of one machine would show.", 0},
      {.N = 13, .D = 2, .K = 2, .block = 2, .corner = 0.125},
      "epsilon=0.1875 alpha=0.125 steps=2 norm=l2",
      0},
     0},
};

static const struct refusal refusals[] = {
    {"epsilon_negative", "sum_floor", NUMBER_SET, "epsilon", -1, .why = "No ball has that."},
    {"alpha_negative", "sum_floor", NUMBER_SET, "alpha", -1, .why = "Away from the goal."},
    {"no_step", "sum_floor", NUMBER_SET, "steps", 0, .why = "That is no attack."},
    {"cap_0", "sum_floor", NUMBER_SET, "cap", 0, .why = "No sample would count."},
    {"cap_of_target", "target", NUMBER_SET, "cap", 1, .why = "A small loss is the goal there."},
    {"unknown_over", "sum_floor", CHOICE_SET, "over", 0, "classes", .why = "Not defined."},
    {"start_short", "start", INPUT_SHORTER, "start", .why = "A feature is missing."},
};

void universal_perturbation_cases(struct case_list *list)
{
    for (size_t i = 0; i < sizeof rows / sizeof *rows; i++) {
        struct assay_case *test = victim_add(list, &rows[i].like);
        if (rows[i].start > 0)
            case_signed(test, "start", DIMS(rows[i].like.setting.D), 0.0625, rows[i].start);
    }
    case_refusals(list, refusals, sizeof refusals / sizeof *refusals);
}
