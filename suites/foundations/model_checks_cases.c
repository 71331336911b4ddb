// SPDX-License-Identifier: MIT
#include "../case_builder.h"

enum { COLUMNS = 9, MOST = 64 };
static const char *const names[COLUMNS] = {"task",   "classes", "units",  "output", "loss",
                                           "logits", "depth",   "hidden", "start"};

/* Descriptions in the order of the names. The first of each table is sound but where said. */
static const int heads[][COLUMNS] = {
    {1, 1, 1, 1, 2, 0, 2, 3, 5},   /* sigmoid and binary cross-entropy: document 004 C2 */
    {2, 10, 10, 2, 4, 0, 1, 3, 5}, /* softmax and labels: C3 */
    {2, 10, 10, 2, 3, 0, 3, 3, 5}, /* softmax and one-hot rows: C5 */
    {0, 1, 1, 0, 0, 0, 2, 2, 4},   /* linear and squared error: C7 */
    {0, 3, 3, 0, 1, 0, 2, 1, 4},   /* three targets, absolute error */
    {3, 6, 6, 1, 2, 0, 1, 4, 3},   /* six labels, six sigmoids */
    {1, 1, 1, 0, 2, 1, 2, 2, 3},   /* a logit */
    {2, 4, 4, 0, 4, 1, 2, 3, 5},   /* four logits */
    {1, 1, 2, 2, 3, 0, 0, 0, 0},   /* two softmax units for a binary task */
    {1, 1, 2, 0, 4, 1, 0, 0, 1},   /* two logits for a binary task */
};

static const int mistakes[][COLUMNS] = {
    {1, 1, 1, 0, 2, 0, 2, 3, 5}, /* the sigmoid is forgotten */
    {1, 1, 1, 1, 2, 1, 2, 3, 5}, /* a sigmoid twice */
    {2, 5, 5, 2, 4, 1, 2, 3, 5}, /* a softmax twice */
    {1, 1, 1, 2, 2, 0, 2, 3, 5}, /* a softmax of one unit */
    {2, 5, 5, 1, 3, 0, 2, 3, 5}, /* sigmoids for classes that exclude each other */
    {3, 5, 5, 2, 2, 0, 2, 3, 5}, /* a softmax for labels that do not */
    {3, 5, 5, 2, 3, 0, 2, 3, 5}, /* the same with the categorical loss */
    {2, 5, 1, 0, 4, 1, 2, 3, 5}, /* one logit for five classes */
    {2, 5, 1, 2, 0, 0, 2, 3, 5}, /* one unit, softmax, squared error */
    {2, 5, 4, 2, 4, 0, 2, 3, 5}, /* a class too few */
    {0, 1, 1, 4, 0, 0, 2, 3, 5}, /* a price that cannot be negative: ReLU as output */
    {0, 1, 1, 1, 0, 0, 2, 3, 5}, /* squashed targets */
    {0, 2, 2, 3, 1, 0, 2, 3, 5}, /* the same with tanh */
    {0, 2, 1, 0, 0, 0, 2, 3, 5}, /* one unit for two targets */
    {1, 1, 1, 1, 0, 0, 2, 3, 5}, /* squared error for a binary task */
    {1, 1, 1, 1, 3, 0, 2, 3, 5}, /* the categorical loss for one sigmoid */
    {1, 1, 2, 1, 2, 0, 2, 3, 5}, /* two sigmoids for a binary task */
    {1, 2, 2, 2, 2, 0, 2, 3, 5}, /* two softmax units and the binary loss */
    {0, 1, 1, 1, 0, 1, 9, 0, 0}, /* everything at once: squashed, deep, linear, zeros */
    {3, 4, 1, 1, 2, 0, 2, 3, 5}, /* one sigmoid for four labels */
    {1, 7, 7, 1, 2, 0, 2, 3, 5}, /* binary: classes is not what counts */
    {2, 2, 2, 4, 3, 1, 2, 3, 5}, /* a ReLU before logits are taken */
};

/* What a case consists of: the tables above, or a sweep over two or three columns. */
enum data { HEADS, MISTAKES, ALL_HEADS, ALL_STARTS, ALL_DEPTHS, ONE };

static const struct row {
    struct case_head head;
    enum data data;
    int base;                     /* of a sweep: the row of `heads` that it varies */
    const char *bounded, *scales; /* NULL: not stated */
    int deepest;                  /* -1: not stated */
} rows[] = {
    /* clang-format off */
    {{"sound", "exact", "FND-36 FND-16 FND-18 FND-19",
      "Ten heads that are right: a checker that always warns cannot pass.", 0},
     HEADS, 0, NULL, NULL, -1},
    {{"mistakes", "exact", "FND-36", "What people really write, mostly one mistake each.", 0},
     MISTAKES, 0, NULL, NULL, -1},
    {{"mistakes_bounded", "exact", "FND-36 FND-17",
      "The same where targets have bounds: a sigmoid or tanh may squash them, a ReLU may not.", 0},
     MISTAKES, 0, "yes", NULL, -1},
    {{"every_head_of_classes", "exact", "FND-36 FND-19",
      "All outputs, losses and kinds of input for seven classes.", 0}, ALL_HEADS, 2, NULL, NULL,
       -1},
    {{"every_head_of_numbers", "exact", "FND-36 FND-16 FND-17",
      "The same for regression with bounds.", 0}, ALL_HEADS, 4, "yes", NULL, -1},
    {{"every_head_of_two", "exact", "FND-36 FND-18", "The same for a binary task of one unit.", 0},
     ALL_HEADS, 0, "no", NULL, -1},
    {{"every_head_of_labels", "exact", "FND-36", "The same for six labels.", 0},
     ALL_HEADS, 5, NULL, NULL, -1},
    {{"every_start", "exact", "FND-36 INI-06 INI-09",
      "All starts before all hidden activations, with one hidden layer and with none.", 0},
     ALL_STARTS, 1, NULL, "strict", -1},
    {{"every_start_lenient", "exact", "FND-36",
      "The same where any scaled start will do, as Keras and PyTorch take it.", 0},
     ALL_STARTS, 1, NULL, "lenient", -1},
    {{"depths", "exact", "FND-36 FND-25 FND-45", "0 to 9 hidden layers, linear and not.", 0},
     ALL_DEPTHS, 3, NULL, NULL, -1},
    {{"depths_stated", "exact", "FND-36", "The same with at most 2 hidden layers.", 0},
     ALL_DEPTHS, 3, NULL, NULL, 2},
    {{"one", "exact", "FND-36", "A single description: most ranks have none.", 0},
     ONE, 0, NULL, NULL, 0},
    /* clang-format on */
};

static const struct refusal refusals[] = {
    {"classes_short", "one", INPUT_SHORTER, "classes", .why = "Of one network they are unknown."},
    {"task_unknown", "one", ELEMENT_SET, "task", 4, .why = "It stands for no task."},
    {"output_unknown", "one", ELEMENT_SET, "output", 5, .why = "It stands for no activation."},
    {"loss_negative", "one", ELEMENT_SET, "loss", -1, .why = "It stands for no loss."},
    {"logits_unknown", "one", ELEMENT_SET, "logits", 2, .why = "It is yes or no."},
    {"no_units", "one", ELEMENT_SET, "units", 0, .why = "An output layer has a unit."},
    {"no_classes", "one", ELEMENT_SET, "classes", 0, .why = "There is nothing to predict."},
    {"hidden_unknown", "one", ELEMENT_SET, "hidden", 5, .why = "It stands for no activation."},
    {"start_missing", "one", INPUT_GONE, "start", .why = "Glorot would be a guess."},
    {"depth_negative", "one", ELEMENT_SET, "depth", -1, .why = "There are no such networks."},
    {"unknown_bounded", "one", CHOICE_SET, "bounded", .choice = "maybe", .why = "Yes or no."},
    {"unknown_scales", "one", CHOICE_SET, "scales", .choice = "free",
     .why = "There is no such convention."},
    {"deepest_negative", "one", NUMBER_SET, "deepest", -1, .why = "Fewer than none."},
};

static void take(int list[MOST][COLUMNS], size_t *count, const int is[COLUMNS])
{
    for (size_t c = 0; c < COLUMNS; c++)
        list[*count][c] = is[c];
    (*count)++;
}

/* Varies a copy of `base`: outputs, losses, logits; starts and activations; or depths. */
static size_t sweep(int list[MOST][COLUMNS], enum data data, const int base[COLUMNS])
{
    size_t count = 0;
    int is[COLUMNS];
    for (size_t c = 0; c < COLUMNS; c++)
        is[c] = base[c];
    for (int i = 0; i < 5; i++) {
        for (int j = 0; j < (data == ALL_HEADS ? 5 : 6); j++) {
            for (int k = 0; k < 2; k++) {
                if (data == ALL_DEPTHS) {
                    is[6] = i * 2 + k;
                    is[7] = j;
                } else {
                    is[data == ALL_HEADS ? 3 : 7] = i;
                    is[data == ALL_HEADS ? 4 : 8] = j;
                    is[data == ALL_HEADS ? 5 : 6] = data == ALL_HEADS ? k : 1 - k;
                }
                if (data != ALL_DEPTHS || j < 2)
                    take(list, &count, is);
            }
        }
    }
    return count;
}

static size_t collect(int list[MOST][COLUMNS], const struct row *row)
{
    size_t count = 0;
    if (row->data == HEADS) {
        for (size_t i = 0; i < sizeof heads / sizeof *heads; i++)
            take(list, &count, heads[i]);
    } else if (row->data == MISTAKES) {
        for (size_t i = 0; i < sizeof mistakes / sizeof *mistakes; i++)
            take(list, &count, mistakes[i]);
    } else if (row->data == ONE) {
        take(list, &count, heads[row->base]);
    } else {
        count = sweep(list, row->data, heads[row->base]);
    }
    return count;
}

void model_checks_cases(struct case_list *list)
{
    for (size_t i = 0; i < sizeof rows / sizeof *rows; i++) {
        const struct row *row = &rows[i];
        struct assay_case *test = case_add(list, &row->head);
        int all[MOST][COLUMNS], column[MOST];
        size_t N = collect(all, row);
        if (row->bounded)
            case_choice(test, "bounded", row->bounded);
        if (row->scales)
            case_choice(test, "scales", row->scales);
        if (row->deepest >= 0)
            case_number(test, "deepest", row->deepest);
        for (size_t c = 0; c < COLUMNS; c++) {
            for (size_t n = 0; n < N; n++)
                column[n] = all[n][c];
            case_integers(test, names[c], DIMS(N), column);
        }
    }
    case_refusals(list, refusals, sizeof refusals / sizeof *refusals);
}
