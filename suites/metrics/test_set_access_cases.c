// SPDX-License-Identifier: MIT
#include "../gradients/recipe_cases.h"

#define ASKED                                                                                      \
    "train:9:list:0.9,0.85,0.92,0.8,0.95,0.7,0.99,0.88,0.97 "                                      \
    "test:9:list:0.89,0.7,0.91,0.79,0.75,0.68,0.72,0.87,0.7"
#define NOISE                                                                                      \
    "a:9:list:0.3,-0.5,0.8,-0.2,0.1,0.6,-0.9,0.4,0.3 "                                             \
    "x:9:list:0.5,-1.5,0.25,1,-0.75,2,0.4,-0.3,0.9 "                                               \
    "g:10:list:0.2,-0.4,0.7,-0.6,0.9,0.1,-0.3,0.5,-0.8,0.35"

static const struct recipe rows[] = {
    {{"once", "exact", "MET-14",
      "The golden rule: the first question uses the test set, the others are not answered.", 0},
     ASKED},
    {{"ledger_stated", "exact", "MET-14", "Three uses allowed: the second is the first reuse.", 0},
     "access=ledger budget=3 " ASKED},
    {{"silent_stated", "exact", "MET-14", "After the budget nothing is said, stated.", 0},
     "when_spent=silent budget=2 " ASKED},
    {{"train_when_spent", "bounded", "MET-14",
      "After the budget the training estimate is all there is.", 0},
     "when_spent=train budget=2 " ASKED},
    {{"never", "exact", "MET-14", "A budget of 0: the test set stays sealed.", 0},
     "budget=0 train:3:list:1,2,3 test:3:list:2,3,4"},
    {{"ample", "bounded", "MET-14",
      "More budget than questions: nine models were chosen by the test set.", 0},
     "budget=20 " ASKED},
    {{"thresholdout", "bounded", "MET-14",
      "Only where both sets disagree is the test set used, with noise, here four times.", 0},
     "access=thresholdout budget=9 " ASKED " " NOISE},
    {{"thresholdout_spent", "bounded", "MET-14",
      "The budget is spent at the second disagreement; agreements cost nothing.", 0},
     "access=thresholdout budget=2 " ASKED " " NOISE},
    {{"thresholdout_train", "bounded", "MET-14",
      "The same, answered from the training set afterwards.", 0},
     "access=thresholdout budget=2 when_spent=train " ASKED " " NOISE},
    {{"threshold", "bounded", "MET-14", "A threshold of 0.2: only the largest disagreements count.",
      0},
     "access=thresholdout budget=9 threshold=0.2 " ASKED " " NOISE},
    {{"scale", "bounded", "MET-14",
      "Noise of scale 0.1 decides: one gap of 0.2 agrees and a last one of 0.27 too.", 0},
     "access=thresholdout budget=9 scale=0.1 threshold=0.1 " ASKED " " NOISE},
    {{"no_noise", "exact", "MET-14",
      "Scale 0: a plain threshold, where a gap that just reaches it is no disagreement.", 0},
     "access=thresholdout budget=3 scale=0 threshold=0.25 train:4:list:1,2,3,4 "
     "test:4:list:1.25,2.5,2.75,3.5 a:4:constant:1 x:4:constant:1 g:5:constant:1"},
};

static const struct refusal refusals[] = {
    {"scale_negative", "no_noise", NUMBER_SET, "scale", -1, .why = "No noise has such a width."},
    {"threshold_negative", "no_noise", NUMBER_SET, "threshold", -1, .why = "All would disagree."},
    {"budget_negative", "never", NUMBER_SET, "budget", -1, .why = "No number of uses."},
    {"noise_missing", "no_noise", INPUT_GONE, "x", .why = "Answers would leak."},
    {"noise_short", "no_noise", INPUT_SHORTER, "g", .why = "The last threshold has no noise."},
    {"test_short", "never", INPUT_SHORTER, "test", .why = "A question has no answer."},
    {"access_unknown", "never", CHOICE_SET, "access", 0, "free", .why = "No such convention."},
};

void test_set_access_cases(struct case_list *list)
{
    recipe_cases(list, rows, sizeof rows / sizeof *rows);
    case_refusals(list, refusals, sizeof refusals / sizeof *refusals);
}
