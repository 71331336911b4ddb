// SPDX-License-Identifier: MIT
/* Adversarial training; definition in reference/adversarial/adversarial_training.h.
 *
 * How it is distributed: the samples are sharded; every rank holds the model and attacks its own
 * samples. What crosses the network in an update: for the inputs as they are and for the attacked
 * ones each, the gradients of all parameters and the sum of the losses; a chain over the samples of
 * each canonical block, then the fixed tree over the blocks. Every rank makes the same step.
 */
#include "projected_gradient_descent.h"

#include <string.h>

struct training {
    struct victim *victim;
    struct victim mean; /* the same model, with the loss divided by N */
    struct attack attack;
    size_t updates;
    scalar rate, clean_weight;
    bool replaces;
    const int *labels, *attacked;           /* (rows); (T,rows) or NULL */
    const scalar *start;                    /* (T,rows,D), or NULL */
    struct reduction *gradients, *losses;   /* of all parameters; of one loss */
    scalar *clean, *other, *mixed, *unused; /* gradients twice; (rows,D) twice */
};

/* The mean loss of x, and the gradients of all parameters. Collective. */
static scalar pass(struct training *is, scalar *gradients, const scalar *x)
{
    struct victim *mean = &is->mean;
    scalar *loss = is->attack.loss, total = 0;
    const scalar *z = victim_logits(mean, x);
    victim_loss(mean, loss, mean->dz, z, is->labels);
    victim_pullback(mean, is->unused, mean->dz);
    tape_sum(mean->net.tape, is->gradients);
    reduction_finish(is->gradients, gradients);
    for (size_t i = 0; i < reduction_pieces(is->losses); i++) {
        const struct piece piece = reduction_piece(is->losses, i);
        scalar *leaf = reduction_leaf(is->losses);
        for (size_t n = 0; n < piece.count; n++)
            leaf[0] += loss[piece.first + n];
        reduction_push(is->losses);
    }
    reduction_finish(is->losses, &total);
    return total / mean->W;
}

static void update(struct training *is, const scalar *adversarial, size_t t, scalar *clean_loss,
                   scalar *adversarial_loss)
{
    const struct victim *victim = is->victim;
    const size_t D = victim->D, P = victim->net.tape->parameters;
    const scalar c = is->clean_weight, rest = 1 - c;
    scalar *w = victim->net.tape->parameter;
    clean_loss[t] = pass(is, is->clean, victim->x);
    adversarial_loss[t] = pass(is, is->other, adversarial);
    if (is->replaces) {
        for (size_t i = 0; i < victim->rows * D; i++)
            is->mixed[i] =
                is->attacked[t * victim->rows + i / D] != 0 ? adversarial[i] : victim->x[i];
        pass(is, is->other, is->mixed);
    }
    for (size_t i = 0; i < P; i++) {
        const scalar g = is->replaces ? is->other[i] : c * is->clean[i] + rest * is->other[i];
        w[i] = w[i] - is->rate * g;
    }
}

static struct training read_training(struct question *q)
{
    static const char *const goals[] = {"labels", "target", "predicted", NULL};
    static const char *const mixtures[] = {"weighted", "replaced", NULL};
    struct victim *victim = victim_read(q);
    if (question_choice(q, "goal", goals) == VICTIM_TARGET)
        question_refuse(q, "its 'goal' is target, which training has none of");
    victim_read_goal(q, victim);
    struct training is = {.victim = victim, .mean = *victim, .attack = attack_read(q, victim)};
    is.mean.W = (scalar)victim->N;
    is.labels = question_integers(q, "labels", "[N]", 0, victim->K == 1 ? 1 : (int)victim->K - 1);
    is.updates = question_count(q, "updates", 1, 16);
    question_bind(q, 'T', is.updates);
    is.rate = question_number(q, "rate");
    is.clean_weight = question_number_or(q, "clean_weight", (scalar)0.5);
    is.replaces = question_choice(q, "mixture", mixtures) == 1;
    if (is.replaces)
        is.attacked = question_integers(q, "attacked", "T[N]", 0, 1);
    if (question_has(q, "start"))
        is.start = question_input(q, "start", "T[N]A");
    if (!(is.rate > 0))
        question_refuse(q, "its number 'rate' is not above 0");
    if (!(is.clean_weight >= 0 && is.clean_weight <= 1))
        question_refuse(q, "its number 'clean_weight' is not in [0, 1]");
    const size_t sums = victim->net.tape->sums, n = victim->rows * victim->D;
    is.gradients = question_sum(q, 'N', sums);
    is.losses = question_sum(q, 'N', 1);
    is.clean = question_scratch(q, sums);
    is.other = question_scratch(q, sums);
    is.mixed = question_scratch(q, n);
    is.unused = question_scratch(q, n);
    return is;
}

void adversarial_training_run(struct question *q)
{
    struct training is = read_training(q);
    struct victim *victim = is.victim;
    const size_t n = victim->rows * victim->D;
    scalar *adversarial = question_output(q, "adversarial", "T[N]A");
    scalar *clean_loss = question_output(q, "clean_loss", "T");
    scalar *adversarial_loss = question_output(q, "adversarial_loss", "T");
    const struct perceptron_outputs after =
        perceptron_case_outputs(q, &victim->net, "", "_after", 'T');
    for (size_t t = 0; t < is.updates; t++) {
        scalar *x = adversarial + t * n;
        if (victim->goal == VICTIM_PREDICTED)
            victim_read_goal(q, victim);
        attack_begin(&is.attack, x, is.start != NULL ? is.start + t * n : NULL);
        attack_run(&is.attack, x, NULL);
        update(&is, x, t, clean_loss, adversarial_loss);
        perceptron_case_record(&victim->net, &after, t, victim->net.tape->parameter);
    }
}
