// SPDX-License-Identifier: MIT
#include "replicas_cases.h"

#define TANH                                                                                       \
    {                                                                                              \
        "activation", "tanh"                                                                       \
    }
#define SQUARED                                                                                    \
    {                                                                                              \
        "loss", "mean_squared_error"                                                               \
    }

/* clang-format off */
static const struct replicas_row rows[] = {
    {{"serial", "trajectory", "DST-01 DST-18",
      "One replica with the whole batch: what the weighted cases must equal.", 0},
     {2, 3, 2}, 2, 1, 2, {7, 7}, .choice = {TANH}, .number = {{"block", 2}}},
    {{"uneven", "trajectory", "DST-01 DST-02 DST-18",
      "Three replicas with 4, 1 and 2 samples: the serial curve, if samples count alike.", 0},
     {2, 3, 2}, 2, 3, 2, {4, 1, 2, 1, 4, 2}, .choice = {TANH}, .number = {{"block", 2}}},
    {{"uneven_means", "trajectory", "DST-01 DST-02",
      "The same averaged as DistributedDataParallel does: the single sample counts fourfold.", 0},
     {2, 3, 2}, 2, 3, 2, {4, 1, 2, 1, 4, 2}, .choice = {TANH, {"average", "replicas"}},
     .number = {{"block", 2}}},
    {{"uneven_summed", "trajectory", "DST-01 DST-02",
      "The same without a division: three times as long a step.", 0},
     {2, 3, 2}, 2, 3, 2, {4, 1, 2, 1, 4, 2}, .choice = {TANH, {"average", "sum"}},
     .number = {{"block", 2}}, .rate = 0.125},
    {{"even_means", "trajectory", "DST-01 DST-18",
      "Equal shards: a mean of means is the mean, but their sum is not.", 0},
     {2, 3, 2}, 2, 4, 2, {2, 2, 2, 2, 2, 2, 2, 2},
     .choice = {TANH, {"average", "replicas"}}, .number = {{"block", 1}, {"momentum", 0.5}}},
    {{"joined", "trajectory", "DST-01 DST-02 DST-06",
      "Replicas run out of samples one after the other and count as 0 in a mean of all.", 0},
     {2, 3, 2}, 3, 3, 3, {2, 3, 2, 0, 2, 2, 0, 0, 1},
     .choice = {TANH, {"average", "replicas"}}, .number = {{"block", 2}}},
    {{"joined_present", "trajectory", "DST-01 DST-02 DST-06",
      "The same with a mean of those that still have samples.", 0},
     {2, 3, 2}, 3, 3, 3, {2, 3, 2, 0, 2, 2, 0, 0, 1},
     .choice = {TANH, {"average", "present"}}, .number = {{"block", 2}}},
    {{"joined_samples", "trajectory", "DST-01 DST-02 DST-15",
      "The same weighted by samples, with momentum: the last partial batch is streamed as it is.",
      0},
     {2, 3, 2}, 3, 3, 3, {2, 3, 2, 0, 2, 2, 0, 0, 1}, .choice = {TANH},
     .number = {{"block", 2}, {"momentum", 0.75}}},
    {{"accumulated", "trajectory", "DST-17 DST-02 DST-15",
      "Six micro-batches on one replica, an update every third: two large batches.", 0},
     {2, 3, 2}, 6, 1, 2, {3, 1, 4, 2, 5, 1}, .choice = {TANH},
     .number = {{"block", 2}, {"accumulate", 3}, {"momentum", 0.5}}},
    {{"accumulated_means", "trajectory", "DST-17",
      "The same with loss / 3 before each backward pass: a mean of three means.", 0},
     {2, 3, 2}, 6, 1, 2, {3, 1, 4, 2, 5, 1}, .choice = {TANH, {"average", "replicas"}},
     .number = {{"block", 2}, {"accumulate", 3}, {"momentum", 0.5}}},
    {{"accumulated_short_last", "trajectory", "DST-17",
      "A last group of one row, divided by the stated three times two.", 0},
     {2, 3, 2}, 4, 2, 2, {3, 1, 2, 2, 1, 3, 2, 4}, .choice = {TANH, {"average", "replicas"}},
     .number = {{"block", 2}, {"accumulate", 3}}, .rate = 0.5},
    {{"accumulated_short_present", "trajectory", "DST-17",
      "The same divided by the micro-batches that are there.", 0},
     {2, 3, 2}, 4, 2, 2, {3, 1, 2, 2, 1, 3, 2, 4}, .choice = {TANH, {"average", "present"}},
     .number = {{"block", 2}, {"accumulate", 3}}, .rate = 0.5},
    {{"accumulated_replicas", "trajectory", "DST-01 DST-17 DST-02",
      "Tokens counted over micro-batches and replicas together, with decay once an update.", 0},
     {2, 3, 2}, 5, 2, 3, {3, 1, 0, 4, 2, 2, 5, 1, 1, 2}, .choice = {TANH},
     .number = {{"block", 2}, {"accumulate", 2}, {"momentum", 0.5}, {"weight_decay", 0.125}}},
    {{"linear_rate", "trajectory", "DST-01 DST-18",
      "The rate is multiplied by the three replicas.", 0},
     {2, 3, 2}, 2, 3, 2, {2, 1, 2, 1, 3, 2},
     .choice = {TANH, {"rate_scaling", "linear"}}, .number = {{"block", 2}, {"momentum", 0.5}},
     .rate = 0.125},
    {{"root_rate", "trajectory", "DST-01 DST-18",
      "The rate is multiplied by the root of three.", 0},
     {2, 3, 2}, 2, 3, 2, {2, 1, 2, 1, 3, 2}, .choice = {TANH, {"rate_scaling", "root"}},
     .number = {{"block", 2}, {"momentum", 0.5}}, .rate = 0.125},
    {{"clipped", "trajectory", "DST-01 DST-02",
      "The averaged gradient is clipped, after the sum over replicas and micro-batches.", 0},
     {2, 3, 2}, 4, 3, 2, {2, 1, 2, 1, 3, 2, 2, 1, 2, 1, 1, 2}, .choice = {TANH},
     .number = {{"block", 2}, {"accumulate", 2}, {"max_norm", 0.25}}},
    {{"regression", "trajectory", "DST-01 DST-02",
      "Squared errors of two outputs by sigmoids: the mean is over samples and outputs.", 0},
     {2, 3, 2}, 2, 2, 2, {3, 2, 1, 4}, .choice = {SQUARED, {"activation", "sigmoid"}},
     .number = {{"block", 2}, {"momentum", 0.5}}},
    {{"rectified", "trajectory", "DST-01", "ReLU: every replica decides for its own samples.", 0},
     {2, 3, 2}, 1, 2, 1, {2, 1}, .number = {{"block", 2}}, .rate = 0.0625},
    {{"exact", "exact", "DST-01 DST-17",
      "Whole numbers, 4 and 4 samples in two rows, one update at 1/2: no rounding.", 0},
     {3, 2}, 2, 2, 1, {2, 2, 2, 2}, .choice = {SQUARED, {"average", "replicas"}},
     .number = {{"block", 2}, {"accumulate", 2}}, .rate = 0.5, .whole = 1},
    {{"seven_replicas", "trajectory", "DST-01 DST-02 DST-08",
      "Seven replicas: a tree that is not full, of which no leaf may be lost.", 0},
     {2, 3, 2}, 2, 7, 2, {1, 2, 3, 1, 2, 1, 3, 2, 1, 1, 3, 1, 2, 2}, .choice = {TANH},
     .number = {{"block", 2}, {"momentum", 0.5}}, .rate = 0.5},
};
/* clang-format on */

void data_parallelism_cases(struct case_list *list)
{
    static const struct refusal refusals[] = {
        {"accumulate_zero", "rectified", NUMBER_SET, "accumulate", 0, NULL, 0,
         "Updates of no micro-batches."},
        {"momentum_one", "rectified", NUMBER_SET, "momentum", 1, NULL, 0,
         "A velocity that never forgets."},
        {"decay_negative", "rectified", NUMBER_SET, "weight_decay", -0.5, NULL, 0,
         "Weights would grow by themselves."},
        {"norm_negative", "rectified", NUMBER_SET, "max_norm", -1, NULL, 0, "No norm is below 0."},
        {"unknown_average", "rectified", CHOICE_SET, "average", 0, "sideways", 0,
         "A convention that does not exist."},
        {"unknown_scaling", "rectified", CHOICE_SET, "rate_scaling", 0, "sideways", 0,
         "A convention that does not exist."},
        {"size_too_large", "rectified", ELEMENT_SET, "size", 3, NULL, 0,
         "The micro-batches hold more samples than there are."},
        {"size_negative", "rectified", ELEMENT_SET, "size", -1, NULL, 0,
         "A negative number of samples."},
        {"row_missing", "rectified", INPUT_SHORTER, "size", 0, NULL, 0,
         "The last samples belong to nobody."},
        {"rate_missing", "rectified", INPUT_GONE, "rate", 0, NULL, 0, "No step has a length."},
        {"labels_missing", "rectified", INPUT_GONE, "labels", 0, NULL, 0, "There is no loss."},
    };
    for (size_t i = 0; i < sizeof rows / sizeof *rows; i++)
        replicas_row_add(list, &rows[i]);
    case_refusals(list, refusals, sizeof refusals / sizeof *refusals);
}
