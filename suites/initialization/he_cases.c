// SPDX-License-Identifier: MIT
#include "../case_builder.h"

enum deviate { UNIFORM, NORMAL, TRUNCATED, DYADIC };

/* Weights (I,O), or (H,W,I,O) when there is an H. What is not stated is the default. */
struct setting {
    size_t H, W, I, O;
    enum deviate deviate;
    const char *distribution, *fan;
    double slope; /* negative_slope */
};

static const struct row {
    struct case_head head;
    struct setting setting;
} rows[] = {
    {{"normal", "bounded", "INI-09 INI-11 INI-12",
      "The default: normal, variance 2 / fan_in, more inputs than outputs.", 0},
     {.I = 23, .O = 5, .deviate = NORMAL}},
    {{"normal_stated", "bounded", "INI-09",
      "More outputs than inputs, so that fan_out would give a far smaller scale.", 0},
     {.I = 3, .O = 31, .deviate = NORMAL, .distribution = "normal", .fan = "fan_in"}},
    {{"fan_out", "bounded", "INI-09 INI-12",
      "The scale that keeps the variance of the gradient: fan_out.", 0},
     {.I = 7, .O = 29, .deviate = NORMAL, .fan = "fan_out"}},
    {{"uniform", "bounded", "INI-10",
      "The uniform's half width is sqrt(6 / fan_in): a forgotten sqrt(3) cannot pass.", 0},
     {.I = 11, .O = 17, .deviate = UNIFORM, .distribution = "uniform"}},
    {{"truncated_normal", "bounded", "INI-09",
      "Keras's he_normal: cut at two deviations and corrected by 0.8796.", 0},
     {.I = 13, .O = 6, .deviate = TRUNCATED, .distribution = "truncated_normal"}},
    {{"leaky", "bounded", "INI-09",
      "The gain of a leaky ReLU with slope 0.3: the slope enters squared.", 0},
     {.I = 9, .O = 14, .deviate = NORMAL, .slope = 0.3}},
    {{"pytorch_linear", "bounded", "INI-10 INI-15",
      "Slope sqrt(5) and a uniform: PyTorch's default, which is U(+-1 / sqrt(fan_in)).", 0},
     {.I = 10, .O = 4, .deviate = UNIFORM, .distribution = "uniform", .slope = 2.23606797749979}},
    {{"convolution", "bounded", "INI-09 INI-12",
      "A 3 x 5 kernel: the fan counts the window, which is not square.", 0},
     {.H = 3, .W = 5, .I = 2, .O = 7, .deviate = NORMAL}},
    {{"convolution_fan_out", "bounded", "INI-10 INI-12",
      "A convolution, the uniform and fan_out together.", 0},
     {.H = 3,
      .W = 2,
      .I = 5,
      .O = 3,
      .deviate = UNIFORM,
      .distribution = "uniform",
      .fan = "fan_out"}},
    {{"one_weight", "bounded", "INI-12", "One input, one output: the scale is sqrt(2).", 0},
     {.I = 1, .O = 1, .deviate = NORMAL}},
    {{"digits", "bounded", "INI-09 INI-14",
      "The first layer of a network on 8 x 8 digits: 2048 weights.", 0},
     {.I = 64, .O = 32, .deviate = NORMAL}},
    {{"exact_normal", "exact", "INI-09",
      "Slope 1 and 16 inputs: the gain is 1 and the deviation exactly 1/4.", 0},
     {.I = 16, .O = 3, .deviate = DYADIC, .slope = 1}},
    {{"exact_fan_out", "exact", "INI-09", "Slope 1 and fan_out 4: the deviation is exactly 1/2.",
      0},
     {.I = 7, .O = 4, .deviate = DYADIC, .fan = "fan_out", .slope = 1}},
    {{"exact_convolution", "exact", "INI-09 INI-12",
      "A 2 x 2 kernel on one channel: the fan is 4 and the deviation exactly 1/2.", 0},
     {.H = 2, .W = 2, .I = 1, .O = 5, .deviate = DYADIC, .slope = 1}},
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
    {"distribution_unknown", "one_weight", CHOICE_SET, "distribution", .choice = "other",
     .why = "A convention that nobody has."},
    {"fan_unknown", "one_weight", CHOICE_SET, "fan", .choice = "other",
     .why = "A convention that nobody has."},
};
/* clang-format on */

static const struct case_head head_drawn = {
    "drawn", "statistical", "INI-09",
    "Drawn by the implementation: 64 inputs, deviation sqrt(2 / 64).", 0};

static void fill_drawn(struct assay_case *test)
{
    case_drawn(test, "deviate", "normal", DIMS(64, 32));
    case_law(test, "w", "normal 0 0.17677669529663689");
}

static const struct case_head head_drawn_convolution = {
    "drawn_convolution", "statistical", "INI-09 INI-12",
    "Drawn for a 3 x 3 kernel by fan_out: 9 times 32 outputs.", 0};

static void fill_drawn_convolution(struct assay_case *test)
{
    case_choice(test, "fan", "fan_out");
    case_drawn(test, "deviate", "normal", DIMS(3, 3, 8, 32));
    case_law(test, "w", "normal 0 0.083333333333333329");
}

void he_cases(struct case_list *list)
{
    for (size_t i = 0; i < sizeof rows / sizeof *rows; i++) {
        const struct setting *is = &rows[i].setting;
        struct assay_case *test = case_add(list, &rows[i].head);
        if (is->distribution)
            case_choice(test, "distribution", is->distribution);
        if (is->fan)
            case_choice(test, "fan", is->fan);
        if (is->slope != 0)
            case_number(test, "negative_slope", is->slope);
        fill_deviate(test, is);
    }
    fill_drawn(case_add(list, &head_drawn));
    fill_drawn_convolution(case_add(list, &head_drawn_convolution));
    case_refusals(list, refusals, sizeof refusals / sizeof *refusals);
}
