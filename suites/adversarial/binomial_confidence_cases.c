// SPDX-License-Identifier: MIT
#include "../activations/elementwise_cases.h"

enum { MOST_COUNTS = 8 };
static const struct row {
    struct case_head head;
    size_t N;
    int successes[MOST_COUNTS], trials[MOST_COUNTS];
    const char *settings;
} rows[] = {
    {{"ordinary", "bounded", "ADV-14 ADV-13",
      "Counts of 20 trials at the default alpha, two-sided.", 0},
     5,
     {1, 5, 11, 16, 19},
     {20, 20, 20, 20, 20},
     ""},
    {{"one_sided", "bounded", "ADV-14 ADV-13",
      "The certificate's alpha of 0.001 on one side, with counts of 100.", 0},
     5,
     {51, 63, 80, 95, 99},
     {100, 100, 100, 100, 100},
     "alpha=0.001 side=one"},
    {{"nothing_and_everything", "bounded", "ADV-14",
      "No success and all successes: closed forms, and the outer bounds are exactly 0 and 1.", 0},
     6,
     {0, 3, 0, 50, 0, 1},
     {3, 3, 50, 50, 1, 1},
     "alpha=0.03125"},
    {{"many_trials", "bounded", "ADV-14",
      "Up to 400 trials: binomial coefficients beyond binary32.", 0},
     4,
     {210, 390, 399, 7},
     {400, 400, 400, 300},
     "alpha=0.001 side=one"},
    {{"single_trials", "bounded", "ADV-14", "One to three trials: almost nothing is known.", 0},
     4,
     {0, 1, 1, 2},
     {2, 2, 3, 3},
     "side=one"},
    {{"large_alpha", "bounded", "ADV-14",
      "One-sided alpha of 0.75: the lower bound lies above the share.", 0},
     3,
     {3, 8, 1},
     {9, 9, 7},
     "alpha=0.4375 side=one"},
    {{"tiny_alpha", "bounded", "ADV-14",
      "alpha of 1e-30: logarithms of probabilities, never these themselves.", 0},
     3,
     {40, 49, 60},
     {60, 50, 60},
     "alpha=1e-30 side=one"},
    {{"hoeffding", "bounded", "ADV-14", "Hoeffding's bound, wider than the exact one.", 0},
     5,
     {51, 63, 80, 95, 99},
     {100, 120, 100, 100, 100},
     "alpha=0.001 side=one bound=hoeffding"},
    {{"hoeffding_cut", "bounded", "ADV-14", "Hoeffding's bound beyond 0 and 1 is cut.", 0},
     3,
     {1, 3, 2},
     {4, 4, 4},
     "alpha=0.125 bound=hoeffding"},
    {{"wilson", "bounded", "ADV-14", "Wilson's approximate interval, at both ends too.", 0},
     5,
     {1, 7, 12, 19, 15},
     {20, 20, 20, 20, 16},
     "bound=wilson"},
    {{"wald", "bounded", "ADV-14", "The normal approximation, which no certificate may use.", 0},
     4,
     {3, 7, 12, 17},
     {20, 20, 20, 21},
     "bound=wald alpha=0.125"},
    {{"wald_one_sided", "bounded", "ADV-14",
      "The same with all of alpha on each side, cut at the ends.", 0},
     4,
     {1, 7, 12, 19},
     {20, 20, 20, 20},
     "bound=wald alpha=0.0078125 side=one"},
};

static const struct refusal refusals[] = {
    {"alpha_zero", "single_trials", NUMBER_SET, "alpha", 0, NULL, 0,
     "No interval is certain but [0, 1]."},
    {"alpha_one", "single_trials", NUMBER_SET, "alpha", 1, NULL, 0,
     "A bound that may always be wrong."},
    {"more_successes_than_trials", "single_trials", ELEMENT_SET, "successes", 3, NULL, 1,
     "3 of 2."},
    {"no_trials", "single_trials", ELEMENT_SET, "trials", 0, NULL, 0, "Nothing was tried."},
    {"negative_count", "single_trials", ELEMENT_SET, "successes", -1, NULL, 0,
     "Counts are not negative."},
    {"trials_missing", "single_trials", INPUT_GONE, "trials", 0, NULL, 0, "Out of how many?"},
    {"trials_short", "single_trials", INPUT_SHORTER, "trials", 0, NULL, 0,
     "One trials is missing."},
    {"unknown_bound", "single_trials", CHOICE_SET, "bound", 0, "jeffreys", 0, "Not defined here."},
};

void binomial_confidence_cases(struct case_list *list)
{
    for (size_t i = 0; i < sizeof rows / sizeof *rows; i++) {
        struct assay_case *test = case_add(list, &rows[i].head);
        elementwise_settings(test, rows[i].settings);
        case_integers(test, "successes", DIMS(rows[i].N), rows[i].successes);
        case_integers(test, "trials", DIMS(rows[i].N), rows[i].trials);
    }
    case_refusals(list, refusals, sizeof refusals / sizeof *refusals);
}
