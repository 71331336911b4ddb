// SPDX-License-Identifier: MIT
/* Edited nearest neighbours; definition in reference/imbalance/edited_nearest_neighbours.h.
 *
 * How it is distributed: in every round the samples that are to be judged are shared out among the
 * ranks, each of which searches their neighbours among all that are left; the numbers of the
 * neighbours cross the network, and every rank counts the votes.
 */
#include "cleaning.h"

struct rule {
    size_t k, rounds;
    bool by_mode, own_mode, grows;
};

static struct rule read_rule(struct question *q, size_t N)
{
    static const char *const votes[] = {"all", "mode", NULL};
    static const char *const modes[] = {"smallest", "own", NULL};
    static const char *const neighbourhoods[] = {"fixed", "growing", NULL};
    const struct rule rule = {question_count_or(q, "neighbours", 3, 1, 1 << 20),
                              question_count_or(q, "rounds", 1, 1, 1000),
                              question_choice(q, "vote", votes) == 1,
                              question_choice(q, "modes", modes) == 1,
                              question_choice(q, "neighbourhood", neighbourhoods) == 1};
    if (rule.k >= N)
        question_refuse(q, "its number 'neighbours' is %zu, but it has %zu samples", rule.k, N);
    return rule;
}

/* votes (C) is scratch. */
static bool stays(const struct rule *rule, const struct classes *classes, size_t n,
                  const size_t *near, size_t k, size_t *votes)
{
    const size_t own = (size_t)classes->label[n];
    size_t best = 0;
    for (size_t c = 0; c < classes->C; c++)
        votes[c] = 0;
    for (size_t i = 0; i < k; i++)
        votes[classes->label[near[i]]]++;
    if (!rule->by_mode)
        return votes[own] == k;
    for (size_t c = 1; c < classes->C; c++)
        best = votes[c] > votes[best] ? c : best;
    return rule->own_mode ? votes[own] == votes[best] : own == best;
}

/* Returns how many samples round r takes out. */
static size_t edit(struct question *q, const struct cleaning *is, const struct rule *rule, size_t r,
                   size_t *removed_in)
{
    struct arena *arena = question_arena(q);
    const size_t N = is->classes.N, k = rule->grows ? r : rule->k;
    size_t *member = arena_take(arena, N, sizeof *member), members = 0;
    size_t *judged = arena_take(arena, N, sizeof *judged), count = 0, taken = 0;
    for (size_t n = 0; n < N; n++) {
        if (removed_in[n] != 0)
            continue;
        member[members++] = n;
        if (is->cleans[is->classes.label[n]])
            judged[count++] = n;
    }
    if (members <= k)
        return 0;
    size_t *near = arena_take(arena, count * k, sizeof *near);
    size_t *votes = arena_take(arena, is->classes.C, sizeof *votes);
    struct neighbours *search = neighbours_prepare(q, is->x, is->D, member, members, k);
    neighbours_find_together(q, search, count, judged, near, NULL);
    for (size_t i = 0; i < count; i++) {
        if (stays(rule, &is->classes, judged[i], near + i * k, k, votes))
            continue;
        removed_in[judged[i]] = r;
        taken++;
    }
    return taken;
}

void edited_nearest_neighbours_run(struct question *q)
{
    const struct cleaning is = cleaning_read(q);
    const size_t N = is.classes.N;
    const struct rule rule = read_rule(q, N);
    size_t *removed_in = arena_take(question_arena(q), N, sizeof *removed_in);
    bool *removed = arena_take(question_arena(q), N, sizeof *removed);
    question_begin(q);
    for (size_t r = 1; r <= rule.rounds; r++)
        if (edit(q, &is, &rule, r, removed_in) == 0 && !rule.grows)
            break;
    scalar *round = question_output(q, "removed_in", "[N]");
    for (size_t i = 0; i < question_part(q, 'N'); i++)
        round[i] = (scalar)removed_in[question_first(q, 'N') + i];
    for (size_t n = 0; n < N; n++)
        removed[n] = removed_in[n] != 0;
    cleaning_store(q, &is, removed);
}
