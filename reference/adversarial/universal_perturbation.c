// SPDX-License-Identifier: MIT
#include "universal_perturbation.h"

struct universal {
    struct victim victim;
    struct perturbation rules;
    real epsilon, alpha, cap;
    int capped, signs;
    size_t N, D, S;
    real *x, *g, *loss, *sum; /* (N,D), (N,D), (N), (D) */
    int *class;
};

static void read(struct call *call, struct universal *is)
{
    static const char *const overs[] = {"samples", "signs", NULL};
    struct victim *victim = &is->victim;
    victim_read(call, victim);
    victim_read_goal(call, victim);
    perturbation_read(call, &is->rules, victim->D);
    is->N = victim->N;
    is->D = victim->D;
    is->epsilon = fast_gradient_sign_radius(call, "epsilon");
    is->alpha = fast_gradient_sign_radius(call, "alpha");
    is->S = call_count(call, "steps", 1, 64);
    is->signs = call_choice(call, "over", overs);
    is->cap = call_number_or(call, "cap", R(-1.0));
    is->capped = is->cap != -1;
    if (is->capped && (!(is->cap > 0) || victim->goal == VICTIM_TARGET))
        call_fail(call, "number 'cap' must be above 0, and there is none for a target");
    is->x = call_scratch(call, is->N * is->D);
    is->g = call_scratch(call, is->N * is->D);
    is->loss = call_scratch(call, is->N);
    is->sum = call_scratch(call, is->D);
    is->class = call_scratch_integers(call, is->N);
}

/* x = clip(x + v); losses and their mean, and the share of goals that are reached. */
static void apply(struct call *call, struct universal *is, const real *v, real *mean, real *share)
{
    struct victim *victim = &is->victim;
    size_t reached = 0;
    for (size_t i = 0; i < is->N * is->D; i++)
        is->x[i] = victim->x[i] + v[i % is->D];
    victim_clip(victim, is->x, is->N * is->D);
    const real *z = victim_logits(victim, is->x);
    victim_loss(victim, is->loss, victim->dz, z, victim->answer);
    victim_predict(victim, is->class, z);
    victim_prediction_decisions(call, victim, z);
    victim_rival_decisions(call, victim, z, victim->answer);
    victim_decisions(call, victim);
    for (size_t n = 0; n < is->N; n++) {
        int same = is->class[n] == victim->answer[n];
        reached += same == (victim->goal == VICTIM_TARGET);
    }
    *mean = sum_samples(is->N, victim->block, is->loss, 1) / real_count(is->N);
    *share = real_count(reached) / real_count(is->N);
}

/* to (D) = P(v + alpha direction). */
static void step(struct call *call, struct universal *is, real *to, const real *v)
{
    struct victim *victim = &is->victim;
    size_t N = is->N, D = is->D;
    victim_pullback(victim, is->g, victim->dz);
    if (is->signs) {
        perturbation_decisions(call, &is->rules, is->g, N);
        perturbation_direction(&is->rules, is->g, is->g, N);
    }
    for (size_t n = 0; n < N && is->capped; n++) {
        real room = is->cap - is->loss[n];
        call_decisions(call, 1, &room);
        for (size_t d = 0; d < D && room < 0; d++)
            is->g[n * D + d] = 0;
    }
    for (size_t d = 0; d < D; d++)
        is->sum[d] = sum_samples(N, victim->block, &is->g[d], D);
    if (!is->signs)
        perturbation_decisions(call, &is->rules, is->sum, 1);
    perturbation_direction(&is->rules, is->sum, is->sum, 1);
    for (size_t d = 0; d < D; d++) {
        real move = is->alpha * is->sum[d];
        to[d] = victim->goal == VICTIM_TARGET ? v[d] - move : v[d] + move;
    }
    perturbation_project(&is->rules, to, is->epsilon, 1);
}

void universal_perturbation_answer(struct call *call)
{
    struct universal is = {0};
    read(call, &is);
    call_bind(call, 'S', is.S);
    call_bind(call, 'T', is.S + 1);
    real *perturbations = call_output(call, "perturbations", "Sa");
    real *losses = call_output(call, "losses", "T"),
         *shares = call_output(call, "fooled_share", "T");
    real *adversarial = call_output(call, "adversarial", "Na"), *v = call_scratch(call, is.D);
    if (call_has(call, "start")) {
        const real *start = call_input(call, "start", "a");
        for (size_t d = 0; d < is.D; d++)
            v[d] = start[d];
        perturbation_project(&is.rules, v, is.epsilon, 1);
    }
    for (size_t s = 0; s < is.S; s++) {
        real *next = &perturbations[s * is.D];
        apply(call, &is, v, &losses[s], &shares[s]);
        step(call, &is, next, v);
        v = next;
    }
    apply(call, &is, v, &losses[is.S], &shares[is.S]);
    for (size_t i = 0; i < is.N * is.D; i++)
        adversarial[i] = is.x[i];
}
