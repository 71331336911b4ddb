// SPDX-License-Identifier: MIT
#include "boundary_bisection.h"

void boundary_bisection_answer(struct call *call)
{
    static const char *const ways[] = {"straight", "shrinking", NULL};
    static const char *const begins[] = {"half", "zero", NULL};
    struct victim victim;
    victim_read(call, &victim);
    victim_read_goal(call, &victim);
    size_t N = victim.N, D = victim.D, T = call_count_or(call, "steps", 10, 1, 1 << 16);
    int shrinking = call_choice(call, "way", ways);
    int from_zero = call_choice(call, "begin", begins);
    const real *start = call_input(call, "start", "Na");
    for (size_t i = 0; i < N * D && victim.boxed; i++) {
        if (!(start[i] >= victim.low && start[i] <= victim.high))
            call_fail(call, "element %zu of input 'start' is outside of the box", i);
    }
    call_bind(call, 'T', T);
    real *tested = call_output(call, "tested", "TN");
    real *lower = call_output(call, "lower", "N"), *upper = call_output(call, "upper", "N");
    real *adversarial = call_output(call, "adversarial", "Na");
    real *clean = call_output(call, "clean", "Na");
    real *distance = call_output(call, "distance", "N");
    real *found = call_output_integers(call, "found", "N");
    struct blend blend = blend_create(call, &victim, start, shrinking);
    blend_bisect(call, &blend, tested, lower, upper, T, from_zero);
    blend_try(call, &blend, lower);
    for (size_t i = 0; i < N * D; i++)
        clean[i] = blend.point[i];
    blend_try(call, &blend, upper);
    blend_distances(&blend, distance, shrinking);
    for (size_t i = 0; i < N * D; i++)
        adversarial[i] = blend.point[i];
    for (size_t n = 0; n < N; n++)
        found[n] = blend.success[n] != 0;
}
