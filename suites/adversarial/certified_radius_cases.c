// SPDX-License-Identifier: MIT
#include "../activations/elementwise_cases.h"

enum { MOST = 20 };
static const struct row {
    struct case_head head;
    size_t N, K;
    int selection[MOST], estimation[MOST];
    const char *settings;
} rows[] = {
    {{"ordinary", "bounded", "ADV-14 ADV-13",
      "100 votes each, sure to doubtful: the last input gets no certificate.", 0},
     5,
     3,
     {10, 0, 0, 1, 9, 0, 2, 1, 7, 8, 1, 1, 4, 3, 3},
     {100, 0, 0, 2, 95, 3, 10, 5, 85, 75, 20, 5, 52, 30, 18},
     "sigma=0.25"},
    {{"half_a_deviation", "bounded", "ADV-14",
      "Another deviation and alpha: the radius is linear in the one, not in the other.", 0},
     3,
     2,
     {20, 1, 3, 18, 11, 10},
     {57, 3, 6, 54, 44, 16},
     "sigma=0.5 alpha=0.01"},
    {{"chosen_by_others", "bounded", "ADV-14",
      "Selection and estimation disagree: the class is that of the former, with the latter's few "
      "votes.",
      0},
     3,
     3,
     {6, 2, 2, 1, 5, 4, 0, 3, 7},
     {30, 70, 0, 4, 6, 90, 80, 15, 5},
     "sigma=0.25"},
    {{"no_vote_for_the_class", "bounded", "ADV-14",
      "The chosen class gets no vote at all: its lower bound is exactly 0.", 0},
     2,
     3,
     {6, 2, 2, 1, 5, 4},
     {0, 20, 3, 11, 0, 2},
     "sigma=0.25 alpha=0.03125"},
    {{"two_bounds", "bounded", "ADV-14",
      "Two bounds: certificates where no class has half of the votes.", 0},
     4,
     4,
     {8, 1, 1, 0, 5, 3, 1, 1, 1, 1, 6, 2, 2, 3, 2, 3},
     {95, 3, 1, 1, 55, 25, 15, 5, 11, 9, 48, 12, 30, 30, 25, 15},
     "sigma=0.25 form=two"},
    {{"two_bounds_few", "bounded", "ADV-14",
      "20 votes: with little data one bound certifies more than two.", 0},
     3,
     3,
     {5, 0, 0, 4, 1, 0, 0, 2, 3},
     {20, 0, 0, 18, 2, 0, 1, 1, 18},
     "sigma=1 alpha=0.05 form=two"},
    {{"hoeffding", "bounded", "ADV-14", "Hoeffding's bound: smaller radii of the same votes.", 0},
     3,
     3,
     {10, 0, 0, 1, 9, 0, 2, 1, 7},
     {100, 0, 0, 2, 95, 3, 10, 5, 85},
     "sigma=0.25 bound=hoeffding"},
    {{"wilson", "bounded", "ADV-14", "An approximate bound, which proves nothing.", 0},
     3,
     2,
     {10, 0, 1, 9, 8, 1},
     {99, 1, 5, 95, 80, 20},
     "sigma=0.25 bound=wilson alpha=0.03125"},
    {{"hundreds", "bounded", "ADV-14", "400 votes, nearly all alike: quantiles near 3.", 0},
     3,
     2,
     {40, 0, 39, 1, 38, 2},
     {400, 0, 399, 1, 390, 10},
     "sigma=0.125"},
    {{"other_numbers", "bounded", "ADV-14",
      "Inputs with 1, 7 and 50 votes: a test of one coin rejects nothing.", 0},
     3,
     2,
     {1, 0, 2, 1, 0, 9},
     {1, 0, 7, 0, 1, 49},
     "sigma=0.5 alpha=0.0625"},
    {{"ties_first", "bounded", "ADV-14",
      "Equal counts in selection and estimation go to the first class; p is exactly 1.", 0},
     3,
     3,
     {4, 4, 2, 1, 5, 5, 3, 3, 3},
     {20, 70, 10, 10, 45, 45, 40, 20, 40},
     "sigma=0.25 alpha=0.01 ties=first"},
    {{"ties_last", "bounded", "ADV-14", "The same go to the last one.", 0},
     3,
     3,
     {4, 4, 2, 1, 5, 5, 3, 3, 3},
     {20, 70, 10, 10, 45, 45, 40, 20, 40},
     "sigma=0.25 alpha=0.01 ties=last"},
    {{"predictions", "bounded", "ADV-14",
      "Tests around alpha of 0.05, of the two largest counts: the third class does not matter.", 0},
     4,
     3,
     {5, 0, 0, 5, 0, 0, 5, 0, 0, 5, 0, 0},
     {15, 5, 80, 14, 6, 0, 10, 3, 3, 8, 1, 0},
     "sigma=0.25 alpha=0.05"},
};

static const struct refusal refusals[] = {
    {"sigma_zero", "wilson", NUMBER_SET, "sigma", 0, NULL, 0,
     "Without noise nothing is certified."},
    {"sigma_missing", "wilson", NUMBER_GONE, "sigma", 0, NULL, 0, "The radius is in its units."},
    {"alpha_zero", "half_a_deviation", NUMBER_SET, "alpha", 0, NULL, 0,
     "No certificate from votes is certain."},
    {"alpha_above_one", "half_a_deviation", NUMBER_SET, "alpha", 1.5, NULL, 0,
     "Not a probability."},
    {"negative_votes", "wilson", ELEMENT_SET, "estimation", -1, NULL, 0, "Votes are counts."},
    {"no_votes", "other_numbers", ELEMENT_SET, "estimation", 0, NULL, 0, "Nothing was tried."},
    {"selection_missing", "wilson", INPUT_GONE, "selection", 0, NULL, 0, "Which class?"},
    {"selection_of_fewer_classes", "wilson", INPUT_SHORTER, "estimation", 0, NULL, 1,
     "A class is missing."},
    {"unknown_form", "wilson", CHOICE_SET, "form", 0, "three", 0, "Not defined here."},
};

void certified_radius_cases(struct case_list *list)
{
    for (size_t i = 0; i < sizeof rows / sizeof *rows; i++) {
        struct assay_case *test = case_add(list, &rows[i].head);
        elementwise_settings(test, rows[i].settings);
        case_integers(test, "selection", DIMS(rows[i].N, rows[i].K), rows[i].selection);
        case_integers(test, "estimation", DIMS(rows[i].N, rows[i].K), rows[i].estimation);
    }
    case_refusals(list, refusals, sizeof refusals / sizeof *refusals);
}
