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
    {{"inverted", "bounded", "REG-06 VIS-02", "Each sample draws for itself; survivors are scaled up.", 0},
     {.N = 9, .C = 4, .block = 2, .p = 0.3}},
    {{"at_inference", "bounded", "REG-05 VIS-02", "The paper's form: the branch is scaled down at inference.", 0},
     {.N = 9, .C = 4, .block = 2, .p = 0.3, .inference = 1}},
    {{"linear_decay", "bounded", "REG-06", "Block 3 of 12 of a network whose last block survives with 0.5.", 0},
     {.N = 8, .C = 3, .block = 2, .p = 0.5, .layer = 3, .layers = 12}},
    {{"last_layer", "bounded", "REG-05", "The last block has the full rate, in the paper's form.", 0},
     {.N = 8, .C = 3, .block = 2, .p = 0.4, .layer = 7, .layers = 7, .inference = 1}},
    {{"batch_kept", "bounded", "REG-06", "One draw for all samples, and the block is kept.", 0},
     {.N = 6, .C = 5, .block = 2, .p = 0.3, .batch = 1, .mask = 1}},
    {{"batch_dropped", "bounded", "REG-06", "One draw for all samples, and the block is left out.", 0},
     {.N = 6, .C = 5, .block = 2, .p = 0.3, .batch = 1, .mask = 2}},
    {{"always_kept", "bounded", "REG-06", "Rate 0 is a plain residual block.", 0},
     {.N = 4, .C = 3, .block = 2, .p = 0}},
    {{"never_kept", "bounded", "REG-06", "Rate 1: the block is the identity in training, without 0/0.", 0},
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
}
