// SPDX-License-Identifier: MIT
/* Projected gradient descent; definition in reference/adversarial/projected_gradient_descent.h.
 *
 * How it is distributed: the samples are sharded, every rank holds the model and runs all restarts
 * of its samples. Only stop = all needs the others: the number of goals reached, before every step.
 */
#include "projected_gradient_descent.h"

#include <string.h>

struct attack attack_read(struct question *q, struct victim *victim)
{
    static const char *const orders[] = {"ball_box", "box_ball", "box_ball_box", NULL};
    const size_t n = victim->rows * victim->D;
    struct attack attack = {.victim = victim, .rules = perturbation_read(q, victim->D)};
    attack.epsilon = fast_gradient_sign_radius(q, "epsilon");
    attack.alpha = fast_gradient_sign_radius(q, "alpha");
    attack.steps = question_count(q, "steps", 1, 64);
    attack.order = (enum attack_order)question_choice(q, "order", orders);
    attack.gradient = question_scratch(q, n);
    attack.direction = question_scratch(q, n);
    attack.loss = question_scratch(q, victim->rows);
    attack.class = arena_take(question_arena(q), victim->rows, sizeof *attack.class);
    attack.stays = arena_take(question_arena(q), victim->rows, sizeof *attack.stays);
    return attack;
}

void attack_constrain(const struct attack *attack, scalar *to)
{
    const struct victim *victim = attack->victim;
    const size_t D = victim->D;
    const scalar *x = victim->x;
    /* A sample at a time, which stays in the first cache. */
    for (size_t n = 0; n < victim->rows; n++, to += D, x += D) {
        if (attack->order != ORDER_BALL_BOX)
            victim_clip(victim, to, D);
        for (size_t d = 0; d < D; d++)
            to[d] -= x[d];
        perturbation_project(&attack->rules, to, attack->epsilon, 1);
        for (size_t d = 0; d < D; d++)
            to[d] += x[d];
        if (attack->order != ORDER_BOX_BALL)
            victim_clip(victim, to, D);
    }
}

void attack_begin(const struct attack *attack, scalar *x, const scalar *start)
{
    const struct victim *victim = attack->victim;
    const size_t n = victim->rows * victim->D;
    if (start != NULL)
        memcpy(x, start, n * sizeof *x);
    else
        memset(x, 0, n * sizeof *x);
    perturbation_project(&attack->rules, x, attack->epsilon, victim->rows);
    for (size_t i = 0; i < n; i++)
        x[i] += victim->x[i];
    victim_clip(victim, x, n);
}

size_t attack_reached(const struct attack *attack, bool *reached, const scalar *z)
{
    const struct victim *victim = attack->victim;
    size_t count = 0;
    victim_predict(victim, attack->class, z);
    for (size_t n = 0; n < victim->rows; n++) {
        reached[n] = (attack->class[n] == victim->answer[n]) == (victim->goal == VICTIM_TARGET);
        count += reached[n];
    }
    return count;
}

void attack_step(const struct attack *attack, scalar *x, const scalar *direction)
{
    fast_gradient_sign_move(attack->victim, x, x, direction, attack->alpha);
    attack_constrain(attack, x);
}

/* Whether this rank's samples stay where they are. */
static void judge(struct attack *attack, const scalar *z)
{
    const struct victim *victim = attack->victim;
    long long left = (long long)(victim->rows - attack_reached(attack, attack->stays, z));
    if (attack->stop == STOP_FOOLED)
        return;
    reduce_integers(victim->team, &left, 1);
    for (size_t n = 0; n < victim->rows; n++)
        attack->stays[n] = left == 0;
}

void attack_run(struct attack *attack, scalar *x, scalar *iterates)
{
    struct victim *victim = attack->victim;
    const size_t D = victim->D, n = victim->rows * D;
    scalar *before = attack->gradient; /* free once there is a direction */
    for (size_t s = 0; s < attack->steps; s++) {
        const scalar *z = victim_logits(victim, x);
        if (attack->stop != STOP_NEVER)
            judge(attack, z);
        victim_loss(victim, attack->loss, victim->dz, z, victim->answer);
        victim_pullback(victim, attack->gradient, victim->dz);
        perturbation_direction(&attack->rules, attack->direction, attack->gradient, victim->rows);
        if (attack->stop != STOP_NEVER)
            memcpy(before, x, n * sizeof *x);
        attack_step(attack, x, attack->direction);
        for (size_t i = 0; attack->stop != STOP_NEVER && i < n; i++)
            if (attack->stays[i / D])
                x[i] = before[i];
        if (iterates != NULL)
            memcpy(iterates + s * n, x, n * sizeof *x);
    }
}

/* The best restart so far of each sample. */
struct best {
    scalar *loss, *x, *restart, *success; /* (rows), (rows,D), (rows), (rows) */
};

/* Takes over restart r where it is better. */
static void compare(const struct attack *attack, const struct best *best, const scalar *x,
                    const bool *reached, size_t r, bool by_loss)
{
    const struct victim *victim = attack->victim;
    const size_t D = victim->D;
    for (size_t n = 0; n < victim->rows; n++) {
        const scalar gain = attack->loss[n] - best->loss[n];
        const bool better = victim->goal == VICTIM_TARGET ? gain < 0 : gain > 0;
        if (r > 0 && !(by_loss ? better : best->success[n] == 0))
            continue;
        best->loss[n] = attack->loss[n];
        best->restart[n] = (scalar)r;
        best->success[n] = reached[n];
        memcpy(best->x + n * D, x + n * D, D * sizeof *x);
    }
}

void projected_gradient_descent_run(struct question *q)
{
    static const char *const stops[] = {"never", "fooled", "all", NULL};
    static const char *const keeps[] = {"loss", "fooled", NULL};
    struct victim *victim = victim_read(q);
    victim_read_goal(q, victim);
    struct attack attack = attack_read(q, victim);
    attack.stop = (enum attack_stop)question_choice(q, "stop", stops);
    const bool by_loss = question_choice(q, "keep", keeps) == 0;
    const scalar *start = question_has(q, "start") ? question_input(q, "start", "R[N]A") : NULL;
    const size_t restarts = start != NULL ? question_size(q, 'R') : 1;
    if (restarts == 0)
        question_refuse(q, "its input 'start' holds no restart");
    question_bind(q, 'R', restarts);
    question_bind(q, 'S', attack.steps);
    scalar *iterates = question_output(q, "iterates", "RS[N]A");
    scalar *losses = question_output(q, "losses", "R[N]");
    const size_t rows = victim->rows, n = rows * victim->D;
    const struct best best = {question_scratch(q, rows), question_output(q, "adversarial", "[N]A"),
                              question_output(q, "restart", "[N]"),
                              question_output(q, "success", "[N]")};
    scalar *x = question_scratch(q, n);
    question_begin(q);
    for (size_t r = 0; r < restarts; r++) {
        attack_begin(&attack, x, start != NULL ? start + r * n : NULL);
        attack_run(&attack, x, iterates + r * attack.steps * n);
        const scalar *z = victim_logits(victim, x);
        victim_loss(victim, attack.loss, victim->dz, z, victim->answer);
        attack_reached(&attack, attack.stays, z);
        compare(&attack, &best, x, attack.stays, r, by_loss);
        memcpy(losses + r * rows, attack.loss, rows * sizeof *x);
    }
}
