// SPDX-License-Identifier: MIT
#include "../../reference/adversarial/universal_perturbation.h"
#include "../fork.h"
#include "attack_forks.h"

enum mistake {
    NONE,
    OWN_PERTURBATIONS,
    FIRST_SAMPLE,
    FIRST_BLOCK,
    LAST_SAMPLE_LOST,
    NOT_PROJECTED,
    NOT_CLIPPED,
    PERTURBATION_CLIPPED,
    AT_CLEAN_INPUTS,
    CLIPPED_STOPS,
    FOOLED_SKIPPED,
    CAP_REVERSED,
    SIGN_FORGOTTEN,
    TARGET_UPHILL,
    ONE_SAMPLE_A_STEP,
    AROUND_LAST
};

struct universal {
    enum mistake mistake;
    struct victim victim;
    struct attack attack;
    struct tangents tangents;
    real cap;
    int signs;
    size_t N, D, S;
    real *x, *g, *loss, *origin, *v; /* (N,D), (N,D), (N), (D), (D) */
};

static void apply(struct universal *is, real *mean, real *share)
{
    const struct victim *victim = &is->victim;
    real sum = 0;
    size_t reached = 0;
    for (size_t i = 0; i < is->N * is->D; i++) {
        real x = is->v[i % is->D] + victim->x[i];
        is->x[i] = is->mistake == NOT_CLIPPED ? x : rival_clip(victim, x);
    }
    tangents_gradient(&is->tangents, is->loss, is->g, is->x, victim->answer);
    for (size_t n = is->N; n-- > 0;) {
        sum = sum + is->loss[n];
        reached += (size_t)rival_reached(&is->attack, &is->tangents, n);
    }
    *mean = sum / real_count(is->N);
    *share = real_count(reached) / real_count(is->N);
}

static int counts(const struct universal *is, size_t n, size_t s)
{
    if (is->mistake == FIRST_SAMPLE)
        return n == 0;
    if (is->mistake == ONE_SAMPLE_A_STEP)
        return n == s % is->N;
    if ((is->mistake == FIRST_BLOCK && n >= is->victim.block) ||
        (is->mistake == LAST_SAMPLE_LOST && n + 1 == is->N) ||
        (is->mistake == FOOLED_SKIPPED && rival_reached(&is->attack, &is->tangents, n)))
        return 0;
    int above = is->cap > 0 && is->loss[n] > is->cap;
    return is->mistake == CAP_REVERSED && is->cap > 0 ? above : !above;
}

/* What sample n adds to feature d of the common direction. */
static real share_of(const struct universal *is, size_t n, size_t d)
{
    size_t i = n * is->D + d;
    if (is->mistake == CLIPPED_STOPS && is->x[i] != is->victim.x[i] + is->v[d])
        return 0;
    return is->signs ? rival_direction(&is->attack.rules, &is->g[n * is->D], d) : is->g[i];
}

static void step(struct call *call, struct universal *is, size_t s)
{
    size_t D = is->D;
    real *sum = call_scratch(call, D), *last = call_scratch(call, D);
    if (is->mistake == AT_CLEAN_INPUTS)
        tangents_gradient(&is->tangents, is->loss, is->g, is->victim.x, is->victim.answer);
    for (size_t d = 0; d < D; d++) {
        for (size_t n = is->N; n-- > 0;)
            sum[d] = sum[d] + (counts(is, n, s) ? share_of(is, n, d) : 0);
        last[d] = is->v[d];
    }
    int down = is->victim.goal == VICTIM_TARGET && is->mistake != TARGET_UPHILL;
    for (size_t d = 0; d < D; d++) {
        real move = rival_direction(&is->attack.rules, sum, d);
        if (is->mistake == SIGN_FORGOTTEN && is->attack.rules.norm == NORM_LINF)
            move = sum[d];
        move = is->attack.alpha * move;
        is->v[d] = down ? last[d] - move : move + last[d];
        if (is->mistake == PERTURBATION_CLIPPED)
            is->v[d] = rival_clip(&is->victim, is->v[d]);
    }
    if (is->mistake != NOT_PROJECTED)
        rival_project(&is->attack.rules, is->v, is->mistake == AROUND_LAST ? last : is->origin,
                      is->attack.epsilon);
}

/* Each sample has its own perturbation, of which the mean is reported: another problem. */
static void own(struct call *call, struct universal *is, size_t s)
{
    real *mean = call_scratch(call, is->D), *first = call_scratch(call, is->D);
    for (size_t d = 0; d < is->D; d++)
        first[d] = is->v[d];
    for (size_t n = 0; n < is->N; n++) {
        for (size_t d = 0; d < is->D; d++)
            is->v[d] = first[d] +
                       is->attack.alpha * rival_direction(&is->attack.rules, &is->g[n * is->D], d);
        rival_project(&is->attack.rules, is->v, is->origin, is->attack.epsilon);
        for (size_t d = 0; d < is->D; d++)
            mean[d] = mean[d] + is->v[d] / real_count(is->N);
    }
    for (size_t d = 0; d < is->D; d++)
        is->v[d] = mean[d];
    (void)s;
}

static void read(struct call *call, struct universal *is)
{
    static const char *const overs[] = {"samples", "signs", NULL};
    is->mistake = (enum mistake)call_variant(call);
    victim_read(call, &is->victim);
    victim_read_goal(call, &is->victim);
    perturbation_read(call, &is->attack.rules, is->victim.D);
    is->attack.victim = &is->victim;
    is->attack.epsilon = fast_gradient_sign_radius(call, "epsilon");
    is->attack.alpha = fast_gradient_sign_radius(call, "alpha");
    is->tangents = tangents_create(call, &is->victim);
    is->N = is->victim.N;
    is->D = is->victim.D;
    is->S = call_count(call, "steps", 1, 64);
    is->signs = call_choice(call, "over", overs);
    is->cap = call_number_or(call, "cap", R(-1.0));
    is->x = call_scratch(call, is->N * is->D);
    is->g = call_scratch(call, is->N * is->D);
    is->loss = call_scratch(call, is->N);
    is->origin = call_scratch(call, is->D);
    is->v = call_scratch(call, is->D);
    call_bind(call, 'S', is->S);
    call_bind(call, 'T', is->S + 1);
}

static void perturb(struct call *call)
{
    struct universal is = {0};
    read(call, &is);
    real *perturbations = call_output(call, "perturbations", "Sa");
    real *losses = call_output(call, "losses", "T"),
         *shares = call_output(call, "fooled_share", "T");
    real *adversarial = call_output(call, "adversarial", "Na");
    if (call_has(call, "start")) {
        const real *start = call_input(call, "start", "a");
        for (size_t d = 0; d < is.D; d++)
            is.v[d] = start[d];
        rival_project(&is.attack.rules, is.v, is.origin, is.attack.epsilon);
    }
    for (size_t s = 0; s < is.S; s++) {
        apply(&is, &losses[s], &shares[s]);
        if (is.mistake == OWN_PERTURBATIONS)
            own(call, &is, s);
        else
            step(call, &is, s);
        for (size_t d = 0; d < is.D; d++)
            perturbations[s * is.D + d] = is.v[d];
    }
    apply(&is, &losses[is.S], &shares[is.S]);
    for (size_t i = 0; i < is.N * is.D; i++)
        adversarial[i] = is.x[i];
}

static const struct fork table[] = {
    {.info = {"feature_by_feature", FORK_TWIN, "",
              "Each feature's sum by itself; tangents and other projections.", NULL},
     .answer = perturb},
    {.info = {"own_perturbations", FORK_BUG, "", "The mean of each sample's own perturbation.",
              NULL},
     .answer = perturb,
     .variant = OWN_PERTURBATIONS},
    {.info = {"first_sample", FORK_BUG, "", "The first sample's gradient alone.", NULL},
     .answer = perturb,
     .variant = FIRST_SAMPLE},
    {.info = {"one_sample_a_step", FORK_CONVENTION, "", "Samples in turn, one in each step.", NULL},
     .answer = perturb,
     .variant = ONE_SAMPLE_A_STEP},
    {.info = {"first_block", FORK_BUG, "", "One machine's gradients.", NULL},
     .answer = perturb,
     .variant = FIRST_BLOCK},
    {.info = {"last_sample_lost", FORK_BUG, "", "The last sample does not count.", NULL},
     .answer = perturb,
     .variant = LAST_SAMPLE_LOST},
    {.info = {"not_projected", FORK_BUG, "", "No ball.", NULL},
     .answer = perturb,
     .variant = NOT_PROJECTED},
    {.info = {"around_last", FORK_BUG, "241", "The ball is around the last perturbation.", NULL},
     .answer = perturb,
     .variant = AROUND_LAST},
    {.info = {"not_clipped", FORK_BUG, "242", "Inputs leave their box.", NULL},
     .answer = perturb,
     .variant = NOT_CLIPPED},
    {.info = {"perturbation_clipped", FORK_BUG, "", "The box is laid on the perturbation.", NULL},
     .answer = perturb,
     .variant = PERTURBATION_CLIPPED},
    {.info = {"clipped_stops", FORK_CONVENTION, "", "Where the box clips, no gradient flows.",
              NULL},
     .answer = perturb,
     .variant = CLIPPED_STOPS},
    {.info = {"at_clean_inputs", FORK_BUG, "", "Gradients at the inputs without the perturbation.",
              NULL},
     .answer = perturb,
     .variant = AT_CLEAN_INPUTS},
    {.info = {"fooled_skipped", FORK_CONVENTION, "", "Samples that are fooled do not count.", NULL},
     .answer = perturb,
     .variant = FOOLED_SKIPPED},
    {.info = {"cap_reversed", FORK_BUG, "", "Only samples above the cap count.", NULL},
     .answer = perturb,
     .variant = CAP_REVERSED},
    {.info = {"cap_ignored", FORK_CONVENTION, "", "No cap.", NULL}, .number = {"cap", 1024}},
    {.info = {"sign_forgotten", FORK_BUG, "245", "The summed gradient itself is the step.", NULL},
     .answer = perturb,
     .variant = SIGN_FORGOTTEN},
    {.info = {"target_uphill", FORK_BUG, "250", "Away from the targets.", NULL},
     .answer = perturb,
     .variant = TARGET_UPHILL},
    {.info = {"of_mean", FORK_CONVENTION, "251", "Gradients of the mean loss.", NULL},
     .instead = {"reduction", "mean"}},
    {.info = {"of_sum", FORK_CONVENTION, "251", "Gradients of the summed loss.", NULL},
     .instead = {"reduction", "sum"}},
    {.info = {"over_samples", FORK_CONVENTION, "", "Gradients are added as they are.", NULL},
     .instead = {"over", "samples"}},
    {.info = {"over_signs", FORK_CONVENTION, "", "Directions of the samples are added.", NULL},
     .instead = {"over", "signs"}},
    {.info = {"raw_units", FORK_BUG, "259", "32 of 255 is taken for 32.", NULL},
     .instead = {"units", "raw"}},
};

const struct fork_list universal_perturbation_forks = {sizeof table / sizeof *table, table};
