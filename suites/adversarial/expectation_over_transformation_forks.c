// SPDX-License-Identifier: MIT
#include "../../reference/adversarial/expectation_over_transformation.h"
#include "../fork.h"
#include "attack_forks.h"

enum mistake {
    NONE,
    FIRST_DRAW,
    LAST_DRAW,
    DEFENCE_FORGOTTEN,
    MEAN_INPUT,
    SUMMED,
    STRAIGHT_THROUGH,
    MASK_FORGOTTEN_BACK,
    OVERWRITTEN,
    SAME_DRAWS,
    NOISE_SCALED,
    NOISE_MASKED,
    LARGEST_LOSS,
    DRAWS_OF_FIRST_SAMPLE,
    TARGET_UPHILL
};

struct hedge {
    enum mistake mistake;
    struct victim victim;
    struct attack attack;
    struct tangents tangents;
    int average, every_step;
    size_t N, D, K, R, S;
    const int *index;
    const real *mask, *noise;
    real *jacobian; /* (D,D): of one draw, dt[e] / dx[d] */
    real *t, *g, *loss, *x, *sum;
};

static size_t row_of(const struct hedge *is, size_t s, size_t r)
{
    return is->every_step ? (is->mistake == SAME_DRAWS ? 0 : s) * is->R + r : r;
}

/* The matrix of a draw. */
static void fill_jacobian(const struct hedge *is, size_t row, int back)
{
    size_t D = is->D;
    for (size_t e = 0; e < D; e++) {
        size_t from = is->index ? (size_t)is->index[row * D + e] : e;
        real mask = is->mask ? is->mask[row * D + e] : 1;
        for (size_t d = 0; d < D; d++)
            is->jacobian[e * D + d] = d == from ? mask : 0;
        if (back && is->mistake == STRAIGHT_THROUGH) {
            for (size_t d = 0; d < D; d++)
                is->jacobian[e * D + d] = d == e ? 1 : 0;
        }
        if (back && is->mistake == MASK_FORGOTTEN_BACK)
            is->jacobian[e * D + from] = 1;
        for (size_t before = 0; back && is->mistake == OVERWRITTEN && before < e; before++)
            is->jacobian[before * D + from] = 0;
    }
}

static void transform(const struct hedge *is, const real *x, size_t row)
{
    size_t D = is->D;
    fill_jacobian(is, row, 0);
    for (size_t i = 0; i < is->N * D; i++) {
        size_t n = i / D, e = i % D, noise_n = is->mistake == DRAWS_OF_FIRST_SAMPLE ? 0 : n;
        real value = 0;
        for (size_t d = D; d-- > 0;)
            value = value + is->jacobian[e * D + d] * x[n * D + d];
        real noise = is->noise ? is->noise[(row * is->N + noise_n) * D + e] : 0;
        if (is->mistake == NOISE_SCALED)
            noise = noise * is->attack.epsilon;
        if (is->mistake == NOISE_MASKED && is->mask)
            noise = noise * is->mask[row * D + e];
        is->t[i] = is->mistake == DEFENCE_FORGOTTEN ? x[i] : value + noise;
    }
}

/* Adds weight times the draw's gradient, which is is->g with respect to t, to `to`. */
static void add(const struct hedge *is, real *to, size_t row, real weight)
{
    size_t D = is->D;
    fill_jacobian(is, row, 1);
    for (size_t i = 0; i < is->N * D; i++) {
        real sum = 0;
        for (size_t e = D; e-- > 0;)
            sum = sum + is->g[i / D * D + e] * is->jacobian[e * D + i % D];
        if (is->mistake == DEFENCE_FORGOTTEN)
            sum = is->g[i];
        to[i] = to[i] + weight * (is->average == 1 ? rival_sign(sum) : sum);
    }
}

/* Which draws count. */
static int counts(const struct hedge *is, size_t r)
{
    if (is->mistake == FIRST_DRAW)
        return r == 0;
    return is->mistake != LAST_DRAW || r + 1 == is->R;
}

static void of_losses(struct hedge *is, real *g, real *losses, size_t s)
{
    real used = 0;
    for (size_t r = 0; r < is->R; r++)
        used = used + (counts(is, r) ? 1 : 0);
    for (size_t r = 0; r < is->R; r++) {
        size_t row = row_of(is, s, r);
        if (!counts(is, r))
            continue;
        transform(is, is->x, row);
        tangents_gradient(&is->tangents, is->loss, is->g, is->t, is->victim.answer);
        add(is, g, row, is->mistake == SUMMED ? 1 : 1 / used);
        for (size_t n = 0; n < is->N; n++) {
            real own = is->loss[n] / used;
            if (is->mistake == LARGEST_LOSS)
                losses[n] = r == 0 || is->loss[n] > losses[n] ? is->loss[n] : losses[n];
            else
                losses[n] = losses[n] + own;
        }
    }
}

/* The loss of the mean logits: its slope against each logit by the victim's own formula, then the
 * gradients of single logits by tangents. */
static void of_logits(struct call *call, struct hedge *is, real *g, real *losses, size_t s)
{
    struct victim *victim = &is->victim;
    size_t all = is->N * is->K;
    real *mean = call_scratch(call, all), *dz = call_scratch(call, all);
    for (size_t r = is->R; r-- > 0;) {
        transform(is, is->x, row_of(is, s, r));
        const real *z = tangents_logits(&is->tangents, is->t);
        for (size_t i = 0; i < all; i++)
            mean[i] = mean[i] + z[i] / real_count(is->R);
    }
    victim_loss(victim, losses, dz, mean, victim->answer);
    for (size_t r = 0; r < is->R; r++) {
        size_t row = row_of(is, s, r);
        transform(is, is->x, row);
        victim_logits(victim, is->t);
        victim_pullback(victim, is->g, dz);
        add(is, g, row, is->mistake == SUMMED ? 1 : 1 / real_count(is->R));
    }
}

/* One gradient at the mean of the transformed inputs. */
static void of_mean_input(struct call *call, struct hedge *is, real *g, real *losses, size_t s)
{
    size_t n = is->N * is->D;
    real *mean = call_scratch(call, n), *own = call_scratch(call, n);
    for (size_t r = 0; r < is->R; r++) {
        transform(is, is->x, row_of(is, s, r));
        for (size_t i = 0; i < n; i++)
            mean[i] = mean[i] + is->t[i] / real_count(is->R);
    }
    tangents_gradient(&is->tangents, losses, own, mean, is->victim.answer);
    for (size_t i = 0; i < n; i++)
        is->g[i] = own[i];
    for (size_t r = 0; r < is->R; r++)
        add(is, g, row_of(is, s, r), 1 / real_count(is->R));
}

static void read(struct call *call, struct hedge *is)
{
    static const char *const averages[] = {"gradient", "sign", "logits", NULL};
    is->mistake = (enum mistake)call_variant(call);
    victim_read(call, &is->victim);
    victim_read_goal(call, &is->victim);
    attack_read(call, &is->attack, &is->victim);
    is->tangents = tangents_create(call, &is->victim);
    is->average = call_choice(call, "average", averages);
    is->N = is->victim.N;
    is->D = is->victim.D;
    is->K = is->victim.K;
    is->S = is->attack.steps;
    call_bind(call, 'S', is->S);
    const char *first = call_has(call, "index")  ? "index"
                        : call_has(call, "mask") ? "mask"
                                                 : "noise";
    is->every_step = call_rank(call, first) == (first[0] == 'n' ? 4 : 3);
    const char *shape = is->every_step ? "SRa" : "Ra";
    if (call_has(call, "index"))
        is->index = call_integers(call, "index", shape, 0, (int)is->D - 1);
    if (call_has(call, "mask"))
        is->mask = call_input(call, "mask", shape);
    if (call_has(call, "noise"))
        is->noise = call_input(call, "noise", is->every_step ? "SRNa" : "RNa");
    is->R = call_size(call, 'R');
    is->jacobian = call_scratch(call, is->D * is->D);
    is->t = call_scratch(call, is->N * is->D);
    is->g = call_scratch(call, is->N * is->D);
    is->x = call_scratch(call, is->N * is->D);
    is->loss = call_scratch(call, is->N);
    for (size_t i = 0; i < is->N * is->D; i++)
        is->x[i] = is->victim.x[i];
}

static void hedge(struct call *call)
{
    struct hedge is = {0};
    read(call, &is);
    size_t N = is.N, D = is.D, n = N * D;
    real *iterates = call_output(call, "iterates", "SNa");
    real *gradients = call_output(call, "gradients", "SNa");
    real *losses = call_output(call, "losses", "SN");
    real *success = call_output_integers(call, "success", "RN"), *to = call_scratch(call, n);
    for (size_t s = 0; s < is.S; s++) {
        real *g = &gradients[s * n];
        if (is.mistake == MEAN_INPUT)
            of_mean_input(call, &is, g, &losses[s * N], s);
        else if (is.average == 2)
            of_logits(call, &is, g, &losses[s * N], s);
        else
            of_losses(&is, g, &losses[s * N], s);
        for (size_t i = 0; i < n; i++) {
            real move = is.attack.alpha * rival_direction(&is.attack.rules, &g[i / D * D], i % D);
            int down = is.victim.goal == VICTIM_TARGET && is.mistake != TARGET_UPHILL;
            to[i] = down ? is.x[i] - move : move + is.x[i];
        }
        rival_constrain(&is.attack, to, is.victim.x);
        for (size_t i = 0; i < n; i++)
            iterates[s * n + i] = is.x[i] = to[i];
    }
    for (size_t r = 0; r < is.R; r++) {
        transform(&is, is.x, row_of(&is, is.S - 1, r));
        tangents_logits(&is.tangents, is.t);
        for (size_t i = 0; i < N; i++)
            success[r * N + i] = rival_reached(&is.attack, &is.tangents, i) ? 1 : 0;
    }
}

static const struct fork table[] = {
    {.info = {"matrices", FORK_TWIN, "", "Every draw is a matrix; gradients by tangents.", NULL},
     .answer = hedge},
    {.info = {"first_draw", FORK_BUG, "", "One draw is taken for the expectation.", NULL},
     .answer = hedge,
     .variant = FIRST_DRAW},
    {.info = {"last_draw", FORK_BUG, "", "Gradients are overwritten, not added.", NULL},
     .answer = hedge,
     .variant = LAST_DRAW},
    {.info = {"defence_forgotten", FORK_BUG, "", "The model without its defence is attacked.",
              NULL},
     .answer = hedge,
     .variant = DEFENCE_FORGOTTEN},
    {.info = {"mean_input", FORK_BUG, "", "The gradient at the mean of the transformed inputs.",
              NULL},
     .answer = hedge,
     .variant = MEAN_INPUT},
    {.info = {"summed", FORK_CONVENTION, "251", "The sum over the draws.", NULL},
     .answer = hedge,
     .variant = SUMMED},
    {.info = {"straight_through", FORK_CONVENTION, "",
              "The transformation is skipped on the way back.", NULL},
     .answer = hedge,
     .variant = STRAIGHT_THROUGH},
    {.info = {"mask_forgotten_back", FORK_BUG, "", "Hidden features get a gradient.", NULL},
     .answer = hedge,
     .variant = MASK_FORGOTTEN_BACK},
    {.info = {"overwritten", FORK_BUG, "",
              "A feature that is read twice gets the last gradient alone.", NULL},
     .answer = hedge,
     .variant = OVERWRITTEN},
    {.info = {"same_draws", FORK_BUG, "", "The first step's draws in all steps.", NULL},
     .answer = hedge,
     .variant = SAME_DRAWS},
    {.info = {"noise_scaled", FORK_BUG, "259", "Noise is multiplied by the radius.", NULL},
     .answer = hedge,
     .variant = NOISE_SCALED},
    {.info = {"noise_masked", FORK_BUG, "", "Noise is added before the mask.", NULL},
     .answer = hedge,
     .variant = NOISE_MASKED},
    {.info = {"largest_loss", FORK_CONVENTION, "", "The largest loss over the draws.", NULL},
     .answer = hedge,
     .variant = LARGEST_LOSS},
    {.info = {"draws_of_first_sample", FORK_BUG, "", "All samples get the first one's noise.",
              NULL},
     .answer = hedge,
     .variant = DRAWS_OF_FIRST_SAMPLE},
    {.info = {"target_uphill", FORK_BUG, "250", "Away from the target.", NULL},
     .answer = hedge,
     .variant = TARGET_UPHILL},
    {.info = {"mean_of_gradients", FORK_CONVENTION, "", "The mean of the gradients.", NULL},
     .instead = {"average", "gradient"}},
    {.info = {"mean_of_signs", FORK_CONVENTION, "", "The mean of the signs.", NULL},
     .instead = {"average", "sign"}},
    {.info = {"mean_of_logits", FORK_CONVENTION, "", "The gradient of the mean logits' loss.",
              NULL},
     .instead = {"average", "logits"}},
};

const struct fork_list expectation_over_transformation_forks = {sizeof table / sizeof *table,
                                                                table};
