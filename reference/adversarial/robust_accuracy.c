// SPDX-License-Identifier: MIT
#include "robust_accuracy.h"

enum attacks { ATTACKS_DESCENT, ATTACKS_ONE_STEP, ATTACKS_BOTH };

struct trial {
    struct victim victim;
    struct attack attack;
    size_t N, E;
    real step;
    enum attacks attacks;
    int *class;
    real *x; /* (N,D) */
};

static const real *read_radii(struct call *call)
{
    const real *epsilon = call_input(call, "epsilons", "E");
    size_t E = call_size(call, 'E');
    if (E == 0)
        call_fail(call, "input 'epsilons' has no radius");
    for (size_t e = 0; e < E; e++) {
        if (!(epsilon[e] >= (e ? epsilon[e - 1] : 0)))
            call_fail(call, "element %zu of input 'epsilons' is negative or below the last one", e);
    }
    return epsilon;
}

static void read(struct call *call, struct trial *is)
{
    static const char *const goals[] = {"labels", NULL};
    static const char *const orders[] = {"ball_box", "box_ball", "box_ball_box", NULL};
    static const char *const attacks[] = {"descent", "one_step", "both", NULL};
    struct victim *victim = &is->victim;
    struct attack *attack = &is->attack;
    victim_read(call, victim);
    call_choice(call, "goal", goals);
    victim_read_goal(call, victim);
    perturbation_read(call, &attack->rules, victim->D);
    attack->victim = victim;
    attack->order = (enum attack_order)call_choice(call, "order", orders);
    attack->stop = STOP_NEVER;
    attack->gradient = call_scratch(call, victim->N * victim->D);
    attack->direction = call_scratch(call, victim->N * victim->D);
    attack->loss = call_scratch(call, victim->N);
    attack->class = call_scratch_integers(call, victim->N);
    attack->steps = call_count(call, "steps", 1, 64);
    is->N = victim->N;
    is->step = call_number(call, "step");
    is->attacks = (enum attacks)call_choice(call, "attacks", attacks);
    is->class = call_scratch_integers(call, is->N);
    is->x = call_scratch(call, is->N * victim->D);
    if (!(is->step > 0))
        call_fail(call, "number 'step' must be above 0");
}

/* Tries x: lowers robust (N) and margin (N) where it does harm; `first` sets margin. */
static void judge(struct call *call, struct trial *is, real *robust, real *margin, const real *x,
                  int first)
{
    struct victim *victim = &is->victim;
    size_t K = victim->K;
    const real *z = victim_logits(victim, x);
    victim_predict(victim, is->class, z);
    victim_prediction_decisions(call, victim, z);
    for (size_t n = 0; n < is->N; n++) {
        size_t y = (size_t)victim->answer[n];
        const real *own = &z[n * K];
        real best = K == 1 ? 0 : own[y == 0];
        for (size_t k = 0; K > 1 && k < K; k++)
            best = k != y && own[k] > best ? own[k] : best;
        real gap = K == 1 ? (y ? *own : -*own) : own[y] - best;
        if (is->class[n] != victim->answer[n])
            robust[n] = 0;
        if (first || gap < margin[n])
            margin[n] = gap;
    }
}

static void attack_once(struct call *call, struct trial *is, real alpha, size_t steps)
{
    struct attack attack = is->attack;
    attack.alpha = alpha;
    attack.steps = steps;
    attack_run(call, &attack, is->x, NULL, is->victim.x);
}

void robust_accuracy_answer(struct call *call)
{
    static const char *const wrongs[] = {"broken", "attacked", NULL};
    static const char *const acrosses[] = {"each", "cumulative", NULL};
    struct trial is = {0};
    read(call, &is);
    const real *epsilon = read_radii(call);
    size_t N = is.N, E = is.E = call_size(call, 'E');
    int attacked = call_choice(call, "wrong", wrongs);
    int cumulative = call_choice(call, "across", acrosses);
    real *robust = call_output_integers(call, "robust", "EN");
    real *accuracy = call_output(call, "accuracy", "E");
    real *smallest = call_output_integers(call, "smallest", "N");
    real *margin = call_output(call, "margin", "EN");
    real *clean = call_scratch(call, N);
    for (size_t n = 0; n < N; n++) {
        clean[n] = 1;
        smallest[n] = real_count(E);
    }
    judge(call, &is, clean, margin, is.victim.x, 1);
    for (size_t e = 0; e < E; e++) {
        real *row = &robust[e * N], right = 0;
        is.attack.epsilon = epsilon[e];
        for (size_t n = 0; n < N; n++)
            row[n] = attacked || clean[n] > 0 ? 1 : 0;
        for (size_t n = 0; cumulative && e > 0 && n < N; n++)
            row[n] = robust[(e - 1) * N + n] > 0 ? row[n] : 0;
        if (is.attacks != ATTACKS_ONE_STEP) {
            attack_once(call, &is, is.step * epsilon[e], is.attack.steps);
            judge(call, &is, row, &margin[e * N], is.x, 1);
        }
        if (is.attacks != ATTACKS_DESCENT) {
            attack_once(call, &is, epsilon[e], 1);
            judge(call, &is, row, &margin[e * N], is.x, is.attacks == ATTACKS_ONE_STEP);
        }
        for (size_t n = 0; n < N; n++) {
            right = right + row[n];
            if (!(row[n] > 0) && smallest[n] == real_count(E))
                smallest[n] = real_count(e);
        }
        accuracy[e] = right / real_count(N);
    }
}
