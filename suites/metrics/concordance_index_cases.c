// SPDX-License-Identifier: MIT
#include "../case_builder.h"

static const struct row {
    struct case_head head;
    size_t N, block;
    int censored; /* one in so many samples; 0: no input event */
    int whole;    /* times and scores are whole numbers, with ties */
    const char *direction, *same_time, *ties;
} rows[] = {
    {{"ordinary", "bounded", "", "A third is censored: their pairs count in one direction only.",
      0},
     .N = 17,
     .block = 4,
     .censored = 3},
    {{"all_events", "bounded", "MET-05", "Nothing is censored: every pair counts.", 0},
     .N = 13,
     .block = 4},
    {{"mostly_censored", "bounded", "", "Few events, few pairs.", 0},
     .N = 19,
     .block = 4,
     .censored = 1},
    {{"as_times", "bounded", "", "High scores are long times, as of a regression.", 0},
     .N = 17,
     .block = 4,
     .censored = 3,
     .direction = "time"},
    {{"ties", "bounded", "MET-05", "Equal scores and equal times.", 0},
     .N = 23,
     .block = 4,
     .censored = 3,
     .whole = 1},
    {{"same_time_skipped", "bounded", "", "An event and a censored sample at one time: no pair.",
      0},
     .N = 23,
     .block = 4,
     .censored = 3,
     .whole = 1,
     .same_time = "skipped"},
    {{"ties_excluded", "bounded", "", "Equal scores leave the denominator.", 0},
     .N = 23,
     .block = 4,
     .censored = 3,
     .whole = 1,
     .ties = "excluded"},
    {{"two_classes", "bounded", "MET-05", "Times of 0 and 1 alone: the area under the ROC curve.",
      0},
     .N = 19,
     .block = 4,
     .whole = 2},
    {{"many_blocks", "bounded", "", "19 blocks of 2, the last of 1.", 0},
     .N = 37,
     .block = 2,
     .censored = 4,
     .whole = 1,
     .direction = "time"},
};

static const struct refusal refusals[] = {
    {"event_two", "ordinary", ELEMENT_SET, "event", 2, NULL, 3, "It happened or it did not."},
    {"event_short", "ordinary", INPUT_SHORTER, "event", 0, NULL, 0, "A time without an event."},
    {"score_missing", "ordinary", INPUT_GONE, "score", 0, NULL, 0, "Nothing to compare with."},
    {"direction_unknown", "ordinary", CHOICE_SET, "direction", 0, "up", 0,
     "There is no such direction."},
    {"ties_unknown", "ordinary", CHOICE_SET, "ties", 0, "third", 0, "There is no such convention."},
};

static void fill(struct assay_case *test, const struct row *row)
{
    struct dims dims = DIMS(row->N);
    case_number(test, "block", (double)row->block);
    if (row->whole) {
        case_labels(test, "time", row->N, row->whole == 2 ? 2 : 7);
        case_labels(test, "score", row->N, 5);
    } else {
        case_uniform(test, "time", dims, 0.5, 8);
        case_normal(test, "score", dims, 0, 1);
    }
    double *time = case_input(test, "time"), *score = case_input(test, "score");
    for (size_t n = 0; n < row->N && !row->whole; n++)
        score[n] = (float)(score[n] - 0.5 * time[n]);
    if (row->censored == 0)
        return;
    case_labels(test, "event", row->N, 2);
    double *event = case_input(test, "event");
    for (size_t n = 0; n < row->N; n++)
        event[n] = row->censored == 1 ? n % 5 == 0 : n % (size_t)row->censored != 1;
}

void concordance_index_cases(struct case_list *list)
{
    for (size_t i = 0; i < sizeof rows / sizeof *rows; i++) {
        struct assay_case *test = case_add(list, &rows[i].head);
        fill(test, &rows[i]);
        if (rows[i].direction)
            case_choice(test, "direction", rows[i].direction);
        if (rows[i].same_time)
            case_choice(test, "same_time", rows[i].same_time);
        if (rows[i].ties)
            case_choice(test, "ties", rows[i].ties);
    }
    case_refusals(list, refusals, sizeof refusals / sizeof *refusals);
}
