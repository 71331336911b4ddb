// SPDX-License-Identifier: MIT
#include "optimizer_cases.h"

/* S steps on P parameters; what is not stated is 0, or the technique's default. */
struct setting {
    size_t S, P;
    enum gradient_data data;
    const char *momentum_schedule, *first_moment, *decay_form;
    double beta1, beta2, epsilon, momentum_decay, decay;
    int first_step, resumed, maximize; /* resumed: m and v are given */
};

#define PAPER     .beta1 = 0.9, .beta2 = 0.999, .epsilon = 1e-8
#define CONSTANT  .momentum_schedule = "constant"
#define DECOUPLED .decay_form = "decoupled"

/* clang-format off */
static const struct row {
    struct case_head head;
    struct setting setting;
} rows[] = {
    {{"pytorch", "bounded", "OPT-08 OPT-11",
      "PyTorch's numbers: the momentum warms up over hundreds of steps, six of them here.", 0},
     {.S = 6, .P = 11, PAPER}},
    {{"keras", "bounded", "OPT-08 OPT-11 REG-04",
      "Keras's momentum decay of 1 and epsilon 1e-7, with decoupled decay.", 0},
     {.S = 5, .P = 11, .beta1 = 0.9, .beta2 = 0.999, .epsilon = 1e-7, .momentum_decay = 1,
      DECOUPLED, .decay = 0.1}},
    {{"optax", "bounded", "OPT-08 OPT-11", "Optax's constant momentum.", 0},
     {.S = 5, .P = 11, PAPER, CONSTANT}},
    {{"paper", "bounded", "OPT-08 OPT-11",
      "The paper's first moment, which takes the warming momentum too.", 0},
     {.S = 5, .P = 11, .beta1 = 0.99, .beta2 = 0.999, .epsilon = 1e-8, .first_moment = "schedule"}},
    {{"fast_warming", "bounded", "OPT-08 OPT-11",
      "A momentum decay of 20: the momentum is full after a few steps.", 0},
     {.S = 5, .P = 13, PAPER, .momentum_decay = 20, .first_moment = "schedule"}},
    {{"tiny", "bounded", "OPT-11",
      "Gradients as small as epsilon: where it is added decides the steps.", 0},
     {.S = 4, .P = 11, .data = TINY, .beta1 = 0.9, .beta2 = 0.99, .epsilon = 1e-7}},
    {{"magnitudes", "bounded", "OPT-11 OPT-12",
      "Gradients from 1e-6 to 1e3: every parameter moves by about the rate.", 0},
     {.S = 4, .P = 11, .data = MAGNITUDES, PAPER}},
    {{"steady", "bounded", "OPT-08 OPT-11", "A constant gradient for 30 steps.", 0},
     {.S = 30, .P = 3, .data = STEADY, PAPER, .momentum_decay = 0.1}},
    {{"falling", "bounded", "OPT-08 OPT-11", "Falling gradients, short memories.", 0},
     {.S = 5, .P = 13, .data = FALLING, .beta1 = 0.6, .beta2 = 0.8, .epsilon = 1e-8}},
    {{"coupled_decay", "bounded", "OPT-11 REG-03", "The L2 penalty goes through both moments.", 0},
     {.S = 4, .P = 11, PAPER, .decay = 0.2}},
    {{"decoupled_decay", "bounded", "OPT-11 REG-04",
      "Rate times decay off the weight before the step.", 0},
     {.S = 4, .P = 11, PAPER, .decay = 0.2, DECOUPLED}},
    {{"resumed", "bounded", "OPT-11 DST-10",
      "Resumed at step 6: the product of momenta runs from step 1.", 0},
     {.S = 4, .P = 11, PAPER, .first_step = 6, .resumed = 1}},
    {{"late_step", "bounded", "OPT-11 DST-10", "At step 300 the second correction is still 0.26.",
      0},
     {.S = 3, .P = 11, PAPER, .first_step = 300, .resumed = 1}},
    {{"never_touched", "bounded", "OPT-11",
      "Every third gradient is 0 from the start: 0 / epsilon is 0, not NaN.", 0},
     {.S = 4, .P = 12, .data = SPARSE, PAPER}},
    {{"maximize", "bounded", "OPT-11",
      "Ascent with decay: the gradient is negated, the decay is not.", 0},
     {.S = 5, .P = 15, PAPER, .decay = 0.3, .maximize = 1}},
    {{"many_parameters", "bounded", "OPT-11 OPT-21 DST-08",
      "131 parameters: a number that no vector width and no rank count divides.", 0},
     {.S = 2, .P = 131, PAPER, .decay = 0.01}},
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
    {"momentum_decay_negative", "resumed", NUMBER_SET, "momentum_decay", -1,
     .why = "A momentum that cools down, below 0 in the end."},
    {"momentum_schedule_unknown", "resumed", CHOICE_SET, "momentum_schedule", .choice = "other",
     .why = "A convention that nobody has."},
    {"first_moment_unknown", "resumed", CHOICE_SET, "first_moment", .choice = "other",
     .why = "A convention that nobody has."},
    {"decay_form_unknown", "resumed", CHOICE_SET, "decay_form", .choice = "other",
     .why = "A convention that nobody has."},
    {"m_too_short", "resumed", INPUT_SHORTER, "m", .element = 0,
     .why = "State for fewer parameters than there are."},
    {"v_too_short", "resumed", INPUT_SHORTER, "v", .element = 0,
     .why = "State for fewer parameters than there are."},
};
/* clang-format on */

void nadam_cases(struct case_list *list)
{
    for (size_t i = 0; i < sizeof rows / sizeof *rows; i++) {
        const struct setting *is = &rows[i].setting;
        struct assay_case *test = case_add(list, &rows[i].head);
        case_number(test, "beta1", is->beta1);
        case_number(test, "beta2", is->beta2);
        case_number(test, "epsilon", is->epsilon);
        case_number(test, "momentum_decay", is->momentum_decay != 0 ? is->momentum_decay : 0.004);
        optimizer_number(test, "weight_decay", is->decay);
        optimizer_number(test, "first_step", is->first_step);
        optimizer_choice(test, "momentum_schedule", is->momentum_schedule);
        optimizer_choice(test, "first_moment", is->first_moment);
        optimizer_choice(test, "decay_form", is->decay_form);
        optimizer_choice(test, "maximize", is->maximize ? "yes" : NULL);
        optimizer_data(test, is->data, is->S, is->P, 0.02);
        if (is->resumed) {
            optimizer_state(test, "m", is->data, is->P, 0.1, 1, BOTH_SIGNS, OF_GRADIENT);
            optimizer_state(test, "v", is->data, is->P, 0.05, 0.5, POSITIVE, OF_SQUARE);
        }
    }
    optimizer_refusal_rows(list, "resumed", refusals, sizeof refusals / sizeof *refusals);
}
