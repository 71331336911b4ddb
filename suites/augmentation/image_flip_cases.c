// SPDX-License-Identifier: MIT
#include "../case_builder.h"

struct setting {
    size_t N, C, H, W, block;
    int last, horizontal, vertical, dyadic, forward_only; /* 1: drawn, 2: all, 0: missing */
};

static const struct row {
    struct case_head head;
    struct setting is;
} rows[] = {
    /* clang-format off */
    {{"horizontal", "bounded", "REG-24 REG-35", "Some images are mirrored; all sizes differ.", 0},
     {.N = 5, .C = 3, .H = 4, .W = 2, .block = 2, .horizontal = 1}},
    {{"vertical", "bounded", "REG-24", "Some images are turned upside down.", 0},
     {.N = 5, .C = 2, .H = 3, .W = 4, .block = 2, .vertical = 1}},
    {{"both", "bounded", "REG-24",
      "Each flip has draws of its own; where both are drawn it is a half turn.", 0},
     {.N = 8, .C = 2, .H = 3, .W = 4, .block = 2, .horizontal = 1, .vertical = 1}},
    {{"channels_last", "bounded", "REG-24",
      "Pixels of three channels: the colours must not be reversed.", 0},
     {.N = 6, .C = 3, .H = 2, .W = 5, .block = 2, .horizontal = 1, .vertical = 1, .last = 1}},
    {{"square", "bounded", "REG-24", "Square images, where a transposed flip has the right shape.",
      0},
     {.N = 3, .C = 3, .H = 3, .W = 3, .block = 1, .horizontal = 2, .vertical = 1}},
    {{"half_turn", "bounded", "REG-24", "All images both ways: a rotation by 180 degrees.", 0},
     {.N = 2, .C = 2, .H = 4, .W = 3, .block = 1, .horizontal = 2, .vertical = 2}},
    {{"nothing_drawn", "bounded", "REG-24", "Without draws the images stay.", 0},
     {.N = 2, .C = 1, .H = 3, .W = 2, .block = 1}},
    {{"one_column", "bounded", "REG-24", "Images one pixel wide have nothing to mirror.", 0},
     {.N = 4, .C = 2, .H = 3, .W = 1, .block = 2, .horizontal = 2, .vertical = 1}},
    {{"digits", "exact", "REG-24 REG-33 DST-08", "13 digits of 8 x 8 pixels from 0 to 16.", 0},
     {.N = 13, .C = 1, .H = 8, .W = 8, .block = 2, .horizontal = 1, .vertical = 1, .dyadic = 1,
      .forward_only = 1}},
    {{"forward_only", "bounded", "REG-24", "Without an upstream gradient.", 0},
     {.N = 4, .C = 2, .H = 2, .W = 3, .block = 1, .horizontal = 1, .forward_only = 1}},
    /* clang-format on */
};

static void fill_draws(struct assay_case *test, const char *name, size_t N, int how, size_t stride)
{
    int drawn[64];
    for (size_t n = 0; n < N; n++)
        drawn[n] = how == 2 || (n / stride + 1) % 2 == 0;
    if (how)
        case_integers(test, name, DIMS(N), drawn);
}

static const struct refusal refusals[] = {
    /* clang-format off */
    {"flipped_twice", "forward_only", ELEMENT_SET, "flip_horizontal", 2, NULL, 1,
     "An image is flipped or not."},
    {"unknown_channels", "forward_only", CHOICE_SET, "channels", 0, "middle", 0,
     "Channels stand first or last."},
    {"a_draw_too_few", "forward_only", INPUT_SHORTER, "flip_horizontal", 0, NULL, 0,
     "The last image has no draw."},
    {"no_images", "forward_only", INPUT_GONE, "x", 0, NULL, 0, "There is nothing to flip."},
    {"flip_negative", "vertical", ELEMENT_SET, "flip_vertical", -1, NULL, 0,
     "-1 is true in C and false behind a threshold."},
    {"upstream_narrow", "horizontal", INPUT_SHORTER, "dy", 0, NULL, 3,
     "A gradient of narrower images slides across the lines."},
    /* clang-format on */
};

static const struct case_head head_drawn = {
    "drawn", "statistical", "REG-24",
    "The implementation draws: two pixels are exchanged in half of the images.", 0};

static void fill_drawn(struct assay_case *test)
{
    case_constant(test, "x", DIMS(1500, 1, 1, 2), 0);
    double *x = case_input(test, "x");
    for (size_t n = 0; n < 1500; n++)
        x[2 * n + 1] = 1;
    case_drawn(test, "flip_horizontal", "bernoulli 0.5", DIMS(1500));
    case_law(test, "y", "permutation");
}

void image_flip_cases(struct case_list *list)
{
    for (size_t i = 0; i < sizeof rows / sizeof *rows; i++) {
        const struct setting *is = &rows[i].is;
        struct assay_case *test = case_add(list, &rows[i].head);
        struct dims dims =
            is->last ? DIMS(is->N, is->H, is->W, is->C) : DIMS(is->N, is->C, is->H, is->W);
        case_number(test, "block", (double)is->block);
        if (is->last)
            case_choice(test, "channels", "last");
        if (is->dyadic)
            case_dyadic(test, "x", dims, 0, 16, 1);
        else
            case_signed(test, "x", dims, 0.5, 2);
        fill_draws(test, "flip_horizontal", is->N, is->horizontal, 1);
        fill_draws(test, "flip_vertical", is->N, is->vertical, 2);
        if (!is->forward_only)
            case_signed(test, "dy", dims, 0.5, 2);
    }
    fill_drawn(case_add(list, &head_drawn));
    case_refusals(list, refusals, sizeof refusals / sizeof *refusals);
}
