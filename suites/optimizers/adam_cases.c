// SPDX-License-Identifier: MIT
#include "optimizer_refusals.h"

enum data { RANDOM, TINY, MAGNITUDES, FALLING, STEADY, SPARSE, ONES, TWOS, ROOTS };

/* S steps on P parameters. What is not stated is 0, or the technique's default for a convention. */
struct setting {
    size_t S, P;
    enum data data;
    const char *epsilon_placement, *decay_form, *amsgrad, *bias_correction;
    double beta1, beta2, epsilon, decay;
    int first_step, moments; /* moments: m and v are given */
    int maximize;
};

#define PAPER .beta1 = 0.9, .beta2 = 0.999, .epsilon = 1e-8
#define KERAS .beta1 = 0.9, .beta2 = 0.999, .epsilon = 1e-7
#define EXACT .S = 1, .P = 12, .beta1 = 0.5, .beta2 = 0.75

static const struct row {
    struct case_head head;
    struct setting setting;
} rows[] = {
    {{"paper", "bounded", "OPT-11 OPT-12",
      "The paper's numbers and algorithm 1, six steps with a rate that changes.", 0},
     {.S = 6, .P = 11, PAPER}},
    {{"keras", "bounded", "OPT-11", "Keras's epsilon in Keras's place, before the correction.", 0},
     {.S = 5, .P = 11, KERAS, .epsilon_placement = "before_correction"}},
    {{"tiny_after", "bounded", "OPT-11",
      "Gradients as small as epsilon: where it is added decides the size of the first steps.", 0},
     {.S = 4, .P = 11, .data = TINY, PAPER}},
    {{"tiny_before", "bounded", "OPT-11", "The same with epsilon beside the uncorrected root.", 0},
     {.S = 4, .P = 11, .data = TINY, PAPER, .epsilon_placement = "before_correction"}},
    {{"tiny_inside", "bounded", "OPT-11",
      "The same with epsilon under the root, where it acts as its square root.", 0},
     {.S = 4, .P = 11, .data = TINY, PAPER, .epsilon_placement = "inside_root"}},
    {{"inside_root", "bounded", "OPT-11",
      "Epsilon 1e-5 under the root with gradients of every size.", 0},
     {.S = 5,
      .P = 11,
      .data = MAGNITUDES,
      .beta1 = 0.9,
      .beta2 = 0.99,
      .epsilon = 1e-5,
      .epsilon_placement = "inside_root"}},
    {{"magnitudes", "bounded", "OPT-11 OPT-12",
      "Gradients from 1e-6 to 1e3: every parameter moves by about the rate.", 0},
     {.S = 4, .P = 11, .data = MAGNITUDES, PAPER}},
    {{"coupled_decay", "bounded", "OPT-11 REG-03",
      "The L2 penalty goes through both moments, so the moments must show it.", 0},
     {.S = 4, .P = 11, PAPER, .decay = 0.1}},
    {{"decoupled_decay", "bounded", "OPT-11 REG-04",
      "AdamW as PyTorch has it: rate times decay off the weight before the step, moments "
      "untouched.",
      0},
     {.S = 4, .P = 11, PAPER, .decay = 0.1, .decay_form = "decoupled"}},
    {{"decoupled_without_rate", "bounded", "OPT-11 REG-04",
      "AdamW as its paper has it: the decay is not multiplied by the rate.", 0},
     {.S = 4, .P = 11, PAPER, .decay = 0.05, .decay_form = "decoupled_without_rate"}},
    {{"decoupled_keras", "bounded", "OPT-11 REG-04",
      "AdamW with Keras's epsilon, small gradients and a resumed counter.", 0},
     {.S = 4,
      .P = 11,
      .data = TINY,
      KERAS,
      .epsilon_placement = "before_correction",
      .decay = 0.1,
      .decay_form = "decoupled",
      .first_step = 5,
      .moments = 1}},
    {{"amsgrad", "bounded", "OPT-11",
      "Falling gradients, so the maximum is kept while v falls; corrected after the maximum.", 0},
     {.S = 5,
      .P = 11,
      .data = FALLING,
      .beta1 = 0.9,
      .beta2 = 0.9,
      .epsilon = 1e-8,
      .amsgrad = "max_of_v"}},
    {{"amsgrad_corrected", "bounded", "OPT-11",
      "Falling gradients: the maximum is taken of corrected moments.", 0},
     {.S = 5,
      .P = 11,
      .data = FALLING,
      .beta1 = 0.9,
      .beta2 = 0.9,
      .epsilon = 1e-8,
      .amsgrad = "max_of_corrected_v"}},
    {{"amsgrad_before", "bounded", "OPT-11",
      "Keras's AMSGrad: the maximum of v, epsilon before the correction, with decay.", 0},
     {.S = 4,
      .P = 11,
      .data = FALLING,
      .beta1 = 0.9,
      .beta2 = 0.9,
      .epsilon = 1e-3,
      .epsilon_placement = "before_correction",
      .amsgrad = "max_of_v",
      .decay = 0.01}},
    {{"amsgrad_inside", "bounded", "OPT-11", "Optax's eps_root together with its AMSGrad.", 0},
     {.S = 4,
      .P = 11,
      .data = FALLING,
      .beta1 = 0.9,
      .beta2 = 0.9,
      .epsilon = 1e-3,
      .epsilon_placement = "inside_root",
      .amsgrad = "max_of_corrected_v"}},
    {{"no_correction", "bounded", "OPT-11",
      "MLX's default, without bias correction: the first steps are 3.16 times as large.", 0},
     {.S = 4, .P = 11, PAPER, .bias_correction = "no"}},
    {{"resumed", "bounded", "OPT-11 DST-10",
      "Resumed at step 3 with given moments: a counter or a moment that starts again cannot pass.",
      0},
     {.S = 5, .P = 11, PAPER, .first_step = 3, .moments = 1}},
    {{"late_step", "bounded", "OPT-11",
      "At step 1000 the second correction is still 0.63: it must not be forgotten.", 0},
     {.S = 3, .P = 11, PAPER, .first_step = 1000, .moments = 1}},
    {{"steady", "bounded", "OPT-11",
      "A constant gradient for 40 steps: with both corrections every step is the rate itself.", 0},
     {.S = 40, .P = 3, .data = STEADY, PAPER}},
    {{"never_touched", "bounded", "OPT-11",
      "Every third parameter has gradient 0 from the start: 0 / (0 + epsilon) is 0, not NaN.", 0},
     {.S = 4, .P = 11, .data = SPARSE, PAPER}},
    {{"maximize", "bounded", "OPT-11", "Ascent with decay: the gradient is negated, not the decay.",
      0},
     {.S = 5, .P = 11, PAPER, .decay = 0.3, .maximize = 1}},
    {{"no_first_moment", "bounded", "OPT-10 OPT-11", "beta1 = 0: RMSProp with bias correction.", 0},
     {.S = 5, .P = 13, .beta1 = 0, .beta2 = 0.9, .epsilon = 1e-7}},
    {{"short_memory", "bounded", "OPT-11", "beta2 below beta1: exchanged betas cannot pass.", 0},
     {.S = 5, .P = 13, .beta1 = 0.95, .beta2 = 0.5, .epsilon = 1e-8}},
    {{"exact_after", "exact", "OPT-11",
      "Numbers that make every root and quotient exact: epsilon 1 after the correction.", 0},
     {EXACT, .data = ONES, .epsilon = 1}},
    {{"exact_before", "exact", "OPT-11", "The same with epsilon 1 before the correction.", 0},
     {EXACT, .data = TWOS, .epsilon = 1, .epsilon_placement = "before_correction"}},
    {{"exact_inside", "exact", "OPT-11", "The same with epsilon 15 under the root.", 0},
     {EXACT, .data = ROOTS, .epsilon = 15, .epsilon_placement = "inside_root"}},
    {{"exact_decoupled", "exact", "OPT-11 REG-04", "Decoupled decay, to the last bit.", 0},
     {EXACT, .data = ONES, .epsilon = 1, .decay = 0.5, .decay_form = "decoupled"}},
    {{"exact_no_correction", "exact", "OPT-11", "Without correction, to the last bit.", 0},
     {EXACT, .data = TWOS, .epsilon = 1, .bias_correction = "no"}},
    {{"many_parameters", "bounded", "OPT-11 OPT-21 DST-08",
      "131 parameters: a number that no vector width and no rank count divides.", 0},
     {.S = 2, .P = 131, KERAS, .decay = 0.01, .decay_form = "decoupled"}},
};

/* One step of data in which everything is exact: see EXACT and the numbers of epsilon. */
static void fill_exact(struct assay_case *test, const struct setting *is)
{
    static const double ones[] = {1, -1, 3, -3, 7, -7, 1, 3, 7, -1, -3, -7};
    static const double roots[] = {1, -1, 7, -7, 1, 7, -1, -7, 1, 7, 7, -1};
    case_dyadic(test, "w", DIMS(is->P), -4, 4, 0.5);
    case_values(test, "g", DIMS(is->S, is->P), is->data == ROOTS ? roots : ones);
    double *g = case_input(test, "g");
    for (size_t p = 0; is->data == TWOS && p < is->P; p++)
        g[p] *= 2;
    case_constant(test, "rate", DIMS(is->S), 0.5);
}

/* What parameter p's gradient is multiplied by at step s. */
static double scale(enum data data, size_t s, size_t p)
{
    static const double magnitude[] = {1e-6, 1e-5, 1e-4, 1e-3, 1e-2, 1e-1, 1, 10, 100, 1000};
    static const double tiny[] = {1e-8, 1e-7, 3e-8, 1e-6, 2e-4};
    switch (data) {
    case MAGNITUDES:
        return magnitude[p % 10];
    case TINY:
        return tiny[p % 5];
    case FALLING:
        return 1.0 / (double)(1 + s * s);
    case SPARSE:
        return p % 3 == 0 ? 0 : 1;
    default:
        return 1;
    }
}

static void fill_data(struct assay_case *test, const struct setting *is)
{
    static const double pattern[] = {1, 0.5, 2, 0.25, 1, 4};
    case_signed(test, "w", DIMS(is->P), 0.25, 2);
    case_signed(test, "g", DIMS(is->S, is->P), 0.5, 2);
    case_constant(test, "rate", DIMS(is->S), 0.02);
    double *g = case_input(test, "g"), *rate = case_input(test, "rate");
    for (size_t i = 0; i < is->S * is->P; i++) {
        g[i] = (float)(g[i] * scale(is->data, i / is->P, i % is->P));
        if (is->data == STEADY && i >= is->P)
            g[i] = g[i - is->P];
    }
    for (size_t s = 0; is->data != STEADY && s < is->S; s++)
        rate[s] = (float)(rate[s] * pattern[s % 6]);
    if (!is->moments)
        return;
    case_signed(test, "m", DIMS(is->P), 0.05, 0.5);
    case_uniform(test, "v", DIMS(is->P), 0.01, 0.5);
    double *m = case_input(test, "m"), *v = case_input(test, "v");
    for (size_t p = 0; p < is->P; p++) {
        double size = scale(is->data, 0, p);
        m[p] = (float)(m[p] * size);
        v[p] = (float)(v[p] * size * size);
    }
}

static void choose(struct assay_case *test, const char *name, const char *value)
{
    if (value)
        case_choice(test, name, value);
}

/* clang-format off */
static const struct refusal refusals[] = {
    {"beta1_missing", "never_touched", NUMBER_GONE, "beta1",
     .why = "beta1 has no default: libraries differ."},
    {"beta1_one", "never_touched", NUMBER_SET, "beta1", 1,
     .why = "A moment that never takes in a gradient."},
    {"beta1_negative", "never_touched", NUMBER_SET, "beta1", -0.5,
     .why = "A moment of alternating signs."},
    {"beta2_missing", "never_touched", NUMBER_GONE, "beta2",
     .why = "beta2 has no default: libraries differ."},
    {"beta2_one", "never_touched", NUMBER_SET, "beta2", 1,
     .why = "A second moment that never takes in a gradient."},
    {"beta2_negative", "never_touched", NUMBER_SET, "beta2", -0.5,
     .why = "A second moment that can be negative under the root."},
    {"epsilon_missing", "never_touched", NUMBER_GONE, "epsilon",
     .why = "epsilon has no default: libraries differ."},
    {"epsilon_negative", "never_touched", NUMBER_SET, "epsilon", -1e-8,
     .why = "A divisor that can be 0 or negative."},
    {"first_step_0", "never_touched", NUMBER_SET, "first_step", 0,
     .why = "Steps count from 1: the correction would divide by 0."},
    {"epsilon_placement_unknown", "never_touched", CHOICE_SET, "epsilon_placement",
     .choice = "other", .why = "A convention that nobody has."},
    {"decay_form_unknown", "never_touched", CHOICE_SET, "decay_form", .choice = "other",
     .why = "A convention that nobody has."},
    {"amsgrad_unknown", "never_touched", CHOICE_SET, "amsgrad", .choice = "other",
     .why = "A convention that nobody has."},
    {"bias_correction_unknown", "never_touched", CHOICE_SET, "bias_correction", .choice = "other",
     .why = "A convention that nobody has."},
    {"m_too_short", "resumed", INPUT_SHORTER, "m", .element = 0,
     .why = "State for fewer parameters than there are."},
    {"v_too_short", "resumed", INPUT_SHORTER, "v", .element = 0,
     .why = "State for fewer parameters than there are."},
};
/* clang-format on */

void adam_cases(struct case_list *list)
{
    for (size_t i = 0; i < sizeof rows / sizeof *rows; i++) {
        const struct setting *is = &rows[i].setting;
        struct assay_case *test = case_add(list, &rows[i].head);
        case_number(test, "beta1", is->beta1);
        case_number(test, "beta2", is->beta2);
        case_number(test, "epsilon", is->epsilon);
        if (is->decay != 0)
            case_number(test, "weight_decay", is->decay);
        if (is->first_step)
            case_number(test, "first_step", is->first_step);
        choose(test, "epsilon_placement", is->epsilon_placement);
        choose(test, "decay_form", is->decay_form);
        choose(test, "amsgrad", is->amsgrad);
        choose(test, "bias_correction", is->bias_correction);
        choose(test, "maximize", is->maximize ? "yes" : NULL);
        if (is->data >= ONES)
            fill_exact(test, is);
        else
            fill_data(test, is);
    }
    optimizer_refusal_rows(list, "never_touched", refusals, sizeof refusals / sizeof *refusals);
}
