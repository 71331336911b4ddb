// SPDX-License-Identifier: MIT
#include "permuted_cases.h"

#define LABELS "labels:17:whole:1,1,0,2,0,0,1,0,1,0,0,2,0,1,0,1,0"
#define GROUPS "group:14:whole:3,0,1,1,2,2,0,4,3,1,4,5,3,3"

static const struct permuted rows[] = {
    {{{"default", "exact", "MET-15", "Five folds of 12 samples in order: sizes 3, 3, 2, 2, 2.", 0},
      "samples=12"},
     .permutation = 0},
    {{{"plain_stated", "exact", "MET-15", "The default method stated, three folds of 8.", 0},
      "samples=8 folds=3 method=plain"},
     .permutation = 0},
    {{{"shuffled", "exact", "MET-15", "Folds are runs of the permutation.", 0},
      "samples=11 folds=3"},
     .permutation = 11},
    {{{"document", "exact", "MET-15",
       "Ten samples in five folds by the permutation of NumPy's seed 42.", 0},
      "samples=10 folds=5"},
     .permutation = 10,
     .seed = 42},
    {{{"divides", "exact", "MET-15", "Four folds of 12 samples: all alike.", 0},
      "samples=12 folds=4"},
     .permutation = 12},
    {{{"stratified", "exact", "MET-15",
       "9, 6 and 2 samples of three classes in three folds, in order.", 0},
      "samples=17 folds=3 method=stratified classes=3 " LABELS},
     .permutation = 0},
    {{{"stratified_by_appearance", "exact", "MET-15",
       "The default order of classes stated, four folds: class 1 appears first and has the odd "
       "places.",
       0},
      "samples=17 folds=4 method=stratified classes=3 class_order=appearance " LABELS},
     .permutation = 0},
    {{{"stratified_by_label", "exact", "MET-15", "The same with class 0 dealt out first.", 0},
      "samples=17 folds=4 method=stratified classes=3 class_order=label " LABELS},
     .permutation = 0},
    {{{"stratified_shuffled", "exact", "MET-15",
       "Within its class a sample's fold follows the permutation.", 0},
      "samples=17 folds=3 method=stratified classes=3 " LABELS},
     .permutation = 17},
    {{{"stratified_rare", "exact", "MET-15",
       "A class of two in four folds: two folds never test on it.", 0},
      "samples=17 folds=4 method=stratified classes=3 " LABELS},
     .permutation = 17},
    {{{"group", "exact", "MET-15", "Groups of 4, 3, 2, 2, 2 and 1 stay whole in three folds.", 0},
      "samples=14 folds=3 method=group groups=6 " GROUPS},
     .permutation = 0},
    {{{"group_ties_last", "exact", "MET-15",
       "Groups of one size: the larger number is placed first, as stated.", 0},
      "samples=14 folds=2 method=group groups=6 ties=last " GROUPS},
     .permutation = 0},
    {{{"group_ties_first", "exact", "MET-15", "The same with the smaller number first.", 0},
      "samples=14 folds=3 method=group groups=6 ties=first " GROUPS},
     .permutation = 0},
    {{{"time_series", "exact", "MET-15",
       "Three tests of a series of 14, each after all that it may know.", 0},
      "samples=14 folds=3 method=time_series"},
     .permutation = 0},
    {{{"time_series_gap", "exact", "MET-15", "Two samples before each test are left out.", 0},
      "samples=14 folds=3 method=time_series gap=2"},
     .permutation = 0},
    {{{"time_series_window", "exact", "MET-15",
       "Training on the last three alone, tests of two, a gap of one.", 0},
      "samples=13 folds=4 method=time_series max_train=3 test_size=2 gap=1"},
     .permutation = 0},
    {{{"leave_one_out", "exact", "MET-15", "As many folds as samples.", 0},
      "samples=6 method=leave_one_out"},
     .permutation = 0},
    {{{"two_folds", "exact", "MET-15", "Two folds of three samples.", 0}, "samples=3 folds=2"},
     .permutation = 3},
};

static const struct refusal refusals[] = {
    {"one_fold", "two_folds", NUMBER_SET, "folds", 1, .why = "Nothing is left to train on."},
    {"too_many_folds", "two_folds", NUMBER_SET, "folds", 4, .why = "More than samples."},
    {"samples_missing", "two_folds", NUMBER_GONE, "samples", .why = "Of how many?"},
    {"method_unknown", "plain_stated", CHOICE_SET, "method", 0, "bootstrap",
     .why = "No such method."},
    {"permutation_short", "two_folds", INPUT_SHORTER, "permutation", .why = "Not all samples."},
    {"labels_missing", "stratified", INPUT_GONE, "labels", .why = "Stratified by what?"},
    {"classes_too_small", "stratified", NUMBER_SET, "folds", 10,
     .why = "No class has ten members."},
    {"groups_too_few", "group", NUMBER_SET, "folds", 7, .why = "There are six groups."},
    {"series_too_short", "time_series_window", NUMBER_SET, "folds", 6,
     .why = "Nothing is known before the first test."},
};

void k_fold_cases(struct case_list *list)
{
    permuted_cases(list, rows, sizeof rows / sizeof *rows);
    case_refusals(list, refusals, sizeof refusals / sizeof *refusals);
}
