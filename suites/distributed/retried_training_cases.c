// SPDX-License-Identifier: MIT
#include "replicas_cases.h"

enum { FAILURES = 8 };

/* clang-format off */
static const struct retried_row {
    struct replicas_row row;
    size_t T;
    int fail[FAILURES];
} rows[] = {
    {{{"never", "trajectory", "DST-11 DST-10", "Nothing fails: what all retried runs must equal.",
       0}, {2, 3, 2}, 3, 2, 3, {2, 1, 1, 3, 2, 2}, .choice = {TANH},
      .number = {{"block", 2}, {"momentum", 0.75}}, .rate = 0.5}, 1, {0}},
    {{{"once", "trajectory", "DST-11 DST-10",
       "The third attempt fails: one step is undone and made again.", 0},
      {2, 3, 2}, 4, 2, 4, {2, 1, 1, 3, 2, 2, 1, 2}, .choice = {TANH},
      .number = {{"block", 2}, {"momentum", 0.75}, {"every", 2}}, .rate = 0.5}, 4, {0, 0, 0, 1}},
    {{{"again_and_again", "trajectory", "DST-11 DST-10",
       "Failures in a row, and before the first checkpoint: back to the start.", 0},
      {2, 3, 2}, 3, 2, 3, {2, 1, 1, 3, 2, 2}, .choice = {TANH},
      .number = {{"block", 2}, {"momentum", 0.75}, {"every", 2}}, .rate = 0.5}, 7,
     {1, 0, 1, 1, 0, 0, 1}},
    {{{"weights_only", "trajectory", "DST-11 DST-10",
       "The velocity was not saved: it starts from zero after a failure.", 0},
      {2, 3, 2}, 4, 2, 4, {2, 1, 1, 3, 2, 2, 1, 2}, .choice = {TANH, {"restored", "weights"}},
      .number = {{"block", 2}, {"momentum", 0.75}, {"every", 2}}, .rate = 0.5}, 4, {0, 0, 0, 1}},
    {{{"weights_only_twice", "trajectory", "DST-11 DST-10",
       "The same with failures right after checkpoints.", 0},
      {2, 3, 2}, 4, 2, 4, {2, 1, 1, 3, 2, 2, 1, 2}, .choice = {TANH, {"restored", "weights"}},
      .number = {{"block", 2}, {"momentum", 0.5}}, .rate = 0.5}, 5, {0, 1, 0, 1, 0}},
    {{{"onward", "trajectory", "DST-11 DST-15",
       "A stream that is not rewound: steps that are made again see other batches.", 0},
      {2, 3, 2}, 4, 2, 4, {2, 1, 1, 3, 2, 2, 1, 2}, .choice = {TANH, {"batches", "onward"}},
      .number = {{"block", 2}, {"every", 2}}, .rate = 0.5}, 4, {0, 0, 0, 1}},
    {{{"onward_around", "trajectory", "DST-11 DST-15",
       "The same with so many failures that the stream begins again.", 0},
      {2, 3, 2}, 3, 2, 3, {2, 1, 1, 3, 2, 2}, .choice = {TANH, {"batches", "onward"}},
      .number = {{"block", 2}, {"momentum", 0.5}}, .rate = 0.5}, 6, {0, 1, 1, 0, 1, 0}},
    {{{"rare_checkpoints", "trajectory", "DST-10 DST-11",
       "A checkpoint every three steps, weight decay, and a failure at the very end.", 0},
      {2, 3, 2}, 4, 1, 4, {2, 1, 3, 2}, .choice = {TANH},
      .number = {{"block", 2}, {"every", 3}, {"weight_decay", 0.125}}, .rate = 0.5}, 6,
     {0, 0, 1, 0, 0, 1}},
    {{{"regression", "trajectory", "DST-11", "Squared errors by sigmoids.", 0},
      {2, 3, 1}, 2, 2, 2, {3, 2, 1, 4},
      .choice = {{"loss", "mean_squared_error"}, {"activation", "sigmoid"}},
      .number = {{"block", 2}, {"momentum", 0.5}, {"every", 2}}, .rate = 0.5}, 2, {0, 1}},
    {{{"rectified", "trajectory", "DST-11", "ReLU.", 1},
      {2, 3, 2}, 2, 2, 2, {1, 2, 2, 1}, .number = {{"block", 2}, {"every", 2}}, .rate = 0.0625}, 2,
     {0, 1}},
    {{{"exact", "exact", "DST-11",
       "Whole numbers, one step at 1/2 that fails once: no rounding.", 0},
      {3, 2}, 1, 2, 1, {2, 2}, .choice = {{"loss", "mean_squared_error"}},
      .number = {{"block", 2}}, .rate = 0.5, .whole = 1}, 1, {1}},
    {{{"five_replicas", "trajectory", "DST-11 DST-08", "Five replicas: a tree that is not full.",
       0}, {2, 3, 2}, 2, 5, 2, {1, 2, 3, 1, 2, 1, 3, 2, 1, 1}, .choice = {TANH},
      .number = {{"block", 2}, {"every", 2}}, .rate = 0.5}, 3, {0, 1, 0}},
};
/* clang-format on */

void retried_training_cases(struct case_list *list)
{
    static const struct refusal refusals[] = {
        {"fails_twice", "rectified", ELEMENT_SET, "fail", 2, NULL, 0,
         "An attempt fails or does not."},
        {"every_zero", "rectified", NUMBER_SET, "every", 0, NULL, 0, "A checkpoint at no step."},
        {"size_zero", "rectified", ELEMENT_SET, "size", 0, NULL, 0, "A micro-batch of nothing."},
        {"momentum_one", "rectified", NUMBER_SET, "momentum", 1, NULL, 0,
         "A velocity that never forgets."},
        {"unknown_restored", "rectified", CHOICE_SET, "restored", 0, "sideways", 0,
         "A convention that does not exist."},
        {"unknown_batches", "rectified", CHOICE_SET, "batches", 0, "sideways", 0,
         "A convention that does not exist."},
        {"rate_short", "rectified", INPUT_SHORTER, "rate", 0, NULL, 0,
         "The last step has no length."},
        {"fail_missing", "rectified", INPUT_GONE, "fail", 0, NULL, 0, "Nothing says what fails."},
    };
    for (size_t i = 0; i < sizeof rows / sizeof *rows; i++) {
        struct assay_case *test = replicas_row_add(list, &rows[i].row);
        case_integers(test, "fail", DIMS(rows[i].T), rows[i].fail);
    }
    case_refusals(list, refusals, sizeof refusals / sizeof *refusals);
}
