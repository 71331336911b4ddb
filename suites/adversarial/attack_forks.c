// SPDX-License-Identifier: MIT
#include "attack_forks.h"

real rival_sign(real g)
{
    return g == 0 ? 0 : g / real_abs(g);
}

real rival_norm(enum norm norm, const real *v, size_t D)
{
    real sum = 0;
    for (size_t d = D; d-- > 0;) {
        real size = real_abs(v[d]);
        if (norm == NORM_LINF)
            sum = size > sum ? size : sum;
        else
            sum = sum + (norm == NORM_L2 ? v[d] * v[d] : size);
    }
    return norm == NORM_L2 ? real_sqrt(sum) : sum;
}

static real floored(const struct perturbation *rules, const real *g)
{
    real size = rival_norm(rules->norm, g, rules->D), tiny = rules->tiny;
    if (rules->floor == FLOOR_SQUARES)
        return size * size < tiny ? real_sqrt(tiny) : size;
    if (rules->floor == FLOOR_ADDED)
        return tiny + size;
    return rules->floor == FLOOR_NORM && size < tiny ? tiny : size;
}

real rival_direction(const struct perturbation *rules, const real *g, size_t d)
{
    size_t larger = 0, equal = 0, before = 0;
    if (rules->norm == NORM_LINF)
        return g[d] == 0 && rules->plus ? 1 : rival_sign(g[d]);
    if (rules->norm == NORM_L2 || rules->l1_step == L1_WHOLE) {
        real size = floored(rules, g);
        return size > 0 ? g[d] / size : 0;
    }
    for (size_t i = 0; i < rules->D; i++) {
        larger += real_abs(g[i]) > real_abs(g[d]);
        equal += real_abs(g[i]) == real_abs(g[d]);
        before += i < d && real_abs(g[i]) == real_abs(g[d]);
    }
    if (larger > 0)
        return 0;
    if (rules->l1_step == L1_SHARED)
        return rival_sign(g[d]) / real_count(equal);
    return before == 0 ? rival_sign(g[d]) : 0;
}

real rival_clip(const struct victim *victim, real x)
{
    if (!victim->boxed)
        return x;
    return x < victim->low ? victim->low : x > victim->high ? victim->high : x;
}

/* What |v| of the ball's l1 norm shrinks by: elements below the threshold of all drop out, until
 * none does. */
static real threshold(const real *to, const real *centre, size_t D, real radius)
{
    real theta = 0;
    for (size_t last = 0, active = D + 1; last != active;) {
        real sum = 0;
        last = active;
        active = 0;
        for (size_t d = 0; d < D; d++) {
            real size = real_abs(to[d] - centre[d]);
            if (size > theta) {
                sum = sum + size;
                active++;
            }
        }
        theta = (sum - radius) / real_count(active ? active : 1);
    }
    return theta;
}

void rival_project(const struct perturbation *rules, real *to, const real *centre, real radius)
{
    real size = 0;
    for (size_t d = rules->D; d-- > 0;) {
        real own = real_abs(to[d] - centre[d]);
        size = size + (rules->norm == NORM_L2 ? own * own : own);
    }
    if (rules->norm == NORM_L2)
        size = real_sqrt(size);
    int within = rules->norm != NORM_LINF && !(size > radius);
    int cuts = rules->norm == NORM_L1 && !rules->rescaled && !within;
    real theta = cuts ? threshold(to, centre, rules->D, radius) : 0;
    for (size_t d = 0; !within && d < rules->D; d++) {
        real low = centre[d] - radius, high = centre[d] + radius, v = to[d] - centre[d];
        if (rules->norm == NORM_LINF)
            to[d] = to[d] < low ? low : to[d] > high ? high : to[d];
        else if (!cuts)
            to[d] = centre[d] + v * radius / size;
        else
            to[d] = v > theta ? to[d] - theta : v < -theta ? to[d] + theta : centre[d];
    }
}

void rival_constrain(const struct attack *attack, real *to, const real *centre)
{
    const struct victim *victim = attack->victim;
    size_t D = victim->D;
    for (size_t n = 0; n < victim->N; n++) {
        real *own = &to[n * D];
        for (size_t d = 0; attack->order != ORDER_BALL_BOX && d < D; d++)
            own[d] = rival_clip(victim, own[d]);
        rival_project(&attack->rules, own, &centre[n * D], attack->epsilon);
        for (size_t d = 0; attack->order != ORDER_BOX_BALL && d < D; d++)
            own[d] = rival_clip(victim, own[d]);
    }
}

int rival_reached(const struct attack *attack, const struct tangents *tangents, size_t n)
{
    int same = tangents_class(tangents, n) == attack->victim->answer[n];
    return attack->victim->goal == VICTIM_TARGET ? same : !same;
}
