// SPDX-License-Identifier: MIT
#include "../case_builder.h"

#include <stdio.h>

enum { SIZES = 4, STATED = 6 };

/* C classes; N real samples (0: the generator's turn), B rows of Z numbers of noise, samples of X
 * numbers; widths of embeddings (0: one-hot). Hidden and last sizes of the players: the first size
 * follows from the condition. `absent` is a class that no label names (0: all are drawn). */
static const struct row {
    struct case_head head;
    size_t C, N, B, Z, X, block, generator[SIZES], discriminator[SIZES], E, F;
    const char *choice[STATED][2];
    double dloss, level;
    int projected, absent;
} rows[] = {
#define TANH                                                                                       \
    {"generator_activation", "tanh"},                                                              \
    {                                                                                              \
        "discriminator_activation", "tanh"                                                         \
    }
#define GENERATOR                                                                                  \
    {                                                                                              \
        "player", "generator"                                                                      \
    }
#define PROJECTED                                                                                  \
    {                                                                                              \
        "condition", "projected"                                                                   \
    }
#define SMALL .C = 3, .Z = 2, .X = 2, .block = 2, .generator = {4, 2}, .discriminator = {3, 1}
#define HEAD                                                                                       \
    .C = 3, .Z = 2, .X = 2, .block = 2, .generator = {4, 2}, .discriminator = {3, 2}, .projected = 1
    {{"discriminator", "bounded", "GAN-18 GAN-01",
      "One-hot classes behind the samples: the rows of w1 that belong to them learn too.", 0},
     SMALL,
     .N = 6,
     .B = 5,
     .choice = {TANH}},
    {{"discriminator_stated", "bounded", "GAN-18",
      "All conventions stated, other sizes everywhere, an upstream gradient of -1.5.", 0},
     .C = 4,
     .Z = 3,
     .X = 2,
     .block = 4,
     .generator = {3, 2},
     .discriminator = {3, 2, 1},
     .N = 7,
     .B = 6,
     .choice = {TANH,
                {"player", "discriminator"},
                {"condition", "concatenated"},
                {"discriminator_order", "condition_last"},
                {"combine", "sum"}},
     .dloss = -1.5},
    {{"generator", "bounded", "GAN-18 GAN-05",
      "The generator is told its classes, and so is the frozen discriminator.", 0},
     SMALL,
     .B = 7,
     .choice = {TANH, GENERATOR}},
    {{"conditions_first", "bounded", "GAN-18",
      "Both conditions in front: other rows of w1 belong to them.", 0},
     SMALL,
     .N = 5,
     .B = 5,
     .choice = {TANH,
                {"generator_order", "condition_first"},
                {"discriminator_order", "condition_first"}}},
    {{"pytorch_gan", "bounded", "GAN-18",
      "PyTorch-GAN: embeddings, the generator's condition first and the discriminator's last, half "
      "of both losses.",
      0},
     SMALL,
     .N = 6,
     .B = 6,
     .E = 3,
     .F = 2,
     .choice = {TANH, {"generator_order", "condition_first"}, {"combine", "half"}},
     .dloss = 2},
    {{"generator_embedded", "bounded", "GAN-18",
      "A learnt embedding of 2 numbers: samples of one class add up in its row.", 0},
     SMALL,
     .B = 7,
     .E = 2,
     .choice = {TANH, GENERATOR, {"generator_order", "condition_first"}},
     .dloss = 0.75},
    {{"absent_class", "bounded", "GAN-18",
      "Nobody is of the last class: its row of the embedding has gradient 0.", 0},
     SMALL,
     .N = 5,
     .B = 4,
     .F = 2,
     .choice = {TANH},
     .absent = 1},
    {{"projected", "bounded", "GAN-18",
      "The projection discriminator: the class meets the features, not the sample.", 0},
     HEAD,
     .N = 6,
     .B = 5,
     .choice = {TANH, PROJECTED, {"feature_end", "tanh"}}},
    {{"projected_rectified", "bounded", "GAN-18",
      "Features behind a ReLU, half of both losses, an upstream gradient of 2.", 0},
     HEAD,
     .N = 5,
     .B = 7,
     .choice = {TANH, PROJECTED, {"combine", "half"}},
     .dloss = 2},
    {{"projected_generator", "bounded", "GAN-18 GAN-05",
      "Back to the noise through the sum of psi_w and the row of the class.", 0},
     HEAD,
     .B = 6,
     .choice = {TANH, PROJECTED, GENERATOR, {"feature_end", "tanh"}},
     .dloss = -1},
    {{"tanh_output", "bounded", "GAN-18", "A tanh behind the generator, ReLU within.", 0},
     SMALL,
     .B = 5,
     .choice = {GENERATOR, {"generator_output", "tanh"}}},
    {{"one_class", "bounded", "GAN-18",
      "With one class the condition is a constant 1: a bias more.", 0},
     .C = 1,
     .Z = 1,
     .X = 1,
     .block = 2,
     .generator = {1},
     .discriminator = {1},
     .N = 3,
     .B = 2},
    {{"sure", "bounded", "GAN-18",
      "Logits near 8 for real and generated alike: losses of e^-8 and 8.", 0},
     SMALL,
     .N = 4,
     .B = 3,
     .choice = {TANH},
     .level = 8},
    {{"chance", "bounded", "GAN-07 GAN-18",
      "A linear discriminator of zeros, whose condition changes nothing: log 2 twice.", 0},
     .C = 2,
     .Z = 1,
     .X = 2,
     .block = 2,
     .generator = {2},
     .discriminator = {1},
     .N = 3,
     .B = 4,
     .level = 1000},
    {{"many_blocks", "bounded", "GAN-18 DST-02",
      "13 real and 9 generated samples in blocks of 2, embedded and projected.", 0},
     HEAD,
     .N = 13,
     .B = 9,
     .E = 2,
     .choice = {TANH, PROJECTED, {"feature_end", "tanh"}}},
};

static const struct refusal refusals[] = {
    {"label_too_large", "one_class", ELEMENT_SET, "labels", 1, NULL, 1, "There is no such class."},
    {"real_label_negative", "one_class", ELEMENT_SET, "real_labels", -1, NULL, 0,
     "There is no such class."},
    {"no_classes", "one_class", NUMBER_SET, "classes", 0, NULL, 0, "A condition needs a class."},
    {"generator_not_told", "one_class", INPUT_SHORTER, "generator_w1", 0, NULL, 0,
     "Its first layer has no row for the condition."},
    {"discriminator_not_told", "one_class", INPUT_SHORTER, "discriminator_w1", 0, NULL, 0,
     "Its first layer has no row for the condition."},
    {"labels_missing", "one_class", INPUT_GONE, "labels", 0, NULL, 0,
     "What has been generated is unknown."},
    {"condition_unknown", "one_class", CHOICE_SET, "condition", 0, "added", 0,
     "Concatenated or projected."},
};

static void fill_player(struct assay_case *test, const struct row *row, const char *name,
                        const size_t size[SIZES], size_t I)
{
    char w[24], b[24];
    for (size_t l = 0; l < SIZES && size[l]; l++) {
        snprintf(w, sizeof w, "%s_w%zu", name, l + 1);
        snprintf(b, sizeof b, "%s_b%zu", name, l + 1);
        double scale = row->level > 999 && name[0] == 'd' ? 0 : 1;
        case_uniform(test, w, DIMS(I, size[l]), -scale, scale);
        case_uniform(test, b, DIMS(size[l]), -scale / 2, scale / 2);
        I = size[l];
        if (I == 1 && name[0] == 'd' && row->level < 999)
            case_input(test, b)[0] = (float)(case_input(test, b)[0] + row->level);
    }
}

static void fill_data(struct assay_case *test, const struct row *row)
{
    int classes = (int)row->C - row->absent;
    if (row->E)
        case_uniform(test, "generator_embedding", DIMS(row->C, row->E), -1, 1);
    if (row->F)
        case_uniform(test, "discriminator_embedding", DIMS(row->C, row->F), -1, 1);
    if (row->projected) {
        size_t H = row->discriminator[1] ? row->discriminator[1] : row->discriminator[0];
        case_uniform(test, "psi_w", DIMS(H), -1, 1);
        case_uniform(test, "psi_b", SCALAR, -1, 1);
        case_uniform(test, "projection", DIMS(row->C, H), -1, 1);
    }
    case_normal(test, "noise", DIMS(row->B, row->Z), 0, 1);
    case_labels(test, "labels", row->B, classes);
    if (row->N) {
        case_normal(test, "real", DIMS(row->N, row->X), 1, 0.5);
        case_labels(test, "real_labels", row->N, classes);
    }
}

void conditional_gan_cases(struct case_list *list)
{
    for (size_t i = 0; i < sizeof rows / sizeof *rows; i++) {
        const struct row *row = &rows[i];
        struct assay_case *test = case_add(list, &row->head);
        size_t E = row->E ? row->E : row->C, F = row->F ? row->F : row->C;
        case_number(test, "block", (double)row->block);
        case_number(test, "classes", (double)row->C);
        for (size_t k = 0; k < STATED && row->choice[k][0]; k++)
            case_choice(test, row->choice[k][0], row->choice[k][1]);
        fill_player(test, row, "generator", row->generator, row->Z + E);
        fill_player(test, row, "discriminator", row->discriminator,
                    row->X + (row->projected ? 0 : F));
        fill_data(test, row);
        if (row->dloss < 0 || row->dloss > 0)
            case_constant(test, "dloss", SCALAR, row->dloss);
    }
    case_refusals(list, refusals, sizeof refusals / sizeof *refusals);
}
