// SPDX-License-Identifier: MIT
#include "../case_builder.h"

enum deviate { UNIFORM, NORMAL, TRUNCATED, DYADIC };

/* Weights (I,O), or (H,W,I,O) when there is an H; gain 0: not stated. */
struct setting {
    size_t H, W, I, O;
    enum deviate deviate;
    const char *distribution;
    double gain;
};

static const struct row {
    struct case_head head;
    struct setting setting;
} rows[] = {
    {{"uniform", "bounded", "INI-07 INI-12 INI-15",
      "Keras's default for dense layers: the half width is sqrt(6 / (fan_in + fan_out)).", 0},
     {.I = 17, .O = 5, .deviate = UNIFORM}},
    {{"uniform_stated", "bounded", "INI-07",
      "More outputs than inputs, so that a scale of fan_in alone is far too large.", 0},
     {.I = 3, .O = 41, .deviate = UNIFORM, .distribution = "uniform"}},
    {{"normal", "bounded", "INI-06 INI-12", "The plain normal: constant 2, not the uniform's 6.",
      0},
     {.I = 13, .O = 29, .deviate = NORMAL, .distribution = "normal"}},
    {{"truncated_normal", "bounded", "INI-06",
      "A normal cut at two deviations is narrower; dividing by 0.8796 restores the variance.", 0},
     {.I = 19, .O = 7, .deviate = TRUNCATED, .distribution = "truncated_normal"}},
    {{"square", "bounded", "INI-06 INI-08",
      "Equal fans: here, and only here, 1 / sqrt(fan_in) of document 001 is the same.", 0},
     {.I = 12, .O = 12, .deviate = NORMAL, .distribution = "normal"}},
    {{"gain", "bounded", "INI-06",
      "The gain 5/3 of tanh: it multiplies the deviation, its square the variance.", 0},
     {.I = 11, .O = 6, .deviate = NORMAL, .distribution = "normal", .gain = 5.0 / 3}},
    {{"convolution", "bounded", "INI-07 INI-12",
      "A 3 x 5 kernel: both fans count the window, which is not square.", 0},
     {.H = 3, .W = 5, .I = 2, .O = 7, .deviate = UNIFORM}},
    {{"convolution_truncated", "bounded", "INI-06 INI-12",
      "A convolution, the cut normal and a gain together.", 0},
     {.H = 2,
      .W = 3,
      .I = 5,
      .O = 3,
      .deviate = TRUNCATED,
      .distribution = "truncated_normal",
      .gain = 1.5}},
    {{"one_weight", "bounded", "INI-12", "One input and one output: the fans are 1 and 1.", 0},
     {.I = 1, .O = 1, .deviate = UNIFORM}},
    {{"digits", "bounded", "INI-07 INI-14",
      "The first layer of a network on 8 x 8 digits: 2048 weights.", 0},
     {.I = 64, .O = 32, .deviate = UNIFORM}},
    {{"exact_wide", "exact", "INI-06",
      "Fans 7 and 25: the deviation of the normal is exactly 1/4. (The uniform's sqrt(3) is exact "
      "in no formula but one, so there is no exact case of it.)",
      0},
     {.I = 7, .O = 25, .deviate = DYADIC, .distribution = "normal"}},
    {{"exact_gain", "exact", "INI-06", "Fans 3 and 5 and gain 4: the deviation is exactly 2.", 0},
     {.I = 3, .O = 5, .deviate = DYADIC, .distribution = "normal", .gain = 4}},
    {{"exact_convolution", "exact", "INI-06 INI-12",
      "A 2 x 1 kernel with fans 2 and 6: the deviation is exactly 1/2.", 0},
     {.H = 2, .W = 1, .I = 1, .O = 3, .deviate = DYADIC, .distribution = "normal"}},
};

static void fill_deviate(struct assay_case *test, const struct setting *is)
{
    struct dims dims = is->H ? DIMS(is->H, is->W, is->I, is->O) : DIMS(is->I, is->O);
    size_t n = (is->H ? is->H * is->W : 1) * is->I * is->O;
    if (is->deviate == UNIFORM)
        case_uniform(test, "deviate", dims, -1, 1);
    else if (is->deviate == DYADIC)
        case_dyadic(test, "deviate", dims, -0.9375, 0.9375, 0.0625);
    else
        case_normal(test, "deviate", dims, 0, 1);
    double *u = case_input(test, "deviate");
    for (size_t i = 0; is->deviate == TRUNCATED && i < n; i++) {
        while (u[i] > 2 || u[i] < -2)
            u[i] /= 2; /* what is cut off has to come from inside; how does not matter here */
    }
}

/* clang-format off */
static const struct refusal refusals[] = {
    {"no_deviate", "one_weight", INPUT_GONE, "deviate", .why = "Nothing to scale."},
    {"empty_deviate", "one_weight", INPUT_SHORTER, "deviate", .element = 0, .why = "Fans of 0."},
    {"no_outputs", "one_weight", INPUT_SHORTER, "deviate", .element = 1, .why = "A fan of 0."},
    {"gain_0", "one_weight", NUMBER_SET, "gain", 0,
     .why = "Weights that are all alike never learn to differ."},
    {"gain_negative", "one_weight", NUMBER_SET, "gain", -1,
     .why = "A deviation is never negative."},
    {"distribution_unknown", "one_weight", CHOICE_SET, "distribution", .choice = "other",
     .why = "A convention that nobody has."},
};
/* clang-format on */

static const struct case_head head_drawn = {
    "drawn", "statistical", "INI-06",
    "Drawn by the implementation: fans 64 and 36, deviation sqrt(2 / 100).", 0};

static void fill_drawn(struct assay_case *test)
{
    case_choice(test, "distribution", "normal");
    case_drawn(test, "deviate", "normal", DIMS(64, 36));
    case_law(test, "w", "normal 0 0.1414213562373095");
}

void glorot_cases(struct case_list *list)
{
    for (size_t i = 0; i < sizeof rows / sizeof *rows; i++) {
        const struct setting *is = &rows[i].setting;
        struct assay_case *test = case_add(list, &rows[i].head);
        if (is->distribution)
            case_choice(test, "distribution", is->distribution);
        if (is->gain != 0)
            case_number(test, "gain", is->gain);
        fill_deviate(test, is);
    }
    fill_drawn(case_add(list, &head_drawn));
    case_refusals(list, refusals, sizeof refusals / sizeof *refusals);
}
