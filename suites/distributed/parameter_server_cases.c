// SPDX-License-Identifier: MIT
#include "replicas_cases.h"

#define ONE_BY_ONE                                                                                 \
    {                                                                                              \
        "application", "one_by_one"                                                                \
    }

/* clang-format off */
static const struct server_row {
    struct replicas_row row;
    int delay[REPLICAS_SIZES];
} rows[] = {
    {{{"synchronous", "trajectory", "DST-04 DST-02 DST-06",
       "No delay, all together, uneven: what data parallelism gives.", 0},
      {2, 3, 2}, 3, 3, 3, {2, 1, 3, 1, 2, 2, 3, 1, 1}, .choice = {TANH}, .number = {{"block", 2}}},
     {0}},
    {{{"synchronous_workers", "trajectory", "DST-04 DST-02",
       "The same where every worker counts alike.", 0},
      {2, 3, 2}, 3, 3, 3, {2, 1, 3, 1, 2, 2, 3, 1, 1}, .choice = {TANH, {"average", "workers"}},
      .number = {{"block", 2}}}, {0}},
    {{{"stale_synchronous", "trajectory", "DST-06 DST-04",
       "One worker is up to two updates behind the others.", 0},
      {2, 3, 2}, 4, 2, 4, {2, 1, 1, 2, 3, 1, 1, 2}, .choice = {TANH}, .number = {{"block", 2}},
      .rate = 0.5}, {0, 0, 0, 1, 0, 2, 1, 2}},
    {{{"asynchronous", "trajectory", "DST-06 DST-04",
       "Pushes are applied one by one, each at the weights of some updates ago.", 0},
      {2, 3, 2}, 2, 3, 6, {2, 1, 3, 1, 2, 2}, .choice = {TANH, ONE_BY_ONE},
      .number = {{"block", 2}}, .rate = 0.5}, {0, 1, 2, 0, 3, 2}},
    {{{"asynchronous_fresh", "trajectory", "DST-06 DST-04",
       "One by one without any delay: serial descent over the workers' batches.", 0},
      {2, 3, 2}, 2, 2, 4, {2, 1, 1, 3}, .choice = {TANH, ONE_BY_ONE}, .number = {{"block", 2},
      {"momentum", 0.5}}, .rate = 0.5}, {0}},
    {{{"stale_momentum", "trajectory", "DST-06 DST-04",
       "The server has one velocity for the pushes of all workers.", 0},
      {2, 3, 2}, 2, 3, 6, {2, 1, 3, 1, 2, 2}, .choice = {TANH, ONE_BY_ONE},
      .number = {{"block", 2}, {"momentum", 0.75}}, .rate = 0.25}, {0, 1, 2, 2, 2, 2}},
    {{{"rate_divided", "trajectory", "DST-06",
       "The rate of a push is divided by its staleness, of 0 and 1 alike by 1.", 0},
      {2, 3, 2}, 2, 3, 6, {2, 1, 3, 1, 2, 2}, .choice = {TANH, ONE_BY_ONE,
      {"staleness", "divided"}}, .number = {{"block", 2}}, .rate = 0.5}, {0, 1, 2, 3, 0, 4}},
    {{{"rate_divided_from_one", "trajectory", "DST-06", "The same counted from one.", 0},
      {2, 3, 2}, 2, 3, 6, {2, 1, 3, 1, 2, 2}, .choice = {TANH, ONE_BY_ONE,
      {"staleness", "divided_from_one"}}, .number = {{"block", 2}}, .rate = 0.5},
     {0, 1, 2, 3, 0, 4}},
    {{{"rate_power", "trajectory", "DST-06", "A push of staleness tau counts 3/4 to the tau.", 0},
      {2, 3, 2}, 2, 3, 6, {2, 1, 3, 1, 2, 2}, .choice = {TANH, ONE_BY_ONE,
      {"staleness", "power"}}, .number = {{"block", 2}, {"staleness_decay", 0.75}}, .rate = 0.5},
     {0, 1, 2, 3, 0, 4}},
    {{{"divided_together", "trajectory", "DST-06",
       "Factors of staleness enter the sum, but not what it is divided by.", 0},
      {2, 3, 2}, 4, 2, 4, {2, 1, 1, 2, 3, 1, 1, 2}, .choice = {TANH,
      {"staleness", "divided_from_one"}}, .number = {{"block", 2}}, .rate = 0.5},
     {0, 0, 0, 1, 0, 2, 1, 3}},
    {{{"compensated", "trajectory", "DST-06",
       "Each push is corrected by how far the weights have moved meanwhile.", 0},
      {2, 3, 2}, 2, 3, 6, {2, 1, 3, 1, 2, 2}, .choice = {TANH, ONE_BY_ONE},
      .number = {{"block", 2}, {"compensation", 2}}, .rate = 0.75}, {0, 1, 2, 3, 1, 4}},
    {{{"dropped", "trajectory", "DST-06 DST-04",
       "Pushes that are more than one update old are dropped and not counted.", 0},
      {2, 3, 2}, 4, 2, 4, {2, 1, 1, 2, 3, 1, 1, 2}, .choice = {TANH},
      .number = {{"block", 2}, {"limit", 1}}, .rate = 0.5}, {0, 0, 0, 1, 0, 2, 1, 3}},
    {{{"dropped_workers", "trajectory", "DST-06 DST-04",
       "The same where workers count alike, and a row in which nobody is fresh.", 0},
      {2, 3, 2}, 4, 2, 4, {2, 1, 1, 2, 3, 1, 1, 2}, .choice = {TANH, {"average", "workers"}},
      .number = {{"block", 2}, {"limit", 1}, {"momentum", 0.5}}, .rate = 0.5},
     {0, 0, 0, 1, 2, 2, 1, 3}},
    {{{"decay", "trajectory", "DST-04 DST-06",
       "The server's own weights decay, not those that were pulled.", 0},
      {2, 3, 2}, 2, 2, 4, {2, 1, 1, 3}, .choice = {TANH, ONE_BY_ONE}, .number = {{"block", 2},
      {"weight_decay", 0.25}}, .rate = 0.5}, {0, 1, 2, 1}},
    {{{"regression", "trajectory", "DST-04", "Squared errors by sigmoids, three layers.", 0},
      {2, 3, 2, 1}, 2, 2, 2, {3, 2, 1, 4}, .choice = {SQUARED, {"activation", "sigmoid"}},
      .number = {{"block", 2}, {"momentum", 0.5}}, .rate = 0.5}, {0, 0, 1, 0}},
    {{{"rectified", "trajectory", "DST-04 DST-06",
       "ReLU: decisions at the weights that were pulled.", 1},
      {2, 3, 2}, 2, 2, 2, {1, 2, 2, 1}, .number = {{"block", 2}}, .rate = 0.0625}, {0, 0, 1, 0}},
    {{{"exact", "exact", "DST-04",
       "Whole numbers, two workers of two samples, one step at 1/2: no rounding.", 0},
      {3, 2}, 1, 2, 1, {2, 2}, .choice = {SQUARED}, .number = {{"block", 2}}, .rate = 0.5,
      .whole = 1}, {0}},
    {{{"five_workers", "trajectory", "DST-04 DST-06 DST-08",
       "Five workers: a tree that is not full.", 0},
      {2, 3, 2}, 2, 5, 2, {1, 2, 3, 1, 2, 1, 3, 2, 1, 1}, .choice = {TANH},
      .number = {{"block", 2}}, .rate = 0.5}, {0, 0, 0, 0, 0, 1, 0, 1, 0, 1}},
};
/* clang-format on */

void parameter_server_cases(struct case_list *list)
{
    static const struct refusal refusals[] = {
        {"delay_before_start", "rectified", ELEMENT_SET, "delay", 1, NULL, 0,
         "Weights from before the first update."},
        {"delay_negative", "rectified", ELEMENT_SET, "delay", -1, NULL, 0,
         "Weights that do not exist yet."},
        {"size_zero", "rectified", ELEMENT_SET, "size", 0, NULL, 0, "A push of no samples."},
        {"limit_negative", "rectified", NUMBER_SET, "limit", -1, NULL, 0,
         "Nothing is fresher than the present."},
        {"momentum_one", "rectified", NUMBER_SET, "momentum", 1, NULL, 0,
         "A velocity that never forgets."},
        {"staleness_decay_missing", "rate_power", NUMBER_GONE, "staleness_decay", 0, NULL, 0,
         "Nothing says how fast pushes age."},
        {"staleness_decay_zero", "rate_power", NUMBER_SET, "staleness_decay", 0, NULL, 0,
         "Every stale push would count nothing."},
        {"unknown_application", "rectified", CHOICE_SET, "application", 0, "sideways", 0,
         "A convention that does not exist."},
        {"unknown_staleness", "rectified", CHOICE_SET, "staleness", 0, "sideways", 0,
         "A convention that does not exist."},
        {"rate_short", "rectified", INPUT_SHORTER, "rate", 0, NULL, 0,
         "The last update has no length."},
        {"delay_missing", "rectified", INPUT_GONE, "delay", 0, NULL, 0,
         "Nothing says which weights were pulled."},
    };
    for (size_t i = 0; i < sizeof rows / sizeof *rows; i++) {
        struct assay_case *test = replicas_row_add(list, &rows[i].row);
        case_integers(test, "delay", DIMS(rows[i].row.R, rows[i].row.V), rows[i].delay);
    }
    case_refusals(list, refusals, sizeof refusals / sizeof *refusals);
}
