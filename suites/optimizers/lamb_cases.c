// SPDX-License-Identifier: MIT
#include "optimizer_cases.h"

enum start { SOME, ZERO_WEIGHTS, ZERO_GRADIENTS, LARGE_WEIGHTS };

/* S steps on P parameters; what is not stated is 0, or the technique's default. */
struct setting {
    size_t S, P, block;
    enum gradient_data data;
    enum start start;
    const char *bias_correction;
    double beta1, beta2, epsilon, decay, lower, upper;
    int first_step, resumed, maximize; /* resumed: m and v are given */
};

#define PAPER .beta1 = 0.9, .beta2 = 0.999, .epsilon = 1e-6

/* clang-format off */
static const struct row {
    struct case_head head;
    struct setting setting;
} rows[] = {
    {{"paper", "bounded", "OPT-11 OPT-12",
      "The paper's numbers with decay, four steps with a rate that changes.", 0},
     {.S = 4, .P = 19, .block = 4, PAPER, .decay = 0.01}},
    {{"without_decay", "bounded", "OPT-11", "No decay: the norm is that of Adam's direction.", 0},
     {.S = 5, .P = 11, .block = 3, PAPER}},
    {{"strong_decay", "bounded", "OPT-11 REG-04",
      "A strong decay lengthens the direction, so the norm must see it.", 0},
     {.S = 5, .P = 11, .block = 3, PAPER, .decay = 0.5}},
    {{"large_weights", "bounded", "OPT-11",
      "Weights of 100: the step is as long as they are, times the rate.", 0},
     {.S = 4, .P = 11, .block = 2, .start = LARGE_WEIGHTS, PAPER, .decay = 0.01}},
    {{"zero_weights", "bounded", "OPT-11",
      "Weights that start at 0: the first ratio is 1, not 0, or nothing ever moves.", 0},
     {.S = 3, .P = 11, .block = 2, .start = ZERO_WEIGHTS, PAPER, .decay = 0.01}},
    {{"zero_direction", "bounded", "OPT-11",
      "All gradients are 0 and there is no decay: the ratio is 1, not infinite.", 0},
     {.S = 2, .P = 11, .block = 2, .start = ZERO_GRADIENTS, PAPER}},
    {{"upper", "bounded", "OPT-11", "The weights' norm is cut at 2.", 0},
     {.S = 4, .P = 11, .block = 2, PAPER, .decay = 0.1, .upper = 2}},
    {{"lower", "bounded", "OPT-11", "The weights' norm is raised to 20.", 0},
     {.S = 4, .P = 11, .block = 2, PAPER, .decay = 0.1, .lower = 20, .upper = 30}},
    {{"no_correction", "bounded", "OPT-11",
      "Without bias correction: the ratio takes out most of it, not all.", 0},
     {.S = 5, .P = 11, .block = 2, PAPER, .decay = 0.1, .bias_correction = "no"}},
    {{"tiny", "bounded", "OPT-11",
      "Gradients as small as epsilon, which then shapes the direction.", 0},
     {.S = 4, .P = 11, .block = 2, .data = TINY, .beta1 = 0.9, .beta2 = 0.99, .epsilon = 1e-6,
      .decay = 0.001}},
    {{"magnitudes", "bounded", "OPT-11 OPT-12", "Gradients from 1e-6 to 1e3 in one layer.", 0},
     {.S = 4, .P = 11, .block = 2, .data = MAGNITUDES, PAPER}},
    {{"resumed", "bounded", "OPT-11 DST-10", "Resumed at step 5 with both moments.", 0},
     {.S = 4, .P = 11, .block = 2, PAPER, .decay = 0.01, .first_step = 5, .resumed = 1}},
    {{"maximize", "bounded", "OPT-11",
      "Ascent with decay: the gradient is negated, the decay is not.", 0},
     {.S = 4, .P = 11, .block = 2, PAPER, .decay = 0.3, .maximize = 1}},
    {{"one_parameter", "bounded", "OPT-11", "One parameter: its step is the rate times itself.", 0},
     {.S = 4, .P = 1, .block = 1, PAPER, .decay = 0.1}},
    {{"short_block", "bounded", "OPT-11 DST-02",
      "67 parameters in blocks of 64: the last block is short and must not be lost.", 0},
     {.S = 2, .P = 67, .block = 64, PAPER, .decay = 0.1}},
    {{"many_parameters", "bounded", "OPT-11 OPT-21 DST-02 DST-08",
      "131 parameters in blocks of 16 on any number of ranks.", 0},
     {.S = 2, .P = 131, .block = 16, PAPER, .decay = 0.01}},
};
/* clang-format on */

static void fill_data(struct assay_case *test, const struct setting *is)
{
    optimizer_data(test, is->data, is->S, is->P, 0.02);
    double *w = case_input(test, "w"), *g = case_input(test, "g");
    for (size_t p = 0; p < is->P; p++) {
        if (is->start == ZERO_WEIGHTS)
            w[p] = 0;
        if (is->start == LARGE_WEIGHTS)
            w[p] = (float)(w[p] * 100);
    }
    for (size_t i = 0; is->start == ZERO_GRADIENTS && i < is->S * is->P; i++)
        g[i] = 0;
    if (!is->resumed)
        return;
    optimizer_state(test, "m", is->data, is->P, 0.1, 1, BOTH_SIGNS, OF_GRADIENT);
    optimizer_state(test, "v", is->data, is->P, 0.05, 0.5, POSITIVE, OF_SQUARE);
}

/* clang-format off */
static const struct refusal refusals[] = {
    {"beta1_missing", "resumed", NUMBER_GONE, "beta1",
     .why = "beta1 has no default: libraries differ."},
    {"beta1_one", "resumed", NUMBER_SET, "beta1", 1,
     .why = "A moment that never takes in a gradient."},
    {"beta1_negative", "resumed", NUMBER_SET, "beta1", -0.5,
     .why = "A moment of alternating signs."},
    {"beta2_missing", "resumed", NUMBER_GONE, "beta2",
     .why = "beta2 has no default: libraries differ."},
    {"beta2_one", "resumed", NUMBER_SET, "beta2", 1,
     .why = "A second moment that never takes in a gradient."},
    {"beta2_negative", "resumed", NUMBER_SET, "beta2", -0.5,
     .why = "A second moment that can be negative under the root."},
    {"epsilon_missing", "resumed", NUMBER_GONE, "epsilon",
     .why = "epsilon has no default: libraries differ."},
    {"epsilon_negative", "resumed", NUMBER_SET, "epsilon", -1e-8,
     .why = "A divisor that can be 0 or negative."},
    {"first_step_0", "resumed", NUMBER_SET, "first_step", 0,
     .why = "Steps count from 1: the correction would divide by 0."},
    {"trust_lower_negative", "resumed", NUMBER_SET, "trust_lower", -1,
     .why = "A norm is never below 0."},
    {"trust_upper_below_lower", "lower", NUMBER_SET, "trust_upper", 10,
     .why = "Bounds that leave nothing between them."},
    {"bias_correction_unknown", "resumed", CHOICE_SET, "bias_correction", .choice = "other",
     .why = "A convention that nobody has."},
    {"m_too_short", "resumed", INPUT_SHORTER, "m", .element = 0,
     .why = "State for fewer parameters than there are."},
    {"v_too_short", "resumed", INPUT_SHORTER, "v", .element = 0,
     .why = "State for fewer parameters than there are."},
};
/* clang-format on */

void lamb_cases(struct case_list *list)
{
    for (size_t i = 0; i < sizeof rows / sizeof *rows; i++) {
        const struct setting *is = &rows[i].setting;
        struct assay_case *test = case_add(list, &rows[i].head);
        case_number(test, "beta1", is->beta1);
        case_number(test, "beta2", is->beta2);
        case_number(test, "epsilon", is->epsilon);
        case_number(test, "block", (double)is->block);
        optimizer_number(test, "weight_decay", is->decay);
        optimizer_number(test, "trust_lower", is->lower);
        optimizer_number(test, "trust_upper", is->upper);
        optimizer_number(test, "first_step", is->first_step);
        optimizer_choice(test, "bias_correction", is->bias_correction);
        optimizer_choice(test, "maximize", is->maximize ? "yes" : NULL);
        fill_data(test, is);
    }
    optimizer_refusal_rows(list, "resumed", refusals, sizeof refusals / sizeof *refusals);
}
