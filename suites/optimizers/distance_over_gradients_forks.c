// SPDX-License-Identifier: MIT
#include "../../reference/optimizers/distance_over_gradients.h"
#include "../fork.h"

enum rival {
    TWIN,
    ARGUMENTS_EXCHANGED,
    LAST_DISTANCE,
    FROM_LAST_STEP,
    SQUARES_FORGOTTEN,
    ROOT_FORGOTTEN,
    WEIGHT_FORGOTTEN,
    EPSILON_OUTSIDE,
    LAST_BLOCK_LOST,
    OF_ONE_RANK,
    UPHILL,
    FIRST_RATE
};

/* The squared norm of a - b (or a), backwards, of the parameters that are seen. */
static real square(const real *a, const real *b, size_t P, enum rival rival, size_t block)
{
    size_t seen = rival == OF_ONE_RANK ? (P + 1) / 2 : P;
    if (rival == LAST_BLOCK_LOST && P > block)
        seen = P / block * block;
    real sum = 0;
    for (size_t p = seen; p-- > 0;) {
        real x = b ? a[p] - b[p] : a[p];
        sum += x * x;
    }
    return sum;
}

/* The step from the squares of r and G, as the root of a quotient. */
static real step_of(real r2, real h2, real *G, const struct distance_rules *rules, enum rival rival)
{
    real weight = rules->weighted && rival != WEIGHT_FORGOTTEN ? r2 : 1;
    *G = rival == SQUARES_FORGOTTEN ? weight * h2 : real_fma(weight, h2, *G);
    real below = *G + rules->epsilon, above = rules->weighted ? r2 * r2 : r2;
    if (rival == EPSILON_OUTSIDE)
        return real_sqrt(above) / (real_sqrt(*G) + rules->epsilon);
    if (rival == ROOT_FORGOTTEN)
        return real_sqrt(above) / below;
    return rival == ARGUMENTS_EXCHANGED ? real_sqrt(below / above) : real_sqrt(above / below);
}

static void rival(struct call *call)
{
    struct updates u = updates_read(call);
    struct distance_rules rules = distance_rules_read(call);
    enum rival rival = (enum rival)call_variant(call);
    size_t P = u.P, block = rules.block;
    real *start = updates_state(call, call_has(call, "start") ? "start" : "w");
    real *h = call_scratch(call, P), *w_after = call_output(call, "w_after", "SP");
    real *r = call_output(call, "distance", "S"), *step = call_output(call, "step", "S");
    real first =
        rules.first * (rules.absolute ? 1 : 1 + real_sqrt(square(start, NULL, P, rival, block)));
    real largest = rules.resumed ? rules.distance * rules.distance : first * first,
         G = rules.squares;
    for (size_t s = 0; s < u.S; s++) {
        real now = square(u.w, start, P, rival, block);
        largest = now > largest || (rival == LAST_DISTANCE && s) ? now : largest;
        for (size_t p = 0; p < P; p++) {
            h[p] = real_fma(rules.decay, u.w[p], u.g[s * P + p]);
            start[p] = rival == FROM_LAST_STEP ? u.w[p] : start[p];
        }
        r[s] = real_sqrt(largest);
        step[s] = step_of(largest, square(h, NULL, P, rival, block), &G, &rules, rival);
        real rate = rival == UPHILL ? -u.rate[s] : u.rate[rival == FIRST_RATE ? 0 : s];
        for (size_t p = 0; p < P; p++)
            u.w[p] = real_fma(-rate, step[s] * h[p], u.w[p]);
        updates_record(w_after, u.w, s, P);
    }
}

/* clang-format off */
static const struct fork table[] = {
    {.info = {"root_of_quotient", FORK_TWIN, "",
     "The root of a quotient of squares; sums backwards.", NULL},
     .answer = rival, .variant = TWIN},
    {.info = {"arguments_exchanged", FORK_BUG, "119", "Gradients over distance: optax once.", NULL},
     .answer = rival, .variant = ARGUMENTS_EXCHANGED},
    {.info = {"last_distance", FORK_BUG, "", "The present distance, not the largest one.", NULL},
     .answer = rival, .variant = LAST_DISTANCE},
    {.info = {"from_last_step", FORK_BUG, "", "The distance is that of the last step.", NULL},
     .answer = rival, .variant = FROM_LAST_STEP},
    {.info = {"squares_forgotten", FORK_BUG, "", "Only the present gradient divides.", NULL},
     .answer = rival, .variant = SQUARES_FORGOTTEN},
    {.info = {"root_forgotten", FORK_BUG, "", "Divides by the sum of squares, not by its root.",
     NULL},
     .answer = rival, .variant = ROOT_FORGOTTEN},
    {.info = {"weight_forgotten", FORK_BUG, "", "The weighted form sums plain squares.", NULL},
     .answer = rival, .variant = WEIGHT_FORGOTTEN},
    {.info = {"epsilon_outside", FORK_CONVENTION, "86", "Epsilon is added to the root.", NULL},
     .answer = rival, .variant = EPSILON_OUTSIDE},
    {.info = {"last_block_lost", FORK_BUG, "", "Only whole blocks enter the norms.", NULL},
     .answer = rival, .variant = LAST_BLOCK_LOST},
    {.info = {"norms_not_reduced", FORK_BUG, "110",
     "A rank takes the norms of its own half for those of all.", NULL},
     .answer = rival, .variant = OF_ONE_RANK},
    {.info = {"step_added", FORK_BUG, "83", "Steps up the gradient: plus instead of minus.", NULL},
     .answer = rival, .variant = UPHILL},
    {.info = {"first_rate_for_all", FORK_BUG, "", "Every step uses the first rate.", NULL},
     .answer = rival, .variant = FIRST_RATE},
    {.info = {"plain_form", FORK_CONVENTION, "", "DoG whatever is asked for.", NULL},
     .instead = {"form", "dog"}},
    {.info = {"weighted_form", FORK_CONVENTION, "", "DoWG whatever is asked for.", NULL},
     .instead = {"form", "dowg"}},
    {.info = {"first_relative", FORK_CONVENTION, "",
     "The first distance is multiplied by the length of the start.", NULL},
     .instead = {"first_form", "relative"}},
    {.info = {"first_absolute", FORK_CONVENTION, "", "The first distance does not know the start.",
     NULL},
     .instead = {"first_form", "absolute"}},
    {.info = {"squares_start_again", FORK_BUG, "88", "Resumed training forgets the squares.", NULL},
     .number = {"squares", 0}},
    {.info = {"decay_ignored", FORK_BUG, "84", "There is no weight decay.", NULL},
     .number = {"weight_decay", 0}},
    {.info = {"maximize_ignored", FORK_BUG, "121", "Minimises what should be maximised.", NULL},
     .instead = {"maximize", "no"}},
};
/* clang-format on */

const struct fork_list distance_over_gradients_forks = {sizeof table / sizeof *table, table};
