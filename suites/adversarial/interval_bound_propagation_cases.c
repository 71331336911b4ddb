// SPDX-License-Identifier: MIT
#include "../activations/elementwise_cases.h"
#include "victim_cases.h"

static const struct row {
    struct case_head head;
    struct victim_setting is;
    const char *settings;
    int deep; /* one layer more */
} rows[] = {
    {{"ordinary", "bounded", "ADV-13",
      "A hidden layer of ReLUs, some of which cross 0 within the box; half of the loss is the "
      "worst case.",
      0},
     {.N = 5, .D = 3, .H = 4, .K = 3, .block = 2},
     "epsilon=0.0625",
     0},
    {{"intervals", "bounded", "ADV-13",
      "Each logit has its own interval: looser than merged, with fewer certificates.", 0},
     {.N = 5, .D = 3, .H = 4, .K = 3, .block = 2},
     "epsilon=0.0625 last=intervals",
     0},
    {{"linear", "bounded", "ADV-13",
      "No hidden layer: merged bounds are exact, the smallest margin in the box.", 0},
     {.N = 4, .D = 3, .H = 0, .K = 3, .block = 1},
     "epsilon=0.125 kappa=0.25",
     0},
    {{"tanh", "bounded", "ADV-13", "tanh at both ends of each interval.", 0},
     {.N = 4, .D = 3, .H = 4, .K = 2, .block = 1, .activation = "tanh"},
     "epsilon=0.125 kappa=0.25",
     0},
    {{"sigmoid", "bounded", "ADV-13", "sigmoid at both ends, logits apart.", 0},
     {.N = 4, .D = 2, .H = 3, .K = 4, .block = 3, .activation = "sigmoid"},
     "epsilon=0.125 kappa=0.75 last=intervals",
     0},
    {{"deep", "bounded", "ADV-13", "Two hidden layers: intervals grow from layer to layer.", 0},
     {.N = 4, .D = 3, .H = 3, .K = 2, .block = 2},
     "epsilon=0.03125",
     1},
    {{"clipped", "bounded", "ADV-13",
      "A radius of 0.375: the box of the inputs cuts, and there dx is halved.", 0},
     {.N = 4, .D = 3, .H = 4, .K = 3, .block = 1, .corner = 0.3125},
     "epsilon=0.375 kappa=0.125",
     0},
    {{"no_box", "bounded", "ADV-13", "The same without a box.", 0},
     {.N = 4, .D = 3, .H = 4, .K = 3, .block = 1, .corner = 0.3125},
     "epsilon=0.375 kappa=0.125 box=none",
     0},
    {{"clean_only", "bounded", "ADV-13",
      "kappa = 1: the worst case counts for the certificate alone.", 0},
     {.N = 4, .D = 2, .H = 3, .K = 3, .block = 1},
     "epsilon=0.0625 kappa=1",
     0},
    {{"worst_only", "bounded", "ADV-13", "kappa = 0: the clean loss does not count.", 0},
     {.N = 7, .D = 2, .H = 3, .K = 3, .block = 2, .wrong = 2},
     "epsilon=0.0625 kappa=0",
     0},
    {{"radius_zero", "bounded", "ADV-13",
      "A radius of 0: the worst case is the clean one, certificates are predictions.", 0},
     {.N = 4, .D = 2, .H = 3, .K = 2, .block = 1, .wrong = 1},
     "epsilon=0 last=intervals",
     0},
    {{"another_box", "bounded", "ADV-13", "A box of [0.125, 0.875].", 0},
     {.N = 3, .D = 2, .H = 3, .K = 2, .block = 1, .spread = 0.0625},
     "epsilon=0.1875 low=0.125 high=0.875",
     0},
};

static const struct refusal refusals[] = {
    {"radius_negative", "radius_zero", NUMBER_SET, "epsilon", -0.125, NULL, 0,
     "The box is inside out."},
    {"radius_missing", "radius_zero", NUMBER_GONE, "epsilon", 0, NULL, 0,
     "There is no usual radius."},
    {"kappa_above_one", "clean_only", NUMBER_SET, "kappa", 1.5, NULL, 0,
     "The worst case would be sought."},
    {"kappa_negative", "clean_only", NUMBER_SET, "kappa", -0.5, NULL, 0,
     "The clean loss would be maximised."},
    {"box_inside_out", "another_box", NUMBER_SET, "high", 0.125, NULL, 0, "Nothing lies between."},
    {"label_too_large", "radius_zero", ELEMENT_SET, "labels", 2, NULL, 0,
     "There is no such class."},
    {"labels_missing", "radius_zero", INPUT_GONE, "labels", 0, NULL, 0,
     "The margin of which class?"},
    {"unknown_last", "radius_zero", CHOICE_SET, "last", 0, "crown", 0, "Not defined here."},
};

/* One more layer (K,K) behind the others, whose units each favour one class. */
static void deepen(struct assay_case *test, size_t K)
{
    case_signed(test, "w3", DIMS(K, K), 0.125, 0.375);
    case_uniform(test, "b3", DIMS(K), -0.125, 0.125);
    double *w = case_input(test, "w3");
    for (size_t k = 0; k < K; k++)
        w[k * K + k] = (float)(1 + (w[k * K + k] < 0 ? -w[k * K + k] : w[k * K + k]));
}

void interval_bound_propagation_cases(struct case_list *list)
{
    for (size_t i = 0; i < sizeof rows / sizeof *rows; i++) {
        const struct row *row = &rows[i];
        struct assay_case *test = case_add(list, &row->head);
        victim_fill(test, &row->is);
        if (row->deep)
            deepen(test, row->is.K);
        elementwise_settings(test, row->settings);
    }
    case_refusals(list, refusals, sizeof refusals / sizeof *refusals);
}
