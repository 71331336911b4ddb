// SPDX-License-Identifier: MIT
#include "points.h"

struct row {
    struct case_head head;
    struct points_row points;
    const char *clean, *ties, *vote, *modes, *neighbourhood;
    int k, rounds, block;
};

/* Class 1 stands at 2, 3, 6, 7 among class 0; many distances are equal. */
static const double line[] = {2, 1, 5, 4, 9, 3, 10, 6, 0, 8, 14, 13, 7, 15};

static const struct row rows[] = {
    {{"ordinary", "bounded", "IMB-03", "Nothing stated: three neighbours, all must agree.", 0},
     {2, {12, 6}, .spread = 1.5},
     .block = 4},
    {{"by_majority", "bounded", "IMB-03", "Two of three neighbours suffice: Wilson's rule.", 0},
     {2, {12, 6}, .spread = 1.5},
     .vote = "mode",
     .block = 4},
    {{"five_neighbours", "bounded", "IMB-03", "Five neighbours, majority.", 0},
     {3, {13, 6}, .spread = 1.5},
     .vote = "mode",
     .k = 5,
     .block = 2},
    {{"one_neighbour", "bounded", "IMB-03", "The nearest neighbour alone.", 0},
     {2, {10, 6}, .spread = 1},
     .k = 1,
     .block = 4},
    {{"three_classes", "bounded", "IMB-03", "Three classes, of which the smallest loses none.", 0},
     {2, {9, 5, 7}, .spread = 2},
     .vote = "mode",
     .block = 4},
    {{"split_votes", "bounded", "IMB-03",
      "Two neighbours of two classes: the smaller label is the mode, as SciPy has it.", 0},
     {2, {7, 9, 5}, .spread = 2},
     .vote = "mode",
     .k = 2,
     .clean = "all",
     .block = 4},
    {{"split_votes_for_itself", "bounded", "IMB-03", "The same, where its own label counts.", 0},
     {2, {7, 9, 5}, .spread = 2},
     .vote = "mode",
     .k = 2,
     .clean = "all",
     .modes = "own",
     .block = 4},
    {{"all_classes", "bounded", "IMB-03", "The smallest class loses samples too.", 0},
     {2, {12, 6}, .spread = 1.5},
     .clean = "all",
     .block = 4},
    {{"largest_only", "bounded", "IMB-03", "Of three classes only the largest loses samples.", 0},
     {2, {9, 5, 7}, .spread = 2},
     .clean = "majority",
     .block = 4},
    {{"repeated", "bounded", "IMB-03", "Four rounds: who stays is judged by who is left.", 0},
     {2, {15, 7}, .spread = 1.2},
     .rounds = 4,
     .block = 4},
    {{"repeated_all_classes", "bounded", "IMB-03", "Rounds in which all classes lose samples.", 0},
     {2, {13, 9}, .spread = 1},
     .rounds = 3,
     .vote = "mode",
     .clean = "all",
     .block = 4},
    {{"growing", "bounded", "IMB-03", "One neighbour, then two, then three: all k-NN.", 0},
     {2, {15, 7}, .spread = 1.2},
     .rounds = 3,
     .neighbourhood = "growing",
     .block = 4},
    {{"nobody_left", "bounded", "IMB-03",
      "After a round fewer samples are left than have neighbours: no further one.", 0},
     {2, {4, 3}, .spread = 0},
     .k = 4,
     .rounds = 4,
     .clean = "all",
     .block = 4},
    {{"far_apart", "bounded", "IMB-03", "Classes far apart: all agree.", 0},
     {3, {8, 5}, .spread = 20},
     .block = 4},
    {{"ties_first", "exact", "IMB-03", "Equidistant neighbours: the first one is nearer.", 0},
     {1, {10, 4}, .x = line},
     .ties = "first",
     .k = 1,
     .block = 4},
    {{"ties_last", "exact", "IMB-03", "The same, where the last one is.", 0},
     {1, {10, 4}, .x = line},
     .ties = "last",
     .k = 1,
     .block = 4},
};

static const struct refusal refusals[] = {
    {"too_many_neighbours", "nobody_left", NUMBER_SET, "neighbours", 7, NULL, 0,
     "There are six others."},
    {"no_neighbours", "nobody_left", NUMBER_SET, "neighbours", 0, NULL, 0, "Nobody votes."},
    {"no_rounds", "nobody_left", NUMBER_SET, "rounds", 0, NULL, 0, "Nothing is edited."},
    {"vote_unknown", "ties_first", CHOICE_SET, "ties", 0, "unheard_of", 0,
     "There is no such convention."},
};

void edited_nearest_neighbours_cases(struct case_list *list)
{
    for (size_t i = 0; i < sizeof rows / sizeof *rows; i++) {
        const struct row *row = &rows[i];
        struct assay_case *test = case_add(list, &row->head);
        points_case(test, &row->points);
        const char *const choice[] = {"clean", row->clean, "ties",          row->ties,
                                      "vote",  row->vote,  "neighbourhood", row->neighbourhood,
                                      "modes", row->modes};
        points_choices(test, choice, 5);
        if (row->k > 0)
            case_number(test, "neighbours", row->k);
        if (row->rounds > 0)
            case_number(test, "rounds", row->rounds);
        case_number(test, "block", row->block);
    }
    case_refusals(list, refusals, sizeof refusals / sizeof *refusals);
}
