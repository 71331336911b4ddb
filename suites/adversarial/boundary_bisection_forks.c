// SPDX-License-Identifier: MIT
#include "../fork.h"
#include "blend_forks.h"

static void bisect(struct call *call)
{
    static const char *const ways[] = {"straight", "shrinking", NULL};
    static const char *const begins[] = {"half", "zero", NULL};
    struct victim victim;
    victim_read(call, &victim);
    victim_read_goal(call, &victim);
    size_t N = victim.N, D = victim.D, T = call_count_or(call, "steps", 10, 1, 1 << 16);
    struct blending is = blending_create(call, &victim, call_input(call, "start", "Na"));
    is.shrinking = call_choice(call, "way", ways);
    call_bind(call, 'T', T);
    real *tested = call_output(call, "tested", "TN");
    real *lower = call_output(call, "lower", "N"), *upper = call_output(call, "upper", "N");
    real *adversarial = call_output(call, "adversarial", "Na");
    real *clean = call_output(call, "clean", "Na");
    real *distance = call_output(call, "distance", "N");
    real *found = call_output_integers(call, "found", "N");
    blending_bisect(&is, tested, lower, upper, T, call_choice(call, "begin", begins));
    blending_try(&is, lower);
    for (size_t i = 0; i < N * D; i++)
        clean[i] = is.point[i];
    blending_try(&is, upper);
    blending_distances(&is, distance);
    for (size_t i = 0; i < N * D; i++)
        adversarial[i] = is.point[i];
    for (size_t n = 0; n < N; n++)
        found[n] = is.success[n] != 0;
}

static const struct fork table[] = {
    {.info = {"parts_of_way", FORK_TWIN, "", "x and a part of the way; logits by hand.", NULL},
     .answer = bisect},
    {.info = {"always_straight", FORK_CONVENTION, "", "A straight way.", NULL},
     .instead = {"way", "straight"}},
    {.info = {"always_shrinking", FORK_CONVENTION, "", "A cube.", NULL},
     .instead = {"way", "shrinking"}},
    {.info = {"from_half", FORK_CONVENTION, "", "The middle first.", NULL},
     .instead = {"begin", "half"}},
    {.info = {"from_zero", FORK_CONVENTION, "", "x first.", NULL}, .instead = {"begin", "zero"}},
    {.info = {"other_way", FORK_BUG, "257", "The parts change places.", NULL},
     .answer = bisect,
     .variant = BLEND_OTHER_WAY},
    {.info = {"near_side", FORK_BUG, "", "The side that is not adversarial.", NULL},
     .answer = bisect,
     .variant = BLEND_NEAR_SIDE},
    {.info = {"last_tried", FORK_BUG, "", "The last place, whatever its class.", NULL},
     .answer = bisect,
     .variant = BLEND_LAST_TRIED},
    {.info = {"sides_swapped", FORK_BUG, "", "A success moves the lower end.", NULL},
     .answer = bisect,
     .variant = BLEND_SIDES_SWAPPED},
    {.info = {"all_together", FORK_BUG, "", "One success is not enough: all samples must.", NULL},
     .answer = bisect,
     .variant = BLEND_SHARED},
    {.info = {"target_fled", FORK_BUG, "250", "Any class but the target.", NULL},
     .answer = bisect,
     .variant = BLEND_TARGET_FLED},
    {.info = {"distance_from_origin", FORK_BUG, "256", "The length of the place.", NULL},
     .answer = bisect,
     .variant = BLEND_DISTANCE_OF_POINT},
    {.info = {"distance_squared", FORK_BUG, "", "No root over the distance.", NULL},
     .answer = bisect,
     .variant = BLEND_DISTANCE_SQUARED},
    {.info = {"half_of_upper", FORK_BUG, "", "The lower end is forgotten.", NULL},
     .answer = bisect,
     .variant = BLEND_HALVES_OF_LOWER},
};

const struct fork_list boundary_bisection_forks = {sizeof table / sizeof *table, table};
