// SPDX-License-Identifier: MIT
#include "../../reference/distributed/majority_consensus.h"
#include "../fork.h"

enum rival {
    TWIN,
    HALF_IS_ENOUGH,
    FIRST_WORKER,
    FIRST_NAMED,
    LAST_NAMED,
    ABSENT_VOTE,
    ZERO_IS_ABSENT,
    NEWEST_OF_ALL,
    MEDIAN_WINS,
    MORE_THAN_QUORUM,
    QUORUM_OF_ANSWERS,
    MINIMUM_OF_ABSENT,
    ABSENT_ARE_MINORITY,
    MINORITY_WITHOUT_WINNER,
    LAST_WORKER_LOST
};

/* A row of votes in rising order. */
static void sort(int *sorted, const int *vote, size_t W)
{
    for (size_t i = 0; i < W; i++) {
        size_t k = i;
        for (; k > 0 && sorted[k - 1] > vote[i]; k--)
            sorted[k] = sorted[k - 1];
        sorted[k] = vote[i];
    }
}

/* The longest run of equal ids in a sorted row, among ids that are answers. */
struct run {
    int id;
    size_t length, others; /* runs that are as long */
};

static struct run longest_run(const struct majority_consensus *c, const int *sorted, size_t W,
                              enum rival rival)
{
    struct run best = {.id = -1};
    int lowest = rival == ABSENT_VOTE ? -1 : rival == ZERO_IS_ABSENT ? 1 : 0;
    for (size_t begin = 0, end; begin < W; begin = end) {
        for (end = begin; end < W && sorted[end] == sorted[begin];)
            end++;
        if (sorted[begin] < lowest || end - begin < best.length)
            continue;
        int same = end - begin == best.length;
        best.others = same ? best.others + 1 : 0;
        if (!same || c->ties != TIES_OLDEST)
            best.id = sorted[begin];
        best.length = end - begin;
    }
    return best;
}

/* Of ids with as many votes, the one that is named first or last. */
static int by_place(const int *vote, size_t W, size_t length, enum rival rival)
{
    int id = -1;
    for (size_t i = 0; i < W; i++) {
        size_t w = rival == FIRST_NAMED ? W - 1 - i : i, votes = 0;
        for (size_t k = 0; k < W; k++)
            votes += vote[k] == vote[w] ? 1 : 0;
        id = vote[w] >= 0 && votes == length ? vote[w] : id;
    }
    return id;
}

static int winner_of(const struct majority_consensus *c, const int *vote, const int *sorted,
                     size_t W, size_t present, enum rival rival)
{
    struct run best = longest_run(c, sorted, W, rival);
    size_t all = c->of_present ? present : c->W, absent = W - present;
    size_t quorum = c->quorum + (rival == MORE_THAN_QUORUM);
    if (rival == FIRST_WORKER)
        return vote[0];
    if (rival == NEWEST_OF_ALL)
        return sorted[W - 1];
    if (rival == MEDIAN_WINS && present)
        return sorted[absent + present / 2];
    if (c->rule == CONSENSUS_MINIMUM) {
        int least = rival == MINIMUM_OF_ABSENT || absent == W ? sorted[0] : sorted[absent];
        return present >= quorum ? least : -1;
    }
    if ((rival == FIRST_NAMED || rival == LAST_NAMED) && best.others && c->ties != TIES_NONE)
        return by_place(vote, W, best.length, rival);
    if (best.others && c->ties == TIES_NONE)
        return -1;
    if (c->rule == CONSENSUS_MAJORITY && rival == HALF_IS_ENOUGH)
        return 2 * best.length >= all ? best.id : -1;
    if (c->rule == CONSENSUS_MAJORITY)
        return best.length > all - best.length ? best.id : -1;
    size_t reached = rival == QUORUM_OF_ANSWERS ? present : best.length;
    return c->rule == CONSENSUS_QUORUM && reached < quorum ? -1 : best.id;
}

static void rival(struct call *call)
{
    struct majority_consensus c;
    enum rival rival = (enum rival)call_variant(call);
    majority_consensus_read(call, &c);
    real *winner = call_output_integers(call, "winner", "R");
    real *support = call_output_integers(call, "support", "R");
    real *answers = call_output_integers(call, "answers", "R");
    real *minority = call_output_integers(call, "minority", "RW");
    int *sorted = call_scratch_integers(call, c.W);
    size_t W = rival == LAST_WORKER_LOST && c.W > 1 ? c.W - 1 : c.W;
    for (size_t r = 0; r < c.R; r++) {
        const int *vote = &c.vote[r * c.W];
        size_t present = 0;
        sort(sorted, vote, W);
        for (size_t w = 0; w < W; w++)
            present += vote[w] > (rival == ZERO_IS_ABSENT ? 0 : -1) ? 1 : 0;
        int id = winner_of(&c, vote, sorted, W, present, rival);
        winner[r] = (real)id;
        answers[r] = real_count(present);
        for (size_t w = 0; w < W; w++) {
            int behind = vote[w] != id && (id >= 0 || rival == MINORITY_WITHOUT_WINNER);
            support[r] += id >= 0 && vote[w] == id ? 1 : 0;
            minority[r * c.W + w] =
                behind && (vote[w] >= 0 || rival == ABSENT_ARE_MINORITY) ? 1 : 0;
        }
    }
}

/* clang-format off */
static const struct fork table[] = {
    {.info = {"sorted", FORK_TWIN, "", "Votes are sorted, and the longest run is found.", NULL},
     .answer = rival, .variant = TWIN},
    {.info = {"half_is_enough", FORK_BUG, "", "Half of the votes is a majority.", NULL},
     .answer = rival, .variant = HALF_IS_ENOUGH},
    {.info = {"of_present", FORK_CONVENTION, "", "A majority of those who answer.", NULL},
     .instead = {"counted", "present"}},
    {.info = {"of_all", FORK_CONVENTION, "", "A majority of all.", NULL},
     .instead = {"counted", "all"}},
    {.info = {"most_votes", FORK_CONVENTION, "", "The most votes win, majority or not.", NULL},
     .instead = {"rule", "plurality"}},
    {.info = {"only_majority", FORK_CONVENTION, "", "Only a majority wins.", NULL},
     .instead = {"rule", "majority"}},
    {.info = {"newest_of_equal", FORK_CONVENTION, "", "Of equal ids the newest wins.", NULL},
     .instead = {"ties", "newest"}},
    {.info = {"oldest_of_equal", FORK_CONVENTION, "", "Of equal ids the oldest wins.", NULL},
     .instead = {"ties", "oldest"}},
    {.info = {"no_winner_of_equal", FORK_CONVENTION, "", "Of equal ids none wins.", NULL},
     .instead = {"ties", "none"}},
    {.info = {"first_worker", FORK_BUG, "", "Worker 0 decides.", NULL},
     .answer = rival, .variant = FIRST_WORKER},
    {.info = {"first_named", FORK_CONVENTION, "", "Of equal ids the one that was named first wins.",
     NULL},
     .answer = rival, .variant = FIRST_NAMED},
    {.info = {"last_named", FORK_CONVENTION, "", "Of equal ids the one that was named last wins.",
     NULL},
     .answer = rival, .variant = LAST_NAMED},
    {.info = {"absent_vote", FORK_BUG, "", "Absence is an id like any other.", NULL},
     .answer = rival, .variant = ABSENT_VOTE},
    {.info = {"zero_is_absent", FORK_BUG, "", "Checkpoint 0 counts as no answer.", NULL},
     .answer = rival, .variant = ZERO_IS_ABSENT},
    {.info = {"newest_of_all", FORK_BUG, "", "The newest id wins, though one worker has it.", NULL},
     .answer = rival, .variant = NEWEST_OF_ALL},
    {.info = {"median", FORK_BUG, "", "The median of the ids wins.", NULL},
     .answer = rival, .variant = MEDIAN_WINS},
    {.info = {"more_than_quorum", FORK_BUG, "", "The quorum itself is not enough.", NULL},
     .answer = rival, .variant = MORE_THAN_QUORUM},
    {.info = {"quorum_of_answers", FORK_BUG, "",
     "The quorum is of answers, whatever they name.", NULL},
     .answer = rival, .variant = QUORUM_OF_ANSWERS},
    {.info = {"minimum_of_absent", FORK_BUG, "", "Absence is the smallest id.", NULL},
     .answer = rival, .variant = MINIMUM_OF_ABSENT},
    {.info = {"absent_are_minority", FORK_CONVENTION, "",
     "Who does not answer has to load the winner too.", NULL},
     .answer = rival, .variant = ABSENT_ARE_MINORITY},
    {.info = {"minority_without_winner", FORK_BUG, "", "Without a winner all are behind.", NULL},
     .answer = rival, .variant = MINORITY_WITHOUT_WINNER},
    {.info = {"last_worker_lost", FORK_BUG, "", "The last worker is not asked.", NULL},
     .answer = rival, .variant = LAST_WORKER_LOST},
};
/* clang-format on */

const struct fork_list majority_consensus_forks = {sizeof table / sizeof *table, table};
