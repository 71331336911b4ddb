// SPDX-License-Identifier: MIT
#include "../case_builder.h"

enum partners { PERMUTATION, REVERSED, SELF };

struct setting {
    size_t N, D, K, block;
    int each, larger, dyadic;
    enum partners partners;
    double lambda; /* of the batch */
};

static const struct row {
    struct case_head head;
    struct setting is;
} rows[] = {
    /* clang-format off */
    {{"batch", "bounded", "REG-31 REG-35", "One lambda for the batch, far from 1/2.", 0},
     {.N = 7, .D = 5, .K = 3, .block = 2, .lambda = 0.8}},
    {{"batch_below_half", "bounded", "REG-31", "The partner dominates: lambda 0.2.", 0},
     {.N = 7, .D = 5, .K = 3, .block = 2, .lambda = 0.2}},
    {{"sample", "bounded", "REG-31", "Each sample has a lambda of its own.", 0},
     {.N = 9, .D = 4, .K = 3, .block = 2, .each = 1}},
    {{"keep_larger", "bounded", "REG-31", "Each sample keeps the larger share, as in MixMatch.", 0},
     {.N = 9, .D = 4, .K = 3, .block = 2, .each = 1, .larger = 1}},
    {{"batch_keep_larger", "bounded", "REG-31", "The same for one lambda below 1/2.", 0},
     {.N = 6, .D = 3, .K = 2, .block = 2, .lambda = 0.3, .larger = 1}},
    {{"reversed_partners", "bounded", "REG-31",
      "Partners from the other end of the batch, as timm flips it.", 0},
     {.N = 8, .D = 3, .K = 4, .block = 2, .lambda = 0.7, .partners = REVERSED}},
    {{"own_partner", "bounded", "REG-31", "Every sample is mixed with itself and stays.", 0},
     {.N = 5, .D = 3, .K = 2, .block = 2, .lambda = 0.6, .partners = SELF}},
    {{"identity", "exact", "REG-31", "lambda 1 leaves the batch alone.", 0},
     {.N = 5, .D = 3, .K = 2, .block = 2, .lambda = 1, .dyadic = 1}},
    {{"partner_only", "bounded", "REG-31", "lambda 0 exchanges the samples.", 0},
     {.N = 5, .D = 3, .K = 2, .block = 2, .lambda = 0}},
    {{"images", "bounded", "REG-31 DST-08", "33 images of 16 pixels and 10 classes.", 0},
     {.N = 33, .D = 16, .K = 10, .block = 4, .each = 1}},
    {{"exact", "exact", "REG-31 DST-02", "lambda 3/4 and whole data.", 0},
     {.N = 9, .D = 4, .K = 3, .block = 2, .lambda = 0.75, .dyadic = 1}},
    /* clang-format on */
};

static const struct refusal refusals[] = {
    /* clang-format off */
    {"share_above_one", "partner_only", ELEMENT_SET, "lambda", 1.5, NULL, 0,
     "More than all of a sample."},
    {"share_negative", "partner_only", ELEMENT_SET, "lambda", -0.25, NULL, 0,
     "Less than nothing of a sample."},
    {"partner_beyond_the_batch", "partner_only", ELEMENT_SET, "partner", 5, NULL, 2,
     "There is no such sample."},
    {"a_partner_too_few", "partner_only", INPUT_SHORTER, "partner", 0, NULL, 0,
     "The last sample has no partner."},
    {"unknown_scope", "partner_only", CHOICE_SET, "scope", 0, "class", 0,
     "There is no such scope."},
    {"a_target_too_few", "partner_only", INPUT_SHORTER, "t", 0, NULL, 0,
     "The last sample has no target."},
    {"partner_negative", "partner_only", ELEMENT_SET, "partner", -1, NULL, 2,
     "-1 is the last sample in Python and anything in C."},
    {"share_of_one_negative", "sample", ELEMENT_SET, "lambda", -0.25, NULL, 8,
     "One negative share of nine, in the last block: every rank must refuse."},
    {"no_share", "partner_only", INPUT_GONE, "lambda", 0, NULL, 0,
     "Without a share, 1/2 would be a guess."},
    {"unknown_keep_larger", "keep_larger", CHOICE_SET, "keep_larger", 0, "maybe", 0,
     "Which of two samples dominates hangs on it."},
    /* clang-format on */
};

void mixup_cases(struct case_list *list)
{
    for (size_t i = 0; i < sizeof rows / sizeof *rows; i++) {
        const struct setting *is = &rows[i].is;
        struct assay_case *test = case_add(list, &rows[i].head);
        case_number(test, "block", (double)is->block);
        if (is->each)
            case_choice(test, "scope", "sample");
        if (is->larger)
            case_choice(test, "keep_larger", "yes");
        if (is->dyadic)
            case_dyadic(test, "x", DIMS(is->N, is->D), -8, 8, 0.5);
        else
            case_signed(test, "x", DIMS(is->N, is->D), 0.5, 2);
        case_constant(test, "t", DIMS(is->N, is->K), 0);
        double *t = case_input(test, "t");
        for (size_t n = 0; n < is->N; n++)
            t[n * is->K + n * n % is->K] = 1;
        case_permutations(test, "partner", 1, is->N);
        struct request_array *partner = &test->request.input[test->request.inputs - 1];
        partner->rank = 1;
        partner->dim[0] = is->N;
        for (size_t n = 0; is->partners != PERMUTATION && n < is->N; n++)
            partner->value[n] = (double)(is->partners == SELF ? n : is->N - 1 - n);
        if (is->each)
            case_uniform(test, "lambda", DIMS(is->N), 0.05, 0.95);
        else
            case_constant(test, "lambda", DIMS(1), is->lambda);
    }
    case_refusals(list, refusals, sizeof refusals / sizeof *refusals);
}
