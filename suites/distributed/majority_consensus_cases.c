// SPDX-License-Identifier: MIT
#include "../case_builder.h"

enum { VOTES = 32 };

static const struct row {
    struct case_head head;
    size_t R, W;
    int vote[VOTES];
    double quorum;
    const char *rule, *counted, *ties;
} rows[] = {
    /* clang-format off */
    {{"agreed", "exact", "DST-12", "All name the same checkpoint.", 0},
     1, 4, {300, 300, 300, 300}, 0, NULL, NULL, NULL},
    {{"majority", "exact", "DST-12 DST-10",
      "Three of five, a single step more, two of five: only the first two rounds agree.", 0},
     3, 5, {300, 200, 300, 300, 100, 301, 301, 301, 301, 300, 200, 200, 300, 300, 100}, 0, NULL,
     NULL, NULL},
    {{"half", "exact", "DST-12", "Half of an even number is no majority; one more is.", 0},
     2, 4, {200, 200, 300, 300, 200, 300, 300, 300}, 0, NULL, NULL, NULL},
    {{"absent", "exact", "DST-12 DST-11",
      "Two of five do not answer: three of five is a majority, two of three is none.", 0},
     3, 5, {300, -1, 300, 300, -1, 300, -1, 300, 200, -1, -1, -1, -1, -1, -1}, 0, NULL, "all",
     NULL},
    {{"absent_present", "exact", "DST-12 DST-11",
      "The same counted among those who answer; nobody is no majority either.", 0},
     3, 5, {300, -1, 300, 300, -1, 300, -1, 300, 200, -1, -1, -1, -1, -1, -1}, 0, NULL, "present",
     NULL},
    {{"split_network", "exact", "DST-12 DST-11",
      "Two halves that do not see each other: neither may agree.", 0},
     2, 4, {300, 300, -1, -1, -1, -1, 200, 200}, 0, NULL, NULL, NULL},
    {{"plurality", "exact", "DST-12",
      "The most votes, though far from a majority, and though more do not answer.", 0},
     3, 7, {300, 200, 100, 300, 400, 500, -1, 700, 600, 600, 500, 500, 500, 100, -1, 300, -1, 300,
            -1, 100, -1}, 0, "plurality",
     NULL, NULL},
    {{"ties_newest", "exact", "DST-12 DST-10",
      "Two checkpoints with two votes: the newer, wherever it was named first.", 0},
     2, 5, {200, 300, 300, 200, 100, 400, 300, 400, 300, 900}, 0, "plurality", NULL, "newest"},
    {{"ties_oldest", "exact", "DST-12 DST-10", "The same: the older.", 0},
     2, 5, {200, 300, 300, 200, 100, 400, 300, 400, 300, 900}, 0, "plurality", NULL, "oldest"},
    {{"ties_none", "exact", "DST-12", "The same without a winner; a clear round has one.", 0},
     3, 5, {200, 300, 300, 200, 100, 400, 300, 400, 300, 900, 300, 300, 300, 200, 200}, 0,
     "plurality", NULL, "none"},
    {{"three_way_tie", "exact", "DST-12",
      "Three ids with two votes each, the largest in the middle.", 0},
     1, 7, {200, 900, 300, 200, 900, 300, 1}, 0, "plurality", NULL, "newest"},
    {{"quorum", "exact", "DST-12", "Two votes are enough; one is not.", 0},
     3, 5, {300, 300, 200, 100, -1, 300, 200, 100, 400, -1, 200, 200, 300, 300, 300}, 2, "quorum",
     NULL, NULL},
    {{"quorum_tie", "exact", "DST-12", "Two ids reach the quorum with as many votes: the older.",
      0}, 1, 5, {300, 200, 300, 200, -1}, 2, "quorum", NULL, "oldest"},
    {{"minimum", "exact", "DST-12 DST-10",
      "The newest checkpoint that all have is the smallest of their newest.", 0},
     3, 4, {300, 200, 300, 300, 500, 400, 450, 400, 0, 100, 200, 300}, 4, "minimum", NULL, NULL},
    {{"minimum_absent", "exact", "DST-12 DST-10 DST-11",
      "One does not answer: three of four are enough in the first round, two are not.", 0},
     3, 4, {300, -1, 250, 300, -1, -1, 450, 400, -1, -1, -1, -1}, 3, "minimum", NULL, NULL},
    {{"first_checkpoint", "exact", "DST-12", "Id 0 is a checkpoint, not an absence.", 0},
     2, 3, {0, 0, 5, 0, -1, 0}, 0, NULL, NULL, NULL},
    {{"many_workers", "exact", "DST-12", "Fifteen workers, twice.", 0},
     2, 15, {7, 7, 8, 7, 9, 7, 7, 8, 7, 7, -1, 9, 8, 7, 8,
             5, 6, 5, 6, 5, 6, 5, 6, 5, 6, 5, 6, 5, 6, 4}, 0, NULL, NULL, NULL},
    /* clang-format on */
};

void majority_consensus_cases(struct case_list *list)
{
    static const struct refusal refusals[] = {
        {"vote_below", "agreed", ELEMENT_SET, "vote", -2, NULL, 0, "No checkpoint has this id."},
        {"votes_missing", "agreed", INPUT_GONE, "vote", 0, NULL, 0, "Nobody is asked."},
        {"quorum_missing", "quorum_tie", NUMBER_GONE, "quorum", 0, NULL, 0,
         "Nothing says how many are enough."},
        {"quorum_zero", "quorum_tie", NUMBER_SET, "quorum", 0, NULL, 0, "Nobody would be enough."},
        {"quorum_above", "quorum_tie", NUMBER_SET, "quorum", 6, NULL, 0,
         "More than there are workers."},
        {"unknown_rule", "agreed", CHOICE_SET, "rule", 0, "sideways", 0,
         "A convention that does not exist."},
        {"unknown_ties", "quorum_tie", CHOICE_SET, "ties", 0, "sideways", 0,
         "A convention that does not exist."},
    };
    for (size_t i = 0; i < sizeof rows / sizeof *rows; i++) {
        const struct row *row = &rows[i];
        struct assay_case *test = case_add(list, &row->head);
        if (row->rule)
            case_choice(test, "rule", row->rule);
        if (row->counted)
            case_choice(test, "counted", row->counted);
        if (row->ties)
            case_choice(test, "ties", row->ties);
        if (row->quorum > 0)
            case_number(test, "quorum", row->quorum);
        case_integers(test, "vote", DIMS(row->R, row->W), row->vote);
    }
    case_refusals(list, refusals, sizeof refusals / sizeof *refusals);
}
