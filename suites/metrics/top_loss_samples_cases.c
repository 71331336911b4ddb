// SPDX-License-Identifier: MIT
#include "../gradients/recipe_cases.h"

static const struct recipe rows[] = {
    {{"top_three", "bounded", "MET-21", "Three of 11 samples, and how much of the loss they are.",
      0},
     "block=4 top=3 loss:11:uniform:0:3"},
    {{"heavy_tail", "bounded", "MET-21", "One sample has most of the loss: a wrong label, perhaps.",
      0},
     "block=2 top=2 loss:8:list:0.1,0.05,9.5,0.2,0.15,0.02,0.3,0.12"},
    {{"classes", "bounded", "MET-21",
      "By class: the rare class 2 has the largest losses, class 3 no samples.", 0},
     "block=4 top=4 classes=4 loss:12:list:0.1,0.2,2.5,0.3,0.15,1.75,0.4,0.25,0.05,3.25,0.6,0.35 "
     "labels:12:whole:0,1,2,0,1,2,0,1,0,2,1,0"},
    {{"loss_stated", "bounded", "MET-21", "Losses as they are, stated.", 0},
     "block=2 top=3 value=loss loss:7:uniform:0:1"},
    {{"excess", "bounded", "MET-21", "By how much losses are above the mean: below 0 at the end.",
      0},
     "block=2 top=7 value=excess loss:7:uniform:0:1"},
    {{"all", "bounded", "MET-21", "A ranking of all samples: their share is 1.", 0},
     "block=2 top=6 loss:6:uniform:0:2"},
    {{"one", "bounded", "MET-21", "The worst sample alone.", 0},
     "block=2 top=1 classes=2 loss:5:uniform:0:2 labels:5:whole:1,0,1,1,0"},
    {{"ties", "exact", "MET-21", "Equal losses at both ends of the cut: the first of them.", 0},
     "block=2 top=4 loss:8:list:2,1,2,2,0,1,0,0 classes=2 labels:8:whole:0,0,1,1,1,1,0,0"},
    {{"ties_first", "exact", "MET-21", "The same, stated.", 0},
     "block=2 top=4 ties=first loss:8:list:2,1,2,2,0,1,0,0"},
    {{"ties_last", "exact", "MET-21", "The same by the last.", 0},
     "block=2 top=4 ties=last loss:8:list:2,1,2,2,0,1,0,0 classes=2 "
     "labels:8:whole:0,0,1,1,1,1,0,0"},
    {{"zeros", "exact", "MET-21", "Samples without any loss are in the ranking too.", 0},
     "block=1 top=3 loss:4:list:0,0,4,0"},
    {{"many_blocks", "bounded", "MET-21 DST-02 DST-08", "33 samples in blocks of 2.", 0},
     "block=2 top=5 classes=3 loss:33:uniform:0:8 labels:33:labels:3"},
};

static const struct refusal refusals[] = {
    {"top_zero", "zeros", NUMBER_SET, "top", 0, .why = "Nothing to look at."},
    {"top_beyond", "zeros", NUMBER_SET, "top", 5, .why = "There are four samples."},
    {"top_missing", "zeros", NUMBER_GONE, "top", .why = "How many?"},
    {"no_loss", "zeros", ELEMENT_SET, "loss", 0, .element = 2, .why = "Shares are 0 / 0."},
    {"loss_negative", "zeros", ELEMENT_SET, "loss", -1, .why = "Shares would exceed 1."},
    {"label_beyond", "one", ELEMENT_SET, "labels", 2, .why = "There are two classes."},
    {"classes_missing", "one", NUMBER_GONE, "classes", .why = "How many are there?"},
    {"ties_unknown", "zeros", CHOICE_SET, "ties", 0, "random", .why = "No such convention."},
};

void top_loss_samples_cases(struct case_list *list)
{
    recipe_cases(list, rows, sizeof rows / sizeof *rows);
    case_refusals(list, refusals, sizeof refusals / sizeof *refusals);
}
