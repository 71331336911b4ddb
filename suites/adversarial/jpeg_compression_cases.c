// SPDX-License-Identifier: MIT
#include "../activations/elementwise_cases.h"

/* SMOOTH: a slope with noise, as photographs have. */
enum pictures { SMOOTH, NOISY };

static const struct row {
    struct case_head head;
    struct {
        size_t N, C, H, W;
        enum pictures data;
        double low, high;
    };
    const char *settings;
    int forward_only;
} rows[] = {
    {{"one_block", "bounded", "ADV-11 ADV-10",
      "One block an image at quality 50, where the tables are the standard's own.", 0},
     {3, 1, 6, 7, NOISY, 60, 200},
     "quality=50",
     1},
    {{"ordinary", "bounded", "ADV-11",
      "The default quality, with all conventions left to the default.", 0},
     {2, 1, 8, 8, SMOOTH, 40, 210},
     "",
     1},
    {{"uneven_sides", "bounded", "ADV-11",
      "5 x 11 pixels: the last rows and columns are repeated to whole blocks.", 0},
     {2, 1, 5, 11, NOISY, 60, 200},
     "quality=60",
     0},
    {{"uneven_black", "bounded", "ADV-11", "The same filled with black: an edge rings.", 0},
     {1, 1, 5, 6, NOISY, 60, 200},
     "quality=60 edges=black",
     1},
    {{"low_quality", "bounded", "ADV-11",
      "Quality 13: 5000 / 13 is cut to 384, and large quanta leave few levels.", 0},
     {1, 1, 8, 7, NOISY, 30, 220},
     "quality=13",
     1},
    {{"lowest_quality", "bounded", "ADV-11",
      "Quality 1: every quantum would be above 255 and is cut to it.", 0},
     {1, 1, 8, 7, NOISY, 0, 255},
     "quality=1",
     1},
    {{"best_quality", "bounded", "ADV-11",
      "Quality 100: all quanta would be 0 and are raised to 1.", 0},
     {1, 1, 8, 8, SMOOTH, 60, 200},
     "quality=100",
     1},
    {{"unit_pixels", "bounded", "ADV-11 ADV-10",
      "Pixels in [0, 1]: 255 on the way in and out, and none in the gradient.", 0},
     {1, 1, 8, 7, NOISY, 0.25, 0.75},
     "quality=40 scale=unit",
     0},
    {{"clipped", "bounded", "ADV-11",
      "Blacks and whites that ring beyond the range: y is clipped and the gradient is 0 there.", 0},
     {1, 1, 8, 8, NOISY, -20, 275},
     "quality=20",
     0},
    {{"cubic", "bounded", "ADV-11",
      "Rounding with a slope: the gradient is confirmed by differences.", 0},
     {1, 1, 8, 8, NOISY, 60, 200},
     "quality=50 rounding=cubic",
     0},
    {{"cubic_uneven", "bounded", "ADV-11",
      "The slope of repeated edges goes back to the pixels they repeat.", 0},
     {1, 1, 3, 11, NOISY, 60, 200},
     "quality=30 rounding=cubic",
     0},
    {{"cubic_black", "bounded", "ADV-11", "The slope of black edges goes nowhere.", 0},
     {1, 1, 3, 5, NOISY, 60, 200},
     "quality=30 rounding=cubic edges=black",
     0},
    {{"cubic_real_table", "bounded", "ADV-11",
      "Quanta as they come, below quality 50, as differentiable versions have them.", 0},
     {1, 1, 8, 7, NOISY, 60, 200},
     "quality=30 rounding=cubic table=real",
     0},
    {{"real_table", "bounded", "ADV-11", "Quanta with fractions at quality 83.", 0},
     {1, 1, 8, 7, NOISY, 60, 200},
     "quality=83 table=real",
     1},
    {{"colours", "bounded", "ADV-11",
      "Three channels mixed to brightness and two colours, with the second table.", 0},
     {1, 3, 5, 8, NOISY, 40, 220},
     "quality=50 colour=ycbcr",
     1},
    {{"colours_cubic", "bounded", "ADV-11",
      "The gradient through both colour matrices, in pixels of [0, 1].", 0},
     {1, 3, 4, 5, NOISY, 0.25, 0.75},
     "quality=35 colour=ycbcr rounding=cubic scale=unit",
     0},
    {{"bytes", "bounded", "ADV-11", "Pixels of the result are whole, as a file holds them.", 0},
     {1, 1, 8, 8, NOISY, 40, 220},
     "quality=50 pixels=whole",
     1},
    {{"tiny", "bounded", "ADV-11", "Images of 2 x 1 pixels, which fill a block by repetition.", 0},
     {3, 1, 2, 1, NOISY, 60, 200},
     "quality=70",
     1},
};

static void fill(struct assay_case *test, const struct row *row)
{
    struct dims dims = DIMS(row->N, row->C, row->H, row->W);
    case_uniform(test, "x", dims, row->low, row->high);
    double *x = case_input(test, "x");
    for (size_t k = 0; k < row->N * row->C * row->H * row->W; k++) {
        if (row->data == SMOOTH)
            x[k] = (float)(x[k] / 4 + 8 * (double)(k / row->W % row->H) + 6 * (double)(k % row->W));
        if (row->low < 0)
            x[k] = x[k] < 0 ? 0 : x[k] > 255 ? 255 : x[k];
    }
    if (!row->forward_only)
        case_signed(test, "dy", dims, 0.5, 2);
}

static const struct refusal refusals[] = {
    {"quality_zero", "tiny", NUMBER_SET, "quality", 0, NULL, 0, "5000 is divided by it."},
    {"quality_above_100", "tiny", NUMBER_SET, "quality", 101, NULL, 0, "Quanta below 0."},
    {"quality_100_real", "real_table", NUMBER_SET, "quality", 100, NULL, 0, "Quanta of 0 divide."},
    {"colour_of_one_channel", "tiny", CHOICE_SET, "colour", 0, "ycbcr", 0,
     "Colours need three channels."},
    {"whole_with_a_slope", "cubic_uneven", CHOICE_SET, "pixels", 0, "whole", 0,
     "Whole pixels have no slope."},
    {"rounding_unknown", "tiny", CHOICE_SET, "rounding", 0, "stochastic", 0, "Not defined here."},
    {"no_images", "tiny", INPUT_GONE, "x", 0, NULL, 0, "There is nothing to compress."},
    {"upstream_short", "cubic_uneven", INPUT_SHORTER, "dy", 0, NULL, 3,
     "A column of dy is missing."},
};

void jpeg_compression_cases(struct case_list *list)
{
    for (size_t i = 0; i < sizeof rows / sizeof *rows; i++) {
        struct assay_case *test = case_add(list, &rows[i].head);
        case_number(test, "block", 1);
        elementwise_settings(test, rows[i].settings);
        fill(test, &rows[i]);
    }
    case_refusals(list, refusals, sizeof refusals / sizeof *refusals);
}
