// SPDX-License-Identifier: MIT
/* Auto-PGD; definition in reference/adversarial/auto_pgd.h.
 *
 * How it is distributed: the samples are sharded, every rank holds the model. Steps, checkpoints
 * and best points are a sample's own, so nothing crosses the network. All ranks take all steps.
 */
#include "difference_of_logits_ratio.h"
#include "projected_gradient_descent.h"

#include <string.h>

/* What a sample remembers. */
struct memory {
    scalar eta, best, last; /* step, best f, f of the last point */
    size_t rises;           /* since the last checkpoint */
    bool reduced, improved; /* at, and since the last checkpoint */
};

struct search {
    struct victim *victim;
    struct attack attack;
    scalar inertia, rho;
    bool ratio, code, aims;
    const int *labels;
    struct memory *of;                 /* (rows) */
    scalar *f, *x, *before, *z, *best; /* (rows), then (rows,D) */
};

/* f and its gradient at x. */
static void climb(struct search *is)
{
    struct victim *victim = is->victim;
    const size_t K = victim->K;
    const scalar *z = victim_logits(victim, is->x);
    scalar *dz = victim->dz;
    if (!is->ratio)
        victim_loss(victim, is->f, dz, z, victim->answer);
    for (size_t n = 0; n < victim->rows && is->ratio; n++) {
        is->f[n] =
            difference_of_logits_ratio(dz + n * K, z + n * K, K, is->labels[n],
                                       is->aims ? victim->answer[n] : -1, is->attack.rules.tiny);
        for (size_t k = 0; k < K; k++)
            dz[n * K + k] /= victim->W;
    }
    const bool down = is->aims && !is->ratio;
    for (size_t n = 0; n < victim->rows && down; n++)
        is->f[n] = -is->f[n];
    for (size_t i = 0; i < victim->rows * K && down; i++)
        dz[i] = -dz[i];
    victim_pullback(victim, is->attack.gradient, dz);
}

static void move(struct search *is, bool first)
{
    const size_t D = is->victim->D, n = is->victim->rows * D;
    const scalar a = is->inertia, rest = 1 - a;
    const struct attack *attack = &is->attack;
    perturbation_direction(&attack->rules, attack->direction, attack->gradient, is->victim->rows);
    for (size_t i = 0; i < n; i++)
        is->z[i] = is->x[i] + is->of[i / D].eta * attack->direction[i];
    attack_constrain(attack, is->z);
    for (size_t i = 0; i < n && !first; i++) {
        const scalar x = is->x[i], ahead = is->z[i] - x, behind = x - is->before[i];
        is->z[i] = x + (a * ahead + rest * behind);
    }
    if (!first)
        attack_constrain(attack, is->z);
    memcpy(is->before, is->x, n * sizeof *is->x);
    memcpy(is->x, is->z, n * sizeof *is->x);
}

static void remember(struct search *is)
{
    const size_t D = is->victim->D;
    for (size_t n = 0; n < is->victim->rows; n++) {
        struct memory *of = &is->of[n];
        of->rises += is->f[n] > of->last;
        of->last = is->f[n];
        if (!(is->f[n] > of->best))
            continue;
        of->best = is->f[n];
        of->improved = true;
        memcpy(is->best + n * D, is->x + n * D, D * sizeof *is->x);
    }
}

/* A checkpoint `steps` after the last one: halves steps and goes back where it has to. */
static void check(struct search *is, size_t steps, bool first)
{
    const size_t D = is->victim->D;
    const scalar needed = is->rho * (scalar)steps;
    for (size_t n = 0; n < is->victim->rows; n++) {
        struct memory *of = &is->of[n];
        const scalar rises = (scalar)of->rises;
        const bool few = is->code ? rises <= needed : rises < needed;
        const bool stale = !(of->reduced || of->improved || (is->code && first));
        of->reduced = few || stale;
        of->improved = false;
        of->rises = 0;
        if (!of->reduced)
            continue;
        of->eta /= 2;
        memcpy(is->x + n * D, is->best + n * D, D * sizeof *is->x);
    }
    scalar *kept = is->attack.loss; /* f of what was taken back counts in the next comparison */
    memcpy(kept, is->f, is->victim->rows * sizeof *kept);
    climb(is);
    memcpy(is->f, kept, is->victim->rows * sizeof *kept);
}

static size_t at_least_1(size_t n)
{
    return n > 0 ? n : 1;
}

/* The first checkpoint after `last`, which is a checkpoint or 0; steps + 1: none. */
static size_t next_checkpoint(size_t last, size_t steps, bool code)
{
    size_t w = 0, hundredths = 0, interval = code ? at_least_1(steps * 22 / 100) : 25;
    const size_t less = at_least_1(steps * 3 / 100), least = at_least_1(steps * 6 / 100);
    while (w <= last) {
        if (code) {
            w += interval;
            interval = interval >= least + less ? interval - less : least;
        } else {
            interval = interval - 3 > 6 ? interval - 3 : 6;
            hundredths += interval;
            w = (hundredths * steps + 99) / 100;
        }
    }
    return w;
}

static struct search read_search(struct question *q)
{
    static const char *const ratios[] = {"no", "yes", NULL};
    static const char *const rules[] = {"paper", "code", NULL};
    struct victim *victim = victim_read(q);
    victim_read_goal(q, victim);
    struct search is = {.victim = victim, .attack = attack_read(q, victim)};
    is.inertia = question_number_or(q, "inertia", (scalar)0.75);
    is.rho = question_number_or(q, "rho", (scalar)0.75);
    is.ratio = question_choice(q, "ratio", ratios) == 1;
    is.code = question_choice(q, "rules", rules) == 1;
    is.aims = victim->goal == VICTIM_TARGET;
    is.labels = victim->answer;
    if (is.aims && is.ratio)
        is.labels = question_integers(q, "labels", "[N]", 0, (int)victim->K - 1);
    if (!(is.inertia > 0 && is.inertia <= 1))
        question_refuse(q, "its number 'inertia' is not above 0 and at most 1");
    if (!(is.rho >= 0 && is.rho <= 1))
        question_refuse(q, "its number 'rho' is not in [0, 1]");
    if (is.ratio && victim->K < (is.aims ? 4 : 3))
        question_refuse(q, "its 'ratio' is yes, but there are too few classes");
    long long same = 0;
    for (size_t n = 0; is.aims && is.ratio && n < victim->rows; n++)
        same += is.labels[n] == victim->answer[n];
    reduce_integers(victim->team, &same, 1);
    if (same > 0)
        question_refuse(q, "%lld elements of its input 'target' are the labels", same);
    return is;
}

static void begin(struct question *q, struct search *is)
{
    const size_t rows = is->victim->rows, n = rows * is->victim->D;
    const scalar *start = question_has(q, "start") ? question_input(q, "start", "[N]A") : NULL;
    is->of = arena_take(question_arena(q), rows, sizeof *is->of);
    is->f = question_scratch(q, rows);
    is->x = question_scratch(q, n);
    is->before = question_scratch(q, n);
    is->z = question_scratch(q, n);
    attack_begin(&is->attack, is->x, start);
    memcpy(is->best, is->x, n * sizeof *is->x);
    climb(is);
    for (size_t i = 0; i < rows; i++)
        is->of[i] = (struct memory){is->attack.alpha, is->f[i], is->f[i], 0, false, false};
}

void auto_pgd_run(struct question *q)
{
    struct search is = read_search(q);
    const size_t rows = is.victim->rows, n = rows * is.victim->D, steps = is.attack.steps;
    question_bind(q, 'S', steps);
    question_bind(q, 'T', steps + 1);
    scalar *iterates = question_output(q, "iterates", "S[N]A");
    scalar *values = question_output(q, "values", "T[N]");
    scalar *sizes = question_output(q, "sizes", "S[N]");
    scalar *best = question_output(q, "best", "[N]"),
           *success = question_output(q, "success", "[N]");
    is.best = question_output(q, "adversarial", "[N]A");
    begin(q, &is);
    memcpy(values, is.f, rows * sizeof *values);
    for (size_t t = 0, last = 0, next = next_checkpoint(0, steps, is.code); t < steps; t++) {
        for (size_t i = 0; i < rows; i++)
            sizes[t * rows + i] = is.of[i].eta;
        move(&is, t == 0);
        climb(&is);
        remember(&is);
        memcpy(values + (t + 1) * rows, is.f, rows * sizeof *values);
        if (t + 1 == next) {
            check(&is, next - last, last == 0);
            last = next;
            next = next_checkpoint(last, steps, is.code);
        }
        memcpy(iterates + t * n, is.x, n * sizeof *iterates);
    }
    attack_reached(&is.attack, is.attack.stays, victim_logits(is.victim, is.best));
    for (size_t i = 0; i < rows; i++) {
        best[i] = is.of[i].best;
        success[i] = is.attack.stays[i];
    }
}
