// SPDX-License-Identifier: MIT
#include "../../reference/optimizers/radam.h"
#include "optimizer_forks.h"

enum { M, V };
enum rival {
    TWIN,
    ALWAYS_ADAM,
    NEVER_RECTIFIED,
    FACTOR_FORGOTTEN,
    ROOT_FORGOTTEN,
    LENGTH_ONE_BEHIND,
    DECAY_WITH_FACTOR,
    MOMENTS_SKIPPED,
    MOMENTUM_UNCORRECTED,
    COUNTER_SHARED
};

/* Outputs of one parameter, beside those of elements_run: r of its last step. */
struct own_rules {
    struct radam_rules rules;
    real *rectification;
    size_t first;
};

static void run(struct call *call, void (*next)(struct element *), enum accident accident)
{
    struct own_rules own = {.rules = radam_rules_read(call)};
    struct element_plan plan = {.states = 2,
                                .input = {"m", "v"},
                                .output = {"m_after", "v_after"},
                                .rules = &own,
                                .decay = &own.rules.moments.decay,
                                .accident = accident,
                                .variant = call_variant(call)};
    call_input(call, "rate", "S");
    own.rectification = call_scratch(call, call_size(call, 'S'));
    own.first = call_count_or(call, "first_step", 1, 1, 1000000);
    elements_run(call, &plan, next);
    real *rectification = call_output(call, "rectification", "S");
    for (size_t s = 0; s < call_size(call, 'S'); s++)
        rectification[s] = own.rectification[s];
}

static void step(struct element *e)
{
    const struct own_rules *own = e->rules;
    real r = radam_rectification(&own->rules, radam_length(&own->rules, e->t));
    own->rectification[e->t - own->first] = r;
    radam_update(&e->w, &e->state[M], &e->state[V], &e->g, e->rate, e->t, &own->rules, 1);
}

/* An accident of the counter would write r in another place. */
static void step_without_output(struct element *e)
{
    const struct own_rules *own = e->rules;
    radam_update(&e->w, &e->state[M], &e->state[V], &e->g, e->rate, e->t, &own->rules, 1);
}

static void accident(struct call *call)
{
    enum accident which = (enum accident)call_variant(call);
    run(call, which == COUNTER_STUCK ? step_without_output : step, which);
}

/* r from the quotients, and l from the sum behind it: 2 t b^t / (1 - b^t) with b^t by squaring. */
static real factor(const struct element *e, const struct radam_rules *rules, size_t t)
{
    real b = rules->moments.beta2, power = 1, L = (1 + b) / (1 - b);
    for (size_t n = t; n > 0; n /= 2) {
        power = n % 2 ? power * b : power;
        b = b * b;
    }
    real l = L - 2 * (real_count(t) * (power / (1 - power)));
    if (e->variant == NEVER_RECTIFIED || (!(l > rules->threshold) && e->variant != ALWAYS_ADAM))
        return R(0.0);
    if (e->variant == FACTOR_FORGOTTEN || e->variant == ALWAYS_ADAM)
        return R(1.0);
    real square = (l - 4) / (L - 4) * ((l - 2) / (L - 2)) * (L / l);
    return e->variant == ROOT_FORGOTTEN ? square : real_sqrt(square);
}

static void rival_step(struct element *e)
{
    const struct own_rules *own = e->rules;
    const struct moment_rules *is = &own->rules.moments;
    size_t t = e->variant == COUNTER_SHARED ? e->updates + 1 : e->t;
    real c1 = moment_correction(is, is->beta1, t), c2 = moment_correction(is, is->beta2, t);
    real r = factor(e, &own->rules, e->variant == LENGTH_ONE_BEHIND && t > 1 ? t - 1 : t), h = e->g;
    own->rectification[e->t - own->first] = r;
    if (is->decay.form == DECAY_COUPLED)
        h = real_fma(is->decay.decay, e->w, h);
    else
        e->w = e->w * (1 - e->rate * (e->variant == DECAY_WITH_FACTOR ? r : 1) * is->decay.decay);
    if (e->variant == MOMENTS_SKIPPED && r == 0 && own->rules.skips)
        return;
    e->state[M] = real_fma(is->beta1, e->state[M], (1 - is->beta1) * h);
    e->state[V] = real_fma(is->beta2, e->state[V], (1 - is->beta2) * (h * h));
    if (r == 0) {
        real divisor = e->variant == MOMENTUM_UNCORRECTED ? 1 : c1;
        e->w = own->rules.skips ? e->w : e->w - e->rate / divisor * e->state[M];
        return;
    }
    real root = own->rules.before_correction
                    ? (real_sqrt(e->state[V]) + is->epsilon) / real_sqrt(c2)
                    : real_sqrt(e->state[V]) / real_sqrt(c2) + is->epsilon;
    e->w = real_fma(-e->rate / c1, r * (e->state[M] / root), e->w);
}

static void rival(struct call *call)
{
    run(call, rival_step, NO_ACCIDENT);
}

/* clang-format off */
static const struct fork table[] = {
    {.info = {"quotients_first", FORK_TWIN, "",
     "r as a product of three quotients, powers by squaring, L as (1 + beta2) / (1 - beta2).",
     NULL},
     .answer = rival, .variant = TWIN},
    {.info = {"adam", FORK_BUG, "", "Adam from the first step on, without rectification.", NULL},
     .answer = rival, .variant = ALWAYS_ADAM},
    {.info = {"momentum_for_ever", FORK_BUG, "", "The second moment is never used.", NULL},
     .answer = rival, .variant = NEVER_RECTIFIED},
    {.info = {"factor_forgotten", FORK_BUG, "",
     "Momentum at first, then Adam without the factor r.", NULL},
     .answer = rival, .variant = FACTOR_FORGOTTEN},
    {.info = {"root_forgotten", FORK_BUG, "", "The factor is not the root but what is under it.",
     NULL},
     .answer = rival, .variant = ROOT_FORGOTTEN},
    {.info = {"length_one_behind", FORK_BUG, "88", "The length is that of the step before.", NULL},
     .answer = rival, .variant = LENGTH_ONE_BEHIND},
    {.info = {"decay_with_factor", FORK_BUG, "80",
     "The decoupled decay is multiplied by r, and is missing while there is none.", NULL},
     .answer = rival, .variant = DECAY_WITH_FACTOR},
    {.info = {"moments_skipped", FORK_BUG, "", "A skipped step leaves the moments out too.", NULL},
     .answer = rival, .variant = MOMENTS_SKIPPED},
    {.info = {"momentum_uncorrected", FORK_BUG, "87",
     "Steps that are not rectified take the moment without its correction.", NULL},
     .answer = rival, .variant = MOMENTUM_UNCORRECTED},
    {.info = {"threshold_of_five", FORK_CONVENTION, "", "The threshold is 5: PyTorch, optax.",
     NULL},
     .number = {"threshold", 5}},
    {.info = {"threshold_of_four", FORK_CONVENTION, "", "The threshold is 4: the paper.", NULL},
     .number = {"threshold", 4}},
    {.info = {"unrectified_skipped", FORK_CONVENTION, "",
     "Steps that are not rectified are skipped.", NULL},
     .instead = {"unrectified", "skip"}},
    {.info = {"unrectified_taken", FORK_CONVENTION, "",
     "Steps that are not rectified are taken with momentum.", NULL},
     .instead = {"unrectified", "momentum"}},
    {.info = {"epsilon_after_correction", FORK_CONVENTION, "85",
     "Epsilon is added to the corrected root.", NULL},
     .instead = {"epsilon_placement", "after_correction"}},
    {.info = {"epsilon_before_correction", FORK_CONVENTION, "85",
     "Epsilon is added to the uncorrected root.", NULL},
     .instead = {"epsilon_placement", "before_correction"}},
    {.info = {"epsilon_of_keras", FORK_CONVENTION, "89", "Epsilon is 1e-7 whatever is asked for.",
     NULL},
     .number = {"epsilon", 1e-7f}},
    {.info = {"no_bias_correction", FORK_CONVENTION, "87", "The moments are not corrected.", NULL},
     .instead = {"bias_correction", "no"}},
    {.info = {"bias_correction_anyway", FORK_CONVENTION, "87",
     "The moments are corrected though it is not asked for.", NULL},
     .instead = {"bias_correction", "yes"}},
    {.info = {"counter_shared", FORK_BUG, "88", "All parameters advance one counter.", NULL},
     .answer = rival, .variant = COUNTER_SHARED},
    {.info = {"counter_stuck", FORK_BUG, "88", "Every step is the first one.", NULL},
     .answer = accident, .variant = COUNTER_STUCK},
    {.info = {"decay_coupled", FORK_CONVENTION, "79",
     "The decay goes through the moments where it should not.", NULL},
     .instead = {"decay_form", "coupled"}},
    {.info = {"decay_decoupled", FORK_CONVENTION, "79",
     "The decay does not go through the moments where it should.", NULL},
     .instead = {"decay_form", "decoupled"}},
    {.info = {"decay_ignored", FORK_BUG, "84", "There is no weight decay.", NULL},
     .number = {"weight_decay", 0}},
    {.info = {"decay_added", FORK_BUG, "83", "The decay pushes the weights away from zero.", NULL},
     .answer = accident, .variant = DECAY_ADDED},
    {.info = {"decay_after_step", FORK_CONVENTION, "81",
     "The decoupled decay is taken off the new weight.", NULL},
     .answer = accident, .variant = DECAY_AFTER},
    {.info = {"maximize_after_decay", FORK_CONVENTION, "121",
     "Maximising negates the gradient and the decay.", NULL},
     .answer = accident, .variant = DECAY_NEGATED},
    {.info = {"step_added", FORK_BUG, "83", "Steps up the gradient: plus instead of minus.", NULL},
     .answer = accident, .variant = UPHILL},
    {.info = {"first_rate_for_all", FORK_BUG, "", "Every step uses the first rate.", NULL},
     .answer = accident, .variant = FIRST_RATE},
    {.info = {"states_reset", FORK_BUG, "", "The moments start again at every step.", NULL},
     .answer = accident, .variant = STATES_RESET},
};
/* clang-format on */

const struct fork_list radam_forks = {sizeof table / sizeof *table, table};
