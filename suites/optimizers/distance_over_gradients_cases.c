// SPDX-License-Identifier: MIT
#include "optimizer_cases.h"

#include <string.h>

#define NUMBERS(f, e, b)                                                                           \
    {"first_distance", f}, {"epsilon", e},                                                         \
    {                                                                                              \
        "block", b                                                                                 \
    }

/* clang-format off */
static const struct optimizer_row rows[] = {
    {{"dog", "trajectory", "OPT-12", "The usual numbers with a first distance that soon is passed.",
      0},
     7, 7, STEADY, .number = {NUMBERS(0.01, 1e-8, 2)}},
    {{"dowg", "trajectory", "OPT-12",
      "The weighted form: gradients count by the distance they were met at.", 0},
     7, 7, STEADY, .number = {NUMBERS(0.01, 1e-8, 2)}, .choice = {{"form", "dowg"}}},
    {{"turning", "trajectory", "OPT-12",
      "Gradients that turn: the largest distance is kept when w comes back.", 0},
     8, 5, RANDOM, .number = {NUMBERS(0.5, 1e-8, 2)}},
    {{"tiny_first", "trajectory", "OPT-12",
      "The papers' 1e-6: after four steps the distance still is tiny.", 0},
     4, 7, RANDOM, .number = {NUMBERS(1e-6, 1e-8, 2)}},
    {{"absolute", "trajectory", "OPT-12",
      "A first distance that does not know the length of the start.", 0},
     4, 7, RANDOM, .number = {NUMBERS(0.05, 1e-8, 2)}, .choice = {{"first_form", "absolute"}}},
    {{"large_epsilon", "trajectory", "OPT-12", "An epsilon as large as squared gradients.", 0},
     4, 5, RANDOM, .number = {NUMBERS(0.05, 8, 2)}},
    {{"tiny", "trajectory", "OPT-12", "Gradients whose squares are below epsilon.", 0},
     4, 5, TINY, .number = {NUMBERS(0.05, 1e-8, 2)}},
    {{"decay", "trajectory", "OPT-12 REG-03", "The L2 penalty enters the norm of the gradient.", 0},
     5, 7, RANDOM, .number = {NUMBERS(0.1, 1e-8, 2), {"weight_decay", 0.5}}},
    {{"resumed", "trajectory", "OPT-12 DST-10", "Resumed with start, distance and sum of squares.",
      0},
     4, 7, RANDOM, .number = {NUMBERS(0.1, 1e-8, 2), {"distance", 1.5}, {"squares", 40}}},
    {{"resumed_dowg", "trajectory", "OPT-12 DST-10", "The same, weighted.", 0},
     4, 7, RANDOM, .number = {NUMBERS(0.1, 1e-8, 2), {"distance", 1.5}, {"squares", 40}},
      .choice = {{"form", "dowg"}}},
    {{"maximize", "trajectory", "OPT-12",
      "Ascent with decay: the gradient is negated, the decay is not.", 0},
     4, 7, RANDOM, .number = {NUMBERS(0.1, 1e-8, 2), {"weight_decay", 0.5}}, .choice = {{"maximize",
      "yes"}}},
    {{"short_block", "trajectory", "OPT-12 DST-02 DST-08",
      "67 parameters in blocks of 16: the last block is short and must not be lost.", 0},
     2, 67, RANDOM, .number = {NUMBERS(0.1, 1e-8, 16)}},
};
/* clang-format on */

void distance_over_gradients_cases(struct case_list *list)
{
    static const struct refusal more[] = {
        {"no_first_distance", "dog", NUMBER_SET, "first_distance", 0, NULL, 0,
         "Without a first distance nothing ever moves."},
        {"negative_squares", "resumed", NUMBER_SET, "squares", -1, NULL, 0,
         "A negative sum of squares."},
    };
    for (size_t i = 0; i < sizeof rows / sizeof *rows; i++) {
        struct assay_case *test = optimizer_row_add(list, &rows[i]);
        double *rate = case_input(test, "rate");
        for (size_t s = 0; s < rows[i].S; s++)
            rate[s] = s % 3 == 1 ? 0.5 : 1;
        if (strncmp(rows[i].head.name, "resumed", 7) == 0)
            case_signed(test, "start", DIMS(rows[i].P), 0.25, 2);
    }
    optimizer_refusals(list, &(struct optimizer_limits){
                                 .like = "dog",
                                 .positive = {"epsilon"},
                                 .stated = {"epsilon", "first_distance"},
                                 .choice = {"form", "first_form", "maximize"},
                             });
    case_refusals(list, more, sizeof more / sizeof *more);
}
