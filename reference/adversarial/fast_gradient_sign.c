// SPDX-License-Identifier: MIT
#include "fast_gradient_sign.h"

real fast_gradient_sign_radius(struct call *call, const char *name)
{
    static const char *const units[] = {"raw", "bytes", NULL};
    real radius = call_number(call, name);
    if (!(radius >= 0))
        call_fail(call, "number '%s' must be at least 0", name);
    return call_choice(call, "units", units) ? radius / 255 : radius;
}

void fast_gradient_sign_move(const struct victim *victim, real *to, const real *x,
                             const real *direction, real alpha)
{
    size_t n = victim->N * victim->D;
    for (size_t i = 0; i < n; i++) {
        real step = alpha * direction[i];
        to[i] = victim->goal == VICTIM_TARGET ? x[i] - step : x[i] + step;
    }
}

/* Where to write what the model makes of an input; confidence may be NULL. */
struct reaction {
    real *loss, *logits, *predicted, *confidence;
};

static void react(struct call *call, struct victim *victim, const struct reaction *to,
                  const real *x)
{
    size_t N = victim->N, K = victim->K;
    int *class = call_scratch_integers(call, N);
    const real *z = victim_logits(victim, x);
    victim_loss(victim, to->loss, victim->dz, z, victim->answer);
    if (to->confidence)
        victim_confidence(victim, to->confidence, z);
    victim_predict(victim, class, z);
    victim_prediction_decisions(call, victim, z);
    victim_rival_decisions(call, victim, z, victim->answer);
    for (size_t i = 0; i < N * K; i++)
        to->logits[i] = z[i];
    for (size_t n = 0; n < N; n++)
        to->predicted[n] = real_count((size_t) class[n]);
}

void fast_gradient_sign_answer(struct call *call)
{
    struct victim victim;
    struct perturbation rules;
    victim_read(call, &victim);
    victim_read_goal(call, &victim);
    perturbation_read(call, &rules, victim.D);
    real epsilon = fast_gradient_sign_radius(call, "epsilon");
    size_t N = victim.N, n = N * victim.D;
    call_bind(call, 'T', 2);
    real *loss = call_output(call, "loss", "N"), *dx = call_output(call, "dx", "Na");
    real *adversarial = call_output(call, "adversarial", "Na");
    real *loss_after = call_output(call, "loss_after", "N");
    real *logits = call_output(call, "logits", "NK");
    real *predicted = call_output_integers(call, "predicted", "TN"), *sure = NULL;
    if (victim.objective != VICTIM_MARGIN)
        sure = call_output(call, "confidence", "TN");
    struct reaction before = {loss, logits, predicted, sure};
    struct reaction after = {loss_after, logits, &predicted[N], sure ? &sure[N] : NULL};
    react(call, &victim, &before, victim.x);
    victim_decisions(call, &victim);
    victim_pullback(&victim, dx, victim.dz);
    perturbation_decisions(call, &rules, dx, N);
    real *direction = call_scratch(call, n);
    perturbation_direction(&rules, direction, dx, N);
    fast_gradient_sign_move(&victim, adversarial, victim.x, direction, epsilon);
    victim_clip(&victim, adversarial, n);
    react(call, &victim, &after, adversarial);
    for (size_t i = 0; i < N; i++)
        loss[i] = loss[i] / victim.W;
}
