// SPDX-License-Identifier: MIT
#include "../fork.h"
#include "blend_forks.h"

enum {
    ENDS_SWAPPED = BLEND_OTHERS,
    RANGE_FORGOTTEN,
    MEAN_OF_SAMPLE,
    NOTHING_DIVIDED,
    BUDGET_UNCUT,
    BUDGET_SQUARED,
    LAST_OF_LINE,
    ONE_STEP_SHORT
};
enum search { BISECTION, LINEAR, BUDGET };

static void make_grey(struct call *call, const struct victim *victim, real *grey)
{
    real middle = call_number_or(call, "middle", R(0.5)), low = victim->low, high = victim->high;
    size_t D = victim->D;
    for (size_t i = 0; i < victim->N * D; i++) {
        grey[i] = (1 - middle) * low + middle * high;
        if (call_variant(call) == ENDS_SWAPPED)
            grey[i] = (1 - middle) * high + middle * low;
        if (call_variant(call) == RANGE_FORGOTTEN)
            grey[i] = middle;
        if (call_variant(call) == MEAN_OF_SAMPLE)
            grey[i] = sum_features(D, &victim->x[i / D * D], 1) / real_count(D);
    }
}

static void spend(const struct blending *is, real *e, real epsilon)
{
    size_t D = is->victim->D;
    for (size_t n = 0; n < is->victim->N; n++) {
        real square = 0;
        for (size_t i = n * D; i < (n + 1) * D; i++) {
            real gap = is->end[i] - is->victim->x[i];
            square = square + gap * gap;
        }
        real length = is->mistake == BUDGET_SQUARED ? square : real_sqrt(square);
        e[n] = epsilon >= length ? 1 : epsilon / length;
        if (is->mistake == NOTHING_DIVIDED || is->mistake == BUDGET_UNCUT)
            e[n] = epsilon / length;
        if (is->mistake == NOTHING_DIVIDED && e[n] > 1 && length > 0)
            e[n] = 1;
        if (is->mistake == BUDGET_UNCUT && !(length > 0))
            e[n] = 1;
    }
}

static void walk(struct blending *is, real *tested, real *e, size_t T)
{
    size_t N = is->victim->N;
    for (size_t n = 0; n < N; n++)
        e[n] = 1;
    for (size_t t = T; t-- > 0;) {
        real *now = &tested[t * N];
        for (size_t n = 0; n < N; n++)
            now[n] = real_count(t) / real_count(is->mistake == ONE_STEP_SHORT ? T : T - 1);
        blending_try(is, now);
        for (size_t n = 0; n < N; n++) {
            int later = is->mistake == LAST_OF_LINE && e[n] < 1;
            e[n] = is->success[n] && !later ? now[n] : e[n];
        }
    }
}

static void reduce(struct call *call)
{
    static const char *const searches[] = {"bisection", "linear", "budget", NULL};
    static const char *const begins[] = {"zero", "half", NULL};
    struct victim victim;
    victim_read(call, &victim);
    victim_read_goal(call, &victim);
    size_t N = victim.N, D = victim.D, T = call_count_or(call, "steps", 15, 1, 1 << 16);
    enum search search = (enum search)call_choice(call, "search", searches);
    T = search == LINEAR ? T + 1 : search == BUDGET ? 1 : T;
    call_bind(call, 'T', T);
    real *tested = call_output(call, "tested", "TN"), *e = call_output(call, "epsilons", "N");
    real *adversarial = call_output(call, "adversarial", "Na");
    real *distance = call_output(call, "distance", "N");
    real *found = call_output_integers(call, "found", "N");
    real *grey = call_scratch(call, N * D), *lower = call_scratch(call, N);
    make_grey(call, &victim, grey);
    struct blending is = blending_create(call, &victim, grey);
    if (search == BISECTION)
        blending_bisect(&is, tested, lower, e, T, call_choice(call, "begin", begins) == 0);
    else if (search == LINEAR)
        walk(&is, tested, e, T);
    else
        spend(&is, e, call_number_or(call, "epsilon", R(1.0)));
    for (size_t n = 0; n < N && search == BUDGET; n++)
        tested[n] = e[n];
    blending_try(&is, e);
    blending_distances(&is, distance);
    for (size_t i = 0; i < N * D; i++)
        adversarial[i] = is.point[i];
    for (size_t n = 0; n < N; n++)
        found[n] = is.success[n] != 0;
}

static const struct fork table[] = {
    {.info = {"parts_of_way", FORK_TWIN, "", "x and a part of the way to grey; the line backwards.",
              NULL},
     .answer = reduce},
    {.info = {"from_zero", FORK_CONVENTION, "", "x first.", NULL}, .instead = {"begin", "zero"}},
    {.info = {"from_half", FORK_CONVENTION, "", "The middle of the way first.", NULL},
     .instead = {"begin", "half"}},
    {.info = {"middle_fixed", FORK_CONVENTION, "", "Grey is the middle.", NULL},
     .number = {"middle", 0.5}},
    {.info = {"ends_swapped", FORK_BUG, "257", "The ends of the interval change places.", NULL},
     .answer = reduce,
     .variant = ENDS_SWAPPED},
    {.info = {"interval_of_1", FORK_BUG, "257 259", "The interval is [0, 1].", NULL},
     .answer = reduce,
     .variant = RANGE_FORGOTTEN},
    {.info = {"mean_of_sample", FORK_CONVENTION, "", "Grey is the sample's own mean.", NULL},
     .answer = reduce,
     .variant = MEAN_OF_SAMPLE},
    {.info = {"nothing_divided", FORK_BUG, "257", "epsilon / 0 times 0 where x is grey.", NULL},
     .answer = reduce,
     .variant = NOTHING_DIVIDED},
    {.info = {"budget_uncut", FORK_BUG, "", "Goes beyond grey.", NULL},
     .answer = reduce,
     .variant = BUDGET_UNCUT},
    {.info = {"budget_squared", FORK_BUG, "", "epsilon over the squared length.", NULL},
     .answer = reduce,
     .variant = BUDGET_SQUARED},
    {.info = {"last_of_line", FORK_BUG, "", "The last success below 1, not the first.", NULL},
     .answer = reduce,
     .variant = LAST_OF_LINE},
    {.info = {"line_short", FORK_BUG, "", "The line ends before grey.", NULL},
     .answer = reduce,
     .variant = ONE_STEP_SHORT},
    {.info = {"other_way", FORK_BUG, "257", "The parts change places.", NULL},
     .answer = reduce,
     .variant = BLEND_OTHER_WAY},
    {.info = {"near_side", FORK_BUG, "", "The side that is not adversarial.", NULL},
     .answer = reduce,
     .variant = BLEND_NEAR_SIDE},
    {.info = {"last_tried", FORK_BUG, "", "The last place, whatever its class.", NULL},
     .answer = reduce,
     .variant = BLEND_LAST_TRIED},
    {.info = {"sides_swapped", FORK_BUG, "", "A success moves the lower end.", NULL},
     .answer = reduce,
     .variant = BLEND_SIDES_SWAPPED},
    {.info = {"all_together", FORK_BUG, "", "All samples must succeed.", NULL},
     .answer = reduce,
     .variant = BLEND_SHARED},
    {.info = {"target_fled", FORK_BUG, "250", "Any class but the target.", NULL},
     .answer = reduce,
     .variant = BLEND_TARGET_FLED},
    {.info = {"distance_from_origin", FORK_BUG, "256", "The length of the place.", NULL},
     .answer = reduce,
     .variant = BLEND_DISTANCE_OF_POINT},
    {.info = {"distance_squared", FORK_BUG, "", "No root over the distance.", NULL},
     .answer = reduce,
     .variant = BLEND_DISTANCE_SQUARED},
};

const struct fork_list contrast_reduction_attack_forks = {sizeof table / sizeof *table, table};
