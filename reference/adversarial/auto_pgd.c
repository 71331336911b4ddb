// SPDX-License-Identifier: MIT
#include "auto_pgd.h"

struct search {
    struct victim victim;
    struct attack attack;
    real inertia, rho;
    int ratio, code;
    const int *labels; /* (N), for the ratio of a target */
    size_t N, D, S;
    int *checkpoint;           /* (S+1) */
    real *eta, *best_f, *best; /* (N), (N), (N,D) */
    int *reduced, *improved;   /* (N): since the last checkpoint */
    real *z, *x;               /* (N,D) */
};

void auto_pgd_checkpoints(int *checkpoint, size_t steps, int code)
{
    size_t last = 0, p = 22, gap = 22;
    size_t k = 22 * steps / 100, less = 3 * steps / 100, least = 6 * steps / 100;
    k = k > 1 ? k : 1;
    less = less > 1 ? less : 1;
    least = least > 1 ? least : 1;
    for (size_t w = code ? k : (p * steps + 99) / 100; w <= steps;) {
        checkpoint[w] = 1;
        if (code) {
            k = k > least + less ? k - less : least;
            last = w;
            w = last + k;
        } else {
            gap = gap > 9 ? gap - 3 : 6;
            p = p + gap;
            w = (p * steps + 99) / 100;
        }
    }
}

/* f (N) and its gradient at x. */
static void climb(struct call *call, struct search *is, real *f, real *gradient, const real *x)
{
    struct victim *victim = &is->victim;
    size_t K = victim->K;
    const real *z = victim_logits(victim, x);
    int down = victim->goal == VICTIM_TARGET && !is->ratio;
    victim_decisions(call, victim);
    if (!is->ratio) {
        victim_loss(victim, f, victim->dz, z, victim->answer);
        victim_rival_decisions(call, victim, z, victim->answer);
    }
    for (size_t n = 0; n < is->N; n++) {
        int aim = victim->goal == VICTIM_TARGET ? victim->answer[n] : -1;
        real *dz = &victim->dz[n * K];
        if (is->ratio) {
            difference_of_logits_ratio_decisions(call, &z[n * K], K, is->labels[n], aim);
            f[n] = difference_of_logits_ratio(dz, &z[n * K], K, is->labels[n], aim,
                                              is->attack.rules.tiny);
        }
        f[n] = down ? -f[n] : f[n];
        for (size_t k = 0; k < K; k++)
            dz[k] = is->ratio ? dz[k] / victim->W : down ? -dz[k] : dz[k];
    }
    victim_pullback(victim, gradient, victim->dz);
}

/* x (N,D) moves; `before` (N,D) is where it was a step earlier, and then where it was now. */
static void move(struct call *call, struct search *is, real *before, int first)
{
    struct attack *attack = &is->attack;
    real *x = is->x, *z = is->z, a = is->inertia;
    size_t n = is->N * is->D;
    perturbation_decisions(call, &attack->rules, attack->gradient, is->N);
    perturbation_direction(&attack->rules, attack->direction, attack->gradient, is->N);
    for (size_t i = 0; i < n; i++)
        z[i] = x[i] + is->eta[i / is->D] * attack->direction[i];
    attack_constrain(attack, z);
    for (size_t i = 0; i < n && !first; i++)
        z[i] = x[i] + (a * (z[i] - x[i]) + (1 - a) * (x[i] - before[i]));
    if (!first)
        attack_constrain(attack, z);
    for (size_t i = 0; i < n; i++) {
        before[i] = x[i];
        x[i] = z[i];
    }
}

static void remember(struct call *call, struct search *is, const real *f)
{
    for (size_t n = 0; n < is->N; n++) {
        real gain = f[n] - is->best_f[n];
        call_decisions(call, 1, &gain);
        if (!(gain > 0))
            continue;
        is->best_f[n] = f[n];
        is->improved[n] = 1;
        for (size_t i = n * is->D; i < (n + 1) * is->D; i++)
            is->best[i] = is->x[i];
    }
}

/* After step w - 1: values (w + 1,N) are known; the last checkpoint was at `last`. Returns whether
 * some sample went back to its best. */
static int check(struct call *call, struct search *is, const real *values, size_t w, size_t last)
{
    int back = 0;
    for (size_t n = 0; n < is->N; n++) {
        size_t rises = 0;
        for (size_t i = last + 1; i <= w; i++) {
            real rise = values[i * is->N + n] - values[(i - 1) * is->N + n];
            call_decisions(call, 1, &rise);
            rises += rise > 0;
        }
        real needed = is->rho * real_count(w - last), had = real_count(rises);
        int stale = !is->reduced[n] && !is->improved[n] && !(is->code && last == 0);
        is->reduced[n] = had < needed || (is->code && had <= needed) || stale;
        is->improved[n] = 0;
        back |= is->reduced[n];
        for (size_t i = n * is->D; is->reduced[n] && i < (n + 1) * is->D; i++)
            is->x[i] = is->best[i];
        is->eta[n] = is->reduced[n] ? is->eta[n] / 2 : is->eta[n];
    }
    return back;
}

static void read(struct call *call, struct search *is)
{
    static const char *const ratios[] = {"no", "yes", NULL};
    static const char *const rules[] = {"paper", "code", NULL};
    struct victim *victim = &is->victim;
    victim_read(call, victim);
    victim_read_goal(call, victim);
    attack_read(call, &is->attack, victim);
    is->N = victim->N;
    is->D = victim->D;
    is->S = is->attack.steps;
    is->inertia = call_number_or(call, "inertia", R(0.75));
    is->rho = call_number_or(call, "rho", R(0.75));
    is->ratio = call_choice(call, "ratio", ratios);
    is->code = call_choice(call, "rules", rules);
    is->labels = victim->answer;
    if (victim->goal == VICTIM_TARGET && is->ratio)
        is->labels = call_integers(call, "labels", "N", 0, (int)victim->K - 1);
    if (!(is->inertia > 0 && is->inertia <= 1))
        call_fail(call, "number 'inertia' must be above 0 and at most 1");
    if (!(is->rho >= 0 && is->rho <= 1))
        call_fail(call, "number 'rho' must be in [0, 1]");
    if (is->ratio && victim->K < (victim->goal == VICTIM_TARGET ? 4 : 3))
        call_fail(call, "convention 'ratio' is yes, but there are too few classes");
    for (size_t n = 0; is->ratio && victim->goal == VICTIM_TARGET && n < is->N; n++) {
        if (is->labels[n] == victim->answer[n])
            call_fail(call, "element %zu of input 'target' is the label", n);
    }
    is->checkpoint = call_scratch_integers(call, is->S + 1);
    auto_pgd_checkpoints(is->checkpoint, is->S, is->code);
}

static void begin(struct call *call, struct search *is)
{
    size_t n = is->N * is->D;
    const real *start = call_has(call, "start") ? call_input(call, "start", "Na") : NULL;
    is->eta = call_scratch(call, is->N);
    is->reduced = call_scratch_integers(call, is->N);
    is->improved = call_scratch_integers(call, is->N);
    is->z = call_scratch(call, n);
    is->x = call_scratch(call, n);
    attack_begin(&is->attack, is->x, start);
    for (size_t i = 0; i < n; i++)
        is->best[i] = is->x[i];
    for (size_t i = 0; i < is->N; i++)
        is->eta[i] = is->attack.alpha;
}

void auto_pgd_answer(struct call *call)
{
    struct search is = {0};
    read(call, &is);
    size_t N = is.N, n = N * is.D, last = 0;
    call_bind(call, 'S', is.S);
    call_bind(call, 'T', is.S + 1);
    real *iterates = call_output(call, "iterates", "SNa");
    real *values = call_output(call, "values", "TN"), *sizes = call_output(call, "sizes", "SN");
    is.best = call_output(call, "adversarial", "Na");
    is.best_f = call_output(call, "best", "N");
    real *success = call_output_integers(call, "success", "N");
    real *before = call_scratch(call, n), *spare = call_scratch(call, N);
    begin(call, &is);
    climb(call, &is, values, is.attack.gradient, is.x);
    for (size_t i = 0; i < N; i++)
        is.best_f[i] = values[i];
    for (size_t t = 0; t < is.S; t++) {
        for (size_t i = 0; i < N; i++)
            sizes[t * N + i] = is.eta[i];
        move(call, &is, before, t == 0);
        climb(call, &is, &values[(t + 1) * N], is.attack.gradient, is.x);
        remember(call, &is, &values[(t + 1) * N]);
        if (is.checkpoint[t + 1]) {
            if (check(call, &is, values, t + 1, last))
                climb(call, &is, spare, is.attack.gradient, is.x);
            last = t + 1;
        }
        for (size_t i = 0; i < n; i++)
            iterates[t * n + i] = is.x[i];
    }
    int *reached = call_scratch_integers(call, N);
    const real *z = victim_logits(&is.victim, is.best);
    attack_reached(&is.attack, reached, z);
    victim_prediction_decisions(call, &is.victim, z);
    for (size_t i = 0; i < N; i++)
        success[i] = reached[i] ? 1 : 0;
}
