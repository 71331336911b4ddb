// SPDX-License-Identifier: MIT
#include "victim_cases.h"

#define BENT                                                                                       \
    {                                                                                              \
        .N = 3, .D = 4, .H = 4, .K = 4, .block = 2, .activation = "tanh", .strength = 3            \
    }
#define FLAT                                                                                       \
    {                                                                                              \
        .N = 3, .D = 4, .K = 4, .block = 2, .strength = 6                                          \
    }

static const struct row {
    struct victim_row like;
    double start; /* the largest offset; 0: no start */
} rows[] = {
    {{{"l2", "trajectory", "ADV-03",
       "Eight steps of cross-entropy with checkpoints after 2, 4, 5, 6, 7 and 8.", 0},
      BENT,
      "epsilon=0.375 alpha=0.75 steps=8 norm=l2",
      0},
     0},
    {{{"linf", "trajectory", "ADV-03",
       "Steps of twice the radius reach the faces of the ball at once.", 0},
      {.N = 2, .D = 4, .H = 6, .K = 4, .block = 2, .activation = "tanh", .strength = 4},
      "epsilon=0.375 alpha=0.75 steps=4",
      0},
     0.375},
    {{{"ratio", "trajectory", "ADV-03", "The difference-of-logits ratio is climbed.", 2},
      BENT,
      "epsilon=0.375 alpha=0.75 steps=6 norm=l2 ratio=yes",
      0},
     0},
    {{{"ratio_target", "trajectory", "ADV-03", "Towards targets: the ratio rises all the same.", 0},
      BENT,
      "epsilon=0.375 alpha=0.75 steps=5 norm=l2 ratio=yes goal=target",
      1},
     0},
    {{{"target", "trajectory", "ADV-03", "Down the cross-entropy of targets.", 1},
      BENT,
      "epsilon=0.375 alpha=0.75 steps=6 norm=l2 goal=target",
      2},
     0},
    {{{"code", "trajectory", "ADV-03",
       "AutoAttack's checkpoints: as many rises as needed are too few.", 19},
      {.N = 2, .D = 4, .H = 4, .K = 4, .block = 2, .activation = "tanh", .strength = 3},
      "epsilon=0.375 alpha=0.75 steps=10 norm=l2 rules=code rho=0.5",
      0},
     0.25},
    {{{"code_later", "trajectory", "ADV-03", "14 steps: the first checkpoint after three.", 0},
      {.N = 2, .D = 3, .K = 3, .block = 2, .strength = 6},
      "epsilon=1.5 alpha=0.125 steps=14 norm=l2 rules=code box=none",
      0},
     0},
    {{{"random_start", "trajectory", "ADV-03", "A start within the ball, logit margins.", 1},
      {.N = 3,
       .D = 4,
       .H = 4,
       .K = 3,
       .block = 2,
       .activation = "tanh",
       .strength = 3,
       .objective = "logit_margin"},
      "epsilon=0.25 alpha=0.5 steps=6 norm=l2",
      0},
     0.25},
    {{{"no_inertia", "trajectory", "ADV-03", "Inertia 1: the plain step.", 0},
      BENT,
      "epsilon=0.375 alpha=0.75 steps=4 norm=l2 inertia=1",
      0},
     0},
    {{{"rho", "trajectory", "ADV-03", "Any rises are enough: only what is stale halves the step.",
       0},
      BENT,
      "epsilon=0.375 alpha=0.75 steps=8 norm=l2 rho=0 inertia=0.5",
      0},
     0},
    {{{"l1", "trajectory", "ADV-03", "L1 steps near the faces of the box, mean loss.", 0},
      {.N = 2, .D = 4, .K = 4, .block = 2, .strength = 6, .corner = 0.375},
      "epsilon=0.5 alpha=0.5 steps=4 norm=l1 reduction=mean floor=added tiny=0.25",
      0},
     0},
    {{{"many_blocks", "trajectory", "ADV-03 DST-01", "9 samples in blocks of 2.", 0},
      {.N = 9, .D = 3, .K = 3, .block = 2, .strength = 4},
      "epsilon=0.25 alpha=0.125 steps=2 norm=l2",
      0},
     0},
};

static const struct refusal refusals[] = {
    {"inertia_0", "no_inertia", NUMBER_SET, "inertia", 0, .why = "It would never move."},
    {"inertia_above_1", "no_inertia", NUMBER_SET, "inertia", 1.5, .why = "Against its own past."},
    {"rho_negative", "no_inertia", NUMBER_SET, "rho", -0.5, .why = "Fewer rises than none."},
    {"no_step", "many_blocks", NUMBER_SET, "steps", 0, .why = "No step is no attack."},
    {"target_is_label", "ratio_target", ELEMENT_SET, "target", 0, .element = 0,
     .why = "Its ratio is 0 everywhere."},
    {"unknown_rules", "no_inertia", CHOICE_SET, "rules", 0, "mine", .why = "They are not defined."},
    {"unknown_ratio", "no_inertia", CHOICE_SET, "ratio", 0, "maybe", .why = "Yes or no."},
};

void auto_pgd_cases(struct case_list *list)
{
    for (size_t i = 0; i < sizeof rows / sizeof *rows; i++) {
        const struct victim_setting *is = &rows[i].like.setting;
        struct assay_case *test = victim_add(list, &rows[i].like);
        if (rows[i].start > 0)
            case_uniform(test, "start", DIMS(is->N, is->D), -rows[i].start, rows[i].start);
    }
    case_refusals(list, refusals, sizeof refusals / sizeof *refusals);
}
