// SPDX-License-Identifier: MIT
/* Proximal gradient step for an L1 penalty; definition in reference/regularization/proximal_l1.h.
 *
 * How it is distributed: the parameters are sharded evenly and each is updated alone. Whole numbers
 * cross the network once, the counts of zeros of all steps; integers add in any order.
 */
#include "../techniques.h"

struct shrinkage {
    scalar threshold, divisor; /* divisor 1: none */
    bool nonnegative;
};

static scalar shrink(scalar v, const struct shrinkage *by)
{
    const scalar up = v - by->threshold, down = -v - by->threshold;
    scalar w = 0;
    if (up > 0)
        w = up;
    else if (down > 0 && !by->nonnegative)
        w = -down;
    return by->divisor != 1 && w != 0 ? w / by->divisor : w;
}

void proximal_l1_run(struct question *q)
{
    static const char *const accelerations[] = {"none", "fista", NULL};
    static const char *const no_yes[] = {"no", "yes", NULL};
    question_split_evenly(q, 'P');
    const scalar *w = question_input(q, "w", "[P]"), *z = w;
    const scalar *g = question_input(q, "g", "S[P]"), *rate = question_input(q, "rate", "S");
    const size_t P = question_part(q, 'P'), S = question_size(q, 'S');
    const scalar lambda = question_number(q, "lambda"), l2 = question_number_or(q, "l2", 0);
    if (!(lambda >= 0) || !(l2 >= 0))
        question_refuse(q, "its numbers 'lambda' and 'l2' must be 0 or more");
    for (size_t s = 0; s < S; s++)
        if (!(rate[s] >= 0))
            question_refuse(q, "element %zu of its input 'rate' is negative; give 0 or more", s);
    const bool fista = question_choice(q, "acceleration", accelerations) == 1;
    struct shrinkage by = {.divisor = 1, .nonnegative = question_choice(q, "nonnegative", no_yes)};
    scalar *w_after = question_output(q, "w_after", "S[P]");
    scalar *z_after = question_output(q, "z_after", "S[P]");
    scalar *zeros = question_output(q, "zeros", "S"), t = 1;
    long long *count = arena_take(question_arena(q), S, sizeof *count);
    for (size_t s = 0; s < S; s++, w_after += P, z_after += P, g += P) {
        const scalar t_next = (1 + scalar_sqrt(1 + 4 * t * t)) / 2, ahead = (t - 1) / t_next;
        by.threshold = rate[s] * lambda;
        by.divisor = l2 != 0 ? 1 + rate[s] * l2 : 1;
        count[s] = 0;
        for (size_t p = 0; p < P; p++) {
            w_after[p] = shrink(z[p] - rate[s] * g[p], &by);
            z_after[p] = fista ? w_after[p] + ahead * (w_after[p] - w[p]) : w_after[p];
            count[s] += w_after[p] == 0;
        }
        w = w_after;
        z = z_after;
        t = t_next;
    }
    reduce_integers(question_team(q), count, S);
    for (size_t s = 0; s < S; s++)
        zeros[s] = (scalar)count[s];
}
