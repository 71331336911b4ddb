// SPDX-License-Identifier: MIT
#include "../activations/elementwise_cases.h"

/* Visit s is of pair (first + step s) modulo E N, of which number E' N + N' is epoch E', sample
 * N'. */
static const struct row {
    struct case_head head;
    size_t N, C, H, W, E, S, block, first, step;
    const char *settings;
    int dyadic;
} rows[] = {
    /* clang-format off */
    {{"all_in_order", "bounded", "REG-33 REG-35",
      "Two epochs of five images, one after the other: twice as much data, and no image twice.", 0},
     5, 2, 4, 3, 2, 10, 2, 0, 1, "flip_rate=0.4 shift=1 height=3 width=2 low=0.4 high=1.3 fill=0.3",
      0},
    {{"other_order", "bounded", "REG-33",
      "The same kind of visits in another order: amounts belong to epoch and sample, not to the "
      "visit.", 0},
     5, 1, 4, 3, 2, 10, 2, 3, 7, "flip_rate=0.6 shift=1 height=3 width=2 low=0.4 high=1.3 fill=0.3",
      0},
    {{"one_rank_of_two", "bounded", "REG-33",
      "Every second pair, as one of two workers makes them.", 0},
     3, 1, 3, 4, 3, 5, 2, 1, 2, "shift=1 width=3 low=0.4 high=1.3 fill=0.3", 0},
    {{"visited_twice", "bounded", "REG-33",
      "Pairs that are visited again give the same image again.", 0},
     3, 1, 3, 4, 2, 9, 2, 4, 5, "shift=1 height=2 low=0.5 high=1.2", 0},
    {{"brightness_first", "bounded", "REG-33",
      "What comes from beyond the border is not brightened.", 0},
     4, 1, 4, 3, 2, 6, 2, 5, 3, "order=brightness_first shift=2 height=3 low=0.5 high=1.4 fill=0.6",
      0},
    {{"crop_first", "bounded", "REG-33",
      "The window is shifted and brings fill with it; the flip comes after the shift.", 0},
     4, 1, 5, 4, 2, 8, 3, 2, 3,
      "order=crop_first shift=1 height=3 width=3 low=0.5 high=1.4 fill=0.6", 0},
    {{"reversed", "bounded", "REG-33", "Brightness, crop, shift, flip.", 0},
     4, 1, 5, 4, 2, 8, 3, 1, 5, "order=reversed shift=1 height=3 width=3 low=0.5 high=1.4 fill=0.6",
      0},
    {{"brightness_added", "bounded", "REG-33",
      "The brightness is added, to the fill as well; clipped at both ends.", 0},
     4, 1, 3, 4, 2, 8, 2, 3, 5, "brightness=add shift=1 low=-0.6 high=0.7 fill=0.3", 0},
    {{"flips_alone", "bounded", "REG-33", "Nothing but flips at a rate of 0.3.", 0},
     4, 1, 2, 3, 3, 12, 2, 0, 5, "flip_rate=0.3", 0},
    {{"shifted_out", "bounded", "REG-33", "Shifts of up to the whole image.", 0},
     3, 1, 3, 3, 2, 6, 1, 0, 1, "shift=4 fill=0.7", 0},
    {{"crops_alone", "bounded", "REG-33",
      "Every crop of 2 x 3 pixels out of 5 x 4 is as likely as another.", 0},
     3, 1, 5, 4, 3, 9, 2, 2, 4, "flip_rate=0 height=2 width=3", 0},
    {{"exact", "exact", "REG-33 DST-02",
      "Whole eighths: amounts that lie exactly on the bounds of their intervals.", 0},
     4, 1, 3, 4, 2, 8, 2, 1, 3, "shift=1 width=3 low=0.5 high=1.5 fill=0.25", 1},
    /* clang-format on */
};

static const struct refusal refusals[] = {
    /* clang-format off */
    {"more_than_certain", "flips_alone", NUMBER_SET, "flip_rate", 1.5, NULL, 0,
     "More than all images are flipped."},
    {"window_too_high", "flips_alone", NUMBER_SET, "height", 3, NULL, 0,
     "The window is larger than the image."},
    {"negative_shift", "flips_alone", NUMBER_SET, "shift", -1, NULL, 0, "Less than no shift."},
    {"reversed_range", "flips_alone", NUMBER_SET, "high", 0.5, NULL, 0,
     "The brightest is darker than the darkest."},
    {"uniform_of_one", "flips_alone", ELEMENT_SET, "uniform", 1, NULL, 3,
     "1 would be a crop beyond the last."},
    {"unknown_sample", "flips_alone", ELEMENT_SET, "sample", 4, NULL, 2,
     "There is no such sample."},
    {"epoch_without_draws", "flips_alone", ELEMENT_SET, "epoch", 3, NULL, 2,
     "Nothing was drawn for this epoch."},
    {"unknown_order", "flips_alone", CHOICE_SET, "order", 0, "random", 0,
     "There is no such order."},
    /* clang-format on */
};

static void visit(struct assay_case *test, const struct row *is)
{
    int epoch[1024], sample[1024];
    for (size_t s = 0; s < is->S; s++) {
        size_t pair = (is->first + is->step * s) % (is->E * is->N);
        epoch[s] = (int)(pair / is->N);
        sample[s] = (int)(pair % is->N);
    }
    case_integers(test, "epoch", DIMS(is->S), epoch);
    case_integers(test, "sample", DIMS(is->S), sample);
}

/* One image of one pixel in 1024 epochs. */
static const struct row drawn = {
    {"drawn", "statistical", "REG-33",
     "The implementation draws: 3 of 8 are flipped, and the brightness is uniform.", 0},
    1,
    1,
    1,
    1,
    1024,
    1024,
    64,
    0,
    1,
    "flip_rate=0.375 low=0.25 high=0.75",
    1};

void augmentation_pipeline_cases(struct case_list *list)
{
    for (size_t i = 0; i < sizeof rows / sizeof *rows; i++) {
        const struct row *is = &rows[i];
        struct assay_case *test = case_add(list, &is->head);
        struct dims dims = DIMS(is->N, is->C, is->H, is->W), draws = DIMS(is->E, is->N, 6);
        case_number(test, "block", (double)is->block);
        elementwise_settings(test, is->settings);
        if (is->dyadic) {
            case_dyadic(test, "x", dims, 0.125, 0.875, 0.125);
            case_dyadic(test, "uniform", draws, 0, 0.875, 0.125);
        } else {
            case_uniform(test, "x", dims, 0.05, 0.95);
            case_uniform(test, "uniform", draws, 0.01, 0.99);
        }
        visit(test, is);
    }
    struct assay_case *test = case_add(list, &drawn.head);
    elementwise_settings(test, drawn.settings);
    case_constant(test, "x", DIMS(1, 1, 1, 1), 0.5);
    case_drawn(test, "uniform", "uniform", DIMS(1024, 1, 6));
    visit(test, &drawn);
    case_law(test, "flipped", "two 1 0.375 0");
    case_law(test, "factor", "uniform 0.25 0.75");
    case_refusals(list, refusals, sizeof refusals / sizeof *refusals);
}
