// SPDX-License-Identifier: MIT
#include "optimizer_refusals.h"

enum data { RANDOM, DYADIC, MAGNITUDES, CANCELLING };
enum schedule { CONSTANT, CHANGING, WITH_ZERO };

/* S steps on P parameters; what is not stated is 0. */
struct setting {
    size_t S, P;
    enum data data;
    double rate;
    enum schedule schedule;
    double decay;
    int maximize;
};

static const struct row {
    struct case_head head;
    struct setting setting;
} rows[] = {
    {{"one_step", "bounded", "OPT-01 FND-23",
      "One step of one parameter: the sentence new = old - rate times gradient, and nothing else.",
      0},
     {.S = 1, .P = 1, .rate = 0.1}},
    {{"changing_rate", "bounded", "OPT-01 OPT-18",
      "A rate that changes at every step: a schedule that is ignored or late cannot pass.", 0},
     {.S = 7, .P = 11, .rate = 0.05, .schedule = CHANGING}},
    {{"fixed_rate", "bounded", "OPT-13",
      "One rate for all steps, as in the plainest training loop.", 0},
     {.S = 5, .P = 11, .rate = 0.01}},
    {{"weight_decay", "bounded", "OPT-01 REG-03 REG-04",
      "A decay large enough to see, on weights that change: factor 2, sign and old or new weight.",
      0},
     {.S = 6, .P = 11, .rate = 0.1, .schedule = CHANGING, .decay = 0.3}},
    {{"maximize", "bounded", "OPT-01", "Ascent: the gradient is negated, and nothing else is.", 0},
     {.S = 4, .P = 11, .rate = 0.1, .schedule = CHANGING, .maximize = 1}},
    {{"maximize_with_decay", "bounded", "OPT-01 REG-04",
      "Ascent with decay: the decay must still pull the weights towards zero.", 0},
     {.S = 5, .P = 11, .rate = 0.1, .schedule = CHANGING, .decay = 0.4, .maximize = 1}},
    {{"rate_zero", "bounded", "OPT-13",
      "One step of the schedule has rate 0 and must leave the weights as they are.", 0},
     {.S = 4, .P = 9, .rate = 0.1, .schedule = WITH_ZERO, .decay = 0.1}},
    {{"magnitudes", "bounded", "OPT-01",
      "Gradients from 1e-6 to 1e3 side by side: the bound belongs to the element, not the tensor.",
      0},
     {.S = 6, .P = 11, .data = MAGNITUDES, .rate = 0.01, .schedule = CHANGING, .decay = 0.01}},
    {{"cancelling", "bounded", "OPT-01",
      "The step is nearly as large as the weight, so the rounding of the product is all that is "
      "left.",
      0},
     {.S = 1, .P = 11, .data = CANCELLING, .rate = 0.1}},
    {{"exact_integers", "exact", "OPT-01 DST-02",
      "Whole gradients and rates that are powers of two: nothing is rounded, so the bound is 0.",
      0},
     {.S = 6, .P = 11, .data = DYADIC, .rate = 0.5, .schedule = CHANGING}},
    {{"exact_with_decay", "exact", "OPT-01 REG-04",
      "Decay and rate are powers of two: the decay, too, is checked to the last bit.", 0},
     {.S = 4, .P = 11, .data = DYADIC, .rate = 0.25, .schedule = CHANGING, .decay = 0.5}},
    {{"exact_maximize", "exact", "OPT-01", "Ascent with decay, to the last bit.", 0},
     {.S = 4,
      .P = 13,
      .data = DYADIC,
      .rate = 0.25,
      .schedule = CHANGING,
      .decay = 0.5,
      .maximize = 1}},
    {{"many_parameters", "bounded", "OPT-01 DST-08",
      "131 parameters: a number that no vector width and no rank count divides.", 0},
     {.S = 2, .P = 131, .rate = 0.02, .schedule = CHANGING, .decay = 0.05}},
};

static void fill_rates(struct assay_case *test, const struct setting *is)
{
    static const double pattern[] = {1, 0.5, 2, 0.25, 1, 4};
    case_constant(test, "rate", DIMS(is->S), is->rate);
    double *rate = case_input(test, "rate");
    for (size_t s = 0; is->schedule != CONSTANT && s < is->S; s++)
        rate[s] *= pattern[s % 6];
    if (is->schedule == WITH_ZERO)
        rate[1] = 0;
}

static void fill_data(struct assay_case *test, const struct setting *is)
{
    static const double magnitude[] = {1e-6, 1e-5, 1e-4, 1e-3, 1e-2, 1e-1, 1, 10, 100, 1000};
    if (is->data == DYADIC) {
        case_dyadic(test, "w", DIMS(is->P), -4, 4, 0.25);
        case_dyadic(test, "g", DIMS(is->S, is->P), -8, 8, 1);
        return;
    }
    case_signed(test, "w", DIMS(is->P), 0.25, 2);
    case_signed(test, "g", DIMS(is->S, is->P), 0.5, 2);
    double *g = case_input(test, "g"), *w = case_input(test, "w");
    for (size_t i = 0; is->data == MAGNITUDES && i < is->S * is->P; i++)
        g[i] = (float)(g[i] * magnitude[i % is->P % 10]);
    for (size_t p = 0; is->data == CANCELLING && p < is->P; p++)
        w[p] = (float)(is->rate * g[p] * 1.01);
}

void gradient_descent_cases(struct case_list *list)
{
    for (size_t i = 0; i < sizeof rows / sizeof *rows; i++) {
        const struct setting *is = &rows[i].setting;
        struct assay_case *test = case_add(list, &rows[i].head);
        if (is->decay != 0)
            case_number(test, "weight_decay", is->decay);
        if (is->maximize)
            case_choice(test, "maximize", "yes");
        fill_data(test, is);
        fill_rates(test, is);
    }
    optimizer_refusal_rows(list, "rate_zero", NULL, 0);
}
