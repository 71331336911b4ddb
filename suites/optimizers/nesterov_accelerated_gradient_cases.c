// SPDX-License-Identifier: MIT
#include "../case_builder.h"

enum function { BOWL, SADDLE, STRETCHED, WHOLE };

/* S steps on P parameters; what is not stated is 0, or the technique's default. */
struct setting {
    size_t S, P, block;
    enum function function;
    const char *form, *schedule;
    double momentum, rate;
    int fixed_rate, first_step, velocity, at_minimum;
};

#define ADDED        .form = "added"
#define RATE_OUTSIDE .form = "rate_outside"

/* clang-format off */
static const struct row {
    struct case_head head;
    struct setting setting;
} rows[] = {
    {{"document", "trajectory", "OPT-08",
      "The document's form under a changing rate: the gradient is taken ahead of w.", 0},
     {.S = 5, .P = 11, .block = 2, .momentum = 0.9, .rate = 0.05}},
    {{"added", "trajectory", "OPT-08",
      "Sutskever's form: the same w with a velocity of the other sign.", 0},
     {.S = 5, .P = 11, .block = 2, .momentum = 0.9, .rate = 0.05, ADDED}},
    {{"rate_outside", "trajectory", "OPT-08",
      "The velocity without the rate, under a changing rate: another point ahead.", 0},
     {.S = 5, .P = 11, .block = 2, .momentum = 0.9, .rate = 0.05, RATE_OUTSIDE}},
    {{"fixed_rate", "trajectory", "OPT-08 OPT-13",
      "One rate for 20 steps: the forms agree in w, not in v.", 0},
     {.S = 20, .P = 5, .block = 1, .momentum = 0.8, .rate = 0.1, .fixed_rate = 1, RATE_OUTSIDE}},
    {{"nesterov_schedule", "trajectory", "OPT-08",
      "Nesterov's own sequence of momenta, which FISTA made known.", 0},
     {.S = 8, .P = 9, .block = 2, .schedule = "nesterov", .rate = 0.1, .fixed_rate = 1}},
    {{"linear_schedule", "trajectory", "OPT-08",
      "Momentum (t - 2) / (t + 1), whose limit is the differential equation.", 0},
     {.S = 8, .P = 9, .block = 2, .schedule = "linear", .rate = 0.1, .fixed_rate = 1, ADDED}},
    {{"resumed", "trajectory", "OPT-08 DST-10",
      "Resumed from a velocity: the first step looks ahead already.", 0},
     {.S = 5, .P = 13, .block = 3, .momentum = 0.9, .rate = 0.05, .velocity = 1}},
    {{"resumed_nesterov", "trajectory", "OPT-08 DST-10",
      "Resumed at step 7 of Nesterov's sequence, velocity outside.", 0},
     {.S = 5, .P = 13, .block = 3, .schedule = "nesterov", .rate = 0.05, .first_step = 7,
      .velocity = 1, RATE_OUTSIDE}},
    {{"resumed_linear", "trajectory", "OPT-08 DST-10", "Resumed at step 5 of the linear sequence.",
      0},
     {.S = 5, .P = 13, .block = 3, .schedule = "linear", .rate = 0.05, .first_step = 5,
      .velocity = 1}},
    {{"no_momentum", "trajectory", "OPT-01 OPT-08",
      "Momentum 0 is gradient descent on the quadratic.", 0},
     {.S = 6, .P = 7, .block = 1, .rate = 0.1}},
    {{"saddle", "trajectory", "OPT-08", "Half the curvatures are negative: steps grow along them.",
      0},
     {.S = 6, .P = 12, .block = 2, .function = SADDLE, .momentum = 0.9, .rate = 0.1}},
    {{"stretched", "trajectory", "OPT-08", "Curvatures from 0.001 to 100: what momentum is for.",
      0},
     {.S = 5, .P = 10, .block = 2, .function = STRETCHED, .momentum = 0.9, .rate = 0.01,
      .fixed_rate = 1, ADDED}},
    {{"diverging", "trajectory", "OPT-01 OPT-08",
      "A rate above its limit: every step overshoots, and faster.", 0},
     {.S = 8, .P = 6, .block = 1, .momentum = 0.9, .rate = 2, .fixed_rate = 1}},
    {{"one_parameter", "trajectory", "OPT-08", "A parabola: fewer parameters than ranks.", 0},
     {.S = 10, .P = 1, .block = 1, .momentum = 0.9, .rate = 0.2}},
    {{"minimum", "exact", "OPT-08", "At the minimum without velocity nothing moves.", 0},
     {.S = 2, .P = 8, .block = 1, .function = WHOLE, .momentum = 0.5, .rate = 0.25, .fixed_rate = 1,
      .at_minimum = 1}},
    {{"exact_subtracted", "exact", "OPT-08",
      "Whole numbers, momentum 1/2 and rate 1/4: no rounding, so the bound is 0.", 0},
     {.S = 3, .P = 9, .block = 2, .function = WHOLE, .momentum = 0.5, .rate = 0.25, .fixed_rate = 1,
      .velocity = 1}},
    {{"exact_added", "exact", "OPT-08", "The same with the velocity added, to the last bit.", 0},
     {.S = 3, .P = 9, .block = 2, .function = WHOLE, .momentum = 0.5, .rate = 0.25, .fixed_rate = 1,
      .velocity = 1, ADDED}},
    {{"exact_rate_outside", "exact", "OPT-08", "The same with the rate outside, to the last bit.",
      0},
     {.S = 3, .P = 9, .block = 2, .function = WHOLE, .momentum = 0.5, .rate = 0.25, .fixed_rate = 1,
      .velocity = 1, RATE_OUTSIDE}},
    {{"blocks", "trajectory", "OPT-08 DST-02",
      "19 rows in blocks of 16: the last block is short and must not be lost.", 0},
     {.S = 3, .P = 19, .block = 16, .momentum = 0.9, .rate = 0.02}},
    {{"many_blocks", "trajectory", "OPT-08 DST-02 DST-08",
      "23 rows in blocks of 4 on any number of ranks.", 0},
     {.S = 4, .P = 23, .block = 4, .momentum = 0.9, .rate = 0.02, ADDED}},
};
/* clang-format on */

/* A symmetric matrix with a strong diagonal, so that its curvatures are near the diagonal. */
static void fill_matrix(struct assay_case *test, const struct setting *is)
{
    size_t P = is->P;
    if (is->function == WHOLE)
        case_dyadic(test, "A", DIMS(P, P), -2, 2, 1);
    else
        case_signed(test, "A", DIMS(P, P), 0.05, is->function == STRETCHED ? 0.051 : 0.25);
    double *A = case_input(test, "A");
    for (size_t n = 0; n < P; n++) {
        for (size_t p = 0; p < n; p++) {
            if (is->function == STRETCHED)
                A[n * P + p] = (float)(A[n * P + p] * 1e-3);
            A[p * P + n] = A[n * P + p];
        }
        double diagonal = 1 + (double)(n % 3);
        if (is->function == SADDLE && n % 2)
            diagonal = -diagonal;
        if (is->function == STRETCHED)
            diagonal = n % 2 ? 100.0 / (double)(1 + n) : 0.001 * (double)(1 + n);
        A[n * P + n] = (float)diagonal;
    }
}

/* b = A w, exactly. */
static void fill_minimum(struct assay_case *test, size_t P)
{
    const double *A = case_input(test, "A"), *w = case_input(test, "w");
    double *b = case_input(test, "b");
    for (size_t n = 0; n < P; n++) {
        b[n] = 0;
        for (size_t p = 0; p < P; p++)
            b[n] += A[n * P + p] * w[p];
    }
}

static void fill_vectors(struct assay_case *test, const struct setting *is)
{
    if (is->function == WHOLE) {
        case_dyadic(test, "w", DIMS(is->P), -4, 4, 1);
        case_dyadic(test, "b", DIMS(is->P), -8, 8, 1);
        if (is->velocity)
            case_dyadic(test, "velocity", DIMS(is->P), -8, 8, 4);
    } else {
        case_signed(test, "w", DIMS(is->P), 0.25, 2);
        case_signed(test, "b", DIMS(is->P), 0.5, 2);
        if (is->velocity)
            case_signed(test, "velocity", DIMS(is->P), 0.5, 2);
    }
    if (is->at_minimum)
        fill_minimum(test, is->P);
}

/* clang-format off */
static const struct refusal refusals[] = {
    {"no_matrix", "exact_added", INPUT_GONE, "A", .why = "No function to descend."},
    {"no_linear_term", "exact_added", INPUT_GONE, "b", .why = "Half a function."},
    {"no_start", "exact_added", INPUT_GONE, "w", .why = "No parameters: zeros are not meant."},
    {"no_rates", "exact_added", INPUT_GONE, "rate", .why = "A rate of one's own is not meant."},
    {"matrix_not_square", "exact_added", INPUT_SHORTER, "A", .element = 0,
     .why = "A row is missing."},
    {"not_symmetric", "exact_added", ELEMENT_SET, "A", 77, .element = 1,
     .why = "A l - b is not the gradient of that function."},
    {"start_too_short", "exact_added", INPUT_SHORTER, "w", .element = 0,
     .why = "A gradient without a parameter."},
    {"momentum_missing", "exact_added", NUMBER_GONE, "momentum", .why = "momentum has no default."},
    {"momentum_one", "exact_added", NUMBER_SET, "momentum", 1,
     .why = "A velocity that grows without end."},
    {"momentum_negative", "exact_added", NUMBER_SET, "momentum", -0.5, .why = "A look behind."},
    {"first_step_0", "resumed_nesterov", NUMBER_SET, "first_step", 0,
     .why = "The sequences start at step 1."},
    {"form_unknown", "exact_added", CHOICE_SET, "form", .choice = "other",
     .why = "A convention that nobody has."},
    {"schedule_unknown", "exact_added", CHOICE_SET, "schedule", .choice = "other",
     .why = "A convention that nobody has."},
    {"velocity_too_short", "exact_added", INPUT_SHORTER, "velocity", .element = 0,
     .why = "State for fewer parameters than there are."},
};
/* clang-format on */

void nesterov_accelerated_gradient_cases(struct case_list *list)
{
    static const double pattern[] = {1, 0.5, 2, 0.25, 1, 4};
    for (size_t i = 0; i < sizeof rows / sizeof *rows; i++) {
        const struct setting *is = &rows[i].setting;
        struct assay_case *test = case_add(list, &rows[i].head);
        case_number(test, "block", (double)is->block);
        if (is->form)
            case_choice(test, "form", is->form);
        if (is->schedule)
            case_choice(test, "schedule", is->schedule);
        else
            case_number(test, "momentum", is->momentum);
        if (is->first_step)
            case_number(test, "first_step", is->first_step);
        fill_matrix(test, is);
        fill_vectors(test, is);
        case_constant(test, "rate", DIMS(is->S), is->rate);
        double *rate = case_input(test, "rate");
        for (size_t s = 0; !is->fixed_rate && s < is->S; s++)
            rate[s] = (float)(rate[s] * pattern[s % 6]);
    }
    case_refusals(list, refusals, sizeof refusals / sizeof *refusals);
}
