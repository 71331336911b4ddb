// SPDX-License-Identifier: MIT
#include "../case_builder.h"

enum mask { LENGTHS, HOLES, ALL, ONE };

/* Sequences of T positions; LENGTHS: padded behind 1 to T of them; HOLES: any one may be out. */
static const struct row {
    struct case_head head;
    size_t N, T, C, block;
    enum mask mask;
    const char *masked;
    double epsilon, mean; /* epsilon 0: not stated */
    int plain, forward;
} rows[] = {
    /* clang-format off */
    {{"padded", "bounded", "NRM-07",
      "Sequences of several lengths: padding must not count in the mean.", 0},
     5, 4, 3, 2, LENGTHS, NULL, 0, 0.5, .plain = 0},
    {{"padded_stated", "bounded", "NRM-07", "The defaults stated.", 0},
     5, 4, 2, 2, LENGTHS, "normalized", 1e-3, 0.5, .plain = 0},
    {{"zero", "bounded", "NRM-07", "Padding is 0 behind the layer, and has no gradient.", 0},
     5, 4, 3, 2, LENGTHS, "zero", 0, 0.5, .plain = 0},
    {{"holes", "bounded", "NRM-07", "Positions that are out in the middle.", 0},
     6, 3, 2, 2, HOLES, NULL, 0, -1, .plain = 0},
    {{"holes_zero", "bounded", "NRM-07", "The same with 0 there.", 0},
     6, 3, 2, 2, HOLES, "zero", 0, -1, .plain = 0},
    {{"everything_counts", "bounded", "NRM-07", "Batch normalization over samples and positions.",
      0},
     4, 3, 2, 2, ALL, NULL, 0, 0.5, .plain = 0},
    {{"one_counts", "bounded", "NRM-07",
      "One position counts: the variance is 0, and all others are as far as epsilon lets them.", 0},
     3, 2, 2, 2, ONE, NULL, 0.25, 0.5, .plain = 0},
    {{"plain", "bounded", "NRM-07 NRM-08", "Without scale and shift.", 0},
     5, 3, 2, 2, LENGTHS, NULL, 0, 0.5, .plain = 1},
    {{"large_epsilon", "bounded", "NRM-07", "An epsilon as large as the variance.", 0},
     5, 3, 2, 2, LENGTHS, NULL, 0.5, 0.5, .plain = 0},
    {{"far_from_zero", "bounded", "NRM-07", "A mean of 64: mean and square must not be subtracted.",
      0},
     5, 3, 2, 2, HOLES, NULL, 0, 64, .plain = 0},
    {{"forward_only", "bounded", "NRM-07", "Without an upstream gradient.", 0},
     4, 3, 2, 2, LENGTHS, "zero", 0, 0.5, .forward = 1},
    {{"uneven_blocks", "bounded", "NRM-07 NRM-12 DST-02 DST-08",
      "Ranks with different numbers of positions that count: counts are added, not averaged.", 0},
     19, 2, 2, 4, LENGTHS, NULL, 0, 0.5, .plain = 0},
    {{"many_blocks", "bounded", "NRM-07 NRM-12 DST-02", "The same with 0 behind padding.", 0},
     13, 3, 2, 1, HOLES, "zero", 0, 0.5, .plain = 0},
    /* clang-format on */
};

static const struct refusal refusals[] = {
    {"nothing_counts", "one_counts", ELEMENT_SET, "mask", 0, NULL, 3, "The mean would be 0 / 0."},
    {"half_a_position", "one_counts", ELEMENT_SET, "mask", 2, NULL, 0,
     "A mask of other numbers would weigh positions."},
    {"zero_epsilon", "one_counts", NUMBER_SET, "epsilon", 0, NULL, 0,
     "A constant channel would be 0 / 0."},
    {"negative_epsilon", "one_counts", NUMBER_SET, "epsilon", -1, NULL, 0,
     "A variance below it has no root."},
    {"unknown_masked", "one_counts", CHOICE_SET, "masked", 0, "kept", 0,
     "A rule that is not known must not become the usual one."},
    {"no_mask", "one_counts", INPUT_GONE, "mask", 0, NULL, 0,
     "Without a mask it is another technique."},
    {"short_mask", "one_counts", INPUT_SHORTER, "mask", 0, NULL, 1,
     "Every position needs its mask."},
};

static void fill_mask(struct assay_case *test, const struct row *row)
{
    int mask[64];
    for (size_t n = 0; n < row->N; n++) {
        for (size_t t = 0; t < row->T; t++) {
            size_t i = n * row->T + t;
            int lengths = t <= (5 * n + 2) % row->T, holes = (7 * i + n) % 3 != 0;
            mask[i] = row->mask == ALL       ? 1
                      : row->mask == ONE     ? i == 3
                      : row->mask == LENGTHS ? lengths
                                             : holes;
        }
    }
    case_integers(test, "mask", DIMS(row->N, row->T), mask);
}

void masked_normalization_cases(struct case_list *list)
{
    for (size_t i = 0; i < sizeof rows / sizeof *rows; i++) {
        const struct row *row = &rows[i];
        struct assay_case *test = case_add(list, &row->head);
        case_number(test, "block", (double)row->block);
        if (row->epsilon != 0)
            case_number(test, "epsilon", row->epsilon);
        if (row->masked)
            case_choice(test, "masked", row->masked);
        fill_mask(test, row);
        case_normal(test, "x", DIMS(row->N, row->T, row->C), row->mean, 1.5);
        if (!row->plain) {
            case_uniform(test, "gamma", DIMS(row->C), 0.5, 1.5);
            case_uniform(test, "beta", DIMS(row->C), -0.5, 0.5);
        }
        if (!row->forward)
            case_uniform(test, "dy", DIMS(row->N, row->T, row->C), -1, 1);
    }
    case_refusals(list, refusals, sizeof refusals / sizeof *refusals);
}
