// SPDX-License-Identifier: MIT
#include "momentum_iterative_attack.h"

struct momentum {
    struct attack attack;
    real decay;
    int mean, nesterov, at_step;
    const int *mask; /* (N,D), or NULL */
    real *ahead;     /* (N,D) */
};

static struct momentum read(struct call *call, struct victim *victim)
{
    static const char *const sizes[] = {"sum", "mean", NULL};
    static const char *const lookaheads[] = {"none", "nesterov", NULL};
    static const char *const masks[] = {"gradient", "step", NULL};
    struct momentum is = {.decay = call_number(call, "decay")};
    attack_read(call, &is.attack, victim);
    is.mean = call_choice(call, "size", sizes);
    is.nesterov = call_choice(call, "lookahead", lookaheads);
    is.at_step = call_choice(call, "mask_at", masks);
    is.mask = call_has(call, "mask") ? call_integers(call, "mask", "Na", 0, 1) : NULL;
    is.ahead = call_scratch(call, victim->N * victim->D);
    if (!(is.decay >= 0))
        call_fail(call, "number 'decay' must be at least 0");
    return is;
}

static void apply_mask(const struct momentum *is, real *values, int here)
{
    size_t n = is->attack.victim->N * is->attack.victim->D;
    for (size_t i = 0; is->mask && here && i < n; i++)
        values[i] = is->mask[i] ? values[i] : 0;
}

/* m (N,D) <- decay m + g / size. */
static void accumulate(const struct momentum *is, real *m, const real *before, const real *g)
{
    size_t D = is->attack.victim->D;
    real tiny = is->attack.rules.tiny;
    for (size_t n = 0; n < is->attack.victim->N; n++) {
        real size = 0;
        for (size_t d = 0; d < D; d++)
            size = size + real_abs(g[n * D + d]);
        size = is->mean ? size / real_count(D) : size;
        size = size > tiny ? size : tiny;
        for (size_t i = n * D; i < (n + 1) * D; i++)
            m[i] = is->decay * before[i] + g[i] / size;
    }
}

static void step(struct call *call, struct momentum *is, real *to, real *m, const real *x,
                 const real *before)
{
    struct attack *attack = &is->attack;
    struct victim *victim = attack->victim;
    real far = attack->alpha * is->decay;
    if (is->nesterov)
        fast_gradient_sign_move(victim, is->ahead, x, before, far);
    victim_gradient(victim, attack->loss, attack->gradient, is->nesterov ? is->ahead : x);
    victim_decisions(call, victim);
    victim_rival_decisions(call, victim, victim->batch.z[victim->net.layers - 1], victim->answer);
    apply_mask(is, attack->gradient, !is->at_step);
    accumulate(is, m, before, attack->gradient);
    perturbation_decisions(call, &attack->rules, m, victim->N);
    perturbation_direction(&attack->rules, attack->direction, m, victim->N);
    apply_mask(is, attack->direction, is->at_step);
    attack_step(attack, to, x, attack->direction, NULL);
}

void momentum_iterative_attack_answer(struct call *call)
{
    struct victim victim;
    victim_read(call, &victim);
    victim_read_goal(call, &victim);
    struct momentum is = read(call, &victim);
    size_t N = victim.N, n = N * victim.D, S = is.attack.steps;
    call_bind(call, 'S', S);
    real *iterates = call_output(call, "iterates", "SNa");
    real *momentum = call_output(call, "momentum", "SNa");
    real *losses = call_output(call, "losses", "SN");
    real *success = call_output_integers(call, "success", "N");
    const real *x = victim.x, *before = call_scratch(call, n);
    const real *z = NULL;
    for (size_t s = 0; s < S; s++) {
        step(call, &is, &iterates[s * n], &momentum[s * n], x, before);
        x = &iterates[s * n];
        before = &momentum[s * n];
        z = victim_logits(&victim, x);
        victim_loss(&victim, &losses[s * N], victim.dz, z, victim.answer);
    }
    int *reached = call_scratch_integers(call, N);
    attack_reached(&is.attack, reached, z);
    victim_prediction_decisions(call, &victim, z);
    for (size_t i = 0; i < N; i++)
        success[i] = reached[i] ? 1 : 0;
}
