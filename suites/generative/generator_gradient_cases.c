// SPDX-License-Identifier: MIT
#include "../case_builder.h"

#include <stdio.h>

enum { SIZES = 5, STATED = 5 };

/* B rows of noise; sizes of both players. The last bias of the discriminator is near `level`. */
static const struct row {
    struct case_head head;
    size_t B, block, generator[SIZES], discriminator[SIZES];
    const char *choice[STATED][2];
    double level, dloss, scale;
    int exact, constant;
} rows[] = {
#define SMALL .generator = {2, 3, 2}, .discriminator = {2, 4, 1}
#define TANH                                                                                       \
    {"generator_activation", "tanh"},                                                              \
    {                                                                                              \
        "discriminator_activation", "tanh"                                                         \
    }
    {{"non_saturating", "bounded", "GAN-05", "-log D: what document 004 C8 does with label 1.", 0},
     7,
     2,
     SMALL,
     .choice = {TANH}},
    {{"non_saturating_stated", "bounded", "GAN-05 GAN-01",
      "All conventions stated; a generator from 3 to 4 numbers, an upstream gradient of -1.5.", 0},
     5,
     4,
     .generator = {3, 2, 4},
     .discriminator = {4, 3, 2, 1},
     .choice = {TANH, {"goal", "non_saturating"}, {"frozen", "yes"}, {"reduction", "mean"}},
     .dloss = -1.5},
    {{"minimax", "bounded", "GAN-05 GAN-08",
      "log(1 - D): the same direction for each sample, weighed by D and not by 1 - D.", 0},
     7,
     2,
     SMALL,
     .choice = {TANH, {"goal", "minimax"}}},
    {{"linear", "bounded", "GAN-05", "The logit itself: every sample has the same weight.", 0},
     7,
     2,
     SMALL,
     .choice = {TANH, {"goal", "linear"}},
     .dloss = 2},
    {{"minimax_rejected", "bounded", "GAN-08",
      "Logits near -20: 1 - D is 1 in binary32, but the gradient is e^-20 and not 0.", 0},
     5,
     2,
     SMALL,
     .choice = {TANH, {"goal", "minimax"}},
     .level = -20},
    {{"minimax_rejected_surely", "bounded", "GAN-08",
      "Logits near -50: 1 - D is 1 in binary64 too.", 0},
     4,
     2,
     SMALL,
     .choice = {TANH, {"goal", "minimax"}},
     .level = -50},
    {{"non_saturating_rejected", "bounded", "GAN-05 GAN-08",
      "Logits near -50: the loss is 50, and the gradient as large as it can be.", 0},
     4,
     2,
     SMALL,
     .choice = {TANH},
     .level = -50},
    {{"non_saturating_accepted", "bounded", "GAN-05",
      "Logits near 40: a loss of e^-40, whose logarithm must not be that of 1.", 0},
     4,
     2,
     SMALL,
     .choice = {TANH},
     .level = 40},
    {{"minimax_accepted", "bounded", "GAN-08",
      "Logits near 100: 1 - D underflows in no precision when it is taken from the logit.", 0},
     4,
     2,
     SMALL,
     .choice = {TANH, {"goal", "minimax"}},
     .level = 100},
    {{"not_frozen", "bounded", "GAN-05",
      "What automatic differentiation leaves in the discriminator, too.", 0},
     5,
     2,
     SMALL,
     .choice = {TANH, {"frozen", "no"}},
     .dloss = 0.75},
    {{"not_frozen_minimax", "bounded", "GAN-05 GAN-08",
      "The same for minimax, summed: the discriminator's own gradient for generated samples, "
      "negated.",
      0},
     5,
     4,
     SMALL,
     .choice = {TANH, {"frozen", "no"}, {"goal", "minimax"}, {"reduction", "sum"}}},
    {{"rectified", "bounded", "GAN-05 GAN-02",
      "ReLU in both players: a sample that switches a unit off gets nothing through it.", 0},
     6,
     2,
     SMALL},
    {{"tanh_output", "bounded", "GAN-05 GAN-02",
      "A tanh behind the generator, sigmoids within: one more derivative.", 0},
     5,
     2,
     SMALL,
     .choice = {{"generator_activation", "sigmoid"},
                {"discriminator_activation", "tanh"},
                {"generator_output", "tanh"}},
     .scale = 2},
    {{"chance", "bounded", "GAN-07",
      "A discriminator of zeros: the loss is log 2, and the generator learns nothing.", 0},
     4,
     2,
     SMALL,
     .choice = {TANH},
     .constant = 1},
    {{"exact", "exact", "GAN-05",
      "Linear players and goal in dyadic numbers: nothing is rounded, in any order.", 0},
     8,
     2,
     .generator = {3, 2},
     .discriminator = {2, 1},
     .choice = {{"goal", "linear"}, {"frozen", "no"}},
     .dloss = 2,
     .exact = 1},
    {{"many_blocks", "bounded", "GAN-05 DST-02", "19 samples in blocks of 2, summed.", 0},
     19,
     2,
     SMALL,
     .choice = {TANH, {"reduction", "sum"}}},
};

static const struct refusal refusals[] = {
    {"goal_unknown", "exact", CHOICE_SET, "goal", 0, "win", 0, "No such goal."},
    {"frozen_unknown", "exact", CHOICE_SET, "frozen", 0, "half", 0, "Yes or no."},
    {"no_noise", "exact", INPUT_GONE, "noise", 0, NULL, 0, "Nothing is generated."},
    {"no_generator", "exact", INPUT_GONE, "generator_w1", 0, NULL, 0, "There is no generator."},
    {"layer_missing", "chance", INPUT_GONE, "generator_w2", 0, NULL, 0,
     "A bias without its weights."},
    {"noise_too_narrow", "exact", INPUT_SHORTER, "noise", 0, NULL, 1,
     "The noise does not fit the generator."},
    {"discriminator_too_narrow", "exact", INPUT_SHORTER, "discriminator_w1", 0, NULL, 0,
     "The discriminator does not fit the samples."},
};

static void fill_player(struct assay_case *test, const struct row *row, const char *name,
                        const size_t size[SIZES], double level)
{
    double scale = row->scale != 0 ? row->scale : 1;
    char w[24], b[24];
    for (size_t l = 0; l + 1 < SIZES && size[l + 1]; l++) {
        snprintf(w, sizeof w, "%s_w%zu", name, l + 1);
        snprintf(b, sizeof b, "%s_b%zu", name, l + 1);
        if (row->constant && level < 0) {
            case_constant(test, w, DIMS(size[l], size[l + 1]), 0);
            case_constant(test, b, DIMS(size[l + 1]), 0);
        } else if (row->exact) {
            case_dyadic(test, w, DIMS(size[l], size[l + 1]), -2, 2, 0.5);
            case_dyadic(test, b, DIMS(size[l + 1]), -2, 2, 0.5);
        } else {
            case_uniform(test, w, DIMS(size[l], size[l + 1]), -scale, scale);
            case_uniform(test, b, DIMS(size[l + 1]), -scale / 2, scale / 2);
        }
        int last = l + 2 == SIZES || size[l + 2] == 0;
        if (last && size[l + 1] == 1)
            case_input(test, b)[0] = (float)(case_input(test, b)[0] + row->level);
    }
}

void generator_gradient_cases(struct case_list *list)
{
    for (size_t i = 0; i < sizeof rows / sizeof *rows; i++) {
        const struct row *row = &rows[i];
        struct assay_case *test = case_add(list, &row->head);
        case_number(test, "block", (double)row->block);
        for (size_t k = 0; k < STATED && row->choice[k][0]; k++)
            case_choice(test, row->choice[k][0], row->choice[k][1]);
        fill_player(test, row, "generator", row->generator, 1);
        fill_player(test, row, "discriminator", row->discriminator, -1);
        if (row->exact)
            case_dyadic(test, "noise", DIMS(row->B, row->generator[0]), -2, 2, 0.5);
        else
            case_normal(test, "noise", DIMS(row->B, row->generator[0]), 0, 1);
        if (row->dloss < 0 || row->dloss > 0)
            case_constant(test, "dloss", SCALAR, row->dloss);
    }
    case_refusals(list, refusals, sizeof refusals / sizeof *refusals);
}
