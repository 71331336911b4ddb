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
    {{"added", "bounded", "REG-21 DAT-25", "A deviation far from 1, so that its square is another number.", 0},
     {.N = 7, .C = 5, .block = 2, .deviation = 0.4}},
    {{"multiplied", "bounded", "REG-21", "Noise around 1 that multiplies: the gradient has it too.", 0},
     {.N = 7, .C = 5, .block = 2, .deviation = 0.4, .multiply = 1}},
    {{"of_rate", "bounded", "REG-21 REG-06", "The noise of a dropout of rate 0.2: deviation 1/2, not 0.2.", 0},
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
}
