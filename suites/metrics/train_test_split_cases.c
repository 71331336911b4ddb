// SPDX-License-Identifier: MIT
#include "permuted_cases.h"

static const struct permuted rows[] = {
    /* clang-format off */
    {{{"default", "exact", "MET-12", "A quarter of 10 samples is 2.5: three are the test.", 0}, "samples=10"}, .permutation = 10},
    {{{"rounding_stated", "exact", "MET-12", "The default rounding stated: 20 percent of 11 are 2.2, so 3.", 0}, "samples=11 test_percent=20 rounding=up"}, .permutation = 11},
    {{{"rounding_down", "exact", "MET-12", "20 percent of 11 rounded down are 2.", 0}, "samples=11 test_percent=20 rounding=down"}, .permutation = 11},
    {{{"rounding_nearest", "exact", "MET-12", "25 percent of 10 are 2.5: a half goes up; next to it 2.2 goes down.", 0}, "samples=10 test_percent=25 rounding=nearest validation_percent=29"}, .permutation = 10, .second = 7},
    {{{"in_order", "exact", "MET-12", "Without a shuffle the test is at the end, whatever the permutation.", 0}, "samples=9 test_percent=30 shuffle=no"}, .permutation = 9},
    {{{"shuffle_stated", "exact", "MET-12", "The default shuffle stated: the test comes first in the permutation.", 0}, "samples=9 test_percent=30 shuffle=yes"}, .permutation = 9},
    {{{"test_count", "exact", "MET-12", "The test as a number of samples.", 0}, "samples=12 test_count=5"}, .permutation = 12},
    {{{"train_percent", "exact", "MET-12", "Half for training, a fifth for the test: the rest is in neither.", 0}, "samples=13 test_percent=20 train_percent=50"}, .permutation = 13},
    {{{"three_ways", "exact", "MET-12", "20 percent, then 20 percent of what is left: 64 percent remain, as in document C7.", 0}, "samples=25 test_percent=20 validation_percent=20"}, .permutation = 25, .second = 20},
    {{{"validation_of_all", "exact", "MET-12", "20 and 20 percent of everything: 60 percent remain.", 0}, "samples=25 test_percent=20 validation_percent=20 validation_of=all"}, .permutation = 25, .second = 20},
    {{{"validation_of_rest", "exact", "MET-12", "The default stated, without a shuffle: three runs of samples.", 0}, "samples=15 test_percent=20 validation_percent=30 validation_of=rest shuffle=no"}, .permutation = 0},
    {{{"stratified", "exact", "MET-12", "12, 6 and 3 samples: the shares of both parts follow the classes.", 0}, "samples=21 test_percent=33 stratify=yes classes=3 labels:21:whole:0,1,0,2,0,0,1,0,1,0,0,2,0,1,0,1,0,2,0,1,0"}, .permutation = 21},
    {{{"stratified_rare", "exact", "MET-12", "Two samples of the rare class of 12: one in each part.", 0}, "samples=12 test_percent=25 stratify=yes classes=2 labels:12:whole:0,0,0,1,0,0,0,0,0,1,0,0"}, .permutation = 12},
    {{{"equal_remainders", "exact", "MET-12", "Four classes of 3 share 7 and 5: all remainders are equal, so the first classes are served.", 0}, "samples=12 test_percent=40 stratify=yes classes=4 labels:12:whole:3,1,2,0,0,1,2,3,3,2,1,0"}, .permutation = 12},
    {{{"priority", "exact", "MET-12", "The same, where classes 2 and 0 are served first.", 0}, "samples=12 test_percent=40 stratify=yes classes=4 labels:12:whole:3,1,2,0,0,1,2,3,3,2,1,0 priority:4:whole:2,0,3,1"}, .permutation = 12},
    {{{"stratified_train_percent", "exact", "MET-12", "Stratified, with samples in neither part.", 0}, "samples=16 test_percent=25 train_percent=40 stratify=yes classes=2 labels:16:whole:0,1,1,0,0,0,1,0,0,1,0,0,1,0,0,0"}, .permutation = 16},
    {{{"stratified_three_ways", "exact", "MET-12", "Stratified twice.", 0}, "samples=20 test_percent=20 validation_percent=25 stratify=yes classes=2 labels:20:whole:0,1,1,0,0,0,1,0,0,1,0,0,1,0,0,0,1,0,1,0"}, .permutation = 20, .second = 16},
    {{{"document_blobs", "exact", "MET-12 DAT-14", "150 samples, a fifth for the test, by the permutation of the document's seed 123.", 0}, "samples=150 test_percent=20"}, .permutation = 150, .seed = 123},
    {{{"document_moons", "exact", "MET-12 DAT-16", "200 samples cut in half by the permutation of seed 42.", 0}, "samples=200 test_percent=50"}, .permutation = 200, .seed = 42},
    {{{"document_regression", "exact", "MET-12 DAT-17", "20 percent and 20 percent by the permutations of seed 42 twice, with 50 samples for 5000.", 0}, "samples=50 test_percent=20 validation_percent=20"}, .permutation = 50, .second = 40, .seed = 42, .second_seed = 42},
    {{{"two_samples", "exact", "MET-12", "The smallest split: one each.", 0}, "samples=2 test_percent=50"}, .permutation = 2},
    /* clang-format on */
};

static const struct refusal refusals[] = {
    {"percent_100", "two_samples", NUMBER_SET, "test_percent", 100, .why = "Nothing to train on."},
    {"nothing_to_train", "two_samples", NUMBER_SET, "test_percent", 99,
     .why = "99 percent of two samples, rounded up, are both."},
    {"samples_missing", "two_samples", NUMBER_GONE, "samples", .why = "Of how many?"},
    {"permutation_missing", "two_samples", INPUT_GONE, "permutation", .why = "No order."},
    {"permutation_short", "two_samples", INPUT_SHORTER, "permutation", .why = "Not all samples."},
    {"permutation_repeats", "default", ELEMENT_SET, "permutation", 3, .element = 4,
     .why = "A sample that is in both parts, or none."},
    {"parts_too_large", "train_percent", NUMBER_SET, "train_percent", 90,
     .why = "90 and 20 percent exceed all."},
    {"second_missing", "three_ways", INPUT_GONE, "second", .why = "No order of the second split."},
    {"label_alone", "stratified_rare", ELEMENT_SET, "labels", 0, .element = 3,
     .why = "A class of one sample cannot be in both parts."},
    {"labels_missing", "stratified_rare", INPUT_GONE, "labels", .why = "Stratified by what?"},
    {"stratified_in_order", "stratified_rare", CHOICE_SET, "stratify", 0, "groups",
     .why = "No such convention."},
    {"fewer_than_classes", "equal_remainders", NUMBER_SET, "test_percent", 20,
     .why = "Three test samples of four classes."},
};

void train_test_split_cases(struct case_list *list)
{
    permuted_cases(list, rows, sizeof rows / sizeof *rows);
    case_refusals(list, refusals, sizeof refusals / sizeof *refusals);
}
