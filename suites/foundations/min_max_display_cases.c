// SPDX-License-Identifier: MIT
#include "../case_builder.h"

static const struct row {
    struct case_head head;
    size_t H, V, I, O;
    double low, high;
    size_t channel;    /* 0: not stated */
    const char *range; /* NULL: not stated */
    int equal;         /* filter 1 (or everything, when there is one filter) has equal weights */
} rows[] = {
    /* clang-format off */
    {{"ordinary", "bounded", "FND-33 XAI-19", "Kernels of different sides and both signs.", 0},
     3, 2, 4, 5, -0.5, 0.75, 0, NULL, 0},
    {{"first_layer", "bounded", "FND-33 XAI-19 CNV-23",
      "32 filters of 3 by 3 on colour images, as a first layer has.", 0},
     3, 3, 3, 32, -0.25, 0.25, 0, NULL, 0},
    {{"tensor_stated", "bounded", "FND-33", "The default stated.", 0},
     2, 3, 3, 4, -0.5, 0.75, 0, "tensor", 0},
    {{"each_filter", "bounded", "FND-33", "Every filter is stretched by itself.", 0},
     3, 2, 4, 5, -0.5, 0.75, 0, "filter", 0},
    {{"last_channel", "bounded", "FND-33", "Tiles of the third channel.", 0},
     3, 2, 3, 4, -1, 1, 2, NULL, 0},
    {{"all_positive", "bounded", "FND-33", "No weight below 1: the lowest still becomes 0.", 0},
     2, 3, 2, 3, 1, 3, 0, NULL, 0},
    {{"all_negative", "bounded", "FND-33", "No weight above -1: the highest still becomes 1.", 0},
     2, 3, 2, 3, -3, -1, 1, "filter", 0},
    {{"equal_weights", "exact", "FND-33", "All weights equal: 0, not 0 / 0.", 0},
     2, 3, 2, 1, 1, 2, 0, NULL, 1},
    {{"one_equal_filter", "bounded", "FND-33", "One filter of equal weights among others.", 0},
     2, 3, 2, 3, -1, 2, 0, "filter", 1},
    {{"square", "bounded", "FND-33", "Every side is 3: any two axes can be confused.", 0},
     3, 3, 3, 3, -1, 1, 1, NULL, 0},
    /* clang-format on */
};

static const struct refusal impossible[] = {
    /* clang-format off */
    {"channel_beyond_the_last", "ordinary", NUMBER_SET, "channel", 4, NULL, 0,
     "Channel 4 of 0..3: tiles of the next filter's pixels."},
    {"channel_negative", "last_channel", NUMBER_SET, "channel", -1, NULL, 0,
     "-1 is the last channel in Python and anything in C."},
    {"channel_of_halves", "last_channel", NUMBER_SET, "channel", 1.5, NULL, 0,
     "Between two channels lies none."},
    {"range_unknown", "each_filter", CHOICE_SET, "range", 0, "channel", 0,
     "Which weights share a scale hangs on it."},
    {"no_filters", "equal_weights", INPUT_SHORTER, "w", 0, NULL, 3,
     "No filters: neither a lowest nor a highest weight."},
    {"weights_missing", "ordinary", INPUT_GONE, "w", 0, NULL, 0,
     "There is nothing to look at."},
    /* clang-format on */
};

void min_max_display_cases(struct case_list *list)
{
    for (size_t i = 0; i < sizeof rows / sizeof *rows; i++) {
        const struct row *row = &rows[i];
        struct assay_case *test = case_add(list, &row->head);
        if (row->channel != 0)
            case_number(test, "channel", (double)row->channel);
        if (row->range)
            case_choice(test, "range", row->range);
        case_uniform(test, "w", DIMS(row->H, row->V, row->I, row->O), row->low, row->high);
        double *w = case_input(test, "w");
        for (size_t k = 0; k < row->H * row->V * row->I && row->equal; k++)
            w[k * row->O + (row->O > 1)] = 0.625;
    }
    case_refusals(list, impossible, sizeof impossible / sizeof *impossible);
}
