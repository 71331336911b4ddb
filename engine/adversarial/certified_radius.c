// SPDX-License-Identifier: MIT
/* Certificates from counts of votes; definition in reference/adversarial/certified_radius.h.
 *
 * How it is distributed: the inputs are sharded evenly, each with all its votes. Nothing crosses
 * the network but the number of inputs without votes.
 */
#include "votes.h"

/* The most votes of a sample of this rank; refuses samples without any. */
static size_t most_votes(struct question *q, const char *name, const int *count, size_t K)
{
    size_t most = 0;
    long long empty = 0;
    for (size_t i = 0; i < question_part(q, 'N'); i++) {
        size_t n = 0;
        for (size_t k = 0; k < K; k++)
            n += (size_t)count[i * K + k];
        most = n > most ? n : most;
        empty += n == 0;
    }
    reduce_integers(question_team(q), &empty, 1);
    if (empty > 0)
        question_refuse(q, "%lld rows of its input '%s' have no votes", empty, name);
    return most;
}

void certified_radius_run(struct question *q)
{
    question_split_evenly(q, 'N');
    const int *selection = question_integers(q, "selection", "[N]K", 0, 100000);
    const int *estimation = question_integers(q, "estimation", "[N]K", 0, 100000);
    const size_t K = question_size(q, 'K');
    if (K < 2)
        question_refuse(q, "its input 'estimation' has %zu classes; give two or more", K);
    most_votes(q, "selection", selection, K);
    const struct votes is = votes_read(q, K, most_votes(q, "estimation", estimation, K));
    votes_answer(q, &is, selection, estimation);
}
