// SPDX-License-Identifier: MIT
#include "../gradients/recipe_cases.h"

/* A curve that falls and rises again, with one bump on the way; and its training loss. */
#define CURVES                                                                                     \
    "training:1x10:list:2,1.5,1.2,1,0.85,0.7,0.6,0.5,0.42,0.35 "                                   \
    "validation:1x10:list:2.1,1.7,1.4,1.45,1.25,1.2,1.3,1.28,1.4,1.6"
#define THREE                                                                                      \
    "training:3x7:list:3,2,1.5,1,0.75,0.5,0.25,3,2,1.5,1.75,2.5,3.5,4.5,3,2.5,2,1.5,1,0.5,0.25 "   \
    "validation:3x7:list:3,2.25,1.75,1.875,2,2.25,2.5,3.25,2.5,2,2.25,3,4,5,3.5,3,2.5,2,1.5,1,0."  \
    "75"

static const struct recipe rows[] = {
    {{"default", "trajectory", "MET-16", "Patience 1: the first bump stops it.", 0},
     "block=2 " CURVES},
    {{"patience", "trajectory", "MET-16",
      "Patience 3 outlives the bump and finds the true minimum.", 0},
     "block=2 patience=3 " CURVES},
    {{"reached_stated", "trajectory", "MET-16", "Patience counts when it is reached, stated.", 0},
     "block=2 patience=2 patience_counts=reached " CURVES},
    {{"exceeded", "trajectory", "MET-16", "Patience must be exceeded: one epoch more.", 0},
     "block=2 patience=2 patience_counts=exceeded " CURVES},
    {{"patience_zero", "trajectory", "MET-16",
      "No patience: not even with that does an improvement stop.", 0},
     "block=2 patience=0 " CURVES},
    {{"delta", "trajectory", "MET-16", "Improvements of less than 0.22 do not count.", 0},
     "block=2 patience=2 delta=0.22 threshold=absolute " CURVES},
    {{"relative", "trajectory", "MET-16", "The same number as a share of the best.", 0},
     "block=2 patience=2 delta=0.13 threshold=relative " CURVES},
    {{"smoothing", "trajectory", "MET-16",
      "Smoothed curves have no bump, and their minimum comes later.", 0},
     "block=2 patience=2 smoothing=0.6 " CURVES},
    {{"smoothing_stated", "trajectory", "MET-16", "The start of the smoothing stated.", 0},
     "block=2 patience=1 smoothing=0.3 correction=none " CURVES},
    {{"bias_corrected", "trajectory", "MET-16", "Smoothing from 0, corrected, as TensorBoard does.",
      0},
     "block=2 patience=2 smoothing=0.6 correction=bias " CURVES},
    {{"verdicts", "exact", "MET-16",
      "Three runs: overfitting, divergence of both curves, and neither.", 0},
     "block=1 patience=2 " THREE},
    {{"verdicts_exceeded", "exact", "MET-16", "The same three, one epoch later.", 0},
     "block=2 patience=2 patience_counts=exceeded delta=0.125 " THREE},
    {{"flat", "exact", "MET-16",
      "Equal losses are no improvement; a training loss that stands still does not overfit.", 0},
     "block=1 patience=3 training:2x6:list:1,0.5,0.5,0.5,0.5,0.5,4,2,1,1,0.5,0.25 "
     "validation:2x6:list:1,0.75,0.75,0.75,0.75,0.75,4,3,2,2,2,2"},
    {{"at_the_end", "exact", "MET-16",
      "Patience reached in the very last epoch, and one short of it.", 0},
     "block=1 patience=2 training:2x5:list:4,3,2,1,0.5,4,3,2,1,0.5 "
     "validation:2x5:list:4,3,2,2.5,3,4,3,2.5,2,2.25"},
    {{"one_epoch", "exact", "MET-16", "A single epoch decides nothing.", 0},
     "block=1 training:1x1:list:1 validation:1x1:list:2"},
    {{"many_runs", "trajectory", "MET-16 DST-08", "Seven runs in four blocks.", 0},
     "block=2 smoothing=0.25 patience=2 training:7x5:uniform:0:1 validation:7x5:uniform:1:2"},
};

static const struct refusal refusals[] = {
    {"smoothing_one", "one_epoch", NUMBER_SET, "smoothing", 1, .why = "Nothing new is heard."},
    {"smoothing_negative", "one_epoch", NUMBER_SET, "smoothing", -0.5, .why = "It would swing."},
    {"delta_negative", "one_epoch", NUMBER_SET, "delta", -1, .why = "Rises would be improvements."},
    {"patience_negative", "one_epoch", NUMBER_SET, "patience", -1, .why = "No number of epochs."},
    {"no_epochs", "one_epoch", INPUT_SHORTER, "training", .element = 1, .why = "No curve."},
    {"validation_missing", "one_epoch", INPUT_GONE, "validation", .why = "Nothing to part from."},
    {"validation_short", "at_the_end", INPUT_SHORTER, "validation", .element = 1,
     .why = "Curves of unequal length."},
    {"threshold_unknown", "one_epoch", CHOICE_SET, "threshold", 0, "percent",
     .why = "No such convention."},
};

void learning_curve_divergence_cases(struct case_list *list)
{
    recipe_cases(list, rows, sizeof rows / sizeof *rows);
    case_refusals(list, refusals, sizeof refusals / sizeof *refusals);
}
