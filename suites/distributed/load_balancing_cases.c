// SPDX-License-Identifier: MIT
#include "../case_builder.h"

enum { JOBS = 12 };

static const struct row {
    struct case_head head;
    size_t N;
    double workers, chunk;
    const char *schedule;
    double cost[JOBS]; /* all 0: drawn */
} rows[] = {
    /* clang-format off */
    {{"longest_first", "bounded", "DST-09", "Jobs from the longest down, each to who is idle.", 0},
     11, 3, 0, NULL, {0}},
    {{"greedy", "bounded", "DST-09", "The same jobs in the given order.", 0},
     11, 3, 0, "greedy", {0}},
    {{"cyclic", "bounded", "DST-09 DST-08", "The same jobs in turn, whatever they cost.", 0},
     11, 3, 0, "cyclic", {0}},
    {{"cyclic_chunks", "bounded", "DST-09 DST-08", "Runs of two jobs in turn, the last one short.",
      0}, 11, 3, 2, "cyclic", {0}},
    {{"blocks", "bounded", "DST-09 DST-08", "Runs of 4, 4 and 3 jobs.", 0},
     11, 3, 0, "blocks", {0}},
    {{"blocks_uneven", "bounded", "DST-09 DST-08", "13 jobs on five workers: 3, 3, 3, 2 and 2.", 0},
     13, 5, 0, "blocks", {0}},
    {{"worst_of_greedy", "exact", "DST-09",
      "Short jobs first: the long one at the end leaves all others idle.", 0},
     9, 4, 0, "greedy", {1, 1, 1, 1, 1, 1, 1, 1, 4}},
    {{"worst_of_longest", "bounded", "DST-09",
      "About 5, 5, 4, 4, 3, 3, 3 on three workers: 11, where 9 is possible.", 0},
     7, 3, 0, "longest_first", {3.0625, 5.25, 4.125, 3.03125, 5, 4, 3}},
    {{"ties", "exact", "DST-09", "Equal costs and equal loads: smaller indices first.", 0},
     8, 4, 0, "longest_first", {2, 2, 1, 1, 4, 2, 2, 2}},
    {{"ties_greedy", "exact", "DST-09", "Equal loads in a queue: the first worker.", 0},
     8, 2, 0, "greedy", {2, 2, 1, 1, 2, 2, 3, 3}},
    {{"free_jobs", "exact", "DST-09", "Jobs that cost nothing still go to the least loaded.", 0},
     6, 2, 0, "greedy", {0, 2, 0, 4, 0, 2}},
    {{"one_long_job", "bounded", "DST-09 DST-13",
      "One job is longer than the mean load: the bound is the job, and most workers wait.", 0},
     5, 4, 0, "longest_first", {8.5, 0.75, 1.375, 0.625, 1.125}},
    {{"more_workers", "bounded", "DST-09 DST-13", "Seven workers, four jobs: three are idle.", 0},
     4, 7, 0, NULL, {0}},
    {{"more_workers_blocks", "bounded", "DST-09", "The same in runs, of one job or none.", 0},
     4, 7, 0, "blocks", {0}},
    {{"one_worker", "bounded", "DST-09", "One worker: imbalance 1.", 0}, 6, 1, 0, NULL, {0}},
    {{"many_workers", "bounded", "DST-09", "23 jobs on nine workers: a tree that is not full.", 0},
     23, 9, 0, NULL, {0}},
    /* clang-format on */
};

void load_balancing_cases(struct case_list *list)
{
    static const struct refusal refusals[] = {
        {"no_workers", "one_worker", NUMBER_SET, "workers", 0, NULL, 0, "Nobody works."},
        {"workers_missing", "one_worker", NUMBER_GONE, "workers", 0, NULL, 0,
         "Nothing says among how many."},
        {"cost_negative", "one_worker", ELEMENT_SET, "cost", -1, NULL, 2,
         "A job that gives time back."},
        {"no_chunk", "cyclic_chunks", NUMBER_SET, "chunk", 0, NULL, 0, "Runs of no jobs."},
        {"unknown_schedule", "one_worker", CHOICE_SET, "schedule", 0, "sideways", 0,
         "A convention that does not exist."},
        {"cost_missing", "one_worker", INPUT_GONE, "cost", 0, NULL, 0, "There are no jobs."},
    };
    for (size_t i = 0; i < sizeof rows / sizeof *rows; i++) {
        const struct row *row = &rows[i];
        struct assay_case *test = case_add(list, &row->head);
        case_number(test, "workers", row->workers);
        if (row->chunk > 0)
            case_number(test, "chunk", row->chunk);
        if (row->schedule)
            case_choice(test, "schedule", row->schedule);
        double sum = 0;
        for (size_t n = 0; n < row->N && n < JOBS; n++)
            sum += row->cost[n];
        if (sum > 0)
            case_values(test, "cost", DIMS(row->N), row->cost);
        else
            case_uniform(test, "cost", DIMS(row->N), 0.25, 4);
    }
    case_refusals(list, refusals, sizeof refusals / sizeof *refusals);
}
