// SPDX-License-Identifier: MIT
/* Universal perturbation; definition in reference/adversarial/universal_perturbation.h.
 *
 * How it is distributed: the samples are sharded; every rank holds the model and the perturbation.
 * In every step one sum crosses the network, of the samples' gradients and losses: a chain over the
 * samples of each canonical block, then the fixed tree over the blocks; and the number of goals
 * reached. Every rank makes the same step.
 */
#include "fast_gradient_sign.h"

#include <string.h>

struct universal {
    struct victim *victim;
    struct perturbation rules;
    scalar epsilon, alpha, cap;
    bool capped, signs;
    size_t steps;
    struct reduction *over_samples; /* of D gradients and the loss */
    scalar *x, *g, *loss, *total;   /* (rows,D), (rows,D), (rows), (D+1) */
    int *class;                     /* (rows) */
};

static struct universal read_universal(struct question *q)
{
    static const char *const overs[] = {"samples", "signs", NULL};
    struct victim *victim = victim_read(q);
    victim_read_goal(q, victim);
    const size_t rows = victim->rows, D = victim->D;
    struct universal is = {.victim = victim, .rules = perturbation_read(q, D)};
    is.epsilon = fast_gradient_sign_radius(q, "epsilon");
    is.alpha = fast_gradient_sign_radius(q, "alpha");
    is.steps = question_count(q, "steps", 1, 64);
    is.signs = question_choice(q, "over", overs) == 1;
    is.cap = question_number_or(q, "cap", -1);
    is.capped = is.cap != -1;
    if (is.capped && (!(is.cap > 0) || victim->goal == VICTIM_TARGET))
        question_refuse(q, "its 'cap' is not above 0, or stands beside a target");
    is.over_samples = question_sum(q, 'N', D + 1);
    is.x = question_scratch(q, rows * D);
    is.g = question_scratch(q, rows * D);
    is.loss = question_scratch(q, rows);
    is.total = question_scratch(q, D + 1);
    is.class = arena_take(question_arena(q), rows, sizeof *is.class);
    return is;
}

/* What v does: the mean loss, the share of goals reached, and the sum of the gradients. */
static void apply(struct universal *is, const scalar *v, scalar *mean, scalar *share)
{
    struct victim *victim = is->victim;
    const size_t D = victim->D, rows = victim->rows;
    long long reached = 0;
    for (size_t i = 0; i < rows * D; i++)
        is->x[i] = victim->x[i] + v[i % D];
    victim_clip(victim, is->x, rows * D);
    const scalar *z = victim_logits(victim, is->x);
    victim_predict(victim, is->class, z);
    victim_loss(victim, is->loss, victim->dz, z, victim->answer);
    victim_pullback(victim, is->g, victim->dz);
    if (is->signs)
        perturbation_direction(&is->rules, is->g, is->g, rows);
    for (size_t i = 0; i < reduction_pieces(is->over_samples); i++) {
        const struct piece piece = reduction_piece(is->over_samples, i);
        scalar *leaf = reduction_leaf(is->over_samples);
        for (size_t n = piece.first; n < piece.first + piece.count; n++) {
            const bool counts = !is->capped || !(is->loss[n] > is->cap);
            for (size_t d = 0; d < D; d++)
                leaf[d] += counts ? is->g[n * D + d] : 0;
            leaf[D] += is->loss[n];
        }
        reduction_push(is->over_samples);
    }
    reduction_finish(is->over_samples, is->total);
    for (size_t n = 0; n < rows; n++)
        reached += (is->class[n] == victim->answer[n]) == (victim->goal == VICTIM_TARGET);
    reduce_integers(victim->team, &reached, 1);
    *mean = is->total[D] / (scalar)victim->N;
    *share = (scalar)reached / (scalar)victim->N;
}

void universal_perturbation_run(struct question *q)
{
    struct universal is = read_universal(q);
    struct victim *victim = is.victim;
    const size_t D = victim->D;
    question_bind(q, 'S', is.steps);
    question_bind(q, 'T', is.steps + 1);
    scalar *perturbations = question_output(q, "perturbations", "SA");
    scalar *losses = question_output(q, "losses", "T");
    scalar *shares = question_output(q, "fooled_share", "T");
    scalar *adversarial = question_output(q, "adversarial", "[N]A"), *v = question_scratch(q, D);
    if (question_has(q, "start"))
        memcpy(v, question_input(q, "start", "A"), D * sizeof *v);
    perturbation_project(&is.rules, v, is.epsilon, 1);
    const scalar towards = victim->goal == VICTIM_TARGET ? -is.alpha : is.alpha;
    for (size_t s = 0; s < is.steps; s++) {
        apply(&is, v, &losses[s], &shares[s]);
        perturbation_direction(&is.rules, is.total, is.total, 1);
        for (size_t d = 0; d < D; d++)
            v[d] += towards * is.total[d];
        perturbation_project(&is.rules, v, is.epsilon, 1);
        memcpy(perturbations + s * D, v, D * sizeof *v);
    }
    apply(&is, v, &losses[is.steps], &shares[is.steps]);
    memcpy(adversarial, is.x, victim->rows * D * sizeof *adversarial);
}
