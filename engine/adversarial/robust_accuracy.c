// SPDX-License-Identifier: MIT
/* Robust accuracy; definition in reference/adversarial/robust_accuracy.h.
 *
 * How it is distributed: the samples are sharded, every rank holds the model and attacks its own
 * samples. The numbers of samples that stay right cross the network, one for each radius: whole
 * numbers, in any order.
 */
#include "projected_gradient_descent.h"

#include <string.h>

enum attacks { DESCENT, ONE_STEP, BOTH };

struct trial {
    struct victim *victim;
    struct attack attack;
    scalar step;
    enum attacks attacks;
    int *class;      /* (rows) */
    scalar *x, *gap; /* (rows,D), (rows) */
};

static const scalar *read_radii(struct question *q)
{
    const scalar *epsilon = question_input(q, "epsilons", "E");
    if (question_size(q, 'E') == 0)
        question_refuse(q, "its input 'epsilons' has no radius");
    for (size_t e = 0; e < question_size(q, 'E'); e++)
        if (!(epsilon[e] >= (e > 0 ? epsilon[e - 1] : 0)))
            question_refuse(q, "its input 'epsilons' is negative or descends at element %zu", e);
    return epsilon;
}

static struct trial read_trial(struct question *q)
{
    static const char *const goals[] = {"labels", NULL};
    static const char *const orders[] = {"ball_box", "box_ball", "box_ball_box", NULL};
    static const char *const attacks[] = {"descent", "one_step", "both", NULL};
    struct victim *victim = victim_read(q);
    question_choice(q, "goal", goals);
    victim_read_goal(q, victim);
    const size_t rows = victim->rows, n = rows * victim->D;
    struct trial is = {.victim = victim, .step = question_number(q, "step")};
    is.attack = (struct attack){.victim = victim,
                                .rules = perturbation_read(q, victim->D),
                                .steps = question_count(q, "steps", 1, 64),
                                .order = (enum attack_order)question_choice(q, "order", orders),
                                .stop = STOP_NEVER,
                                .gradient = question_scratch(q, n),
                                .direction = question_scratch(q, n),
                                .loss = question_scratch(q, rows)};
    is.attacks = (enum attacks)question_choice(q, "attacks", attacks);
    is.class = arena_take(question_arena(q), rows, sizeof *is.class);
    is.x = question_scratch(q, n);
    is.gap = question_scratch(q, rows);
    if (!(is.step > 0))
        question_refuse(q, "its number 'step' is not above 0");
    return is;
}

/* By how much the label's logit is the largest, for each sample. */
static void find_gaps(const struct victim *victim, scalar *gap, const scalar *z)
{
    const size_t K = victim->K;
    for (size_t n = 0; n < victim->rows; n++, z += K) {
        const size_t y = (size_t)victim->answer[n];
        if (K == 1) {
            gap[n] = y == 1 ? *z : -*z;
            continue;
        }
        scalar rival = z[y == 0];
        for (size_t k = 0; k < K; k++)
            rival = k != y && z[k] > rival ? z[k] : rival;
        gap[n] = z[y] - rival;
    }
}

/* What x does to robust and margin. */
static void judge(struct trial *is, scalar *robust, scalar *margin, const scalar *x, bool first)
{
    struct victim *victim = is->victim;
    const scalar *z = victim_logits(victim, x);
    victim_predict(victim, is->class, z);
    find_gaps(victim, is->gap, z);
    for (size_t n = 0; n < victim->rows; n++) {
        if (is->class[n] != victim->answer[n])
            robust[n] = 0;
        if (first || is->gap[n] < margin[n])
            margin[n] = is->gap[n];
    }
}

static void try_attack(struct trial *is, scalar alpha, size_t steps, scalar *robust, scalar *margin,
                       bool first)
{
    struct attack attack = is->attack;
    attack.alpha = alpha;
    attack.steps = steps;
    memcpy(is->x, is->victim->x, is->victim->rows * is->victim->D * sizeof *is->x);
    attack_run(&attack, is->x, NULL);
    judge(is, robust, margin, is->x, first);
}

void robust_accuracy_run(struct question *q)
{
    static const char *const wrongs[] = {"broken", "attacked", NULL};
    static const char *const acrosses[] = {"each", "cumulative", NULL};
    struct trial is = read_trial(q);
    const scalar *epsilon = read_radii(q);
    const size_t rows = is.victim->rows, E = question_size(q, 'E');
    const bool attacked = question_choice(q, "wrong", wrongs) == 1;
    const bool cumulative = question_choice(q, "across", acrosses) == 1;
    scalar *robust = question_output(q, "robust", "E[N]");
    scalar *accuracy = question_output(q, "accuracy", "E");
    scalar *smallest = question_output(q, "smallest", "[N]");
    scalar *margin = question_output(q, "margin", "E[N]"), *clean = question_scratch(q, rows);
    for (size_t n = 0; n < rows; n++) {
        clean[n] = 1;
        smallest[n] = (scalar)E;
    }
    judge(&is, clean, margin, is.victim->x, true);
    for (size_t e = 0; e < E; e++) {
        scalar *row = robust + e * rows, *gaps = margin + e * rows;
        for (size_t n = 0; n < rows; n++) {
            const bool broken = cumulative && e > 0 && robust[(e - 1) * rows + n] == 0;
            row[n] = (attacked || clean[n] == 1) && !broken;
        }
        is.attack.epsilon = epsilon[e];
        if (is.attacks != ONE_STEP)
            try_attack(&is, is.step * epsilon[e], is.attack.steps, row, gaps, true);
        if (is.attacks != DESCENT)
            try_attack(&is, epsilon[e], 1, row, gaps, is.attacks == ONE_STEP);
        long long right = 0;
        for (size_t n = 0; n < rows; n++) {
            right += row[n] == 1;
            if (row[n] == 0 && smallest[n] == (scalar)E)
                smallest[n] = (scalar)e;
        }
        reduce_integers(is.victim->team, &right, 1);
        accuracy[e] = (scalar)right / (scalar)is.victim->N;
    }
}
