// SPDX-License-Identifier: MIT
#include "victim_cases.h"

#define SMALL                                                                                      \
    {                                                                                              \
        .N = 3, .D = 4, .H = 4, .K = 3, .block = 2, .activation = "tanh", .strength = 2            \
    }
#define FLAT                                                                                       \
    {                                                                                              \
        .N = 3, .D = 4, .K = 3, .block = 2, .strength = 4                                          \
    }

static const struct row {
    struct victim_row like;
    int masked;
} rows[] = {
    {{{"linf", "trajectory", "ADV-03", "Decay 1: all gradients so far count alike.", 0},
      SMALL,
      "epsilon=0.5 alpha=0.125 steps=4 decay=1",
      0},
     0},
    {{{"decay", "trajectory", "ADV-03",
       "Decay 0.75 and L2 steps, which show the momentum's direction.", 0},
      SMALL,
      "epsilon=0.375 alpha=0.125 steps=4 decay=0.75 norm=l2",
      0},
     0},
    {{{"no_decay", "trajectory", "ADV-03", "Decay 0 is the basic iterative method.", 0},
      FLAT,
      "epsilon=0.25 alpha=0.125 steps=3 decay=0 norm=l2",
      0},
     0},
    {{{"mean_size", "trajectory", "ADV-03", "Gradients over their mean: four times as long.", 0},
      FLAT,
      "epsilon=0.375 alpha=0.125 steps=3 decay=0.5 norm=l2 size=mean floor=added tiny=0.5",
      0},
     0},
    {{{"sum_size", "trajectory", "ADV-03",
       "The same over their sum: the floor of the step counts more.", 0},
      FLAT,
      "epsilon=0.375 alpha=0.125 steps=3 decay=0.5 norm=l2 size=sum floor=added tiny=0.5",
      0},
     0},
    {{{"nesterov", "trajectory", "ADV-03", "Gradients are taken where the momentum leads.", 0},
      SMALL,
      "epsilon=0.375 alpha=0.125 steps=3 decay=1 lookahead=nesterov norm=l2",
      0},
     0},
    {{{"nesterov_mean_target", "trajectory", "ADV-03",
       "A look-ahead towards a target, with the longer momentum.", 0},
      FLAT,
      "epsilon=0.25 alpha=0.0625 steps=3 decay=0.5 lookahead=nesterov size=mean goal=target",
      1},
     0},
    {{{"mask_gradient", "trajectory", "ADV-03",
       "Two features are not the attacker's: they do not count.", 0},
      FLAT,
      "epsilon=0.375 alpha=0.125 steps=3 decay=0.5 norm=l2",
      0},
     1},
    {{{"mask_step", "trajectory", "ADV-03",
       "They count for the length of a step that they do not make.", 0},
      FLAT,
      "epsilon=0.375 alpha=0.125 steps=3 decay=0.5 norm=l2 mask_at=step",
      0},
     1},
    {{{"normalised", "trajectory", "ADV-03", "A model that normalises its inputs.", 0},
      {.N = 3, .D = 4, .K = 3, .block = 2, .normalised = 1, .strength = 0.5},
      "epsilon=0.25 alpha=0.125 steps=3 decay=0.75 norm=l2",
      0},
     0},
    {{{"small_gradients", "trajectory", "ADV-03",
       "A certain model: gradients below the floor of their size.", 0},
      {.N = 2, .D = 4, .K = 1, .block = 2, .strength = 16, .objective = "binary_cross_entropy"},
      "epsilon=0.25 alpha=0.0625 steps=3 decay=1 norm=l2 tiny=0.015625 reduction=mean",
      0},
     0},
    {{{"at_faces", "trajectory", "ADV-03", "Near the faces of the box, all orders apart.", 0},
      {.N = 3, .D = 4, .K = 3, .block = 2, .corner = 0.375, .strength = 4},
      "epsilon=0.25 alpha=0.125 steps=3 decay=1 norm=l2 order=box_ball_box",
      0},
     0},
    {{{"many_blocks", "trajectory", "ADV-03 DST-01", "11 samples in blocks of 2.", 0},
      {.N = 11, .D = 2, .K = 1, .block = 2, .objective = "binary_cross_entropy"},
      "epsilon=0.125 alpha=0.0625 steps=2 decay=1",
      0},
     0},
};

static const struct refusal refusals[] = {
    {"decay_negative", "no_decay", NUMBER_SET, "decay", -0.5, .why = "Momentum that turns back."},
    {"decay_missing", "no_decay", NUMBER_GONE, "decay", .why = "0 and 1 are both usual."},
    {"mask_of_two", "mask_step", ELEMENT_SET, "mask", 2, .why = "A mask lets through or does not."},
    {"unknown_size", "no_decay", CHOICE_SET, "size", 0, "median", .why = "It is not defined."},
    {"unknown_lookahead", "no_decay", CHOICE_SET, "lookahead", 0, "far", .why = "How far?"},
    {"unknown_mask_at", "no_decay", CHOICE_SET, "mask_at", 0, "end", .why = "It is not defined."},
};

/* Hides the features 1 and 2 of the first sample, and one each of the others. */
static void add_mask(struct assay_case *test, const struct victim_setting *is)
{
    int mask[12];
    for (size_t i = 0; i < is->N * is->D; i++)
        mask[i] = i < is->D ? i != 1 && i != 2 : i % is->D != (i / is->D + 1) % is->D;
    case_integers(test, "mask", DIMS(is->N, is->D), mask);
}

void momentum_iterative_attack_cases(struct case_list *list)
{
    for (size_t i = 0; i < sizeof rows / sizeof *rows; i++) {
        struct assay_case *test = victim_add(list, &rows[i].like);
        if (rows[i].masked)
            add_mask(test, &rows[i].like.setting);
    }
    case_refusals(list, refusals, sizeof refusals / sizeof *refusals);
}
