// SPDX-License-Identifier: MIT
#include "contrast_reduction_attack.h"

enum search { BISECTION, LINEAR, BUDGET };

/* e (N) = the first t / steps that succeeds. */
static void walk(struct call *call, struct blend *blend, real *tested, real *e, size_t T)
{
    size_t N = blend->victim->N;
    for (size_t n = 0; n < N; n++)
        e[n] = 1;
    for (size_t t = 0; t < T; t++) {
        real *now = &tested[t * N];
        for (size_t n = 0; n < N; n++)
            now[n] = real_count(t) / real_count(T - 1);
        blend_try(call, blend, now);
        for (size_t n = 0; n < N; n++)
            e[n] = blend->success[n] && now[n] < e[n] ? now[n] : e[n];
    }
}

static void spend(const struct blend *blend, real *e, real epsilon, real *change)
{
    size_t D = blend->victim->D;
    for (size_t n = 0; n < blend->victim->N; n++) {
        for (size_t d = 0; d < D; d++)
            change[d] = blend->end[n * D + d] - blend->victim->x[n * D + d];
        real length = real_sqrt(sum_products(0, D, change, 1, change, 1));
        e[n] = length > epsilon ? epsilon / length : 1;
    }
}

void contrast_reduction_attack_answer(struct call *call)
{
    static const char *const searches[] = {"bisection", "linear", "budget", NULL};
    static const char *const begins[] = {"zero", "half", NULL};
    struct victim victim;
    victim_read(call, &victim);
    victim_read_goal(call, &victim);
    size_t N = victim.N, D = victim.D;
    enum search search = (enum search)call_choice(call, "search", searches);
    size_t T = call_count_or(call, "steps", 15, 1, 1 << 16);
    real middle = call_number_or(call, "middle", R(0.5));
    real epsilon = call_number_or(call, "epsilon", R(1.0));
    if (!(middle >= 0 && middle <= 1))
        call_fail(call, "number 'middle' must be between 0 and 1");
    if (!(epsilon >= 0))
        call_fail(call, "number 'epsilon' is negative");
    T = search == LINEAR ? T + 1 : search == BUDGET ? 1 : T;
    call_bind(call, 'T', T);
    real *tested = call_output(call, "tested", "TN"), *e = call_output(call, "epsilons", "N");
    real *adversarial = call_output(call, "adversarial", "Na");
    real *distance = call_output(call, "distance", "N");
    real *found = call_output_integers(call, "found", "N");
    real *grey = call_scratch(call, N * D), *lower = call_scratch(call, N + D);
    for (size_t i = 0; i < N * D; i++)
        grey[i] = victim.low + middle * (victim.high - victim.low);
    struct blend blend = blend_create(call, &victim, grey, 0);
    if (search == BISECTION)
        blend_bisect(call, &blend, tested, lower, e, T, call_choice(call, "begin", begins) == 0);
    else if (search == LINEAR)
        walk(call, &blend, tested, e, T);
    else
        spend(&blend, e, epsilon, lower);
    for (size_t n = 0; n < N && search == BUDGET; n++)
        tested[n] = e[n];
    blend_try(call, &blend, e);
    blend_distances(&blend, distance, 0);
    for (size_t i = 0; i < N * D; i++)
        adversarial[i] = blend.point[i];
    for (size_t n = 0; n < N; n++)
        found[n] = blend.success[n] != 0;
}
