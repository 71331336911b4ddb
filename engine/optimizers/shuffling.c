// SPDX-License-Identifier: MIT
/* Shuffling; definition in reference/optimizers/shuffling.h.
 *
 * How it is distributed: the epochs are sharded evenly. With start = identity each is shuffled
 * alone; with start = previous a rank first goes through the epochs before its own, which are
 * cheap. Nothing crosses the network and nothing is added.
 */
#include "optimizer.h"

#include <string.h>

/* One epoch: order (N) in place, u (N-1). */
static void shuffle(scalar *order, const scalar *u, bool up, size_t N)
{
    for (size_t k = 0; k + 1 < N; k++) {
        const size_t left = N - k;
        size_t pick = (size_t)(u[k] * (scalar)left);
        if (pick == left)
            pick--;
        scalar *here = order + (up ? k : left - 1), *there = order + (up ? k + pick : pick);
        const scalar moved = *here;
        *here = *there;
        *there = moved;
    }
}

void shuffling_run(struct question *q)
{
    static const char *const directions[] = {"down", "up", NULL};
    static const char *const starts[] = {"identity", "previous", NULL};
    const scalar *u = question_input(q, "u", "DM");
    const size_t E = question_size(q, 'D'), N = question_size(q, 'M') + 1;
    const bool up = question_choice(q, "direction", directions) == 1;
    const bool goes_on = question_choice(q, "start", starts) == 1;
    for (size_t i = 0; i < E * (N - 1); i++)
        if (!(u[i] >= 0 && u[i] < 1))
            question_refuse(q, "element %zu of its input 'u' is not in [0, 1)", i);
    if (N == 1)
        question_refuse(q, "its input 'u' has no columns; one sample cannot be shuffled");
    question_bind(q, 'E', E);
    question_split_evenly(q, 'E');
    question_bind(q, 'N', N);
    scalar *out = question_output(q, "order", "[E]N"), *order = question_scratch(q, N);
    const size_t first = question_first(q, 'E'), count = question_part(q, 'E');
    for (size_t e = goes_on ? 0 : first; e < first + count; e++) {
        for (size_t n = 0; n < N && (e == 0 || !goes_on); n++)
            order[n] = (scalar)n;
        shuffle(order, u + e * (N - 1), up, N);
        if (e >= first)
            memcpy(out + (e - first) * N, order, N * sizeof *order);
    }
}
