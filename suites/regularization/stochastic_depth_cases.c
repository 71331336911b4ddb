// SPDX-License-Identifier: MIT
#include "../case_builder.h"

struct setting {
    size_t N, C, block;
    double p, layer, layers; /* layers 0: constant decay */
    int inference, batch, mask, dyadic, forward_only;
};

static const struct row {
    struct case_head head;
    struct setting is;
} rows[] = {
    /* clang-format off */
    {{"inverted", "bounded", "REG-06 VIS-02",
      "Each sample draws for itself; survivors are scaled up.", 0},
     {.N = 9, .C = 4, .block = 2, .p = 0.3}},
    {{"at_inference", "bounded", "REG-05 VIS-02",
      "The paper's form: the branch is scaled down at inference.", 0},
     {.N = 9, .C = 4, .block = 2, .p = 0.3, .inference = 1}},
    {{"linear_decay", "bounded", "REG-06",
      "Block 3 of 12 of a network whose last block survives with 0.5.", 0},
     {.N = 8, .C = 3, .block = 2, .p = 0.5, .layer = 3, .layers = 12}},
    {{"last_layer", "bounded", "REG-05", "The last block has the full rate, in the paper's form.",
      0},
     {.N = 8, .C = 3, .block = 2, .p = 0.4, .layer = 7, .layers = 7, .inference = 1}},
    {{"batch_kept", "bounded", "REG-06", "One draw for all samples, and the block is kept.", 0},
     {.N = 6, .C = 5, .block = 2, .p = 0.3, .batch = 1, .mask = 1}},
    {{"batch_dropped", "bounded", "REG-06", "One draw for all samples, and the block is left out.",
      0},
     {.N = 6, .C = 5, .block = 2, .p = 0.3, .batch = 1, .mask = 2}},
    {{"always_kept", "bounded", "REG-06", "Rate 0 is a plain residual block.", 0},
     {.N = 4, .C = 3, .block = 2, .p = 0}},
    {{"never_kept", "bounded", "REG-06",
      "Rate 1: the block is the identity in training, without 0/0.", 0},
     {.N = 4, .C = 3, .block = 2, .p = 1}},
    {{"many_samples", "bounded", "REG-06 DST-08", "53 samples in blocks of 4.", 0},
     {.N = 53, .C = 2, .block = 4, .p = 0.2}},
    {{"exact", "exact", "REG-06 DST-02", "Rate 3/4 and whole data.", 0},
     {.N = 9, .C = 4, .block = 2, .p = 0.75, .dyadic = 1}},
    {{"forward_only", "bounded", "REG-06", "Without an upstream gradient.", 0},
     {.N = 5, .C = 3, .block = 2, .p = 0.4, .forward_only = 1}},
    /* clang-format on */
};

static void fill(struct assay_case *test, const struct setting *is, const char *name)
{
    if (is->dyadic)
        case_dyadic(test, name, DIMS(is->N, is->C), -8, 8, 1);
    else
        case_signed(test, name, DIMS(is->N, is->C), 0.5, 2);
}

/* Whoever answers draws, one number a sample: 1024 samples of two units. */
static void add_random(struct case_list *list)
{
    struct case_head head = {
        "drawn", "statistical", "REG-06 VIS-02",
        "An own draw for each sample: 1 + 4 for three in four, 1 for the others.", 0};
    struct assay_case *test = case_add(list, &head);
    case_number(test, "p", 0.25);
    case_constant(test, "x", DIMS(1024, 2), 1);
    case_constant(test, "branch", DIMS(1024, 2), 3);
    case_drawn(test, "u", "uniform", DIMS(1024));
    case_law(test, "y", "two 5 0.75 1 per 1");
    struct case_head deep = {
        "drawn_deep", "statistical", "REG-05 REG-06",
        "Layer 3 of 6 at the rate 1/2 survives with 3/4, unscaled as in the paper.", 0};
    test = case_add(list, &deep);
    case_number(test, "p", 0.5);
    case_choice(test, "decay", "linear");
    case_number(test, "layer", 3);
    case_number(test, "layers", 6);
    case_choice(test, "scaling", "inference");
    case_constant(test, "x", DIMS(1024, 1), 1);
    case_constant(test, "branch", DIMS(1024, 1), 3);
    case_drawn(test, "u", "uniform", DIMS(1024));
    case_law(test, "y", "two 4 0.75 1 per 1");
}

static const struct refusal impossible[] = {
    /* clang-format off */
    {"p_above_one", "inverted", NUMBER_SET, "p", 1.25, NULL, 0,
     "A negative probability to survive turns the branch around."},
    {"p_negative", "inverted", NUMBER_SET, "p", -0.25, NULL, 0,
     "A probability to survive above 1 keeps every branch and shrinks it."},
    {"p_missing", "inverted", NUMBER_GONE, "p", 0, NULL, 0,
     "There is no rate that everybody would take for granted."},
    {"layer_beyond_the_last", "linear_decay", NUMBER_SET, "layer", 13, NULL, 0,
     "Layer 13 of 12 would have a rate above the last one's."},
    {"layer_zero", "linear_decay", NUMBER_SET, "layer", 0, NULL, 0,
     "Layers count from 1: layer 0 would never be left out."},
    {"layers_missing", "linear_decay", NUMBER_GONE, "layers", 0, NULL, 0,
     "A rate that depends on depth needs the depth."},
    {"decay_unknown", "linear_decay", CHOICE_SET, "decay", 0, "cosine", 0,
     "A constant rate instead would be far too large here."},
    {"scaling_unknown", "inverted", CHOICE_SET, "scaling", 0, "both", 0,
     "Scaled twice or never: the mean of the branch would be wrong."},
    {"scope_unknown", "inverted", CHOICE_SET, "scope", 0, "layer", 0,
     "One draw for all samples or one each."},
    {"mask_of_two", "batch_kept", ELEMENT_SET, "mask", 2, NULL, 0,
     "Twice a branch is neither kept nor left out."},
    {"uniform_of_one", "inverted", ELEMENT_SET, "u", 1, NULL, 3,
     "A uniform number of 1 is not below 1."},
    {"uniforms_short", "inverted", INPUT_SHORTER, "u", 0, NULL, 0,
     "The last sample has no draw."},
    {"branch_missing", "inverted", INPUT_GONE, "branch", 0, NULL, 0,
     "Without a branch there is nothing to leave out."},
    /* clang-format on */
};

void stochastic_depth_cases(struct case_list *list)
{
    for (size_t i = 0; i < sizeof rows / sizeof *rows; i++) {
        const struct setting *is = &rows[i].is;
        struct assay_case *test = case_add(list, &rows[i].head);
        case_number(test, "block", (double)is->block);
        case_number(test, "p", is->p);
        if (is->layers > 0) {
            case_choice(test, "decay", "linear");
            case_number(test, "layer", is->layer);
            case_number(test, "layers", is->layers);
        }
        if (is->inference)
            case_choice(test, "scaling", "inference");
        if (is->batch)
            case_choice(test, "scope", "batch");
        fill(test, is, "x");
        fill(test, is, "branch");
        if (is->mask)
            case_integers(test, "mask", DIMS(1), (int[]){is->mask == 1});
        else
            case_uniform(test, "u", DIMS(is->N), 0.001, 0.999);
        if (!is->forward_only)
            fill(test, is, "dy");
    }
    add_random(list);
    case_refusals(list, impossible, sizeof impossible / sizeof *impossible);
}
