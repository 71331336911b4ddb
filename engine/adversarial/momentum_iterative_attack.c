// SPDX-License-Identifier: MIT
/* Momentum iterative attack; definition in reference/adversarial/momentum_iterative_attack.h.
 *
 * How it is distributed: the samples are sharded, every rank holds the model. A sample's momentum
 * and its size are its own, so nothing crosses the network.
 */
#include "projected_gradient_descent.h"

#include <string.h>

struct momentum {
    struct attack attack;
    scalar decay;
    bool mean, nesterov, at_step;
    const int *mask;   /* (rows,D), or NULL */
    scalar *m, *ahead; /* (rows,D) */
};

static struct momentum read_momentum(struct question *q, struct victim *victim)
{
    static const char *const sizes[] = {"sum", "mean", NULL};
    static const char *const lookaheads[] = {"none", "nesterov", NULL};
    static const char *const masks[] = {"gradient", "step", NULL};
    struct momentum is = {.attack = attack_read(q, victim), .decay = question_number(q, "decay")};
    is.mean = question_choice(q, "size", sizes) == 1;
    is.nesterov = question_choice(q, "lookahead", lookaheads) == 1;
    is.at_step = question_choice(q, "mask_at", masks) == 1;
    if (question_has(q, "mask"))
        is.mask = question_integers(q, "mask", "[N]A", 0, 1);
    is.m = question_scratch(q, victim->rows * victim->D);
    is.ahead = question_scratch(q, victim->rows * victim->D);
    if (!(is.decay >= 0))
        question_refuse(q, "its number 'decay' is negative");
    return is;
}

static void hide(const struct momentum *is, scalar *values)
{
    const size_t n = is->attack.victim->rows * is->attack.victim->D;
    for (size_t i = 0; is->mask != NULL && i < n; i++)
        if (is->mask[i] == 0)
            values[i] = 0;
}

/* m <- decay m + g / size, of one sample. */
static void accumulate(const struct momentum *is, scalar *m, const scalar *g, size_t D)
{
    const scalar tiny = is->attack.rules.tiny;
    scalar size = 0;
    for (size_t d = 0; d < D; d++)
        size += scalar_absolute(g[d]);
    if (is->mean)
        size /= (scalar)D;
    if (!(size > tiny))
        size = tiny;
    for (size_t d = 0; d < D; d++)
        m[d] = is->decay * m[d] + g[d] / size;
}

static void step(struct momentum *is, scalar *x)
{
    struct attack *attack = &is->attack;
    struct victim *victim = attack->victim;
    const size_t D = victim->D;
    if (is->nesterov)
        fast_gradient_sign_move(victim, is->ahead, x, is->m, attack->alpha * is->decay);
    victim_gradient(victim, attack->loss, attack->gradient, is->nesterov ? is->ahead : x);
    if (!is->at_step)
        hide(is, attack->gradient);
    for (size_t n = 0; n < victim->rows; n++)
        accumulate(is, is->m + n * D, attack->gradient + n * D, D);
    perturbation_direction(&attack->rules, attack->direction, is->m, victim->rows);
    if (is->at_step)
        hide(is, attack->direction);
    attack_step(attack, x, attack->direction);
}

void momentum_iterative_attack_run(struct question *q)
{
    struct victim *victim = victim_read(q);
    victim_read_goal(q, victim);
    struct momentum is = read_momentum(q, victim);
    const size_t rows = victim->rows, n = rows * victim->D, steps = is.attack.steps;
    question_bind(q, 'S', steps);
    scalar *iterates = question_output(q, "iterates", "S[N]A");
    scalar *momentum = question_output(q, "momentum", "S[N]A");
    scalar *losses = question_output(q, "losses", "S[N]");
    scalar *success = question_output(q, "success", "[N]"), *x = question_scratch(q, n);
    memcpy(x, victim->x, n * sizeof *x);
    const scalar *z = NULL;
    for (size_t s = 0; s < steps; s++) {
        step(&is, x);
        memcpy(iterates + s * n, x, n * sizeof *x);
        memcpy(momentum + s * n, is.m, n * sizeof *x);
        z = victim_logits(victim, x);
        victim_loss(victim, losses + s * rows, victim->dz, z, victim->answer);
    }
    attack_reached(&is.attack, is.attack.stays, z);
    for (size_t i = 0; i < rows; i++)
        success[i] = is.attack.stays[i];
}
