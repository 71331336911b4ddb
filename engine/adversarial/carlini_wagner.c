// SPDX-License-Identifier: MIT
/* Carlini and Wagner's attack; definition in reference/adversarial/carlini_wagner.h.
 *
 * How it is distributed: the samples are sharded, the model is whole on every rank, and each sample
 * has its own variable, moments and constant. Nothing crosses the network unless the search may be
 * aborted: then, at the steps that check, the sum of the objectives, in canonical blocks, so that
 * all ranks go on or stop together.
 */
#include "logit_gap.h"

#include <string.h>

struct rules {
    size_t S, B, every;
    bool from_input, may_abort, last_upper, raw_epsilon;
    scalar constant, growth, kappa, rate, beta1, beta2, epsilon, smooth, middle, half;
};

/* What one sample knows of its constant. */
struct bracket {
    scalar c, lower, upper, best, square;
    bool bounded, found, success, in_this_search; /* success: at this step */
};

struct attack {
    struct victim *victim;
    struct rules is;
    size_t size;                            /* rows D */
    scalar *u, *a, *v, *t, *x, *dx, *m, *s; /* (rows,D) */
    struct bracket *sample;                 /* (rows) */
    struct reduction *objectives;
};

static scalar above(struct question *q, const char *name, scalar otherwise, scalar low)
{
    const scalar value = question_number_or(q, name, otherwise);
    if (!(value > low))
        question_refuse(q, "its number '%s' must be above %g", name, (double)low);
    return value;
}

static scalar fraction(struct question *q, const char *name, scalar otherwise, bool zero)
{
    const scalar value = question_number_or(q, name, otherwise);
    if (!(value >= 0 && value < 1) || (value == 0 && !zero))
        question_refuse(q, "its number '%s' must be between 0 and 1", name);
    return value;
}

static struct rules read_rules(struct question *q)
{
    static const char *const anchors[] = {"reconstructed", "input", NULL};
    static const char *const aborts[] = {"never", "batch", NULL};
    static const char *const lasts[] = {"search", "upper", NULL};
    static const char *const places[] = {"corrected", "raw", NULL};
    struct rules is = {.from_input = question_choice(q, "anchor", anchors) == 1};
    is.may_abort = question_choice(q, "abort", aborts) == 1;
    is.last_upper = question_choice(q, "last", lasts) == 1;
    is.raw_epsilon = question_choice(q, "epsilon_place", places) == 1;
    is.S = question_count_or(q, "steps", 1000, 1, 1 << 20);
    is.B = question_count_or(q, "searches", 9, 1, 1 << 10);
    is.every = question_count_or(q, "every", is.S / 10 > 1 ? is.S / 10 : 1, 1, 1 << 20);
    is.growth = above(q, "growth", 10, 1);
    is.rate = above(q, "rate", (scalar)1e-2, 0);
    is.epsilon = above(q, "epsilon", (scalar)1e-8, 0);
    is.constant = above(q, "constant", (scalar)1e-3, 0);
    is.beta1 = fraction(q, "beta1", (scalar)0.9, true);
    is.beta2 = fraction(q, "beta2", (scalar)0.999, true);
    is.smooth = fraction(q, "smooth", (scalar)0.999999, false);
    is.kappa = question_number_or(q, "kappa", 0);
    if (!(is.kappa >= 0))
        question_refuse(q, "its number 'kappa' must not be negative");
    question_bind(q, 'S', is.S);
    question_bind(q, 'T', is.B);
    return is;
}

/* u and a from x. */
static void make_variable(struct attack *attack)
{
    const struct victim *victim = attack->victim;
    const struct kernels *kernels = victim->team->kernels;
    struct rules *is = &attack->is;
    is->middle = (victim->low + victim->high) / 2;
    is->half = (victim->high - victim->low) / 2;
    for (size_t i = 0; i < attack->size; i++) {
        attack->u[i] = is->smooth * ((victim->x[i] - is->middle) / is->half);
        attack->a[i] = -attack->u[i];
    }
    kernels->logarithm_one_plus(attack->size, attack->u, attack->u);
    kernels->logarithm_one_plus(attack->size, attack->a, attack->a);
    for (size_t i = 0; i < attack->size; i++)
        attack->u[i] = (attack->u[i] - attack->a[i]) / 2;
    kernels->hyperbolic_tangent(attack->size, attack->t, attack->u);
    for (size_t i = 0; i < attack->size; i++)
        attack->a[i] = is->from_input ? victim->x[i] : is->half * attack->t[i] + is->middle;
}

static struct attack read_attack(struct question *q)
{
    struct attack attack = {.victim = victim_read(q)};
    struct victim *victim = attack.victim;
    if (victim->K < 2)
        question_refuse(q, "its input 'w1' leads to one logit; give two or more");
    if (!victim->boxed)
        question_refuse(q, "its convention 'box' is none; the variable needs a box");
    victim_read_goal(q, victim);
    attack.is = read_rules(q);
    attack.size = victim->rows * victim->D;
    scalar **arrays[] = {&attack.u, &attack.a,  &attack.v, &attack.t,
                         &attack.x, &attack.dx, &attack.m, &attack.s};
    for (size_t i = 0; i < sizeof arrays / sizeof *arrays; i++)
        *arrays[i] = question_scratch(q, attack.size);
    attack.sample = arena_take(question_arena(q), victim->rows, sizeof *attack.sample);
    for (size_t n = 0; n < victim->rows; n++)
        attack.sample[n] = (struct bracket){.c = attack.is.constant};
    attack.objectives = question_sum(q, 'N', 1);
    make_variable(&attack);
    return attack;
}

static void differentiate(struct attack *attack, scalar *objective, scalar *gradient)
{
    struct victim *victim = attack->victim;
    const struct rules *is = &attack->is;
    const size_t D = victim->D, K = victim->K;
    for (size_t i = 0; i < attack->size; i++)
        attack->t[i] = attack->u[i] + attack->v[i];
    victim->team->kernels->hyperbolic_tangent(attack->size, attack->t, attack->t);
    for (size_t i = 0; i < attack->size; i++) {
        attack->x[i] = is->half * attack->t[i] + is->middle;
        gradient[i] = attack->x[i] - attack->a[i];
    }
    const scalar *z = victim_logits(victim, attack->x);
    for (size_t n = 0; n < victim->rows; n++) {
        struct bracket *sample = attack->sample + n;
        const scalar gap = logit_gap(victim, victim->dz + n * K, z + n * K, victim->answer[n],
                                     sample->c, is->kappa);
        team_row_products(victim->team, 1, D, gradient + n * D, gradient + n * D, &sample->square);
        sample->success = gap < 0;
        objective[n] = sample->square + sample->c * (gap > 0 ? gap : 0);
    }
    victim_pullback(victim, attack->dx, victim->dz);
    for (size_t i = 0; i < attack->size; i++) {
        const scalar t = attack->t[i];
        gradient[i] = (2 * gradient[i] + attack->dx[i]) * (is->half * ((1 - t) * (1 + t)));
    }
}

static void adam(struct attack *attack, const scalar *g, scalar rest1, scalar rest2)
{
    const struct rules *is = &attack->is;
    const scalar raw_rate = scalar_sqrt(rest2) / rest1;
    for (size_t i = 0; i < attack->size; i++) {
        scalar *m = attack->m + i, *s = attack->s + i;
        *m = is->beta1 * *m + (1 - is->beta1) * g[i];
        *s = is->beta2 * *s + (1 - is->beta2) * g[i] * g[i];
        const scalar step = is->raw_epsilon ? raw_rate * *m / (scalar_sqrt(*s) + is->epsilon)
                                            : *m / rest1 / (scalar_sqrt(*s / rest2) + is->epsilon);
        attack->v[i] -= is->rate * step;
    }
}

/* The sum of the objectives of all samples. Collective. */
static scalar sum_objectives(const struct attack *attack, const scalar *objective)
{
    scalar total;
    for (size_t i = 0; i < reduction_pieces(attack->objectives); i++) {
        const struct piece piece = reduction_piece(attack->objectives, i);
        scalar *leaf = reduction_leaf(attack->objectives);
        for (size_t n = piece.first; n < piece.first + piece.count; n++)
            *leaf += objective[n];
        reduction_push(attack->objectives);
    }
    reduction_finish(attack->objectives, &total);
    return total;
}

static void judge(struct attack *attack, scalar *adversarial)
{
    const size_t D = attack->victim->D;
    for (size_t n = 0; n < attack->victim->rows; n++) {
        struct bracket *sample = attack->sample + n;
        if (!sample->success)
            continue;
        sample->in_this_search = true;
        if (sample->found && !(sample->square < sample->best))
            continue;
        sample->found = true;
        sample->best = sample->square;
        memcpy(adversarial + n * D, attack->x + n * D, D * sizeof *adversarial);
    }
}

static void descend(struct attack *attack, scalar *iterates, scalar *gradients, scalar *objectives,
                    scalar *adversarial)
{
    const struct rules *is = &attack->is;
    const size_t bytes = attack->size * sizeof(scalar);
    scalar power1 = 1, power2 = 1, before = 0;
    memset(attack->v, 0, bytes);
    memset(attack->m, 0, bytes);
    memset(attack->s, 0, bytes);
    for (size_t s = 0; s < is->S; s++) {
        scalar *gradient = gradients + s * attack->size;
        scalar *objective = objectives + s * attack->victim->rows;
        differentiate(attack, objective, gradient);
        memcpy(iterates + s * attack->size, attack->x, bytes);
        power1 *= is->beta1;
        power2 *= is->beta2;
        adam(attack, gradient, 1 - power1, 1 - power2);
        if (is->may_abort && s % is->every == 0) {
            const scalar now = sum_objectives(attack, objective);
            if (s > 0 && (scalar)0.9999 * before - now < 0)
                return;
            before = now;
        }
        judge(attack, adversarial);
    }
}

static void narrow(struct attack *attack)
{
    for (size_t n = 0; n < attack->victim->rows; n++) {
        struct bracket *sample = attack->sample + n;
        if (!sample->in_this_search)
            sample->lower = sample->c > sample->lower ? sample->c : sample->lower;
        else if (!sample->bounded || sample->c < sample->upper)
            sample->upper = sample->c;
        sample->bounded = sample->bounded || sample->in_this_search;
        sample->in_this_search = false;
        sample->c =
            sample->bounded ? (sample->lower + sample->upper) / 2 : attack->is.growth * sample->c;
    }
}

void carlini_wagner_run(struct question *q)
{
    struct attack attack = read_attack(q);
    const struct victim *victim = attack.victim;
    const size_t rows = victim->rows, D = victim->D, S = attack.is.S, B = attack.is.B;
    scalar *iterates = question_output(q, "iterates", "TS[N]A");
    scalar *gradient = question_output(q, "gradient", "S[N]A");
    scalar *objective = question_output(q, "objective", "TS[N]");
    scalar *constants = question_output(q, "constants", "T[N]");
    scalar *adversarial = question_output(q, "adversarial", "[N]A");
    scalar *distance = question_output(q, "distance", "[N]");
    scalar *success = question_output(q, "success", "[N]");
    scalar *later = question_scratch(q, S * attack.size); /* gradients */
    memcpy(adversarial, victim->x, attack.size * sizeof *adversarial);
    for (size_t b = 0; b < B; b++) {
        for (size_t n = 0; n < rows; n++) {
            struct bracket *sample = attack.sample + n;
            if (attack.is.last_upper && b + 1 == B && sample->bounded)
                sample->c = sample->upper;
            constants[b * rows + n] = sample->c;
        }
        descend(&attack, iterates + b * S * attack.size, b == 0 ? gradient : later,
                objective + b * S * rows, adversarial);
        narrow(&attack);
    }
    for (size_t i = 0; i < attack.size; i++)
        attack.dx[i] = adversarial[i] - victim->x[i];
    team_row_products(victim->team, rows, D, attack.dx, attack.dx, distance);
    for (size_t n = 0; n < rows; n++) {
        distance[n] = scalar_sqrt(distance[n]);
        success[n] = attack.sample[n].found;
    }
}
