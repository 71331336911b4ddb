// SPDX-License-Identifier: MIT
#include "optimizer_cases.h"

/* S steps on P parameters; what is not stated is 0. */
struct setting {
    size_t S, P;
    enum gradient_data data;
    double beta1, beta2, decay;
    int resumed, maximize, opposed; /* opposed: the given moment points against the gradients */
};

/* clang-format off */
static const struct row {
    struct case_head head;
    struct setting setting;
} rows[] = {
    {{"paper", "bounded", "OPT-12", "The paper's betas, ten steps with a rate that changes.", 0},
     {.S = 10, .P = 11, .beta1 = 0.9, .beta2 = 0.99}},
    {{"language_model", "bounded", "OPT-12 REG-04",
      "The betas for language models and a strong decay.", 0},
     {.S = 6, .P = 11, .beta1 = 0.95, .beta2 = 0.98, .decay = 0.3}},
    {{"falling", "bounded", "OPT-12",
      "Falling gradients of changing sign: the moment outlives them and decides.", 0},
     {.S = 8, .P = 11, .data = FALLING, .beta1 = 0.9, .beta2 = 0.9, .decay = 0.1}},
    {{"magnitudes", "bounded", "OPT-12",
      "Gradients from 1e-6 to 1e3: every step has the same size.", 0},
     {.S = 5, .P = 11, .data = MAGNITUDES, .beta1 = 0.9, .beta2 = 0.99}},
    {{"tiny", "bounded", "OPT-12",
      "Gradients down to 1e-8 still make whole steps: there is no epsilon.", 0},
     {.S = 4, .P = 11, .data = TINY, .beta1 = 0.9, .beta2 = 0.99}},
    {{"short_memory", "bounded", "OPT-12",
      "beta2 below beta1: exchanged betas, or one for both, cannot pass.", 0},
     {.S = 7, .P = 11, .beta1 = 0.95, .beta2 = 0.4, .decay = 0.05}},
    {{"resumed", "bounded", "OPT-12 DST-10",
      "Resumed with a moment large enough to overrule gradients.", 0},
     {.S = 5, .P = 11, .beta1 = 0.9, .beta2 = 0.95, .resumed = 1, .decay = 0.1}},
    {{"opposed", "bounded", "OPT-12 DST-10",
      "The moment points against the gradient and turns after some steps.", 0},
     {.S = 6, .P = 11, .data = STEADY, .beta1 = 0.9, .beta2 = 0.8, .resumed = 1, .opposed = 1}},
    {{"decay", "bounded", "OPT-12 REG-04",
      "The decay pulls at the weight beside a step of one size.", 0},
     {.S = 6, .P = 11, .beta1 = 0.9, .beta2 = 0.99, .decay = 1}},
    {{"maximize", "bounded", "OPT-12",
      "Ascent with decay: the gradient is negated, the decay is not.", 0},
     {.S = 5, .P = 11, .beta1 = 0.9, .beta2 = 0.99, .decay = 0.5, .maximize = 1}},
    {{"never_touched", "bounded", "OPT-12",
      "Every third gradient is 0 from the start: sign(0) is 0, and the decay alone moves.", 0},
     {.S = 4, .P = 11, .data = SPARSE, .beta1 = 0.9, .beta2 = 0.99, .decay = 0.2}},
    {{"exact", "exact", "OPT-12", "Betas 1/2 and 3/4, to the last bit.", 0},
     {.S = 3, .P = 12, .data = ONES, .beta1 = 0.5, .beta2 = 0.75}},
    {{"exact_decay", "exact", "OPT-12 REG-04", "The same with decay 1/2, to the last bit.", 0},
     {.S = 3, .P = 12, .data = ONES, .beta1 = 0.5, .beta2 = 0.75, .decay = 0.5}},
    {{"many_parameters", "bounded", "OPT-12 OPT-21 DST-08",
      "131 parameters: a number that no vector width and no rank count divides.", 0},
     {.S = 2, .P = 131, .beta1 = 0.9, .beta2 = 0.99, .decay = 0.01}},
};
/* clang-format on */

static void fill_moment(struct assay_case *test, const struct setting *is)
{
    optimizer_state(test, "m", is->data, is->P, 0.1, 1, BOTH_SIGNS, OF_GRADIENT);
    const double *g = case_input(test, "g");
    double *m = case_input(test, "m");
    for (size_t p = 0; is->opposed && p < is->P; p++)
        m[p] = (g[p] > 0) == (m[p] > 0) ? -m[p] : m[p];
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
    {"m_too_short", "resumed", INPUT_SHORTER, "m", .element = 0,
     .why = "State for fewer parameters than there are."},
};
/* clang-format on */

void lion_cases(struct case_list *list)
{
    for (size_t i = 0; i < sizeof rows / sizeof *rows; i++) {
        const struct setting *is = &rows[i].setting;
        struct assay_case *test = case_add(list, &rows[i].head);
        case_number(test, "beta1", is->beta1);
        case_number(test, "beta2", is->beta2);
        optimizer_number(test, "weight_decay", is->decay);
        optimizer_choice(test, "maximize", is->maximize ? "yes" : NULL);
        optimizer_data(test, is->data, is->S, is->P, is->data >= ONES ? 0.5 : 0.02);
        if (is->resumed)
            fill_moment(test, is);
    }
    optimizer_refusal_rows(list, "resumed", refusals, sizeof refusals / sizeof *refusals);
}
