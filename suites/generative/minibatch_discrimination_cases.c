// SPDX-License-Identifier: MIT
#include "../case_builder.h"

enum { STATED = 2 };

static const struct row {
    struct case_head head;
    size_t N, A, B, C, block;
    const char *choice[STATED][2];
    double scale; /* of T; 0: 0.5 */
    int biased, forward, equal;
} rows[] = {
    {{"included", "bounded", "GAN-01",
      "Every sample is near itself: o counts one more than there are others.", 0},
     .N = 5,
     .A = 3,
     .B = 2,
     .C = 2,
     .block = 2},
    {{"stated", "bounded", "GAN-01", "All stated, with a bias; other sizes everywhere.", 0},
     .N = 4,
     .A = 2,
     .B = 3,
     .C = 1,
     .block = 3,
     .biased = 1,
     .choice = {{"self", "included"}, {"reduction", "sum"}}},
    {{"excluded", "bounded", "GAN-01", "The authors' code: a sample does not meet itself.", 0},
     .N = 5,
     .A = 3,
     .B = 2,
     .C = 2,
     .block = 2,
     .biased = 1,
     .choice = {{"self", "excluded"}}},
    {{"mean", "bounded", "GAN-01", "The mean over all samples, itself among them.", 0},
     .N = 6,
     .A = 2,
     .B = 2,
     .C = 2,
     .block = 4,
     .choice = {{"reduction", "mean"}}},
    {{"mean_of_others", "bounded", "GAN-01", "The mean over the others: divided by N - 1.", 0},
     .N = 5,
     .A = 2,
     .B = 2,
     .C = 3,
     .block = 2,
     .biased = 1,
     .choice = {{"self", "excluded"}, {"reduction", "mean"}}},
    {{"far_apart", "bounded", "GAN-01",
      "Projections about 30 apart: kernels of e^-30 that still have gradients.", 0},
     .N = 3,
     .A = 2,
     .B = 2,
     .C = 1,
     .block = 2,
     .scale = 12,
     .choice = {{"self", "excluded"}}},
    {{"nearly_collapsed", "bounded", "GAN-01",
      "Mode collapse: samples differ by a hundredth, kernels are nearly 1, gradients are not "
      "small.",
      0},
     .N = 4,
     .A = 2,
     .B = 2,
     .C = 2,
     .block = 2,
     .equal = 1},
    {{"one_sample", "bounded", "GAN-01", "A batch of one: o is 1.", 0},
     .N = 1,
     .A = 2,
     .B = 2,
     .C = 1,
     .block = 2},
    {{"forward_only", "bounded", "GAN-01", "Without an upstream gradient.", 0},
     .N = 3,
     .A = 2,
     .B = 1,
     .C = 2,
     .block = 2,
     .forward = 1},
    {{"many_blocks", "bounded", "GAN-01 DST-02", "Eleven samples in blocks of 2.", 0},
     .N = 11,
     .A = 2,
     .B = 2,
     .C = 1,
     .block = 2,
     .biased = 1},
};

static const struct refusal refusals[] = {
    {"width_differs", "one_sample", INPUT_SHORTER, "T", 0, NULL, 0, "T does not fit the samples."},
    {"no_projection", "one_sample", INPUT_GONE, "T", 0, NULL, 0, "T is a parameter."},
    {"self_unknown", "one_sample", CHOICE_SET, "self", 0, "twice", 0, "Included or excluded."},
    {"empty", "one_sample", INPUT_SHORTER, "x", 0, NULL, 0, "There is no sample."},
};

void minibatch_discrimination_cases(struct case_list *list)
{
    for (size_t i = 0; i < sizeof rows / sizeof *rows; i++) {
        const struct row *row = &rows[i];
        struct assay_case *test = case_add(list, &row->head);
        double scale = row->scale > 0 ? row->scale : 0.5;
        case_number(test, "block", (double)row->block);
        for (size_t k = 0; k < STATED && row->choice[k][0]; k++)
            case_choice(test, row->choice[k][0], row->choice[k][1]);
        case_normal(test, "x", DIMS(row->N, row->A), 0, 1);
        double *x = case_input(test, "x");
        for (size_t k = 0; row->equal && k < row->N * row->A; k++)
            x[k] = (float)(1 + x[k] / 64);
        case_signed(test, "T", DIMS(row->A, row->B, row->C), scale / 2, scale);
        if (row->biased)
            case_uniform(test, "bias", DIMS(row->B), -1, 1);
        if (!row->forward)
            case_uniform(test, "dy", DIMS(row->N, row->A + row->B), -2, 2);
    }
    case_refusals(list, refusals, sizeof refusals / sizeof *refusals);
}
