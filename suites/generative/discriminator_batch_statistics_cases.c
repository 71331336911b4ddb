// SPDX-License-Identifier: MIT
#include "../case_builder.h"

enum { STATED = 4 };

/* N real and M generated samples, B of the generator's step (0: none), I features, H units. Real
 * samples are around `apart`, generated ones around -apart. */
static const struct row {
    struct case_head head;
    size_t N, M, B, I, H, block;
    const char *choice[STATED][2];
    struct {
        const char *name;
        double value;
    } number[STATED];
    double apart, dloss;
    int equal;
} rows[] = {
#define JOINT                                                                                      \
    {                                                                                              \
        "batches", "joint"                                                                         \
    }
#define KERAS                                                                                      \
    {"running_variance_kind", "biased"},                                                           \
    {                                                                                              \
        "generator_statistics", "running"                                                          \
    }
    {{"separate", "bounded", "GAN-01 GAN-04",
      "Real and generated samples are normalised each by their own: their distance is gone.", 0},
     .N = 6,
     .M = 5,
     .I = 2,
     .H = 3,
     .block = 2,
     .apart = 1},
    {{"separate_stated", "bounded", "GAN-04",
      "All conventions stated, the generator's step behind, an upstream gradient of -1.5.", 0},
     .N = 5,
     .M = 7,
     .B = 4,
     .I = 3,
     .H = 2,
     .block = 4,
     .apart = 0.5,
     .dloss = -1.5,
     .choice = {{"batches", "separate"},
                {"updated_by", "all"},
                {"generator_statistics", "batch"},
                {"running_variance_kind", "unbiased"}},
     .number = {{"epsilon", 1e-5}, {"momentum", 0.1}, {"slope", 0.2}}},
    {{"joint", "bounded", "GAN-01 GAN-04",
      "One normalisation of both: gradients of each batch go through the other.", 0},
     .N = 6,
     .M = 5,
     .I = 2,
     .H = 3,
     .block = 2,
     .apart = 1,
     .choice = {JOINT}},
    {{"joint_generator", "bounded", "GAN-04",
      "Trained on joint batches, then met by generated samples alone, whose mean is their own.", 0},
     .N = 4,
     .M = 4,
     .B = 5,
     .I = 2,
     .H = 2,
     .block = 2,
     .apart = 1,
     .choice = {JOINT},
     .number = {{"momentum", 0.5}},
     .dloss = 2},
    {{"updated_by_real", "bounded", "GAN-04", "Only the real batch moves the running statistics.",
      0},
     .N = 6,
     .M = 5,
     .I = 2,
     .H = 2,
     .block = 2,
     .apart = 1,
     .choice = {{"updated_by", "real"}},
     .number = {{"momentum", 0.25}}},
    {{"updated_by_none", "bounded", "GAN-04", "Nobody moves them but the generator's step.", 0},
     .N = 3,
     .M = 4,
     .B = 5,
     .I = 2,
     .H = 2,
     .block = 2,
     .apart = 1,
     .choice = {{"updated_by", "none"}},
     .number = {{"momentum", 0.25}}},
    {{"keras", "bounded", "GAN-05",
      "Keras: biased variances, momentum 0.01, and a frozen discriminator in inference: the "
      "generator meets running statistics.",
      0},
     .N = 5,
     .M = 5,
     .B = 6,
     .I = 2,
     .H = 3,
     .block = 2,
     .apart = 0.5,
     .choice = {KERAS},
     .number = {{"momentum", 0.01}, {"epsilon", 1e-3}, {"slope", 0.3}}},
    {{"pytorch", "bounded", "GAN-05",
      "PyTorch: the generator's step has statistics of its own, and moves the running ones.", 0},
     .N = 5,
     .M = 5,
     .B = 6,
     .I = 2,
     .H = 3,
     .block = 2,
     .apart = 0.5},
    {{"equal_batches", "bounded", "GAN-07",
      "The generator copies the data: separate and joint differ in the unbiased variance alone.",
      0},
     .N = 4,
     .M = 4,
     .I = 2,
     .H = 2,
     .block = 2,
     .apart = 0.5,
     .equal = 1,
     .choice = {JOINT}},
    {{"large_epsilon", "bounded", "GAN-04",
      "epsilon 0.5 and slope 0: an epsilon outside the root, or a leak, would show.", 0},
     .N = 5,
     .M = 4,
     .I = 2,
     .H = 3,
     .block = 2,
     .apart = 1,
     .number = {{"epsilon", 0.5}, {"slope", 0}}},
    {{"momentum_one", "bounded", "GAN-04",
      "The running statistics are those of the last batch, which is the generated one.", 0},
     .N = 4,
     .M = 5,
     .I = 2,
     .H = 2,
     .block = 2,
     .apart = 1,
     .number = {{"momentum", 1}}},
    {{"far_away", "bounded", "GAN-01", "Each batch is 200 from 0: only a two-pass variance holds.",
      0},
     .N = 5,
     .M = 6,
     .I = 2,
     .H = 2,
     .block = 2,
     .apart = 200},
    {{"many_blocks", "bounded", "GAN-04 DST-02", "Batches of 13, 9 and 11 in blocks of 2, joint.",
      0},
     .N = 13,
     .M = 9,
     .B = 11,
     .I = 2,
     .H = 2,
     .block = 2,
     .apart = 0.5,
     .choice = {JOINT}},
};

static const struct refusal refusals[] = {
    {"epsilon_zero", "updated_by_real", NUMBER_SET, "epsilon", 0, NULL, 0,
     "A constant unit would be divided by 0."},
    {"momentum_above_one", "updated_by_real", NUMBER_SET, "momentum", 1.5, NULL, 0,
     "The old statistics would count negatively."},
    {"variance_negative", "updated_by_real", ELEMENT_SET, "running_variance", -1, NULL, 1,
     "A variance is not negative."},
    {"joint_updated_by_real", "equal_batches", CHOICE_SET, "updated_by", 0, "real", 0,
     "Joint statistics are not those of real samples."},
    {"batches_unknown", "updated_by_real", CHOICE_SET, "batches", 0, "alternating", 0,
     "Separate or joint."},
    {"gamma_missing", "updated_by_real", INPUT_GONE, "gamma", 0, NULL, 0,
     "A parameter is missing."},
};

static void fill(struct assay_case *test, const struct row *row)
{
    size_t I = row->I, H = row->H;
    case_uniform(test, "w1", DIMS(I, H), -1, 1);
    case_uniform(test, "gamma", DIMS(H), 0.5, 1.5);
    case_uniform(test, "beta", DIMS(H), -0.5, 0.5);
    case_uniform(test, "w2", DIMS(H), -1, 1);
    case_uniform(test, "b2", SCALAR, -0.5, 0.5);
    case_uniform(test, "running_mean", DIMS(H), -1, 1);
    case_uniform(test, "running_variance", DIMS(H), 0.5, 2);
    case_normal(test, "real", DIMS(row->N, I), row->apart, 0.5);
    case_normal(test, "fake", DIMS(row->M, I), -row->apart, 0.75);
    double *real = case_input(test, "real"), *fake = case_input(test, "fake");
    for (size_t i = 0; row->equal && i < row->N * I; i++)
        fake[i] = real[i];
    if (row->B)
        case_normal(test, "generated", DIMS(row->B, I), -row->apart / 2, 0.75);
    if (row->dloss < 0 || row->dloss > 0)
        case_constant(test, "dloss", SCALAR, row->dloss);
}

void discriminator_batch_statistics_cases(struct case_list *list)
{
    for (size_t i = 0; i < sizeof rows / sizeof *rows; i++) {
        const struct row *row = &rows[i];
        struct assay_case *test = case_add(list, &row->head);
        case_number(test, "block", (double)row->block);
        for (size_t k = 0; k < STATED && row->choice[k][0]; k++)
            case_choice(test, row->choice[k][0], row->choice[k][1]);
        for (size_t k = 0; k < STATED && row->number[k].name; k++)
            case_number(test, row->number[k].name, row->number[k].value);
        fill(test, row);
    }
    case_refusals(list, refusals, sizeof refusals / sizeof *refusals);
}
