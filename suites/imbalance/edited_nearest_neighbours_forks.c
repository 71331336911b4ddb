// SPDX-License-Identifier: MIT
#include "../../reference/imbalance/edited_nearest_neighbours.h"
#include "../fork.h"
#include "neighbours_forks.h"

enum mistake {
    RIGHT,
    SELF_INCLUDED,
    CITY_BLOCK,
    FARTHEST,
    AT_ONCE,
    FROM_THE_WHOLE,
    ANY_AGREES,
    ONE_MORE,
    ROUNDS_FROM_ZERO,
    JUDGES_LOST,
    STOPPED_EARLY
};

static enum rival_metric metric_of(enum mistake mistake)
{
    if (mistake == SELF_INCLUDED)
        return SELF_COUNTS;
    if (mistake == CITY_BLOCK)
        return CITY_BLOCKS;
    return mistake == FARTHEST ? FARTHEST_FIRST : SQUARES;
}

/* Whether n stays, by counting for each class how many of the neighbours are of another one. */
static int stays(const struct editing *is, enum mistake mistake, size_t n, const int *member,
                 size_t members, size_t k)
{
    const int *label = is->cleaning.classes.label;
    int own = label[n], most = 0, mode = 0, mine = 0;
    for (int c = 0; c < (int)is->cleaning.classes.C; c++) {
        int votes = 0;
        for (size_t i = 0; i < k; i++) {
            int m = rival_neighbour(&is->cleaning.points, metric_of(mistake), n, member, members,
                                    (int)i);
            votes += label[m] == c;
        }
        mode = votes > most ? c : mode;
        most = votes > most ? votes : most;
        mine = c == own ? votes : mine;
    }
    if (is->vote == VOTE_ALL)
        return mistake == ANY_AGREES ? mine > 0 : mine == (int)k;
    return is->own_mode ? mine == most : mode == own;
}

static size_t one_round(struct call *call, const struct editing *is, enum mistake mistake, size_t r,
                        int *removed_in)
{
    size_t N = is->cleaning.points.N, members = 0, taken = 0, k = is->grows ? r : is->k;
    int *member = call_scratch_integers(call, N), *now = call_scratch_integers(call, N);
    k += mistake == ONE_MORE;
    for (size_t n = 0; n < N; n++) {
        int judges =
            !(mistake == JUDGES_LOST && !is->cleaning.cleans[is->cleaning.classes.label[n]]);
        if ((removed_in[n] == 0 || mistake == FROM_THE_WHOLE) && judges)
            member[members++] = (int)n;
    }
    for (size_t n = 0; n < N && members > k; n++) {
        if (removed_in[n] != 0 || !is->cleaning.cleans[is->cleaning.classes.label[n]] ||
            stays(is, mistake, n, member, members, k))
            continue;
        now[n] = (int)r;
        taken++;
        for (size_t m = 0; mistake == AT_ONCE && m < members; m++) {
            if (member[m] == (int)n)
                member[m] = member[--members];
        }
    }
    for (size_t n = 0; n < N; n++)
        removed_in[n] = now[n] ? now[n] : removed_in[n];
    return taken;
}

static void by_counting(struct call *call)
{
    enum mistake mistake = (enum mistake)call_variant(call);
    struct editing is = editing_read(call);
    size_t N = is.cleaning.points.N;
    int *removed_in = call_scratch_integers(call, N);
    for (size_t r = 1; r <= is.rounds; r++) {
        if (one_round(call, &is, mistake, r, removed_in) == 0 &&
            (!is.grows || mistake == STOPPED_EARLY))
            break;
    }
    real *round = call_output_integers(call, "removed_in", "N");
    for (size_t n = 0; n < N; n++)
        round[n] = (real)removed_in[n] - (mistake == ROUNDS_FROM_ZERO && removed_in[n] > 0 ? 1 : 0);
    cleaning_report(call, &is.cleaning, removed_in);
}

static const struct fork table[] = {
    {.info = {"by_counting", FORK_TWIN, "", "Votes class by class, neighbours by rank.", NULL},
     .answer = by_counting},
    {.info = {"ties_first", FORK_CONVENTION, "265", "The first of equidistant ones is nearer.",
              NULL},
     .instead = {"ties", "first"}},
    {.info = {"ties_last", FORK_CONVENTION, "265", "The last of equidistant ones is nearer.", NULL},
     .instead = {"ties", "last"}},
    {.info = {"all_must_agree", FORK_CONVENTION, "", "All must agree, whatever is asked for.",
              NULL},
     .instead = {"vote", "all"}},
    {.info = {"most_must_agree", FORK_CONVENTION, "", "Most must agree, whatever is asked for.",
              NULL},
     .instead = {"vote", "mode"}},
    {.info = {"smallest_mode", FORK_CONVENTION, "", "Of frequent labels the smallest counts.",
              NULL},
     .instead = {"modes", "smallest"}},
    {.info = {"own_mode", FORK_CONVENTION, "", "Of frequent labels its own one counts.", NULL},
     .instead = {"modes", "own"}},
    {.info = {"one_round", FORK_CONVENTION, "", "One round, whatever is asked for.", NULL},
     .number = {"rounds", 1}},
    {.info = {"three_neighbours", FORK_CONVENTION, "", "Three neighbours in any case.", NULL},
     .number = {"neighbours", 3}},
    {.info = {"neighbourhood_fixed", FORK_CONVENTION, "", "All neighbours in every round.", NULL},
     .instead = {"neighbourhood", "fixed"}},
    {.info = {"smallest_stays", FORK_CONVENTION, "", "The smallest class never loses samples.",
              NULL},
     .instead = {"clean", "not_minority"}},
    {.info = {"smallest_goes", FORK_CONVENTION, "", "Every class loses samples.", NULL},
     .instead = {"clean", "all"}},
    {.info = {"self_included", FORK_BUG, "263", "A sample votes for itself.", NULL},
     .answer = by_counting,
     .variant = SELF_INCLUDED},
    {.info = {"city_block", FORK_CONVENTION, "", "Distances are sums of absolute differences.",
              NULL},
     .answer = by_counting,
     .variant = CITY_BLOCK},
    {.info = {"farthest", FORK_BUG, "", "Distances are sorted the wrong way.", NULL},
     .answer = by_counting,
     .variant = FARTHEST},
    {.info = {"at_once", FORK_BUG, "", "Who is taken out no longer votes in the same round.", NULL},
     .answer = by_counting,
     .variant = AT_ONCE},
    {.info = {"from_the_whole", FORK_BUG, "", "Who was taken out votes in later rounds.", NULL},
     .answer = by_counting,
     .variant = FROM_THE_WHOLE},
    {.info = {"any_agrees", FORK_BUG, "", "One neighbour of its class is enough.", NULL},
     .answer = by_counting,
     .variant = ANY_AGREES},
    {.info = {"one_more", FORK_BUG, "263", "One neighbour more than asked for.", NULL},
     .answer = by_counting,
     .variant = ONE_MORE},
    {.info = {"rounds_from_zero", FORK_BUG, "", "Rounds are counted from 0.", NULL},
     .answer = by_counting,
     .variant = ROUNDS_FROM_ZERO},
    {.info = {"stopped_early", FORK_BUG, "",
              "A growing neighbourhood ends with the first round that takes nobody.", NULL},
     .answer = by_counting,
     .variant = STOPPED_EARLY},
    {.info = {"judges_lost", FORK_BUG, "", "Classes that lose no samples do not vote.", NULL},
     .answer = by_counting,
     .variant = JUDGES_LOST},
};

const struct fork_list edited_nearest_neighbours_forks = {sizeof table / sizeof *table, table};
