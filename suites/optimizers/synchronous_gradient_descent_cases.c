// SPDX-License-Identifier: MIT
#include "least_squares_rows.h"

/* clang-format off */
static const struct least_squares_row rows[] = {
    {{"serial", "trajectory", "OPT-02 OPT-28",
      "One worker: batch gradient descent, what all weighted cases must equal.", 0},
     5, 13, 4, .number = {{"workers", 1}, {"block", 2}}},
    {{"uneven", "trajectory", "OPT-28 DST-01",
      "13 samples on 4 workers: 3, 3, 3 and 4, which only weights make right.", 0},
     5, 13, 4, .number = {{"workers", 4}, {"block", 2}}},
    {{"round_robin", "trajectory", "OPT-28 DST-01", "The same with samples dealt out in turn.", 0},
     4, 13, 4, .number = {{"workers", 3}, {"block", 2}}, .choice = {{"assignment", "round_robin"}}},
    {{"mean_of_means", "trajectory", "OPT-28 DST-01",
      "The average of local means: not the serial gradient, because 11 is not a multiple of 4.", 0},
     4, 11, 3, .number = {{"workers", 4}, {"block", 3}}, .choice = {{"combination",
      "mean_of_means"}}},
    {{"mean_of_means_dealt", "trajectory", "OPT-28 DST-01",
      "Local means of samples dealt out in turn.", 0},
     4, 11, 3, .number = {{"workers", 2}, {"block", 3}}, .choice = {{"combination",
      "mean_of_means"}, {"assignment", "round_robin"}}},
    {{"sum_of_means", "trajectory", "OPT-28 DST-01",
      "No division by the workers: steps three times as long.", 0},
     4, 11, 3, .number = {{"workers", 3}, {"block", 2}}, .choice = {{"combination",
      "sum_of_means"}}, .rate = 0.03},
    {{"one_sample_each", "trajectory", "OPT-28 DST-01", "As many workers as samples.", 0},
     3, 7, 3, .number = {{"workers", 7}, {"block", 1}}, .choice = {{"combination",
      "mean_of_means"}}},
    {{"decay", "trajectory", "OPT-28 REG-03", "Weight decay is added once, not by every worker.",
      0},
     4, 9, 4, .number = {{"workers", 4}, {"block", 2}, {"weight_decay", 0.2}}},
    {{"decay_sum", "trajectory", "OPT-28 REG-03",
      "The same where gradients are not divided by the workers.", 0},
     3, 9, 4, .number = {{"workers", 2}, {"block", 2}, {"weight_decay", 0.3}},
      .choice = {{"combination", "sum_of_means"}}, .rate = 0.05},
    {{"exact", "exact", "OPT-28",
      "Whole numbers, 8 samples on 4 workers, one step at 1/2: no rounding.", 0},
     1, 8, 3, .number = {{"workers", 4}, {"block", 2}}, .choice = {{"combination",
      "mean_of_means"}}, .rate = 0.5, .whole = 1},
    {{"short_block", "trajectory", "OPT-28 DST-02 DST-08",
      "35 samples in blocks of 8: the last block is short and must not be lost.", 0},
     2, 35, 3, .number = {{"workers", 5}, {"block", 8}}},
};
/* clang-format on */

void synchronous_gradient_descent_cases(struct case_list *list)
{
    static const struct refusal refusals[] = {
        {"no_workers", "uneven", NUMBER_SET, "workers", 0, NULL, 0, "Nobody works."},
        {"too_many_workers", "uneven", NUMBER_SET, "workers", 14, NULL, 0,
         "A worker without samples has no mean."},
        {"unknown_combination", "uneven", CHOICE_SET, "combination", 0, "sideways", 0,
         "A convention that does not exist."},
        {"unknown_assignment", "uneven", CHOICE_SET, "assignment", 0, "sideways", 0,
         "A convention that does not exist."},
        {"without_y", "uneven", INPUT_GONE, "y", 0, NULL, 0, "There are no targets."},
        {"without_w", "uneven", INPUT_GONE, "w", 0, NULL, 0, "There is no start."},
        {"short_y", "uneven", INPUT_SHORTER, "y", 0, NULL, 0, "A target is missing."},
        {"short_w", "uneven", INPUT_SHORTER, "w", 0, NULL, 0, "A weight is missing."},
    };
    for (size_t i = 0; i < sizeof rows / sizeof *rows; i++)
        least_squares_row_add(list, &rows[i]);
    case_refusals(list, refusals, sizeof refusals / sizeof *refusals);
}
