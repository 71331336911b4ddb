// SPDX-License-Identifier: MIT
/* Majority consensus; definition in reference/distributed/majority_consensus.h.
 *
 * How it is distributed: the workers, and with them the columns of votes, are dealt to the ranks.
 * All ranks put forward the ids that their workers name; each counts for every id its own workers,
 * and the counts are added as whole numbers. Every rank then knows the winner and tells its own
 * workers whether they are behind.
 */
#include "../techniques.h"

#include <stdlib.h>
#include <string.h>

enum rule { MAJORITY, PLURALITY, QUORUM, MINIMUM };
enum ties { NEWEST, OLDEST, NO_WINNER };

struct settings {
    size_t R, W, here, first, quorum;
    enum rule rule;
    enum ties ties;
    bool of_present;
    const int *vote; /* (R,here) */
};

/* A round: all ids that are named, in rising order, and how often. */
struct tally {
    size_t ids;
    long long *id, *count;
    long long present;
};

static void read_settings(struct question *q, struct settings *s)
{
    static const char *const rules[] = {"majority", "plurality", "quorum", "minimum", NULL};
    static const char *const counts[] = {"all", "present", NULL};
    static const char *const ties[] = {"newest", "oldest", "none", NULL};
    memset(s, 0, sizeof *s);
    question_split_evenly(q, 'W');
    question_integers(q, "vote", "RW", -1, 1 << 24); /* all of it is in range, or nobody goes on */
    s->vote = question_integers(q, "vote", "R[W]", -1, 1 << 24);
    s->R = question_size(q, 'R');
    s->W = question_size(q, 'W');
    if (s->W == 0)
        question_refuse(q, "its input 'vote' holds no worker");
    s->here = question_part(q, 'W');
    s->first = question_first(q, 'W');
    s->rule = (enum rule)question_choice(q, "rule", rules);
    if (s->rule == MAJORITY)
        s->of_present = question_choice(q, "counted", counts) == 1;
    else if (s->rule != MINIMUM)
        s->ties = (enum ties)question_choice(q, "ties", ties);
    if (s->rule == QUORUM || s->rule == MINIMUM)
        s->quorum = question_count(q, "quorum", 1, s->W);
}

static int ascending(const void *left, const void *right)
{
    const long long a = *(const long long *)left, b = *(const long long *)right;
    return (a > b) - (a < b);
}

/* Collective. */
static void count_votes(const struct team *team, const struct settings *s, const int *vote,
                        struct tally *tally)
{
    memset(tally->id, 0, s->W * sizeof *tally->id);
    memset(tally->count, 0, s->W * sizeof *tally->count);
    for (size_t w = 0; w < s->here; w++)
        tally->id[s->first + w] = vote[w];
    reduce_integers(team, tally->id, s->W);
    qsort(tally->id, s->W, sizeof *tally->id, ascending);
    tally->ids = 0;
    for (size_t w = 0; w < s->W; w++)
        if (tally->id[w] >= 0 && (tally->ids == 0 || tally->id[w] != tally->id[tally->ids - 1]))
            tally->id[tally->ids++] = tally->id[w];
    for (size_t w = 0; w < s->here; w++)
        for (size_t i = 0; i < tally->ids; i++)
            tally->count[i] += vote[w] == tally->id[i];
    reduce_integers(team, tally->count, tally->ids);
    tally->present = 0;
    for (size_t i = 0; i < tally->ids; i++)
        tally->present += tally->count[i];
}

/* The place of the winner among the ids, or their number. */
static size_t find_winner(const struct settings *s, const struct tally *tally)
{
    size_t best = tally->ids, sharing = 0;
    if (s->rule == MINIMUM)
        return tally->present >= (long long)s->quorum ? 0 : tally->ids;
    for (size_t i = 0; i < tally->ids; i++) {
        if (best < tally->ids && tally->count[i] < tally->count[best])
            continue;
        const bool equal = best < tally->ids && tally->count[i] == tally->count[best];
        sharing = equal ? sharing + 1 : 1;
        best = equal && s->ties == OLDEST ? best : i;
    }
    if (best == tally->ids || (sharing > 1 && s->ties == NO_WINNER))
        return tally->ids;
    const long long votes = tally->count[best];
    const long long all = s->of_present ? tally->present : (long long)s->W;
    if (s->rule == MAJORITY && votes <= all / 2)
        return tally->ids;
    return s->rule == QUORUM && votes < (long long)s->quorum ? tally->ids : best;
}

void majority_consensus_run(struct question *q)
{
    struct settings s;
    read_settings(q, &s);
    struct arena *arena = question_arena(q);
    struct tally tally = {.id = arena_take(arena, s.W, sizeof *tally.id),
                          .count = arena_take(arena, s.W, sizeof *tally.count)};
    scalar *winner = question_output(q, "winner", "R"),
           *support = question_output(q, "support", "R");
    scalar *answers = question_output(q, "answers", "R");
    scalar *minority = question_output(q, "minority", "R[W]");
    for (size_t r = 0; r < s.R; r++) {
        const int *vote = s.vote + r * s.here;
        count_votes(question_team(q), &s, vote, &tally);
        const size_t best = find_winner(&s, &tally);
        const bool agreed = best < tally.ids;
        winner[r] = agreed ? (scalar)tally.id[best] : -1;
        support[r] = agreed ? (scalar)tally.count[best] : 0;
        answers[r] = (scalar)tally.present;
        for (size_t w = 0; w < s.here && agreed; w++)
            minority[r * s.here + w] = vote[w] >= 0 && vote[w] != tally.id[best];
    }
}
