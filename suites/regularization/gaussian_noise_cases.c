// SPDX-License-Identifier: MIT
#include "../case_builder.h"

struct setting {
    size_t N, C, block;
    double deviation, p; /* p 0: the deviation is given */
    int multiply, dyadic, forward_only;
};

static const struct row {
    struct case_head head;
    struct setting is;
} rows[] = {
    /* clang-format off */
    {{"added", "bounded", "REG-21 DAT-25",
      "A deviation far from 1, so that its square is another number.", 0},
     {.N = 7, .C = 5, .block = 2, .deviation = 0.4}},
    {{"multiplied", "bounded", "REG-21", "Noise around 1 that multiplies: the gradient has it too.",
      0},
     {.N = 7, .C = 5, .block = 2, .deviation = 0.4, .multiply = 1}},
    {{"of_rate", "bounded", "REG-21 REG-06",
      "The noise of a dropout of rate 0.2: deviation 1/2, not 0.2.", 0},
     {.N = 6, .C = 4, .block = 2, .p = 0.2, .multiply = 1}},
    {{"of_large_rate", "bounded", "REG-21", "Rate 0.8: deviation 2, and factors of both signs.", 0},
     {.N = 6, .C = 4, .block = 2, .p = 0.8, .multiply = 1}},
    {{"added_of_rate", "bounded", "REG-21", "The deviation of a rate, added.", 0},
     {.N = 5, .C = 3, .block = 2, .p = 0.3}},
    {{"no_noise", "bounded", "REG-21", "Deviation 0 is the identity.", 0},
     {.N = 4, .C = 3, .block = 2, .deviation = 0, .multiply = 1}},
    {{"large_noise", "bounded", "REG-21", "Noise far above the signal.", 0},
     {.N = 4, .C = 6, .block = 2, .deviation = 30}},
    {{"one_value", "bounded", "REG-21", "The smallest case.", 0},
     {.N = 1, .C = 1, .block = 4, .deviation = 0.25, .multiply = 1}},
    {{"many_samples", "bounded", "REG-21 DST-08", "67 samples in blocks of 8.", 0},
     {.N = 67, .C = 3, .block = 8, .deviation = 0.1}},
    {{"exact", "exact", "REG-21 DST-02", "Deviation 1/2 and whole noise.", 0},
     {.N = 9, .C = 4, .block = 2, .deviation = 0.5, .multiply = 1, .dyadic = 1}},
    {{"forward_only", "bounded", "REG-21", "Without an upstream gradient.", 0},
     {.N = 5, .C = 3, .block = 2, .deviation = 0.7, .forward_only = 1}},
    /* clang-format on */
};

/* Whoever answers draws the noise; around 2 and around 4, 3072 and 2048 values. */
static void add_random(struct case_list *list)
{
    struct case_head added = {
        "drawn", "statistical", "REG-21 DAT-25",
        "Own noise of deviation 1/2, each value for itself: its variance is 1/4.", 0};
    struct assay_case *test = case_add(list, &added);
    case_number(test, "deviation", 0.5);
    case_constant(test, "x", DIMS(64, 48), 2);
    case_drawn(test, "noise", "normal", DIMS(64, 48));
    case_law(test, "y", "normal 2 0.5");
    struct case_head of_rate = {
        "drawn_of_rate", "statistical", "REG-21 REG-06",
        "A factor of deviation 1/2 that belongs to the rate 0.2, on values of 4.", 0};
    test = case_add(list, &of_rate);
    case_number(test, "p", 0.2);
    case_choice(test, "form", "multiply");
    case_constant(test, "x", DIMS(64, 32), 4);
    case_drawn(test, "noise", "normal", DIMS(64, 32));
    case_law(test, "y", "normal 4 2");
}

static const struct refusal impossible[] = {
    /* clang-format off */
    {"deviation_negative", "added", NUMBER_SET, "deviation", -0.5, NULL, 0,
     "A negative deviation turns the noise around, which no histogram shows."},
    {"deviation_of_minus_one", "multiplied", NUMBER_SET, "deviation", -1, NULL, 0,
     "A stated -1 is wrong, and not a sign that nothing was stated."},
    {"rate_of_one", "of_rate", NUMBER_SET, "p", 1, NULL, 0,
     "Rate 1 has the deviation 1 / 0."},
    {"rate_negative", "of_rate", NUMBER_SET, "p", -0.2, NULL, 0,
     "The root of a negative number is not a number, and it spreads."},
    {"nothing_stated", "of_rate", NUMBER_GONE, "p", 0, NULL, 0,
     "Neither a deviation nor a rate."},
    {"form_unknown", "multiplied", CHOICE_SET, "form", 0, "divide", 0,
     "Added noise instead would not grow with the signal."},
    {"noise_missing", "added", INPUT_GONE, "noise", 0, NULL, 0,
     "Without its noise the answer is not reproducible."},
    {"noise_short", "added", INPUT_SHORTER, "noise", 0, NULL, 1,
     "A value too few a sample: read on, all later samples get each other's noise."},
    /* clang-format on */
};

void gaussian_noise_cases(struct case_list *list)
{
    for (size_t i = 0; i < sizeof rows / sizeof *rows; i++) {
        const struct setting *is = &rows[i].is;
        struct assay_case *test = case_add(list, &rows[i].head);
        struct dims dims = DIMS(is->N, is->C);
        case_number(test, "block", (double)is->block);
        case_number(test, is->p > 0 ? "p" : "deviation", is->p > 0 ? is->p : is->deviation);
        if (is->multiply)
            case_choice(test, "form", "multiply");
        if (is->dyadic) {
            case_dyadic(test, "x", dims, -8, 8, 1);
            case_dyadic(test, "noise", dims, -3, 3, 1);
            case_dyadic(test, "dy", dims, -8, 8, 1);
            continue;
        }
        case_signed(test, "x", dims, 0.5, 2);
        case_normal(test, "noise", dims, 0, 1);
        if (!is->forward_only)
            case_signed(test, "dy", dims, 0.5, 2);
    }
    add_random(list);
    case_refusals(list, impossible, sizeof impossible / sizeof *impossible);
}
