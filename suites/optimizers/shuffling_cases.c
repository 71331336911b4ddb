// SPDX-License-Identifier: MIT
#include "../case_builder.h"

static const struct row {
    struct case_head head;
    size_t E, N;
    double low, high;
    const char *direction, *start;
} rows[] = {
    /* clang-format off */
    {{"down", "bounded", "OPT-25",
      "Three epochs of 11 samples, each from 0 .. 10, with different orders.", 0}, 3, 11, 0, 1, 0,
      0},
    {{"up", "bounded", "OPT-25",
      "The same from the first place upwards: another order from the same numbers.", 0}, 3, 11, 0,
      1, "up", 0},
    {{"previous", "bounded", "OPT-25", "Each epoch goes on from the order before.", 0}, 5, 9, 0, 1,
      0, "previous"},
    {{"previous_up", "bounded", "OPT-25", "The same upwards.", 0}, 4, 9, 0, 1, "up", "previous"},
    {{"small_numbers", "bounded", "OPT-25",
      "Numbers near 0: every sample goes to the first place, which rotates the order.", 0}, 2, 8,
      1e-3, 0.1, 0, 0},
    {{"large_numbers", "bounded", "OPT-25",
      "Numbers near 1: every sample stays, where a range that is one short would move it.", 0}, 2,
      8, 0.9, 0.999, 0, 0},
    {{"large_numbers_up", "bounded", "OPT-25",
      "The same upwards: each place takes the last sample.", 0}, 2, 8, 0.9, 0.999, "up", 0},
    {{"two_samples", "bounded", "OPT-25", "Two samples: exchanged or not.", 0}, 7, 2, 0, 1, 0, 0},
    {{"one_epoch", "bounded", "OPT-25", "One epoch: fewer epochs than ranks.", 0}, 1, 14, 0, 1, 0,
      0},
    {{"many_samples", "bounded", "OPT-25 DST-08", "61 samples, five epochs.", 0}, 5, 61, 0, 1, 0,
      0},
    /* clang-format on */
};

void shuffling_cases(struct case_list *list)
{
    static const struct case_head drawn = {
        "drawn", "statistical", "OPT-25",
        "Numbers of whoever answers: all orders of 8 samples must be equally likely.", 0};
    static const struct refusal refusals[] = {
        {"number_of_one", "down", ELEMENT_SET, "u", 1, NULL, 4, "1 is not in [0, 1)."},
        {"negative_number", "down", ELEMENT_SET, "u", -0.25, NULL, 0, "A negative number."},
        {"unknown_direction", "down", CHOICE_SET, "direction", 0, "sideways", 0,
         "A convention that does not exist."},
        {"unknown_start", "down", CHOICE_SET, "start", 0, "sideways", 0,
         "A convention that does not exist."},
        {"without_u", "down", INPUT_GONE, "u", 0, NULL, 0, "There are no random numbers."},
    };
    for (size_t i = 0; i < sizeof rows / sizeof *rows; i++) {
        struct assay_case *test = case_add(list, &rows[i].head);
        if (rows[i].direction)
            case_choice(test, "direction", rows[i].direction);
        if (rows[i].start)
            case_choice(test, "start", rows[i].start);
        case_uniform(test, "u", DIMS(rows[i].E, rows[i].N - 1), rows[i].low, rows[i].high);
    }
    struct assay_case *test = case_add(list, &drawn);
    case_drawn(test, "u", "uniform", DIMS(4000, 7));
    case_law(test, "order", "permutation");
    case_refusals(list, refusals, sizeof refusals / sizeof *refusals);
}
