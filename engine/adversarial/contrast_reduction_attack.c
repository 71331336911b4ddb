// SPDX-License-Identifier: MIT
/* Contrast reduction; definition in reference/adversarial/contrast_reduction_attack.h.
 *
 * How it is distributed: the samples are sharded, the model is whole on every rank, and each sample
 * is blended by its owner: nothing crosses the network.
 */
#include "blend.h"

#include <string.h>

enum { BISECTION, LINEAR, BUDGET };

static void walk(struct blend *blend, scalar *tested, scalar *e, size_t T)
{
    const size_t rows = blend->victim->rows;
    for (size_t n = 0; n < rows; n++)
        e[n] = 1;
    for (size_t t = 0; t < T; t++, tested += rows) {
        const scalar now = (scalar)t / (scalar)(T - 1);
        for (size_t n = 0; n < rows; n++)
            tested[n] = now;
        blend_try(blend, tested);
        for (size_t n = 0; n < rows; n++)
            if (blend_succeeds(blend, n) && now < e[n])
                e[n] = now;
    }
}

static void spend(struct question *q, const struct blend *blend, scalar *e, scalar epsilon)
{
    const struct victim *victim = blend->victim;
    scalar *change = question_scratch(q, victim->rows * victim->D);
    for (size_t i = 0; i < victim->rows * victim->D; i++)
        change[i] = blend->end[i] - victim->x[i];
    team_row_products(victim->team, victim->rows, victim->D, change, change, e);
    for (size_t n = 0; n < victim->rows; n++) {
        const scalar length = scalar_sqrt(e[n]);
        e[n] = length > epsilon ? epsilon / length : 1;
    }
}

void contrast_reduction_attack_run(struct question *q)
{
    static const char *const searches[] = {"bisection", "linear", "budget", NULL};
    static const char *const begins[] = {"zero", "half", NULL};
    struct victim *victim = victim_read(q);
    const size_t rows = victim->rows, D = victim->D;
    victim_read_goal(q, victim);
    const int search = question_choice(q, "search", searches);
    const bool from_zero = question_choice(q, "begin", begins) == 0;
    size_t T = question_count_or(q, "steps", 15, 1, 1 << 16);
    const scalar middle = question_number_or(q, "middle", (scalar)0.5);
    const scalar epsilon = question_number_or(q, "epsilon", 1);
    if (!(middle >= 0 && middle <= 1))
        question_refuse(q, "its number 'middle' must be between 0 and 1");
    if (!(epsilon >= 0))
        question_refuse(q, "its number 'epsilon' must not be negative");
    T = search == LINEAR ? T + 1 : search == BUDGET ? 1 : T;
    question_bind(q, 'T', T);
    scalar *tested = question_output(q, "tested", "T[N]");
    scalar *e = question_output(q, "epsilons", "[N]");
    scalar *adversarial = question_output(q, "adversarial", "[N]A");
    scalar *distance = question_output(q, "distance", "[N]");
    scalar *found = question_output(q, "found", "[N]");
    scalar *grey = question_scratch(q, rows * D);
    for (size_t i = 0; i < rows * D; i++)
        grey[i] = victim->low + middle * (victim->high - victim->low);
    struct blend blend = blend_create(q, victim, grey, false);
    if (search == BISECTION)
        blend_bisect(&blend, tested, question_scratch(q, rows), e, T, from_zero);
    else if (search == LINEAR)
        walk(&blend, tested, e, T);
    else
        spend(q, &blend, e, epsilon);
    if (search == BUDGET)
        memcpy(tested, e, rows * sizeof *e);
    blend_try(&blend, e);
    blend_distances(q, &blend, distance, false);
    memcpy(adversarial, blend.point, rows * D * sizeof *adversarial);
    for (size_t n = 0; n < rows; n++)
        found[n] = blend_succeeds(&blend, n);
}
