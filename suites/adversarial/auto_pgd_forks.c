// SPDX-License-Identifier: MIT
#include "../../reference/adversarial/auto_pgd.h"
#include "../fork.h"
#include "attack_forks.h"

enum mistake {
    NONE,
    NEVER_HALVED,
    ALWAYS_HALVED,
    NOT_BACK,
    LAST_KEPT,
    WORST_KEPT,
    INERTIA_FROM_START,
    INERTIA_SWAPPED,
    INERTIA_FORGOTTEN,
    NOT_CONSTRAINED_TWICE,
    STEP_OF_BATCH,
    FIRST_FROM_ZERO,
    NEVER_STALE,
    STALE_ALONE,
    QUARTERED,
    ARGUMENTS_SWAPPED,
    TARGET_UPHILL,
    GRADIENT_OF_TAKEN_BACK,
    EVERY_STEP,
    BEFORE_BEST
};

struct search {
    enum mistake mistake;
    struct victim victim;
    struct attack attack;
    struct tangents tangents;
    real inertia, rho;
    int ratio, code;
    const int *labels;
    size_t N, D, S;
    real *trail, *values, *eta; /* points (S+1,N,D) that f was taken at; f (S+1,N); (N) */
    real *x, *before, *g;       /* (N,D) */
    int *halved;                /* (S+1,N): at this checkpoint */
};

/* Gradient of f by tangents: for the ratio, column by column of the Jacobian. */
static void climb(struct call *call, struct search *is, real *f, const real *x)
{
    struct victim *victim = &is->victim;
    size_t K = victim->K, D = is->D;
    int aims = victim->goal == VICTIM_TARGET;
    const int *answer = is->mistake == ARGUMENTS_SWAPPED && aims ? is->labels : victim->answer;
    if (!is->ratio) {
        tangents_gradient(&is->tangents, f, is->g, x, answer);
        for (size_t n = 0; aims && is->mistake != TARGET_UPHILL && n < is->N; n++) {
            f[n] = -f[n];
            for (size_t d = 0; d < D; d++)
                is->g[n * D + d] = -is->g[n * D + d];
        }
        return;
    }
    (void)call;
    const real *z = victim_logits(victim, x);
    for (size_t n = 0; n < is->N; n++) {
        int y = is->labels[n], aim = aims ? victim->answer[n] : -1;
        if (is->mistake == ARGUMENTS_SWAPPED && aims) {
            y = victim->answer[n];
            aim = is->labels[n];
        }
        real *dz = &victim->dz[n * K];
        f[n] = difference_of_logits_ratio(dz, &z[n * K], K, y, aim, is->attack.rules.tiny);
        for (size_t k = 0; k < K; k++)
            dz[k] = dz[k] / victim->W;
        if (is->mistake == TARGET_UPHILL && aims) {
            f[n] = -f[n];
            for (size_t k = 0; k < K; k++)
                dz[k] = -dz[k];
        }
    }
    victim_pullback(victim, is->g, victim->dz);
}

/* The point of sample n with the largest f of the first `count`: the first of equal ones. */
static size_t best_of(const struct search *is, size_t n, size_t count)
{
    size_t best = 0;
    for (size_t t = 1; t < count; t++) {
        real gain = is->values[t * is->N + n] - is->values[best * is->N + n];
        if (is->mistake == WORST_KEPT ? gain < 0 : gain > 0)
            best = t;
    }
    return is->mistake == LAST_KEPT ? count - 1 : best;
}

static int is_checkpoint(const struct search *is, const int *checkpoint, size_t w)
{
    return is->mistake == EVERY_STEP || checkpoint[w];
}

/* Whether sample n halves its step after w steps. */
static int halves(const struct search *is, size_t n, size_t w, size_t last)
{
    size_t rises = 0;
    for (size_t t = w; t > last; t--) {
        real from = is->values[(t - 1) * is->N + n];
        if (is->mistake == FIRST_FROM_ZERO && t == 1)
            from = 0;
        rises += is->values[t * is->N + n] > from;
    }
    real needed = is->rho * real_count(w - last), had = real_count(rises);
    int few = is->code ? !(had > needed) : !(had >= needed);
    int stale = !is->halved[last * is->N + n] && best_of(is, n, w + 1) <= last;
    if ((is->code && last == 0) || is->mistake == NEVER_STALE)
        stale = 0;
    if (is->mistake == NEVER_HALVED)
        return 0;
    if (is->mistake == STALE_ALONE)
        return stale;
    return few || stale || is->mistake == ALWAYS_HALVED;
}

static void move(struct search *is, real *z, size_t t)
{
    struct attack *attack = &is->attack;
    size_t n = is->N * is->D;
    real a = is->mistake == INERTIA_FORGOTTEN ? 1 : is->inertia;
    if (is->mistake == INERTIA_SWAPPED)
        a = 1 - a;
    for (size_t i = 0; i < n; i++) {
        real eta = is->eta[is->mistake == STEP_OF_BATCH ? 0 : i / is->D];
        z[i] =
            eta * rival_direction(&attack->rules, &is->g[i / is->D * is->D], i % is->D) + is->x[i];
    }
    rival_constrain(attack, z, is->victim.x);
    if (t > 0 || is->mistake == INERTIA_FROM_START) {
        for (size_t i = 0; i < n; i++)
            z[i] = (is->x[i] - is->before[i]) * (1 - a) + (z[i] - is->x[i]) * a + is->x[i];
        if (is->mistake != NOT_CONSTRAINED_TWICE)
            rival_constrain(attack, z, is->victim.x);
    }
    for (size_t i = 0; i < n; i++) {
        is->before[i] = is->x[i];
        is->x[i] = z[i];
    }
}

/* Checkpoint w: some samples go back to their best points. */
static void check(struct call *call, struct search *is, size_t w, size_t last)
{
    size_t D = is->D, all = is->N * D, back = 0;
    for (size_t n = 0; n < is->N; n++) {
        int half = is->halved[w * is->N + n] = halves(is, n, w, last);
        size_t best = best_of(is, n, w + 1);
        if (half)
            is->eta[n] = is->eta[n] / (is->mistake == QUARTERED ? 4 : 2);
        for (size_t d = 0; half && is->mistake != NOT_BACK && d < D; d++)
            is->x[n * D + d] = is->trail[best * all + n * D + d];
        size_t earlier = best > 0 ? best - 1 : 0;
        for (size_t d = 0; half && is->mistake == BEFORE_BEST && d < D; d++)
            is->before[n * D + d] = is->trail[earlier * all + n * D + d];
        back += (size_t)half;
    }
    if (back && is->mistake != GRADIENT_OF_TAKEN_BACK)
        climb(call, is, call_scratch(call, is->N), is->x);
}

static void read(struct call *call, struct search *is)
{
    static const char *const ratios[] = {"no", "yes", NULL};
    static const char *const rules[] = {"paper", "code", NULL};
    struct victim *victim = &is->victim;
    is->mistake = (enum mistake)call_variant(call);
    victim_read(call, victim);
    victim_read_goal(call, victim);
    attack_read(call, &is->attack, victim);
    is->tangents = tangents_create(call, victim);
    is->N = victim->N;
    is->D = victim->D;
    is->S = is->attack.steps;
    is->inertia = call_number_or(call, "inertia", R(0.75));
    is->rho = call_number_or(call, "rho", R(0.75));
    is->ratio = call_choice(call, "ratio", ratios);
    is->code = call_choice(call, "rules", rules);
    is->labels = victim->answer;
    if (victim->goal == VICTIM_TARGET)
        is->labels = call_integers(call, "labels", "N", 0, (int)victim->K - 1);
    is->trail = call_scratch(call, (is->S + 1) * is->N * is->D);
    is->eta = call_scratch(call, is->N);
    is->x = call_scratch(call, is->N * is->D);
    is->before = call_scratch(call, is->N * is->D);
    is->g = call_scratch(call, is->N * is->D);
    is->halved = call_scratch_integers(call, (is->S + 1) * is->N);
}

static void begin(struct call *call, struct search *is)
{
    const real *start = call_has(call, "start") ? call_input(call, "start", "Na") : NULL;
    struct attack first = is->attack;
    first.order = ORDER_BALL_BOX;
    for (size_t i = 0; i < is->N * is->D; i++)
        is->x[i] = start ? start[i] + is->victim.x[i] : is->victim.x[i];
    rival_constrain(&first, is->x, is->victim.x);
    for (size_t i = 0; i < is->N * is->D; i++)
        is->trail[i] = is->before[i] = is->x[i];
    for (size_t n = 0; n < is->N; n++)
        is->eta[n] = is->attack.alpha;
}

static void search(struct call *call)
{
    struct search is = {0};
    read(call, &is);
    size_t N = is.N, all = N * is.D, last = 0;
    call_bind(call, 'S', is.S);
    call_bind(call, 'T', is.S + 1);
    real *iterates = call_output(call, "iterates", "SNa");
    is.values = call_output(call, "values", "TN");
    real *sizes = call_output(call, "sizes", "SN");
    real *adversarial = call_output(call, "adversarial", "Na");
    real *best = call_output(call, "best", "N");
    real *success = call_output_integers(call, "success", "N");
    real *z = call_scratch(call, all);
    int *checkpoint = call_scratch_integers(call, is.S + 1);
    auto_pgd_checkpoints(checkpoint, is.S, is.code);
    begin(call, &is);
    climb(call, &is, is.values, is.x);
    for (size_t t = 0; t < is.S; t++) {
        for (size_t n = 0; n < N; n++)
            sizes[t * N + n] = is.eta[n];
        move(&is, z, t);
        for (size_t i = 0; i < all; i++)
            is.trail[(t + 1) * all + i] = is.x[i];
        climb(call, &is, &is.values[(t + 1) * N], is.x);
        if (is_checkpoint(&is, checkpoint, t + 1)) {
            check(call, &is, t + 1, last);
            last = t + 1;
        }
        for (size_t i = 0; i < all; i++)
            iterates[t * all + i] = is.x[i];
    }
    for (size_t n = 0; n < N; n++) {
        size_t at = best_of(&is, n, is.S + 1);
        best[n] = is.values[at * N + n];
        for (size_t d = 0; d < is.D; d++)
            adversarial[n * is.D + d] = is.trail[at * all + n * is.D + d];
    }
    tangents_logits(&is.tangents, adversarial);
    for (size_t n = 0; n < N; n++)
        success[n] = rival_reached(&is.attack, &is.tangents, n) ? 1 : 0;
}

static const struct fork table[] = {
    {.info = {"history", FORK_TWIN, "",
              "Best points and rises are found in the whole history; tangents.", NULL},
     .answer = search},
    {.info = {"never_halved", FORK_BUG, "", "The step stays.", NULL},
     .answer = search,
     .variant = NEVER_HALVED},
    {.info = {"always_halved", FORK_CONVENTION, "", "The step is halved at every checkpoint.",
              NULL},
     .answer = search,
     .variant = ALWAYS_HALVED},
    {.info = {"quartered", FORK_BUG, "", "A quarter in place of half.", NULL},
     .answer = search,
     .variant = QUARTERED},
    {.info = {"not_back", FORK_BUG, "", "Goes on from where it is.", NULL},
     .answer = search,
     .variant = NOT_BACK},
    {.info = {"last_kept", FORK_BUG, "", "The last point is the result, and the best.", NULL},
     .answer = search,
     .variant = LAST_KEPT},
    {.info = {"worst_kept", FORK_BUG, "249", "The point of the smallest f.", NULL},
     .answer = search,
     .variant = WORST_KEPT},
    {.info = {"inertia_from_start", FORK_BUG, "", "Inertia in the first step as well.", NULL},
     .answer = search,
     .variant = INERTIA_FROM_START},
    {.info = {"inertia_swapped", FORK_BUG, "", "The weights of step and past change places.", NULL},
     .answer = search,
     .variant = INERTIA_SWAPPED},
    {.info = {"inertia_forgotten", FORK_BUG, "", "Plain steps.", NULL},
     .answer = search,
     .variant = INERTIA_FORGOTTEN},
    {.info = {"constrained_once", FORK_BUG, "", "The second point is not constrained.", NULL},
     .answer = search,
     .variant = NOT_CONSTRAINED_TWICE},
    {.info = {"step_of_batch", FORK_BUG, "", "All samples take the first one's step.", NULL},
     .answer = search,
     .variant = STEP_OF_BATCH},
    {.info = {"first_from_zero", FORK_BUG, "", "The first step rises from 0, an unset entry.",
              NULL},
     .answer = search,
     .variant = FIRST_FROM_ZERO},
    {.info = {"never_stale", FORK_BUG, "", "Only few rises halve the step.", NULL},
     .answer = search,
     .variant = NEVER_STALE},
    {.info = {"stale_alone", FORK_BUG, "", "Few rises do not halve the step.", NULL},
     .answer = search,
     .variant = STALE_ALONE},
    {.info = {"gradient_of_taken_back", FORK_BUG, "", "The gradient of the point that was left.",
              NULL},
     .answer = search,
     .variant = GRADIENT_OF_TAKEN_BACK},
    {.info = {"before_best", FORK_CONVENTION, "",
              "Inertia goes on from the point before the best one (ART).", NULL},
     .answer = search,
     .variant = BEFORE_BEST},
    {.info = {"every_step", FORK_BUG, "", "Every step is a checkpoint.", NULL},
     .answer = search,
     .variant = EVERY_STEP},
    {.info = {"arguments_swapped", FORK_BUG, "249", "Label and target change places in the loss.",
              NULL},
     .answer = search,
     .variant = ARGUMENTS_SWAPPED},
    {.info = {"target_uphill", FORK_BUG, "250", "Away from the target.", NULL},
     .answer = search,
     .variant = TARGET_UPHILL},
    {.info = {"rules_of_paper", FORK_CONVENTION, "", "The paper's checkpoints.", NULL},
     .instead = {"rules", "paper"}},
    {.info = {"rules_of_code", FORK_CONVENTION, "", "AutoAttack's checkpoints.", NULL},
     .instead = {"rules", "code"}},
    {.info = {"no_ratio", FORK_CONVENTION, "", "The victim's own objective.", NULL},
     .instead = {"ratio", "no"}},
    {.info = {"of_sum", FORK_CONVENTION, "251", "Gradients of the summed loss.", NULL},
     .instead = {"reduction", "sum"}},
};

const struct fork_list auto_pgd_forks = {sizeof table / sizeof *table, table};
