// SPDX-License-Identifier: MIT
#include "replicas_cases.h"

#define OUTER                                                                                      \
    {"outer_rate", 0.75},                                                                          \
    {                                                                                              \
        "outer_momentum", 0.5                                                                      \
    }

/* clang-format off */
static const struct replicas_row rows[] = {
    {{"every_step", "trajectory", "DST-05 DST-02",
      "An averaging after every step of equal shards: what gradient averaging gives.", 0},
     {2, 3, 2}, 3, 3, 3, {2, 2, 2, 2, 2, 2, 2, 2, 2}, .choice = {TANH}, .number = {{"block", 2}}},
    {{"local_steps", "trajectory", "DST-05 DST-06",
      "Three local steps between averagings: replicas drift apart and are drawn together.", 0},
     {2, 3, 2}, 6, 3, 6, {2, 1, 3, 2, 2, 1, 1, 3, 2, 2, 1, 1, 1, 2, 2, 3, 1, 1},
     .choice = {TANH}, .number = {{"block", 2}, {"every", 3}}},
    {{"local_steps_weighted", "trajectory", "DST-05",
      "The same weighted by the samples that each replica has seen since the last averaging.", 0},
     {2, 3, 2}, 6, 3, 6, {2, 1, 3, 2, 2, 1, 1, 3, 2, 2, 1, 1, 1, 2, 2, 3, 1, 1},
     .choice = {TANH, {"weighting", "samples"}}, .number = {{"block", 2}, {"every", 3}}},
    {{"short_last_round", "trajectory", "DST-05",
      "Five rows, an averaging every two: the last round has one step and averages too.", 0},
     {2, 3, 2}, 5, 2, 5, {2, 1, 1, 3, 2, 2, 1, 1, 2, 3},
     .choice = {TANH, {"weighting", "samples"}}, .number = {{"block", 2}, {"every", 2}}},
    {{"velocity_kept", "trajectory", "DST-05 DST-06",
      "Momentum that averagings do not touch: each replica keeps a velocity of its own.", 0},
     {2, 3, 2}, 4, 3, 4, {2, 1, 3, 2, 2, 1, 1, 3, 2, 2, 1, 1}, .choice = {TANH},
     .number = {{"block", 2}, {"every", 2}, {"momentum", 0.75}}, .rate = 0.5},
    {{"velocity_averaged", "trajectory", "DST-05 DST-06",
      "The same with velocities averaged like weights.", 0},
     {2, 3, 2}, 4, 3, 4, {2, 1, 3, 2, 2, 1, 1, 3, 2, 2, 1, 1},
     .choice = {TANH, {"state", "averaged"}},
     .number = {{"block", 2}, {"every", 2}, {"momentum", 0.75}}, .rate = 0.5},
    {{"velocity_averaged_weighted", "trajectory", "DST-05",
      "Velocities averaged by samples like the weights.", 0},
     {2, 3, 2}, 4, 2, 4, {3, 1, 2, 1, 1, 3, 1, 1},
     .choice = {TANH, {"state", "averaged"}, {"weighting", "samples"}},
     .number = {{"block", 2}, {"every", 2}, {"momentum", 0.75}}, .rate = 0.5},
    {{"velocity_reset", "trajectory", "DST-05 DST-06",
      "The same with an optimizer that is new in every round.", 0},
     {2, 3, 2}, 4, 3, 4, {2, 1, 3, 2, 2, 1, 1, 3, 2, 2, 1, 1}, .choice = {TANH, {"state", "reset"}},
     .number = {{"block", 2}, {"every", 2}, {"momentum", 0.75}}, .rate = 0.5},
    {{"decay", "trajectory", "DST-05", "Every replica's own weights decay in its own steps.", 0},
     {2, 3, 2}, 4, 2, 4, {2, 1, 3, 2, 2, 1, 1, 3}, .choice = {TANH},
     .number = {{"block", 2}, {"every", 2}, {"weight_decay", 0.25}}},
    {{"outer_momentum", "trajectory", "DST-05",
      "The mean is a step of an outer optimizer with momentum.", 0},
     {2, 3, 2}, 6, 2, 6, {2, 1, 3, 2, 2, 1, 1, 3, 2, 2, 1, 1}, .choice = {TANH,
      {"outer", "momentum"}}, .number = {{"block", 2}, {"every", 2}, OUTER}, .rate = 0.5},
    {{"outer_nesterov", "trajectory", "DST-05", "The same, looking ahead.", 0},
     {2, 3, 2}, 6, 2, 6, {2, 1, 3, 2, 2, 1, 1, 3, 2, 2, 1, 1}, .choice = {TANH,
      {"outer", "nesterov"}}, .number = {{"block", 2}, {"every", 2}, OUTER}, .rate = 0.5},
    {{"absent", "trajectory", "DST-05 DST-06",
      "A replica without samples makes no step, but its weights count in the mean.", 0},
     {2, 3, 2}, 4, 3, 4, {2, 0, 3, 2, 0, 1, 1, 3, 0, 2, 1, 0}, .choice = {TANH},
     .number = {{"block", 2}, {"every", 2}, {"momentum", 0.5}}, .rate = 0.5},
    {{"absent_weighted", "trajectory", "DST-05 DST-06",
      "The same where what has seen nothing counts nothing.", 0},
     {2, 3, 2}, 4, 3, 4, {2, 0, 3, 2, 0, 1, 1, 3, 0, 2, 1, 0},
     .choice = {TANH, {"weighting", "samples"}},
     .number = {{"block", 2}, {"every", 2}, {"momentum", 0.5}}, .rate = 0.5},
    {{"regression", "trajectory", "DST-05", "Squared errors by sigmoids, three layers.", 0},
     {2, 3, 2, 1}, 2, 2, 2, {3, 2, 1, 4}, .choice = {SQUARED, {"activation", "sigmoid"}},
     .number = {{"block", 2}, {"every", 2}, {"momentum", 0.5}}, .rate = 0.5},
    {{"rectified", "trajectory", "DST-05", "ReLU: every replica decides at its own weights.", 1},
     {2, 3, 2}, 2, 2, 2, {1, 2, 2, 1}, .number = {{"block", 2}, {"every", 2}}, .rate = 0.0625},
    {{"exact", "exact", "DST-05",
      "Whole numbers, two replicas of two samples, one step at 1/2: no rounding.", 0},
     {3, 2}, 1, 2, 1, {2, 2}, .choice = {SQUARED}, .number = {{"block", 2}}, .rate = 0.5,
     .whole = 1},
    {{"five_replicas", "trajectory", "DST-05 DST-08",
      "Five replicas: a tree that is not full.", 0},
     {2, 3, 2}, 2, 5, 2, {1, 2, 3, 1, 2, 1, 3, 2, 1, 1},
     .choice = {TANH, {"weighting", "samples"}}, .number = {{"block", 2}, {"every", 2}},
     .rate = 0.5},
};
/* clang-format on */

void model_averaging_cases(struct case_list *list)
{
    static const struct refusal refusals[] = {
        {"every_zero", "rectified", NUMBER_SET, "every", 0, NULL, 0, "Rounds of no steps."},
        {"momentum_one", "rectified", NUMBER_SET, "momentum", 1, NULL, 0,
         "A velocity that never forgets."},
        {"unknown_weighting", "rectified", CHOICE_SET, "weighting", 0, "sideways", 0,
         "A convention that does not exist."},
        {"unknown_state", "rectified", CHOICE_SET, "state", 0, "sideways", 0,
         "A convention that does not exist."},
        {"outer_rate_missing", "outer_momentum", NUMBER_GONE, "outer_rate", 0, NULL, 0,
         "The outer step has no length."},
        {"outer_momentum_one", "outer_momentum", NUMBER_SET, "outer_momentum", 1, NULL, 0,
         "An outer velocity that never forgets."},
        {"size_too_large", "rectified", ELEMENT_SET, "size", 3, NULL, 0,
         "The micro-batches hold more samples than there are."},
        {"rate_missing", "rectified", INPUT_SHORTER, "rate", 0, NULL, 0,
         "The last step has no length."},
    };
    for (size_t i = 0; i < sizeof rows / sizeof *rows; i++)
        replicas_row_add(list, &rows[i]);
    case_refusals(list, refusals, sizeof refusals / sizeof *refusals);
}
