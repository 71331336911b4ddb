// SPDX-License-Identifier: MIT
#include "generator_cases.h"

static const struct recipe rows[] = {
    {{"noiseless", "bounded", "DAT-17",
      "Two of four features matter; no noise, so y is known from x and the coefficients.", 0},
     "block=4 z:7x4:uniform:-2:2 g:2x1:uniform:0:1"},
    {{"noise", "bounded", "DAT-17", "Deviates times 10, the noise of the document.", 0},
     "block=2 noise=10 z:6x3:uniform:-2:2 g:2x1:uniform:0:1 e:6x1:uniform:-2:2"},
    {{"noise_unstated", "bounded", "DAT-17", "Deviates without a noise: its default is 0.", 0},
     "block=2 z:5x3:uniform:-2:2 g:2x1:uniform:0:1 e:5x1:uniform:-2:2"},
    {{"bias", "bounded", "DAT-17", "A bias of -37.5 in every target.", 0},
     "block=2 bias=-37.5 noise=0.5 z:6x3:uniform:-2:2 g:3x1:uniform:0:1 e:6x1:uniform:-2:2"},
    {{"targets", "bounded", "DAT-17", "Three targets with coefficients and noise of their own.", 0},
     "block=2 noise=4 bias=8 z:5x4:uniform:-2:2 g:3x3:uniform:0:1 e:5x3:uniform:-2:2"},
    {{"coefficients_stated", "bounded", "DAT-17", "The default stated: coefficients up to 100.", 0},
     "block=2 coefficients=drawn z:5x2:uniform:-2:2 g:2x1:uniform:0:1"},
    {{"coefficients_given", "bounded", "DAT-17", "Coefficients as they are given, negative too.",
      0},
     "block=2 coefficients=given noise=0.125 z:6x3:uniform:-2:2 g:3x1:list:1.5,-2.25,0.75 "
     "e:6x1:uniform:-2:2"},
    {{"shuffled", "bounded", "DAT-17",
      "Samples and features shuffled, coefficients travel with their features.", 0},
     "block=2 noise=3 z:7x4:uniform:-2:2 g:2x1:uniform:0:1 e:7x1:uniform:-2:2 "
     "order:7:whole:4,0,6,2,1,5,3 feature_order:4:whole:2,3,1,0"},
    {{"low_rank", "bounded", "DAT-17",
      "Singular values that decay with rank 2 and a fat tail of one half.", 0},
     "block=2 rank=2 left:6x4:uniform:-1:1 right:4x4:uniform:-1:1 g:3x1:uniform:0:1"},
    {{"low_rank_tail", "bounded", "DAT-17",
      "A tail of an eighth, rank 1.5, more factors than features, noise and shuffle.", 0},
     "block=2 rank=1.5 tail=0.125 noise=2 left:5x5:uniform:-1:1 right:3x5:uniform:-1:1 "
     "g:2x2:uniform:0:1 e:5x2:uniform:-2:2 order:5:whole:3,0,4,1,2 feature_order:3:whole:1,2,0"},
    {{"bell_alone", "bounded", "DAT-17", "No tail: singular values are a bell.", 0},
     "block=2 rank=1 tail=0 left:4x3:uniform:-1:1 right:3x3:uniform:-1:1 g:3x1:uniform:0:1"},
    {{"exact", "exact", "DAT-17", "Dyadic draws: nothing is rounded in any order.", 0},
     "block=2 noise=2 bias=1 z:5x3:dyadic:-2:2:0.5 g:2x1:dyadic:0:1:0.25 e:5x1:dyadic:-2:2:0.5"},
    {{"many_blocks", "bounded", "DAT-17 DST-08", "21 samples in blocks of 2.", 0},
     "block=2 noise=1 z:21x3:uniform:-2:2 g:2x1:uniform:0:1 e:21x1:uniform:-2:2"},
};

static const struct refusal refusals[] = {
    {"noise_negative", "exact", NUMBER_SET, "noise", -1, .why = "No deviation is negative."},
    {"too_many_informative", "coefficients_stated", INPUT_SHORTER, "z", .element = 1,
     .why = "Two informative features of one."},
    {"rank_zero", "bell_alone", NUMBER_SET, "rank", 0, .why = "It is divided by."},
    {"rank_missing", "bell_alone", NUMBER_GONE, "rank", .why = "The decay is not known."},
    {"tail_beyond", "bell_alone", NUMBER_SET, "tail", 1.5, .why = "No share is above 1."},
    {"right_missing", "bell_alone", INPUT_GONE, "right", .why = "Half of the factors."},
    {"order_repeats", "shuffled", ELEMENT_SET, "order", 3, .why = "3 twice: no permutation."},
    {"deviates_short", "exact", INPUT_SHORTER, "e", .why = "A sample has no noise."},
    {"no_coefficients", "exact", INPUT_GONE, "g", .why = "Nothing to learn."},
    {"coefficients_unknown", "exact", CHOICE_SET, "coefficients", 0, "normal",
     .why = "No such convention."},
};

void make_regression_cases(struct case_list *list)
{
    enum { N = 16, D = 30, I = 10 };
    static const struct case_head document = {
        "document", "bounded", "DAT-17",
        "The document's problem, 30 features and noise 10, seed 42, cut to 16 samples: its very "
        "draws.",
        0};
    struct legacy_random random;
    recipe_cases(list, rows, sizeof rows / sizeof *rows);
    struct assay_case *test = case_add(list, &document);
    legacy_seed(&random, 42);
    case_number(test, "noise", 10);
    legacy_input(test, &random, "z", 1, DIMS(N, D));
    legacy_input(test, &random, "g", 0, DIMS(I, 1));
    legacy_input(test, &random, "e", 1, DIMS(N, 1));
    legacy_order(test, &random, "order", N);
    legacy_order(test, &random, "feature_order", D);
    case_refusals(list, refusals, sizeof refusals / sizeof *refusals);
}
