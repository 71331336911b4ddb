// SPDX-License-Identifier: MIT
#include "majority_consensus.h"

void majority_consensus_read(struct call *call, struct majority_consensus *c)
{
    static const char *const rules[] = {"majority", "plurality", "quorum", "minimum", NULL};
    static const char *const counts[] = {"all", "present", NULL};
    static const char *const ties[] = {"newest", "oldest", "none", NULL};
    *c = (struct majority_consensus){0};
    c->vote = call_integers(call, "vote", "RW", -1, 1 << 24);
    c->R = call_size(call, 'R');
    c->W = call_size(call, 'W');
    if (c->W == 0)
        call_fail(call, "input 'vote' holds no worker");
    c->rule = (enum consensus_rule)call_choice(call, "rule", rules);
    if (c->rule == CONSENSUS_MAJORITY)
        c->of_present = call_choice(call, "counted", counts);
    if (c->rule == CONSENSUS_PLURALITY || c->rule == CONSENSUS_QUORUM)
        c->ties = (enum consensus_ties)call_choice(call, "ties", ties);
    if (c->rule == CONSENSUS_QUORUM || c->rule == CONSENSUS_MINIMUM)
        c->quorum = call_count(call, "quorum", 1, c->W);
}

size_t majority_consensus_votes(const struct majority_consensus *c, const int *vote, int id)
{
    size_t votes = 0;
    for (size_t w = 0; w < c->W; w++)
        votes += vote[w] == id ? 1 : 0;
    return votes;
}

/* The id with the most votes, ties as the conventions say; -1 for none. */
static int most_named(const struct majority_consensus *c, const int *vote)
{
    int best = -1, tied = 0;
    size_t most = 0;
    for (size_t w = 0; w < c->W; w++) {
        size_t votes = vote[w] < 0 ? 0 : majority_consensus_votes(c, vote, vote[w]);
        if (votes == 0 || vote[w] == best || votes < most)
            continue;
        tied = votes == most;
        if (votes > most || (c->ties == TIES_OLDEST ? vote[w] < best : vote[w] > best))
            best = vote[w];
        most = votes;
    }
    return tied && c->ties == TIES_NONE ? -1 : best;
}

static int smallest(const struct majority_consensus *c, const int *vote)
{
    int least = -1;
    for (size_t w = 0; w < c->W; w++)
        if (vote[w] >= 0 && (least < 0 || vote[w] < least))
            least = vote[w];
    return least;
}

static int winner_of(const struct majority_consensus *c, const int *vote, size_t answers)
{
    int id = c->rule == CONSENSUS_MINIMUM ? smallest(c, vote) : most_named(c, vote);
    size_t votes = id < 0 ? 0 : majority_consensus_votes(c, vote, id);
    size_t all = c->of_present ? answers : c->W;
    switch (c->rule) {
    case CONSENSUS_MAJORITY:
        return 2 * votes > all ? id : -1;
    case CONSENSUS_QUORUM:
        return votes >= c->quorum ? id : -1;
    case CONSENSUS_MINIMUM:
        return answers >= c->quorum ? id : -1;
    default:
        return id;
    }
}

void majority_consensus_answer(struct call *call)
{
    struct majority_consensus c;
    majority_consensus_read(call, &c);
    real *winner = call_output_integers(call, "winner", "R");
    real *support = call_output_integers(call, "support", "R");
    real *answers = call_output_integers(call, "answers", "R");
    real *minority = call_output_integers(call, "minority", "RW");
    for (size_t r = 0; r < c.R; r++) {
        const int *vote = &c.vote[r * c.W];
        size_t present = c.W - majority_consensus_votes(&c, vote, -1);
        int id = winner_of(&c, vote, present);
        winner[r] = (real)id;
        support[r] = id < 0 ? 0 : real_count(majority_consensus_votes(&c, vote, id));
        answers[r] = real_count(present);
        for (size_t w = 0; w < c.W; w++)
            minority[r * c.W + w] = id >= 0 && vote[w] >= 0 && vote[w] != id ? 1 : 0;
    }
}
