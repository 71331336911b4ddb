// SPDX-License-Identifier: MIT
#include "mask_cases.h"

enum data { RANDOM, ZEROS_INSIDE, DYADIC, TIES };

/* N samples of C units in blocks of `block`; what is not stated is the default. */
struct setting {
    size_t N, C, block;
    double p;
    const char *scaling, *argument, *threshold;
    int mask; /* 1: a mask is given; 0: uniform numbers are */
    enum data data;
    int forward_only;
};

static const struct row {
    struct case_head head;
    struct setting is;
} rows[] = {
    /* clang-format off */
    {{"inverted", "bounded", "REG-06 REG-07",
      "A rate far from 1/2, where 1/p, 1/(1-p), p and 1-p all differ.", 0},
     {.N = 7, .C = 5, .block = 2, .p = 0.2, .mask = 1}},
    {{"classic", "bounded", "REG-05 REG-09",
      "The paper's form: nothing is scaled in training, everything by 1-p at inference.", 0},
     {.N = 7, .C = 5, .block = 2, .p = 0.2, .scaling = "classic", .mask = 1}},
    {{"realised", "bounded", "REG-05",
      "Scaled by what was kept in each sample: another factor in every row.", 0},
     {.N = 9, .C = 7, .block = 2, .p = 0.3, .scaling = "realised", .mask = 1}},
    {{"from_uniforms", "bounded", "REG-06 REG-07 REG-08",
      "The mask is drawn from given uniform numbers, as Keras does: kept where u >= rate.", 0},
     {.N = 11, .C = 4, .block = 2, .p = 0.25}},
    {{"from_uniforms_below", "bounded", "REG-06 REG-07",
      "The same draw by u < 1-p: as many survivors in the mean, but others.", 0},
     {.N = 11, .C = 4, .block = 2, .p = 0.25, .threshold = "below_keep"}},
    {{"keep_probability", "bounded", "REG-06",
      "p is the probability to survive, as in TensorFlow 1; 0.9 would drop nearly everything else.",
       0},
     {.N = 6, .C = 8, .block = 2, .p = 0.9, .argument = "keep"}},
    {{"keep_probability_classic", "bounded", "REG-05",
      "A keep probability in the classic form.", 0},
     {.N = 6, .C = 8, .block = 2, .p = 0.7, .argument = "keep", .scaling = "classic",
      .threshold = "below_keep"}},
    {{"half", "bounded", "REG-08",
      "Rate 1/2 of dense layers, where p and 1-p are one: a fixed point of half of all mistakes.",
       0},
     {.N = 5, .C = 6, .block = 2, .p = 0.5}},
    {{"nothing_dropped", "bounded", "REG-06",
      "Rate 0 is the identity, in the gradient too.", 0}, {.N = 4, .C = 3, .block = 2, .p = 0}},
    {{"nothing_dropped_classic", "bounded", "REG-05",
      "Rate 0 in the classic form is the identity as well.", 0},
     {.N = 4, .C = 3, .block = 2, .p = 0, .scaling = "classic"}},
    {{"everything_dropped", "bounded", "REG-06",
      "Rate 1: zeros and no 0/0, while inference keeps its input.", 0},
     {.N = 4, .C = 3, .block = 2, .p = 1}},
    {{"empty_samples", "bounded", "REG-05",
      "Short rows of which some lose every unit: the realised scale has no survivors to count.", 0},
     {.N = 13, .C = 2, .block = 2, .p = 0.6, .scaling = "realised"}},
    {{"zeros_inside", "exact", "REG-07",
      "Kept units whose activation is 0, as after a ReLU, still pass their gradient on.", 0},
     {.N = 8, .C = 6, .block = 2, .p = 0.5, .mask = 1, .data = ZEROS_INSIDE}},
    {{"exact_inverted", "exact", "REG-06 DST-02",
      "Rate 3/4, whole data: a scale of 4 and no rounding anywhere.", 0},
     {.N = 9, .C = 5, .block = 2, .p = 0.75, .data = DYADIC}},
    {{"exact_classic", "exact", "REG-05 DST-02",
      "Rate 1/4 in the classic form without rounding.", 0},
     {.N = 9, .C = 5, .block = 2, .p = 0.25, .scaling = "classic", .data = DYADIC}},
    {{"tie_at_rate", "exact", "REG-06",
      "Uniform numbers that equal the rate are kept by u >= rate.", 0},
     {.N = 5, .C = 4, .block = 2, .p = 0.75, .data = TIES}},
    {{"tie_at_keep", "exact", "REG-06",
      "Uniform numbers that equal 1-p are dropped by u < 1-p.", 0},
     {.N = 5, .C = 4, .block = 2, .p = 0.75, .threshold = "below_keep", .data = TIES}},
    {{"one_unit", "bounded", "REG-06", "One sample of one unit, which survives.", 0},
     {.N = 1, .C = 1, .block = 4, .p = 0.125}},
    {{"convolutional_rate", "bounded", "REG-06 REG-08 DST-08",
      "67 samples in blocks of 8 at the rate 0.25 of convolution blocks: each with its own mask.",
       0},
     {.N = 67, .C = 3, .block = 8, .p = 0.25}},
    {{"layer", "bounded", "REG-06 REG-08",
      "A layer of realistic size: 32 samples of 33 units at the rate 0.1.", 2},
     {.N = 32, .C = 33, .block = 4, .p = 0.1}},
    {{"forward_only", "bounded", "REG-09", "Without an upstream gradient there is no dx.", 0},
     {.N = 5, .C = 4, .block = 2, .p = 0.4, .forward_only = 1}},
    /* clang-format on */
};

static void fill_mask(struct assay_case *test, const struct setting *is)
{
    struct dims dims = DIMS(is->N, is->C);
    if (!is->mask && is->data == DYADIC)
        case_dyadic(test, "u", dims, 0.0625, 0.9375, 0.125);
    else if (!is->mask && is->data == TIES)
        case_dyadic(test, "u", dims, 0, 0.75, 0.25);
    else if (!is->mask)
        case_uniform(test, "u", dims, 0.001, 0.999);
    if (!is->mask)
        return;
    case_labels(test, "mask", is->N * is->C, 3); /* 0, 1, 2: two in three survive */
    struct request_array *mask = &test->request.input[test->request.inputs - 1];
    mask->rank = 2;
    mask->dim[0] = is->N;
    mask->dim[1] = is->C;
    for (size_t i = 0; i < mask->count; i++)
        mask->value[i] = mask->value[i] > 0;
}

static void fill(struct assay_case *test, const struct setting *is)
{
    struct dims dims = DIMS(is->N, is->C);
    int exact = is->data != RANDOM;
    case_number(test, "block", (double)is->block);
    case_number(test, "p", is->p);
    if (is->scaling)
        case_choice(test, "scaling", is->scaling);
    if (is->argument)
        case_choice(test, "argument", is->argument);
    if (is->threshold)
        case_choice(test, "threshold", is->threshold);
    if (exact)
        case_dyadic(test, "x", dims, 1, 9, 1);
    else
        case_signed(test, "x", dims, 0.5, 2);
    double *x = case_input(test, "x");
    for (size_t i = 0; is->data == ZEROS_INSIDE && i < is->N * is->C; i++)
        x[i] = i % 3 == 1 ? 0 : x[i];
    fill_mask(test, is);
    if (!is->forward_only && exact)
        case_dyadic(test, "dy", dims, 1, 9, 1);
    else if (!is->forward_only)
        case_signed(test, "dy", dims, 0.5, 2);
}

/* Whoever answers draws; rate 1/4, given as that or as its complement. */
static void add_random(struct case_list *list)
{
    struct case_head head = {
        "drawn", "statistical", "REG-06 REG-08",
        "3072 units of an own draw: three in four survive as 4, each for itself.", 0};
    struct assay_case *test = case_add(list, &head);
    case_number(test, "p", 0.25);
    case_constant(test, "x", DIMS(64, 48), 3);
    case_drawn(test, "u", "uniform", DIMS(64, 48));
    case_law(test, "y", "two 4 0.75 0");
    struct case_head classic = {
        "drawn_classic", "statistical", "REG-05 REG-06",
        "A keep probability of 3/4 and no scale: only the frequency tells rate and keep apart.", 0};
    test = case_add(list, &classic);
    case_number(test, "p", 0.75);
    case_choice(test, "argument", "keep");
    case_choice(test, "scaling", "classic");
    case_choice(test, "threshold", "below_keep");
    case_constant(test, "x", DIMS(64, 32), 3);
    case_drawn(test, "u", "uniform", DIMS(64, 32));
    case_law(test, "y", "two 3 0.75 0");
}

static const struct refusal impossible[] = {
    /* clang-format off */
    {"scaling_unknown", "inverted", CHOICE_SET, "scaling", 0, "upscale", 0,
     "Falling back to a default would scale by a factor that nobody asked for."},
    {"argument_unknown", "keep_probability", CHOICE_SET, "argument", 0, "retain", 0,
     "Rate or survival: the wrong guess drops 9 units of 10 instead of one."},
    {"threshold_unknown", "from_uniforms", CHOICE_SET, "threshold", 0, "above", 0,
     "Another comparison keeps other units."},
    {"upstream_short", "inverted", INPUT_SHORTER, "dy", 0, NULL, 1,
     "A gradient of another width: read on, it belongs to other units."},
    /* clang-format on */
};

void dropout_cases(struct case_list *list)
{
    for (size_t i = 0; i < sizeof rows / sizeof *rows; i++)
        fill(case_add(list, &rows[i].head), &rows[i].is);
    add_random(list);
    case_refusals(list, impossible, sizeof impossible / sizeof *impossible);
    mask_refusals(list, "from_uniforms", "inverted");
}
