// SPDX-License-Identifier: MIT
#include "optimizer_refusals.h"

enum data { RANDOM, DYADIC, MAGNITUDES, STEADY };
enum schedule { CHANGING, CONSTANT };

/* S steps on P parameters; what is not stated is 0. */
struct setting {
    size_t S, P;
    enum data data;
    enum schedule schedule;
    const char *form;
    int nesterov;
    double momentum, dampening;
    int dampened_first; /* first_step = dampened */
    double decay;
    int maximize, velocity; /* velocity: one is given */
};

static const struct row {
    struct case_head head;
    struct setting setting;
} rows[] = {
    {{"rate_outside", "bounded", "OPT-05",
      "PyTorch's form under a changing rate, where it parts from the rate inside the velocity.", 0},
     {.S = 5, .P = 11, .form = "rate_outside", .momentum = 0.9}},
    {{"rate_inside", "bounded", "OPT-05 OPT-06",
      "Sutskever's and Keras's form under a changing rate: the velocity remembers old rates.", 0},
     {.S = 5, .P = 11, .form = "rate_inside", .momentum = 0.9}},
    {{"average", "bounded", "OPT-07",
      "The moving average of the gradients, ten times smaller than their decaying sum.", 0},
     {.S = 5, .P = 11, .form = "average", .momentum = 0.9}},
    {{"fixed_rate", "bounded", "OPT-06 OPT-13",
      "With one rate both forms move the weights alike; the velocities still tell them apart.", 0},
     {.S = 4, .P = 11, .form = "rate_inside", .momentum = 0.8, .schedule = CONSTANT}},
    {{"nesterov_outside", "bounded", "OPT-08",
      "Nesterov's form of PyTorch, with decay, over enough steps to see a state written back.", 0},
     {.S = 4, .P = 13, .form = "rate_outside", .nesterov = 1, .momentum = 0.9, .decay = 0.1}},
    {{"nesterov_inside", "bounded", "OPT-08",
      "Nesterov's form of Keras, with decay and a changing rate.", 0},
     {.S = 4, .P = 13, .form = "rate_inside", .nesterov = 1, .momentum = 0.9, .decay = 0.1}},
    {{"nesterov_average", "bounded", "OPT-07 OPT-08", "Nesterov's form of the moving average.", 0},
     {.S = 4, .P = 13, .form = "average", .nesterov = 1, .momentum = 0.9, .decay = 0.1}},
    {{"dampening", "bounded", "OPT-05", "Dampening, with the first step spared: PyTorch's rule.",
      0},
     {.S = 5, .P = 11, .form = "rate_outside", .momentum = 0.9, .dampening = 0.3}},
    {{"dampening_from_start", "bounded", "OPT-05", "Dampening from the first step on: MLX's rule.",
      0},
     {.S = 5,
      .P = 11,
      .form = "rate_outside",
      .momentum = 0.9,
      .dampening = 0.3,
      .dampened_first = 1,
      .decay = 0.05}},
    {{"dampening_resumed", "bounded", "OPT-05 DST-10",
      "A velocity is given, so the first step here is not the first of training: it is dampened.",
      0},
     {.S = 4, .P = 11, .form = "rate_outside", .momentum = 0.9, .dampening = 0.3, .velocity = 1}},
    {{"resumed_inside", "bounded", "OPT-06 DST-10",
      "Resumed from a given velocity: a velocity that is lost cannot pass.", 0},
     {.S = 4, .P = 11, .form = "rate_inside", .momentum = 0.9, .decay = 0.02, .velocity = 1}},
    {{"resumed_average_nesterov", "bounded", "OPT-07 OPT-08 DST-10",
      "Resumed from a given velocity, moving average, look-ahead.", 0},
     {.S = 4, .P = 11, .form = "average", .nesterov = 1, .momentum = 0.9, .velocity = 1}},
    {{"weight_decay", "bounded", "OPT-05 REG-04",
      "The decay goes through the velocity; taken off the weights beside it, it gives other "
      "weights.",
      0},
     {.S = 4, .P = 11, .form = "rate_outside", .momentum = 0.9, .decay = 0.2}},
    {{"maximize", "bounded", "OPT-05",
      "Ascent with decay: the gradient is negated, the decay is not.", 0},
     {.S = 5, .P = 11, .form = "rate_outside", .momentum = 0.9, .decay = 0.2, .maximize = 1}},
    {{"no_momentum", "bounded", "OPT-01 OPT-05",
      "Momentum 0 is gradient descent, whatever the form.", 0},
     {.S = 4, .P = 9, .form = "rate_inside"}},
    {{"terminal_velocity", "bounded", "OPT-05",
      "A constant gradient for 60 steps: the velocity approaches gradient / (1 - momentum).", 0},
     {.S = 60,
      .P = 3,
      .data = STEADY,
      .schedule = CONSTANT,
      .form = "rate_outside",
      .momentum = 0.9}},
    {{"magnitudes", "bounded", "OPT-05",
      "Gradients from 1e-6 to 1e3 side by side: the bound belongs to the element.", 0},
     {.S = 5, .P = 11, .data = MAGNITUDES, .form = "rate_outside", .momentum = 0.9, .decay = 0.01}},
    {{"exact_outside", "exact", "OPT-05 DST-02",
      "Momentum 1/2 and whole gradients: no rounding, so the bound is 0.", 0},
     {.S = 5, .P = 11, .data = DYADIC, .form = "rate_outside", .momentum = 0.5}},
    {{"exact_inside", "exact", "OPT-06", "Rate inside the velocity, to the last bit.", 0},
     {.S = 5, .P = 11, .data = DYADIC, .form = "rate_inside", .momentum = 0.5}},
    {{"exact_average_nesterov", "exact", "OPT-07 OPT-08",
      "Moving average and look-ahead, to the last bit.", 0},
     {.S = 5, .P = 11, .data = DYADIC, .form = "average", .nesterov = 1, .momentum = 0.5}},
    {{"exact_dampening", "exact", "OPT-05",
      "Dampening 3/4 and decay 1/2, to the last bit, with the first step spared.", 0},
     {.S = 3,
      .P = 11,
      .data = DYADIC,
      .form = "rate_outside",
      .momentum = 0.5,
      .dampening = 0.75,
      .decay = 0.5}},
    {{"many_parameters", "bounded", "OPT-05 OPT-21 DST-08",
      "131 parameters: a number that no vector width and no rank count divides.", 0},
     {.S = 2, .P = 131, .form = "rate_outside", .nesterov = 1, .momentum = 0.9, .decay = 0.05}},
};

static void fill_rates(struct assay_case *test, const struct setting *is)
{
    static const double pattern[] = {1, 0.5, 2, 0.25, 1, 4};
    case_constant(test, "rate", DIMS(is->S), is->data == DYADIC ? 0.25 : 0.05);
    double *rate = case_input(test, "rate");
    for (size_t s = 0; is->schedule == CHANGING && s < is->S; s++)
        rate[s] = (float)(rate[s] * pattern[s % 6]);
}

static void fill_data(struct assay_case *test, const struct setting *is)
{
    static const double magnitude[] = {1e-6, 1e-5, 1e-4, 1e-3, 1e-2, 1e-1, 1, 10, 100, 1000};
    if (is->data == DYADIC) {
        case_dyadic(test, "w", DIMS(is->P), -4, 4, 0.5);
        case_dyadic(test, "g", DIMS(is->S, is->P), -8, 8, 1);
        return;
    }
    case_signed(test, "w", DIMS(is->P), 0.25, 2);
    case_signed(test, "g", DIMS(is->S, is->P), 0.5, 2);
    double *g = case_input(test, "g");
    for (size_t i = 0; is->data == MAGNITUDES && i < is->S * is->P; i++)
        g[i] = (float)(g[i] * magnitude[i % is->P % 10]);
    for (size_t i = is->P; is->data == STEADY && i < is->S * is->P; i++)
        g[i] = g[i - is->P];
}

static void state_conventions(struct assay_case *test, const struct setting *is)
{
    case_number(test, "momentum", is->momentum);
    if (is->dampening != 0)
        case_number(test, "dampening", is->dampening);
    if (is->decay != 0)
        case_number(test, "weight_decay", is->decay);
    case_choice(test, "form", is->form);
    if (is->nesterov)
        case_choice(test, "nesterov", "yes");
    if (is->dampened_first)
        case_choice(test, "first_step", "dampened");
    if (is->maximize)
        case_choice(test, "maximize", "yes");
}

/* clang-format off */
static const struct refusal refusals[] = {
    {"momentum_missing", "resumed_inside", NUMBER_GONE, "momentum",
     .why = "momentum has no default."},
    {"momentum_one", "resumed_inside", NUMBER_SET, "momentum", 1,
     .why = "A velocity that grows without end."},
    {"momentum_negative", "resumed_inside", NUMBER_SET, "momentum", -0.5,
     .why = "A velocity that turns at every step."},
    {"dampening_inside", "resumed_inside", NUMBER_SET, "dampening", 0.5,
     .why = "Only one form has dampening."},
    {"dampening_of_average", "resumed_average_nesterov", NUMBER_SET, "dampening", 0.5,
     .why = "The moving average dampens by itself."},
    {"dampening_with_nesterov", "nesterov_outside", NUMBER_SET, "dampening", 0.5,
     .why = "PyTorch refuses it too: its look-ahead assumes none."},
    {"form_unknown", "resumed_inside", CHOICE_SET, "form", .choice = "other",
     .why = "A convention that nobody has."},
    {"nesterov_unknown", "resumed_inside", CHOICE_SET, "nesterov", .choice = "other",
     .why = "A convention that nobody has."},
    {"first_step_unknown", "resumed_inside", CHOICE_SET, "first_step", .choice = "other",
     .why = "A convention that nobody has."},
    {"velocity_too_short", "resumed_inside", INPUT_SHORTER, "velocity", .element = 0,
     .why = "State for fewer parameters than there are."},
};
/* clang-format on */

void momentum_cases(struct case_list *list)
{
    for (size_t i = 0; i < sizeof rows / sizeof *rows; i++) {
        const struct setting *is = &rows[i].setting;
        struct assay_case *test = case_add(list, &rows[i].head);
        state_conventions(test, is);
        fill_data(test, is);
        fill_rates(test, is);
        if (is->velocity)
            case_signed(test, "velocity", DIMS(is->P), 0.5, 2);
    }
    optimizer_refusal_rows(list, "resumed_inside", refusals, sizeof refusals / sizeof *refusals);
}
