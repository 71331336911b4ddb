// SPDX-License-Identifier: MIT
/* The concordance index; definition in reference/metrics/concordance_index.h.
 *
 * How it is distributed: every rank has all samples, and counts the pairs whose first sample is its
 * own; three counts cross the network. Integers add in any order.
 */
#include "../techniques.h"

/* Counts of pairs: concordant, discordant, tied. */
struct problem {
    size_t N, first, rows;
    const scalar *time, *score;
    const int *event; /* or NULL: all 1 */
    bool later, skipped;
};

static bool comes_first(const struct problem *a, size_t i, size_t j)
{
    if (a->time[i] != a->time[j])
        return a->time[i] < a->time[j];
    return a->event != NULL && a->event[j] == 0 && !a->skipped;
}

static void count_pairs(const struct problem *a, long long count[3])
{
    for (size_t i = a->first; i < a->first + a->rows; i++) {
        if (a->event != NULL && a->event[i] == 0)
            continue;
        for (size_t j = 0; j < a->N; j++) {
            if (j == i || !comes_first(a, i, j))
                continue;
            bool above = a->score[i] > a->score[j], equal = a->score[i] == a->score[j];
            count[equal ? 2 : above == a->later]++;
        }
    }
}

void concordance_index_run(struct question *q)
{
    static const char *const directions[] = {"risk", "time", NULL};
    static const char *const same[] = {"comparable", "skipped", NULL};
    static const char *const ties[] = {"half", "excluded", NULL};
    struct problem a = {.time = question_input(q, "time", "N")};
    a.N = question_size(q, 'N');
    if (a.N == 0)
        question_refuse(q, "its 'time' has no samples; give some");
    a.score = question_input(q, "score", "N");
    if (question_has(q, "event"))
        a.event = question_integers(q, "event", "N", 0, 1);
    a.later = question_choice(q, "direction", directions) == 1;
    a.skipped = question_choice(q, "same_time", same) == 1;
    bool excluded = question_choice(q, "ties", ties) == 1;
    struct layout layout = layout_create(question_arena(q), a.N, 1, question_team(q)->ranks);
    a.first = layout_first(&layout, question_team(q)->rank);
    a.rows = layout_count(&layout, question_team(q)->rank);
    long long count[3] = {0, 0, 0};
    count_pairs(&a, count);
    reduce_integers(question_team(q), count, 3);
    long long half = excluded ? 0 : count[2], all = count[0] + count[1] + half;
    if (all == 0)
        question_refuse(q, "its 'time' has no comparable pair; give an event before another time");
    *question_output(q, "concordance_index", "") =
        (scalar)(2 * count[0] + half) / (scalar)(2 * all);
    *question_output(q, "concordant", "") = (scalar)count[0];
    *question_output(q, "discordant", "") = (scalar)count[1];
    *question_output(q, "tied", "") = (scalar)count[2];
}
