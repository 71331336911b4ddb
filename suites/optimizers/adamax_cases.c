// SPDX-License-Identifier: MIT
#include "optimizer_cases.h"

/* S steps on P parameters; what is not stated is 0, or the technique's default. */
struct setting {
    size_t S, P;
    enum gradient_data data;
    const char *epsilon_placement, *bias_correction, *decay_form;
    double beta1, beta2, epsilon, decay;
    int first_step, resumed, maximize; /* resumed: m and u are given */
};

#define PAPER       .beta1 = 0.9, .beta2 = 0.999
#define DENOMINATOR .epsilon_placement = "in_denominator"
#define DECOUPLED   .decay_form = "decoupled"

/* clang-format off */
static const struct row {
    struct case_head head;
    struct setting setting;
} rows[] = {
    {{"pytorch", "bounded", "OPT-11 OPT-12",
      "The paper's betas, epsilon added to the gradient's magnitude, six steps.", 0},
     {.S = 6, .P = 11, PAPER, .epsilon = 1e-8}},
    {{"keras", "bounded", "OPT-11 REG-04",
      "Keras's form: epsilon 1e-7 beside the norm, decoupled decay.", 0},
     {.S = 4, .P = 11, PAPER, .epsilon = 1e-7, DENOMINATOR, DECOUPLED, .decay = 0.1}},
    {{"mlx", "bounded", "OPT-11",
      "MLX's form: no bias correction, so the first step is a tenth of the rate.", 0},
     {.S = 4, .P = 11, PAPER, .epsilon = 1e-8, DENOMINATOR, .bias_correction = "no"}},
    {{"without_epsilon", "bounded", "OPT-11", "The paper's algorithm: no epsilon at all.", 0},
     {.S = 4, .P = 11, PAPER}},
    {{"tiny_maximum", "bounded", "OPT-11",
      "Gradients as small as epsilon, which enters the maximum and stays there.", 0},
     {.S = 5, .P = 11, .data = TINY, .beta1 = 0.9, .beta2 = 0.9, .epsilon = 1e-7}},
    {{"tiny_denominator", "bounded", "OPT-11", "The same with epsilon beside the norm.", 0},
     {.S = 5, .P = 11, .data = TINY, .beta1 = 0.9, .beta2 = 0.9, .epsilon = 1e-7, DENOMINATOR}},
    {{"magnitudes", "bounded", "OPT-11 OPT-12",
      "Gradients from 1e-6 to 1e3: every parameter moves by about the rate.", 0},
     {.S = 4, .P = 11, .data = MAGNITUDES, PAPER, .epsilon = 1e-8}},
    {{"falling", "bounded", "OPT-11",
      "Falling gradients: the norm fades by beta2 and the maximum is an old one.", 0},
     {.S = 5, .P = 13, .data = FALLING, .beta1 = 0.9, .beta2 = 0.8, .epsilon = 1e-8}},
    {{"falling_slowly", "bounded", "OPT-11",
      "A beta2 of 0.3: the newest gradient is often the largest.", 0},
     {.S = 5, .P = 13, .data = FALLING, .beta1 = 0.5, .beta2 = 0.3, .epsilon = 1e-8, DENOMINATOR}},
    {{"steady", "bounded", "OPT-11",
      "A constant gradient for 30 steps: every step is the rate itself.", 0},
     {.S = 30, .P = 3, .data = STEADY, PAPER, .epsilon = 1e-8}},
    {{"coupled_decay", "bounded", "OPT-11 REG-03", "The L2 penalty goes through moment and norm.",
      0},
     {.S = 4, .P = 11, PAPER, .epsilon = 1e-8, .decay = 0.2}},
    {{"resumed", "bounded", "OPT-11 DST-10",
      "Resumed at step 4 with moment and norm: nothing may start again.", 0},
     {.S = 4, .P = 11, .beta1 = 0.9, .beta2 = 0.9, .epsilon = 1e-8, .first_step = 4, .resumed = 1}},
    {{"late_step", "bounded", "OPT-11 DST-10", "At step 30 the correction is still 4 per cent.", 0},
     {.S = 3, .P = 11, PAPER, .epsilon = 1e-8, .first_step = 30, .resumed = 1, DENOMINATOR}},
    {{"never_touched", "bounded", "OPT-11",
      "Every third gradient is 0 from the start: 0 / epsilon is 0, not NaN.", 0},
     {.S = 4, .P = 12, .data = SPARSE, PAPER, .epsilon = 1e-8}},
    {{"maximize", "bounded", "OPT-11",
      "Ascent with decay: the gradient is negated, the decay is not.", 0},
     {.S = 5, .P = 15, PAPER, .epsilon = 1e-8, .decay = 0.3, .maximize = 1}},
    {{"exact_maximum", "exact", "OPT-11", "|g| + 1 is a power of two, so every quotient is exact.",
      0},
     {.S = 1, .P = 12, .data = ONES, .beta1 = 0.5, .beta2 = 0.75, .epsilon = 1}},
    {{"exact_denominator", "exact", "OPT-11 REG-04",
      "The same with epsilon in the denominator and decoupled decay.", 0},
     {.S = 1, .P = 12, .data = ONES, .beta1 = 0.5, .beta2 = 0.75, .epsilon = 1, DENOMINATOR,
      DECOUPLED, .decay = 0.5}},
    {{"many_parameters", "bounded", "OPT-11 OPT-21 DST-08",
      "131 parameters: a number that no vector width and no rank count divides.", 0},
     {.S = 2, .P = 131, PAPER, .epsilon = 1e-7, .decay = 0.01}},
};
/* clang-format on */

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
    {"epsilon_placement_unknown", "resumed", CHOICE_SET, "epsilon_placement", .choice = "other",
     .why = "A convention that nobody has."},
    {"decay_form_unknown", "resumed", CHOICE_SET, "decay_form", .choice = "other",
     .why = "A convention that nobody has."},
    {"bias_correction_unknown", "resumed", CHOICE_SET, "bias_correction", .choice = "other",
     .why = "A convention that nobody has."},
    {"m_too_short", "resumed", INPUT_SHORTER, "m", .element = 0,
     .why = "State for fewer parameters than there are."},
    {"u_too_short", "resumed", INPUT_SHORTER, "u", .element = 0,
     .why = "State for fewer parameters than there are."},
};
/* clang-format on */

void adamax_cases(struct case_list *list)
{
    for (size_t i = 0; i < sizeof rows / sizeof *rows; i++) {
        const struct setting *is = &rows[i].setting;
        struct assay_case *test = case_add(list, &rows[i].head);
        case_number(test, "beta1", is->beta1);
        case_number(test, "beta2", is->beta2);
        case_number(test, "epsilon", is->epsilon);
        optimizer_number(test, "weight_decay", is->decay);
        optimizer_number(test, "first_step", is->first_step);
        optimizer_choice(test, "epsilon_placement", is->epsilon_placement);
        optimizer_choice(test, "bias_correction", is->bias_correction);
        optimizer_choice(test, "decay_form", is->decay_form);
        optimizer_choice(test, "maximize", is->maximize ? "yes" : NULL);
        optimizer_data(test, is->data, is->S, is->P, is->data >= ONES ? 0.5 : 0.02);
        if (is->resumed) {
            optimizer_state(test, "m", is->data, is->P, 0.1, 1, BOTH_SIGNS, OF_GRADIENT);
            optimizer_state(test, "u", is->data, is->P, 1, 3, POSITIVE, OF_GRADIENT);
        }
    }
    optimizer_refusal_rows(list, "resumed", refusals, sizeof refusals / sizeof *refusals);
}
