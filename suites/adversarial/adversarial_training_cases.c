// SPDX-License-Identifier: MIT
#include "victim_cases.h"

#define FLAT                                                                                       \
    {                                                                                              \
        .N = 5, .D = 3, .K = 3, .block = 2, .strength = 2                                          \
    }
#define SMALL                                                                                      \
    {                                                                                              \
        .N = 5, .D = 3, .H = 4, .K = 3, .block = 2, .activation = "tanh"                           \
    }

static const struct row {
    struct victim_row like;
    double start; /* the largest offset; 0: no start */
    int attacked;
} rows[] = {
    {{{"goodfellow", "trajectory", "ADV-07",
       "Half clean, half FGSM: examples are made anew for the model of every update.", 0},
      SMALL,
      "updates=3 rate=0.5 epsilon=0.0625 alpha=0.0625 steps=1",
      0},
     0,
     0},
    {{{"madry", "trajectory", "ADV-07 ADV-15",
       "Examples alone, by steps within the ball: the inner maximum of robust optimisation.", 0},
      SMALL,
      "updates=2 rate=1 clean_weight=0 epsilon=0.125 alpha=0.0625 steps=3",
      0},
     0,
     0},
    {{{"augmented", "trajectory", "ADV-07 ADV-16",
       "A quarter of the weight for the clean data, which the examples augment.", 0},
      FLAT,
      "updates=3 rate=1 clean_weight=0.25 epsilon=0.125 alpha=0.125 steps=1",
      0},
     0,
     0},
    {{{"replaced", "trajectory", "ADV-07 ADV-16",
       "A part of the batch is replaced by its examples, another part in each update.", 0},
      FLAT,
      "updates=3 rate=1 mixture=replaced epsilon=0.125 alpha=0.125 steps=1",
      0},
     0,
     1},
    {{{"random_starts", "trajectory", "ADV-07",
       "One long step from a random start in every update.", 0},
      FLAT,
      "updates=2 rate=1 clean_weight=0 epsilon=0.125 alpha=0.15625 steps=1",
      0},
     0.125,
     0},
    {{{"l2", "trajectory", "ADV-15", "Examples in L2 balls.", 0},
      FLAT,
      "updates=2 rate=0.5 clean_weight=0 norm=l2 floor=added tiny=0.125 epsilon=0.25 alpha=0.125 "
      "steps=3",
      0},
     0,
     0},
    {{{"predicted", "trajectory", "ADV-07",
       "Two labels are wrong: examples go by what the model predicts of the moment.", 0},
      {.N = 5, .D = 3, .K = 3, .block = 2, .strength = 0.5, .wrong = 2},
      "updates=3 rate=4 goal=predicted epsilon=0.0625 alpha=0.0625 steps=1",
      0},
     0,
     0},
    {{{"clean", "trajectory", "ADV-07",
       "All weight on the clean data: the examples are made and change nothing.", 0},
      FLAT,
      "updates=2 rate=1 clean_weight=1 epsilon=0.125 alpha=0.125 steps=1",
      0},
     0,
     0},
    {{{"mean_gradients", "trajectory", "ADV-07",
       "The attack's own gradients are of the mean loss: its floor sees the batch.", 0},
      FLAT,
      "updates=2 rate=1 norm=l2 reduction=mean floor=added tiny=0.25 epsilon=0.25 alpha=0.25 "
      "steps=1",
      0},
     0,
     0},
    {{{"one_logit", "trajectory", "ADV-07",
       "Logistic regression, where the worst case is known: labels against |w|.", 0},
      {.N = 6, .D = 4, .K = 1, .block = 4, .objective = "binary_cross_entropy"},
      "updates=3 rate=1 clean_weight=0 epsilon=0.125 alpha=0.125 steps=1",
      0},
     0,
     0},
    {{{"many_blocks", "trajectory", "ADV-07 DST-01 DST-02",
       "13 samples in blocks of 2: gradients of one machine would show.", 0},
      {.N = 13, .D = 2, .K = 2, .block = 2},
      "updates=2 rate=1 epsilon=0.125 alpha=0.125 steps=1",
      0},
     0,
     0},
    {{{"normalised", "trajectory", "ADV-07", "A model that normalises its inputs.", 0},
      {.N = 4, .D = 3, .K = 3, .block = 2, .normalised = 1, .strength = 0.5},
      "updates=2 rate=0.5 epsilon=0.0625 alpha=0.0625 steps=1",
      0},
     0,
     0},
};

static const struct refusal refusals[] = {
    {"rate_0", "clean", NUMBER_SET, "rate", 0, .why = "Nothing would be learnt."},
    {"weight_above_1", "clean", NUMBER_SET, "clean_weight", 1.5,
     .why = "The examples would be unlearnt."},
    {"no_update", "clean", NUMBER_SET, "updates", 0, .why = "There is no training."},
    {"target", "clean", CHOICE_SET, "goal", 0, "target", .why = "No targets are there."},
    {"unknown_mixture", "clean", CHOICE_SET, "mixture", 0, "both", .why = "In which parts?"},
    {"attacked_missing", "replaced", INPUT_GONE, "attacked", .why = "Which ones?"},
    {"labels_missing", "clean", INPUT_GONE, "labels", .why = "There is nothing to learn."},
};

void adversarial_training_cases(struct case_list *list)
{
    static const int attacked[] = {1, 0, 1, 0, 1, 0, 1, 1, 0, 0, 1, 1, 0, 1, 0};
    for (size_t i = 0; i < sizeof rows / sizeof *rows; i++) {
        const struct row *row = &rows[i];
        const struct victim_setting *is = &row->like.setting;
        struct assay_case *test = victim_add(list, &row->like);
        if (row->start > 0)
            case_uniform(test, "start", DIMS(2, is->N, is->D), -row->start, row->start);
        if (row->attacked)
            case_integers(test, "attacked", DIMS(3, is->N), attacked);
    }
    case_refusals(list, refusals, sizeof refusals / sizeof *refusals);
}
