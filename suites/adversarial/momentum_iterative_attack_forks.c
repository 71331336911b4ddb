// SPDX-License-Identifier: MIT
#include "../../reference/adversarial/momentum_iterative_attack.h"
#include "../fork.h"
#include "attack_forks.h"

enum mistake {
    NONE,
    ADDED_TWICE,
    NOT_NORMALISED,
    NORMALISED_LATE,
    SIZE_L2,
    SIZE_OF_BATCH,
    AVERAGED,
    OF_SIGNS,
    RESET,
    OLD_MOMENTUM,
    LOOKS_BACK,
    LOOKS_WITHOUT_DECAY,
    LOOKAHEAD_KEPT,
    LOOKAHEAD_CONSTRAINED,
    STEP_AT_GRADIENT,
    MASK_IGNORED,
    MASK_INVERTED,
    MOMENTUM_AT_TARGET,
    PROJECTED_MOMENTUM
};

struct chase {
    enum mistake mistake;
    struct victim victim;
    struct attack attack;
    struct tangents tangents;
    real decay;
    int mean, nesterov, at_step;
    const int *mask;
    size_t N, D, S;
    real *n, *m, *x; /* (S,N,D), (S,N,D), (N,D) */
};

static int hidden(const struct chase *is, size_t i)
{
    if (!is->mask || is->mistake == MASK_IGNORED)
        return 0;
    return is->mistake == MASK_INVERTED ? is->mask[i] : !is->mask[i];
}

static real size_of(const struct chase *is, const real *g, size_t n)
{
    size_t D = is->mistake == SIZE_OF_BATCH ? is->N * is->D : is->D;
    const real *own = is->mistake == SIZE_OF_BATCH ? g : &g[n * is->D];
    real size = rival_norm(is->mistake == SIZE_L2 ? NORM_L2 : NORM_L1, own, D);
    if (is->mistake == NOT_NORMALISED || is->mistake == NORMALISED_LATE)
        return 1;
    size = is->mean ? size / real_count(D) : size;
    return size > is->attack.rules.tiny ? size : is->attack.rules.tiny;
}

/* m of step s at place i: every gradient so far, weighted by a power of decay. */
static real momentum(const struct chase *is, size_t s, size_t i)
{
    size_t all = is->N * is->D;
    real sum = 0, weight = 1;
    if (is->mistake == ADDED_TWICE)
        return s == 0 ? is->n[i]
                      : is->m[(s - 1) * all + i] + is->decay * is->m[(s - 1) * all + i] +
                            is->n[s * all + i];
    for (size_t t = s + 1; t-- > 0; weight = weight * is->decay) {
        real term = is->n[t * all + i];
        if (is->mistake == OF_SIGNS)
            term = rival_sign(term);
        if (is->mistake == AVERAGED)
            term = term * (1 - is->decay);
        sum = sum + weight * term;
        if (is->mistake == RESET)
            break;
    }
    return sum;
}

/* Where the gradient of step s is taken. */
static void look(const struct chase *is, real *y, size_t s)
{
    const struct victim *victim = &is->victim;
    size_t all = is->N * is->D;
    real far = is->attack.alpha * (is->mistake == LOOKS_WITHOUT_DECAY ? 1 : is->decay);
    int back = victim->goal == VICTIM_TARGET;
    if (is->mistake == LOOKS_BACK)
        back = !back;
    for (size_t i = 0; i < all; i++) {
        y[i] = is->x[i];
        if (is->nesterov && s > 0)
            y[i] = (back ? -far : far) * is->m[(s - 1) * all + i] + y[i];
    }
    if (is->nesterov && is->mistake == LOOKAHEAD_CONSTRAINED)
        rival_constrain(&is->attack, y, victim->x);
}

static void step(struct call *call, struct chase *is, real *losses, size_t s)
{
    const struct victim *victim = &is->victim;
    size_t D = is->D, all = is->N * D;
    real *y = call_scratch(call, all), *g = call_scratch(call, all), *m = &is->m[s * all];
    look(is, y, s);
    tangents_gradient(&is->tangents, losses, g, y, victim->answer);
    int at_step = is->mistake == STEP_AT_GRADIENT ? !is->at_step : is->at_step;
    for (size_t i = 0; i < all; i++)
        g[i] = hidden(is, i) && !at_step ? 0 : g[i];
    for (size_t i = 0; i < all; i++)
        is->n[s * all + i] = g[i] / size_of(is, g, i / D);
    for (size_t i = 0; i < all; i++)
        m[i] = momentum(is, s, i);
    for (size_t n = 0; n < is->N && is->mistake == NORMALISED_LATE; n++) {
        real size = rival_norm(NORM_L1, &m[n * D], D);
        for (size_t d = 0; d < D; d++)
            m[n * D + d] = m[n * D + d] / (is->mean ? size / real_count(D) : size);
    }
    const real *from = is->mistake == OLD_MOMENTUM && s > 0 ? m - all : m;
    for (size_t i = 0; i < all; i++) {
        real move = rival_direction(&is->attack.rules, &from[i / D * D], i % D);
        move = hidden(is, i) && at_step ? 0 : is->attack.alpha * move;
        real start = is->mistake == LOOKAHEAD_KEPT ? y[i] : is->x[i];
        int down = victim->goal == VICTIM_TARGET && is->mistake != MOMENTUM_AT_TARGET;
        g[i] = down ? start - move : move + start;
    }
    rival_constrain(&is->attack, g, victim->x);
    for (size_t i = 0; i < all; i++) {
        if (is->mistake == PROJECTED_MOMENTUM)
            m[i] = g[i] - is->x[i];
        is->x[i] = g[i];
    }
}

static void read(struct call *call, struct chase *is)
{
    static const char *const sizes[] = {"sum", "mean", NULL};
    static const char *const lookaheads[] = {"none", "nesterov", NULL};
    static const char *const masks[] = {"gradient", "step", NULL};
    is->mistake = (enum mistake)call_variant(call);
    victim_read(call, &is->victim);
    victim_read_goal(call, &is->victim);
    attack_read(call, &is->attack, &is->victim);
    is->tangents = tangents_create(call, &is->victim);
    is->decay = call_number(call, "decay");
    is->mean = call_choice(call, "size", sizes);
    is->nesterov = call_choice(call, "lookahead", lookaheads);
    is->at_step = call_choice(call, "mask_at", masks);
    is->mask = call_has(call, "mask") ? call_integers(call, "mask", "Na", 0, 1) : NULL;
    is->N = is->victim.N;
    is->D = is->victim.D;
    is->S = is->attack.steps;
    call_bind(call, 'S', is->S);
    is->n = call_scratch(call, is->S * is->N * is->D);
    is->x = call_scratch(call, is->N * is->D);
    for (size_t i = 0; i < is->N * is->D; i++)
        is->x[i] = is->victim.x[i];
}

static void chase(struct call *call)
{
    struct chase is = {0};
    read(call, &is);
    size_t all = is.N * is.D;
    real *iterates = call_output(call, "iterates", "SNa");
    is.m = call_output(call, "momentum", "SNa");
    real *losses = call_output(call, "losses", "SN");
    real *success = call_output_integers(call, "success", "N");
    for (size_t s = 0; s < is.S; s++) {
        step(call, &is, &losses[s * is.N], s);
        for (size_t i = 0; i < all; i++)
            iterates[s * all + i] = is.x[i];
        tangents_gradient(&is.tangents, &losses[s * is.N], call_scratch(call, all), is.x,
                          is.victim.answer);
    }
    for (size_t n = 0; n < is.N; n++)
        success[n] = rival_reached(&is.attack, &is.tangents, n) ? 1 : 0;
}

static const struct fork table[] = {
    {.info = {"powers", FORK_TWIN, "", "All gradients so far, each with its power of the decay.",
              NULL},
     .answer = chase},
    {.info = {"added_twice", FORK_BUG, "247", "m + decay m + n in place of decay m + n.", NULL},
     .answer = chase,
     .variant = ADDED_TWICE},
    {.info = {"size_sum", FORK_CONVENTION, "248", "Over the sum of |g|.", NULL},
     .instead = {"size", "sum"}},
    {.info = {"size_mean", FORK_CONVENTION, "248", "Over the mean of |g|.", NULL},
     .instead = {"size", "mean"}},
    {.info = {"not_normalised", FORK_BUG, "248", "Gradients as they are.", NULL},
     .answer = chase,
     .variant = NOT_NORMALISED},
    {.info = {"normalised_late", FORK_BUG, "248",
              "The momentum is normalised instead of the gradient.", NULL},
     .answer = chase,
     .variant = NORMALISED_LATE},
    {.info = {"size_l2", FORK_CONVENTION, "248", "Over the L2 norm.", NULL},
     .answer = chase,
     .variant = SIZE_L2},
    {.info = {"size_of_batch", FORK_BUG, "248", "One size for all samples.", NULL},
     .answer = chase,
     .variant = SIZE_OF_BATCH},
    {.info = {"averaged", FORK_CONVENTION, "", "decay m + (1 - decay) n.", NULL},
     .answer = chase,
     .variant = AVERAGED},
    {.info = {"of_signs", FORK_BUG, "", "Signs are accumulated.", NULL},
     .answer = chase,
     .variant = OF_SIGNS},
    {.info = {"reset", FORK_BUG, "", "The momentum starts anew in every step.", NULL},
     .answer = chase,
     .variant = RESET},
    {.info = {"old_momentum", FORK_BUG, "", "The step follows the momentum of the step before.",
              NULL},
     .answer = chase,
     .variant = OLD_MOMENTUM},
    {.info = {"no_lookahead", FORK_CONVENTION, "", "Gradients at the iterate.", NULL},
     .instead = {"lookahead", "none"}},
    {.info = {"always_lookahead", FORK_CONVENTION, "", "Gradients where the momentum leads.", NULL},
     .instead = {"lookahead", "nesterov"}},
    {.info = {"looks_back", FORK_BUG, "250", "The look-ahead has the other sign.", NULL},
     .answer = chase,
     .variant = LOOKS_BACK},
    {.info = {"looks_without_decay", FORK_BUG, "", "x + alpha m.", NULL},
     .answer = chase,
     .variant = LOOKS_WITHOUT_DECAY},
    {.info = {"lookahead_kept", FORK_BUG, "", "The step starts at the look-ahead.", NULL},
     .answer = chase,
     .variant = LOOKAHEAD_KEPT},
    {.info = {"lookahead_constrained", FORK_CONVENTION, "", "The look-ahead stays in ball and box.",
              NULL},
     .answer = chase,
     .variant = LOOKAHEAD_CONSTRAINED},
    {.info = {"mask_elsewhere", FORK_CONVENTION, "260",
              "The mask at the gradient, or at the step, where the other was asked for.", NULL},
     .answer = chase,
     .variant = STEP_AT_GRADIENT},
    {.info = {"mask_ignored", FORK_BUG, "260", "All features move.", NULL},
     .answer = chase,
     .variant = MASK_IGNORED},
    {.info = {"mask_inverted", FORK_BUG, "260", "Only the hidden features move.", NULL},
     .answer = chase,
     .variant = MASK_INVERTED},
    {.info = {"target_uphill", FORK_BUG, "250", "Away from the target.", NULL},
     .answer = chase,
     .variant = MOMENTUM_AT_TARGET},
    {.info = {"projected_momentum", FORK_BUG, "",
              "The momentum is what ball and box left of the step.", NULL},
     .answer = chase,
     .variant = PROJECTED_MOMENTUM},
    {.info = {"no_decay", FORK_BUG, "", "Gradients are added without decay.", NULL},
     .number = {"decay", 1}},
    {.info = {"no_momentum", FORK_BUG, "", "The basic iterative method.", NULL},
     .number = {"decay", 0}},
    {.info = {"floor_ignored", FORK_CONVENTION, "239", "Sizes without a floor.", NULL},
     .number = {"tiny", 0x1p-60}},
};

const struct fork_list momentum_iterative_attack_forks = {sizeof table / sizeof *table, table};
