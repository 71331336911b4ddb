// SPDX-License-Identifier: MIT
#include "edited_nearest_neighbours.h"

struct editing editing_read(struct call *call)
{
    static const char *const votes[] = {"all", "mode", NULL};
    static const char *const modes[] = {"smallest", "own", NULL};
    static const char *const neighbourhoods[] = {"fixed", "growing", NULL};
    struct editing is = {.cleaning = cleaning_read(call)};
    size_t N = is.cleaning.points.N;
    is.k = call_count_or(call, "neighbours", 3, 1, 1 << 20);
    is.rounds = call_count_or(call, "rounds", 1, 1, 1000);
    if (is.k >= N)
        call_fail(call, "number 'neighbours' is %zu, but there are %zu samples", is.k, N);
    is.vote = (enum vote)call_choice(call, "vote", votes);
    is.own_mode = call_choice(call, "modes", modes);
    is.grows = call_choice(call, "neighbourhood", neighbourhoods);
    return is;
}

int editing_stays(struct call *call, const struct editing *is, size_t n, const int *near, size_t k)
{
    const int *label = is->cleaning.classes.label;
    size_t C = is->cleaning.classes.C, best = 0;
    int *votes = call_scratch_integers(call, C);
    for (size_t i = 0; i < k; i++)
        votes[label[near[i]]]++;
    for (size_t c = 1; c < C; c++)
        best = votes[c] > votes[best] ? c : best;
    if (is->vote == VOTE_ALL)
        return votes[label[n]] == (int)k;
    return is->own_mode ? votes[label[n]] == votes[best] : (size_t)label[n] == best;
}

size_t editing_round(struct call *call, const struct editing *is, size_t r, int *removed_in)
{
    size_t N = is->cleaning.points.N, members = 0, taken = 0, k = is->grows ? r : is->k;
    int *member = call_scratch_integers(call, N), *near = call_scratch_integers(call, k);
    for (size_t n = 0; n < N; n++) {
        if (removed_in[n] == 0)
            member[members++] = (int)n;
    }
    for (size_t i = 0; i < members && members > k; i++) {
        size_t n = (size_t)member[i];
        if (!is->cleaning.cleans[is->cleaning.classes.label[n]])
            continue;
        points_nearest(call, near, NULL, &is->cleaning.points, n, member, members, k);
        if (!editing_stays(call, is, n, near, k)) {
            removed_in[n] = (int)r;
            taken++;
        }
    }
    return taken;
}

void edited_nearest_neighbours_answer(struct call *call)
{
    struct editing is = editing_read(call);
    size_t N = is.cleaning.points.N;
    int *removed_in = call_scratch_integers(call, N);
    for (size_t r = 1; r <= is.rounds; r++) {
        if (editing_round(call, &is, r, removed_in) == 0 && !is.grows)
            break;
    }
    real *round = call_output_integers(call, "removed_in", "N");
    for (size_t n = 0; n < N; n++)
        round[n] = (real)removed_in[n];
    cleaning_report(call, &is.cleaning, removed_in);
}
