// SPDX-License-Identifier: MIT
#include "../gradients/recipe_cases.h"

#define FOLDS  "folds=3 fold:11:whole:0,2,1,1,0,2,0,0,1,0,2"
#define MODELS "loss:11x4:uniform:0:1 loss@0,4,8,12,16,20=2.5 loss@2,6,22=0.125"
#define TIED   "folds=4 fold:4:whole:2,0,1,3 loss:4x4:list:3,1,3,1,5,3,1,3,5,1,3,3,3,3,1,1"

static const struct recipe rows[] = {
    {{"models", "bounded", "MET-15 MET-20", "Four models in three folds of 5, 3 and 3 samples.", 0},
     "block=4 " FOLDS " " MODELS},
    {{"one_model", "bounded", "MET-15", "Mean and deviation of one model.", 0},
     "block=2 folds=2 fold:5:whole:1,0,1,1,0 loss:5x1:uniform:0:4"},
    {{"unbiased", "bounded", "MET-15", "The deviation with one fold less in its divisor.", 0},
     "block=4 ddof=1 " FOLDS " " MODELS},
    {{"ddof_stated", "bounded", "MET-15", "The default divisor stated.", 0},
     "block=2 ddof=0 " FOLDS " loss:11x2:uniform:0:2"},
    {{"folds_stated", "bounded", "MET-15",
      "The mean of the folds, stated: a sample of a small fold counts more.", 0},
     "block=2 aggregate=folds " FOLDS " loss:11x2:uniform:0:2 loss@0,1,8,9=6"},
    {{"pooled", "bounded", "MET-15", "The mean over all samples, with folds of different size.", 0},
     "block=2 aggregate=pooled " FOLDS " loss:11x2:uniform:0:2 loss@0,1,8,9=6"},
    {{"aggregates_disagree", "bounded", "MET-15 MET-20",
      "Folds of one and four samples: by folds model 1 is better, pooled model 0.", 0},
     "block=2 folds=2 fold:5:whole:0,1,1,1,1 loss:5x2:list:4,0,2,4,2,4,2,4,2,4"},
    {{"pooled_disagrees", "bounded", "MET-15 MET-20",
      "The same, pooled: the other model is chosen; sums over five are divided by five.", 0},
     "block=2 aggregate=pooled folds=2 fold:5:whole:0,1,1,1,1 loss:5x2:list:2,0,2,5,2,5,2,5,2,5"},
    {{"larger", "bounded", "MET-20", "Accuracies: the largest mean.", 0},
     "block=4 better=larger " FOLDS " " MODELS},
    {{"smaller_stated", "bounded", "MET-20", "Losses, stated.", 0},
     "block=2 better=smaller " FOLDS " loss:11x3:uniform:0:2"},
    {{"one_standard_error", "bounded", "MET-20",
      "The richest model is best, a simpler one is within one standard error.", 0},
     "block=2 rule=one_standard_error ddof=1 folds=3 fold:6:whole:0,0,1,1,2,2 "
     "loss:6x4:list:6,2.25,2.125,2,6,2,2,1.5,7,3,2.75,3,7,2.5,3,2.5,5,1,1.125,1,5,1.5,1,0.75"},
    {{"one_error_larger", "bounded", "MET-20", "The same for accuracies: one error below the best.",
      0},
     "block=2 rule=one_standard_error better=larger folds=3 fold:6:whole:0,0,1,1,2,2 "
     "loss:6x4:list:0.5,0.8,0.9,0.95,0.5,0.9,0.8,0.85,0.4,0.7,0.8,0.75,0.5,0.75,0.7,0.85,0.6,0.95,"
     "0.9,0.97,0.6,0.9,0.99,0.95"},
    {{"none_within_error", "bounded", "MET-20",
      "Nobody is within one error of the best, which is the last.", 0},
     "block=2 rule=one_standard_error folds=2 fold:4:whole:0,1,1,0 "
     "loss:4x3:list:9,6,1,9,6.5,1.25,9.5,6,1,9,6,1.125"},
    {{"best_stated", "bounded", "MET-20", "The rule of the best, stated.", 0},
     "block=2 rule=best folds=2 fold:4:whole:0,1,1,0 "
     "loss:4x3:list:1.5,1.25,1,2,1.75,1.625,2,2,1.75,1.25,1,1.0625"},
    {{"ties", "exact", "MET-20", "Models 1 to 3 are equally good: the first of them.", 0},
     "block=2 " TIED},
    {{"ties_first", "exact", "MET-20", "The same, stated.", 0}, "block=2 ties=first " TIED},
    {{"ties_last", "exact", "MET-20", "The same by the last.", 0}, "block=2 ties=last " TIED},
    {{"many_blocks", "bounded", "MET-15 DST-02 DST-08",
      "37 samples in blocks of 2, folds across all of them.", 0},
     "block=2 folds=2 loss:37x2:uniform:0:2 fold:37:labels:2 fold@0=0 fold@1=1"},
};

static const struct refusal refusals[] = {
    {"empty_fold", "aggregates_disagree", ELEMENT_SET, "fold", 1,
     .why = "No sample is left in fold 0: its mean is 0 / 0."},
    {"fold_beyond", "ties", ELEMENT_SET, "fold", 4, .why = "There are four folds."},
    {"one_fold", "ties", NUMBER_SET, "folds", 1, .why = "Nothing was trained on."},
    {"ddof_of_all", "ties", NUMBER_SET, "ddof", 4, .why = "The variance is divided by 0."},
    {"folds_missing", "ties", NUMBER_GONE, "folds", .why = "How many are there?"},
    {"sample_without_fold", "ties", INPUT_SHORTER, "fold", .why = "A sample is in no fold."},
    {"no_models", "one_model", INPUT_SHORTER, "loss", .element = 1, .why = "Nothing to choose."},
    {"rule_unknown", "ties", CHOICE_SET, "rule", 0, "median", .why = "No such convention."},
};

void cross_validation_score_cases(struct case_list *list)
{
    recipe_cases(list, rows, sizeof rows / sizeof *rows);
    case_refusals(list, refusals, sizeof refusals / sizeof *refusals);
}
