// SPDX-License-Identifier: MIT
#include "schedule_rows.h"

/* How the monitored value goes. */
enum history {
    FLAT,     /* falls for three epochs, then stays a little above the best */
    STEPS,    /* plateaus of seven epochs, each a third lower, with noise above the floor */
    CREEP,    /* every epoch a little better, by less than min_delta */
    RISE,     /* an accuracy: rises, with plateaus */
    NEGATIVE, /* a log-likelihood: values below 0 that fall in steps */
    TIE       /* multiples of 1/4 that are just min_delta better */
};

static const struct row {
    struct schedule_row is;
    enum history history;
    size_t E;
} rows[] = {
    /* clang-format off */
    {{{"keras", "bounded", "OPT-17",
       "Factor 0.2, patience 5, minimum 1e-6 on a flat value: 2e-4, 4e-5, 8e-6, 1.6e-6, 1e-6.", 0},
      {{"rate", 1e-3}, {"factor", 0.2}, {"patience", 5}, {"min_delta", 1e-4}, {"minimum", 1e-6}},
      {{0}}}, FLAT, 33},
    {{{"pytorch", "bounded", "OPT-17",
       "Relative threshold, patience exceeded, cooldown skipped: PyTorch's rules together.", 0},
      {{"rate", 0.1}, {"factor", 0.3}, {"patience", 3}, {"min_delta", 1e-4}, {"cooldown", 2}},
      {{"threshold", "relative"}, {"patience_is", "exceeded"}, {"cooldown_end", "skipped"}}},
     FLAT, 29},
    {{{"steps", "bounded", "OPT-17", "Plateaus that end: the wait starts again each time.", 0},
      {{"rate", 0.1}, {"factor", 0.5}, {"patience", 4}}, {{0}}}, STEPS, 43},
    {{{"exceeded", "bounded", "OPT-17", "The same, one epoch later for each reduction.", 0},
      {{"rate", 0.1}, {"factor", 0.7}, {"patience", 4}}, {{"patience_is", "exceeded"}}}, STEPS, 43},
    {{{"cooldown", "bounded", "OPT-17",
       "A cooldown of 3 epochs, the last of which counts as a bad one.", 0},
      {{"rate", 0.1}, {"factor", 0.6}, {"patience", 2}, {"cooldown", 3}}, {{0}}}, FLAT, 31},
    {{{"cooldown_skipped", "bounded", "OPT-17", "The same where none of them counts.", 0},
      {{"rate", 0.1}, {"factor", 0.6}, {"patience", 2}, {"cooldown", 3}},
      {{"cooldown_end", "skipped"}}}, FLAT, 31},
    {{{"maximum", "bounded", "OPT-17", "An accuracy: larger is better.", 0},
      {{"rate", 0.1}, {"factor", 0.3}, {"patience", 3}, {"min_delta", 0.001}}, {{"mode", "max"}}},
     RISE, 37},
    {{{"maximum_relative", "bounded", "OPT-17", "An accuracy with a relative threshold.", 0},
      {{"rate", 0.1}, {"factor", 0.3}, {"patience", 2}, {"min_delta", 0.05}},
      {{"mode", "max"}, {"threshold", "relative"}}}, RISE, 37},
    {{{"creep", "bounded", "OPT-17 OPT-29",
       "Better at every epoch, but by less than min_delta against the last best: it adds up.", 0},
      {{"rate", 0.1}, {"factor", 0.5}, {"patience", 2}, {"min_delta", 0.035}}, {{0}}}, CREEP, 30},
    {{{"creep_relative", "bounded", "OPT-17", "The same, relative to a best of 2 and less.", 0},
      {{"rate", 0.1}, {"factor", 0.5}, {"patience", 2}, {"min_delta", 0.0225}},
      {{"threshold", "relative"}}}, CREEP, 30},
    {{{"negative_relative", "bounded", "OPT-17",
       "Values below 0: best (1 - threshold) would be worse than the best, and always beaten.", 0},
      {{"rate", 0.1}, {"factor", 0.5}, {"patience", 2}, {"min_delta", 0.1}},
      {{"threshold", "relative"}}}, NEGATIVE, 30},
    {{{"during", "bounded", "OPT-17", "The rate that an epoch was trained with, not the next.", 0},
      {{"rate", 0.1}, {"factor", 0.3}, {"patience", 2}}, {{"recorded", "during"}}}, STEPS, 30},
    {{{"no_patience", "bounded", "OPT-17", "Patience 0: every bad epoch reduces the rate.", 0},
      {{"rate", 0.1}, {"factor", 0.9}, {"patience", 0}}, {{0}}}, STEPS, 24},
    {{{"minimum", "bounded", "OPT-17", "The minimum is reached in the second reduction.", 0},
      {{"rate", 0.1}, {"factor", 0.3}, {"patience", 1}, {"minimum", 0.0125}}, {{0}}}, FLAT, 14},
    {{{"ties", "exact", "OPT-17 DST-02",
       "Improvements by exactly min_delta, which are none: all in multiples of 1/4.", 0},
      {{"rate", 1}, {"factor", 0.5}, {"patience", 2}, {"min_delta", 0.25}, {"cooldown", 1}}, {{0}}},
     TIE, 19},
    /* clang-format on */
};

static double value_at(enum history history, size_t e)
{
    double noise = (double)((e * 7 + 3) % 5) * 0.013 + 0.007; /* above 0, never twice in a row */
    size_t level = e / 7;
    switch (history) {
    case FLAT:
        return e < 3 ? 1.1 - 0.2 * (double)e : 0.75 + noise;
    case STEPS:
        return e % 7 == 0 ? 1 / (1 + 0.5 * (double)level) : 1 / (1 + 0.5 * (double)level) + noise;
    case CREEP:
        return 2 - 0.02 * (double)e;
    case RISE:
        return 0.95 - 0.5 / (1 + (double)level) - (e % 7 == 0 ? 0 : noise);
    case NEGATIVE:
        return -1 - 0.5 * (double)level + (e % 7 == 0 ? 0 : noise);
    default:
        return 4 - 0.25 * (double)(e / 4 + (e > 12 ? 2 : 0));
    }
}

/* clang-format off */
static const struct refusal refusals[] = {
    {"rate_missing", "minimum", NUMBER_GONE, "rate", .why = "rate has no default."},
    {"factor_missing", "minimum", NUMBER_GONE, "factor", .why = "factor has no default."},
    {"patience_missing", "minimum", NUMBER_GONE, "patience", .why = "patience has no default."},
    {"no_metric", "minimum", INPUT_GONE, "metric", .why = "Nothing is monitored."},
    {"factor_0", "minimum", NUMBER_SET, "factor", 0, .why = "A rate of 0 for ever."},
    {"factor_negative", "minimum", NUMBER_SET, "factor", -0.5,
     .why = "A rate of alternating signs."},
    {"factor_one", "minimum", NUMBER_SET, "factor", 1,
     .why = "A reduction that does not reduce: Keras and PyTorch refuse it."},
    {"patience_negative", "minimum", NUMBER_SET, "patience", -1, .why = "Less than no patience."},
    {"patience_fractional", "minimum", NUMBER_SET, "patience", 1.5, .why = "Half an epoch."},
    {"cooldown_negative", "minimum", NUMBER_SET, "cooldown", -1, .why = "Less than no cooldown."},
    {"min_delta_negative", "minimum", NUMBER_SET, "min_delta", -0.5,
     .why = "What is worse would count as better."},
    {"mode_unknown", "minimum", CHOICE_SET, "mode", .choice = "other",
     .why = "A convention that nobody has."},
    {"threshold_unknown", "minimum", CHOICE_SET, "threshold", .choice = "other",
     .why = "A convention that nobody has."},
    {"patience_is_unknown", "minimum", CHOICE_SET, "patience_is", .choice = "other",
     .why = "A convention that nobody has."},
    {"cooldown_end_unknown", "minimum", CHOICE_SET, "cooldown_end", .choice = "other",
     .why = "A convention that nobody has."},
    {"recorded_unknown", "minimum", CHOICE_SET, "recorded", .choice = "other",
     .why = "A convention that nobody has."},
};
/* clang-format on */

void reduce_on_plateau_cases(struct case_list *list)
{
    for (size_t i = 0; i < sizeof rows / sizeof *rows; i++) {
        const struct row *row = &rows[i];
        struct assay_case *test = schedule_row_add(list, &row->is);
        case_constant(test, "metric", DIMS(row->E), 0);
        double *metric = case_input(test, "metric");
        for (size_t e = 0; e < row->E; e++)
            metric[e] = (float)value_at(row->history, e);
    }
    case_refusals(list, refusals, sizeof refusals / sizeof *refusals);
}
