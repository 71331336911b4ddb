// SPDX-License-Identifier: MIT
/* Bisection for the boundary; definition in reference/adversarial/boundary_bisection.h.
 *
 * How it is distributed: the samples and their starts are sharded, the model is whole on every
 * rank, and each sample is bisected by its owner. Only the count of impossible starts crosses the
 * network.
 */
#include "blend.h"

#include <string.h>

static void refuse_outside(struct question *q, const struct victim *victim, const scalar *start)
{
    long long outside = 0;
    for (size_t i = 0; victim->boxed && i < victim->rows * victim->D; i++)
        outside += !(start[i] >= victim->low && start[i] <= victim->high);
    reduce_integers(victim->team, &outside, 1);
    if (outside > 0)
        question_refuse(q, "%lld elements of its input 'start' are outside of the box", outside);
}

void boundary_bisection_run(struct question *q)
{
    static const char *const ways[] = {"straight", "shrinking", NULL};
    static const char *const begins[] = {"half", "zero", NULL};
    struct victim *victim = victim_read(q);
    const size_t rows = victim->rows, bytes = rows * victim->D * sizeof(scalar);
    victim_read_goal(q, victim);
    const size_t T = question_count_or(q, "steps", 10, 1, 1 << 16);
    const bool shrinking = question_choice(q, "way", ways) == 1;
    const bool from_zero = question_choice(q, "begin", begins) == 1;
    const scalar *start = question_input(q, "start", "[N]A");
    refuse_outside(q, victim, start);
    question_bind(q, 'T', T);
    scalar *tested = question_output(q, "tested", "T[N]");
    scalar *lower = question_output(q, "lower", "[N]");
    scalar *upper = question_output(q, "upper", "[N]");
    scalar *adversarial = question_output(q, "adversarial", "[N]A");
    scalar *clean = question_output(q, "clean", "[N]A");
    scalar *distance = question_output(q, "distance", "[N]");
    scalar *found = question_output(q, "found", "[N]");
    struct blend blend = blend_create(q, victim, start, shrinking);
    blend_bisect(&blend, tested, lower, upper, T, from_zero);
    blend_try(&blend, lower);
    memcpy(clean, blend.point, bytes);
    blend_try(&blend, upper);
    blend_distances(q, &blend, distance, shrinking);
    memcpy(adversarial, blend.point, bytes);
    for (size_t n = 0; n < rows; n++)
        found[n] = blend_succeeds(&blend, n);
}
