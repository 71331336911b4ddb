// SPDX-License-Identifier: MIT
/* SPSA; definition in reference/adversarial/simultaneous_perturbation_attack.h.
 *
 * How it is distributed: the samples and their directions are sharded, the model is whole on every
 * rank. Each rank asks the model about all its samples at once, twice for each direction. Nothing
 * crosses the network but the count of directions by which nothing can be divided.
 */
#include "victim.h"

#include <string.h>

enum { ADAM, PLAIN, SIGN };

struct probe {
    struct victim *victim;
    int update;
    bool divided;
    size_t T, S, size;
    scalar delta, epsilon, rate, beta1, beta2, tiny;
    const scalar *directions;
    scalar *x, *m, *s, *point;              /* (rows,D) */
    scalar *above, *below, *slope, *factor; /* (rows) twice, (rows,S), (S,rows,D) */
};

static scalar above_zero(struct question *q, const char *name, scalar otherwise)
{
    const scalar value = question_number_or(q, name, otherwise);
    if (!(value > 0))
        question_refuse(q, "its number '%s' must be above 0", name);
    return value;
}

static scalar moment(struct question *q, const char *name, scalar otherwise)
{
    const scalar value = question_number_or(q, name, otherwise);
    if (!(value >= 0 && value < 1))
        question_refuse(q, "its number '%s' must be at least 0 and below 1", name);
    return value;
}

static void refuse_zeros(struct question *q, const struct probe *is)
{
    long long zeros = 0;
    for (size_t i = 0; is->divided && i < is->T * is->S * is->size; i++)
        zeros += is->directions[i] == 0;
    reduce_integers(is->victim->team, &zeros, 1);
    if (zeros > 0)
        question_refuse(q, "%lld elements of its input 'directions' are 0", zeros);
}

static struct probe read_probe(struct question *q)
{
    static const char *const updates[] = {"adam", "plain", "sign", NULL};
    static const char *const estimates[] = {"times", "divided", NULL};
    struct probe is = {.victim = victim_read(q)};
    const size_t rows = is.victim->rows;
    victim_read_goal(q, is.victim);
    is.directions = question_input(q, "directions", "TS[N]A");
    is.T = question_size(q, 'T');
    is.S = question_size(q, 'S');
    if (is.T == 0 || is.S == 0)
        question_refuse(q, "its input 'directions' is empty");
    is.update = question_choice(q, "update", updates);
    is.divided = question_choice(q, "estimate", estimates) == 1;
    is.delta = above_zero(q, "delta", (scalar)0.01);
    is.epsilon = above_zero(q, "epsilon", (scalar)0.3);
    is.rate = above_zero(q, "rate", (scalar)0.01);
    is.tiny = above_zero(q, "tiny", (scalar)1e-8);
    is.beta1 = moment(q, "beta1", (scalar)0.9);
    is.beta2 = moment(q, "beta2", (scalar)0.999);
    is.size = rows * is.victim->D;
    refuse_zeros(q, &is);
    is.x = question_scratch(q, is.size);
    is.m = question_scratch(q, is.size);
    is.s = question_scratch(q, is.size);
    is.point = question_scratch(q, is.size);
    is.above = question_scratch(q, rows);
    is.below = question_scratch(q, rows);
    is.slope = question_scratch(q, rows * is.S);
    is.factor = question_scratch(q, is.S * is.size);
    memcpy(is.x, is.victim->x, is.size * sizeof *is.x);
    return is;
}

/* The losses at `point`. */
static void ask(struct probe *is, scalar *loss)
{
    struct victim *victim = is->victim;
    victim_loss(victim, loss, victim->dz, victim_logits(victim, is->point), victim->answer);
}

static void estimate(struct probe *is, scalar *g, const scalar *directions)
{
    const struct victim *victim = is->victim;
    const size_t S = is->S, D = victim->D;
    for (size_t s = 0; s < S; s++) {
        const scalar *v = directions + s * is->size;
        for (size_t i = 0; i < is->size; i++)
            is->point[i] = is->x[i] + is->delta * v[i];
        ask(is, is->above);
        for (size_t i = 0; i < is->size; i++)
            is->point[i] = is->x[i] - is->delta * v[i];
        ask(is, is->below);
        for (size_t n = 0; n < victim->rows; n++)
            is->slope[n * S + s] = (is->above[n] - is->below[n]) / (2 * is->delta);
    }
    for (size_t i = 0; i < S * is->size; i++)
        is->factor[i] = is->divided ? 1 / directions[i] : directions[i];
    for (size_t n = 0; n < victim->rows; n++)
        team_product(victim->team, false, false, 1, D, S, is->slope + n * S, S, is->factor + n * D,
                     is->size, g + n * D, D);
    for (size_t i = 0; i < is->size; i++)
        g[i] /= (scalar)S;
}

static void move(struct probe *is, const scalar *g, scalar rest1, scalar rest2)
{
    const struct victim *victim = is->victim;
    for (size_t i = 0; i < is->size; i++) {
        scalar u = victim->goal == VICTIM_TARGET ? -g[i] : g[i], *m = is->m + i, *s = is->s + i;
        if (is->update == SIGN) {
            u = u > 0 ? 1 : u < 0 ? -1 : 0;
        } else if (is->update == ADAM) {
            *m = is->beta1 * *m + (1 - is->beta1) * u;
            *s = is->beta2 * *s + (1 - is->beta2) * u * u;
            u = *m / rest1 / (scalar_sqrt(*s / rest2) + is->tiny);
        }
        scalar d = is->x[i] - victim->x[i] + is->rate * u;
        d = d < -is->epsilon ? -is->epsilon : d;
        d = d > is->epsilon ? is->epsilon : d;
        is->x[i] = victim->x[i] + d;
    }
    victim_clip(victim, is->x, is->size);
}

void simultaneous_perturbation_attack_run(struct question *q)
{
    struct probe is = read_probe(q);
    struct victim *victim = is.victim;
    const size_t rows = victim->rows, bytes = is.size * sizeof(scalar);
    scalar *iterates = question_output(q, "iterates", "T[N]A");
    scalar *estimates = question_output(q, "estimates", "T[N]A");
    scalar *losses = question_output(q, "losses", "T[N]"), power1 = 1, power2 = 1;
    scalar *class = question_output(q, "class", "[N]");
    int *predicted = arena_take(question_arena(q), rows, sizeof *predicted);
    for (size_t t = 0; t < is.T; t++) {
        memcpy(is.point, is.x, bytes);
        ask(&is, losses + t * rows);
        estimate(&is, estimates + t * is.size, is.directions + t * is.S * is.size);
        power1 *= is.beta1;
        power2 *= is.beta2;
        move(&is, estimates + t * is.size, 1 - power1, 1 - power2);
        memcpy(iterates + t * is.size, is.x, bytes);
    }
    victim_predict(victim, predicted, victim_logits(victim, is.x));
    for (size_t n = 0; n < rows; n++)
        class[n] = (scalar)predicted[n];
}
