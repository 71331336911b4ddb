// SPDX-License-Identifier: MIT
/* Fast gradient sign method; definition in reference/adversarial/fast_gradient_sign.h.
 *
 * How it is distributed: the samples are sharded, every rank holds the model. A sample's gradient,
 * step and logits need nothing from other ranks, so nothing is added over ranks.
 */
#include "fast_gradient_sign.h"

#include <string.h>

scalar fast_gradient_sign_radius(struct question *q, const char *name)
{
    static const char *const units[] = {"raw", "bytes", NULL};
    const scalar radius = question_number(q, name);
    if (!(radius >= 0))
        question_refuse(q, "its number '%s' is negative", name);
    return question_choice(q, "units", units) == 1 ? radius / 255 : radius;
}

void fast_gradient_sign_move(const struct victim *victim, scalar *to, const scalar *x,
                             const scalar *direction, scalar alpha)
{
    const scalar towards = victim->goal == VICTIM_TARGET ? -alpha : alpha;
    for (size_t i = 0; i < victim->rows * victim->D; i++)
        to[i] = x[i] + towards * direction[i];
}

/* Where to write what the model makes of an input; confidence may be NULL. */
struct reaction {
    scalar *loss, *logits, *predicted, *confidence;
};

static void react(struct question *q, struct victim *victim, const struct reaction *to,
                  const scalar *x)
{
    const size_t rows = victim->rows;
    int *class = arena_take(question_arena(q), rows, sizeof *class);
    const scalar *z = victim_logits(victim, x);
    memcpy(to->logits, z, rows * victim->K * sizeof *z);
    if (to->confidence != NULL)
        victim_confidence(victim, to->confidence, z);
    victim_predict(victim, class, z);
    for (size_t n = 0; n < rows; n++)
        to->predicted[n] = (scalar) class[n];
    victim_loss(victim, to->loss, victim->dz, z, victim->answer);
}

void fast_gradient_sign_run(struct question *q)
{
    struct victim *victim = victim_read(q);
    victim_read_goal(q, victim);
    const struct perturbation rules = perturbation_read(q, victim->D);
    const scalar epsilon = fast_gradient_sign_radius(q, "epsilon");
    scalar *dx = question_output(q, "dx", "[N]A");
    scalar *adversarial = question_output(q, "adversarial", "[N]A");
    question_bind(q, 'T', 2);
    scalar *loss = question_output(q, "loss", "[N]");
    scalar *loss_after = question_output(q, "loss_after", "[N]");
    scalar *logits = question_output(q, "logits", "[N]K");
    scalar *predicted = question_output(q, "predicted", "T[N]"), *sure = NULL;
    if (victim->objective != VICTIM_MARGIN)
        sure = question_output(q, "confidence", "T[N]");
    const size_t rows = victim->rows;
    const struct reaction before = {loss, logits, predicted, sure};
    const struct reaction after = {loss_after, logits, predicted + rows,
                                   sure != NULL ? sure + rows : NULL};
    react(q, victim, &before, victim->x);
    victim_pullback(victim, dx, victim->dz);
    scalar *direction = question_scratch(q, rows * victim->D);
    perturbation_direction(&rules, direction, dx, rows);
    fast_gradient_sign_move(victim, adversarial, victim->x, direction, epsilon);
    victim_clip(victim, adversarial, rows * victim->D);
    react(q, victim, &after, adversarial);
    for (size_t n = 0; n < rows; n++)
        loss[n] = loss[n] / victim->W;
}
