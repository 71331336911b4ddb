// SPDX-License-Identifier: MIT
#include "ranking_cases.h"

static const struct row {
    struct case_head head;
    size_t N, K, block;
    int top, grades, whole, empty; /* whole: scores with ties; empty: every third query */
    enum weights weights;
    const char *gain, *ties, *none;
} rows[] = {
    {{"ordinary", "bounded", "", "Graded relevance, the whole list.", 0},
     .N = 7,
     .K = 6,
     .block = 2,
     .grades = 4},
    {{"top_three", "bounded", "", "Only the first three ranks, of the ideal order too.", 0},
     .N = 7,
     .K = 8,
     .block = 2,
     .grades = 3,
     .top = 3},
    {{"top_one", "bounded", "", "The first rank alone: its discount is 1.", 0},
     .N = 9,
     .K = 5,
     .block = 2,
     .grades = 3,
     .top = 1},
    {{"exponential", "bounded", "", "2^relevance - 1 favours the best items.", 0},
     .N = 7,
     .K = 6,
     .block = 2,
     .grades = 5,
     .gain = "exponential"},
    {{"binary_relevance", "bounded", "MET-02 MET-03",
      "Relevant or not: reciprocal rank and average precision say most.", 0},
     .N = 9,
     .K = 7,
     .block = 4,
     .grades = 2},
    {{"binary_top_two", "bounded", "MET-02 MET-03",
      "More relevant items than places: divided by the places.", 0},
     .N = 9,
     .K = 7,
     .block = 4,
     .grades = 2,
     .top = 2},
    {{"ties_averaged", "bounded", "", "Equal scores share their gains.", 0},
     .N = 6,
     .K = 8,
     .block = 2,
     .grades = 4,
     .whole = 1},
    {{"ties_averaged_at_cut", "bounded", "", "A tie across the cut after four.", 0},
     .N = 6,
     .K = 8,
     .block = 2,
     .grades = 4,
     .whole = 1,
     .top = 4},
    {{"ties_by_index", "bounded", "", "Equal scores in the order of the items.", 0},
     .N = 6,
     .K = 8,
     .block = 2,
     .grades = 4,
     .whole = 1,
     .ties = "index"},
    {{"nothing_relevant", "bounded", "", "Queries without relevant items count 0.", 0},
     .N = 8,
     .K = 5,
     .block = 2,
     .grades = 3,
     .empty = 1},
    {{"nothing_relevant_one", "bounded", "", "They count 1.", 0},
     .N = 8,
     .K = 5,
     .block = 2,
     .grades = 3,
     .empty = 1,
     .none = "one"},
    {{"nothing_relevant_excluded", "bounded", "", "They are not averaged.", 0},
     .N = 8,
     .K = 5,
     .block = 2,
     .grades = 3,
     .empty = 1,
     .none = "excluded"},
    {{"weights", "bounded", "", "Queries have weights.", 0},
     .N = 11,
     .K = 5,
     .block = 2,
     .grades = 3,
     .weights = UNIFORM},
};

static const struct refusal refusals[] = {
    {"top_zero", "ordinary", NUMBER_SET, "top", 0, NULL, 0, "No ranks."},
    {"top_too_large", "ordinary", NUMBER_SET, "top", 7, NULL, 0, "More ranks than items."},
    {"relevance_negative", "ordinary", ELEMENT_SET, "relevance", -1, NULL, 2,
     "A gain below nothing."},
    {"gain_unknown", "ordinary", CHOICE_SET, "gain", 0, "cubic", 0, "There is no such gain."},
    {"relevance_short", "ordinary", INPUT_SHORTER, "relevance", 0, NULL, 1,
     "An item without relevance."},
};

void normalized_discounted_cumulative_gain_cases(struct case_list *list)
{
    for (size_t i = 0; i < sizeof rows / sizeof *rows; i++) {
        const struct row *row = &rows[i];
        struct assay_case *test = case_add(list, &row->head);
        case_number(test, "block", (double)row->block);
        case_labels(test, "relevance", row->N * row->K, row->grades);
        struct request_array *relevance = &test->request.input[test->request.inputs - 1];
        relevance->rank = 2;
        relevance->dim[0] = row->N;
        relevance->dim[1] = row->K;
        for (size_t k = 0; k < row->N * row->K; k++) {
            if (row->empty && k / row->K % 3 == 1)
                relevance->value[k] = 0;
        }
        case_normal(test, "scores", DIMS(row->N, row->K), 0, 1);
        struct request_array *scores = &test->request.input[test->request.inputs - 1];
        scores->integral = row->whole;
        for (size_t k = 0; row->whole && k < row->N * row->K; k++)
            scores->value[k] = (double)(int)(scores->value[k] * 1.5 + 10) - 10;
        ranking_fill_weights(test, row->N, row->weights);
        if (row->top > 0)
            case_number(test, "top", row->top);
        if (row->gain)
            case_choice(test, "gain", row->gain);
        if (row->ties)
            case_choice(test, "ties", row->ties);
        if (row->none)
            case_choice(test, "none_relevant", row->none);
    }
    case_refusals(list, refusals, sizeof refusals / sizeof *refusals);
}
