// SPDX-License-Identifier: MIT
#include "network_cases.h"

/* What is 0 or NULL is not stated; an offset below 0 is stated as 0. Q > 0: a style of features. */
static const struct row {
    struct case_head head;
    struct {
        size_t N, C, P, Q, m[4], block;
        const char *latent, *deviation;
        double epsilon, offset;
        int upstream;
    };
} rows[] = {
    {{"features", "bounded", "GAN-10 GAN-12",
      "Content of 6 positions gets mean and deviation of a style of 5, forwards and backwards.", 0},
     {3, 2, 6, 5, {0}, 2, NULL, NULL, 0, 0, 1}},
    {{"features_stated", "bounded", "GAN-12", "The conventions stated at their defaults.", 0},
     {2, 3, 4, 4, {0}, 2, NULL, "population", 1e-5, 0, 1}},
    {{"features_unbiased", "bounded", "GAN-12", "The sample's deviation, in content and style.", 0},
     {2, 2, 4, 3, {0}, 2, NULL, "sample", 0, 0, 1}},
    {{"features_large_epsilon", "bounded", "GAN-12",
      "An epsilon as large as the variances: it counts in both deviations.", 0},
     {2, 2, 4, 5, {0}, 2, NULL, NULL, 0.5, 0, 1}},
    {{"one_position_of_style", "bounded", "GAN-12",
      "A style of one position has the deviation of epsilon alone.", 0},
     {2, 2, 4, 1, {0}, 2, NULL, NULL, 0.0625, 0, 1}},
    {{"latent", "bounded", "GAN-10",
      "A style of a latent vector: normalized, mapped by two layers, split into scales and shifts.",
      0},
     {3, 2, 4, 0, {4, 3, 4}, 2, NULL, NULL, 0, 0, 1}},
    {{"latent_deep", "bounded", "GAN-10",
      "A deeper mapping, three maps, an epsilon of 1e-8, and the sample's deviation.", 0},
     {3, 3, 3, 0, {3, 4, 6}, 2, "normalized", "sample", 1e-8, 1, 1}},
    {{"latent_plain", "bounded", "GAN-10",
      "The latent vector as it is, and no offset of the scales.", 0},
     {3, 2, 4, 0, {3, 3, 4}, 2, "plain", NULL, 0, -1, 1}},
    {{"affine_alone", "bounded", "GAN-10",
      "Only the learnt affine map of the paper's equation, forwards alone.", 0},
     {2, 2, 3, 0, {2, 4}, 1, "plain", NULL, 0, -1, 0}},
    {{"uneven_blocks", "bounded", "GAN-10 DST-02", "11 images in blocks of 2.", 0},
     {11, 1, 3, 0, {2, 2}, 2, NULL, NULL, 0, 0, 1}},
};

/* Maps of +-1 about a mean, an epsilon that makes every deviation 2: exact. */
static void add_exact(struct case_list *list)
{
    static const struct case_head head = {
        "exact", "exact", "GAN-10 GAN-12",
        "Variance 1 and epsilon 3: every deviation is 2, the content's and the style's.", 0};
    static const double x[] = {3, 1, 1, 3, -2, -4, -2, -4}, s[] = {5, 7, 0.5, -1.5};
    struct assay_case *test = case_add(list, &head);
    case_number(test, "epsilon", 3);
    case_values(test, "x", DIMS(1, 2, 4), x);
    case_values(test, "s", DIMS(1, 2, 2), s);
    case_dyadic(test, "dy", DIMS(1, 2, 4), -2, 2, 0.25);
}

static void add_constant(struct case_list *list)
{
    static const struct case_head head = {
        "constant_map", "bounded", "GAN-10",
        "A content map without spread becomes the shift; its gradient is finite through epsilon.",
        0};
    struct assay_case *test = case_add(list, &head);
    case_number(test, "epsilon", 0.25);
    case_constant(test, "x", DIMS(2, 1, 4), 0.75);
    case_normal(test, "s", DIMS(2, 1, 3), 1, 1);
    case_normal(test, "dy", DIMS(2, 1, 4), 0, 1);
}

static const struct refusal refusals[] = {
    {"epsilon_zero", "exact", NUMBER_SET, "epsilon", 0, NULL, 0, "0 / 0 for a constant map."},
    {"epsilon_negative", "exact", NUMBER_SET, "epsilon", -1, NULL, 0, "A negative root."},
    {"style_missing", "exact", INPUT_GONE, "s", 0, NULL, 0, "There is no style."},
    {"style_of_other_maps", "exact", INPUT_SHORTER, "s", 0, NULL, 1, "A style for each map."},
    {"too_few_outputs", "affine_alone", INPUT_SHORTER, "mb1", 0, NULL, 0,
     "A scale and a shift for each map."},
    {"unknown_style", "exact", CHOICE_SET, "style", 0, "word", 0, "Not a known style."},
    {"latents_missing", "affine_alone", INPUT_SHORTER, "z", 0, NULL, 0, "A latent for each image."},
};

void adaptive_instance_normalization_cases(struct case_list *list)
{
    for (size_t i = 0; i < sizeof rows / sizeof *rows; i++) {
        const struct row *row = &rows[i];
        struct assay_case *test = case_add(list, &row->head);
        case_number(test, "block", (double)row->block);
        if (row->epsilon != 0)
            case_number(test, "epsilon", row->epsilon);
        if (row->offset != 0)
            case_number(test, "offset", row->offset < 0 ? 0 : row->offset);
        if (row->latent)
            case_choice(test, "latent", row->latent);
        if (row->deviation)
            case_choice(test, "deviation", row->deviation);
        case_normal(test, "x", DIMS(row->N, row->C, row->P), 0.5, 1.25);
        if (row->Q == 0) {
            case_choice(test, "style", "latent");
            case_choice(test, "activation", "tanh");
            case_normal(test, "z", DIMS(row->N, row->m[0]), 0, 1.5);
            case_network(test, "m", row->m, 0.4, 1.1, 0.5);
        } else {
            case_normal(test, "s", DIMS(row->N, row->C, row->Q), -1, 0.75);
        }
        if (row->upstream)
            case_normal(test, "dy", DIMS(row->N, row->C, row->P), 0.25, 1);
    }
    add_exact(list);
    add_constant(list);
    case_refusals(list, refusals, sizeof refusals / sizeof *refusals);
}
