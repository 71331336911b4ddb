// SPDX-License-Identifier: MIT
#include "optimizer_cases.h"

/* S steps on P parameters; what is not stated is 0, or the technique's default. */
struct setting {
    size_t S, P;
    enum gradient_data data;
    const char *epsilon_placement, *rate_decay_from, *decay_form;
    double epsilon, initial, rate_decay, decay;
    int first_step, resumed, maximize; /* resumed: the accumulator is given */
};

#define OUTSIDE   .epsilon_placement = "outside_root"
#define DECOUPLED .decay_form = "decoupled"

/* clang-format off */
static const struct row {
    struct case_head head;
    struct setting setting;
} rows[] = {
    {{"document", "bounded", "OPT-09 OPT-12",
      "The documents' form and numbers: 1e-8 under the root, no initial accumulator, six steps.",
       0},
     {.S = 6, .P = 11, .epsilon = 1e-8}},
    {{"pytorch", "bounded", "OPT-09",
      "PyTorch's form: 1e-10 beside the root, rate decay from step 0.", 0},
     {.S = 5, .P = 11, .epsilon = 1e-10, OUTSIDE, .rate_decay = 0.1}},
    {{"keras", "bounded", "OPT-09",
      "Keras's and TensorFlow's start of 0.1: first steps are shorter than the rate.", 0},
     {.S = 4, .P = 11, .epsilon = 1e-7, .initial = 0.1, DECOUPLED, .decay = 0.05}},
    {{"tiny_inside", "bounded", "OPT-09",
      "Gradients as small as epsilon: under the root it acts as its square root.", 0},
     {.S = 4, .P = 11, .data = TINY, .epsilon = 1e-8}},
    {{"tiny_outside", "bounded", "OPT-09", "The same with epsilon beside the root.", 0},
     {.S = 4, .P = 11, .data = TINY, .epsilon = 1e-8, OUTSIDE}},
    {{"tiny_initial", "bounded", "OPT-09",
      "Tiny gradients on an accumulator that starts at 1e-12, epsilon beside the root.", 0},
     {.S = 4, .P = 11, .data = TINY, .epsilon = 1e-7, .initial = 1e-12, OUTSIDE}},
    {{"magnitudes", "bounded", "OPT-09 OPT-12",
      "Gradients from 1e-6 to 1e3: every parameter starts with a step of about the rate.", 0},
     {.S = 5, .P = 11, .data = MAGNITUDES, .epsilon = 1e-10, OUTSIDE}},
    {{"falling", "bounded", "OPT-09",
      "Falling gradients: the accumulator forgets nothing, unlike a moving average.", 0},
     {.S = 6, .P = 11, .data = FALLING, .epsilon = 1e-8}},
    {{"steady", "bounded", "OPT-09",
      "A constant gradient for 40 steps: step t is the rate over the root of t.", 0},
     {.S = 40, .P = 3, .data = STEADY, .epsilon = 1e-10, OUTSIDE}},
    {{"rate_decay_from_one", "bounded", "OPT-09 OPT-18", "The rate falls from the first step on.",
      0},
     {.S = 4, .P = 13, .epsilon = 1e-8, .rate_decay = 0.25, .rate_decay_from = "one"}},
    {{"rate_decay_decoupled", "bounded", "OPT-09 OPT-18 REG-04",
      "The decoupled decay follows the fallen rate.", 0},
     {.S = 4, .P = 13, .epsilon = 1e-8, .rate_decay = 0.5, DECOUPLED, .decay = 0.2}},
    {{"coupled_decay", "bounded", "OPT-09 REG-03",
      "The L2 penalty goes through the accumulator, so the accumulator must show it.", 0},
     {.S = 4, .P = 11, .epsilon = 1e-8, .decay = 0.2}},
    {{"resumed", "bounded", "OPT-09 DST-10",
      "Resumed at step 5 with an accumulator: neither may start again.", 0},
     {.S = 4, .P = 11, .epsilon = 1e-8, OUTSIDE, .first_step = 5, .rate_decay = 0.2, .resumed = 1}},
    {{"resumed_initial", "bounded", "OPT-09 DST-10",
      "A given accumulator takes the place of the initial one; it is not added to it.", 0},
     {.S = 4, .P = 11, .epsilon = 1e-7, .initial = 0.5, .resumed = 1}},
    {{"never_touched", "bounded", "OPT-09",
      "Every third gradient is 0 from the start: 0 / sqrt(0 + epsilon) is 0, not NaN.", 0},
     {.S = 4, .P = 11, .data = SPARSE, .epsilon = 1e-8}},
    {{"maximize", "bounded", "OPT-09",
      "Ascent with decay: the gradient is negated, the decay is not.", 0},
     {.S = 5, .P = 11, .epsilon = 1e-8, .decay = 0.3, .maximize = 1}},
    {{"exact_inside", "exact", "OPT-09",
      "Epsilon 15 under the root makes every root and quotient exact.", 0},
     {.S = 1, .P = 12, .data = ROOTS, .epsilon = 15}},
    {{"exact_outside", "exact", "OPT-09", "Epsilon 1 beside the root, to the last bit.", 0},
     {.S = 1, .P = 12, .data = ONES, .epsilon = 1, OUTSIDE}},
    {{"exact_initial", "exact", "OPT-09 REG-04",
      "An initial accumulator of 15 without epsilon, decoupled decay, to the last bit.", 0},
     {.S = 1, .P = 12, .data = ROOTS, .initial = 15, DECOUPLED, .decay = 0.5}},
    {{"many_parameters", "bounded", "OPT-09 OPT-21 DST-08",
      "131 parameters: a number that no vector width and no rank count divides.", 0},
     {.S = 2, .P = 131, .epsilon = 1e-7, .initial = 0.1, .decay = 0.01}},
};
/* clang-format on */

/* clang-format off */
static const struct refusal refusals[] = {
    {"epsilon_missing", "resumed", NUMBER_GONE, "epsilon",
     .why = "epsilon has no default: libraries differ."},
    {"epsilon_negative", "resumed", NUMBER_SET, "epsilon", -1e-8,
     .why = "A divisor that can be 0 or negative."},
    {"initial_negative", "resumed", NUMBER_SET, "initial_accumulator", -0.5,
     .why = "A negative number under the root."},
    {"rate_decay_negative", "resumed", NUMBER_SET, "rate_decay", -0.5,
     .why = "A divisor that can be 0."},
    {"first_step_0", "resumed", NUMBER_SET, "first_step", 0,
     .why = "Steps count from 1: the correction would divide by 0."},
    {"epsilon_placement_unknown", "resumed", CHOICE_SET, "epsilon_placement", .choice = "other",
     .why = "A convention that nobody has."},
    {"rate_decay_from_unknown", "resumed", CHOICE_SET, "rate_decay_from", .choice = "other",
     .why = "A convention that nobody has."},
    {"decay_form_unknown", "resumed", CHOICE_SET, "decay_form", .choice = "other",
     .why = "A convention that nobody has."},
    {"accumulator_too_short", "resumed", INPUT_SHORTER, "accumulator", .element = 0,
     .why = "State for fewer parameters than there are."},
};
/* clang-format on */

void adagrad_cases(struct case_list *list)
{
    for (size_t i = 0; i < sizeof rows / sizeof *rows; i++) {
        const struct setting *is = &rows[i].setting;
        struct assay_case *test = case_add(list, &rows[i].head);
        case_number(test, "epsilon", is->epsilon);
        optimizer_number(test, "initial_accumulator", is->initial);
        optimizer_number(test, "rate_decay", is->rate_decay);
        optimizer_number(test, "weight_decay", is->decay);
        optimizer_number(test, "first_step", is->first_step);
        optimizer_choice(test, "epsilon_placement", is->epsilon_placement);
        optimizer_choice(test, "rate_decay_from", is->rate_decay_from);
        optimizer_choice(test, "decay_form", is->decay_form);
        optimizer_choice(test, "maximize", is->maximize ? "yes" : NULL);
        optimizer_data(test, is->data, is->S, is->P, is->data >= ONES ? 0.5 : 0.05);
        if (is->resumed)
            optimizer_state(test, "accumulator", is->data, is->P, 0.5, 4, POSITIVE, OF_SQUARE);
    }
    optimizer_refusal_rows(list, "resumed", refusals, sizeof refusals / sizeof *refusals);
}
