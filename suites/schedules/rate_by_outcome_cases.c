// SPDX-License-Identifier: MIT
#include "schedule_rows.h"

/* Losses as they might have come. A loss of 0 ends a list that is shorter than the others. */
enum history { STUCK, DIVERGING, BOTH, FALLING, CREEPING, SAWTOOTH, NEGATIVE, TIES, PHASES };
enum { EPOCHS = 20 };
static const double losses[][EPOCHS] = {
    /* clang-format off */
    [STUCK] = {2.3, 2.297, 2.299, 2.301, 2.298, 2.296, 2.302, 2.1, 1.6, 1.59, 1.593, 1.588, 1.592,
     1.1},
    [DIVERGING] = {2.3, 2.9, 4.1, 9.7, 8.2, 3.1, 1.9, 1.4, 3.3, 2.2, 1.2},
    [BOTH] = {2.3, 2.31, 2.29, 2.295, 1.7, 1.2, 2.1, 1.1, 1.09, 1.095, 1.0925, 1.6, 0.9, 0.905,
     0.9025,
              0.7, 0.71, 0.705, 0.69, 1.3},
    [FALLING] = {2.3, 1.9, 1.91, 1.5, 1.51, 1.2, 1.0, 1.01, 0.7},
    [CREEPING] = {2.0, 1.96, 1.92, 1.88, 1.84, 1.8, 1.76, 1.72, 1.68, 1.64, 1.6},
    [SAWTOOTH] = {2.0, 1.2, 1.5, 1.1, 1.45, 1.0, 1.3, 1.15, 1.1, 1.4, 1.12, 0.6, 0.75},
    [NEGATIVE] = {-1.0, -1.4, -1.39, -1.41, -0.6, -0.8, -0.79, -0.805, -1.9, -1.0},
    [TIES] = {4, 5, 4, 3, 3, 3.75, 3.75, 2, 2.5, 2.5, 3.25, 3, 2.25},
    [PHASES] = {2.3, 2.29, 2.295, 1.4, 0.9, 0.6, 0.55, 0.5495, 3.1, 3.09, 3.08, 3.06, 2.0, 1.2, 2.4,
     1.1,
                1.09, 1.095},
    /* clang-format on */
};

static const struct row {
    struct schedule_row is;
    enum history history;
} rows[] = {
    /* clang-format off */
    {{{"stuck", "bounded", "OPT-19",
       "The loss does not move: after every two such epochs the rate of 0.01 is raised by 3.", 0},
      {{"rate", 0.01}, {"raise", 3}, {"lower", 0.3}, {"patience", 2}, {"divergence", 0.2},
       {"min_gain", 0.01}, {"maximum", 1}}, {{0}}}, STUCK},
    {{{"diverging", "bounded", "OPT-19",
       "The loss grows: the rate falls at once, without patience.", 0},
      {{"rate", 0.01}, {"raise", 3}, {"lower", 0.3}, {"patience", 2}, {"divergence", 0.1},
       {"min_gain", 0.01}, {"maximum", 1}}, {{0}}}, DIVERGING},
    {{{"both", "bounded", "OPT-19", "Up and down in turn: the wait starts again after both.", 0},
      {{"rate", 0.01}, {"raise", 1.7}, {"lower", 0.45}, {"patience", 2}, {"divergence", 0.1},
       {"min_gain", 0.01}, {"maximum", 1}}, {{0}}}, BOTH},
    {{{"patience_of_one", "bounded", "OPT-19", "Every epoch without a gain raises the rate.", 0},
      {{"rate", 0.01}, {"raise", 1.3}, {"lower", 0.6}, {"patience", 1}, {"divergence", 0.1},
       {"min_gain", 0.01}, {"maximum", 1}}, {{0}}}, BOTH},
    {{{"learning", "bounded", "OPT-19 OPT-13",
       "It learns, with a slip now and then: the rate stays at 0.01.", 0},
      {{"rate", 0.01}, {"raise", 2}, {"lower", 0.5}, {"patience", 2}, {"divergence", 0.1},
       {"min_gain", 0.01}, {"maximum", 1}}, {{0}}}, FALLING},
    {{{"at_most", "bounded", "OPT-19", "The rate is raised to its maximum, and not above.", 0},
      {{"rate", 0.01}, {"raise", 3}, {"lower", 0.3}, {"patience", 1}, {"divergence", 0.2},
       {"min_gain", 0.01}, {"maximum", 0.05}}, {{0}}}, STUCK},
    {{{"at_least", "bounded", "OPT-19", "The rate is lowered to its minimum, and not below.", 0},
      {{"rate", 0.01}, {"raise", 3}, {"lower", 0.3}, {"patience", 2}, {"divergence", 0.1},
       {"min_gain", 0.01}, {"minimum", 0.002}, {"maximum", 1}}, {{0}}}, DIVERGING},
    {{{"creeping", "bounded", "OPT-19", "Gains of 2 % an epoch where 3 % are asked for: stuck.", 0},
      {{"rate", 0.01}, {"raise", 2.5}, {"lower", 0.4}, {"patience", 3}, {"divergence", 0.1},
       {"min_gain", 0.03}, {"maximum", 10}}, {{0}}}, CREEPING},
    {{{"sawtooth", "bounded", "OPT-19",
       "Up a quarter and down a third: against the loss before, half of the epochs diverge.", 0},
      {{"rate", 0.01}, {"raise", 1.5}, {"lower", 0.7}, {"patience", 2}, {"divergence", 0.21},
       {"maximum", 1}}, {{0}}}, SAWTOOTH},
    {{{"sawtooth_best", "bounded", "OPT-19", "The same against the best loss so far.", 0},
      {{"rate", 0.01}, {"raise", 1.5}, {"lower", 0.7}, {"patience", 2}, {"divergence", 0.21},
       {"maximum", 1}}, {{"against", "best"}}}, SAWTOOTH},
    {{{"creeping_best", "bounded", "OPT-19",
       "Against the best, which moves by gains that do not count, too.", 0},
      {{"rate", 0.01}, {"raise", 2.5}, {"lower", 0.4}, {"patience", 3}, {"divergence", 0.1},
       {"min_gain", 0.03}, {"maximum", 10}}, {{"against", "best"}}}, CREEPING},
    {{{"negative", "bounded", "OPT-19",
       "A log-likelihood, below 0: shares are of its size, or a worse one would be a gain.", 0},
      {{"rate", 0.01}, {"raise", 1.9}, {"lower", 0.35}, {"patience", 2}, {"divergence", 0.3},
       {"min_gain", 0.02}, {"maximum", 1}}, {{0}}}, NEGATIVE},
    {{{"ties", "exact", "OPT-19 DST-02",
       "Losses exactly on both thresholds, which neither diverge nor learn; no rounding.", 0},
      {{"rate", 1}, {"raise", 2}, {"lower", 0.25}, {"patience", 2}, {"divergence", 0.25},
       {"min_gain", 0.25}, {"maximum", 64}}, {{0}}}, TIES},
    {{{"fine_tuning", "bounded", "OPT-19 OPT-20",
       "New data from epoch 8 on, at a thousandth: the jump of the loss is no divergence, and the "
       "rate is not raised again.", 0},
      {{"rate", 0.01}, {"raise", 2}, {"lower", 0.4}, {"patience", 2}, {"divergence", 0.2},
       {"min_gain", 0.01}, {"maximum", 1}, {"fine_tuning_from", 8}, {"fine_tuning_rate", 1e-5}},
      {{0}}}, PHASES},
    {{{"fine_tuning_free", "bounded", "OPT-20", "The same where the rate may rise again.", 0},
      {{"rate", 0.01}, {"raise", 2}, {"lower", 0.4}, {"patience", 2}, {"divergence", 0.2},
       {"min_gain", 0.01}, {"maximum", 1}, {"fine_tuning_from", 8}, {"fine_tuning_rate", 1e-5}},
      {{"fine_tuning", "free"}}}, PHASES},
    {{{"fine_tuning_best", "bounded", "OPT-20",
       "Against the best loss of this phase, not of the one before.", 0},
      {{"rate", 0.01}, {"raise", 2}, {"lower", 0.4}, {"patience", 1}, {"divergence", 0.2},
       {"min_gain", 0.01}, {"maximum", 1}, {"fine_tuning_from", 8}, {"fine_tuning_rate", 0.003}},
      {{"against", "best"}, {"fine_tuning", "free"}}}, PHASES},
    /* clang-format on */
};

/* clang-format off */
static const struct refusal refusals[] = {
    {"no_loss", "learning", INPUT_GONE, "loss", .why = "No outcome to judge by."},
    {"rate_missing", "learning", NUMBER_GONE, "rate", .why = "0.01 is an advice, no default."},
    {"rate_0", "learning", NUMBER_SET, "rate", 0, .why = "No factor raises it."},
    {"raise_1", "learning", NUMBER_SET, "raise", 1, .why = "A raise that does not raise."},
    {"lower_0", "learning", NUMBER_SET, "lower", 0, .why = "A rate of 0 for ever."},
    {"lower_1", "learning", NUMBER_SET, "lower", 1, .why = "The loss would go on diverging."},
    {"divergence_negative", "learning", NUMBER_SET, "divergence", -0.5,
     .why = "A gain would be a divergence."},
    {"min_gain_negative", "learning", NUMBER_SET, "min_gain", -0.5,
     .why = "A loss that grows would be a gain."},
    {"patience_0", "learning", NUMBER_SET, "patience", 0, .why = "Less than the epoch itself."},
    {"maximum_missing", "learning", NUMBER_GONE, "maximum", .why = "A rate without a limit."},
    {"minimum_above_maximum", "learning", NUMBER_SET, "maximum", -1, .why = "No rate is allowed."},
    {"fine_tuning_without_rate", "fine_tuning", NUMBER_GONE, "fine_tuning_rate",
     .why = "A phase without a rate."},
    {"against_unknown", "learning", CHOICE_SET, "against", .choice = "other",
     .why = "A convention that nobody has."},
    {"fine_tuning_unknown", "learning", CHOICE_SET, "fine_tuning", .choice = "other",
     .why = "A convention that nobody has."},
};
/* clang-format on */

void rate_by_outcome_cases(struct case_list *list)
{
    for (size_t i = 0; i < sizeof rows / sizeof *rows; i++) {
        const double *loss = losses[rows[i].history];
        size_t E = 0;
        while (E < EPOCHS && loss[E] != 0)
            E++;
        case_values(schedule_row_add(list, &rows[i].is), "loss", DIMS(E), loss);
    }
    case_refusals(list, refusals, sizeof refusals / sizeof *refusals);
}
