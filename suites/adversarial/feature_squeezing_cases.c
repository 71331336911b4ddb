// SPDX-License-Identifier: MIT
#include "../activations/elementwise_cases.h"
#include "victim_cases.h"

static const struct row {
    struct case_head head;
    struct victim_setting is;
    const char *settings;
    struct {
        double step;      /* x and the only layer are cut to multiples of it; 0: they stay */
        double low, high; /* the box, where it is not [0, 1] */
    };
} rows[] = {
    {{"ordinary", "bounded", "ADV-10",
      "4 bits and a window of 2 x 2, the best pair of the paper, on 3 x 4 pixels.", 0},
     {.N = 5, .D = 12, .H = 4, .K = 3, .block = 2},
     "height=3 bit_depth=4 window=2 threshold=0.125",
     {0, 0, 0}},
    {{"one_bit", "bounded", "ADV-10", "1 bit: black and white.", 0},
     {.N = 4, .D = 6, .H = 4, .K = 3, .block = 1},
     "height=2 bit_depth=1 window=1 threshold=0.5",
     {0, 0, 0}},
    {{"five_bits", "bounded", "ADV-10",
      "5 bits: 31 steps, not 32; a window of one pixel changes nothing.", 0},
     {.N = 4, .D = 6, .H = 4, .K = 3, .block = 1},
     "height=2 bit_depth=5 window=1 threshold=0.03125",
     {0, 0, 0}},
    {{"cut", "bounded", "ADV-10", "Levels are cut, as a conversion to integers does.", 0},
     {.N = 4, .D = 6, .H = 4, .K = 3, .block = 1},
     "height=2 bit_depth=3 window=2 threshold=0.25 rounding=down",
     {0, 0, 0}},
    {{"window_of_three", "bounded", "ADV-10", "3 x 3 pixels, an odd number: there is one middle.",
      0},
     {.N = 4, .D = 15, .H = 3, .K = 2, .block = 1},
     "height=3 bit_depth=4 window=3 threshold=0.125",
     {0, 0, 0}},
    {{"mirrored", "bounded", "ADV-10", "The outermost pixels are not repeated.", 0},
     {.N = 3, .D = 15, .H = 3, .K = 2, .block = 1},
     "height=5 bit_depth=4 window=3 threshold=0.125 edges=mirror",
     {0, 0, 0}},
    {{"nearest_edges", "bounded", "ADV-10",
      "The outermost pixels are repeated: a window of 3 sees no difference from reflection, one of "
      "4 does.",
      0},
     {.N = 2, .D = 20, .H = 3, .K = 2, .block = 1},
     "height=4 bit_depth=4 window=4 threshold=0.125 edges=nearest",
     {0, 0, 0}},
    {{"window_of_four", "bounded", "ADV-10", "16 pixels with reflection over two rows.", 0},
     {.N = 2, .D = 20, .H = 3, .K = 2, .block = 1},
     "height=4 bit_depth=4 window=4 threshold=0.125",
     {0, 0, 0}},
    {{"mean_of_two", "bounded", "ADV-10",
      "The median of 4 pixels is the mean of two, as NumPy's is.", 0},
     {.N = 4, .D = 12, .H = 4, .K = 3, .block = 2},
     "height=3 bit_depth=4 window=2 threshold=0.125 median=mean",
     {0, 0, 0}},
    {{"logits", "bounded", "ADV-10", "Logits instead of probabilities: gaps have no limit.", 0},
     {.N = 4, .D = 6, .H = 4, .K = 3, .block = 1, .activation = "tanh"},
     "height=2 bit_depth=2 window=2 threshold=0.5 output=logits",
     {0, 0, 0}},
    {{"another_box", "bounded", "ADV-10", "Pixels in [-1, 3]: levels span the box.", 0},
     {.N = 4, .D = 6, .H = 4, .K = 3, .block = 3, .activation = "sigmoid", .strength = 0.5},
     "height=3 bit_depth=3 window=2 threshold=0.0625",
     {0, -1, 3}},
    {{"ties_even", "exact", "ADV-10", "1 bit and pixels of 1/2: halves go to the even level, 0.",
      0},
     {.N = 3, .D = 6, .H = 0, .K = 2, .block = 1},
     "height=2 bit_depth=1 window=2 threshold=0.25 output=logits",
     {0.25, 0, 0}},
    {{"ties_away", "exact", "ADV-10", "The same with halves upwards.", 0},
     {.N = 3, .D = 6, .H = 0, .K = 2, .block = 1},
     "height=2 bit_depth=1 window=2 threshold=0.25 rounding=half_away output=logits",
     {0.25, 0, 0}},
    {{"all_detected", "bounded", "ADV-10",
      "A threshold of 0: every image that changes at all is detected.", 0},
     {.N = 7, .D = 4, .H = 3, .K = 2, .block = 2},
     "height=2 bit_depth=2 window=2 threshold=0",
     {0, 0, 0}},
};

static const struct refusal refusals[] = {
    {"no_bits", "one_bit", NUMBER_SET, "bit_depth", 0, NULL, 0, "No levels at all."},
    {"bits_with_a_fraction", "one_bit", NUMBER_SET, "bit_depth", 2.5, NULL, 0, "Bits are whole."},
    {"window_zero", "one_bit", NUMBER_SET, "window", 0, NULL, 0, "The median of nothing."},
    {"window_too_large", "one_bit", NUMBER_SET, "window", 3, NULL, 0,
     "The window is larger than the image."},
    {"height_that_does_not_divide", "one_bit", NUMBER_SET, "height", 4, NULL, 0,
     "6 pixels are no 4 rows."},
    {"threshold_negative", "one_bit", NUMBER_SET, "threshold", -1, NULL, 0,
     "Scores are not negative."},
    {"pixel_outside", "one_bit", ELEMENT_SET, "x", 1.5, NULL, 5,
     "A pixel outside of its box has no level."},
    {"unknown_edges", "one_bit", CHOICE_SET, "edges", 0, "wrap", 0, "Not defined here."},
};

/* Cuts n numbers to multiples of `step`. */
static void shorten(double *value, size_t n, double step)
{
    for (size_t i = 0; i < n; i++)
        value[i] = step * (double)(long)(value[i] / step);
}

void feature_squeezing_cases(struct case_list *list)
{
    for (size_t i = 0; i < sizeof rows / sizeof *rows; i++) {
        const struct row *row = &rows[i];
        struct assay_case *test = case_add(list, &row->head);
        victim_fill(test, &row->is);
        elementwise_settings(test, row->settings);
        double *x = case_input(test, "x"), width = row->high - row->low;
        for (size_t k = 0; width > 0 && k < row->is.N * row->is.D; k++)
            x[k] = (float)(row->low + width * x[k]);
        if (row->step > 0) {
            shorten(x, row->is.N * row->is.D, row->step);
            shorten(case_input(test, "w1"), row->is.D * row->is.K, row->step);
            shorten(case_input(test, "b1"), row->is.K, row->step);
        }
        if (width > 0) {
            case_number(test, "low", row->low);
            case_number(test, "high", row->high);
        }
    }
    case_refusals(list, refusals, sizeof refusals / sizeof *refusals);
}
