// SPDX-License-Identifier: MIT
#include "schedule_rows.h"

enum { MOST = 5 };

static const struct row {
    struct case_head head;
    size_t steps, B;
    int boundaries[MOST];
    double values[MOST + 1]; /* rates (B+1), or factors (B) */
    double rate;             /* of the factors; 0: rates */
    int after, epoch, first, from_one;
} rows[] = {
    /* clang-format off */
    {{"rates", "bounded", "OPT-14 OPT-18", "Three rates at irregular boundaries.", 0},
     .steps = 23, .B = 2, .boundaries = {5, 16}, .values = {0.1, 0.03, 0.004}},
    {{"rates_after", "bounded", "OPT-14",
      "The boundary still has the old rate, as Keras has it.", 0},
     .steps = 23, .B = 2, .boundaries = {5, 16}, .values = {0.1, 0.03, 0.004}, .after = 1},
    {{"factors", "bounded", "OPT-14", "Factors that multiply up: 0.3, then 0.7 of that.", 0},
     .steps = 21, .B = 3, .boundaries = {4, 9, 17}, .values = {0.3, 0.7, 0.1}, .rate = 0.2},
    {{"factors_after", "bounded", "OPT-14", "The same, one step later.", 0},
     .steps = 21, .B = 3, .boundaries = {4, 9, 17}, .values = {0.3, 0.7, 0.1}, .rate = 0.2,
     .after = 1},
    {{"boundary_at_zero", "bounded", "OPT-14",
      "A first boundary at step 0: it counts, and step 0 has the second rate.", 0},
     .steps = 12, .B = 2, .boundaries = {0, 7}, .values = {0.5, 0.1, 0.02}},
    {{"factor_at_zero", "bounded", "OPT-14", "The same with factors.", 0},
     .steps = 12, .B = 2, .boundaries = {0, 7}, .values = {0.3, 0.1}, .rate = 0.7},
    {{"zero_after", "bounded", "OPT-14",
      "A boundary at 0 that is passed afterwards: step 0 alone has the first rate.", 0},
     .steps = 12, .B = 2, .boundaries = {0, 7}, .values = {0.3, 0.1}, .rate = 0.7, .after = 1},
    {{"adjacent", "bounded", "OPT-14", "Boundaries at 3, 4 and 5: a rate for one step each.", 0},
     .steps = 9, .B = 3, .boundaries = {3, 4, 5}, .values = {0.9, 0.5, 0.7, 0.1}},
    {{"epochs", "bounded", "OPT-14", "Boundaries in epochs of 6 steps.", 0},
     .steps = 67, .B = 2, .boundaries = {3, 8}, .values = {0.1, 0.03, 0.004}, .epoch = 6},
    {{"counted_from_one", "bounded", "OPT-14", "The first step is number 1.", 0},
     .steps = 19, .B = 2, .boundaries = {1, 8}, .values = {0.1, 0.03, 0.004}, .from_one = 1},
    {{"resumed", "bounded", "OPT-14 DST-10", "Resumed behind the second of four boundaries.", 0},
     .steps = 17, .B = 4, .boundaries = {2, 9, 15, 21}, .values = {0.3, 0.7, 0.6, 0.9}, .rate = 0.2,
     .first = 11},
    {{"beyond_the_end", "bounded", "OPT-14", "A boundary that is never reached.", 0},
     .steps = 8, .B = 2, .boundaries = {3, 800}, .values = {0.1, 0.03, 0.004}},
    {{"two_phases", "bounded", "OPT-20",
      "A new head at 1e-3, then everything at 1e-5: the two phases of fine-tuning.", 0},
     .steps = 31, .B = 1, .boundaries = {13}, .values = {1e-3, 1e-5}},
    {{"no_boundary", "bounded", "OPT-13", "No boundary at all: a fixed rate.", 0},
     .steps = 6, .B = 0, .values = {0.01}},
    {{"exact", "exact", "OPT-14 DST-02", "Factors that are powers of two: the bound is 0.", 0},
     .steps = 29, .B = 3, .boundaries = {6, 13, 22}, .values = {0.5, 4, 0.125}, .rate = 0.75},
    /* clang-format on */
};

/* clang-format off */
static const struct refusal refusals[] = {
    {"no_boundaries", "adjacent", INPUT_GONE, "boundaries",
     .why = "No boundaries are stated, not even none."},
    {"no_rates", "adjacent", INPUT_GONE, "rates", .why = "No rates."},
    {"rates_too_few", "adjacent", INPUT_SHORTER, "rates", .element = 0,
     .why = "No rate behind the last boundary."},
    {"no_factors", "factor_at_zero", INPUT_GONE, "factors", .why = "No factors."},
    {"factors_too_few", "factor_at_zero", INPUT_SHORTER, "factors", .element = 0,
     .why = "A boundary without a factor."},
    {"rate_missing", "factor_at_zero", NUMBER_GONE, "rate", .why = "Factors of nothing."},
    {"boundaries_equal", "adjacent", ELEMENT_SET, "boundaries", 4, .element = 0,
     .why = "Two boundaries at one step."},
    {"boundaries_falling", "adjacent", ELEMENT_SET, "boundaries", 2, .element = 2,
     .why = "Which of them has been passed first?"},
    {"boundary_negative", "adjacent", ELEMENT_SET, "boundaries", -1, .element = 0,
     .why = "A boundary before the first step."},
    {"form_unknown", "adjacent", CHOICE_SET, "form", .choice = "other",
     .why = "A convention that nobody has."},
    {"boundary_unknown", "adjacent", CHOICE_SET, "boundary", .choice = "other",
     .why = "A convention that nobody has."},
};
/* clang-format on */

void piecewise_constant_cases(struct case_list *list)
{
    for (size_t i = 0; i < sizeof rows / sizeof *rows; i++) {
        const struct row *row = &rows[i];
        struct assay_case *test = case_add(list, &row->head);
        case_number(test, "steps", (double)row->steps);
        case_integers(test, "boundaries", DIMS(row->B), row->boundaries);
        if (row->rate > 0) {
            case_choice(test, "form", "factors");
            case_number(test, "rate", row->rate);
            case_values(test, "factors", DIMS(row->B), row->values);
        } else {
            case_values(test, "rates", DIMS(row->B + 1), row->values);
        }
        if (row->after)
            case_choice(test, "boundary", "after");
        if (row->epoch)
            case_number(test, "steps_per_epoch", row->epoch);
        if (row->first)
            case_number(test, "first", row->first);
        if (row->from_one)
            case_choice(test, "counted_from", "one");
    }
    schedule_refusals(list, "adjacent", refusals, sizeof refusals / sizeof *refusals);
}
