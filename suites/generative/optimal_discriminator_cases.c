// SPDX-License-Identifier: MIT
#include "../case_builder.h"

enum data { RANDOM, EQUAL, CLOSE, WITH_ZEROS, DISJOINT, NORMALS };

/* I cells in blocks of `block`; what is NULL or 0 is not stated. */
static const struct row {
    struct case_head head;
    size_t I, block;
    enum data data;
    const char *normalization, *measure, *base, *both_zero;
    int weighted, played;
    double upstream;
} rows[] = {
    {{"masses", "bounded", "GAN-07 GAN-08", "Two random distributions over 9 cells.", 0},
     .I = 9,
     .block = 2,
     .data = RANDOM,
     .played = 1},
    {{"stated", "bounded", "GAN-08",
      "All conventions stated; weights of cells; the gradient of the divergence.", 0},
     .I = 7,
     .block = 4,
     .data = RANDOM,
     .normalization = "no",
     .measure = "divergence",
     .base = "nats",
     .both_zero = "half",
     .weighted = 1,
     .upstream = -1.5},
    {{"normalised", "bounded", "GAN-08",
      "Neither adds up to 1: the gradient goes back through both sums.", 0},
     .I = 9,
     .block = 2,
     .data = RANDOM,
     .normalization = "yes",
     .upstream = 2},
    {{"normalised_weighted", "bounded", "GAN-08",
      "Densities over cells of different sizes: the sum is over masses.", 0},
     .I = 7,
     .block = 2,
     .data = RANDOM,
     .normalization = "yes",
     .weighted = 1,
     .played = 1,
     .upstream = 0.75},
    {{"scipy", "bounded", "GAN-08", "SciPy's jensenshannon: normalised, and the root.", 0},
     .I = 8,
     .block = 4,
     .data = RANDOM,
     .normalization = "yes",
     .measure = "distance",
     .upstream = 1.5},
    {{"distance_in_bits", "bounded", "GAN-08", "The root of bits, which is not bits of the root.",
      0},
     .I = 8,
     .block = 2,
     .data = RANDOM,
     .measure = "distance",
     .base = "bits",
     .upstream = 1},
    {{"bits", "bounded", "GAN-08", "The divergence in bits; value and losses stay in nats.", 0},
     .I = 6,
     .block = 2,
     .data = RANDOM,
     .base = "bits",
     .upstream = -2},
    {{"equilibrium", "bounded", "GAN-07",
      "p = q: D is 1/2 everywhere, losses log 2, value -log 4, divergence 0, accuracy 1/2.", 0},
     .I = 8,
     .block = 2,
     .data = EQUAL,
     .played = 1},
    {{"near_equilibrium", "bounded", "GAN-07",
      "p and q differ by a thousandth: a divergence of 1e-7 that must not be lost.", 0},
     .I = 8,
     .block = 2,
     .data = CLOSE,
     .normalization = "yes"},
    {{"with_zeros", "bounded", "GAN-08",
      "Cells where p, q or both are 0: their terms are 0 and not NaN.", 0},
     .I = 9,
     .block = 2,
     .data = WITH_ZEROS},
    {{"with_zeros_called_zero", "bounded", "GAN-08",
      "The same, normalised; where nobody is, D is said to be 0.", 0},
     .I = 9,
     .block = 2,
     .data = WITH_ZEROS,
     .normalization = "yes",
     .both_zero = "zero",
     .weighted = 1},
    {{"disjoint", "bounded", "GAN-08",
      "No cell in common: D is never wrong, value 0, divergence log 2, accuracy 1.", 0},
     .I = 8,
     .block = 2,
     .data = DISJOINT},
    {{"disjoint_bits", "bounded", "GAN-08", "The same in bits: exactly 1, but for roundings.", 0},
     .I = 8,
     .block = 4,
     .data = DISJOINT,
     .base = "bits",
     .measure = "distance"},
    {{"two_normals", "bounded", "GAN-06 GAN-07",
      "Densities of document 004 C8's marginal and of a generator that has not got there yet, on a "
      "grid of 27 cells of 0.25.",
      0},
     .I = 27,
     .block = 4,
     .data = NORMALS,
     .weighted = 1,
     .played = 1},
    {{"many_blocks", "bounded", "GAN-08 DST-02", "33 cells in blocks of 2.", 0},
     .I = 33,
     .block = 2,
     .data = RANDOM,
     .normalization = "yes"},
};

static const struct refusal refusals[] = {
    {"p_negative", "bits", ELEMENT_SET, "p", -0.1, NULL, 2, "A density is not negative."},
    {"q_negative", "bits", ELEMENT_SET, "q", -0.1, NULL, 5, "A density is not negative."},
    {"weight_negative", "stated", ELEMENT_SET, "weight", -1, NULL, 3, "A cell has a size."},
    {"discriminator_sure", "masses", ELEMENT_SET, "discriminator", 1, NULL, 4,
     "Its loss would be infinite where q is not 0."},
    {"lengths_differ", "bits", INPUT_SHORTER, "q", 0, NULL, 0, "Another grid."},
    {"measure_unknown", "bits", CHOICE_SET, "measure", 0, "square", 0, "Divergence or distance."},
};

/* N(2, 0.5) and N(1.5, 0.75), roughly, at -1.25, -1, ...: tabulated, because the exponentials of
 * mathematical libraries differ. */
static const double real_density[] = {0,     0,     0,     0,     0,     0,     0.001, 0.004, 0.018,
                                      0.054, 0.13,  0.35,  0.484, 0.704, 0.798, 0.704, 0.484, 0.35,
                                      0.13,  0.054, 0.018, 0.004, 0.001, 0,     0,     0,     0};
static const double generated_density[] = {
    0.001, 0.002, 0.004, 0.01, 0.018, 0.036, 0.072, 0.122, 0.18,  0.27, 0.35,  0.43,  0.503, 0.532,
    0.503, 0.43,  0.35,  0.27, 0.18,  0.122, 0.072, 0.036, 0.018, 0.01, 0.004, 0.002, 0.001};

static void fill_densities(struct assay_case *test, const struct row *row)
{
    size_t I = row->I;
    if (row->data == NORMALS) {
        case_values(test, "p", DIMS(I), real_density);
        case_values(test, "q", DIMS(I), generated_density);
        return;
    }
    case_uniform(test, "p", DIMS(I), 0.02, 0.25);
    case_uniform(test, "q", DIMS(I), 0.02, 0.25);
    double *p = case_input(test, "p"), *q = case_input(test, "q");
    for (size_t i = 0; i < I; i++) {
        if (row->data == EQUAL)
            p[i] = q[i] = 0.125;
        if (row->data == CLOSE)
            q[i] = (float)(p[i] * (1 + (q[i] - 0.135) / 100));
        if (row->data == WITH_ZEROS && i % 3 == 0)
            p[i] = 0;
        if (row->data == WITH_ZEROS && i % 4 == 0)
            q[i] = 0;
        if (row->data == DISJOINT)
            *(i % 3 == 1 ? &p[i] : &q[i]) = 0;
    }
}

void optimal_discriminator_cases(struct case_list *list)
{
    for (size_t i = 0; i < sizeof rows / sizeof *rows; i++) {
        const struct row *row = &rows[i];
        struct assay_case *test = case_add(list, &row->head);
        const char *const choices[][2] = {{"normalization", row->normalization},
                                          {"measure", row->measure},
                                          {"base", row->base},
                                          {"both_zero", row->both_zero}};
        case_number(test, "block", (double)row->block);
        for (size_t k = 0; k < sizeof choices / sizeof *choices; k++)
            if (choices[k][1])
                case_choice(test, choices[k][0], choices[k][1]);
        fill_densities(test, row);
        if (row->data == NORMALS)
            case_constant(test, "weight", DIMS(row->I), 0.25);
        else if (row->weighted)
            case_uniform(test, "weight", DIMS(row->I), 0.25, 2);
        if (row->played)
            case_uniform(test, "discriminator", DIMS(row->I), 0.05, 0.95);
        if (row->upstream < 0 || row->upstream > 0)
            case_constant(test, "djensen_shannon", SCALAR, row->upstream);
    }
    case_refusals(list, refusals, sizeof refusals / sizeof *refusals);
}
