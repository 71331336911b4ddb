// SPDX-License-Identifier: MIT
#include "optimizer_cases.h"

/* S steps on P parameters; what is not stated is 0, or the technique's default. */
struct setting {
    size_t S, P;
    enum gradient_data data;
    double rate, rho, epsilon, decay;
    const char *decay_form;
    int resumed, maximize; /* resumed: v and u are given */
};

/* clang-format off */
static const struct row {
    struct case_head head;
    struct setting setting;
} rows[] = {
    {{"paper", "bounded", "OPT-12",
      "The paper's numbers: rho 0.95, epsilon 1e-6, rate 1 that changes later.", 0},
     {.S = 6, .P = 11, .rate = 1, .rho = 0.95, .epsilon = 1e-6}},
    {{"pytorch", "bounded", "OPT-12", "PyTorch's rho of 0.9, with its coupled decay.", 0},
     {.S = 4, .P = 11, .rate = 1, .rho = 0.9, .epsilon = 1e-6, .decay = 0.1}},
    {{"keras", "bounded", "OPT-12 REG-04",
      "Keras's numbers, rate 0.001 and epsilon 1e-7, with its decoupled decay.", 0},
     {.S = 4, .P = 11, .rate = 0.001, .rho = 0.95, .epsilon = 1e-7, .decay = 0.5,
      .decay_form = "decoupled"}},
    {{"tiny", "bounded", "OPT-12",
      "Gradients below epsilon: both roots are nearly that of epsilon and the step is the "
      "gradient.", 0},
     {.S = 4, .P = 11, .data = TINY, .rate = 1, .rho = 0.9, .epsilon = 1e-8}},
    {{"magnitudes", "bounded", "OPT-12",
      "Gradients from 1e-6 to 1e3: the first steps do not depend on their size.", 0},
     {.S = 4, .P = 11, .data = MAGNITUDES, .rate = 1, .rho = 0.9, .epsilon = 1e-7}},
    {{"falling", "bounded", "OPT-12", "Falling gradients: the two averages part.", 0},
     {.S = 6, .P = 11, .data = FALLING, .rate = 1, .rho = 0.5, .epsilon = 1e-4}},
    {{"steady", "bounded", "OPT-12",
      "A constant gradient for 40 steps: steps grow from the root of epsilon.", 0},
     {.S = 40, .P = 3, .data = STEADY, .rate = 1, .rho = 0.9, .epsilon = 1e-6}},
    {{"large_epsilon", "bounded", "OPT-12",
      "Epsilon 0.01, so what is done with it in both roots is large.", 0},
     {.S = 5, .P = 13, .rate = 1, .rho = 0.8, .epsilon = 0.01}},
    {{"rate_of_ten", "bounded", "OPT-12",
      "A rate of 10: it must not enter the average of squared steps.", 0},
     {.S = 5, .P = 13, .rate = 10, .rho = 0.9, .epsilon = 1e-5}},
    {{"resumed", "bounded", "OPT-12 DST-10", "Resumed with both averages: neither may start again.",
      0},
     {.S = 4, .P = 11, .rate = 1, .rho = 0.9, .epsilon = 1e-6, .resumed = 1}},
    {{"never_touched", "bounded", "OPT-12",
      "Every third gradient is 0 from the start: its parameter stays.", 0},
     {.S = 4, .P = 12, .data = SPARSE, .rate = 1, .rho = 0.9, .epsilon = 1e-6}},
    {{"maximize", "bounded", "OPT-12",
      "Ascent with decay: the gradient is negated, the decay is not.", 0},
     {.S = 5, .P = 15, .rate = 1, .rho = 0.9, .epsilon = 1e-3, .decay = 0.3, .maximize = 1}},
    {{"no_memory", "bounded", "OPT-12", "rho 0: the averages are the last square alone.", 0},
     {.S = 4, .P = 9, .rate = 1, .epsilon = 1e-2}},
    {{"exact", "exact", "OPT-12",
      "rho 3/4, epsilon 1 and averages that make every root a power of two: nothing is rounded.",
      0},
     {.S = 1, .P = 12, .data = ROOTS, .rate = 0.5, .rho = 0.75, .epsilon = 1}},
    {{"exact_decoupled", "exact", "OPT-12 REG-04",
      "The same with decoupled decay, to the last bit.", 0},
     {.S = 1, .P = 12, .data = ROOTS, .rate = 0.5, .rho = 0.75, .epsilon = 1, .decay = 0.5,
      .decay_form = "decoupled"}},
    {{"many_parameters", "bounded", "OPT-12 OPT-21 DST-08",
      "131 parameters: a number that no vector width and no rank count divides.", 0},
     {.S = 2, .P = 131, .rate = 1, .rho = 0.95, .epsilon = 1e-6, .decay = 0.01}},
};
/* clang-format on */

/* Two kinds of parameters in which rho 3/4 and epsilon 1 make every root exact: v becomes 3 or 15,
 * u + 1 is 4 or 16. */
static void fill_exact(struct assay_case *test, size_t P)
{
    case_constant(test, "v", DIMS(P), 0);
    case_constant(test, "u", DIMS(P), 0);
    double *g = case_input(test, "g"), *v = case_input(test, "v"), *u = case_input(test, "u");
    for (size_t p = 0; p < P; p++) {
        double sign = g[p] < 0 ? -1 : 1;
        g[p] = p % 3 == 2 ? 0 : sign * 6;
        v[p] = p % 3 == 2 ? 4 : 8;
        u[p] = p % 2 ? 3 : 15;
    }
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
    {"epsilon_0", "resumed", NUMBER_SET, "epsilon", 0, .why = "Nothing would ever move."},
    {"decay_form_unknown", "resumed", CHOICE_SET, "decay_form", .choice = "other",
     .why = "A convention that nobody has."},
    {"v_too_short", "resumed", INPUT_SHORTER, "v", .element = 0,
     .why = "State for fewer parameters than there are."},
    {"u_too_short", "resumed", INPUT_SHORTER, "u", .element = 0,
     .why = "State for fewer parameters than there are."},
};
/* clang-format on */

void adadelta_cases(struct case_list *list)
{
    for (size_t i = 0; i < sizeof rows / sizeof *rows; i++) {
        const struct setting *is = &rows[i].setting;
        struct assay_case *test = case_add(list, &rows[i].head);
        case_number(test, "rho", is->rho);
        case_number(test, "epsilon", is->epsilon);
        optimizer_number(test, "weight_decay", is->decay);
        optimizer_choice(test, "decay_form", is->decay_form);
        optimizer_choice(test, "maximize", is->maximize ? "yes" : NULL);
        optimizer_data(test, is->data, is->S, is->P, is->rate);
        if (is->data >= ONES)
            fill_exact(test, is->P);
        if (is->resumed) {
            optimizer_state(test, "v", is->data, is->P, 0.5, 2, POSITIVE, OF_SQUARE);
            case_uniform(test, "u", DIMS(is->P), 1e-4, 1e-2);
        }
    }
    optimizer_refusal_rows(list, "resumed", refusals, sizeof refusals / sizeof *refusals);
}
