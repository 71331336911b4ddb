// SPDX-License-Identifier: MIT
#include "../gradients/recipe_cases.h"

#define EIGHTHS                                                                                    \
    "p:6x3:list:0.75,0.125,0.125,0.25,0.5,0.25,0.0625,0.0625,0.875,0.5,0.25,0.25,0.125,0.75,0."    \
    "125,"                                                                                         \
    "0.125,0.25,0.625"

static const struct recipe rows[] = {
    {{"probabilities", "bounded", "GAN-06", "Six predictions of three classes.", 0},
     "block=4 " EIGHTHS},
    {{"logits", "bounded", "GAN-06", "Logits of seven samples: the softmax comes first.", 0},
     "block=2 z:7x4:uniform:-2:2"},
    {{"splits", "bounded", "GAN-06",
      "Eleven samples in three splits of 3, 4 and 4: their scores differ.", 0},
     "block=2 splits=3 z:11x3:uniform:-3:3"},
    {{"even_splits", "bounded", "GAN-06", "Three splits of two samples.", 0},
     "block=2 splits=3 " EIGHTHS},
    {{"unbiased", "bounded", "GAN-06", "The deviation of the splits with one less in its divisor.",
      0},
     "block=2 splits=3 ddof=1 " EIGHTHS},
    {{"ddof_stated", "bounded", "GAN-06", "The default divisor stated.", 0},
     "block=2 splits=2 ddof=0 " EIGHTHS},
    {{"divergence_stated", "bounded", "GAN-06", "The divergence, stated.", 0},
     "block=2 form=divergence z:5x3:uniform:-3:3"},
    {{"entropies", "bounded", "GAN-06", "The same measure from entropies.", 0},
     "block=2 form=entropies splits=2 z:7x3:uniform:-3:3"},
    {{"zeros", "bounded", "GAN-06",
      "Certain predictions: 0 log 0 is 0, also for a class that nobody predicts.", 0},
     "block=2 p:4x3:list:1,0,0,0,1,0,1,0,0,0.5,0.5,0"},
    {{"zeros_entropies", "bounded", "GAN-06", "The same from entropies.", 0},
     "block=2 form=entropies p:4x3:list:1,0,0,0,1,0,1,0,0,0.5,0.5,0"},
    {{"best", "bounded", "GAN-06", "Certain and evenly spread over four classes: the score is 4.",
      0},
     "block=2 p:4x4:list:0,1,0,0,1,0,0,0,0,0,0,1,0,0,1,0"},
    {{"mode_collapse", "bounded", "GAN-06",
      "Certain, but always the same class: the score is 1, the worst there is.", 0},
     "block=2 p:4x3:list:0,1,0,0,1,0,0,1,0,0,1,0"},
    {{"sure_logits", "bounded", "GAN-06",
      "Logits of 30 against -30: probabilities of 1e-26 weigh nothing.", 0},
     "block=2 z:4x3:list:30,-30,0,-30,30,0,0,-30,30,30,0,-30"},
    {{"many_blocks", "bounded", "GAN-06 DST-02 DST-08", "23 samples in two splits, in blocks of 2.",
      0},
     "block=2 splits=2 z:23x4:uniform:-3:3"},
};

static const struct refusal refusals[] = {
    {"too_many_splits", "best", NUMBER_SET, "splits", 5, .why = "A split without samples."},
    {"no_splits", "best", NUMBER_SET, "splits", 0, .why = "Nothing is scored."},
    {"ddof_of_all", "unbiased", NUMBER_SET, "ddof", 3, .why = "Nothing to divide by."},
    {"probability_negative", "best", ELEMENT_SET, "p", -1, .why = "No probability is."},
    {"no_predictions", "best", INPUT_GONE, "p", .why = "Nothing to score."},
    {"no_classes", "single_class", INPUT_SHORTER, "p", .element = 1, .why = "Nothing to predict."},
    {"form_unknown", "best", CHOICE_SET, "form", 0, "ratio", .why = "No such convention."},
};

void inception_score_cases(struct case_list *list)
{
    static const struct recipe single[] = {
        {{"single_class", "bounded", "GAN-06", "One class: nothing can be learnt from it.", 0},
         "block=2 p:2x1:list:1,1"},
    };
    recipe_cases(list, rows, sizeof rows / sizeof *rows);
    recipe_cases(list, single, 1);
    case_refusals(list, refusals, sizeof refusals / sizeof *refusals);
}
