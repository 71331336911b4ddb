// SPDX-License-Identifier: MIT
#include "../case_builder.h"

/* What is 0 or NULL is not stated. */
static const struct row {
    struct case_head head;
    struct {
        size_t N, C, P, Q, block;
        const char *gram, *scale, *center;
        double style, content, dloss;
        int with_content;
    };
} rows[] = {
    {{"gatys", "bounded", "GAN-12", "Style and content of three images with every default.", 0},
     {3, 3, 4, 4, 2, NULL, NULL, NULL, 0, 0, 0, 1}},
    {{"gatys_stated", "bounded", "GAN-12", "The conventions stated at their defaults.", 0},
     {2, 2, 3, 3, 2, "plain", "gatys", "kept", 1, 1, 1, 1}},
    {{"weights", "bounded", "GAN-12", "A thousand times as much style as content.", 0},
     {3, 3, 5, 5, 2, NULL, NULL, NULL, 1000, 0.5, 0.75, 1}},
    {{"mean_of_all", "bounded", "GAN-12",
      "Gram matrices over C P and mean squared errors, as most code has it.", 0},
     {3, 3, 4, 4, 2, "all", "mean", NULL, 8, 2, 0, 1}},
    {{"positions", "bounded", "GAN-12",
      "Averages over positions, of which the style has more than the image.", 0},
     {3, 3, 4, 6, 2, "positions", "sum", NULL, 2, 0, 0, 0}},
    {{"all_of_other_size", "bounded", "GAN-12", "A style of another size, averaged over C Q.", 0},
     {2, 4, 3, 5, 2, "all", "mean", NULL, 0, 0, 1.5, 0}},
    {{"plain_of_other_size", "bounded", "GAN-12",
      "The same without averages, where sums of unlike length are compared.", 0},
     {2, 2, 3, 5, 2, NULL, NULL, NULL, 0, 0, 0, 0}},
    {{"covariances", "bounded", "GAN-12", "Features without their means.", 0},
     {3, 2, 5, 4, 2, "positions", "mean", "removed", 3, 2, 0, 1}},
    {{"one_position", "bounded", "GAN-12", "Gram matrices of rank one.", 0},
     {2, 3, 1, 1, 2, NULL, "mean", NULL, 0, 0, 0, 0}},
    {{"uneven_blocks", "bounded", "GAN-12 DST-02", "11 images in blocks of 2.", 0},
     {11, 2, 2, 2, 2, "all", "mean", NULL, 0, 0, 0, 1}},
};

static void add_exact(struct case_list *list)
{
    static const struct case_head head = {"exact", "exact", "GAN-12",
                                          "Halves and quarters, summed without a divisor.", 0};
    struct assay_case *test = case_add(list, &head);
    case_number(test, "block", 1);
    case_choice(test, "scale", "sum");
    case_dyadic(test, "f", DIMS(2, 2, 3), -2, 2, 0.5);
    case_dyadic(test, "s", DIMS(2, 2, 2), -2, 2, 0.5);
    case_dyadic(test, "c", DIMS(2, 2, 3), -2, 2, 0.5);
}

static const struct refusal refusals[] = {
    {"negative_style", "exact", NUMBER_SET, "style_weight", -1, NULL, 0,
     "Another style is wanted."},
    {"negative_content", "exact", NUMBER_SET, "content_weight", -1, NULL, 0,
     "The same of content."},
    {"style_missing", "exact", INPUT_GONE, "s", 0, NULL, 0, "There is no style."},
    {"style_of_other_channels", "exact", INPUT_SHORTER, "s", 0, NULL, 1, "As many channels."},
    {"content_of_other_size", "exact", INPUT_SHORTER, "c", 0, NULL, 2, "The same positions."},
    {"unknown_gram", "exact", CHOICE_SET, "gram", 0, "cosine", 0, "Not known."},
    {"unknown_scale", "exact", CHOICE_SET, "scale", 0, "max", 0, "Not known."},
};

void style_loss_cases(struct case_list *list)
{
    for (size_t i = 0; i < sizeof rows / sizeof *rows; i++) {
        static const char *const choice[] = {"gram", "scale", "center"};
        const struct row *row = &rows[i];
        const char *const chosen[] = {row->gram, row->scale, row->center};
        struct assay_case *test = case_add(list, &row->head);
        case_number(test, "block", (double)row->block);
        for (size_t k = 0; k < 3; k++)
            if (chosen[k])
                case_choice(test, choice[k], chosen[k]);
        if (row->style != 0)
            case_number(test, "style_weight", row->style);
        if (row->content != 0)
            case_number(test, "content_weight", row->content);
        if (row->dloss != 0)
            case_constant(test, "dloss", SCALAR, row->dloss);
        case_normal(test, "f", DIMS(row->N, row->C, row->P), 0.5, 1);
        case_normal(test, "s", DIMS(row->N, row->C, row->Q), -0.25, 0.75);
        if (row->with_content)
            case_normal(test, "c", DIMS(row->N, row->C, row->P), 0.25, 1);
    }
    add_exact(list);
    case_refusals(list, refusals, sizeof refusals / sizeof *refusals);
}
