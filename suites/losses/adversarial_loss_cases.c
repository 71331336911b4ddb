// SPDX-License-Identifier: MIT
#include "../case_builder.h"

/* N real and M generated samples of K logits, uniform in [-size, size) around `level` for the real
 * ones and -level for the others. What is 0 or NULL is not stated. */
static const struct row {
    struct case_head head;
    size_t N, M, K, block;
    const char *player, *goal, *combine, *sides, *reduction;
    double size, level, smoothing, dloss;
} rows[] = {
    /* clang-format off */
    {{"discriminator", "bounded", "LOS-19 GAN-01",
      "Unequal batches: each part is the mean over its own.", 0},
     .N = 7, .M = 5, .K = 1, .block = 2, .size = 3},
    {{"discriminator_stated", "bounded", "LOS-19",
      "All defaults stated, with an upstream gradient of -1.5.", 0},
     .N = 9, .M = 6, .K = 2, .block = 4, .player = "discriminator", .combine = "sum",
      .sides = "one",
     .reduction = "mean", .size = 3, .dloss = -1.5},
    {{"discriminator_half", "bounded", "LOS-19",
      "(d_real + d_fake) / 2, as implementations report it; so are its gradients.", 0},
     .N = 6, .M = 6, .K = 1, .block = 4, .combine = "half", .size = 3},
    {{"discriminator_sum", "bounded", "LOS-19",
      "Sums over both batches with unequal numbers of logits.", 0},
     .N = 5, .M = 8, .K = 3, .block = 2, .reduction = "sum", .combine = "half", .size = 2,
      .dloss = 0.75},
    {{"one_sided_smoothing", "bounded", "LOS-19",
      "Real samples are told 0.9; generated ones stay at 0.", 0},
     .N = 7, .M = 5, .K = 1, .block = 2, .smoothing = 0.1, .size = 3},
    {{"two_sided_smoothing", "bounded", "LOS-19",
      "Generated samples are told 0.125 as well: the optimum is then drawn to them.", 0},
     .N = 7, .M = 5, .K = 1, .block = 2, .smoothing = 0.125, .sides = "two", .size = 3},
    {{"equilibrium", "bounded", "LOS-19 GAN-07",
      "D = 1/2 everywhere: each part is log 2, and its gradients are 1/2 over the batch.", 0},
     .N = 8, .M = 4, .K = 1, .block = 2, .combine = "half", .size = 0},
    {{"sure_and_right", "bounded", "LOS-19",
      "Logits of 30 on the right sides: 1 - D is 0 in binary32, its logarithm must not be.", 0},
     .N = 5, .M = 4, .K = 1, .block = 2, .size = 4, .level = 30},
    {{"sure_and_wrong", "bounded", "LOS-19",
      "Logits of 200 on the wrong sides, where e^z overflows in binary32.", 0},
     .N = 5, .M = 4, .K = 1, .block = 2, .size = 50, .level = -200},
    {{"generator", "bounded", "LOS-20 GAN-05",
      "-log D of the generated samples.", 0},
     .M = 7, .K = 1, .block = 2, .player = "generator", .size = 3},
    {{"generator_stated", "bounded", "LOS-20",
      "The goal stated, patches of 3 logits, an upstream gradient of 0.5.", 0},
     .M = 9, .K = 3, .block = 2, .player = "generator", .goal = "non_saturating", .size = 3,
      .dloss = 0.5},
    {{"generator_sum", "bounded", "LOS-20", "The sum over generated samples.", 0},
     .M = 9, .K = 2, .block = 4, .player = "generator", .reduction = "sum", .size = 3},
    {{"generator_smoothing_stated", "bounded", "LOS-20",
      "Smoothing belongs to the discriminator: it must not change the generator's loss.", 0},
     .M = 7, .K = 1, .block = 2, .player = "generator", .smoothing = 0.1, .size = 3},
    {{"minimax", "bounded", "LOS-21 GAN-08",
      "log(1 - D), which the generator minimises: negative, with the discriminator's gradient "
      "negated.", 0},
     .M = 7, .K = 1, .block = 2, .player = "generator", .goal = "minimax", .size = 3},
    {{"minimax_sum", "bounded", "LOS-21 GAN-08", "The same, summed, with an upstream gradient.", 0},
     .M = 9, .K = 2, .block = 4, .player = "generator", .goal = "minimax", .reduction = "sum",
      .size = 2, .dloss = 2.5},
    {{"generator_rejected", "bounded", "LOS-20",
      "D is sure that all is generated: the gradient is still nearly 1.", 0},
     .M = 6, .K = 1, .block = 2, .player = "generator", .size = 4, .level = 9},
    {{"minimax_rejected", "bounded", "LOS-21",
      "The same for the minimax goal, whose gradient vanishes.", 0},
     .M = 6, .K = 1, .block = 2, .player = "generator", .goal = "minimax", .size = 4, .level = 9},
    {{"many_blocks", "bounded", "LOS-19 DST-02",
      "Batches of 23 and 14 in blocks of 2: each batch has blocks of its own.", 0},
     .N = 23, .M = 14, .K = 1, .block = 2, .size = 3, .smoothing = 0.1, .combine = "half"},
    /* clang-format on */
};

static const struct refusal refusals[] = {
    /* clang-format off */
    {"smoothing_negative", "one_sided_smoothing", NUMBER_SET, "smoothing", -0.1, NULL, 0,
     "Targets above 1."},
    {"smoothing_one", "one_sided_smoothing", NUMBER_SET, "smoothing", 1, NULL, 0,
     "Real samples would be told that they are generated."},
    {"player_unknown", "discriminator", CHOICE_SET, "player", 0, "critic", 0,
     "There is no such player."},
    {"goal_unknown", "generator", CHOICE_SET, "goal", 0, "least_squares", 0,
     "There is no such goal."},
    {"combine_unknown", "discriminator_half", CHOICE_SET, "combine", 0, "mean", 0,
     "There is no such combination."},
    {"sides_unknown", "two_sided_smoothing", CHOICE_SET, "sides", 0, "three", 0,
     "There are two sides."},
    {"reduction_unknown", "discriminator", CHOICE_SET, "reduction", 0, "none", 0,
     "There is no such reduction."},
    {"real_missing", "discriminator", INPUT_GONE, "real", 0, NULL, 0,
     "A discriminator needs real samples."},
    {"fake_missing", "generator", INPUT_GONE, "fake", 0, NULL, 0,
     "A generator needs generated samples."},
    {"fake_narrow", "discriminator_stated", INPUT_SHORTER, "fake", 0, NULL, 1,
     "Generated samples with fewer logits than real ones."},
    {"no_logits", "generator", INPUT_SHORTER, "fake", 0, NULL, 1,
     "Samples without a logit: the mean is 0 / 0."},
    /* clang-format on */
};

static void state(struct assay_case *test, const char *name, const char *value)
{
    if (value)
        case_choice(test, name, value);
}

void adversarial_loss_cases(struct case_list *list)
{
    for (size_t i = 0; i < sizeof rows / sizeof *rows; i++) {
        const struct row *row = &rows[i];
        struct assay_case *test = case_add(list, &row->head);
        case_number(test, "block", (double)row->block);
        state(test, "player", row->player);
        state(test, "goal", row->goal);
        state(test, "combine", row->combine);
        state(test, "sides", row->sides);
        state(test, "reduction", row->reduction);
        if (row->smoothing > 0)
            case_number(test, "smoothing", row->smoothing);
        if (row->N > 0)
            case_uniform(test, "real", DIMS(row->N, row->K), row->level - row->size,
                         row->level + row->size);
        case_uniform(test, "fake", DIMS(row->M, row->K), -row->level - row->size,
                     -row->level + row->size);
        if (row->dloss < 0 || row->dloss > 0)
            case_constant(test, "dloss", SCALAR, row->dloss);
    }
    case_refusals(list, refusals, sizeof refusals / sizeof *refusals);
}
