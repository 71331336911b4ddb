// SPDX-License-Identifier: MIT
#include "../case_builder.h"

/* Which mean and deviation are given. */
enum statistics { NEITHER, IMAGENET, HALVES, RANDOM };

static const struct row {
    struct case_head head;
    size_t N, H, W, C, block;
    enum statistics statistics;
    int kept, first, gradient;
    double divisor, high; /* pixels are whole numbers up to `high` */
} rows[] = {
    /* clang-format off */
    {{"vgg", "bounded", "NRM-06", "RGB in, BGR out, and the means of VGG: everything by default.",
      0},
     3, 4, 5, 3, 1, NEITHER, 0, 0, 1, 0, 255},
    {{"vgg_channels_first", "bounded", "NRM-06", "The same with channels first.", 0},
     3, 4, 5, 3, 1, NEITHER, 0, 1, 1, 0, 255},
    {{"vgg_kept", "bounded", "NRM-06", "Channels kept as RGB, with the means in that order.", 0},
     2, 3, 4, 3, 1, NEITHER, 1, 0, 1, 0, 255},
    {{"square", "bounded", "NRM-06",
      "Images as high and wide as they have channels: a wrong layout fits the shape.", 0},
     4, 3, 3, 3, 1, NEITHER, 0, 0, 1, 0, 255},
    {{"square_first", "bounded", "NRM-06", "The same with channels first.", 0},
     4, 3, 3, 3, 1, NEITHER, 0, 1, 1, 0, 255},
    {{"torch", "bounded", "NRM-05 NRM-06",
      "Mode torch: over 255, means and deviations of ImageNet, channels kept.", 0},
     2, 4, 3, 3, 1, IMAGENET, 1, 1, 1, 255, 255},
    {{"tf", "bounded", "NRM-05", "Mode tf: over 127.5, minus 1, to [-1, 1].", 0},
     2, 3, 5, 3, 1, HALVES, 1, 0, 0, 127.5, 255},
    {{"four_channels", "bounded", "NRM-06", "Four channels with their own statistics, reversed.",
      0},
     3, 2, 3, 4, 1, RANDOM, 0, 0, 1, 2, 255},
    {{"one_channel", "bounded", "NRM-06", "Grey images: to reverse one channel changes nothing.",
      0},
     5, 3, 2, 1, 2, RANDOM, 0, 0, 1, 255, 255},
    {{"many_blocks", "bounded", "NRM-06 DST-08", "21 images in blocks of 2.", 0},
     21, 2, 1, 3, 2, NEITHER, 0, 0, 1, 0, 255},
    {{"exact", "exact", "NRM-06", "Whole pixels, dyadic means: exact.", 0},
     3, 2, 2, 2, 1, HALVES, 0, 0, 1, 2, 64},
    /* clang-format on */
};

static const struct refusal refusals[] = {
    /* clang-format off */
    {"no_input", "vgg", INPUT_GONE, "x", 0, NULL, 0,
     "There is nothing to normalise."},
    {"no_mean_known", "four_channels", INPUT_GONE, "mean", 0, NULL, 0,
     "The mean of ImageNet has three channels."},
    {"divisor_zero", "torch", NUMBER_SET, "divisor", 0, NULL, 0,
     "Values would be divided by 0."},
    {"deviation_zero", "torch", ELEMENT_SET, "deviation", 0, NULL, 1,
     "A channel would be divided by 0."},
    {"deviation_negative", "torch", ELEMENT_SET, "deviation", -0.224, NULL, 1,
     "A negative deviation turns one colour into its negative."},
    {"unknown_channels", "vgg_kept", CHOICE_SET, "channels", 0, "rgb", 0,
     "Colours in the wrong order cost accuracy and show nowhere."},
    {"unknown_layout", "square_first", CHOICE_SET, "layout", 0, "channels_middle", 0,
     "With the wrong axes lines are taken for colours, and the shape fits."},
    {"fewer_means", "tf", INPUT_SHORTER, "mean", 0, NULL, 0,
     "One channel has no mean."},
    /* clang-format on */
};

void channel_mean_subtraction_cases(struct case_list *list)
{
    static const double mean[] = {0.485, 0.456, 0.406}, deviation[] = {0.229, 0.224, 0.225};
    static const double ones[] = {1, 1, 1};
    for (size_t i = 0; i < sizeof rows / sizeof *rows; i++) {
        const struct row *is = &rows[i];
        struct assay_case *test = case_add(list, &is->head);
        struct dims dims =
            is->first ? DIMS(is->N, is->C, is->H, is->W) : DIMS(is->N, is->H, is->W, is->C);
        case_number(test, "block", (double)is->block);
        if (is->divisor > 0)
            case_number(test, "divisor", is->divisor);
        if (is->kept)
            case_choice(test, "channels", "kept");
        if (is->first)
            case_choice(test, "layout", "channels_first");
        case_dyadic(test, "x", dims, 0, is->high, 1);
        if (is->statistics == IMAGENET) {
            case_values(test, "mean", DIMS(is->C), mean);
            case_values(test, "deviation", DIMS(is->C), deviation);
        } else if (is->statistics == HALVES) {
            case_values(test, "mean", DIMS(is->C), ones);
        } else if (is->statistics == RANDOM) {
            case_uniform(test, "mean", DIMS(is->C), 0.25, 90);
            case_uniform(test, "deviation", DIMS(is->C), 0.25, 30);
        }
        if (is->gradient && is->high < 255)
            case_dyadic(test, "dy", dims, -2, 2, 0.5);
        else if (is->gradient)
            case_signed(test, "dy", dims, 0.25, 2);
    }
    case_refusals(list, refusals, sizeof refusals / sizeof *refusals);
}
