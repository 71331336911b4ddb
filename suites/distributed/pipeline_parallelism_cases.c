// SPDX-License-Identifier: MIT
#include "replicas_cases.h"

#define ALTERNATING                                                                                \
    {                                                                                              \
        "schedule", "one_forward_one_backward"                                                     \
    }
#define STASHED                                                                                    \
    {                                                                                              \
        "schedule", "pipedream"                                                                    \
    }
#define VERTICAL                                                                                   \
    {                                                                                              \
        "schedule", "pipedream_vertical"                                                           \
    }

/* clang-format off */
static const struct replicas_row rows[] = {
    {{"one_stage", "trajectory", "DST-03",
      "One stage: no bubbles, and what accumulation gives.", 0},
     {3, 2}, 2, 3, 2, {2, 1, 3, 1, 2, 2}, .number = {{"block", 2}}},
    {{"flush", "trajectory", "DST-03 DST-17",
      "Three stages, four micro-batches: all see the same weights, and 4 slots of 12 are bubbles.",
      0},
     {2, 3, 2, 2}, 2, 4, 2, {2, 1, 3, 1, 1, 2, 2, 3}, .choice = {TANH}, .number = {{"block", 2}},
     .rate = 0.5},
    {{"flush_first_first", "trajectory", "DST-03",
      "The same with backward passes in the order of the forward ones.", 0},
     {2, 3, 2, 2}, 1, 4, 1, {2, 1, 3, 1}, .choice = {TANH, {"backward_order", "first_first"}},
     .number = {{"block", 2}}, .rate = 0.5},
    {{"alternating", "trajectory", "DST-03 DST-06",
      "One forward, one backward, then a flush: the same weights, fewer micro-batches held.", 0},
     {2, 3, 2, 2}, 2, 4, 2, {2, 1, 3, 1, 1, 2, 2, 3}, .choice = {TANH, ALTERNATING},
     .number = {{"block", 2}, {"momentum", 0.5}}, .rate = 0.5},
    {{"alternating_few", "trajectory", "DST-03",
      "Fewer micro-batches than stages: the pipeline is never full.", 0},
     {2, 2, 2, 3, 2}, 1, 2, 1, {2, 3}, .choice = {TANH, ALTERNATING}, .number = {{"block", 2}},
     .rate = 0.5},
    {{"flush_one_micro", "trajectory", "DST-03",
      "One micro-batch: layers on different machines, one after the other.", 0},
     {2, 3, 2, 2}, 2, 1, 2, {3, 4}, .choice = {TANH}, .number = {{"block", 2}}, .rate = 0.5},
    {{"stashed", "trajectory", "DST-03 DST-06",
      "No flush: the first of three stages is two versions late and goes back at that version.", 0},
     {2, 3, 2, 2}, 1, 5, 5, {2, 1, 3, 1, 2}, .choice = {TANH, STASHED}, .number = {{"block", 2}},
     .rate = 1},
    {{"stashed_momentum", "trajectory", "DST-03 DST-06",
      "The same with momentum and decay of the newest weights, over two batches.", 0},
     {2, 3, 2}, 2, 3, 6, {2, 1, 3, 1, 2, 2}, .choice = {TANH, STASHED},
     .number = {{"block", 2}, {"momentum", 0.75}, {"weight_decay", 0.125}}, .rate = 0.5},
    {{"stashed_two_stages", "trajectory", "DST-03 DST-06",
      "Two stages: the first is one version late, the last never.", 0},
     {2, 3, 2}, 1, 4, 4, {2, 1, 3, 1}, .choice = {TANH, STASHED}, .number = {{"block", 2}},
     .rate = 1},
    {{"vertical", "trajectory", "DST-03 DST-06",
      "All stages see the version of the first.", 0},
     {2, 3, 2, 2}, 1, 5, 5, {2, 1, 3, 1, 2}, .choice = {TANH, VERTICAL}, .number = {{"block", 2}},
     .rate = 1},
    {{"stashed_one_stage", "trajectory", "DST-03", "One stage without flushes is serial.", 0},
     {3, 2}, 1, 4, 4, {2, 1, 3, 1}, .choice = {STASHED}, .number = {{"block", 2}}},
    {{"decay", "trajectory", "DST-03", "Decay once an update, not for every micro-batch.", 0},
     {2, 3, 2}, 2, 3, 2, {2, 1, 3, 1, 2, 2}, .choice = {TANH},
     .number = {{"block", 2}, {"weight_decay", 0.25}}, .rate = 0.5},
    {{"regression", "trajectory", "DST-03", "Squared errors by sigmoids.", 0},
     {2, 3, 2}, 2, 2, 2, {3, 2, 1, 4}, .choice = {SQUARED, {"activation", "sigmoid"}},
     .number = {{"block", 2}}, .rate = 0.5},
    {{"rectified", "trajectory", "DST-03", "ReLU between the stages.", 1},
     {2, 3, 2}, 1, 2, 1, {1, 2}, .number = {{"block", 2}}, .rate = 0.0625},
    {{"exact", "exact", "DST-03",
      "Whole numbers, one stage, two micro-batches of two samples, a step of 1/2: no rounding.", 0},
     {3, 2}, 1, 2, 1, {2, 2}, .choice = {SQUARED}, .number = {{"block", 2}}, .rate = 0.5,
     .whole = 1},
    {{"four_stages", "trajectory", "DST-03 DST-06 DST-13",
      "Four stages and six micro-batches without flushes.", 0},
     {2, 2, 2, 2, 2}, 1, 6, 6, {2, 1, 1, 2, 1, 2}, .choice = {TANH, STASHED},
     .number = {{"block", 2}}, .rate = 1},
};
/* clang-format on */

void pipeline_parallelism_cases(struct case_list *list)
{
    static const struct refusal refusals[] = {
        {"micro_batch_empty", "rectified", ELEMENT_SET, "size", 0, NULL, 0,
         "A micro-batch without samples has no mean."},
        {"size_too_large", "rectified", ELEMENT_SET, "size", 3, NULL, 0,
         "The micro-batches hold more samples than there are."},
        {"unknown_schedule", "rectified", CHOICE_SET, "schedule", 0, "sideways", 0,
         "A convention that does not exist."},
        {"unknown_order", "rectified", CHOICE_SET, "backward_order", 0, "sideways", 0,
         "A convention that does not exist."},
        {"momentum_one", "rectified", NUMBER_SET, "momentum", 1, NULL, 0,
         "A velocity that never forgets."},
        {"bias_missing", "rectified", INPUT_GONE, "b2", 0, NULL, 0, "A stage lacks its bias."},
    };
    for (size_t i = 0; i < sizeof rows / sizeof *rows; i++)
        replicas_row_add(list, &rows[i]);
    case_refusals(list, refusals, sizeof refusals / sizeof *refusals);
}
