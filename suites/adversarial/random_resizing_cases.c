// SPDX-License-Identifier: MIT
#include "../activations/elementwise_cases.h"

static const struct row {
    struct case_head head;
    struct {
        size_t N, C, H, W, P, block;
    };
    const char *settings;
    struct {
        int whole, forward_only; /* whole: pixels and dy are whole numbers, draws eighths */
    };
} rows[] = {
    {{"ordinary", "bounded", "ADV-12 ADV-10",
      "5 x 4 pixels to squares of 3 to 6 on a canvas of 7, sizes and places drawn.", 0},
     {3, 1, 5, 4, 7, 1},
     "low=3 high=7",
     {0, 0}},
    {{"as_published", "bounded", "ADV-12",
      "The published defence in small: pixels rounded down, gray around.", 0},
     {4, 1, 5, 5, 7, 3},
     "low=5 high=7 coordinates=floor interpolation=nearest fill=0.5",
     {0, 0}},
    {{"inclusive", "bounded", "ADV-12",
      "Ranges with their ends: the canvas can be filled, the last place taken.", 0},
     {3, 1, 4, 5, 6, 1},
     "low=3 high=6 range=inclusive",
     {0, 0}},
    {{"free_aspect", "bounded", "ADV-12", "Rows and columns have draws of their own.", 0},
     {3, 1, 4, 3, 7, 1},
     "low=2 high=7 aspect=free fill=0.25",
     {0, 0}},
    {{"align_corners", "bounded", "ADV-12", "The outermost pixels stay.", 0},
     {2, 1, 4, 5, 7, 1},
     "low=3 high=7 coordinates=align_corners",
     {0, 0}},
    {{"asymmetric", "bounded", "ADV-12", "The first pixel stays.", 0},
     {2, 1, 4, 5, 7, 1},
     "low=3 high=7 coordinates=asymmetric",
     {0, 0}},
    {{"nearest", "bounded", "ADV-12",
      "The nearest pixel of squares: gradients of several pixels meet.", 0},
     {2, 1, 5, 3, 8, 1},
     "low=4 high=8 interpolation=nearest",
     {0, 0}},
    {{"large_canvas", "bounded", "ADV-12", "A canvas larger than the largest image, two channels.",
      0},
     {2, 2, 3, 4, 7, 1},
     "low=2 high=5 canvas=7 fill=0.75",
     {0, 0}},
    {{"one_size", "bounded", "ADV-12",
      "low = high: only the place is random, which is a translation.", 0},
     {3, 1, 3, 3, 6, 1},
     "low=3 high=3 canvas=6",
     {0, 0}},
    {{"doubled", "exact", "ADV-12",
      "Exactly twice the size at places of whole draws: weights 1/4 and 3/4.", 0},
     {2, 1, 2, 2, 5, 1},
     "low=4 high=4 canvas=5 range=inclusive",
     {1, 0}},
    {{"forward_only", "bounded", "ADV-12", "Without an upstream gradient.", 0},
     {2, 1, 2, 3, 4, 1},
     "low=2 high=4",
     {0, 1}},
};

static const struct refusal refusals[] = {
    {"low_above_high", "forward_only", NUMBER_SET, "low", 5, NULL, 0, "No size lies between."},
    {"low_zero", "forward_only", NUMBER_SET, "low", 0, NULL, 0, "An image of no pixels."},
    {"canvas_too_small", "large_canvas", NUMBER_SET, "canvas", 4, NULL, 0,
     "A drawn image may not fit."},
    {"high_missing", "forward_only", NUMBER_GONE, "high", 0, NULL, 0,
     "The range belongs to the request."},
    {"draw_of_one", "forward_only", ELEMENT_SET, "uniform", 1, NULL, 3, "Draws are below 1."},
    {"draws_missing", "forward_only", INPUT_GONE, "uniform", 0, NULL, 0, "Draws are inputs."},
    {"three_draws", "forward_only", INPUT_SHORTER, "uniform", 0, NULL, 1,
     "Size and place need four."},
    {"unknown_coordinates", "forward_only", CHOICE_SET, "coordinates", 0, "tf_crop", 0,
     "Not defined here."},
};

void random_resizing_cases(struct case_list *list)
{
    for (size_t i = 0; i < sizeof rows / sizeof *rows; i++) {
        const struct row *row = &rows[i];
        struct assay_case *test = case_add(list, &row->head);
        struct dims in = DIMS(row->N, row->C, row->H, row->W);
        struct dims out = DIMS(row->N, row->C, row->P, row->P);
        case_number(test, "block", (double)row->block);
        elementwise_settings(test, row->settings);
        if (row->whole) {
            case_dyadic(test, "x", in, 1, 16, 1);
            case_dyadic(test, "uniform", DIMS(row->N, 4), 0.125, 0.875, 0.125);
            case_dyadic(test, "dy", out, -4, 4, 0.5);
            continue;
        }
        case_uniform(test, "x", in, 0.05, 0.95);
        case_uniform(test, "uniform", DIMS(row->N, 4), 0, 1);
        if (!row->forward_only)
            case_signed(test, "dy", out, 0.5, 2);
    }
    case_refusals(list, refusals, sizeof refusals / sizeof *refusals);
}
