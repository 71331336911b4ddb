// SPDX-License-Identifier: MIT
#include "../fork.h"
#include "attack_forks.h"

enum mistake {
    NONE,
    SIGN_FORGOTTEN,
    RADIUS_TWICE,
    AROUND_LAST,
    CLIPPED_AT_THE_END,
    NOT_CLIPPED,
    NOT_PROJECTED,
    STEP_OF_EPSILON,
    FIRST_GRADIENT_ALWAYS,
    START_IGNORED,
    START_NOT_PROJECTED,
    TARGET_UPHILL,
    TARGET_IS_LABEL,
    NORM_OF_BATCH,
    LAST_RESTART,
    SMALLEST_LOSS,
    RESTART_OF_BATCH,
    FROM_LAST_RESTART,
    STEP_SHRINKS,
    ONE_STEP_LESS,
    REACHED_LATE,
    LAST_SAMPLE_LEFT
};

struct descent {
    enum mistake mistake;
    struct victim victim;
    struct attack attack;
    struct tangents tangents;
    const real *start;
    size_t N, D, R, S;
    real *iterates, *losses, *x, *gradient, *centre;
    int *reached; /* (R,N) */
};

static void begin(struct descent *is, size_t r)
{
    const struct victim *victim = &is->victim;
    size_t D = is->D;
    for (size_t i = 0; i < is->N * D; i++) {
        real offset = is->start && is->mistake != START_IGNORED ? is->start[r * is->N * D + i] : 0;
        real from = is->mistake == FROM_LAST_RESTART && r > 0 ? is->x[i] : victim->x[i];
        is->x[i] = offset + from;
    }
    for (size_t n = 0; n < is->N && is->mistake != START_NOT_PROJECTED; n++)
        rival_project(&is->attack.rules, &is->x[n * D], &victim->x[n * D], is->attack.epsilon);
    for (size_t i = 0; i < is->N * D; i++) {
        is->x[i] = rival_clip(victim, is->x[i]);
        is->centre[i] = is->mistake == RADIUS_TWICE ? is->x[i] : victim->x[i];
    }
}

static real direction(const struct descent *is, size_t n, size_t d)
{
    struct perturbation rules = is->attack.rules;
    const real *g = &is->gradient[n * is->D];
    if (rules.norm == NORM_LINF && is->mistake == SIGN_FORGOTTEN)
        return g[d];
    if (is->mistake == NORM_OF_BATCH && rules.norm != NORM_LINF && rules.l1_step == L1_WHOLE) {
        rules.D = is->N * is->D;
        return rival_direction(&rules, is->gradient, n * is->D + d);
    }
    return rival_direction(&rules, g, d);
}

/* Whether sample n stays before step s. */
static int stays(const struct descent *is, size_t n)
{
    size_t reached = 0;
    for (size_t i = 0; i < is->N; i++)
        reached += (size_t)rival_reached(&is->attack, &is->tangents, i);
    if (is->attack.stop == STOP_ALL)
        return reached == is->N;
    return is->attack.stop == STOP_FOOLED && rival_reached(&is->attack, &is->tangents, n);
}

static void constrain(struct descent *is, real *to, size_t s)
{
    struct attack attack = is->attack;
    struct victim victim = is->victim;
    attack.victim = &victim;
    if (is->mistake == NOT_CLIPPED || (is->mistake == CLIPPED_AT_THE_END && s + 1 < is->S))
        victim.boxed = 0;
    if (is->mistake == NOT_PROJECTED)
        attack.epsilon = 1000;
    rival_constrain(&attack, to, is->mistake == AROUND_LAST ? is->x : is->centre);
}

static void step(struct call *call, struct descent *is, size_t s)
{
    const struct victim *victim = &is->victim;
    size_t D = is->D;
    real *to = call_scratch(call, is->N * D), *spare = call_scratch(call, is->N * D);
    real *g = is->mistake == FIRST_GRADIENT_ALWAYS && s > 0 ? spare : is->gradient;
    tangents_gradient(&is->tangents, is->losses, g, is->x, victim->answer);
    int up = victim->goal != VICTIM_TARGET || is->mistake == TARGET_UPHILL;
    real alpha = is->mistake == STEP_OF_EPSILON ? is->attack.epsilon : is->attack.alpha;
    if (is->mistake == STEP_SHRINKS)
        alpha = alpha / real_count(s + 1);
    for (size_t i = 0; i < is->N * D; i++) {
        real move = alpha * direction(is, i / D, i % D);
        to[i] = up ? move + is->x[i] : is->x[i] - move;
    }
    constrain(is, to, s);
    for (size_t i = 0; i < is->N * D; i++) {
        int last = is->mistake == LAST_SAMPLE_LEFT && i / D + 1 == is->N;
        int late = is->mistake == ONE_STEP_LESS && s + 1 == is->S;
        if (!last && !late && !(is->attack.stop != STOP_NEVER && stays(is, i / D)))
            is->x[i] = to[i];
    }
}

static void run(struct call *call, struct descent *is, size_t r, real *losses)
{
    size_t n = is->N * is->D;
    begin(is, r);
    is->losses = &losses[r * is->N];
    for (size_t s = 0; s < is->S; s++) {
        step(call, is, s);
        for (size_t i = 0; i < n; i++)
            is->iterates[(r * is->S + s) * n + i] = is->x[i];
    }
    if (is->mistake != REACHED_LATE)
        tangents_gradient(&is->tangents, is->losses, call_scratch(call, n), is->x,
                          is->victim.answer);
    for (size_t i = 0; i < is->N; i++)
        is->reached[r * is->N + i] = rival_reached(&is->attack, &is->tangents, i);
}

/* How good restart r is for sample n; the first largest is kept. */
static real merit(const struct descent *is, const real *losses, int by_loss, size_t r, size_t n)
{
    real sign = is->victim.goal == VICTIM_TARGET ? R(-1.0) : 1, sum = 0;
    if (is->mistake == LAST_RESTART)
        return real_count(r);
    if (!by_loss)
        return is->reached[r * is->N + n] ? 2 : r + 1 == is->R;
    if (is->mistake == SMALLEST_LOSS)
        sign = -sign;
    if (is->mistake != RESTART_OF_BATCH)
        return sign * losses[r * is->N + n];
    for (size_t i = 0; i < is->N; i++)
        sum = sum + sign * losses[r * is->N + i];
    return sum;
}

static void read(struct call *call, struct descent *is)
{
    static const char *const stops[] = {"never", "fooled", "all", NULL};
    is->mistake = (enum mistake)call_variant(call);
    victim_read(call, &is->victim);
    victim_read_goal(call, &is->victim);
    if (is->mistake == TARGET_IS_LABEL)
        is->victim.answer = call_integers(call, "labels", "N", 0, 64);
    attack_read(call, &is->attack, &is->victim);
    is->attack.stop = (enum attack_stop)call_choice(call, "stop", stops);
    is->tangents = tangents_create(call, &is->victim);
    is->start = call_has(call, "start") ? call_input(call, "start", "RNa") : NULL;
    is->N = is->victim.N;
    is->D = is->victim.D;
    is->S = is->attack.steps;
    is->R = is->start ? call_size(call, 'R') : 1;
    call_bind(call, 'R', is->R);
    call_bind(call, 'S', is->S);
    is->x = call_scratch(call, is->N * is->D);
    is->gradient = call_scratch(call, is->N * is->D);
    is->centre = call_scratch(call, is->N * is->D);
    is->reached = call_scratch_integers(call, is->R * is->N);
}

static void descend(struct call *call)
{
    static const char *const keeps[] = {"loss", "fooled", NULL};
    struct descent is = {0};
    read(call, &is);
    size_t N = is.N, D = is.D;
    int by_loss = call_choice(call, "keep", keeps) == 0;
    is.iterates = call_output(call, "iterates", "RSNa");
    real *losses = call_output(call, "losses", "RN");
    real *adversarial = call_output(call, "adversarial", "Na");
    real *kept = call_output_integers(call, "restart", "N");
    real *success = call_output_integers(call, "success", "N");
    for (size_t r = 0; r < is.R; r++)
        run(call, &is, r, losses);
    for (size_t n = 0; n < N; n++) {
        size_t best = 0;
        for (size_t r = 1; r < is.R; r++) {
            if (merit(&is, losses, by_loss, r, n) > merit(&is, losses, by_loss, best, n))
                best = r;
        }
        kept[n] = real_count(best);
        success[n] = is.reached[best * N + n] ? 1 : 0;
        for (size_t d = 0; d < D; d++)
            adversarial[n * D + d] = is.iterates[((best + 1) * is.S - 1) * N * D + n * D + d];
    }
}

static const struct fork table[] = {
    {.info = {"tangents", FORK_TWIN, "",
              "Tangents instead of the chain rule backwards, and other projections.", NULL},
     .answer = descend},
    {.info = {"sign_forgotten", FORK_BUG, "245", "The gradient itself is the step.", NULL},
     .answer = descend,
     .variant = SIGN_FORGOTTEN},
    {.info = {"radius_twice", FORK_BUG, "240", "The ball is around the random start.", NULL},
     .answer = descend,
     .variant = RADIUS_TWICE},
    {.info = {"around_last", FORK_BUG, "241", "The ball is around the last iterate.", NULL},
     .answer = descend,
     .variant = AROUND_LAST},
    {.info = {"clipped_at_the_end", FORK_BUG, "242", "The box counts for the last iterate alone.",
              NULL},
     .answer = descend,
     .variant = CLIPPED_AT_THE_END},
    {.info = {"not_clipped", FORK_BUG, "242", "No box.", NULL},
     .answer = descend,
     .variant = NOT_CLIPPED},
    {.info = {"not_projected", FORK_BUG, "", "No ball.", NULL},
     .answer = descend,
     .variant = NOT_PROJECTED},
    {.info = {"ball_box", FORK_CONVENTION, "243", "The ball, then the box.", NULL},
     .instead = {"order", "ball_box"}},
    {.info = {"box_ball", FORK_CONVENTION, "243", "The box, then the ball.", NULL},
     .instead = {"order", "box_ball"}},
    {.info = {"box_ball_box", FORK_CONVENTION, "243", "The box on both sides.", NULL},
     .instead = {"order", "box_ball_box"}},
    {.info = {"l1_rescaled", FORK_CONVENTION, "244", "Scaled to the L1 ball.", NULL},
     .instead = {"l1_projection", "rescaled"}},
    {.info = {"l1_euclidean", FORK_CONVENTION, "244", "The nearest point of the L1 ball.", NULL},
     .instead = {"l1_projection", "euclidean"}},
    {.info = {"step_of_epsilon", FORK_BUG, "", "Steps as long as the radius.", NULL},
     .answer = descend,
     .variant = STEP_OF_EPSILON},
    {.info = {"first_gradient_always", FORK_BUG, "", "The gradient of the start is used again.",
              NULL},
     .answer = descend,
     .variant = FIRST_GRADIENT_ALWAYS},
    {.info = {"start_ignored", FORK_CONVENTION, "", "Always from the input itself.", NULL},
     .answer = descend,
     .variant = START_IGNORED},
    {.info = {"start_not_projected", FORK_BUG, "246", "A start outside of the ball.", NULL},
     .answer = descend,
     .variant = START_NOT_PROJECTED},
    {.info = {"target_uphill", FORK_BUG, "250", "Away from the target.", NULL},
     .answer = descend,
     .variant = TARGET_UPHILL},
    {.info = {"target_is_label", FORK_BUG, "250", "The label is taken for the target.", NULL},
     .answer = descend,
     .variant = TARGET_IS_LABEL},
    {.info = {"norm_of_batch", FORK_BUG, "246", "One norm for all samples.", NULL},
     .answer = descend,
     .variant = NORM_OF_BATCH},
    {.info = {"of_mean", FORK_CONVENTION, "251", "Gradients of the mean loss.", NULL},
     .instead = {"reduction", "mean"}},
    {.info = {"of_sum", FORK_CONVENTION, "251", "Gradients of the summed loss.", NULL},
     .instead = {"reduction", "sum"}},
    {.info = {"raw_units", FORK_BUG, "259", "16 of 255 is taken for 16.", NULL},
     .instead = {"units", "raw"}},
    {.info = {"never_stops", FORK_CONVENTION, "", "All steps whatever is reached.", NULL},
     .instead = {"stop", "never"}},
    {.info = {"stops_each", FORK_CONVENTION, "", "Each sample stops alone.", NULL},
     .instead = {"stop", "fooled"}},
    {.info = {"stops_together", FORK_CONVENTION, "", "All stop together.", NULL},
     .instead = {"stop", "all"}},
    {.info = {"keeps_largest_loss", FORK_CONVENTION, "", "The largest loss, fooled or not.", NULL},
     .instead = {"keep", "loss"}},
    {.info = {"keeps_first_fooled", FORK_CONVENTION, "", "The first restart that fools.", NULL},
     .instead = {"keep", "fooled"}},
    {.info = {"last_restart", FORK_BUG, "", "The last restart, whatever came before.", NULL},
     .answer = descend,
     .variant = LAST_RESTART},
    {.info = {"smallest_loss", FORK_BUG, "", "The restart that did worst.", NULL},
     .answer = descend,
     .variant = SMALLEST_LOSS},
    {.info = {"restart_of_batch", FORK_BUG, "", "One restart for all samples, by the summed loss.",
              NULL},
     .answer = descend,
     .variant = RESTART_OF_BATCH},
    {.info = {"from_last_restart", FORK_BUG, "", "A restart goes on from the one before.", NULL},
     .answer = descend,
     .variant = FROM_LAST_RESTART},
    {.info = {"step_shrinks", FORK_CONVENTION, "", "Steps of alpha / t.", NULL},
     .answer = descend,
     .variant = STEP_SHRINKS},
    {.info = {"one_step_less", FORK_BUG, "", "The last step is not taken.", NULL},
     .answer = descend,
     .variant = ONE_STEP_LESS},
    {.info = {"loss_before_last", FORK_BUG, "", "Losses of the iterates before the last.", NULL},
     .answer = descend,
     .variant = REACHED_LATE},
    {.info = {"last_sample_left", FORK_BUG, "", "The last sample is not attacked.", NULL},
     .answer = descend,
     .variant = LAST_SAMPLE_LEFT},
};

const struct fork_list projected_gradient_descent_forks = {sizeof table / sizeof *table, table};
