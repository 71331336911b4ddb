// SPDX-License-Identifier: MIT
#include "../gradients/recipe_cases.h"

static const struct recipe rows[] = {
    {{"three_models", "bounded", "MET-17", "Three models on 11 training and 6 test samples.", 0},
     "block=4 train_loss:11x3:uniform:0:1 test_loss:6x3:uniform:1:3"},
    {{"one_model", "bounded", "MET-17", "A single model.", 0},
     "block=2 train_loss:5x1:uniform:0:1 test_loss:7x1:uniform:0:2"},
    {{"large_batches", "bounded", "MET-17",
      "The same training loss, test losses that grow with the batch: the last gap is widest.", 0},
     "block=2 train_loss:4x3:list:0.1,0.15,0.05,0.2,0.1,0.15,0.05,0.1,0.2,0.15,0.15,0.1 "
     "test_loss:3x3:list:0.3,0.45,0.7,0.2,0.5,0.6,0.25,0.35,0.9"},
    {{"negative", "bounded", "MET-17",
      "Dropout in training alone: the test loss is below, and the gap negative.", 0},
     "block=2 train_loss:6x2:uniform:2:3 test_loss:5x2:uniform:0:1"},
    {{"loss_stated", "bounded", "MET-17", "Losses, stated.", 0},
     "block=2 measure=loss train_loss:5x2:uniform:0:1 test_loss:5x2:uniform:1:3"},
    {{"score", "bounded", "MET-17", "Accuracies: the gap is what is lost.", 0},
     "block=2 measure=score train_loss:9x2:list:1,1,1,0,1,1,1,1,1,1,0,1,1,1,1,1,1,1 "
     "test_loss:6x2:list:1,0,0,1,1,0,1,1,1,0,1,1"},
    {{"absolute_stated", "bounded", "MET-17", "Absolute gaps, stated: 2 against 1.", 0},
     "block=2 scale=absolute train_loss:4x2:uniform:3:4 test_loss:4x2:uniform:5:8"},
    {{"relative", "bounded", "MET-17",
      "Gaps as shares of the training loss: a small gap of a small loss is the widest.", 0},
     "block=2 scale=relative train_loss:4x2:list:4,0.1,4.5,0.2,5,0.15,4.25,0.1 "
     "test_loss:3x2:list:6,0.5,5.5,0.6,6.5,0.4"},
    {{"biased", "bounded", "MET-17", "Variances divided by the number of samples.", 0},
     "block=2 ddof=0 train_loss:4x2:uniform:0:1 test_loss:3x2:uniform:1:4"},
    {{"ddof_stated", "bounded", "MET-17", "Variances of samples, stated.", 0},
     "block=2 ddof=1 train_loss:4x2:uniform:0:1 test_loss:3x2:uniform:1:4"},
    {{"equal_gaps", "exact", "MET-17", "Two models with one gap: the first is the widest.", 0},
     "block=2 train_loss:2x3:list:1,1,2,1,1,2 test_loss:4x3:list:2,3,4,2,3,4,2,3,4,2,3,4"},
    {{"one_sample", "exact", "MET-17", "One sample each: no error, of variances divided by one.",
      0},
     "block=2 ddof=0 train_loss:1x2:list:1,2 test_loss:1x2:list:2,5"},
    {{"many_blocks", "bounded", "MET-17 DST-02 DST-08", "29 and 17 samples in blocks of 2.", 0},
     "block=2 train_loss:29x2:uniform:0:1 test_loss:17x2:uniform:1:4"},
};

static const struct refusal refusals[] = {
    {"no_variance", "one_sample", NUMBER_SET, "ddof", 1, .why = "One sample has none."},
    {"no_test", "one_sample", INPUT_SHORTER, "test_loss", .why = "No sample was not seen."},
    {"no_training", "one_sample", INPUT_SHORTER, "train_loss", .why = "No sample was seen."},
    {"test_missing", "one_sample", INPUT_GONE, "test_loss", .why = "No gap without it."},
    {"models_differ", "equal_gaps", INPUT_SHORTER, "test_loss", .element = 1,
     .why = "A model was not tested."},
    {"measure_unknown", "one_sample", CHOICE_SET, "measure", 0, "error",
     .why = "No such convention."},
};

void generalization_gap_cases(struct case_list *list)
{
    recipe_cases(list, rows, sizeof rows / sizeof *rows);
    case_refusals(list, refusals, sizeof refusals / sizeof *refusals);
}
