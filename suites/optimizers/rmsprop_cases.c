// SPDX-License-Identifier: MIT
#include "optimizer_cases.h"

/* S steps on P parameters; what is not stated is 0, or the technique's default. */
struct setting {
    size_t S, P;
    enum gradient_data data;
    const char *epsilon_placement, *momentum_form, *decay_form;
    double rho, epsilon, momentum, initial, decay;
    int centered, resumed, maximize; /* resumed: v, and what else there is, are given */
};

#define INSIDE      .epsilon_placement = "inside_root"
#define RATE_INSIDE .momentum_form = "rate_inside"
#define DECOUPLED   .decay_form = "decoupled"

/* clang-format off */
static const struct row {
    struct case_head head;
    struct setting setting;
} rows[] = {
    {{"pinned", "bounded", "OPT-10 OPT-12",
      "The pinned numbers: rho 0.9, epsilon 1e-7 beside the root, six steps.", 0},
     {.S = 6, .P = 11, .rho = 0.9, .epsilon = 1e-7}},
    {{"pytorch", "bounded", "OPT-10",
      "PyTorch's numbers, rho 0.99 and epsilon 1e-8: first steps are ten times the rate.", 0},
     {.S = 4, .P = 11, .rho = 0.99, .epsilon = 1e-8}},
    {{"keras", "bounded", "OPT-10",
      "Keras's form: epsilon under the root, momentum that holds the rate, decoupled decay.", 0},
     {.S = 4, .P = 11, .rho = 0.9, .epsilon = 1e-7, INSIDE, .momentum = 0.9, RATE_INSIDE, DECOUPLED,
      .decay = 0.05}},
    {{"tensorflow_1", "bounded", "OPT-10",
      "TensorFlow 1 starts the average at 1, so the first steps are short.", 0},
     {.S = 4, .P = 11, .rho = 0.9, .epsilon = 1e-10, INSIDE, .initial = 1}},
    {{"tiny_outside", "bounded", "OPT-10",
      "Gradients as small as epsilon: where it is added decides the steps.", 0},
     {.S = 4, .P = 11, .data = TINY, .rho = 0.9, .epsilon = 1e-8}},
    {{"tiny_inside", "bounded", "OPT-10",
      "The same with epsilon under the root, where it acts as its square root.", 0},
     {.S = 4, .P = 11, .data = TINY, .rho = 0.9, .epsilon = 1e-8, INSIDE}},
    {{"magnitudes", "bounded", "OPT-10 OPT-12",
      "Gradients from 1e-6 to 1e3 side by side: the bound belongs to the element.", 0},
     {.S = 4, .P = 11, .data = MAGNITUDES, .rho = 0.9, .epsilon = 1e-7}},
    {{"falling", "bounded", "OPT-10",
      "Falling gradients: the average forgets, as Adagrad's sum does not.", 0},
     {.S = 5, .P = 11, .data = FALLING, .rho = 0.5, .epsilon = 1e-8}},
    {{"steady", "bounded", "OPT-10",
      "A constant gradient for 40 steps: the step falls to the rate.", 0},
     {.S = 40, .P = 3, .data = STEADY, .rho = 0.9, .epsilon = 1e-8}},
    {{"momentum_outside", "bounded", "OPT-05 OPT-10",
      "Momentum without the rate in it, under a changing rate: PyTorch.", 0},
     {.S = 5, .P = 13, .rho = 0.9, .epsilon = 1e-8, .momentum = 0.9}},
    {{"momentum_inside", "bounded", "OPT-06 OPT-10",
      "Momentum that remembers old rates: TensorFlow, Keras.", 0},
     {.S = 5, .P = 13, .rho = 0.9, .epsilon = 1e-8, .momentum = 0.9, RATE_INSIDE}},
    {{"centered_outside", "bounded", "OPT-10",
      "The root of the variance instead of the second moment.", 0},
     {.S = 5, .P = 11, .rho = 0.9, .epsilon = 1e-5, .centered = 1}},
    {{"centered_inside", "bounded", "OPT-10",
      "Centered, epsilon under the root, momentum that holds the rate, decay.", 0},
     {.S = 5, .P = 11, .rho = 0.9, .epsilon = 1e-3, INSIDE, .centered = 1, .momentum = 0.5,
      RATE_INSIDE, .decay = 0.1}},
    {{"centered_tiny", "bounded", "OPT-10", "Centered with gradients as small as epsilon.", 0},
     {.S = 4, .P = 13, .data = TINY, .rho = 0.9, .epsilon = 1e-7, .centered = 1}},
    {{"vanishing_variance", "bounded", "OPT-10",
      "A constant gradient for 40 steps: rounding makes the variance negative here and there, and "
       "its root NaN.", 0},
     {.S = 40, .P = 5, .data = STEADY, .rho = 0.35, .epsilon = 0.5, .centered = 1}},
    {{"coupled_decay", "bounded", "OPT-10 REG-03", "The L2 penalty goes through the average.", 0},
     {.S = 4, .P = 11, .rho = 0.9, .epsilon = 1e-7, .decay = 0.2}},
    {{"decoupled_decay", "bounded", "OPT-10 REG-04",
      "Rate times decay off the weight before the step, the average untouched.", 0},
     {.S = 4, .P = 11, .rho = 0.9, .epsilon = 1e-7, .decay = 0.2, DECOUPLED}},
    {{"resumed", "bounded", "OPT-10 DST-10",
      "Resumed with average, mean and momentum: none may start again.", 0},
     {.S = 4, .P = 13, .rho = 0.9, .epsilon = 1e-7, .centered = 1, .momentum = 0.8, .resumed = 1}},
    {{"resumed_initial", "bounded", "OPT-10 DST-10",
      "A given average takes the place of the initial one.", 0},
     {.S = 3, .P = 13, .rho = 0.9, .epsilon = 1e-7, .initial = 1, .resumed = 1}},
    {{"never_touched", "bounded", "OPT-10",
      "Every third gradient is 0 from the start: 0 / (0 + epsilon) is 0, not NaN.", 0},
     {.S = 4, .P = 12, .data = SPARSE, .rho = 0.9, .epsilon = 1e-8, .momentum = 0.9}},
    {{"no_memory", "bounded", "OPT-10",
      "rho 0: every step has the sign of its gradient and the size of the rate.", 0},
     {.S = 4, .P = 9, .epsilon = 1e-8}},
    {{"maximize", "bounded", "OPT-10",
      "Ascent with decay: the gradient is negated, the decay is not.", 0},
     {.S = 5, .P = 15, .rho = 0.9, .epsilon = 1e-7, .decay = 0.3, .maximize = 1}},
    {{"exact_outside", "exact", "OPT-10",
      "rho 3/4 and doubled gradients: every root and quotient is exact.", 0},
     {.S = 1, .P = 12, .data = ONES, .rho = 0.75, .epsilon = 1}},
    {{"exact_inside", "exact", "OPT-10", "The same with epsilon 15 under the root, and momentum.",
      0},
     {.S = 1, .P = 12, .data = ROOTS, .rho = 0.75, .epsilon = 15, INSIDE, .momentum = 0.5,
      RATE_INSIDE}},
    {{"exact_decoupled", "exact", "OPT-10 REG-04", "Decoupled decay, to the last bit.", 0},
     {.S = 1, .P = 12, .data = ONES, .rho = 0.75, .epsilon = 1, DECOUPLED, .decay = 0.5}},
    {{"many_parameters", "bounded", "OPT-10 OPT-21 DST-08",
      "131 parameters: a number that no vector width and no rank count divides.", 0},
     {.S = 2, .P = 131, .rho = 0.9, .epsilon = 1e-7, .momentum = 0.9, .decay = 0.01}},
};
/* clang-format on */

static void state_conventions(struct assay_case *test, const struct setting *is)
{
    case_number(test, "rho", is->rho);
    case_number(test, "epsilon", is->epsilon);
    optimizer_number(test, "momentum", is->momentum);
    optimizer_number(test, "initial_v", is->initial);
    optimizer_number(test, "weight_decay", is->decay);
    optimizer_choice(test, "epsilon_placement", is->epsilon_placement);
    optimizer_choice(test, "momentum_form", is->momentum_form);
    optimizer_choice(test, "decay_form", is->decay_form);
    optimizer_choice(test, "centered", is->centered ? "yes" : NULL);
    optimizer_choice(test, "maximize", is->maximize ? "yes" : NULL);
}

/* With |mean| below 0.4 and v above 0.5 the variance that is resumed from is positive. */
static void fill_state(struct assay_case *test, const struct setting *is)
{
    optimizer_state(test, "v", is->data, is->P, 0.5, 4, POSITIVE, OF_SQUARE);
    if (is->centered)
        optimizer_state(test, "mean", is->data, is->P, 0.1, 0.4, BOTH_SIGNS, OF_GRADIENT);
    if (is->momentum != 0)
        case_signed(test, "buffer", DIMS(is->P), 0.5, 2);
}

/* clang-format off */
static const struct refusal refusals[] = {
    {"rho_missing", "resumed", NUMBER_GONE, "rho", .why = "rho has no default: libraries differ."},
    {"rho_one", "resumed", NUMBER_SET, "rho", 1, .why = "An average that takes nothing in."},
    {"rho_negative", "resumed", NUMBER_SET, "rho", -0.5,
     .why = "An average that can be negative under the root."},
    {"epsilon_missing", "resumed", NUMBER_GONE, "epsilon",
     .why = "epsilon has no default: libraries differ."},
    {"epsilon_negative", "resumed", NUMBER_SET, "epsilon", -1e-8,
     .why = "A divisor that can be 0 or negative."},
    {"momentum_negative", "resumed", NUMBER_SET, "momentum", -0.5,
     .why = "A buffer that turns at every step."},
    {"initial_negative", "resumed", NUMBER_SET, "initial_v", -1,
     .why = "A negative number under the root."},
    {"epsilon_placement_unknown", "resumed", CHOICE_SET, "epsilon_placement", .choice = "other",
     .why = "A convention that nobody has."},
    {"momentum_form_unknown", "resumed", CHOICE_SET, "momentum_form", .choice = "other",
     .why = "A convention that nobody has."},
    {"centered_unknown", "resumed", CHOICE_SET, "centered", .choice = "other",
     .why = "A convention that nobody has."},
    {"decay_form_unknown", "resumed", CHOICE_SET, "decay_form", .choice = "other",
     .why = "A convention that nobody has."},
    {"v_too_short", "resumed", INPUT_SHORTER, "v", .element = 0,
     .why = "State for fewer parameters than there are."},
};
/* clang-format on */

void rmsprop_cases(struct case_list *list)
{
    for (size_t i = 0; i < sizeof rows / sizeof *rows; i++) {
        const struct setting *is = &rows[i].setting;
        struct assay_case *test = case_add(list, &rows[i].head);
        state_conventions(test, is);
        optimizer_data(test, is->data, is->S, is->P, is->data >= ONES ? 0.5 : 0.02);
        if (is->data >= ONES) { /* (1 - rho) (2 g)^2 = g^2 with rho = 3/4 */
            double *g = case_input(test, "g");
            for (size_t p = 0; p < is->S * is->P; p++)
                g[p] *= 2;
        }
        if (is->resumed)
            fill_state(test, is);
    }
    optimizer_refusal_rows(list, "resumed", refusals, sizeof refusals / sizeof *refusals);
}
