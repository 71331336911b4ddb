// SPDX-License-Identifier: MIT
#include "optimizer_cases.h"

/* S steps of P weights; what is not stated is 0, or the technique's default. */
static const struct row {
    struct case_head head;
    size_t S, P;
    struct {
        const char *name;
        double value;
    } number[5];
    struct {
        const char *name, *value;
    } choice[4];
    int given, whole;
} rows[] = {
    /* clang-format off */
    {{"first_copy", "bounded", "OPT-07 OPT-12",
      "The first weights are the average: nothing is corrected.", 0},
     8, 7, .number = {{"decay", 0.9}}},
    {{"corrected", "bounded", "OPT-07",
      "From zero with correction: the first average is the first weights too, the second is not.",
      0},
     8, 7, .number = {{"decay", 0.9}}, .choice = {{"start", "zero"}, {"bias_correction", "yes"}}},
    {{"from_zero", "bounded", "OPT-07",
      "From zero without correction: a tenth of the weights at first.", 0},
     6, 7, .number = {{"decay", 0.9}}, .choice = {{"start", "zero"}}},
    {{"growing", "bounded", "OPT-07",
      "A decay that grows from 1/10 and meets its limit of 0.4 in the sixth step.", 0},
     8, 7, .number = {{"decay", 0.4}}, .choice = {{"decay_form", "growing"}}},
    {{"growing_corrected", "bounded", "OPT-07",
      "The correction is the product of decays that differ.", 0},
     7, 5, .number = {{"decay", 0.35}}, .choice = {{"decay_form", "growing"}, {"start", "zero"},
      {"bias_correction", "yes"}}},
    {{"every_third", "bounded", "OPT-07",
      "Weights enter every third step from the second on; before, the average is the weights.", 0},
     9, 5, .number = {{"decay", 0.75}, {"every", 3}, {"begin", 2}}},
    {{"before_kept", "bounded", "OPT-07", "Before anything has entered the average stays 0.", 0},
     5, 5, .number = {{"decay", 0.75}, {"begin", 3}}, .choice = {{"before", "keep"}}},
    {{"equal", "bounded", "OPT-26", "Stochastic weight averaging: all weights count alike.", 0},
     9, 7, .choice = {{"form", "equal"}}},
    {{"equal_cycles", "bounded", "OPT-26", "The ends of cycles of 4 steps, from the fifth step on.",
      0},
     15, 5, .number = {{"every", 4}, {"begin", 5}}, .choice = {{"form", "equal"}}},
    {{"equal_resumed", "bounded", "OPT-26 DST-10", "Resumed after 3 averages at step 11.", 0},
     6, 7, .number = {{"every", 2}, {"begin", 5}, {"first_step", 11}, {"entered", 3}},
      .choice = {{"form", "equal"}}, .given = 1},
    {{"resumed", "bounded", "OPT-07 DST-10",
      "An exponential average is given: the next weights must not replace it.", 0},
     4, 7, .number = {{"decay", 0.9}, {"first_step", 6}, {"entered", 5}}, .given = 1},
    {{"no_memory", "bounded", "OPT-07", "A decay of 0 copies the weights.", 0},
     3, 5, .number = {{"decay", 0}}},
    {{"exact", "exact", "OPT-07", "Halves of whole numbers: no rounding.", 0},
     4, 7, .number = {{"decay", 0.5}}, .whole = 1},
    {{"many_parameters", "bounded", "OPT-07 OPT-21 DST-08",
      "67 parameters: a number that no vector width and no rank count divides.", 0},
     2, 67, .number = {{"decay", 0.99}}},
    /* clang-format on */
};

void weight_averaging_cases(struct case_list *list)
{
    static const struct refusal refusals[] = {
        {"whole_decay", "first_copy", NUMBER_SET, "decay", 1, NULL, 0, "Nothing would ever enter."},
        {"negative_decay", "first_copy", NUMBER_SET, "decay", -0.5, NULL, 0, "A negative share."},
        {"without_decay", "first_copy", NUMBER_GONE, "decay", 0, NULL, 0,
         "A number without a default is not stated."},
        {"never", "every_third", NUMBER_SET, "every", 0, NULL, 0, "Every zeroth step."},
        {"copy_corrected", "corrected", CHOICE_SET, "bias_correction", 0, "sideways", 0,
         "A convention that does not exist."},
        {"correction_of_a_copy", "first_copy", CHOICE_SET, "bias_correction", 0, "yes", 0,
         "An average that starts as a copy has no bias to be corrected."},
        {"unknown_form", "equal", CHOICE_SET, "form", 0, "geometric", 0,
         "A convention that does not exist."},
        {"without_w", "first_copy", INPUT_GONE, "w", 0, NULL, 0, "There are no weights."},
    };
    for (size_t i = 0; i < sizeof rows / sizeof *rows; i++) {
        const struct row *row = &rows[i];
        struct assay_case *test = case_add(list, &row->head);
        for (size_t k = 0; k < 5 && row->number[k].name; k++)
            case_number(test, row->number[k].name, row->number[k].value);
        for (size_t k = 0; k < 4 && row->choice[k].name; k++)
            case_choice(test, row->choice[k].name, row->choice[k].value);
        if (row->whole)
            case_dyadic(test, "w", DIMS(row->S, row->P), -8, 8, 1);
        else
            case_signed(test, "w", DIMS(row->S, row->P), 0.25, 2);
        if (row->given)
            case_signed(test, "e", DIMS(row->P), 0.25, 2);
    }
    case_refusals(list, refusals, sizeof refusals / sizeof *refusals);
}
