// SPDX-License-Identifier: MIT
#include "projected_gradient_descent.h"

void attack_read(struct call *call, struct attack *attack, struct victim *victim)
{
    static const char *const orders[] = {"ball_box", "box_ball", "box_ball_box", NULL};
    size_t n = victim->N * victim->D;
    attack->victim = victim;
    perturbation_read(call, &attack->rules, victim->D);
    attack->epsilon = fast_gradient_sign_radius(call, "epsilon");
    attack->alpha = fast_gradient_sign_radius(call, "alpha");
    attack->steps = call_count(call, "steps", 1, 64);
    attack->order = (enum attack_order)call_choice(call, "order", orders);
    attack->stop = STOP_NEVER;
    attack->gradient = call_scratch(call, n);
    attack->direction = call_scratch(call, n);
    attack->loss = call_scratch(call, victim->N);
    attack->class = call_scratch_integers(call, victim->N);
}

void attack_constrain(const struct attack *attack, real *to)
{
    const struct victim *victim = attack->victim;
    size_t n = victim->N * victim->D;
    if (attack->order != ORDER_BALL_BOX)
        victim_clip(victim, to, n);
    for (size_t i = 0; i < n; i++)
        to[i] = to[i] - victim->x[i];
    perturbation_project(&attack->rules, to, attack->epsilon, victim->N);
    for (size_t i = 0; i < n; i++)
        to[i] = victim->x[i] + to[i];
    if (attack->order != ORDER_BOX_BALL)
        victim_clip(victim, to, n);
}

void attack_begin(const struct attack *attack, real *x, const real *start)
{
    const struct victim *victim = attack->victim;
    size_t n = victim->N * victim->D;
    for (size_t i = 0; i < n; i++)
        x[i] = start ? start[i] : 0;
    perturbation_project(&attack->rules, x, attack->epsilon, victim->N);
    for (size_t i = 0; i < n; i++)
        x[i] = victim->x[i] + x[i];
    victim_clip(victim, x, n);
}

size_t attack_reached(const struct attack *attack, int *reached, const real *z)
{
    const struct victim *victim = attack->victim;
    size_t count = 0;
    victim_predict(victim, attack->class, z);
    for (size_t n = 0; n < victim->N; n++) {
        int same = attack->class[n] == victim->answer[n];
        reached[n] = victim->goal == VICTIM_TARGET ? same : !same;
        count += (size_t)reached[n];
    }
    return count;
}

void attack_step(const struct attack *attack, real *to, const real *x, const real *direction,
                 const int *stays)
{
    const struct victim *victim = attack->victim;
    size_t D = victim->D;
    fast_gradient_sign_move(victim, to, x, direction, attack->alpha);
    attack_constrain(attack, to);
    for (size_t i = 0; stays && i < victim->N * D; i++)
        to[i] = stays[i / D] ? x[i] : to[i];
}

void attack_run(struct call *call, struct attack *attack, real *to, real *iterates,
                const real *from)
{
    struct victim *victim = attack->victim;
    size_t N = victim->N, n = N * victim->D;
    int *stays = call_scratch_integers(call, N);
    real *x = call_scratch(call, n);
    for (size_t i = 0; i < n; i++)
        x[i] = from[i];
    for (size_t s = 0; s < attack->steps; s++) {
        const real *z = victim_logits(victim, x);
        if (attack->stop != STOP_NEVER) {
            size_t reached = attack_reached(attack, stays, z);
            victim_prediction_decisions(call, victim, z);
            for (size_t i = 0; attack->stop == STOP_ALL && i < N; i++)
                stays[i] = reached == N;
        }
        victim_decisions(call, victim);
        victim_rival_decisions(call, victim, z, victim->answer);
        victim_loss(victim, attack->loss, victim->dz, z, victim->answer);
        victim_pullback(victim, attack->gradient, victim->dz);
        perturbation_decisions(call, &attack->rules, attack->gradient, N);
        perturbation_direction(&attack->rules, attack->direction, attack->gradient, N);
        attack_step(attack, to, x, attack->direction, stays);
        for (size_t i = 0; i < n; i++)
            x[i] = to[i];
        for (size_t i = 0; iterates && i < n; i++)
            iterates[s * n + i] = to[i];
    }
}

/* Results of the restarts: losses (R,N), reached (R,N), last iterates (R,N,D). */
struct restarts {
    size_t R;
    real *losses, *last;
    int *reached;
};

/* The restart that sample n keeps. */
static size_t choose(struct call *call, const struct restarts *all, const struct victim *victim,
                     int by_loss, size_t n)
{
    size_t N = victim->N, best = 0;
    real sign = victim->goal == VICTIM_TARGET ? R(-1.0) : 1;
    if (!by_loss) {
        while (best + 1 < all->R && !all->reached[best * N + n])
            best++;
        return best;
    }
    for (size_t r = 1; r < all->R; r++) {
        if (sign * all->losses[r * N + n] > sign * all->losses[best * N + n])
            best = r;
    }
    for (size_t r = 0; r < all->R; r++) {
        real gap = all->losses[best * N + n] - all->losses[r * N + n];
        call_decisions(call, r != best, &gap);
    }
    return best;
}

static void restart(struct call *call, struct attack *attack, struct restarts *all, real *iterates,
                    const real *start, size_t r)
{
    struct victim *victim = attack->victim;
    size_t N = victim->N, n = N * victim->D;
    real *x = &all->last[r * n];
    attack_begin(attack, x, start ? &start[r * n] : NULL);
    attack_run(call, attack, x, &iterates[r * attack->steps * n], x);
    const real *z = victim_logits(victim, x);
    victim_loss(victim, &all->losses[r * N], victim->dz, z, victim->answer);
    victim_prediction_decisions(call, victim, z);
    victim_rival_decisions(call, victim, z, victim->answer);
    attack_reached(attack, &all->reached[r * N], z);
}

void projected_gradient_descent_answer(struct call *call)
{
    static const char *const stops[] = {"never", "fooled", "all", NULL};
    static const char *const keeps[] = {"loss", "fooled", NULL};
    struct victim victim;
    struct attack attack;
    struct restarts all = {.R = 1};
    victim_read(call, &victim);
    victim_read_goal(call, &victim);
    attack_read(call, &attack, &victim);
    attack.stop = (enum attack_stop)call_choice(call, "stop", stops);
    size_t N = victim.N, n = N * victim.D;
    int by_loss = call_choice(call, "keep", keeps) == 0;
    const real *start = call_has(call, "start") ? call_input(call, "start", "RNa") : NULL;
    if (start)
        all.R = call_size(call, 'R');
    if (all.R == 0)
        call_fail(call, "input 'start' holds no restart");
    call_bind(call, 'R', all.R);
    call_bind(call, 'S', attack.steps);
    real *iterates = call_output(call, "iterates", "RSNa");
    all.losses = call_output(call, "losses", "RN");
    real *adversarial = call_output(call, "adversarial", "Na");
    real *kept = call_output_integers(call, "restart", "N");
    real *success = call_output_integers(call, "success", "N");
    all.last = call_scratch(call, all.R * n);
    all.reached = call_scratch_integers(call, all.R * N);
    for (size_t r = 0; r < all.R; r++)
        restart(call, &attack, &all, iterates, start, r);
    for (size_t i = 0; i < N; i++) {
        size_t best = choose(call, &all, &victim, by_loss, i);
        kept[i] = real_count(best);
        success[i] = all.reached[best * N + i] ? 1 : 0;
        for (size_t d = 0; d < victim.D; d++)
            adversarial[i * victim.D + d] = all.last[best * n + i * victim.D + d];
    }
}
