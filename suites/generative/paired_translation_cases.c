// SPDX-License-Identifier: MIT
#include "network_cases.h"

/* What is 0 or NULL is not stated; numbers below 0 are stated as 0. */
static const struct row {
    struct case_head head;
    struct {
        size_t N, g[4], c[4], block;
        const char *activation, *adversary, *conditional, *residual, *distance, *reduction;
        double lambda, mu, dloss, scale; /* of the critic's weights */
    };
} rows[] = {
    {{"modality", "bounded", "GAN-17 GAN-12",
      "One modality from another, two features from three, from pairs: adversary and distance, "
      "every default.",
      0},
     {5, {3, 4, 2}, {5, 3, 1}, 2, "tanh", NULL, NULL, NULL, NULL, NULL, 0, 0, 0, 1}},
    {{"modality_of_rectifiers", "bounded", "GAN-17",
      "The same with ReLUs and a weight as large as the adversary's.", 1},
     {4, {2, 4, 2}, {4, 4, 1}, 2, "relu", "logistic", "yes", "no", "l1", "mean", 1, -1, 1, 1}},
    {{"unconditional", "bounded", "GAN-17",
      "The critic does not see what was translated, only the result.", 0},
     {5, {3, 4, 2}, {2, 3, 1}, 2, "tanh", NULL, "no", NULL, NULL, NULL, 1, 0, 0.75, 1}},
    {{"patch_critic", "bounded", "GAN-12",
      "Three logits a sample, as a patch critic has them: a mean over all.", 0},
     {5, {2, 3, 2}, {4, 3, 3}, 2, "tanh", NULL, NULL, NULL, NULL, NULL, 2, 0, 0, 1}},
    {{"least_squares", "bounded", "GAN-17",
      "The adversary of least squares and the squared distance, as a norm per sample.", 0},
     {5,
      {3, 3, 2},
      {5, 3, 1},
      2,
      "tanh",
      "least_squares",
      NULL,
      NULL,
      "l2",
      "sample",
      2,
      0,
      1.25,
      1}},
    {{"denoising", "bounded", "GAN-21",
      "A low-dose scan with its noise: the generator's correction is added to what came in.", 0},
     {5, {4, 3, 4}, {8, 3, 1}, 2, "tanh", NULL, NULL, "yes", NULL, NULL, 3, 0, 0, 1}},
    {{"super_resolution", "bounded", "GAN-14",
      "Six values from three: pairs of them must average to what was given; detail comes from the "
      "critic.",
      0},
     {5, {3, 4, 6}, {6, 3, 1}, 2, "tanh", NULL, "no", NULL, NULL, NULL, 0.5, 2, 0, 1}},
    {{"super_resolution_by_three", "bounded", "GAN-14",
      "Three values for each, squared, with a critic that sees the coarse ones too.", 0},
     {4, {2, 3, 6}, {8, 3, 1}, 2, "tanh", NULL, NULL, NULL, "l2", "sum", 0.5, 1.5, 0.75, 1}},
    {{"consistency_alone", "bounded", "GAN-14",
      "No truth at hand, lambda 0: the average and the critic teach alone.", 0},
     {4, {2, 3, 4}, {4, 3, 1}, 2, "tanh", NULL, "no", NULL, "l2", NULL, -1, 2, 0, 1}},
    {{"sure_critic", "bounded", "GAN-17",
      "Logits of thousands, of both signs: finite, and a gradient of exactly one slope.", 0},
     {5, {2, 3, 2}, {4, 3, 1}, 2, "tanh", NULL, NULL, NULL, NULL, NULL, 1, 0, 0, 2000}},
    {{"uneven_blocks", "bounded", "GAN-17 DST-02", "11 pairs in blocks of 2.", 0},
     {11, {2, 2, 2}, {4, 2, 1}, 2, "tanh", NULL, NULL, NULL, NULL, NULL, 4, 0, 0, 1}},
    {{"linear", "bounded", "GAN-17", "Two linear maps and one pair: the smallest.", 0},
     {1, {2, 2}, {2, 1}, 2, "tanh", NULL, "no", NULL, NULL, NULL, 1, 0, 0, 1}},
};

static const struct refusal refusals[] = {
    {"negative_lambda", "linear", NUMBER_SET, "lambda", -1, NULL, 0, "A reward for errors."},
    {"mu_without_multiple", "modality", NUMBER_SET, "mu", 1, NULL, 0,
     "Two values are no multiple of three."},
    {"residual_between_spaces", "modality", CHOICE_SET, "residual", 0, "yes", 0,
     "Two values cannot be added to three."},
    {"condition_not_taken", "linear", CHOICE_SET, "conditional", 0, "yes", 0,
     "The critic has no room for the condition."},
    {"unpaired", "linear", INPUT_SHORTER, "y", 0, NULL, 0, "Every sample needs its truth."},
    {"no_critic", "linear", INPUT_GONE, "cw1", 0, NULL, 0, "There is no critic."},
};

void paired_translation_cases(struct case_list *list)
{
    for (size_t i = 0; i < sizeof rows / sizeof *rows; i++) {
        static const char *const choice[] = {"activation", "adversary", "conditional",
                                             "residual",   "distance",  "reduction"};
        const struct row *row = &rows[i];
        const char *const chosen[] = {row->activation, row->adversary, row->conditional,
                                      row->residual,   row->distance,  row->reduction};
        struct assay_case *test = case_add(list, &row->head);
        size_t L = 0;
        while (row->g[L + 1] != 0)
            L++;
        case_number(test, "block", (double)row->block);
        if (row->lambda != 0)
            case_number(test, "lambda", row->lambda < 0 ? 0 : row->lambda);
        if (row->mu != 0)
            case_number(test, "mu", row->mu < 0 ? 0 : row->mu);
        for (size_t k = 0; k < 6; k++)
            if (chosen[k])
                case_choice(test, choice[k], chosen[k]);
        if (row->dloss != 0)
            case_constant(test, "dloss", SCALAR, row->dloss);
        case_normal(test, "x", DIMS(row->N, row->g[0]), 0.25, 1);
        case_normal(test, "y", DIMS(row->N, row->g[L]), -0.25, 1);
        case_network(test, "g", row->g, 0.4, 1.1, 0.5);
        case_network(test, "c", row->c, 0.4 * row->scale, 1.1 * row->scale, 0.5);
    }
    case_refusals(list, refusals, sizeof refusals / sizeof *refusals);
}
